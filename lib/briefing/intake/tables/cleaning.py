"""Columns of a table as read, cleaned: counts, places, keys of persons, rows written in one.

Each column goes through a quick pass that takes what is as it should be, and only the rest is
looked at cell by cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from briefing.intake.parsers.nil import is_denied, is_increase, is_marked
from briefing.intake.parsers.numbers import LONGEST_COUNT, Number, Unreadable, parse_number
from briefing.intake.parsers.places import Places
from briefing.intake.parsers.text import clean, fold, plain
from briefing.intake.readers.grids import Grid
from briefing.intake.tables.rows import DataRows

MOST = 10**LONGEST_COUNT
BY_LINE = ("ho_ten", "so_dien_thoai", "luy_ke", "trong_ngay", "dia_chi", "stt")
DITTO = re.compile("[\"”“〃″]{1,2}|''|’’|//|,,|-?\\s*n[./]?t\\.?\\s*-?|(?:- )?nhu tren(?: -)?")


@dataclass(frozen=True)
class Counts:
    """A column of counts.

    Attributes:
        numbers: The count in each cell (persons; of a ratio the numerator), `None` without one.
        others: What is to be said of the cells that hold neither a plain count nor nothing.
        marked: Cells that say “yes” without a number; `denied`: that say “no”.
        increases: Cells that say by how much the count grew.
    """

    numbers: Sequence[int | None] = ()
    others: Mapping[int, Number | Unreadable] = field(default_factory=dict)
    marked: frozenset[int] = frozenset()
    denied: frozenset[int] = frozenset()
    increases: frozenset[int] = frozenset()


def clean_counts(values: Sequence[Any]) -> Counts:
    """Read a column in which things are counted."""
    numbers: list[int | None] = [
        count if type(value) is float and 0 <= value < MOST and (count := int(value)) == value
        else None
        for value in values
    ]  # fmt: skip
    rest = [i for i, n in enumerate(numbers) if n is None and values[i] not in ("", None)]
    others: dict[int, Number | Unreadable] = {}
    says: dict[str, set[int]] = {"marked": set(), "denied": set(), "increases": set()}
    for i in rest:
        value = values[i]
        if is_marked(value):
            says["marked"].add(i)
            continue
        if is_increase(value):
            says["increases"].add(i)
            value = re.sub(r"^[^\d]+", "", clean(value))
        number = parse_number(value)
        if is_denied(value):
            says["denied"].add(i)
        if isinstance(number, Number) and number.kind in ("count", "ratio"):
            numbers[i] = int(number.value)
        if number is not None and number != Number(numbers[i] or 0, "count"):
            others[i] = number
    return Counts(numbers, others, **{name: frozenset(rows) for name, rows in says.items()})


def without_days(counts: Counts, days: range, most: int) -> Counts:
    """Take for days the numbers that a workbook keeps for them: far too large, and in `days`."""
    found = {
        i: Unreadable("date", str(count))
        for i, count in enumerate(counts.numbers)
        if count is not None and count > most and count in days
    }
    if not found:
        return counts
    numbers = [None if i in found else count for i, count in enumerate(counts.numbers)]
    return replace(counts, numbers=numbers, others={**counts.others, **found})


def clean_numbers(values: Sequence[Any]) -> list[int | None]:
    """The serial number of each row; anything else is none."""
    return [
        int(value) if type(value) is float and value.is_integer() else _serial(value)
        for value in values
    ]


def _serial(value: Any) -> int | None:
    if value in ("", None):
        return None
    number = parse_number(value.rstrip(".)") if isinstance(value, str) else value)
    return int(number.value) if isinstance(number, Number) and number.kind == "count" else None


def clean_places(values: Sequence[Any], places: Places) -> list[str | None]:
    """The place that each address names; a ditto mark stands for the address above it."""
    try:
        known = {value: _place(value, places) for value in set(values)}
    except TypeError:  # a cell of a kind that can't be a key
        return clean_places([clean(value) for value in values], places)
    found = [known[value] for value in values]
    if any(map(is_ditto, known)):
        for i in range(1, len(values)):
            if is_ditto(values[i]):
                found[i] = found[i - 1]
    return found


def _place(value: Any, places: Places) -> str | None:
    address = clean(value)
    matches = places.find(address) if address else []
    return matches[0].code if matches else None


def is_ditto(value: Any) -> bool:
    """Whether a cell stands for what is written above it: ", nt, như trên."""
    return isinstance(value, str) and bool(DITTO.fullmatch(plain(clean(value))))


