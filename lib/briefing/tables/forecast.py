"""Where the whole and each unit go from here, and how well such ranges have held so far."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.tables.backtest import trials
from briefing.tables.projection import FEWEST, daily, project, steps_ahead
from briefing.tables.reporting import has_own_figure


def projections(
    history: pd.DataFrame, whole: pd.DataFrame, area: str, step_days: int = 1
) -> pd.DataFrame:
    """The 80 % range of the whole on each of the next 7 days, and of each unit on the seventh.

    Where reports are further apart than a day: on each report date within 28 days, and on the last.

    An area known on fewer than 3 days has none, and the whole none while some unit has never given
    a figure: it would be of another whole. Days on which only carried figures are known tell
    nothing of a pace and are left out.

    Args:
        history: One row per unit and day: `unit_code`, `report_date`, `numerator_cumulative`
            (persons, nullable), `carried_from`, `denominator` (persons).
        whole: One row per day: `report_date`, `numerator_cumulative`, `denominator`,
            `units_counted`.
        area: Code of the whole.
        step_days: Days from one report date to the next.

    Returns:
        `area` (that code, or a unit's), `report_date` (the day projected for), `low`, `median`,
        `high` (fractions of the denominator; `high` is above 1 only where the last figure is),
        `made_from` (day of the last figure used).
    """
    reported = _reported(history)
    rows = [*_whole(whole, reported, history["unit_code"].nunique(), area, step_days)]
    last = steps_ahead(step_days)
    days = reported.groupby("unit_code")["unit_code"].transform("size")
    for code, unit in reported[days >= FEWEST].groupby("unit_code", sort=False):
        series = unit.set_index("report_date")["numerator_cumulative"]
        rows += _ahead(str(code), series, unit["denominator"].iloc[-1], [last], step_days)
    types = {name: "datetime64[us]" for name in ("report_date", "made_from")}
    types |= dict.fromkeys(["low", "median", "high"], "Float64")
    return pd.DataFrame(rows, columns=COLUMNS["projection"]).astype({"area": "string", **types})


def tried(history: pd.DataFrame, step_days: int = 1) -> pd.DataFrame:
    """Every range of a unit whose last step has come, with what came: see `backtest.trials`."""
    reported = _reported(history)
    series = pd.DataFrame(
        {
            "date": reported["report_date"],
            "area": reported["unit_code"],
            "cumulative": reported["numerator_cumulative"].astype(float),
            "population": reported["denominator"].astype(float),
        }
    )
    known = series.groupby("area")["date"].transform("size")
    return trials(series[known > 1], steps_ahead(step_days), step_days)


def chance(
    history: pd.DataFrame, whole: pd.DataFrame, target: pd.Series, step_days: int = 1
) -> float | None:
    """How likely (0 to 1) the whole reaches a target in time, from its figure of the last day.

    Args:
        history, whole: As for `projections`.
        target: `target_coverage` (fraction), `target_date`.

    Returns:
        `None` where the last day has no figure of the whole that is of reports, fewer than 3 days
        are known, or the target's day has come.
    """
    known = _known_of_whole(whole, _reported(history), history["unit_code"].nunique())
    if len(known) < FEWEST or known["report_date"].iloc[-1] != whole["report_date"].iloc[-1]:
        return None
    days = (target["target_date"] - known["report_date"].iloc[-1]).days
    if days < step_days:  # no report comes any more before it
        return None
    denominator = float(known["denominator"].iloc[-1])
    series = known.set_index("report_date")["numerator_cumulative"].astype(float)
    ahead = project(daily(series, step_days), denominator, days // step_days)
    return ahead.chance(target["target_coverage"] * denominator)


def _reported(history: pd.DataFrame) -> pd.DataFrame:
    return history[has_own_figure(history)].sort_values("report_date", kind="stable")


def _whole(
    whole: pd.DataFrame, reported: pd.DataFrame, units: int, area: str, step_days: int
) -> Iterator[tuple]:
    known = _known_of_whole(whole, reported, units)
    series = known.set_index("report_date")["numerator_cumulative"]
    if len(known):
        denominator, steps = known["denominator"].iloc[-1], range(1, steps_ahead(step_days) + 1)
        yield from _ahead(area, series, denominator, steps, step_days)


def _known_of_whole(whole: pd.DataFrame, reported: pd.DataFrame, units: int) -> pd.DataFrame:
    """The days of the whole on which somebody reported and all units are counted."""
    same = whole["units_counted"].eq(units)
    if same.empty or not same.iloc[-1]:
        return whole.head(0)
    return whole[same & whole["report_date"].isin(reported["report_date"])]


def _ahead(
    area: str, series: pd.Series, denominator: float, steps: range | list[int], step_days: int
) -> Iterator[tuple]:
    if len(series) < FEWEST:
        return
    values, last = daily(series.astype(float), step_days), series.index[-1]
    most = max(1.0, values[-1] / denominator)
    for ahead in steps:
        at = project(values, float(denominator), ahead)
        low, median, high = (min(v / denominator, most) for v in (at.low, at.median, at.high))
        yield area, last + pd.Timedelta(days=ahead * step_days), low, median, high, last
