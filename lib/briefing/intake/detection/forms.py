"""Where a table of data begins: the headings that name its columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import takewhile
from typing import Any

from briefing.intake.detection.headings import (
    FIGURES,
    UNNAMED,
    Headed,
    beside_a_rate,
    by_day,
    chosen,
    days_alone,
    days_under,
    headings,
)
from briefing.intake.detection.marks import opens_a_report
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.text import clean, fold
from briefing.intake.readers.grids import Grid

HEADER_HEIGHT = 3  # rows that a heading may span
COLUMNS_NEEDED = 3  # known headings that make a row the head of a table
COLUMNS_BESIDE = 2  # that make one, beside a column that speaks of another subject
DETAIL = "ca_nhan"  # what lists of persons say and no form asks for
COUNT_COLUMNS = {"luy_ke", "trong_ngay", "so_dien_thoai", "m01_numerator"}
KEYS = {"don_vi", "dia_chi", "ho_ten", "so_dien_thoai", "ngay"}  # what a figure may be of
PERSONAL = {"ho_ten", "so_dien_thoai", "dia_chi"}


@dataclass(frozen=True)
class Segment:
    """One piece of a table: what of it stands in one grid.

    Attributes:
        grid: Cut to the report that it belongs to: rows and columns of other reports are blank
            in it, and every address is still the one of the file.
        first_row: The first row that may hold data; from there on to the grid's end.
    """

    grid: Grid
    first_row: int


@dataclass(frozen=True)
class TableHead:
    """Where the data of the list stand, and which column holds what.

    Attributes:
        segments: At least one. A table that runs over pages has one for each of its grids; its
            columns are the same in all of them.
        top: Where the heading begins in the first segment's grid.
        columns: Field → column, counted from 0.
        headed: False where no heading was found: the columns are told by their shape.
        of_a_form: False where the headings are those of another table: of persons' birthdays, of
            rounds. Its `columns` are those that are known.
        days: Field → day → column, where a field has a column for each of several days.
        days_unnamed: No heading says what the columns of days hold.
    """

    segments: tuple[Segment, ...]
    top: int
    columns: dict[str, int]
    headed: bool = True
    of_a_form: bool = True
    days: Mapping[str, Mapping[date, int]] = field(default_factory=dict)
    days_unnamed: bool = False

    @property
    def grid(self) -> Grid:
        """The grid in which the table begins."""
        return self.segments[0].grid

    @property
    def first_row(self) -> int:
        """The first row in `grid` that may hold data."""
        return self.segments[0].first_row

    def rows(self) -> Iterator[tuple[Grid, int]]:
        """Every row under the head, over all segments: its grid and its number there."""
        for segment in self.segments:
            for row in range(segment.first_row, len(segment.grid.cells)):
                yield segment.grid, row

    def unnumbered(self, grid: Grid) -> list[int]:
        """The rows of a segment's grid that carry neither a serial number nor a phone."""
        return self._odd_rows(grid)[0]

    def odd(self, grid: Grid) -> list[int]:
        """Those of them without a count too: few, and all that is not data is among them."""
        return self._odd_rows(grid)[1]

    def is_plain(self, grid: Grid, row: int) -> bool:
        """Whether a row holds digits where data do and headings don't."""
        return not (_without(grid, self._columns_of(("stt", "so_dien_thoai", "luy_ke")), [row]))

    @cached_property
    def _found(self) -> dict[int, tuple[list[int], list[int]]]:
        return {}

    def _odd_rows(self, grid: Grid) -> tuple[list[int], list[int]]:
        """Column by column, once for each grid: a long table is looked through in no time."""
        if id(grid) not in self._found:
            first = next((s.first_row for s in self.segments if s.grid is grid), 0)
            rows = range(first, len(grid.cells))
            unnumbered = _without(grid, self._columns_of(("stt", "so_dien_thoai")), rows)
            odd = _without(grid, self._columns_of(("luy_ke",)), unnumbered)
            self._found[id(grid)] = (unnumbered, odd)
        return self._found[id(grid)]

    def _columns_of(self, names: tuple[str, ...]) -> list[int]:
        return [self.columns[name] for name in names if name in self.columns]

    def on(self, day: date | None) -> TableHead:
        """The head with the columns of one day, of those that have a column for each day."""
        if day is None:
            return self
        own = {name: columns[day] for name, columns in self.days.items() if day in columns}
        return replace(self, columns=self.columns | own)


def _without(grid: Grid, columns: Iterable[int], rows: Iterable[int]) -> list[int]:
    """Of these rows those that hold no number in any of these columns."""
    left = list(rows)
    cells = grid.cells
    for c in columns:
        values: list[tuple[int, Any]] = [
            (r, cells[r][c] if len(cells[r]) > c else None) for r in left
        ]
        left = [
            r
            for r, v in values
            if not ((kind := type(v)) is float or kind is int or (kind is str and v.isdigit()))
        ]
    return left


def heads_in(grid: Grid, words: Vocabulary) -> Iterator[TableHead]:
    """The heads of all tables of a grid, without those that say an earlier one again.

    A head is a row, or a few, that name at least three known columns; two are enough where a row
    names nothing else, and one of them holds figures of the other. Those of other tables are among
    them: their rows are no rows of the table above.
    """
    if grid.kind == "lines" and not any(len(line) > 1 for line in grid.cells):
        return
    last: TableHead | None = None
    rows: Iterable[int] = range(len(grid.cells))
    while True:
        last = next((head for row in rows if (head := _new_head(grid, row, last, words))), None)
        if last is None:
            return
        yield last
        rows = last.odd(grid)


