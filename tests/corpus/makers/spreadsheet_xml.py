"""Workbooks that are one file of XML (“XML Spreadsheet 2003”), written raw."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import coordinate_to_tuple, range_boundaries

from tests.corpus.makers.cells import Error, Formula, Looking, Pieces, Row, Sheets, Shown, sheets_of

HEAD = (
    '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:html="http://www.w3.org/TR/REC-html40"><Styles>'
    '<Style ss:ID="struck"><Font ss:StrikeThrough="1"/></Style>'
    '<Style ss:ID="hidden"><NumberFormat ss:Format=";;;"/></Style></Styles>'
)
TAGS = {"struck": "S", "raised": "Sup"}


def xml2003(
    content: Sheets | Sequence[Row],
    *,
    hidden: Iterable[int] = (),
    hidden_columns: str = "",
    filtered: str = "",
) -> bytes:
    """A workbook of one file. `hidden` (rows from 1) and `filtered` (a range) are of sheet 1."""
    sheets = []
    for number, (title, rows) in enumerate(sheets_of(content).items()):
        own = (set(hidden), hidden_columns, filtered) if number == 0 else (set(), "", "")
        sheets.append(_sheet(title, rows, *own))
    return f"{HEAD}{''.join(sheets)}</Workbook>".encode()


def _sheet(title: str, rows: Sequence[Row], hidden: set[int], columns: str, filtered: str) -> str:
    written = [
        f'<Column ss:Index="{ord(letter) - ord("A") + 1}" ss:Hidden="1"/>' for letter in columns
    ]
    for r, row in enumerate(rows, start=1):
        cells = "".join(
            f'<Cell ss:Index="{c}"{_cell(value, r, c)}</Cell>'
            for c, value in enumerate(row, start=1)
            if value is not None
        )
        unseen = ' ss:Hidden="1"' if r in hidden else ""
        written.append(f'<Row ss:Index="{r}"{unseen}>{cells}</Row>')
    by = ""
    if filtered:
        left, top, right, bottom = range_boundaries(filtered)
        by = f'<x:AutoFilter x:Range="R{top}C{left}:R{bottom}C{right}">'
        by += '<x:AutoFilterColumn x:Type="Custom"/></x:AutoFilter>'
    table = f"<Table>{''.join(written)}</Table>"
    return f'<Worksheet ss:Name="{escape(title)}">{table}{by}</Worksheet>'


def _cell(value: Any, row: int, column: int) -> str:
    """The rest of a cell's tag, and what is in it."""
    if isinstance(value, Looking):
        return f' ss:StyleID="{value.look}"{_cell(value.value, row, column)}'
    if isinstance(value, Pieces):
        inside = "".join(
            f"<{TAGS[look]}>{escape(text)}</{TAGS[look]}>" if look else escape(text)
            for text, look in value.pieces
        )
        space = 'xmlns="http://www.w3.org/TR/REC-html40"'
        return f'><ss:Data ss:Type="String" {space}>{inside}</ss:Data>'
    if isinstance(value, Formula):
        text = re.sub(r"[A-Z]{1,2}\d+", lambda m: _near(m[0], row, column), value.text)
        data = "" if value.cached is None else _data("Number", str(value.cached))
        return f' ss:Formula="={escape(text)}">{data}'
    if isinstance(value, Error):
        return ">" + _data("Error", value.sign)
    if isinstance(value, Shown):
        return ">" + _data("Number", str(value.value))
    if isinstance(value, dt.date):
        return ">" + _data("DateTime", f"{value.isoformat()}T00:00:00.000")
    if isinstance(value, (int, float)):
        return ">" + _data("Number", str(value))
    return ">" + _data("String", escape(str(value)))


def _data(kind: str, text: str) -> str:
    return f'<Data ss:Type="{kind}">{text}</Data>'


def _near(reference: str, row: int, column: int) -> str:
    """A reference as this format writes it: how far down, how far right."""
    other_row, other_column = coordinate_to_tuple(reference)
    return f"R[{other_row - row}]C[{other_column - column}]"
