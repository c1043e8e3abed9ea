"""The rows of a table, written straight into the XML of their sheet.

A table of findings has tens of thousands of cells, and each costs openpyxl an object and several
visits. So openpyxl gets the head of a sheet, its page and the styles; the rows are put in once it
has saved the workbook.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from xml.sax.saxutils import escape

import numpy as np
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

LINE = 14.5  # points, of a line of text
PADDING = 1.5  # letters of a column's width that hold no text
BROKEN = 1.0  # letters that a line of wrapped words leaves empty
DIMENSION = re.compile(rb'<dimension ref="[A-Z0-9:]*"\s*/>')
END = b"</sheetData>"


class Cell(NamedTuple):
    """A cell without its address.

    Attributes:
        xml: Its attributes and what it holds.
        letters: How many it takes to write it in one line.
        wrapped: Whether it may take several lines.
    """

    xml: str
    letters: int = 0
    wrapped: bool = False


class Column(NamedTuple):
    """The cells of a column: what stands there twice is worked out once.

    Attributes:
        cells: Those that differ.
        rows: Of each row, which of them it has.
    """

    cells: Sequence[Cell]
    rows: np.ndarray


@dataclass(frozen=True)
class Rows:
    """The rows of a table.

    Attributes:
        count: How many there are.
        reach: The cells of the sheet with them, as `A1:H20`.
        blocks: UTF-8, packed: a sheet is many times as large as what is kept of it.
    """

    count: int
    reach: str
    blocks: tuple[bytes, ...]

    def put_into(self, sheet: bytes) -> Iterator[bytes]:
        """The sheet that openpyxl has saved, with the rows behind its own."""
        if self.count:
            reach = b'<dimension ref="%s"/>' % self.reach.encode()
            sheet = DIMENSION.sub(reach, sheet, count=1)
        before, end, after = sheet.partition(END)
        yield before
        yield from map(zlib.decompress, self.blocks)
        yield end + after


def text_cell(text: str, style: int) -> Cell:
    """A text that holds nothing which a workbook can't hold."""
    if not text:
        return empty_cell(style)
    space = ' xml:space="preserve"' if text != text.strip() else ""
    inside = escape(text, {"\r": "&#13;"})
    xml = f' s="{style}" t="inlineStr"><is><t{space}>{inside}</t></is></c>'
    return Cell(xml, len(text), wrapped=True)


def number_cell(value: float | datetime, style: int) -> Cell:
    """A number; a moment is one too."""
    number = to_excel(value) if isinstance(value, datetime) else value
    return Cell(f' s="{style}"><v>{number:.16g}</v></c>', len(str(value)))


def empty_cell(style: int) -> Cell:
    return Cell(f' s="{style}"/>')


def rows_of(blocks: Iterable[Sequence[Column]], widths: Sequence[float], first: int) -> Rows:
    """Rows from `first` on, each as high as its longest text, wrapped.

    Args:
        blocks: Columns, so many rows at once.
        widths: Of the columns, in letters.
    """
    packed, count = [], 0
    for columns in blocks:
        packed.append(zlib.compress(_xml(columns, widths, first + count).encode(), 1))
        count += len(columns[0].rows)
    reach = f"A1:{get_column_letter(len(widths))}{first + count - 1}"
    return Rows(count, reach, tuple(packed))


def _xml(columns: Sequence[Column], widths: Sequence[float], first: int) -> str:
    """Rows from `first` on."""
    starts = [f'<c r="{get_column_letter(n)}' for n in range(1, len(widths) + 1)]
    pairs = zip(columns, widths, strict=True)
    lines = np.max([_lines(column, width - PADDING) for column, width in pairs], axis=0).tolist()
    heights = {number: f"{LINE * number:g}" for number in {*lines}}
    cells = ([cell.xml for cell in column.cells] for column in columns)
    texts = [map(of.__getitem__, one.rows.tolist()) for of, one in zip(cells, columns, strict=True)]
    pieces: list[str] = []
    for number, (line, *row) in enumerate(zip(lines, *texts, strict=True), first):
        pieces.append(f'<row r="{number}" ht="{heights[line]}" customHeight="1">')
        pieces += [f'{start}{number}"{xml}' for start, xml in zip(starts, row, strict=True)]
        pieces.append("</row>")
    return "".join(pieces)


def _lines(column: Column, room: float) -> np.ndarray:
    """How many lines each row of a column takes, where so many letters fit into one."""
    own = (
        math.ceil(cell.letters / (room - BROKEN)) if cell.wrapped and cell.letters > room else 1
        for cell in column.cells
    )
    return np.fromiter(own, int, len(column.cells))[column.rows]
