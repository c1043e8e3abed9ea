"""A document without pages: lines of text with tables between them, numbered as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from briefing.intake.opening.grids import Grid, Part


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
        self._count = 0

    def add_line(self, text: str) -> None:
        """The next line; one without text counts too."""
        self._count += 1
        self._lines.append([text or None])

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
            before: list[list[Any]] = [[] for _line in range(self._count - len(self._lines))]
            self._grids.append(Grid("lines", self._line, before + self._lines))
        self._lines = []


def is_filled(grid: Grid) -> bool:
    return any(True for _cell in grid.filled())


def text_in(grids: Iterable[Grid]) -> str:
    """The lines of a flow, one under the other, without its tables."""
    lines = (line for grid in grids if grid.kind == "lines" for line in grid.cells if line)
    return "\n".join(line[0] or "" for line in lines).strip()


def as_parts(grids: list[Grid]) -> list[Part]:
    """A document as its one part; none where nothing is written in it, not even struck through."""
    written = any(is_filled(grid) or grid.unread for grid in grids)
    return [Part("", tuple(grids))] if written else []