def person_keys(rows: DataRows, phones: Sequence[str | None]) -> list[str]:
    """What tells one person of a table from another.

    The phone, where there is one; with the name where several rows have it; without a phone the
    name with the address. A row that says neither is a person of its own.
    """
    held = Counter(phones)
    if not held[None] and len(held) - (None in held) == len(phones):
        return [phone for phone in phones if phone is not None]
    return [
        phone if phone and held[phone] == 1 else _person_key(rows, i, phone or "")
        for i, phone in enumerate(phones)
    ]


def _person_key(rows: DataRows, i: int, phone: str) -> str:
    name = fold(clean(rows.value("ho_ten", i)))
    if phone:
        return f"{phone}|{name}"
    nobody = "" if name else f"|{clean(rows.value('stt', i)) or rows.places[i][1]}"
    return f"|{name}|{fold(clean(rows.value('dia_chi', i)))}{nobody}"


def spread_merged(rows: DataRows) -> tuple[DataRows, frozenset[int]]:
    """Give each row its part of the cells that are merged over several rows.

    Returns:
        The rows, every address of a merged cell filled in; and the rows whose count is blank
        because it stands further up in the same merged cell.
    """
    counts, places = rows.columns.get("luy_ke"), rows.columns.get("dia_chi")
    merged = [
        (grid, cell) for grid in rows.grids for cell in grid.merged
        if cell[2] > cell[0] and cell[1] in (counts, places)
    ]  # fmt: skip
    if not merged:
        return rows, frozenset()
    at = {(id(grid), row): i for i, (grid, row) in enumerate(rows.places)}
    addresses = list(rows.values.get("dia_chi", ()))
    covered: set[int] = set()
    for grid, (first, column, last, _column) in merged:
        top = at.get((id(grid), first))
        below = [at[key] for row in range(first + 1, last + 1) if (key := (id(grid), row)) in at]
        if top is not None and column == counts and rows.value("luy_ke", top) not in ("", None):
            covered |= {i for i in below if rows.value("luy_ke", i) in ("", None)}
        elif top is not None and column == places:
            for i in below:
                addresses[i] = addresses[i] or addresses[top]
    values = {**rows.values, "dia_chi": addresses} if addresses else rows.values
    return replace(rows, values=values), frozenset(covered)


def split_lines(rows: DataRows) -> tuple[DataRows, tuple[int, ...]]:
    """Make rows of persons that were written line by line into the same cells.

    Returns:
        The rows; and those in which several persons share one count.
    """
    several = {
        i
        for name in ("so_dien_thoai", "luy_ke", "trong_ngay")
        for i, value in enumerate(rows.values.get(name, ()))
        if type(value) is str and "\n" in value
    }
    if not several:
        return rows, ()
    places: list[tuple[Grid, int]] = []
    values: dict[str, list[Any]] = {name: [] for name in rows.values}
    sharing: list[int] = []
    for i, place in enumerate(rows.places):
        row = {name: column[i] for name, column in rows.values.items()}
        parts = _by_line(row) if i in several else [row]
        if not parts:
            sharing.append(len(places))
        for part in parts or [row]:
            places.append(place)
            for name, column in values.items():
                column.append(part[name])
    return replace(rows, places=places, values=values), tuple(sharing)


def _by_line(cells: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The persons of one row, each with their line; none where they share one count."""
    lines = {name: _lines(cells[name]) for name in BY_LINE if name in cells}
    names = lines.get("ho_ten", [])
    persons = len(names)
    if persons < 2 or not all(" " in name for name in names):
        return [cells]  # a name over two lines is still one person's
    own = [len(lines.get(name, ())) for name in ("so_dien_thoai", "luy_ke", "trong_ngay")]
    if {0, persons}.issuperset(own):
        return [
            dict(cells) | {name: _line(texts, persons, i) for name, texts in lines.items()}
            for i in range(persons)
        ]
    return [] if own[0] == persons and own[1] == 1 else [cells]


def _line(lines: list[str], persons: int, i: int) -> str:
    """The line of one of the persons; a single line is everybody's."""
    return lines[i] if len(lines) == persons else " ".join(lines)


def _lines(value: Any) -> list[str]:
    text = value if isinstance(value, str) else clean(value)
    return [line for piece in text.splitlines() if (line := clean(piece))]
