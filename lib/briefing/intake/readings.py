"""What a commune means by its column Lũy kế: recognise the reading, then add up under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from briefing.intake.numbers import Number
from briefing.intake.phones import Phone

Confidence = str  # "high" or "low"
FEWEST_ROWS = 3  # rows below which a pattern of values proves nothing
ENOUGH_ROWS = 5  # rows from which values that count on are no chance
MOST_ROWS = 0.9  # share of rows that show a pattern in spite of slips


@dataclass(frozen=True)
class Entry:
    """One data row as read: who, where, how to reach, how many.

    Attributes:
        number: The row's own serial number (STT), `None` when absent.
        person: Key of the person: the phone when valid, else the name with the hamlet.
        value: The count (persons) under Lũy kế; `None` when blank or not readable.
        marked: The cell says "yes" (1, x, có, ✓) and no other number.
        unreadable: The cell says something that is no number to rely on.
        cell: Address of the value.
    """

    number: int | None
    person: str
    phone: Phone
    hamlet: str | None
    value: Number | None
    marked: bool
    cell: str
    unreadable: bool = False

    @property
    def count(self) -> int | None:
        return (
            int(self.value.value) if self.value and self.value.kind in ("count", "ratio") else None
        )

    @property
    def reachable(self) -> bool:
        return self.phone.number is not None and self.phone.status == "ok"


@dataclass(frozen=True)
class Table:
    """The data rows of one Mẫu 02 and its row of totals.

    Attributes:
        owners: The unit's denominator (persons), `None` where the unit is not known.
        hamlets: How many hamlets the unit has.
    """

    entries: tuple[Entry, ...]
    total: int | None = None
    total_cell: str = ""
    owners: int | None = None
    hamlets: int = 0

    @property
    def filled(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.value is not None or entry.marked]


@dataclass(frozen=True)
class Tally:
    """A cumulative (persons) and the rows that it rests on, by position among the entries."""

    value: int | None
    basis: frozenset[int] = frozenset()
    cells: tuple[str, ...] = ()
    repeated: frozenset[int] = field(default=frozenset())


def per_person(table: Table) -> Tally:
    """Sum over distinct persons; of a person listed twice, the larger count."""
    best: dict[str, int] = {}
    for position, entry in enumerate(table.entries):
        if entry.count is None:
            continue
        held = best.get(entry.person)
        if held is None or entry.count > (table.entries[held].count or 0):
            best[entry.person] = position
    return _summed(table, best.values())


def per_hamlet(table: Table) -> Tally:
    """Sum over distinct hamlets: a hamlet has one row, or the reading is another one."""
    return _summed(table, [i for i, entry in enumerate(table.entries) if entry.count is not None])


def roster_all(table: Table) -> Tally:
    """Distinct valid phones in a list of everybody who has installed."""
    seen: dict[str, int] = {}
    for position, entry in enumerate(table.entries):
        if entry.reachable:
            seen.setdefault(entry.phone.number or "", position)
    basis = frozenset(seen.values())
    repeated = frozenset(
        i for i, entry in enumerate(table.entries) if entry.reachable and i not in basis
    )
    value = len(seen) or None  # a list without a phone is a missing report, not zero
    return Tally(value, basis, _cells(table, basis), repeated)


def running(table: Table) -> Tally:
    """The last value of a count that runs on down the rows."""
    last = max((i for i, e in enumerate(table.entries) if e.count is not None), default=None)
    if last is None:
        return Tally(None)
    return Tally(table.entries[last].count, frozenset({last}), (table.entries[last].cell,))


def total(table: Table) -> Tally:
    """The one value that is the unit's: in a merged cell, any single row, or the row of totals.

    Where the rows differ, what stands in the row of totals; without one there is no such value.
    """
    held = [i for i, entry in enumerate(table.entries) if entry.count is not None]
    if len({table.entries[i].count for i in held}) == 1:
        first = table.entries[held[0]]
        return Tally(first.count, frozenset(held[:1]), (first.cell,))
    return Tally(table.total, cells=(table.total_cell,) if table.total is not None else ())


def flag(table: Table) -> Tally:
    """The number of rows marked."""
    basis = frozenset(i for i, entry in enumerate(table.entries) if entry.marked)
    return Tally(len(basis) or None, basis, _cells(table, basis))


def ratio(table: Table) -> Tally:
    """Sum of the numerators of “35/120”; a row that gives only the count is added as it is."""
    return _summed(table, [i for i, entry in enumerate(table.entries) if entry.count is not None])


def percent(table: Table) -> Tally:
    """The unit's one rate times its denominator, rounded; several rates can't be added up."""
    rates = [(i, e) for i, e in enumerate(table.entries) if e.value and _is_rate(e.value)]
    if len(rates) != 1 or table.owners is None or rates[0][1].value is None:
        return Tally(None)
    position, entry = rates[0]
    share = float(rates[0][1].value.value) / (100 if rates[0][1].value.kind == "percent" else 1)
    return Tally(round(share * table.owners), frozenset({position}), (entry.cell,))


TALLIES: dict[str, Callable[[Table], Tally]] = {
    "per_person": per_person,
    "per_hamlet": per_hamlet,
    "roster_all": roster_all,
    "running": running,
    "total": total,
    "flag": flag,
    "ratio": ratio,
    "percent": percent,
}


def recognise(table: Table) -> tuple[str, Confidence]:
    """The reading that the shape of the values speaks for, judged from this file alone.

    `low` means that the file can be read in more than one way that gives different figures.
    """
    reading, rivals = _by_shape(table)
    value = TALLIES[reading](table).value
    differing = [rival for rival in rivals if _rival_value(table, rival) not in (value, None)]
    return reading, "low" if differing else "high"


def _rival_value(table: Table, rival: str) -> int | None:
    """What the file gives under a rival; with other days only, some number that is not known."""
    return TALLIES[rival](table).value if rival in TALLIES else -1


def _by_shape(table: Table) -> tuple[str, tuple[str, ...]]:
    """The best reading and its rivals: readings that this shape does not rule out."""
    entries, filled = table.entries, table.filled
    if not filled:
        return _without_values(table)
    if _most(filled, lambda e: e.value is not None and e.value.kind == "ratio"):
        return "ratio", ()
    if _most(filled, lambda e: e.value is not None and _is_rate(e.value)):
        return "percent", ()
    if all(entry.marked for entry in filled) and len(entries) > 1:
        return "flag", ()
    counts = [entry.count for entry in filled if entry.count is not None]
    if len(counts) < 2 or (len(set(counts)) == 1 and counts[0] > len(entries)):
        return _one_value(table, counts)
    if table.total != sum(counts) and (counting := _counting_on(filled, table.total)):
        return counting
    summed = "per_hamlet" if _one_row_each(table) else "per_person"
    return summed, ("running",) if table.total == counts[-1] != sum(counts) else ()


def _without_values(table: Table) -> tuple[str, tuple[str, ...]]:
    """A list with nothing under Lũy kế: a roster, unless the total says more than it holds."""
    rows = len(table.entries)
    if any(entry.unreadable for entry in table.entries):
        return "per_person", ()  # counts were meant; none of them can be used
    if table.total is None:
        return "roster_all", ("roster_today",) if rows else ()
    listed = {rows, roster_all(table).value}
    return ("roster_all", ()) if rows and table.total in listed else ("total", ())


def _one_value(table: Table, counts: Sequence[int]) -> tuple[str, tuple[str, ...]]:
    """One value, once or in each row: the unit's, unless the total says that they add up."""
    if len(counts) == 1:
        return "total", ()
    if table.total == sum(counts):
        return "per_person", ()
    impossible = table.owners is not None and sum(counts) > table.owners
    return "total", () if impossible or table.total == counts[0] else ("per_person",)


