"""Which figure is meant, and its tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from numbers import Integral
from typing import Any

import pandas as pd

from briefing.catalog.figures import numbers
from briefing.catalog.lineage import DERIVED, OF_AGENCY, PARAMS, RULES, SAME, STATED, Number
from briefing.catalog.tables import COLUMNS
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.tables.agencies import STAFF
from briefing.tables.day import Day
from briefing.tables.lineage import units, whole
from briefing.tables.lineage.reports import Reports
from briefing.tables.lineage.step import At, Row, Source, Step

AGENCIES, HAMLETS = "agencies", "hamlets"
OF_HAMLET = ("installs_cumulative",)
SHOWN = 40  # names in an error; the others are counted
FORMULAS = {units.TABLE: DERIVED, whole.TABLE: DERIVED, AGENCIES: OF_AGENCY}


class Tracer:
    """The tree of every figure of communes.csv, town.csv, agencies.csv and hamlets.csv.

    Attributes:
        reports: What the figures of reports are made of.
        reported: Unit → the days that a report gives its figure of.
        rises: Unit → the days on which it is known what has been installed since.
    """

    def __init__(self, day: Day, rows: pd.DataFrame) -> None:
        """`rows`: the register's rows (`View.rows`), which the cells are told from."""
        history, town, bodies = day.history, day.town, day.agencies
        self.campaign = day.campaign
        self.reports = Reports(day.reports, rows, day.corrections)
        known = history["installs_cumulative"].notna() & history["carried_from"].isna()
        self.reported = _days(history[known])
        self.rises = _days(history[history["installs_new"].notna()])
        self._day, self._today = day, pd.Timestamp(day.date)
        self._area = day.campaign.area.code
        keys = {units.TABLE: history["unit_code"], whole.TABLE: [self._area] * len(town)}
        self._rows: dict[At, Row] = {
            At(table, key, row["report_date"]): row
            for table, frame in ((units.TABLE, history), (whole.TABLE, town))
            for key, row in zip(keys[table], frame.to_dict("records"), strict=True)
        }
        self._rows |= {At(AGENCIES, row["agency_code"]): row for row in bodies.to_dict("records")}
        self._by_day = dict(tuple(history.groupby("report_date")))
        self._known: dict[tuple[At, str], Step] = {}

    def all(self) -> Iterator[Step]:
        """Every figure of the day that is known, in the order of the tables."""
        codes = (*self._day.communes["unit_code"], self._area, *self._day.agencies["agency_code"])
        for at in map(self._at, codes):
            yield from (self.figure(at, column) for column in numbers(COLUMNS[at.table]))
        for one in self._day.hamlets.itertuples():
            yield self._of_hamlet(one)

    def step(self, unit: str, column: str, hamlet: str | None = None) -> Step:
        """The tree of one figure.

        Args:
            unit: Code of a unit or agency, or that of the whole.
            hamlet: One of the unit's hamlets, whose installs are meant.

        Raises:
            ParamsError: No such unit, hamlet or column; the message names those there are.
        """
        if hamlet is not None:
            return self._hamlet_named(unit, column, hamlet)
        own = self._day.communes["unit_code"], self._day.agencies["agency_code"]
        _demand(_("unit"), unit, [self._area, *own[0], *own[1]])
        at = self._at(unit)
        _demand(_("column"), column, numbers(COLUMNS[at.table]))
        return self.figure(at, column)

    def figure(self, at: At, column: str) -> Step:
        """A figure of any day up to that of the tables."""
        if (at, column) not in self._known:
            row = self._rows[at]
            value = _plain(row[column])
            made = Step(None, STATED) if value is None else self._made(at, column, row, value)
            date = f"{at.day:%Y-%m-%d}" if at.day else ""
            self._known[at, column] = made.named(at.table, at.key, column, date)
        return self._known[at, column]

    def has(self, at: At) -> bool:
        return at in self._rows

    def row(self, at: At) -> Row:
        """A row of a table, with what its figures rest on."""
        return self._rows[at]

    def places(self, table: str) -> Iterator[At]:
        """Every row of a table."""
        return (at for at in self._rows if at.table == table)

    def of_day(self, day: pd.Timestamp) -> pd.DataFrame:
        """The rows of the units on one day."""
        return self._by_day[day]

    def _at(self, code: str) -> At:
        """The row of today that a code names."""
        if code == self._area:
            return At(whole.TABLE, code, self._today)
        agency = At(AGENCIES, code)
        return agency if agency in self._rows else At(units.TABLE, code, self._today)

    def _made(self, at: At, column: str, row: Row, value: Number) -> Step:
        """A step as the figure that the table has: where they differ, it does not add up."""
        own = MADE[at.table].get(column)
        if own:
            made = own(self, at, row)
        else:
            formula = FORMULAS[at.table][column]
            parts = tuple(self.figure(at, name) for name in formula.parts)
            made = Step(None, formula.rule, parts=parts)
        return _as_published(made, value)

    def _hamlet_named(self, unit: str, column: str, hamlet: str) -> Step:
        mine = self._day.hamlets[self._day.hamlets["unit_code"].eq(unit)]
        _demand(_("unit"), unit, list(self._day.communes["unit_code"]))
        _demand(_("column"), column, OF_HAMLET)
        _demand(_("hamlet"), hamlet, list(mine["hamlet"].dropna()))
        return self._of_hamlet(next(mine[mine["hamlet"].eq(hamlet).fillna(False)].itertuples()))

    def _of_hamlet(self, row: Any) -> Step:
        report = int(self._rows[At(units.TABLE, row.unit_code, self._today)]["report"])
        name = None if pd.isna(row.hamlet) else str(row.hamlet)
        value = int(row.installs_cumulative)
        step = _as_published(self.reports.hamlet(report, name, value), value)
        key = f"{row.unit_code}/{name or ''}"
        return step.named(HAMLETS, key, "installs_cumulative", f"{row.report_date:%Y-%m-%d}")


