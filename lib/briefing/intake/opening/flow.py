"""A document without pages: lines of text with tables between them, numbered as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from briefing.intake.opening.budget import budget
from briefing.intake.opening.grids import Grid, Part, Unread
from briefing.intake.opening.looks import Pieces, as_read


class Flow:
    """Collects a flow of text as grids: the body of a document, a cell, a text box.

    Args:
        line: What a line of it is called in addresses.
        before_number: Before the numbers of its tables.
        tables: How many tables have been numbered already.
    """

    def __init__(self, line: str = "paragraph", before_number: str = "", tables: int = 0):
        self.tables = tables
        self._line = line
        self._before_number = before_number
        self._grids: list[Grid] = []
        self._lines: list[list[Any]] = []
        self._unread: list[Unread] = []
        self._count = 0

    def add_line(self, pieces: Pieces) -> None:
        """The next line; one without text counts too."""
        text, unread = as_read(pieces, self._count)
        self._count += 1
        self._lines.append([text or None])
        self._unread += unread

    def add_table(self, read: Callable[[str], Iterable[Grid]]) -> None:
        """The next table. `read`: the table's number as addresses write it → its grids."""
        self.tables += 1
        self.add(read(f"{self._before_number}{self.tables}"))

    def add(self, grids: Iterable[Grid]) -> None:
        """Grids of another flow that stands here, such as a text box."""
        self._take_lines()
        self._grids += grids

    def done(self) -> list[Grid]:
        """The grids, in order. Lines keep their numbers though tables stand between them."""
        self._take_lines()
        return self._grids

    def _take_lines(self) -> None:
        if self._lines:
            budget().spread(self._count - len(self._lines) + 1, 1)
            before: list[list[Any]] = [[] for _line in range(self._count - len(self._lines))]
            unread = tuple(self._unread)
            self._grids.append(Grid("lines", self._line, before + self._lines, unread=unread))
        self._lines, self._unread = [], []


def is_written(grid: Grid) -> bool:
    """Whether a grid holds anything, and be it struck through."""
    return is_filled(grid) or bool(grid.unread)


def is_filled(grid: Grid) -> bool:
    return any(True for _cell in grid.filled())


def cell_of(grids: Iterable[Grid], row: int, column: int) -> tuple[str | None, list[Unread]]:
    """What a flow is as a cell: its lines, one under the other, and what was left out of them."""
    stories = [grid for grid in grids if grid.kind == "lines"]
    lines = (line for grid in stories for line in grid.cells if line)
    left_out = [
        replace(unread, row=row, column=column) for grid in stories for unread in grid.unread
    ]
    return "\n".join(line[0] or "" for line in lines).strip() or None, left_out


def as_parts(grids: list[Grid]) -> list[Part]:
    """A document as its one part; none where nothing is written in it, not even struck through."""
    return [Part("", tuple(grids))] if any(map(is_written, grids)) else []