def _counting_on(filled: Sequence[Entry], stated: int | None) -> tuple[str, tuple[str, ...]] | None:
    """A count that runs on down the rows: from 1 a list of everybody, from more a running count.

    Seen by the serial numbers (value = STT + c) or by its steps of 1; a slip in one row of many
    leaves it what it is, with low confidence.
    """
    counts = [entry.count for entry in filled if entry.count is not None]
    by_number = Counter(e.count - e.number for e in filled if None not in (e.count, e.number))
    steps = Counter(b - a for a, b in pairwise(counts))
    offset, agreeing = by_number.most_common(1)[0] if by_number else (counts[0] - 1, 0)
    share = max(agreeing / len(counts), steps[1] / (len(counts) - 1))
    if share < MOST_ROWS:
        return None
    if agreeing / len(counts) < MOST_ROWS:
        offset = counts[0] - 1
    reading = "running" if offset else "roster_all"
    settled = share == 1 and (len(counts) >= ENOUGH_ROWS or stated in (counts[-1], len(filled)))
    if len(counts) < FEWEST_ROWS and not settled:
        return "per_person", (reading,)
    return reading, () if settled else ("per_person",)


def _one_row_each(table: Table) -> bool:
    """Whether most of the unit's hamlets stand there, each with one row."""
    hamlets = [entry.hamlet for entry in table.entries if entry.count is not None]
    once = None not in hamlets and len(set(hamlets)) == len(hamlets)
    return once and len(hamlets) >= FEWEST_ROWS and len(hamlets) * 2 > table.hamlets


def _summed(table: Table, positions: Iterable[int]) -> Tally:
    basis = frozenset(positions)
    if not basis:
        return Tally(None)
    counted = frozenset(i for i, entry in enumerate(table.entries) if entry.count is not None)
    value = sum(table.entries[i].count or 0 for i in basis)
    return Tally(value, basis, _cells(table, basis), counted - basis)


def _cells(table: Table, basis: Iterable[int]) -> tuple[str, ...]:
    return tuple(table.entries[i].cell for i in sorted(basis))


def _is_rate(value: Number) -> bool:
    return value.kind in ("percent", "fraction")


def _most(entries: Sequence[Entry], holds: Callable[[Entry], bool]) -> bool:
    return sum(map(holds, entries)) * 2 > len(entries)
