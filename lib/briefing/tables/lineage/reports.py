"""What a report's own figure is made of: its cells, the days before it, the corrections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from briefing.catalog.lineage import (
    ASSIGNED,
    CELL,
    CORRECTED,
    CORRECTION,
    COUNT,
    PHONES,
    SAME,
    STATED,
    SUM,
)
from briefing.params.corrections import FILE
from briefing.params.entries import IDENTITY
from briefing.params.forms import UNITS
from briefing.tables.cells import ByReport
from briefing.tables.corrections import APPLIED
from briefing.tables.lineage.step import Source, Step
from briefing.tables.places import BY_VALUE
from briefing.tables.prior import text
from briefing.tables.reporting import DAY_ONLY, NIL, SUPERSEDED, USED

Row = Mapping[str, Any]  # a judged report, and its number as `report`
NO_ROWS = pd.DataFrame(columns=["report", "cell", "phone", "place", "value", "used"])

MARKED = "flag"
RANGE = re.compile("[:;]")  # between the first and the other cells of an address
LISTS = ("roster_all", "roster_today")
SO_FAR = (
    "numerator_cumulative",
    "distinct_phones",
)  # the facts that tell a figure, the first first
OF_DAY = ("numerator_new", "numerator_cumulative")
LISTED = ("distinct_phones", "numerator_cumulative")


class Reports:
    """The reports of a day's tables, with the rows and corrections that their figures rest on."""

    def __init__(
        self, judged: pd.DataFrame, corrections: pd.DataFrame, rows: pd.DataFrame = NO_ROWS
    ) -> None:
        self._judged: dict[Hashable, Row] = judged.assign(report=judged.index).to_dict("index")
        self._rows = ByReport(rows)
        self._places: dict[Hashable, dict[str | None, pd.DataFrame]] = {}
        self._superseded: dict[Hashable, tuple[str, ...]] = defaultdict(tuple)
        for row in self._judged.values():
            if row["verdict"] == SUPERSEDED:
                self._superseded[_subject(row)] += (str(row["file"]),)
        self._corrections: dict[Hashable, list[Any]] = defaultdict(list)
        for one in corrections[corrections["status"].eq(APPLIED)].itertuples():
            self._corrections[one.report].append(one)

    def daily(self, report: int, before: Step | None) -> Step:
        """The cumulative of a used list (persons).

        Args:
            before: The unit's cumulative of the day before, which a report of one day's counts
                is added to; `None` where none is known.
        """
        row = self._judged[report]
        if _of_its_day(row):
            of_day = self._corrected(report, "numerator_new", self._of_the_day(row))
            parts = (before, of_day) if before and before.value is not None else (of_day,)
            base = Step(sum(part.value or 0 for part in parts), SUM, parts=parts)
        else:
            base = self._cumulative(row)
        return self._assigned(report, self._corrected(report, "numerator_cumulative", base))

    def staff_figure(self, report: int, column: str) -> Step:
        """A figure of a used the staff form (persons)."""
        row = self._judged[report]
        value = self._before(report, column, _number(row[column]))
        base = self._step(row, value, CELL, (column,))
        return self._assigned(report, self._corrected(report, column, base))

    def stated(self, report: int, fact: str) -> Step:
        """Another fact of a report (persons), as its cells state it."""
        row = self._judged[report]
        return self._step(row, _number(row[fact]), STATED, (fact,))

    def place(self, report: int, place: str | None, value: int) -> Step:
        """What a report's rows say of one of its places (persons)."""
        row = self._judged[report]
        own_rows = self._by_place(report).get(place, NO_ROWS)
        by_value = text(row["reading"]) in BY_VALUE
        return self._from_rows(row, own_rows, value, SUM if by_value else COUNT)

    def _by_place(self, report: int) -> dict[str | None, pd.DataFrame]:
        """The used rows of a report by place, those without one under `None`."""
        if self._rows.rows.empty:
            return {}
        if report not in self._places:
            groups = self._used(self._judged[report]).groupby("place", dropna=False)
            self._places[report] = {None if pd.isna(of) else of: rows for of, rows in groups}
        return self._places[report]

    def _step(
        self,
        row: Row,
        value: int | None,
        rule: str,
        facts: Sequence[str],
        parts: tuple[Step, ...] = (),
    ) -> Step:
        """A figure of a report, where one of its facts is told, and which reports it supersedes."""
        reading = text(row["reading"]) if row["owed_by"] == UNITS else ""
        source = Source(
            file=str(row["file"]),
            sha256=str(row["sha256"]),
            where="" if parts else _where(row, facts),
            member=text(row["member"]),
            received_at=row["received_at"].isoformat(timespec="seconds"),
            superseded=self._superseded.get(_subject(row), ()),
        )
        return Step(value, rule, reading=reading, source=source, parts=parts)

    # What stands in the report itself

    def _cumulative(self, row: Row) -> Step:
        reading, value = text(row["reading"]), _number(row["numerator_cumulative"])
        value = self._before(row["report"], "numerator_cumulative", value)
        if reading in LISTS:
            return self._listed(row, self._distinct(self._rows_of(row)), value)
        rows = NO_ROWS if reading == "percent" else self._used(row)
        return self._from_rows(row, rows, value, COUNT if reading == MARKED else SUM)

    def _of_the_day(self, row: Row) -> Step:
        """One day's counts: the phones never listed before, or the counts of the day."""
        value = self._before(row["report"], "numerator_new", _number(row["numerator_new"]))
        rows = self._rows_of(row)
        if text(row["reading"]) == "roster_today":
            listed = self._distinct(
                rows if text(row["reading_alone"]) != MARKED else self._used(row)
            )
            return self._listed(row, listed[~listed["phone"].isin(self._seen(row))], value)
        counted = self._used(row) if rows["used"].any() else rows
        counted = counted[counted["value"].notna()]
        if not counted.empty and counted["cell"].iloc[0] != RANGE.split(_where(row, OF_DAY))[0]:
            counted = NO_ROWS  # a column of its own
        return self._from_rows(row, counted, value, SUM, OF_DAY)

    def _listed(self, row: Row, listed: pd.DataFrame, value: int | None) -> Step:
        """Different phones: a count of rows, at the cells that the phones stand in."""
        if listed.empty:
            return self._step(row, value, STATED, LISTED)
        return self._step(row, len(listed), PHONES, LISTED)

    def _from_rows(
        self,
        row: Row,
        rows: pd.DataFrame,
        value: int | None,
        rule: str,
        facts: Sequence[str] = SO_FAR,
    ) -> Step:
        """Cell by cell: each row's own count, or 1 for each row that is counted."""
        if rows.empty:
            return self._step(row, value, STATED, facts)
        parts = tuple(
            Step(
                1 if rule == COUNT else _number(one.value), CELL, source=Source("", where=one.cell)
            )
            for one in rows.itertuples()
        )
        rule = SAME if len(parts) == 1 and rule == SUM else rule
        return self._step(row, value, rule, facts, parts)

    def _rows_of(self, row: Row) -> pd.DataFrame:
        return self._rows[row["report"]]

    def _used(self, row: Row) -> pd.DataFrame:
        rows = self._rows_of(row)
        return rows if rows.empty else rows[rows["used"].astype(bool)]

    def _distinct(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["phone"].notna()].drop_duplicates("phone")

    def _seen(self, row: Row) -> set[int]:
        """Every phone that the unit listed before, in the reports that gave its figures."""
        phones: set[int] = set()
        for one in self._judged.values():
            if one["verdict"] != USED or one["owed_by"] != UNITS:
                continue
            if one["unit_code"] != row["unit_code"] or not one["report_date"] < row["report_date"]:
                continue
            rows = self._used(one) if text(one["reading_alone"]) == MARKED else self._rows_of(one)
            phones |= set(rows["phone"].dropna())
        return phones

    # Corrections

    def _corrected(self, report: int, column: str, base: Step) -> Step:
        """A figure after its corrections, each with what stood there before."""
        for one in self._entries(report, (column,)):
            if base.value is None:  # the report says no number, and is named all the same
                base = Step(one.value, CORRECTED, source=base.source, parts=(one,))
            else:
                base = Step(one.value, CORRECTED, parts=(base, one))
        return base

    def _assigned(self, report: int, step: Step) -> Step:
        """A figure that counts for its unit and day by corrections."""
        for one in self._entries(report, IDENTITY):
            step = Step(step.value, ASSIGNED, note=one.note, source=one.source, parts=(step,))
        return step

    def _before(self, report: int, column: str, value: int | None) -> int | None:
        """What the report said before it was corrected."""
        first = next(self._of(report, (column,)), None)
        if first is None:
            return value
        return int(first.value_before) if pd.notna(first.value_before) else None

    def _of(self, report: int, columns: Sequence[str]) -> Iterator[Any]:
        own = (one for one in self._corrections[report] if pd.notna(one.column))
        return (one for one in own if one.column in columns)

    def _entries(self, report: int, columns: Sequence[str]) -> list[Step]:
        return [
            Step(
                int(one.value) if one.column not in IDENTITY else None,
                CORRECTION,
                column=one.column,
                note=f"{one.reason} ({one.by}, {one.when})",
                source=Source(f"params/{FILE}", where=f"entry {one.entry}"),
            )
            for one in self._of(report, columns)
        ]


def _subject(row: Row) -> Hashable:
    """What reports take each other's place: those of a unit and day, or of a body."""
    return row["unit_code"], row["report_date"] if row["owed_by"] == UNITS else None


def _where(row: Row, facts: Sequence[str]) -> str:
    """The cells of the first of some facts that has any."""
    return next(filter(None, map(row["sources"].get, facts)), "")


def cells_of(row: Row) -> str:
    """The cells of what a list tells of its figure: its day's counts, or the figure so far."""
    if _of_its_day(row):
        return _where(row, OF_DAY)
    return _where(row, LISTED if text(row["reading"]) in LISTS else SO_FAR)


def _of_its_day(row: Row) -> bool:
    """Whether a report gives its day's counts; one that nothing is new may say a number."""
    says_so_far = row["reading"] == NIL and "numerator_cumulative" in row["sources"]
    return text(row["reading"]) in DAY_ONLY and not says_so_far


def _number(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
