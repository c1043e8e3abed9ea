"""How good the projection is on a series whose end is known, beside the simplest one there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.tables.nowcast import replay as replay_late
from briefing.tables.projection import HORIZON, OUTSIDE, daily, naive, replay

PACES = (0.75, 1.0, 1.25)  # of the last days' pace: figures whose chance is tried
NORMAL_80 = 1.2816  # deviations on either side, within which four of five lie
TRIED = [
    "area", "date", "hit", "error_median", "error_naive", "wis", "wis_naive", "chances", "reached",
]  # fmt: skip
COLUMNS = ("date", "area", "cumulative", "population")


def read_series(path: Path) -> pd.DataFrame:
    """A series of several areas from a CSV file: the columns that `trials` takes.

    The population's column may say more in its name (`population_12_plus`).

    Raises:
        ParamsError: The file can't be read, lacks a column, or a value is not what it should be.
    """
    try:
        frame = pd.read_csv(path, encoding="utf-8-sig", dtype={"area": "string"})
    except (OSError, ValueError) as error:
        raise ParamsError(
            _("{file}: not readable as CSV: {error} Nothing was run.", file=path, error=error)
        ) from error
    column = next((name for name in frame.columns if name.startswith("population")), "population")
    frame = frame.rename(columns={column: "population"})
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise ParamsError(
            _(
                "{file}: column {missing} is missing. Needed: {known}. Nothing was run.",
                file=path,
                missing=", ".join(missing),
                known=", ".join(COLUMNS),
            )
        )
    frame["date"] = pd.to_datetime(frame["date"], format="ISO8601", errors="coerce")
    for name in ("cumulative", "population"):
        text = frame[name].notna()
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
        _demand(path, frame, name, ~text | frame[name].notna())
    _demand(path, frame, "date", frame["date"].notna())
    _demand(path, frame, "population", frame["population"] > 0)
    _demand(path, frame, "date", ~frame.duplicated(["area", "date"]))
    return frame[list(COLUMNS)]


def _demand(path: Path, frame: pd.DataFrame, column: str, right: pd.Series) -> None:
    if right.all():
        return
    raise ParamsError(
        _(
            "{file}, line {n}: “{column}” is missing, repeated or can't be read. Nothing was run.",
            file=path,
            n=int(frame.index[~right][0]) + 2,
            column=column,
        )
    )


def trials(series: pd.DataFrame, horizon: int = HORIZON, step_days: int = 1) -> pd.DataFrame:
    """Every projection that could have been made, with what came.

    Args:
        series: `date`, `area`, `cumulative` (persons, missing where nothing was reported),
            `population` (persons; the area's newest counts).
        horizon: Steps ahead.
        step_days: Days from one report date to the next.

    Returns:
        One row per area and day from which `horizon` steps later is known: `area`, `date`, `hit`
        (what came lay in the 80 % range), `error_median`, `error_naive` (percentage points of
        coverage, absolute), `wis`, `wis_naive` (weighted interval scores of the median with the
        range, and of the naive with a textbook one, the same unit; Bracher et al. 2021), `chances`
        (of reaching each of `PACES` times the naive's rise) and `reached` (whether it was).
    """
    rows = [
        (str(area), *tried)
        for area, frame in series.groupby("area", sort=True)
        for tried in _trials_of(frame, horizon, step_days)
    ]
    return pd.DataFrame(rows, columns=TRIED)


def _trials_of(frame: pd.DataFrame, horizon: int, step_days: int) -> Iterator[tuple]:
    known = frame.set_index(pd.to_datetime(frame["date"])).sort_index()
    reported = known["cumulative"].dropna()
    population = float(known["population"].iloc[-1])
    values, points = daily(reported, step_days), 100 / population
    for day, ahead in replay(values, population, horizon):
        moment = reported.index[0] + pd.Timedelta(days=day * step_days)
        came = reported.get(moment + pd.Timedelta(days=horizon * step_days))
        if came is None or moment not in reported.index:
            continue
        past = values[: day + 1]
        simple, figures = naive(past, horizon), _figures(past, horizon)
        yield (
            moment,
            ahead.low <= came <= ahead.high,
            abs(ahead.median - came) * points,
            abs(simple - came) * points,
            _wis(ahead.low, ahead.median, ahead.high, came) * points,
            _wis(*_textbook(past, population, horizon), came) * points,
            [ahead.chance(figure) for figure in figures],
            [bool(came >= figure) for figure in figures],
        )


def _wis(low: float, median: float, high: float, came: float) -> float:
    """The weighted interval score of a median with an 80 % range."""
    outside = max(low - came, 0) + max(came - high, 0)
    interval = high - low + 2 / OUTSIDE * outside
    return (0.5 * abs(median - came) + OUTSIDE / 2 * interval) / 1.5


def _textbook(past: np.ndarray, population: float, horizon: int) -> tuple[float, float, float]:
    """The naive with the interval of a random walk, kept within what can be."""
    steps = np.diff(past)
    half = NORMAL_80 * steps[-14:].std(ddof=1) * np.sqrt(horizon + horizon**2 / 3)
    least, most = past[-1] if (steps >= 0).all() else -np.inf, max(population, past[-1])
    low, median, high = np.clip(naive(past, horizon) + np.array([-half, 0, half]), least, most)
    return float(low), float(median), float(high)


def _figures(past: np.ndarray, horizon: int) -> list[float]:
    """What is asked whether it will be reached; nothing where the series does not rise."""
    rise = naive(past, horizon) - past[-1]
    return [past[-1] + share * rise for share in PACES] if rise > 0 else []


def backtest(series: pd.DataFrame, horizon: int = HORIZON) -> dict[str, Any]:
    """How far the projection was off, how often its range held, and what its chances were worth.

    Args:
        series: As for `trials`.

    Returns:
        `{"overall": scores, "areas": {area: scores}}`, `None` where nothing can be judged. Scores:
        `hit_rate_80` (fraction), `mae_median`, `mae_naive` (percentage points of coverage),
        `wis_ratio` (to the naive's; below 1 is better), `brier` (of the chances, 0 is best, 0.25
        what "half and half" always gets) and `reliability`: of chances that are alike, how many
        they were (`n`), their mean (`said`) and how many of them came (`came`, fraction). And
        `nowcast`, see `of_late_reports`.
    """
    tried = trials(series, horizon)
    areas = sorted(map(str, series["area"].unique()))
    of_area = {str(area): frame for area, frame in tried.groupby("area")}
    return {
        "overall": _score(tried),
        "areas": {area: _score(of_area.get(area, tried.iloc[:0])) for area in areas},
        "nowcast": of_late_reports(series),
    }


def of_late_reports(series: pd.DataFrame) -> dict[str, float] | None:
    """How good the total of a day is told before all areas have reported: `nowcast.replay`.

    Returns:
        `n` days tried, `hit_rate_80` (fraction), `mae_median` and `mae_carried`, that of carrying
        the missing areas forward (percentage points of coverage); `None` where there is one area,
        or no day is known of all.
    """
    wide = series.pivot(index="area", columns="date", values="cumulative").dropna(axis="columns")
    denominator = series.sort_values("date").groupby("area")["population"].last()
    denominator = denominator.reindex(wide.index).to_numpy(float)
    points = 100 / denominator.sum()
    tried = [
        (estimate.low <= came <= estimate.high, abs(estimate.median - came), abs(carried - came))
        for estimate, came, carried in replay_late(wide.to_numpy(float), denominator)
    ]
    if len(wide) < 2 or not tried:
        return None
    hit, off, carried = np.mean(tried, axis=0)
    return {
        "n": len(tried),
        "hit_rate_80": round(float(hit), 4),
        "mae_median": round(float(off) * points, 4),
        "mae_carried": round(float(carried) * points, 4),
    }


def _score(tried: pd.DataFrame) -> dict[str, Any]:
    columns = {"hit_rate_80": "hit", "mae_median": "error_median", "mae_naive": "error_naive"}
    scores: dict[str, Any] = {
        name: round(float(np.mean(tried[column])), 4) if len(tried) else None
        for name, column in columns.items()
    }
    naive_wis = float(tried["wis_naive"].sum())
    scores["wis_ratio"] = round(float(tried["wis"].sum()) / naive_wis, 4) if naive_wis else None
    forecasts = pd.DataFrame(
        {name: [value for row in tried[name] for value in row] for name in ("chances", "reached")}
    ).astype(float)
    wrong = (forecasts["chances"] - forecasts["reached"]) ** 2
    return scores | {
        "brier": round(float(wrong.mean()), 4) if len(forecasts) else None,
        "reliability": _reliability(forecasts),
    }


def _reliability(forecasts: pd.DataFrame) -> list[dict[str, float]]:
    fifth = (forecasts["chances"] * 5).clip(upper=4).astype(int)
    return [
        {
            "n": len(alike),
            "said": round(float(alike["chances"].mean()), 3),
            "came": round(float(alike["reached"].mean()), 3),
        }
        for _fifth, alike in forecasts.groupby(fifth)
    ]
