"""Which figure is meant, and its tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.catalog.figures import numbers
from briefing.catalog.lineage import OF_BODY, PARAMS
from briefing.catalog.tables import COLUMNS
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.entries import ONCE
from briefing.tables.lineage import doubts, units, whole
from briefing.tables.lineage.graph import (
    BODIES,
    HEADLINE,
    UNITS,
    WHOLE,
    Graph,
    Made,
    as_published,
)
from briefing.tables.lineage.step import At, Row, Source, Step

PLACES = "places"
OF_PLACE = ("numerator_cumulative",)
SHOWN = 40  # names in an error; the others are counted


def _staff(column: str) -> Made:
    return lambda graph, _at, row: graph.reports.staff_figure(int(row["report"]), column)


def _needed_of_body(graph: Graph, at: At, row: Row) -> Step:
    formula = OF_BODY["numerator_needed"]
    where, *columns = formula.parts
    source = Source("params/campaign.yaml", where=where)
    goal = Step(graph.campaign.once.target, PARAMS, source=source)
    parts = (goal, *(graph.figure(at, column) for column in columns))
    return Step(None, formula.rule, parts=parts)


MADE: Mapping[str, Mapping[str, Made]] = {
    UNITS: units.MADE,
    WHOLE: whole.MADE,
    HEADLINE: doubts.MADE,
    BODIES: {
        **{column: _staff(column) for column in ONCE},
        "numerator_needed": _needed_of_body,
    },
}


class Tracer(Graph):
    """The tree of every figure: of units, whole, headline, bodies and places.csv."""

    made = MADE

    def all(self) -> Iterator[Step]:
        """Every figure of the day that is known, in the order of the tables."""
        codes = (*self._day.units["unit_code"], self._area, *self._day.bodies["body_code"])
        for at in map(self._at, codes):
            yield from (self.figure(at, column) for column in numbers(COLUMNS[at.table]))
        whole = At(HEADLINE, self._area, self._today)
        yield from (self.figure(whole, column) for column in doubts.MADE)
        for one in self._day.places.itertuples():
            yield self.of_place(one)

    def step(self, unit: str, column: str, place: str | None = None) -> Step:
        """The tree of one figure.

        Args:
            unit: Code of a unit or body, or that of the whole.
            place: One of the unit's places, whose counts are meant.

        Raises:
            ParamsError: No such unit, place or column; the message names those there are.
        """
        if place is not None:
            return self._place_named(unit, column, place)
        if unit not in self._codes:
            raise _unknown(_("unit"), unit, self._codes)
        at = self._at(unit)
        known = numbers(COLUMNS[at.table])
        if at.table == WHOLE:
            known += doubts.MADE
        if column not in known:
            outside = self.campaign.naming.outside
            raise _unknown(_("column"), outside(column), [*map(outside, known)])
        return self.figure(at._replace(table=HEADLINE) if column in doubts.MADE else at, column)

    @cached_property
    def _codes(self) -> list[str]:
        """Whose figures can be asked for."""
        own = self._day.units["unit_code"], self._day.bodies["body_code"]
        return [self._area, *own[0], *own[1]]

    def _at(self, code: str) -> At:
        """The row of today that a code names."""
        if code == self._area:
            return At(WHOLE, code, self._today)
        body = At(BODIES, code)
        return body if self.has(body) else At(UNITS, code, self._today)

    def _place_named(self, unit: str, column: str, place: str) -> Step:
        own_rows = self._day.places[self._day.places["unit_code"].eq(unit)]
        if unit not in (units := list(self._day.units["unit_code"])):
            raise _unknown(_("unit"), unit, units)
        if column not in OF_PLACE:
            outside = self.campaign.naming.outside
            raise _unknown(_("column"), outside(column), [*map(outside, OF_PLACE)])
        if place not in (places := list(own_rows["place"].dropna())):
            raise _unknown(_("{locality}"), place, places)
        return self.of_place(next(own_rows[own_rows["place"].eq(place).fillna(False)].itertuples()))

    def of_place(self, row: Any) -> Step:
        """The tree of a row of places.csv."""
        report = int(self.row(At(UNITS, row.unit_code, self._today))["report"])
        name = None if pd.isna(row.place) else str(row.place)
        value = int(row.numerator_cumulative)
        step = as_published(self.reports.place(report, name, value), value)
        key = f"{row.unit_code}/{name or ''}"
        return step.named(PLACES, key, "numerator_cumulative", f"{row.report_date:%Y-%m-%d}")


def _unknown(kind: str, given: str, known: Sequence[str]) -> ParamsError:
    shown = ", ".join(known[:SHOWN]) + (", …" if len(known) > SHOWN else "")
    return ParamsError(
        _("{kind} “{given}” is not known. Known: {known}.", kind=kind, given=given, known=shown)
    )
