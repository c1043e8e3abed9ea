"""The figures of a unit that reports daily, from the cells of its reports to its place."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

import pandas as pd

from briefing.catalog.lineage import (
    CARRIED,
    DAYS,
    DIFFERENCE,
    PACE,
    PARAMS,
    PLACE,
    QUOTIENT,
    RULES,
    SPREAD,
)
from briefing.tables.coverage import REPORTED
from briefing.tables.lineage.graph import Graph, Made
from briefing.tables.lineage.step import At, Figures, Row, Source, Step
from briefing.tables.pace import LAST_DAYS, days_left


def days_between(first: pd.Timestamp, last: pd.Timestamp, days: int | None = None) -> Step:
    """A count of days: those between two, or as many of them as count."""
    note = f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"
    return Step((last - first).days if days is None else days, DAYS, note=note)


def denominator(graph: Graph, at: At, row: Row) -> Step:
    """The denominator in force: of params, or of the report that states it."""
    if row["denominator_status"] == REPORTED:
        step = graph.reports.stated(int(row["denominator_report"]), "denominator_reported")
        return replace(step, note=REPORTED)
    line = graph.campaign.denominator_line(at.key)
    return Step(
        int(row["denominator"]),
        PARAMS,
        note=str(row["denominator_status"]),
        source=Source(graph.campaign.denominator_file, where=f"line {line}"),
    )


def cumulative(graph: Graph, at: At, row: Row) -> Step:
    """What the report gives, added to the day before where it tells one day; or what is carried."""
    if pd.notna(row["carried_from"]):
        earlier = at._replace(day=row["carried_from"])
        return Step(None, CARRIED, parts=(graph.figure(earlier, "numerator_cumulative"),))
    before = at._replace(day=at.day - graph.spacing)
    known = graph.has(before)
    earlier_step = graph.figure(before, "numerator_cumulative") if known else None
    return graph.reports.daily(int(row["report"]), earlier_step)


def rise(graph: Graph, at: At, row: Row) -> Step:
    """The cumulative less that of the report date before, which may be a carried one."""
    ends = (at, at._replace(day=at.day - graph.spacing))
    parts = tuple(graph.figure(end, "numerator_cumulative") for end in ends)
    return Step(None, DIFFERENCE, parts=parts)


def rise_days(graph: Graph, at: At, row: Row) -> Step:
    """The days since the newest earlier figure; of the whole always one."""
    return days_between(at.day - pd.Timedelta(days=int(row["numerator_new_days"])), at.day)


def target(graph: Graph, at: At, row: Row) -> Step:
    """The target in force, as the campaign's parameters have it."""
    dates = [pd.Timestamp(target.date) for target in graph.campaign.targets]
    where = f"targets, entry {1 + dates.index(row['target_date'])}"
    source = Source("params/campaign.yaml", where=where)
    return Step(float(row["target_coverage"]), PARAMS, source=source)


def required(graph: Graph, at: At, row: Row) -> Step:
    """What is needed, over the days that are left to the target."""
    end = row["target_date"]
    needed = graph.figure(at, "numerator_needed")
    return Step(None, QUOTIENT, parts=(needed, days_between(at.day, end, _left(at.day, end))))


@cache
def _left(day: pd.Timestamp, end: pd.Timestamp) -> int:
    return int(days_left(pd.Series([day]), pd.Series([end])).iloc[0])


def place(graph: Graph, at: At, row: Row) -> Step:
    """The units with a higher rate, the highest first."""
    known = graph.ranked(at.day)
    ahead = known.index[known > row["coverage"]]
    places = [at._replace(key=code) for code in ahead]
    return Step(None, PLACE, parts=Figures(partial(graph.figure, column="coverage"), places))


def pace(graph: Graph, at: At, row: Row) -> Step:
    """The last figure less the first of the last reported days, over the days between."""
    days = [day for day in graph.reported[at.key] if day <= at.day][-1 - LAST_DAYS :]
    first, last = days[0], days[-1]
    ends = (graph.figure(at._replace(day=day), "numerator_cumulative") for day in (last, first))
    return Step(None, PACE, parts=(*ends, days_between(first, last)))


class Rise(NamedTuple):
    """What a unit rose by on one day: as the row at `end` tells it, over so many days."""

    day: pd.Timestamp
    end: At
    over: int


def rise_on(graph: Graph, at: At) -> Rise | None:
    """The rise of a unit on one day; `None` where no report of this day or a later one tells it."""
    days = graph.rises.get(at.key, [])
    later = days[bisect_left(days, at.day) :]
    if not later:
        return None
    end = at._replace(day=later[0])
    over = graph.row(end)["numerator_new_days"]
    over = 0 if pd.isna(over) else int(over)
    within = over == graph.spacing.days or at.day > end.day - pd.Timedelta(days=over)
    return Rise(at.day, end, over) if within else None


def risen(graph: Graph, rise: Rise) -> Step:
    """What a unit rose by on one day, of a rise that may be over several days."""
    rose = graph.figure(rise.end, "numerator_new")
    if rise.over == graph.spacing.days:
        return rose
    over = graph.figure(rise.end, "numerator_new_days")
    first = rise.end.day - pd.Timedelta(days=rise.over)
    step = () if graph.spacing.days == 1 else (days_between(rise.day - graph.spacing, rise.day),)
    parts = (rose, over, days_between(first, rise.day), *step)
    value = RULES[SPREAD].work([part.value for part in parts])
    return Step(value, SPREAD, key=rise.end.key, date=f"{rise.day:%Y-%m-%d}", parts=parts)


MADE: dict[str, Made] = {
    "denominator": denominator,
    "numerator_cumulative": cumulative,
    "numerator_new": rise,
    "numerator_new_days": rise_days,
    "rank": place,
    "target_coverage": target,
    "pace_required": required,
    "pace_observed": pace,
}
"""Column → how its step is made; the others are worked out by their formula in the catalogue."""
