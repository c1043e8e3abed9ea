"""From one report of a unit to its next: how much was added, over how many days."""

from __future__ import annotations

import pandas as pd

from briefing.tables.reporting import has_own_figure, holds

COLUMNS = [
    "unit_code", "report_date", "report", "numerator_cumulative", "denominator", "before",
    "before_date", "before_report", "increase", "days", "rate", "peak", "peak_date",
]  # fmt: skip


def increments(history: pd.DataFrame) -> pd.DataFrame:
    """Each reported day of each unit beside the reported day before it.

    Args:
        history: One row per unit and day, in order of days: `numerator_cumulative` (persons),
            `carried_from`, `denominator` (persons), `report`.

    Returns:
        One row per unit and reported day but its first: `before` (persons), `before_date` and
        `before_report` of the report before; `increase` (persons), `days` between, `rate`
        (share of the unit's denominator per day); `peak` (persons), the highest figure before
        the day,
        and `peak_date`, its newest day.
    """
    reported = history[has_own_figure(history)]
    frame = reported.sort_values(["unit_code", "report_date"], kind="stable")
    codes = pd.factorize(frame["unit_code"])[0]
    units = frame.groupby(codes)
    before = units[["numerator_cumulative", "report_date", "report"]].shift()
    highest = units["numerator_cumulative"].cummax()
    at_peak = frame["report_date"].where(holds(frame["numerator_cumulative"] == highest))
    frame = frame.assign(
        before=before["numerator_cumulative"],
        before_date=before["report_date"],
        before_report=before["report"],
        peak=highest.groupby(codes).shift(),
        peak_date=at_peak.groupby(codes).ffill().groupby(codes).shift(),
    )[before["numerator_cumulative"].notna()]
    frame["increase"] = frame["numerator_cumulative"] - frame["before"]
    frame["days"] = (frame["report_date"] - frame["before_date"]).dt.days
    daily = frame["increase"].astype("float64") / frame["days"]
    frame["rate"] = daily / frame["denominator"].astype("float64")
    return frame[COLUMNS].reset_index(drop=True)
