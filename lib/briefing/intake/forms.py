"""Which form a report is: the head of the table of Mẫu 02, and the lines of text around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from briefing.intake.opening.grids import Grid, Part
from briefing.intake.text import clean, fold
from briefing.intake.vocabulary import TOTAL, Vocabulary

HEADER_HEIGHT = 3  # rows that a heading may span
COLUMNS_NEEDED = 3  # known headings that make a row the head of Mẫu 02
COUNT_COLUMNS = {"luy_ke", "trong_ngay", "so_dien_thoai"}


@dataclass(frozen=True)
class Line:
    """A line of text outside the table of data, with its address."""

    text: str
    where: str


@dataclass(frozen=True)
class TableHead:
    """Where the data of Mẫu 02 begin, and which column holds what."""

    grid: Grid
    top: int
    first_row: int
    columns: dict[str, int]


def find_head(part: Part, words: Vocabulary) -> TableHead | None:
    """The head of the table of Mẫu 02: the first rows that name at least three known columns."""
    for grid in part.grids:
        if grid.kind == "lines":
            continue
        for top in range(len(grid.cells)):
            if head := _head_at(grid, top, words):
                return head
    return None


def _head_at(grid: Grid, top: int, words: Vocabulary) -> TableHead | None:
    best: TableHead | None = None
    columns: dict[str, Headed] = {}
    for height in range(1, HEADER_HEIGHT + 1):
        row = top + height - 1
        found = _headings(grid, row, words)
        if not found or (height > 1 and _holds_a_number(grid, row)):
            break
        below = {headed.column for headed in found.values()}
        columns = {f: headed for f, headed in columns.items() if headed.column not in below}
        for field, headed in found.items():
            columns[field] = min(headed, columns.get(field, headed), key=lambda h: h.rank)
        enough = len(columns) >= COLUMNS_NEEDED and COUNT_COLUMNS & columns.keys()
        if enough and (best is None or len(columns) > len(best.columns)):
            named = {field: headed.column for field, headed in columns.items()}
            best = TableHead(grid, top, row + 1, named)
    return best


@dataclass(frozen=True)
class Headed:
    """A column by its heading; of two columns for one field the smaller rank counts."""

    column: int
    rank: tuple[int, int]


def _headings(grid: Grid, row: int, words: Vocabulary) -> dict[str, Headed]:
    """Field → column, of the headings in one row."""
    found: dict[str, Headed] = {}
    for column, value in enumerate(grid.cells[row] if row < len(grid.cells) else []):
        heading = words.heading(value)
        if heading and not heading.field.startswith("m01_") and heading.field != TOTAL:
            headed = Headed(column, heading.rank)
            other = found.get(heading.field, headed)
            found[heading.field] = min(headed, other, key=lambda h: h.rank)
    return found


def _holds_a_number(grid: Grid, row: int) -> bool:
    """Whether a row holds a number or a phone, as data do and headings don't."""
    return any(clean(value).strip(" ().").isdigit() for value in grid.cells[row])


def is_repeated_head(grid: Grid, row: int, head: TableHead, words: Vocabulary) -> bool:
    """Whether a row below the head says one of its rows again, as on each printed page."""
    if clean(grid.value(row, head.columns.get("stt", len(grid.cells[row])))).isdigit():
        return False  # a numbered row; looked at first, because nearly every row is one
    here = _headings(grid, row, words)
    if not here:
        return False
    texts = _texts(grid, row)
    if len(texts) > 1 and texts in [_texts(grid, r) for r in range(head.top, head.first_row)]:
        return True
    return len(here) >= COLUMNS_NEEDED and all(
        head.columns.get(field) == headed.column for field, headed in here.items()
    )


def _texts(grid: Grid, row: int) -> dict[int, str]:
    texts = ((column, fold(clean(value))) for column, value in enumerate(grid.cells[row]))
    return {column: text for column, text in texts if text}


def lines_of(part: Part, head: TableHead | None = None) -> Iterator[Line]:
    """Every line of text of a part, in order, up to the head of its table if it has one."""
    for grid in part.grids:
        yield from _lines(grid, 0, head.top if head and grid is head.grid else None)
        if head and grid is head.grid:
            return


def lines_below(part: Part, head: TableHead) -> Iterator[Line]:
    """The lines of text in and under the table: a signing line may stand there."""
    after = False
    for grid in part.grids:
        if grid is head.grid:
            after = True
            yield from _lines(grid, head.first_row, None)
        elif after:
            yield from _lines(grid, 0, None)


def _lines(grid: Grid, first: int, last: int | None) -> Iterator[Line]:
    for row, column, value in grid.filled(first, last):
        if isinstance(value, date):
            yield Line(f"{value:%d/%m/%Y}", grid.where(row, column))
        elif isinstance(value, str):
            for piece in value.splitlines():
                if text := clean(piece):
                    yield Line(text, grid.where(row, column))
