"""How a table adds up to the unit's cumulative under each reading of Lũy kế."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from briefing.intake.parsers.numbers import Number
from briefing.intake.parsers.text import clean, fold
from briefing.intake.tables.rows import TotalRow
from briefing.intake.tables.table import RATES, Table

MOST_ROWS = 0.9  # share of rows that show a pattern in spite of slips


def grand_total(table: Table) -> TotalRow | None:
    """What the row of totals of the whole table says: the last one worded so.

    Without one, an only row of totals that closes the table or stands on top of it. A row that
    adds up just the rows since the one before it is a part's, however it is worded.
    """
    worded = [row for row in table.totals if row.grand]
    if not worded and len(table.totals) == 1:
        worded = [row for row in table.totals if row.after in (0, len(table))]
    if len(worded) > 1 and _is_of_a_part(table, worded[-1]):
        return None
    return worded[-1] if worded else None


def _is_of_a_part(table: Table, total: TotalRow) -> bool:
    own, every = _since_the_last(table, total), range(len(table))
    return 0 < len(own) < len(every) and _sum(table, own) == total.count != _sum(table, every)


def wrong_parts(table: Table) -> Iterator[tuple[TotalRow, int]]:
    """Sums of parts that differ from what their rows add up to, and that sum (persons).

    The rows of a part stand above its sum or below it, as most sums of the table have it; where
    most of them fit neither, they are sums of something else.
    """
    grand = grand_total(table)
    parts = [
        row for row in table.totals
        if row.count is not None and not (grand and row.cell == grand.cell)
    ]  # fmt: skip
    above = {row.cell: _sum(table, _since_the_last(table, row)) for row in parts}
    below = {row.cell: _sum(table, _until_the_next(table, row)) for row in parts}
    fitting = {
        id(sums): sum(sums[row.cell] == row.count for row in parts) for sums in (above, below)
    }
    sums = max((above, below), key=lambda each: fitting[id(each)])
    if 2 * fitting[id(sums)] < len(parts) or not fitting[id(sums)]:
        return
    for row in parts:
        if row.count not in (above[row.cell], below[row.cell], _sum(table, range(row.after))):
            yield row, sums[row.cell]


def _since_the_last(table: Table, total: TotalRow) -> range:
    before = [row.after for row in table.totals if row.after < total.after]
    return range(before[-1] if before else 0, total.after)


def _until_the_next(table: Table, total: TotalRow) -> range:
    after = [row.after for row in table.totals if row.after > total.after]
    return range(total.after, after[0] if after else len(table))


def _sum(table: Table, positions: range) -> int:
    return sum(table.count[i] or 0 for i in positions)


@dataclass(frozen=True)
class Tally:
    """A cumulative (persons) and the rows that it rests on, by position in the table.

    Attributes:
        cell: Where the figure stands itself, when it stands in a row of totals.
        repeated: Rows that say again what another row says, and are not added.
        field: The column that the figure comes from.
    """

    value: int | None
    basis: Collection[int] = ()
    cell: str = ""
    repeated: frozenset[int] = frozenset()
    field: str = "luy_ke"


def per_person(table: Table) -> Tally:
    """Sum over distinct persons; of a person listed twice, the larger count."""
    if table.all_differ:
        return _summed(table, table.counted)
    return _largest(table, table.persons)


def per_place(table: Table) -> Tally:
    """Sum over distinct places; of a place listed twice, the larger count."""
    return _largest(table, place_keys(table))


def roster_all(table: Table) -> Tally:
    """Distinct valid phones in a list of everybody counted so far."""
    basis = frozenset(table.first_with.values())
    value = len(basis) or None  # a list without a phone is a missing report, not zero
    return Tally(value, basis, repeated=frozenset(table.reachable) - basis)


def running(table: Table) -> Tally:
    """The last value of a count that runs on down the rows, a slip in the last row left out."""
    slips = out_of_step(table)
    last = next((i for i in reversed(table.counted) if i not in slips), None)
    return Tally(None) if last is None else Tally(table.count[last], (last,))


def total(table: Table) -> Tally:
    """The one value that is the unit's: in a merged cell, any single row, or the row of totals.

    Where the rows differ, what stands in the row of totals; without one there is no such value.
    """
    values = set(table.count) - {None}
    if len(values) == 1:
        return Tally(values.pop(), table.counted[:1])
    stated = grand_total(table)
    if stated is None or stated.count is None:
        return Tally(None)
    return Tally(stated.count, cell=stated.cell)


def flag(table: Table) -> Tally:
    """The number of rows marked: with a sign, a word, or a 1."""
    basis = table.counts.marked | {i for i, count in enumerate(table.count) if count == 1}
    return Tally(len(basis) or None, basis)


def ratio(table: Table) -> Tally:
    """Sum of the numerators of “35/120”; a row that gives only the count is added as it is."""
    return per_person(table)


def percent(table: Table) -> Tally:
    """The unit's one rate times its denominator, rounded; several rates can't be added up.

    The one rate is the row of totals', or the only one, or the same in every row.
    """
    stated = grand_total(table)
    rates = {share(rate) for rate in table.rates.values()}
    if stated and isinstance(stated.value, Number) and stated.value.kind in RATES:
        rate, basis, cell = share(stated.value), [], stated.cell
    elif len(rates) == 1:
        rate, basis, cell = rates.pop(), list(table.rates)[:1], ""
    else:
        return Tally(None)
    return Tally(round(rate * table.denominator) if table.denominator else None, basis, cell)


def increment(table: Table) -> Tally:
    """What the file alone says of the cumulative when it gives the day's count only: nothing."""
    return Tally(None, field="luy_ke" if "luy_ke" in table.rows.columns else "trong_ngay")


