"""The data rows of one list, each cell cleaned once, column by column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from briefing.intake.detection.own_papers import REPORTED
from briefing.intake.parsers.numbers import Number, Unreadable
from briefing.intake.parsers.phones import Phone, parse_phones
from briefing.intake.parsers.places import Places
from briefing.intake.tables.cleaning import (
    Counts,
    clean_counts,
    clean_numbers,
    clean_places,
    person_keys,
    split_lines,
    spread_merged,
    without_days,
)
from briefing.intake.tables.datarows import Found
from briefing.intake.tables.rows import DataRows, TotalRow


@dataclass(frozen=True)
class Table:
    """The data rows of one list and its rows of totals.

    Attributes:
        rows: The cells as they were read, and where; every column below is as long.
        numbers: Each row's serial number (STT).
        persons: Key of the person: rows with the same key are of the same person.
        phones: The valid mobile number, `None` without one.
        phone_faults: What is to be said of the phones that are not ten plain digits.
        places: As in params, `None` where the address names none.
        counts: Under Lũy kế.
        in_day: In the column of the day's count.
        owned: In the column of people in the denominator.
        reported: In the column of a form that shows what was last reported.
        covered: Rows whose count stands further up in the same merged cell.
        sharing: Rows in which several persons were written, with one count.
        totals: In their order.
        denominator: The unit's denominator (persons), `None` where the unit is not known.
        places_known: How many places the unit has.
    """

    rows: DataRows
    numbers: Sequence[int | None] = ()
    persons: Sequence[str] = ()
    phones: Sequence[str | None] = ()
    phone_faults: Mapping[int, Phone] = field(default_factory=dict)
    places: Sequence[str | None] = ()
    counts: Counts = field(default_factory=Counts)
    in_day: Counts = field(default_factory=Counts)
    owned: Counts = field(default_factory=Counts)
    reported: Counts = field(default_factory=Counts)
    covered: frozenset[int] = frozenset()
    sharing: Sequence[int] = ()
    totals: Sequence[TotalRow] = ()
    denominator: int | None = None
    places_known: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def count(self) -> Sequence[int | None]:
        """The count of each row (persons), `None` where nothing to rely on is written."""
        return self.counts.numbers

    @cached_property
    def counted(self) -> list[int]:
        """The rows that have a count."""
        return [i for i, count in enumerate(self.count) if count is not None]

    @cached_property
    def all_differ(self) -> bool:
        """Whether each row is of another person."""
        return len(set(self.persons)) == len(self.persons)

    @cached_property
    def reachable(self) -> list[int]:
        """The rows that have a valid phone."""
        return [i for i, phone in enumerate(self.phones) if phone is not None]

    @cached_property
    def reachable_phones(self) -> list[str]:
        """The valid phones, in the order of the rows."""
        return [phone for phone in self.phones if phone is not None]

    @cached_property
    def first_with(self) -> dict[str | None, int]:
        """Valid phone → the first row that has it."""
        return {self.phones[i]: i for i in reversed(self.reachable)}

    @cached_property
    def unreadable(self) -> list[int]:
        """The rows that say something which is no number to rely on, and not yes or no either."""
        others = self.counts.others.items()
        return [i for i, o in others if isinstance(o, Unreadable) and i not in self.counts.denied]

    @cached_property
    def rates(self) -> dict[int, Number]:
        """Row → rate, percent or fraction."""
        others = self.counts.others.items()
        return {i: o for i, o in others if isinstance(o, Number) and o.kind in RATES}

    @cached_property
    def denominators(self) -> dict[int, int]:
        """Row → people in the denominator, of the rows that say so."""
        ratios = {
            i: o.denominator
            for i, o in self.counts.others.items()
            if isinstance(o, Number) and o.denominator is not None
        }
        return ratios or {i: n for i, n in enumerate(self.owned.numbers) if n is not None}


RATES = ("percent", "fraction")


def clean_table(
    found: Found, places: Places, denominator: int | None, known: int, days: range = range(0)
) -> Table:
    """Clean the rows under a head.

    Args:
        places: The unit's, for its addresses.
        denominator: The unit's denominator (persons).
        known: How many places the unit has.
        days: The numbers that a workbook keeps for the days of the campaign.
    """
    rows, sharing = split_lines(found.rows)
    rows, covered = spread_merged(rows)
    nothing: list[None] = [None] * len(rows)
    counts = _counts(rows, "luy_ke")
    phones, faults = parse_phones(rows.values.get("so_dien_thoai", nothing))
    return Table(
        rows=rows,
        numbers=clean_numbers(rows.values.get("stt", nothing)),
        persons=person_keys(rows, phones),
        phones=phones,
        phone_faults=faults,
        places=clean_places(rows.values.get("dia_chi", nothing), places),
        counts=without_days(counts, days, denominator) if denominator else counts,
        in_day=_counts(rows, "trong_ngay"),
        owned=_counts(rows, "so_denominator"),
        reported=_counts(rows, REPORTED),
        covered=covered,
        sharing=sharing,
        totals=_moved(found.totals, found.rows, rows),
        denominator=denominator,
        places_known=known,
    )


def _counts(rows: DataRows, field: str) -> Counts:
    values = rows.values.get(field)
    return Counts([None] * len(rows)) if values is None else clean_counts(values)


def _moved(totals: Sequence[TotalRow], before: DataRows, after: DataRows) -> Sequence[TotalRow]:
    """The totals, counted by the rows that came of those that were split."""
    if len(before) == len(after):
        return totals
    lengths = [0] * (len(before) + 1)
    at = {(id(grid), row): i for i, (grid, row) in enumerate(before.places)}
    for grid, row in after.places:
        lengths[at[id(grid), row]] += 1
    return [replace(total, after=sum(lengths[: total.after])) for total in totals]
