"""A table with what it was taken to mean: which of its rows the figure can't rest on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from briefing.intake.daily.table import Table
from briefing.intake.daily.tallies import Tally, hamlet_keys, out_of_step
from briefing.intake.recognition.forms import TableHead

EACH_ROW_COUNTS = {"per_person", "per_hamlet", "ratio", "increment"}
ROSTERS = {"roster_all", "roster_today"}


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
    def left_blank(self) -> dict[int, None]:
        """Rows without a count where each row has to have one."""
        table, counts = self.table, self.table.counts
        if self.reading not in EACH_ROW_COUNTS or "luy_ke" not in table.rows.columns:
            return {}
        said = table.covered | counts.others.keys() | counts.marked | counts.denied
        blank = [i for i, count in enumerate(table.count) if count is None and i not in said]
        if self.reading == "per_hamlet" and blank:
            keys = hamlet_keys(table)
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
