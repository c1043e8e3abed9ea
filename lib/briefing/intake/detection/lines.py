"""The lines of text around a table of data, each with its address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from briefing.intake.detection.forms import TableHead
from briefing.intake.parsers.disclosure import shown_line
from briefing.intake.parsers.text import clean, fold
from briefing.intake.readers.grids import Grid, Part
from briefing.locale.pack import Worded, pack

OF_A_DAY = Worded(r"^(?:\(\s*)?«dates.begins»\b")
COMPASS = Worded("«places.compass»")
MONTH = Worded("«dates.month»")
LABEL_AND_VALUE = 2  # filled cells; a row of more is one of a table
OF_A_CODE = Worded(r"^«letters.code_word»\b")


@dataclass(frozen=True)
class Line:
    """A line of text outside the table of data, with its address.

    Attributes:
        of_a_table: It is a row of cells that stood in columns.
    """

    text: str
    where: str
    of_a_table: bool = False

    @cached_property
    def key(self) -> str:
        """Its text folded, as lines are compared."""
        return fold(self.text)

    @cached_property
    def shown(self) -> str:
        """Its text as it may be quoted."""
        return shown_line(self.text)


def lines_of(part: Part, head: TableHead | None = None) -> Iterator[Line]:
    """Every line of text of a part, in order, up to the head of its table if it has one."""
    for grid in part.grids:
        yield from lines_in(grid, 0, head.top if head and grid is head.grid else None)
        if head and grid is head.grid:
            return


def lines_below(part: Part, head: TableHead) -> Iterator[Line]:
    """The lines of text in and under the table: a signing line may stand there."""
    after = False
    for grid in part.grids:
        if grid is head.grid:
            after = True
            yield from _outside_rows(grid, head)
        elif after:
            yield from lines_in(grid, 0, None)


def _outside_rows(grid: Grid, head: TableHead) -> Iterator[Line]:
    """The lines under a head but for its numbered rows, which hold no line of their own."""
    for row in head.odd(grid):
        yield from lines_in(grid, row, row + 1)


def lines_in(grid: Grid, first: int = 0, last: int | None = None) -> Iterator[Line]:
    """The lines of text in rows of a grid, the last one not included."""
    label, joined = "", -1
    for row, column, value in grid.filled(first, last):
        where = grid.where(row, column)
        if row == joined:
            continue
        if isinstance(value, str) and (day := _day_over_cells(grid, row, column)):
            joined = row
            yield Line(day, where)
            continue
        if isinstance(value, date):
            yield Line(pack().in_digits(value, 2), where)
        elif isinstance(value, str):
            for piece in _unwrapped(value):
                if text := clean(piece):
                    yield Line(_labelled(label, text) or text, where)
            label = value
        elif not isinstance(value, bool) and (text := _labelled(label, value)):
            yield Line(text, where)


def _unwrapped(value: str) -> list[str]:
    """The lines of a cell; a part of the compass alone on one ends the name on the line before."""
    pieces: list[str] = []
    for piece in value.splitlines():
        if pieces and COMPASS.fullmatch(fold(piece)):
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def sentences_of(part: Part, *, numbers: bool = False) -> Iterator[Line]:
    """The text of a part as sentences: the cells of a row as one line, “Lũy kế | 5.432”.

    Such a line has the address of its last cell with a digit: that of the figure.

    Args:
        numbers: Also a number that is alone in its row.
    """
    for grid in part.grids:
        for row in range(len(grid.cells)):
            filled = [(c, text) for c, v in enumerate(grid.cells[row]) if (text := clean(v))]
            if numbers and len(filled) == 1 and filled[0][1].isdigit():
                yield Line(filled[0][1], grid.where(row, filled[0][0]))
                continue
            if grid.kind == "lines" or len(filled) < 2:
                yield from lines_in(grid, row, row + 1)
                continue
            digits = [c for c, text in filled if any(map(str.isdigit, text))]
            where = grid.where(row, (digits or [filled[0][0]])[-1])
            yield Line(" ".join(text for _c, text in filled), where, len(filled) > LABEL_AND_VALUE)


def _day_over_cells(grid: Grid, row: int, column: int) -> str:
    """A day that is written over several cells, “ngày | 16 | tháng | 8”, as one text; else ""."""
    if not OF_A_DAY.match(fold(grid.cells[row][column])):
        return ""
    rest = [text for value in grid.cells[row][column:] if (text := clean(value))]
    apart = len(rest) > 1 and any(MONTH.match(fold(text)) for text in rest[1:])
    return " ".join(rest) if apart else ""


def _labelled(label: str, value: object) -> str:
    """A bare number with the label before it, where it may be a day (a serial) or a code."""
    if not (isinstance(value, (int, float)) or (isinstance(value, str) and value.isdigit())):
        return ""
    key = fold(label)
    named = OF_A_DAY.match(key) or OF_A_CODE.match(key)
    return f"{clean(label)} {clean(value)}" if named else ""
