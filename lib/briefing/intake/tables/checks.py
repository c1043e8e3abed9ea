"""A table with what it was taken to mean, and how a rule for its rows is held against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from briefing.catalog.rules import Severity
from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.own_papers import REPORTED
from briefing.intake.parsers.disclosure import shown_cell, shown_count
from briefing.intake.parsers.text import clean
from briefing.intake.submission import Finding
from briefing.intake.tables.table import Table
from briefing.intake.tables.tallies import Tally, out_of_step, place_keys

EACH_ROW_COUNTS = {"per_person", "per_place", "ratio", "increment"}
ROSTERS = {"roster_all", "roster_today"}
COUNTED = {"luy_ke", "trong_ngay", "so_denominator"}  # columns in which a number is a count
MANY = 20  # findings of one kind; more, on most of the rows, are one finding about the column


@dataclass(frozen=True)
class ParsedTable:
    """A table and what it was taken to mean.

    Attributes:
        places_known: The unit's places are known, so that an address can be judged.
    """

    table: Table
    head: TableHead
    reading: str
    tally: Tally
    places_known: bool = False

    def at(self, field: str) -> str:
        """The address of a column's heading."""
        columns = self.head.columns
        return self.head.grid.where(self.head.top, columns.get(field, min(columns.values())))

    @cached_property
    def unusable(self) -> dict[int, None]:
        """Rows of which the cell under Lũy kế, or its blank, can't be counted as it is read."""
        table, reading = self.table, self.reading
        if reading in ROSTERS or "luy_ke" not in table.rows.columns:
            return {}
        faulty = set(table.unreadable)
        if reading != "percent" and not (reading == "total" and self.tally.cell):
            faulty |= table.rates.keys()  # beside a total that is taken they do no harm
        if reading == "flag":
            faulty |= {i for i in table.counted if (table.count[i] or 0) > 1}
        else:
            faulty |= table.counts.marked | table.counts.denied
        return dict.fromkeys(sorted(faulty)) | self.left_blank

    @cached_property
    def untouched(self) -> bool:
        """Whether this is a form with what was last reported, and nothing was filled in beside."""
        values = self.table.rows.values
        return REPORTED in values and not any(map(clean, values.get("luy_ke", ())))

    @cached_property
    def left_blank(self) -> dict[int, None]:
        """Rows without a count where each row has to have one."""
        table, counts = self.table, self.table.counts
        if self.reading not in EACH_ROW_COUNTS or "luy_ke" not in table.rows.columns:
            return {}
        if self.untouched:
            return {}
        answered = table.covered | counts.others.keys() | counts.marked | counts.denied
        blank = [i for i, count in enumerate(table.count) if count is None and i not in answered]
        if self.reading == "per_place" and blank:
            keys = place_keys(table)
            known = {keys[i] for i in table.counted}
            blank = [i for i in blank if keys[i] not in known]
        return dict.fromkeys(blank)

    @property
    def set_aside(self) -> set[int]:
        """Rows that the figure does not rest on because something is wrong with them."""
        aside = {*self.tally.repeated, *self.unusable}
        if self.reading in ROSTERS:
            aside |= {i for i, phone in enumerate(self.table.phones) if phone is None}
        if self.reading == "running":
            aside |= out_of_step(self.table)
        return aside


def _cell(parsed: ParsedTable, check: Check, i: int) -> str:
    """What stands there, as far as it may be shown."""
    shown = shown_count if check.field in COUNTED else shown_cell
    return shown(parsed.table.rows.value(check.field, i))


@dataclass(frozen=True)
class Check:
    """A rule for single rows.

    Attributes:
        code: The case, or what tells it of a row.
        field: The column in which the mistake is; without it there is none.
        rows: Those that break the rule.
        values: What the message speaks of.
        severity: Where it follows from the reading.
        share: Of the table's rows, from which on a long list of findings is one about the column;
            `None`: each is said.
    """

    code: str | Callable[[ParsedTable, int], str]
    field: str
    rows: Callable[[ParsedTable], Iterable[int]]
    share: float | None = None
    values: Callable[[ParsedTable, int], Mapping[str, Any]] = lambda _parsed, _i: {}
    severity: Callable[[ParsedTable], Severity] | None = None
    shown: Callable[[ParsedTable, Check, int], str] = _cell

    def findings(self, parsed: ParsedTable) -> Iterator[tuple[int, Finding]]:
        """What is found, each with the row that it is about; −1: the column."""
        table = parsed.table
        rows = [*self.rows(parsed)] if self.field in table.rows.columns else []
        if self.share is None or len(rows) <= max(MANY, self.share * len(table)):
            yield from ((i, self._finding(parsed, i)) for i in rows)
            return
        one = self._finding(parsed, rows[0])
        values = {**one.values, "n": len(rows), "rows": len(table)}
        at = parsed.at(self.field)
        yield -1, replace(one, where=at, found="", values=values, around="in_rows")

    def _finding(self, parsed: ParsedTable, i: int) -> Finding:
        code = self.code if isinstance(self.code, str) else self.code(parsed, i)
        where, found = parsed.table.rows.where(self.field, i), self.shown(parsed, self, i)
        severity = self.severity(parsed) if self.severity else ""
        return Finding(code, where, found, self.values(parsed, i), severity)
