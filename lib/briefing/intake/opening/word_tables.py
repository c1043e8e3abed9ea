"""A table of a Word document as grids, with the tables inside its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.intake.opening.grids import Grid
from briefing.intake.opening.word_numbers import Numbers
from briefing.intake.opening.word_text import boxes_in, text_of
from briefing.intake.opening.word_xml import child, is_on, local, members, value

MOST_COLUMNS = 63  # that Word itself allows in a table
Cells = list[list[Any]]


def table_grids(table: Any, numbers: Numbers, name: str) -> list[Grid]:
    """The grids of a table, in reading order.

    A table alone is one grid. One with tables inside its cells (a page laid out as a table) is
    cut where they stand: what comes before, the table inside (named `1.1`), what comes after;
    each piece keeps the addresses of the whole.
    """
    return _Table(name, numbers).read(table)


@dataclass
class _Table:
    name: str
    numbers: Numbers
    pieces: list[Cells | list[Grid]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    inside: int = 0

    def read(self, table: Any) -> list[Grid]:
        self.pieces.append([])
        open_merges: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(members(table, "tr")):
            if is_on(row, "trPr", "hidden"):
                self.hidden.add(number)
            self._read_row(row, number, open_merges)
        grids: list[Grid] = []
        for piece in self.pieces:
            grids += piece if piece and isinstance(piece[0], Grid) else self._grid(piece)
        return grids or self._grid([[]], keep=True)

    def _grid(self, cells: Any, *, keep: bool = False) -> list[Grid]:
        if not (keep or len(self.pieces) == 1 or any(cell for line in cells for cell in line)):
            return []
        merged, hidden = tuple(self.merged), frozenset(self.hidden)
        return [Grid("table", self.name, cells, merged, hidden)]

    def _read_row(self, row: Any, number: int, open_merges: dict[int, tuple[int, int]]) -> None:
        column = min(int(value(row, "trPr", "gridBefore") or 0), MOST_COLUMNS)
        self._put(number, column - 1, None)
        for cell in members(row, "tc"):
            span = max(1, min(int(value(cell, "tcPr", "gridSpan") or 1), MOST_COLUMNS))
            last = column + span - 1
            if _continues(cell, "vMerge"):
                top, width = open_merges.get(column, (number, span))
                self._merge((top, column, number, column + width - 1))
            elif _continues(cell, "hMerge"):
                self._widen(number, last)
            else:
                open_merges[column] = (number, span)
                if span > 1:
                    self.merged.append((number, column, number, last))
                self._read_cell(cell, number, column)
            self._put(number, last, None)
            column = last + 1

    def _merge(self, range_: tuple[int, int, int, int]) -> None:
        self.merged = [m for m in self.merged if m[:2] != range_[:2]]
        self.merged.append(range_)

    def _widen(self, row: int, last: int) -> None:
        """Let the cell to the left reach to this column: how older programs merge sideways."""
        line = self.pieces[-1][row]
        first = max((c for c, cell in enumerate(line) if cell is not None), default=last)
        if first < last:
            self._merge((row, first, row, last))

    def _put(self, row: int, column: int, text: str | None) -> None:
        """Write into the piece at hand; a row that another piece has begun is blank up to it."""
        cells: Any = self.pieces[-1]
        cells += [[] for _row in range(row + 1 - len(cells))]
        cells[row] += [None] * (column + 1 - len(cells[row]))
        if text:
            cells[row][column] = text

    def _read_cell(self, cell: Any, row: int, column: int) -> None:
        lines: list[str] = []
        for block in members(cell, "p", "tbl"):
            if local(block) == "p":
                lines += _paragraph_lines(block, self.numbers)
                continue
            self._put(row, column, "\n".join(lines).strip())
            lines = []
            self.inside += 1
            nested = table_grids(block, self.numbers, f"{self.name}.{self.inside}")
            self.pieces += [nested, []]
        self._put(row, column, "\n".join(lines).strip())


def _paragraph_lines(paragraph: Any, numbers: Numbers) -> Iterator[str]:
    """A cell's paragraph, or the number that Word shows in an empty one, and its text boxes."""
    number, text = numbers.number(paragraph), text_of(paragraph)
    yield text if text.strip() else number
    for box in boxes_in(paragraph):
        yield from box_lines(box, text_of)


def box_lines(box: Any, text: Callable[[Any], str]) -> Iterator[str]:
    """The paragraphs of a text box, those in its tables too."""
    for node in box.iter():
        if local(node) == "p":
            yield text(node)


def _continues(cell: Any, kind: str) -> bool:
    """Whether a cell only goes on with the one above it (`vMerge`) or before it (`hMerge`)."""
    return child(cell, "tcPr", kind) is not None and value(cell, "tcPr", kind) in (
        None,
        "continue",
    )
