"""Where the opening and the closing figures of a period come from, down to the cells."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from briefing.catalog.lineage import AS_WRITTEN, COVERAGE, OF_PERIOD, PLACED, SINCE_BASELINE, SUMMED
from briefing.tables.day import Day
from briefing.tables.lineage import Tracer, graph
from briefing.tables.lineage.step import At
from briefing.tables.period.whole import BASELINE
from briefing.tables.trace import Line, Place, framed, of_unit

UNITS, WHOLE = "period_units", "period"
ENDS = ("opening", "closing")


def traced(day: Day, units: pd.DataFrame, whole: pd.DataFrame, first: date) -> pd.DataFrame:
    """The trace of a period's own figures, as `trace_of` has that of a day.

    Args:
        day: The period's last day.
        units: `Period.units`.
        whole: `Period.whole`.
        first: The period's first day.
    """
    figures = Tracer(day)
    ends = (line for end in ENDS for line in _end(figures, units, end))
    return framed([*ends, *_moves(units), *_whole(units, whole.iloc[0], first, day.date)])


def _end(figures: Tracer, units: pd.DataFrame, end: str) -> Iterator[Line]:
    """The reports behind each unit's figure at one end of the period."""
    names = {"numerator_cumulative": f"numerator_{end}", "coverage": f"coverage_{end}"}
    known = units.dropna(subset=[f"{end}_date"])
    for code, day in zip(known["unit_code"], known[f"{end}_date"], strict=True):
        for _table, key, column, value, place in of_unit(figures, At(graph.UNITS, code, day)):
            if column in names:
                yield UNITS, key, names[column], value, place


def _moves(units: pd.DataFrame) -> Iterator[Line]:
    for unit in units.to_dict("records"):
        code = unit["unit_code"]
        for column, formula in OF_PERIOD.items():
            place = Place(f"{UNITS}.csv", code, formula.text)
            yield UNITS, code, column, unit[column], place
        for end in ENDS:
            place = Place(f"{UNITS}.csv", f"coverage_{end}", PLACED.text)
            yield UNITS, code, f"rank_{end}", unit[f"rank_{end}"], place


def _whole(units: pd.DataFrame, whole: pd.Series, first: date, last: date) -> Iterator[Line]:
    """The whole at both ends: the units that it is the sum of, or the campaign's own baseline.

    What has been counted in between is the sum over the units known on the day before.
    """
    key = whole["period"]
    before = units[units["opening_date"] < pd.Timestamp(first)]
    rates = {"closing": last}
    change = OF_PERIOD["coverage_change"]
    if whole["opening_basis"] == BASELINE:
        place = Place("params/campaign.yaml", "baseline", AS_WRITTEN.text)
        yield WHOLE, key, "coverage_opening", whole["coverage_opening"], place
        before, change = before.head(0), SINCE_BASELINE
    elif pd.notna(whole["opening_date"]):
        rates["opening"] = whole["opening_date"]
    for column, summed in (
        ("numerator_opening", before), ("numerator_closing", units), ("numerator_change", before),
    ):  # fmt: skip
        for unit in summed.to_dict("records"):
            place = Place(f"{UNITS}.csv", unit["unit_code"], SUMMED.text)
            yield WHOLE, key, column, unit[column], place
    for end, day in rates.items():
        place = Place(f"{WHOLE}.csv", f"{day:%Y-%m-%d}", COVERAGE.text)
        yield WHOLE, key, f"coverage_{end}", whole[f"coverage_{end}"], place
    place = Place("period.csv", key, change.text)
    yield WHOLE, key, "coverage_change", whole["coverage_change"], place