def _staff(column: str) -> Made:
    return lambda tracer, _at, row: tracer.reports.once(int(row["report"]), column)


def _needed_of_agency(tracer: Tracer, at: At, row: Row) -> Step:
    formula = OF_AGENCY["installs_needed"]
    where, *columns = formula.parts
    source = Source("params/campaign.yaml", where=where)
    goal = Step(tracer.campaign.agency_reporting.target, PARAMS, source=source)
    parts = (goal, *(tracer.figure(at, column) for column in columns))
    return Step(None, formula.rule, parts=parts)


Made = Callable[[Tracer, At, Row], Step]
MADE: Mapping[str, Mapping[str, Made]] = {
    units.TABLE: units.MADE,
    whole.TABLE: whole.MADE,
    AGENCIES: {
        **{column: _staff(column) for column in STAFF},
        "installs_needed": _needed_of_agency,
    },
}


def _days(rows: pd.DataFrame) -> dict[str, list[pd.Timestamp]]:
    return {code: sorted(days) for code, days in rows.groupby("unit_code")["report_date"]}


def _as_published(step: Step, value: Number) -> Step:
    if step.rule in RULES:
        return replace(step, value=value)
    return Step(value, SAME, reading=step.reading, parts=(step,)) if step.value != value else step


def _plain(value: Any) -> Number | None:
    """A cell of a table as a plain number."""
    if pd.isna(value):
        return None
    return int(value) if isinstance(value, Integral) else float(value)


def _demand(kind: str, given: str, known: Sequence[str]) -> None:
    if given in known:
        return
    shown = ", ".join(known[:SHOWN]) + (", …" if len(known) > SHOWN else "")
    raise ParamsError(
        _("{kind} “{given}” is not known. Known: {known}.", kind=kind, given=given, known=shown)
    )
