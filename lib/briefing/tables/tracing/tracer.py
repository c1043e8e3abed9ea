"""Which figure is meant, and its tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from briefing.catalog.lineage import NEEDED, PARAMS, QUOTIENT, STATED
from briefing.errors import ParamsError
from briefing.messages import _
from briefing.tables.agencies import STAFF
from briefing.tables.tracing import units, whole
from briefing.tables.tracing.reports import Reports
from briefing.tables.tracing.step import Source, Step
from briefing.tables.tracing.units import Row, Units, figure, plain
from briefing.tables.tracing.whole import Whole

if TYPE_CHECKING:
    from briefing.tables.build import Day

OF_AGENCY = (*STAFF, "coverage", "installs_needed")
OF_HAMLET = ("installs_cumulative",)
SHOWN = 40  # names in an error; the others are counted


class Tracer:
    """The tree of every figure of communes.csv, town.csv, agencies.csv and hamlets.csv."""

    def __init__(self, day: Day, rows: pd.DataFrame) -> None:
        """`rows`: the register's rows (`View.rows`), which the cells are told from."""
        self._day = day
        self._reports = Reports(day.reports, rows, day.corrections)
        self._units = Units(day.history, self._reports, day.campaign)
        self._whole = Whole(day.town, self._units, day.campaign.area.code)
        self._agencies: dict[str, Row] = {
            row["agency_code"]: row for row in day.agencies.to_dict("records")
        }

    def all(self) -> Iterator[Step]:
        """Every figure of the day that is known, in the order of the tables."""
        today = pd.Timestamp(self._day.date)
        for code in self._day.communes["unit_code"]:
            yield from (self._units.step(code, column, today) for column in units.COLUMNS)
        yield from (self._whole.step(column, today) for column in whole.COLUMNS)
        for code in self._agencies:
            yield from (self._of_agency(code, column) for column in OF_AGENCY)
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
        today = pd.Timestamp(self._day.date)
        if hamlet is not None:
            return self._hamlet_named(unit, column, hamlet)
        if unit == self._day.campaign.area.code:
            _demand(_("column"), column, whole.COLUMNS)
            return self._whole.step(column, today)
        if unit in self._agencies:
            _demand(_("column"), column, OF_AGENCY)
            return self._of_agency(unit, column)
        codes = list(self._day.communes["unit_code"])
        known = [self._day.campaign.area.code, *codes, *self._agencies]
        _demand(_("unit"), unit, known)
        _demand(_("column"), column, units.COLUMNS)
        return self._units.step(unit, column, today)

    def _hamlet_named(self, unit: str, column: str, hamlet: str) -> Step:
        mine = self._day.hamlets[self._day.hamlets["unit_code"].eq(unit)]
        _demand(_("unit"), unit, list(self._day.communes["unit_code"]))
        _demand(_("column"), column, OF_HAMLET)
        _demand(_("hamlet"), hamlet, list(mine["hamlet"].dropna()))
        return self._of_hamlet(next(mine[mine["hamlet"].eq(hamlet).fillna(False)].itertuples()))

    def _of_hamlet(self, row: object) -> Step:
        unit = self._units.row(row.unit_code, pd.Timestamp(self._day.date))
        name = None if pd.isna(row.hamlet) else str(row.hamlet)
        value = int(row.installs_cumulative)
        step = figure(self._reports.hamlet(int(unit["report"]), name, value), value)
        key = f"{row.unit_code}/{name or ''}"
        return step.named("hamlets", key, "installs_cumulative", f"{row.report_date:%Y-%m-%d}")

    def _of_agency(self, code: str, column: str) -> Step:
        row = self._agencies[code]
        value = plain(row[column])
        made = Step(None, STATED) if value is None else figure(self._made(code, column, row), value)
        return made.named("agencies", code, column)

    def _made(self, code: str, column: str, row: Row) -> Step:
        if column in STAFF:
            return self._reports.once(int(row["report"]), column)
        installed, owners = (
            self._of_agency(code, name) for name in ("staff_installed", "staff_smartphone")
        )
        if column == "coverage":
            return Step(None, QUOTIENT, parts=(installed, owners))
        goal = Step(
            self._day.campaign.agency_reporting.target,
            PARAMS,
            source=Source("params/campaign.yaml", where="agency_reporting.target"),
        )
        return Step(None, NEEDED, parts=(goal, owners, installed))


def _demand(kind: str, given: str, known: Sequence[str]) -> None:
    if given in known:
        return
    shown = ", ".join(known[:SHOWN]) + (", …" if len(known) > SHOWN else "")
    raise ParamsError(
        _("{kind} “{given}” is not known. Known: {known}.", kind=kind, given=given, known=shown)
    )
