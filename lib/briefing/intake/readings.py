"""What a commune means by its column Lũy kế: recognise the reading, then add up under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from briefing.intake.numbers import Number
from briefing.intake.phones import Phone
from briefing.messages import Message

Confidence = str  # "high" or "low"
FEWEST_ROWS = 3  # rows below which a pattern of values proves nothing


READINGS = {
    "per_person": Message("one row a campaigner, with a running count"),
    "per_hamlet": Message("one row a hamlet, with its running count"),
    "roster_all": Message("a list of everybody who has installed"),
    "roster_today": Message("a list of those who installed today"),
    "running": Message("a count that runs on down the rows"),
    "total": Message("one value for the whole unit"),
    "flag": Message("marked rows"),
    "ratio": Message("installed / with a smartphone"),
    "percent": Message("a rate"),
    "increment": Message("the day's installs"),
}


@dataclass(frozen=True)
class Entry:
    """One data row as read: who, where, how to reach, how many.

    Attributes:
        number: The row's own serial number (STT), `None` when absent.
        person: Key of the person: the phone when valid, else the name with the hamlet.
        value: The count (persons) under Lũy kế; `None` when blank or not readable.
        marked: The cell says "yes" (1, x, có, ✓) and no other number.
        cell: Address of the value.
    """

    number: int | None
    person: str
    phone: Phone
    hamlet: str | None
    value: Number | None
    marked: bool
    cell: str

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
    """The data rows of one Mẫu 02 and its row of totals."""

    entries: tuple[Entry, ...]
    total: int | None = None
    total_cell: str = ""
    owners: int | None = None

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
    value = len(seen) if table.entries else None  # an empty list is a missing report, not zero
    return Tally(value, basis, _cells(table, basis), repeated)


def running(table: Table) -> Tally:
    """The last value of a count that runs on down the rows."""
    last = max((i for i, e in enumerate(table.entries) if e.count is not None), default=None)
    if last is None:
        return Tally(None)
    return Tally(table.entries[last].count, frozenset({last}), (table.entries[last].cell,))


def total(table: Table) -> Tally:
    """The one value that is the unit's: in a merged cell, any single row, or the row of totals."""
    counts = [(i, entry.count) for i, entry in enumerate(table.entries) if entry.count is not None]
    if counts:
        return Tally(counts[0][1], frozenset({counts[0][0]}), (table.entries[counts[0][0]].cell,))
    return Tally(table.total, cells=(table.total_cell,) if table.total is not None else ())


def flag(table: Table) -> Tally:
    """The number of rows marked."""
    basis = frozenset(i for i, entry in enumerate(table.entries) if entry.marked)
    return Tally(len(basis) if table.entries else None, basis, _cells(table, basis))


def ratio(table: Table) -> Tally:
    """Sum of the numerators of “35/120”."""
    return _summed(
        table, [i for i, e in enumerate(table.entries) if e.value and e.value.kind == "ratio"]
    )


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
    differing = [rival for rival in rivals if TALLIES[rival](table).value not in (value, None)]
    return reading, "low" if differing else "high"


def _by_shape(table: Table) -> tuple[str, tuple[str, ...]]:
    """The best reading and its rivals: readings that this shape does not rule out."""
    entries, filled = table.entries, table.filled
    if not filled:
        return ("total", ()) if table.total is not None else ("roster_all", ("per_person", "flag"))
    if _most(filled, lambda e: e.value is not None and e.value.kind == "ratio"):
        return "ratio", ()
    if _most(filled, lambda e: e.value is not None and _is_rate(e.value)):
        return "percent", ()
    if all(entry.marked for entry in filled) and len(entries) > 1:
        return "flag", ()
    counts = [entry.count for entry in filled if entry.count is not None]
    if len(counts) == 1:
        agrees = len(entries) > 1 or table.total in (None, counts[0])
        return "total", () if agrees else ("per_person",)
    if len(set(counts)) == 1 and counts[0] > len(entries):
        return "total", ("per_person",) if len(counts) < FEWEST_ROWS else ()
    offset = _offset(filled)
    if offset is not None and len(counts) >= FEWEST_ROWS:
        return ("roster_all", ()) if offset == 0 else ("running", ())
    return ("per_hamlet" if _one_row_each(entries) else "per_person"), _rivals_of_sums(
        table, counts
    )


def _rivals_of_sums(table: Table, counts: Sequence[int]) -> tuple[str, ...]:
    """A row of totals that equals the sum settles it; without one, few rows leave it open."""
    if table.total is not None and table.total == sum(counts):
        return ()
    if table.total is not None and table.total == counts[-1]:
        return ("running",)
    return ("running",) if len(counts) < FEWEST_ROWS else ()


def _offset(filled: Iterable[Entry]) -> int | None:
    """c, where every value is STT + c; `None` where not."""
    offsets = {
        entry.count - entry.number if entry.count is not None and entry.number is not None else None
        for entry in filled
    }
    return offsets.pop() if len(offsets) == 1 else None


def _one_row_each(entries: Sequence[Entry]) -> bool:
    hamlets = [entry.hamlet for entry in entries if entry.count is not None]
    return len(hamlets) >= FEWEST_ROWS and None not in hamlets and len(set(hamlets)) == len(hamlets)


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