def _new_head(grid: Grid, row: int, last: TableHead | None, words: Vocabulary) -> TableHead | None:
    """The head at a row, unless it says that of the table above again and opens no report."""
    if last and is_repeated_head(grid, row, last, words):
        above = range(row - 1, last.first_row - 1, -1)
        lead = takewhile(lambda r: not last.is_plain(grid, r), above)
        if not any(opens_a_report(str(v), words) for r in lead for v in grid.cells[r] if v):
            return None
    return _head_at(grid, row, words) or _head_of_another(grid, row, last, words)


def _head_of_another(
    grid: Grid, row: int, last: TableHead | None, words: Vocabulary
) -> TableHead | None:
    """The head of a table that is no form: known columns beside some that speak of no report."""
    if last and not last.of_a_form and last.first_row == row:
        return None  # the second row of its head
    if not any(_is_of_another(value, words) for value in grid.cells[row]):
        return None
    columns = chosen(headings(grid, row, words))
    if ("stt" not in columns and len(columns) < COLUMNS_BESIDE) or _holds_a_number(grid, row):
        return None
    return TableHead((Segment(grid, row + 1),), row, columns, of_a_form=False)


def _is_of_another(value: object, words: Vocabulary) -> bool:
    """Whether a cell heads a column that no form has: of another subject, or of details."""
    heading = words.heading(value)
    if heading is not None:
        return heading.field == DETAIL
    return isinstance(value, str) and words.subjects.other(value) is not None


def columns_beside(head: TableHead, words: Vocabulary) -> tuple[int, ...]:
    """Where each of several tables side by side begins, `()` where there is one table only."""
    headed = [
        item
        for row in range(head.top, head.first_row)
        for item in headings(head.grid, row, words)
        if item.day is None
    ]
    of_field: dict[str, list[int]] = {}
    for item in sorted(headed, key=lambda item: item.column):
        of_field.setdefault(item.field, []).append(item.column)
    twice = [columns for columns in of_field.values() if len(columns) > 1]
    first = min(of_field.values(), default=[])
    if len(twice) < COLUMNS_NEEDED or len(first) < 2 or first[0] != min(map(min, twice)):
        return ()
    return (0, *first[1:])


def _head_at(grid: Grid, top: int, words: Vocabulary) -> TableHead | None:
    best: TableHead | None = None
    headed: list[Headed] = []
    for height in range(1, HEADER_HEIGHT + 1):
        row = top + height - 1
        found = headings(grid, row, words, above=top if height > 1 else None)
        days = days_under(grid, row, headed, words) if height > 1 else []
        days = days or days_alone(grid, row, [*headed, *found], words)
        if not (found or days) or (height > 1 and not days and _holds_a_number(grid, row)):
            break
        alone = height == 1 and len(found) + len(days) < 2
        if alone and not days_alone(grid, row + 1, found, words):
            return None  # a title, or the name of a group of columns: the head begins below it
        moved = beside_a_rate(grid, row, headed, found)
        found += moved
        below = {item.column for item in (*found, *days)}
        groups = {item.field for item in days}
        headed = [h for h in headed if h.column not in below and h.field not in groups]
        headed += [*found, *days]
        columns = chosen(headed)
        enough = len(columns) >= COLUMNS_NEEDED and COUNT_COLUMNS & columns.keys()
        unnamed = any(item.rank == UNNAMED for item in headed)
        of_days = bool(days) and bool(KEYS & columns.keys())
        if (enough or of_days or _is_pair(grid, row, columns)) and (
            days or moved or best is None or len(columns) > len(best.columns)
        ):
            segments = (Segment(grid, row + 1),)
            best = TableHead(segments, top, columns, days=by_day(headed), days_unnamed=unnamed)
    return replace(best, columns=_renamed(best.columns)) if best else None


def _is_pair(grid: Grid, row: int, columns: Mapping[str, int]) -> bool:
    """Whether a row heads a table of two columns: of what, and how many."""
    texts = [value for value in grid.cells[row] if clean(value)]
    return len(texts) == len(columns) == 2 and bool(
        FIGURES & columns.keys() and KEYS & columns.keys()
    )


def _renamed(columns: dict[str, int]) -> dict[str, int]:
    """The columns of a table of the daily form, where headings are worded as in the other.

    “Đã cài” over persons or places is their count, “Số người có smartphone” the denominator.
    """
    columns = dict(columns)
    if "m01_numerator" in columns and "luy_ke" not in columns and PERSONAL & columns.keys():
        columns["luy_ke"] = columns.pop("m01_numerator")
    if "m01_denominator" in columns and "so_denominator" not in columns:
        columns["so_denominator"] = columns["m01_denominator"]
    return columns


def _holds_a_number(grid: Grid, row: int) -> bool:
    """Whether a row holds a number or a phone, as data do and headings don't."""
    return any(clean(value).strip(" ().").isdigit() for value in grid.cells[row])


def is_repeated_head(grid: Grid, row: int, head: TableHead, words: Vocabulary) -> bool:
    """Whether a row below the head says one of its rows again, as on each printed page."""
    if clean(grid.value(row, head.columns.get("stt", len(grid.cells[row])))).isdigit():
        return False  # a numbered row; looked at first, because nearly every row is one
    here = headings(grid, row, words)
    if not here:
        return False
    texts = _texts(grid, row)
    rows = [_texts(head.grid, r) for r in range(head.top, head.first_row)]
    if len(texts) > 1 and texts in rows:
        return True
    columns = {item.field: item.column for item in reversed(here)}
    return len(columns) >= COLUMNS_NEEDED and all(
        head.columns.get(name) == column for name, column in columns.items()
    )


def _texts(grid: Grid, row: int) -> dict[int, str]:
    cells = grid.cells[row] if row < len(grid.cells) else []
    texts = ((column, fold(clean(value))) for column, value in enumerate(cells))
    return {column: text for column, text in texts if text}
