"""A table with what it was taken to mean, and findings about its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from briefing.intake.daily.table import Table
from briefing.intake.daily.tallies import Tally, hamlet_keys, out_of_step
from briefing.intake.recognition.forms import TableHead
from briefing.intake.submission import Finding, Severity
from briefing.intake.values.disclosure import shown_cell, shown_count
from briefing.messages import Message

EACH_ROW_COUNTS = {"per_person", "per_hamlet", "ratio", "increment"}
ROSTERS = {"roster_all", "roster_today"}
COUNTED = {"luy_ke", "trong_ngay", "so_smartphone"}  # columns in which a number is a count
MANY = 20  # findings of one kind; more, on most of the rows, are one finding about the column

Placed = Iterator[tuple[int, Finding]]  # findings, each with the row that it is about
Make = Callable[[int], Finding]


@dataclass(frozen=True)
class Judged:
    """A table and what it was taken to mean.

    Attributes:
        places_known: The unit's hamlets are known, so that an address can be judged.
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
    def unusable(self) -> list[int]:
        """Rows of which the cell under Lũy kế, or its blank, can't be counted as it is read."""
        table, reading = self.table, self.reading
        if reading in ROSTERS or "luy_ke" not in table.rows.columns:
            return []
        faulty = set(table.unreadable)
        if reading != "percent" and not (reading == "total" and self.tally.cell):
            faulty |= table.rates.keys()  # beside a total that is taken they do no harm
        if reading == "flag":
            faulty |= {i for i in table.counted if (table.count[i] or 0) > 1}
        else:
            faulty |= table.counts.marked | table.counts.denied
        return sorted(faulty) + self.left_blank

    @cached_property
    def left_blank(self) -> list[int]:
        """Rows without a count where each row has to have one."""
        table = self.table
        if self.reading not in EACH_ROW_COUNTS or "luy_ke" not in table.rows.columns:
            return []
        counts = table.counts
        said = table.covered | counts.others.keys() | counts.marked | counts.denied
        blank = [i for i, count in enumerate(table.count) if count is None and i not in said]
        if self.reading == "per_hamlet" and blank:
            keys = hamlet_keys(table)
            known = {keys[i] for i in table.counted}
            return [i for i in blank if keys[i] not in known]
        return blank

    @property
    def set_aside(self) -> set[int]:
        """Rows that the figure does not rest on because something is wrong with them."""
        aside = {*self.tally.repeated, *self.unusable}
        if self.reading in ROSTERS:
            aside |= {i for i, phone in enumerate(self.table.phones) if phone is None}
        if self.reading == "running":
            aside |= out_of_step(self.table)
        return aside


def each(
    judged: Judged, rows: Collection[int], field: str, make: Make, share: float = 0.5
) -> Placed:
    """The finding of each of these rows, or one for the column where nearly all have it.

    Args:
        share: Of the table's rows, from which on a long list of findings is one.
    """
    if len(rows) > MANY and len(rows) > share * len(judged.table):
        one = make(next(iter(rows)))
        yield -1, Finding(
            one.severity, one.rule, judged.at(field), "",
            Message(
                "in {n} of {rows} rows: {text}",
                {"n": len(rows), "rows": len(judged.table), "text": one.message},
            ),
            one.suggestion,
        )  # fmt: skip
    else:
        yield from ((i, make(i)) for i in rows)


def finder(
    judged: Judged,
    field: str,
    severity: Severity,
    rule: str,
    text: Message | Callable[[int], Message],
    suggestion: Message,
) -> Make:
    """Makes the finding about one row's cell in a column."""
    rows = judged.table.rows
    shown = shown_count if field in COUNTED else shown_cell

    def make(i: int) -> Finding:
        said = text if isinstance(text, Message) else text(i)
        cell = shown(rows.value(field, i))
        return Finding(severity, rule, rows.where(field, i), cell, said, suggestion)

    return make