def roster_today(table: Table) -> Tally:
    """What the file alone says of the cumulative when it lists one day's people only: nothing."""
    return Tally(None, repeated=roster_all(table).repeated)


TALLIES: dict[str, Callable[[Table], Tally]] = {
    "per_person": per_person,
    "per_place": per_place,
    "roster_all": roster_all,
    "running": running,
    "total": total,
    "flag": flag,
    "ratio": ratio,
    "percent": percent,
}  # readings that a file alone gives a cumulative under
OF_THE_DAY: dict[str, Callable[[Table], Tally]] = {
    "increment": increment,
    "roster_today": roster_today,
}


def share(rate: Number) -> float:
    """A rate as a fraction."""
    return float(rate.value) / (100 if rate.kind == "percent" else 1)


def place_keys(table: Table) -> list[str]:
    """What tells one place from another: its name, else the address, else the row."""
    return [
        place or fold(clean(table.rows.value("dia_chi", i))) or f"|{i}"
        for i, place in enumerate(table.places)
    ]


def out_of_step(table: Table) -> frozenset[int]:
    """Rows whose count does not fit between its neighbours' in a count that runs on by 1."""
    held, count = table.counted, table.count
    steps = [b - a for a, b in pairwise([count[i] or 0 for i in held])]
    if steps.count(1) < MOST_ROWS * len(steps):
        return frozenset()
    slips = {
        held[i + 1]
        for i, step in enumerate(steps[:-1])
        if step != 1 and steps[i + 1] != 1 and step + steps[i + 1] == 2
    }
    if len(steps) > 1 and steps[-1] != 1 and steps[-2] == 1:
        slips.add(held[-1])
    if len(steps) > 1 and steps[0] != 1 and steps[1] == 1:
        slips.add(held[0])
    return frozenset(slips)


def _largest(table: Table, keys: Iterable[str]) -> Tally:
    """Sum over distinct keys, of each the row with the largest count."""
    best: dict[str, int] = {}
    counts = table.count
    for i, (key, count) in enumerate(zip(keys, counts, strict=True)):
        if count is not None:
            held = best.get(key)
            if held is None or count > (counts[held] or 0):
                best[key] = i
    return _summed(table, sorted(best.values()))


def _summed(table: Table, basis: list[int]) -> Tally:
    if not basis:
        return Tally(None)
    counted, count = table.counted, table.count
    repeated = frozenset() if len(basis) == len(counted) else frozenset(counted) - frozenset(basis)
    return Tally(sum([count[i] or 0 for i in basis]), basis, repeated=repeated)
