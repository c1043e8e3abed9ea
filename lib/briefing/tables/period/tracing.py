"""Where the opening and the closing figures of a period come from, down to the cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from briefing.tables.build import Day
from briefing.tables.period.whole import BASELINE
from briefing.tables.trace import framed, trace_units

UNITS, WHOLE = "period_units", "period"
ENDS = ("opening", "closing")
MOVES = {
    "installs_change": "installs_closing - installs_opening",
    "coverage_change": "installs_change / smartphone_owners",
    "rank_change": "rank_opening - rank_closing",
}
SUM = "sum over communes"


def traced(day: Day, units: pd.DataFrame, whole: pd.DataFrame, first: date) -> pd.DataFrame:
    """The trace of a period's own figures, as `trace.trace` has that of a day.

    Args:
        day: The period's last day.
        units: `Period.units`.
        whole: `Period.whole`.
        first: The period's first day.
    """
    ends = [_end(day, units, end) for end in ENDS]
    return pd.concat([*ends, framed(_moves(units)), framed(_whole(units, whole.iloc[0], first))])


def _end(day: Day, units: pd.DataFrame, end: str) -> pd.DataFrame:
    """The reports behind each unit's figure at one end of the period."""
    days = units[["unit_code", f"{end}_date"]].rename(columns={f"{end}_date": "report_date"})
    rows = day.history.merge(days.dropna(), on=["unit_code", "report_date"])
    told = trace_units(rows, day.history, day.reports, day.corrections)
    names = {"installs_cumulative": f"installs_{end}", "coverage": f"coverage_{end}"}
    told = told[told["column"].isin(names)]
    return told.assign(table=UNITS, column=told["column"].map(names)).astype("string")


def _moves(units: pd.DataFrame) -> Iterator[tuple]:
    for unit in units.to_dict("records"):
        code = unit["unit_code"]
        for column, rule in MOVES.items():
            yield UNITS, code, column, unit[column], f"{UNITS}.csv", pd.NA, code, rule, pd.NA


def _whole(units: pd.DataFrame, whole: pd.Series, first: date) -> Iterator[tuple]:
    """The whole at both ends: the units that it is the sum of, or the campaign's own baseline."""
    key = whole["period"]
    before = units[units["opening_date"] < pd.Timestamp(first)]
    if whole["opening_basis"] == BASELINE:
        source = ("params/campaign.yaml", pd.NA, "baseline", "as_written", pd.NA)
        yield WHOLE, key, "coverage_opening", whole["coverage_opening"], *source
        before = before.head(0)
    for end, summed in (("opening", before), ("closing", units)):
        for unit in summed.to_dict("records"):
            source = (f"{UNITS}.csv", pd.NA, unit["unit_code"], SUM, pd.NA)
            yield WHOLE, key, f"installs_{end}", unit[f"installs_{end}"], *source
    for column in ("installs_change", "coverage_change"):
        yield WHOLE, key, column, whole[column], "period.csv", pd.NA, key, MOVES[column], pd.NA
