"""Tables that don't say what they hold: columns told by their shape, lines cut into cells."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from briefing.intake.detection.forms import Segment, TableHead
from briefing.intake.detection.headings import FIGURES
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.phones import parse_phone
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid, Part
from briefing.locale.pack import Worded

FEWEST_ROWS = 2
FEWEST_FIELDS = 3
SAMPLE = 200  # rows that are looked at
MOST = 0.6
YEARS_OF_BIRTH = range(1920, 2022)
BETWEEN_FIELDS = re.compile(r"\t+|\s*\|\s*|\s{3,}")
HAS_DIGIT = re.compile(r"\d")
PLACE = Worded(r"\b«places.kinds»\b", re.IGNORECASE)


def cut_lines(part: Part) -> Part:
    """The part with lines of text that stand in columns (tabs, bars, gaps) cut into cells."""
    grids = tuple(_cut(grid) if grid.kind == "lines" else grid for grid in part.grids)
    return replace(part, grids=grids) if grids != part.grids else part


def _cut(grid: Grid) -> Grid:
    fields = [_fields(line) for line in grid.cells]
    widths = Counter(len(line) for line in fields if len(line) >= FEWEST_FIELDS)
    if not widths or sum(widths.values()) < FEWEST_ROWS:
        return grid
    cells = [
        line if len(line) >= FEWEST_FIELDS else old
        for line, old in zip(fields, grid.cells, strict=True)
    ]
    return replace(grid, cells=cells)


def _fields(line: Sequence[Any]) -> list[Any]:
    if len(line) != 1 or not isinstance(line[0], str) or "\n" in line[0]:
        return list(line)
    return [field.strip() or None for field in BETWEEN_FIELDS.split(line[0].strip("| \n"))]


def shaped_head(part: Part, words: Vocabulary) -> TableHead | None:
    """The table of persons or places of a part without any heading, told by its columns' shape.

    A column of phones and a column of names make a list; a column of names or places with one of
    counts a table. Anything less is no table. Headings that no form has may stand over it all the
    same: a column that they give to something else is none of counts.
    """
    for grid in part.grids:
        if head := _shaped(grid, words):
            return head
    return None


def _shaped(grid: Grid, words: Vocabulary) -> TableHead | None:
    filled = [sum(map(_is_filled, line)) for line in grid.cells]
    wide = [row for row, n in enumerate(filled) if n > 2]  # a letterhead's rows hold two cells
    rows = wide if len(wide) >= FEWEST_ROWS else [row for row, n in enumerate(filled) if n > 1]
    rows = rows[:SAMPLE]
    if len(rows) < FEWEST_ROWS:
        return None
    width = max(len(grid.cells[row]) for row in rows)
    kinds = {column: _kind([grid.value(row, column) for row in rows]) for column in range(width)}
    columns: dict[str, int] = {}
    for field, kind in (("stt", "serial"), ("so_dien_thoai", "phone"), ("ho_ten", "name"),
                        ("dia_chi", "place")):  # fmt: skip
        own = [column for column, each in kinds.items() if each == kind]
        if own:
            columns[field] = own[0]
    head = heading_row(grid, rows[0])
    counts = [
        column
        for column, kind in kinds.items()
        if kind == "count" and not _is_of_something_else(grid.value(head, column), words)
    ]
    if seen := [column for column in counts if column not in grid.hidden_columns] or counts:
        columns["luy_ke"] = seen[-1]
    texts = [column for column, kind in kinds.items() if kind == "name"]
    if "dia_chi" not in columns and len(texts) > 1:
        columns["dia_chi"] = texts[1]
    listed = {"so_dien_thoai", "ho_ten"} <= columns.keys()
    counted = "luy_ke" in columns and bool({"ho_ten", "dia_chi"} & columns.keys())
    if not (listed or (counted and "stt" in columns)):
        return None
    first = next(row for row in rows if _holds_data(grid, row, columns))
    return TableHead((Segment(grid, first),), first, columns, headed=False)


def with_phones(head: TableHead, words: Vocabulary) -> TableHead:
    """The head with the column of phones told by its shape, where no heading is one for it and
    that of the column says nothing else."""
    if not head.headed or "ho_ten" not in head.columns or "so_dien_thoai" in head.columns:
        return head
    grid, rows = head.grid, list(itertools.islice(head.rows(), SAMPLE))
    known = {*head.columns.values(), *grid.hidden_columns}
    known |= {column for columns in head.days.values() for column in columns.values()}
    for column in sorted({*range(max(map(len, grid.cells), default=0))} - known):
        headings = [grid.value(row, column) for row in range(head.top, head.first_row)]
        named = any(words.heading(text) or _is_of_something_else(text, words) for text in headings)
        if not named and _kind([own.value(row, column) for own, row in rows]) == "phone":
            return replace(head, columns=head.columns | {"so_dien_thoai": column})
    return head


def heading_row(grid: Grid, first: int) -> int:
    """The row over the first one of a table that heads its columns, or -1: a letterhead over it
    has two cells in a row, the titles one."""
    above = next((row for row in range(first - 1, -1, -1) if any(map(clean, grid.cells[row]))), -1)
    filled = sum(map(_is_filled, grid.cells[above])) if above >= 0 else 0
    return above if filled >= FEWEST_FIELDS else -1


def _is_of_something_else(heading: Any, words: Vocabulary) -> bool:
    """Whether a heading gives its column to anything but a count of the campaign's."""
    known = words.heading(heading)
    other = isinstance(heading, str) and words.subjects.other(heading)
    return bool(other) or (known is not None and known.field not in FIGURES)


def _is_filled(value: object) -> bool:
    return bool(clean(value))


def _holds_data(grid: Grid, row: int, columns: dict[str, int]) -> bool:
    """Whether a row holds what the columns with digits hold in the rest."""
    for field in ("so_dien_thoai", "luy_ke", "stt"):
        if field in columns:
            return bool(HAS_DIGIT.search(clean(grid.value(row, columns[field]))))
    return True


def _kind(values: Sequence[Any]) -> str:
    """What a column holds: serial, phone, count, year, name, place; "" where it can't be told."""
    texts = [text for value in values if (text := clean(value))]
    if len(texts) < max(FEWEST_ROWS, MOST * len(values) / 2):
        return ""

    def most(hits: Sequence[bool]) -> bool:
        return sum(hits) >= MOST * len(texts)

    if most([parse_phone(text).status == "ok" for text in texts]):
        return "phone"
    numbers = [
        int(n.value) if isinstance(n := parse_number(t), Number) and n.kind in ("count", "ratio")
        else None
        for t in texts
    ]  # fmt: skip
    known = [number for number in numbers if number is not None]
    steps = [b - a == 1 for a, b in itertools.pairwise(known)]
    if len(known) >= MOST * len(texts):
        if all(number in YEARS_OF_BIRTH for number in known):
            return "year"
        counting = known[0] == 1 and len(steps) and sum(steps) >= MOST * len(steps)
        return "serial" if counting else "count"
    if most([bool(PLACE.search(text)) for text in texts]):
        return "place"
    worded = [len(text.split()) > 1 and not HAS_DIGIT.search(text) for text in texts]
    return "name" if most(worded) else ""
