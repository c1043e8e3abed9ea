"""The figures of the whole: sums and counts over its units."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import pandas as pd

from briefing.catalog.lineage import COUNT, DIFFERENCE, MEAN, QUOTIENT, STATUS, SUM
from briefing.tables.lineage import units
from briefing.tables.lineage.graph import UNITS, WHOLE, Graph, Made
from briefing.tables.lineage.step import At, Figures, Row, Source, Step, added
from briefing.tables.lineage.units import days_between
from briefing.tables.pace import LAST_DAYS
from briefing.tables.reporting import STATUSES, has_own_figure


def _summed(graph: Graph, at: At, row: Row, column: str, *, carried: bool = False) -> Step:
    """The sum of a column over the units that have a figure, or whose figure is carried."""
    of_day = graph.of_day(at.day)
    known = of_day["numerator_cumulative"].notna()
    known = known & of_day["carried_from"].notna() if carried else known
    return Step(None, SUM, parts=_each(graph, of_day.loc[known, "unit_code"], column, at.day))


def _each(graph: Graph, codes: Iterable[str], column: str, day: pd.Timestamp) -> Figures:
    places = [At(UNITS, code, day) for code in codes]
    return Figures(partial(graph.figure, column=column), places)


def _known(graph: Graph, day: pd.Timestamp) -> list[str]:
    """The units that have a figure on a day."""
    of_day = graph.of_day(day)
    return list(of_day.loc[of_day["numerator_cumulative"].notna(), "unit_code"])


def _rises(graph: Graph, day: pd.Timestamp, codes: Iterable[str]) -> Figures:
    """What each of these units rose by on a day, where that is known."""
    rises = (units.rise_on(graph, At(UNITS, code, day)) for code in codes)
    return Figures(partial(units.risen, graph), [rise for rise in rises if rise])


def _rise(graph: Graph, at: At, row: Row) -> Step:
    return Step(None, SUM, parts=_rises(graph, at.day, _known(graph, at.day - graph.spacing)))


def _compared(graph: Graph, at: At, row: Row) -> Step:
    """The rise of a day less that of the day before, over the units of which both are known."""
    days = (at.day, at.day - graph.spacing)
    both = [
        code for code in _known(graph, days[1])
        if all(units.rise_on(graph, At(UNITS, code, day)) for day in days)
    ]  # fmt: skip
    return Step(None, DIFFERENCE, parts=tuple(added(_rises(graph, day, both)) for day in days))


def _rate_change(graph: Graph, at: At, row: Row) -> Step:
    """The rise over the denominators of the units known on this day and on the one before."""
    codes = graph.of_day(at.day)["unit_code"]
    both = codes[codes.isin(_known(graph, at.day - graph.spacing))]
    denominator = added(_each(graph, both, "denominator", at.day))
    return Step(None, QUOTIENT, parts=(graph.figure(at, "numerator_new"), denominator))


def _pace(graph: Graph, at: At, row: Row) -> Step:
    """The rises since the fourth last day that was reported on, over the days between."""
    moments = sorted(
        day for _table, _key, day in graph.places(WHOLE) if day and at.day and day <= at.day
    )
    window = [day for day in moments if _reported(graph, at._replace(day=day))][-1 - LAST_DAYS :]
    between = [day for day in moments if window[0] < day <= window[-1]]
    parts = [graph.figure(at._replace(day=day), "numerator_new") for day in between]
    known = [part for part in parts if part.value is not None]
    return Step(None, MEAN, parts=(*known, days_between(window[0], window[-1])))


def _reported(graph: Graph, at: At) -> bool:
    rows = graph.of_day(at.day)
    if graph.row(at)["reports_not_due"]:
        return False
    return bool(has_own_figure(rows).any())


def _count(graph: Graph, at: At, row: Row, kind: str) -> Step:
    """A count of units, each with what is counted of it."""
    of_day = graph.of_day(at.day)
    if kind == "units_counted":
        chosen = of_day["numerator_cumulative"].notna()
    elif kind == "expected":
        chosen = of_day["due"]
    else:
        chosen = of_day["status"].eq(kind).fillna(False) & of_day["due"]
    parts = tuple(_of_unit(one, kind) for one in of_day[chosen].to_dict("records"))
    return Step(None, COUNT, parts=parts)


def _of_unit(unit: Row, kind: str) -> Step:
    at, date = unit["received_at"], f"{unit['report_date']:%Y-%m-%d}"
    source = None if pd.isna(at) else Source("", received_at=at.isoformat(timespec="seconds"))
    return Step(1, STATUS, UNITS, unit["unit_code"], "status", date, "", kind, source)


MADE: dict[str, Made] = {
    "denominator": partial(_summed, column="denominator"),
    "numerator_cumulative": partial(_summed, column="numerator_cumulative"),
    "numerator_carried": partial(_summed, column="numerator_cumulative", carried=True),
    "numerator_new": _rise,
    "numerator_new_days": units.rise_days,
    "rise_change": _compared,
    "coverage_change": _rate_change,
    "target_coverage": units.target,
    "pace_required": units.required,
    "pace_observed": _pace,
    "units_counted": partial(_count, kind="units_counted"),
    **{f"reports_{kind}": partial(_count, kind=kind) for kind in ("expected", *STATUSES)},
}
"""Column → how its step is made; the others are worked out by their formula in the catalogue."""
