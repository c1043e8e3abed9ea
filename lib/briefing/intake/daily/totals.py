"""Rows of totals: which one is the whole table's, and which ones do not add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.intake.daily.table import Table
from briefing.intake.daily.totalrows import TotalRow
from briefing.intake.values.numbers import Number, Unreadable

SUMS = ("=SUM(", "=SUBTOTAL(", "=COUNTIF(", "=COUNTA(")


@dataclass(frozen=True)
class Stated:
    """What a table says that it adds up to, and where."""

    value: Number | Unreadable | None
    cell: str

    @property
    def count(self) -> int | None:
        """In persons; of a ratio the numerator."""
        value = self.value
        countable = isinstance(value, Number) and value.kind in ("count", "ratio")
        return int(value.value) if countable else None  # type: ignore[union-attr]

    @property
    def is_sum(self) -> bool:
        """Whether it is a formula over the rows that was saved without its value."""
        value = self.value
        return isinstance(value, Unreadable) and value.text.upper().startswith(SUMS)


def grand_total(table: Table) -> Stated | None:
    """What the row of totals of the whole table says: the last one worded so.

    Without one, an only row of totals that closes the table or stands on top of it. A row that
    adds up just the rows since the one before it is a part's, however it is worded.
    """
    worded = [row for row in table.totals if row.grand]
    if not worded and len(table.totals) == 1:
        worded = [row for row in table.totals if row.after in (0, len(table))]
    if len(worded) > 1 and _is_of_a_part(table, worded[-1]):
        return None
    return Stated(worded[-1].value, worded[-1].cell) if worded else None


def _is_of_a_part(table: Table, total: TotalRow) -> bool:
    own, every = _since_the_last(table, total), range(len(table))
    return 0 < len(own) < len(every) and _sum(table, own) == _count(total) != _sum(table, every)


def wrong_parts(table: Table) -> Iterator[tuple[TotalRow, int]]:
    """Sums of parts that differ from what their rows add up to, and that sum (persons).

    The rows of a part stand above its sum or below it, as most sums of the table have it; where
    most of them fit neither, they are sums of something else.
    """
    grand = grand_total(table)
    parts = [
        row for row in table.totals
        if _count(row) is not None and not (grand and row.cell == grand.cell)
    ]  # fmt: skip
    above = {row.cell: _sum(table, _since_the_last(table, row)) for row in parts}
    below = {row.cell: _sum(table, _until_the_next(table, row)) for row in parts}
    fitting = {
        id(sums): sum(sums[row.cell] == _count(row) for row in parts) for sums in (above, below)
    }
    sums = max((above, below), key=lambda each: fitting[id(each)])
    if 2 * fitting[id(sums)] < len(parts) or not fitting[id(sums)]:
        return
    for row in parts:
        if _count(row) not in (above[row.cell], below[row.cell], _sum(table, range(row.after))):
            yield row, sums[row.cell]


def _since_the_last(table: Table, total: TotalRow) -> range:
    before = [row.after for row in table.totals if row.after < total.after]
    return range(before[-1] if before else 0, total.after)


def _until_the_next(table: Table, total: TotalRow) -> range:
    after = [row.after for row in table.totals if row.after > total.after]
    return range(total.after, after[0] if after else len(table))


def _sum(table: Table, positions: range) -> int:
    return sum(table.count[i] or 0 for i in positions)


def _count(row: TotalRow) -> int | None:
    return Stated(row.value, row.cell).count
