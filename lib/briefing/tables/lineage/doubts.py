"""What of the whole is in doubt, and what it comes to without: the figures of headline.csv."""

from __future__ import annotations

from functools import partial

import pandas as pd

from briefing.catalog.lineage import COUNT, DIFFERENCE, ESTIMATED, PHONES, QUOTIENT, SIZES
from briefing.tables.anomalies import waiting
from briefing.tables.cross_report import SHARED
from briefing.tables.lineage.graph import UNITS, Graph, Made
from briefing.tables.lineage.step import At, Row, Source, Step, added

ESTIMATES = ("estimate_low", "estimate_median", "estimate_high")


def _moved(graph: Graph, day: pd.Timestamp) -> dict[str, Step]:
    """What the figures of each unit in doubt add to those before them, up to a day."""
    doubts = waiting(graph.anomalies)
    doubts = doubts[doubts["report_date"].le(day)].drop_duplicates(["unit_code", "report_date"])
    return {
        code: added(tuple(_added(graph, one) for one in own.to_dict("records")))
        for code, own in doubts.groupby("unit_code")
    }


def _added(graph: Graph, doubt: Row) -> Step:
    """What a figure adds to the one before it; a unit's first one is in doubt whole.

    Of people who are counted in another unit too, those alone.
    """
    at = At(UNITS, doubt["unit_code"], doubt["report_date"])
    if doubt["rule"] == SHARED:
        source = Source(doubt["file"], where=doubt["where"])
        return Step(int(doubt["numerator_moved"]), PHONES, source=source)
    rise = graph.figure(at, "numerator_new")
    return graph.figure(at, "numerator_cumulative") if rise.value is None else rise


def _in_doubt(graph: Graph, at: At, row: Row, rule: str) -> Step:
    moved = _moved(graph, at.day)
    parts = (step.named(UNITS, code, "numerator_moved") for code, step in moved.items())
    return Step(None, rule, parts=tuple(parts))


def _left(graph: Graph, at: At) -> list[tuple[Step, Step]]:
    """Of each unit that has a figure: that without its doubts, and its denominator."""
    units, moved = graph.of_day(at.day), _moved(graph, at.day)
    known = units.loc[units["numerator_cumulative"].notna(), "unit_code"]
    pairs = []
    for code in known:
        place = At(UNITS, code, at.day)
        left = graph.figure(place, "numerator_cumulative")
        if code in moved:
            parts = (left, moved[code].named(UNITS, code, "numerator_moved"))
            less = (left.value or 0) - (moved[code].value or 0)
            left = Step(less, DIFFERENCE, key=code, parts=parts)
        pairs.append((left, graph.figure(place, "denominator")))
    return pairs


def _sure(graph: Graph, at: At, row: Row) -> Step:
    kept = [pair for pair in _left(graph, at) if (pair[0].value or 0) > 0]
    left, denominator = zip(*kept, strict=True)
    return Step(None, QUOTIENT, parts=(added(left), added(denominator)))


def _estimate(graph: Graph, at: At, row: Row, end: str) -> Step:
    """What is known without doubts, and what is expected of those who have not reported yet."""
    left, denominator = zip(*_left(graph, at), strict=True)
    people, known = added(denominator), added(left)
    more = Step(row[end] * (people.value or 0) - (known.value or 0), ESTIMATED)
    return Step(None, QUOTIENT, parts=(added((known, more)), people))


MADE: dict[str, Made] = {
    "units_doubtful": partial(_in_doubt, rule=COUNT),
    "numerator_doubtful": partial(_in_doubt, rule=SIZES),
    "coverage_sure": _sure,
    **{end: partial(_estimate, end=end) for end in ESTIMATES},
}
"""Column → how its step is made."""
