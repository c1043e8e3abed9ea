"""What every format becomes: cells with addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal


def columns_kept(grid: Grid, first: int, last: int | None) -> Grid:
    """The columns from `first` up to `last` as a grid of their own."""
    inside = [m for m in grid.merged if first <= m[1] and (last is None or m[3] < last)]
    return replace(
        grid,
        cells=[line[first:last] for line in grid.cells],
        merged=tuple((top, a - first, bottom, b - first) for top, a, bottom, b in inside),
        left=grid.left + first,
        unread=tuple(
            replace(unread, column=unread.column - first)
            for unread in grid.unread
            if first <= unread.column and (last is None or unread.column < last)
        ),
        hidden_columns=frozenset(column - first for column in grid.hidden_columns),
    )


def rows_kept(grid: Grid, rows: range | frozenset[int]) -> Grid:
    """The grid with all other rows blank."""
    if isinstance(rows, range) and rows.start <= 0 and rows.stop >= len(grid.cells):
        return grid
    cells = [line if row in rows else [] for row, line in enumerate(grid.cells)]
    while cells and not cells[-1]:
        cells.pop()
    return replace(
        grid,
        cells=cells,
        merged=tuple(m for m in grid.merged if m[0] in rows and m[2] in rows),
        unread=tuple(unread for unread in grid.unread if unread.row in rows),
    )


@dataclass(frozen=True)
class Unread:
    """Text at a cell that is no part of what the cell says, such as what its sender took out
    without deleting it.

    Attributes:
        row, column: As in the grid that it stands in.
        look: `struck` through, `hidden`: not shown by the sender's program, a `comment` beside
            the cell, `raised`: digits of a note's mark behind a number, `uncalculated`: a formula
            whose value is not the one that was saved, or `unopened`: an object, a sheet that
            can't be read.
        text: What stands there, without the rest of the cell.
    """

    row: int
    column: int
    look: Literal["struck", "hidden", "comment", "raised", "uncalculated", "unopened"]
    text: str


@dataclass(frozen=True)
class Grid:
    """A rectangle of cells, each with the address that a person would look for.

    Attributes:
        kind: `sheet` (of a workbook), `table` (of a document), `csv` (of a text file) or `lines`
            (one cell per row).
        name: The sheet's name, the number of the table (of one inside another, "1.1"), or what
            a row of `lines` is called: `paragraph`, `line`.
        cells: Rows of values, row and column 0 being the first of the sheet or table; as a person
            reads them, without what is struck through, hidden, or a raised mark of a note.
        merged: Ranges (first row, first column, last row, last column) shown as one cell.
        filtered: Rows that a filter keeps from view; they are read.
        hidden_columns: Columns hidden by hand that are in `cells` all the same.
        unread: What was left out of `cells`, in order.
        page: The page of a document of fixed pages, from 1; 0 where there are none.
        first_lines: Of `csv`, the line of the file that each row begins in, from 1, where rows
            and lines do not run alike.
        left: How many columns of the file stand left of column 0 here: of a piece that was cut
            out of a wider grid.
    """

    kind: Literal["sheet", "table", "csv", "lines"]
    name: str
    cells: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    filtered: frozenset[int] = frozenset()
    page: int = 0
    first_lines: tuple[int, ...] = ()
    left: int = 0
    unread: tuple[Unread, ...] = ()
    hidden_columns: frozenset[int] = frozenset()

    def where(self, row: int, column: int) -> str:
        """The address of a cell in the file, as the contract writes it."""
        column += self.left
        if self.kind == "sheet":
            return f"{self.name}!{column_letters(column)}{row + 1}"
        page = f"page {self.page}, " if self.page else ""
        if self.kind == "table":
            return f"{page}table {self.name}, row {row + 1}, column {column + 1}"
        line = self.first_lines[row] if row < len(self.first_lines) else row + 1
        if self.kind == "csv":
            return f"{page}line {line}, column {column + 1}"
        return f"{page}{self.name} {line}"

    def value(self, row: int, column: int) -> Any:
        line = self.cells[row] if row < len(self.cells) else []
        return line[column] if column < len(line) else None

    def filled(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int, Any]]:
        """Every cell that is not empty, row by row: row, column, value."""
        for row, line in enumerate(self.cells[first:last], start=first):
            for column, value in enumerate(line):
                if value not in ("", None):
                    yield row, column, value


@dataclass(frozen=True)
class Part:
    """Grids that belong to one report: a sheet alone, or a whole document in its order.

    Attributes:
        visible: Whether its sender's program shows it; a sheet may be hidden.
    """

    name: str
    grids: tuple[Grid, ...]
    visible: bool = True


def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 0, AA → 26."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


CELL = re.compile(r"^(?P<sheet>.*)!(?P<column>[A-Z]+)(?P<row>\d+)$")


def compress(cells: Iterable[str]) -> str:
    """Cells as a person writes them: `Sheet1!E8:E12; Sheet1!E14`."""
    return "; ".join(runs(cells))


def runs(cells: Iterable[str]) -> list[str]:
    """Cells in their order, those that stand one below the other as a range."""
    pieces: list[str] = []
    run: tuple[str, str, int, int] | None = None
    for cell in cells:
        match = CELL.match(cell)
        if not match:
            pieces.append(cell)
            continue
        sheet, column, row = match["sheet"], match["column"], int(match["row"])
        if run and run[:2] == (sheet, column) and row == run[3] + 1:
            run = (sheet, column, run[2], row)
            continue
        pieces += _range(run)
        run = (sheet, column, row, row)
    return [*pieces, *_range(run)]


def _range(run: tuple[str, str, int, int] | None) -> list[str]:
    if run is None:
        return []
    sheet, column, first, last = run
    return [f"{sheet}!{column}{first}" + (f":{column}{last}" if last > first else "")]
