"""A table of a Word document as grids, with the tables inside its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.intake.readers.budget import budget
from briefing.intake.readers.flow import (
    Look,
    Pieces,
    as_read,
    is_written,
    strongest,
    under_each_other,
)
from briefing.intake.readers.grids import Grid, Unread
from briefing.intake.readers.word_definitions import Looks, Numbers, cell_look, row_look
from briefing.intake.readers.word_text import boxes_in, text_of
from briefing.intake.readers.word_xml import child, local, members, value

MOST_COLUMNS = 63  # that Word itself allows in a table


@dataclass(frozen=True)
class Definitions:
    """What other parts of a document say of its paragraphs."""

    numbers: Numbers
    looks: Looks


def table_grids(table: Any, definitions: Definitions, name: str, within: Look = "") -> list[Grid]:
    """The grids of a table, in reading order.

    A table alone is one grid. One with tables inside its cells (a page laid out as a table) is
    cut where they stand: what comes before, the table inside (named `1.1`), what comes after;
    each piece keeps the addresses of the whole.

    Args:
        within: The look of what the table stands in, such as a deleted row.
    """
    return _Table(name, definitions, within).read(table)


@dataclass
class _Piece:
    """A part of a table above, between or below the tables inside its cells."""

    cells: list[list[Any]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


@dataclass
class _Table:
    name: str
    definitions: Definitions
    within: Look
    pieces: list[_Piece | list[Grid]] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int, int, int]] = field(default_factory=dict)
    inside: int = 0

    def read(self, table: Any) -> list[Grid]:
        self.pieces.append(_Piece())
        open_merges: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(members(table, "tr")):
            self._read_row(row, number, open_merges)
        grids: list[Grid] = []
        for piece in self.pieces:
            grids += self._grid(piece) if isinstance(piece, _Piece) else piece
        return grids or [Grid("table", self.name, [[]], tuple(self.merged.values()))]

    def _grid(self, piece: _Piece) -> list[Grid]:
        merged, unread = tuple(self.merged.values()), tuple(piece.unread)
        grid = Grid("table", self.name, piece.cells, merged, unread=unread)
        return [grid] if len(self.pieces) == 1 or is_written(grid) else []

    def _read_row(self, row: Any, number: int, open_merges: dict[int, tuple[int, int]]) -> None:
        column = min(int(value(row, "trPr", "gridBefore") or 0), MOST_COLUMNS)
        self._put(number, column - 1)
        within = strongest(self.within, row_look(row))
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
                    self.merged[number, column] = (number, column, number, last)
                self._read_cell(cell, (number, column), strongest(within, cell_look(cell)))
            budget().spread(1, span)
            self._put(number, last)
            column = last + 1

    def _merge(self, range_: tuple[int, int, int, int]) -> None:
        self.merged[range_[:2]] = range_

    def _widen(self, row: int, last: int) -> None:
        """Let the cell to the left reach to this column: how older programs merge sideways."""
        line = self._piece().cells[row]
        first = max((c for c, cell in enumerate(line) if cell is not None), default=last)
        if first < last:
            self._merge((row, first, row, last))

    def _piece(self) -> _Piece:
        last = self.pieces[-1]
        assert isinstance(last, _Piece)
        return last

    def _put(self, row: int, column: int, lines: Sequence[Pieces] = ()) -> None:
        """Write into the piece at hand; a row that another piece has begun is blank up to it."""
        piece = self._piece()
        if row > len(piece.cells):
            budget().spread(row - len(piece.cells), 1)
        piece.cells += [[] for _row in range(row + 1 - len(piece.cells))]
        piece.cells[row] += [None] * (column + 1 - len(piece.cells[row]))
        if lines:
            text, unread = as_read(under_each_other(lines), row, column)
            piece.cells[row][column] = text.strip() or piece.cells[row][column]
            piece.unread += unread

    def _read_cell(self, cell: Any, at: tuple[int, int], look: Look) -> None:
        lines: list[Pieces] = []
        for block in members(cell, "p", "tbl"):
            if local(block) == "p":
                lines += _paragraph_lines(block, self.definitions, look)
                continue
            self._put(*at, lines)
            lines = []
            self.inside += 1
            name = f"{self.name}.{self.inside}"
            self.pieces += [table_grids(block, self.definitions, name, look), _Piece()]
        self._put(*at, lines)


def _paragraph_lines(paragraph: Any, definitions: Definitions, within: Look) -> Iterator[Pieces]:
    """A cell's paragraph, or the number that Word shows in an empty one, and its text boxes."""
    number = definitions.numbers.number(paragraph)
    pieces = text_of(paragraph, definitions.looks, within)
    if any(text.strip() for text, _look in pieces):
        yield pieces
    else:
        yield [(number, strongest(within, definitions.looks.of_mark(paragraph)))]
    for box, look in boxes_in(paragraph, definitions.looks, within):
        for inner in box.iter("{*}p"):
            yield text_of(inner, definitions.looks, look)


def _continues(cell: Any, kind: str) -> bool:
    """Whether a cell only goes on with the one above it (`vMerge`) or before it (`hMerge`)."""
    return child(cell, "tcPr", kind) is not None and value(cell, "tcPr", kind) in (
        None,
        "continue",
    )
