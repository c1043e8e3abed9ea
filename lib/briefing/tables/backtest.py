"""How good the projection is on a series whose end is known, beside the simplest one there is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.tables.projection import HORIZON, daily, naive, replay

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
    told = next((name for name in frame.columns if name.startswith("population")), "population")
    frame = frame.rename(columns={told: "population"})
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


def trials(series: pd.DataFrame, horizon: int = HORIZON) -> pd.DataFrame:
    """Every projection that could have been made, with what came.

    Args:
        series: `date`, `area`, `cumulative` (persons, missing where nothing was reported),
            `population` (persons; the area's newest counts).
        horizon: Days ahead.

    Returns:
        One row per area and day from which `horizon` days later is known: `area`, `date`, `hit`
        (what came lay in the 80 % range), `error_median`, `error_naive` (percentage points of
        coverage, absolute).
    """
    rows: list[tuple] = []
    for area, frame in series.groupby("area", sort=True):
        known = frame.set_index(pd.to_datetime(frame["date"])).sort_index()
        reported = known["cumulative"].dropna()
        population = float(known["population"].iloc[-1])
        values, points = daily(reported), 100 / population
        for day, projected in replay(values, population, horizon):
            moment = reported.index[0] + pd.Timedelta(days=day)
            came = reported.get(moment + pd.Timedelta(days=horizon))
            if came is not None and moment in reported.index:
                hit = projected.low <= came <= projected.high
                median = abs(projected.median - came) * points
                rows.append(
                    (
                        area,
                        moment,
                        hit,
                        median,
                        abs(naive(values[: day + 1], horizon) - came) * points,
                    )
                )
    return pd.DataFrame(rows, columns=["area", "date", "hit", "error_median", "error_naive"])


def backtest(series: pd.DataFrame, horizon: int = HORIZON) -> dict[str, Any]:
    """Hit rate of the 80 % range and mean absolute errors, over all and per area.

    Args:
        series: As for `trials`.

    Returns:
        `{"overall": {"hit_rate_80", "mae_median", "mae_naive"}, "areas": {area: the same}}`; the
        rate as a fraction, the errors in percentage points of coverage; `None` where no
        projection can be judged.
    """
    tried = trials(series, horizon)
    areas = sorted(map(str, series["area"].unique()))
    of_area = {str(area): frame for area, frame in tried.groupby("area")}
    return {
        "overall": _score(tried),
        "areas": {area: _score(of_area.get(area, tried.iloc[:0])) for area in areas},
    }


def _score(tried: pd.DataFrame) -> dict[str, float | None]:
    columns = {"hit_rate_80": "hit", "mae_median": "error_median", "mae_naive": "error_naive"}
    return {
        name: round(float(np.mean(tried[column])), 4) if len(tried) else None
        for name, column in columns.items()
    }
