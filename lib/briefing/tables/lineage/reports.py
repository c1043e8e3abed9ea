"""What a report's own figure is made of: its cells, the days before it, the corrections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
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
from briefing.tables.corrections import APPLIED
from briefing.tables.lineage.step import Source, Step
from briefing.tables.reporting import DAY_ONLY, SUPERSEDED, USED, holds

Row = Mapping[str, Any]  # a judged report, and its number as `report`

BY_VALUE = ("per_person", "per_hamlet", "ratio", "running", "total")
MARKED = "flag"
RANGE = re.compile("[:;]")  # between the first and the other cells of an address
LISTS = ("roster_all", "roster_today")


class Reports:
    """The reports of a day's tables, with the rows and corrections that their figures rest on."""

    def __init__(self, judged: pd.DataFrame, rows: pd.DataFrame, corrections: pd.DataFrame) -> None:
        self._judged: dict[Hashable, Row] = judged.assign(report=judged.index).to_dict("index")
        self._rows = dict(tuple(rows.groupby("report")))
        self._superseded: dict[Hashable, tuple[str, ...]] = defaultdict(tuple)
        for row in self._judged.values():
            if row["verdict"] == SUPERSEDED:
                self._superseded[_subject(row)] += (str(row["file"]),)
        self._corrections: dict[Hashable, list[Any]] = defaultdict(list)
        for one in corrections[corrections["status"].eq(APPLIED)].itertuples():
            self._corrections[one.report].append(one)

    def daily(self, report: int, before: Step | None) -> Step:
        """The cumulative of a used Mẫu 02 (persons).

        Args:
            before: The unit's cumulative of the day before, which a report of one day's installs
                is added to; `None` where none is known.
        """
        row = self._judged[report]
        if row["rule"] in DAY_ONLY:
            of_day = self._corrected(report, "installs_new", self._of_the_day(row))
            parts = (before, of_day) if before and before.value is not None else (of_day,)
            base = Step(sum(part.value or 0 for part in parts), SUM, parts=parts)
        else:
            base = self._cumulative(row)
        step = self._corrected(report, "installs_cumulative", base)
        for one in self._entries(report, IDENTITY):
            step = Step(step.value, ASSIGNED, note=one.note, source=one.source, parts=(step,))
        return _about(step, row)

    def once(self, report: int, column: str) -> Step:
        """A figure of a used Mẫu 01 (persons)."""
        row = self._judged[report]
        value = self._before(report, column, _number(row[column]))
        base = Step(value, CELL, source=self.source(row, row["sources"].get(column, "")))
        return _about(self._corrected(report, column, base), row)

    def stated(self, report: int, fact: str) -> Step:
        """Another fact of a report (persons), as its cells state it."""
        row = self._judged[report]
        where = row["sources"].get(fact, "")
        return _about(Step(_number(row[fact]), STATED, source=self.source(row, where)), row)

    def hamlet(self, report: int, hamlet: str | None, value: int) -> Step:
        """What a report's rows say of one of its hamlets (persons)."""
        row = self._judged[report]
        rows = self._used(row)
        mine = rows[rows["hamlet"].isna() if hamlet is None else holds(rows["hamlet"].eq(hamlet))]
        by_value = _text(row["reading"]) in BY_VALUE
        return _about(self._from_rows(row, mine, value, SUM if by_value else COUNT), row)

    def source(self, row: Row, where: str) -> Source:
        """Where a report came from, and which earlier ones it takes the place of."""
        return Source(
            file=str(row["file"]),
            sha256=str(row["sha256"]),
            where=where,
            member=_text(row["member"]),
            received_at=row["received_at"].isoformat(timespec="seconds"),
            superseded=self._superseded.get(_subject(row), ()),
        )

    # What stands in the report itself

    def _cumulative(self, row: Row) -> Step:
        reading, value = _text(row["reading"]), _number(row["installs_cumulative"])
        value = self._before(row["report"], "installs_cumulative", value)
        where = row["sources"].get("installs_cumulative", "")
        if reading in LISTS:
            return self._listed(row, self._distinct(self._rows_of(row)), value)
        rows = self._used(row)
        if rows.empty or reading == "percent":
            return Step(value, STATED, source=self.source(row, where))
        return self._from_rows(row, rows, value, COUNT if reading == MARKED else SUM)

    def _of_the_day(self, row: Row) -> Step:
        """One day's installs: the phones never listed before, or the counts of the day."""
        value = self._before(row["report"], "installs_new", _number(row["installs_new"]))
        rows = self._rows_of(row)
        if _text(row["reading"]) == "roster_today":
            listed = self._distinct(
                rows if _text(row["reading_alone"]) != MARKED else self._used(row)
            )
            return self._listed(row, listed[~listed["phone"].isin(self._seen(row))], value)
        where = row["sources"].get("installs_new") or row["sources"].get("installs_cumulative", "")
        counted = self._used(row) if rows["used"].any() else rows
        counted = counted[counted["value"].notna()]
        if counted.empty or counted["cell"].iloc[0] != RANGE.split(where)[0]:
            return Step(value, STATED, source=self.source(row, where))  # a column of its own
        return self._from_rows(row, counted, value, SUM)

    def _listed(self, row: Row, listed: pd.DataFrame, value: int | None) -> Step:
        """Different phones: a count of rows, at the cells that the phones stand in."""
        phones = row["sources"].get("distinct_phones", "")
        source = self.source(row, phones or row["sources"].get("installs_cumulative", ""))
        if listed.empty:
            return Step(value, STATED, source=source)
        return Step(len(listed), PHONES, source=source)

    def _from_rows(self, row: Row, rows: pd.DataFrame, value: int | None, rule: str) -> Step:
        """Cell by cell: each row's own count, or 1 for each row that is counted."""
        parts = tuple(
            Step(
                1 if rule == COUNT else _number(one.value), CELL, source=Source("", where=one.cell)
            )
            for one in rows.itertuples()
        )
        rule = SAME if len(parts) == 1 and rule == SUM else rule
        source = self.source(row, "")
        return Step(value, rule, source=source, parts=parts)

    def _rows_of(self, row: Row) -> pd.DataFrame:
        none = pd.DataFrame(columns=["cell", "phone", "hamlet", "value", "used"])
        return self._rows.get(row["report"], none)

    def _used(self, row: Row) -> pd.DataFrame:
        rows = self._rows_of(row)
        return rows[rows["used"].astype(bool)]

    def _distinct(self, rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rows["phone"].notna()].drop_duplicates("phone")

    def _seen(self, row: Row) -> set[str]:
        """Every phone that the unit listed before, in the reports that gave its figures."""
        phones: set[str] = set()
        for one in self._judged.values():
            if one["verdict"] != USED or one["form"] != "mau02":
                continue
            if one["unit_code"] != row["unit_code"] or not one["report_date"] < row["report_date"]:
                continue
            rows = self._used(one) if _text(one["reading_alone"]) == MARKED else self._rows_of(one)
            phones |= set(rows["phone"].dropna())
        return phones

    # Corrections

    def _corrected(self, report: int, column: str, base: Step) -> Step:
        """A figure after its corrections, each with what stood there before."""
        for one in self._entries(report, (column,)):
            base = Step(
                one.value, CORRECTED, parts=(base, one) if base.value is not None else (one,)
            )
        return base

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
    return row["unit_code"], row["report_date"] if row["form"] == "mau02" else None


def _about(step: Step, row: Row) -> Step:
    reading = _text(row["reading"]) if row["form"] == "mau02" else ""
    return replace(step, reading=reading)


def _number(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
