"""Workbooks as bytes, in every kind that Excel and LibreOffice save."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from tests.corpus.makers.binary import xlsb
from tests.corpus.makers.cells import Error, Formula, Row, Sheets, Shown, sheets_of
from tests.corpus.makers.opendocument import ods

__all__ = ["Error", "Formula", "Shown", "ods", "xls", "xlsb", "xlsx"]


def xlsx(
    content: Sheets | Sequence[Row],
    *,
    merge: Iterable[str] = (),
    hidden: Iterable[int] = (),
    filtered: str = "",
    hidden_columns: str = "",
    epoch: int = 1900,
    macros: bool = False,
) -> bytes:
    """A workbook. `merge`, `hidden` (rows from 1) and `filtered` (a range) are of sheet 1."""
    book = Workbook()
    book.remove(book.active)
    if epoch == 1904:
        book.epoch = dt.datetime(1904, 1, 1)
    cached: dict[tuple[int, str], float | str] = {}
    for number, (title, rows) in enumerate(sheets_of(content).items(), start=1):
        sheet = book.create_sheet(title)
        for r, row in enumerate(rows, start=1):
            for c, value in enumerate(row, start=1):
                _put(sheet, f"{get_column_letter(c)}{r}", value, number, cached)
    first = book.worksheets[0]
    for cells in merge:
        first.merge_cells(cells)
    for row in hidden:
        first.row_dimensions[row].hidden = True
    for letter in hidden_columns:
        first.column_dimensions[letter].hidden = True
    if filtered:
        first.auto_filter.ref = filtered
        first.auto_filter.add_filter_column(0, ["1"])
    stream = io.BytesIO()
    book.save(stream)
    return _patched(stream.getvalue(), cached, macros)


def _put(sheet: Any, at: str, value: Any, number: int, cached: dict) -> None:
    if value is None:
        return
    if isinstance(value, Formula):
        sheet[at] = f"={value.text}"
        if value.cached is not None:
            cached[number, at] = value.cached
    elif isinstance(value, Error):
        sheet[at] = value.sign
        sheet[at].data_type = "e"
    elif isinstance(value, Shown):
        sheet[at] = value.value
        sheet[at].number_format = value.format
    else:
        sheet[at] = value
        if isinstance(value, str) and value.startswith("="):
            sheet[at].data_type = "s"


def _patched(content: bytes, cached: Mapping[tuple[int, str], Any], macros: bool) -> bytes:
    """Put in what openpyxl cannot write: values of formulas, the content type of macros."""
    source, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.namelist():
            data = source.read(item)
            if found := re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", item):
                for (number, at), value in cached.items():
                    if number == int(found[1]):
                        data = _with_value(data, at, value)
            if macros and item == "[Content_Types].xml":
                data = data.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            archive.writestr(item, data)
        if macros:
            archive.writestr("xl/vbaProject.bin", b"\0" * 64)
    return stream.getvalue()


def _with_value(xml: bytes, at: str, value: Any) -> bytes:
    kind = b' t="str"' if isinstance(value, str) else b""
    pattern = rb'<c r="%s"([^>]*)>(<f>[^<]*</f>)<v ?/?>(?:</v>)?' % at.encode()
    put = rb'<c r="%s"\1%s>\2<v>%s</v>' % (at.encode(), kind, escape(str(value)).encode())
    patched, count = re.subn(pattern, put, xml)
    assert count == 1, at
    return patched


def xls(content: Sheets | Sequence[Row], *, hidden: Iterable[int] = ()) -> bytes:
    """A workbook of Excel 97; dates and errors with their types."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for title, rows in sheets_of(content).items():
        sheet = book.add_sheet(title)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, Error):
                    sheet.row(r).set_cell_error(c, value.sign)
                elif isinstance(value, Shown):
                    style = xlwt.easyxf(num_format_str=value.format)
                    sheet.write(r, c, value.value, style)
                elif isinstance(value, dt.date):
                    sheet.write(r, c, value, day)
                elif value is not None:
                    sheet.write(r, c, value)
    for row in hidden:
        book.get_sheet(0).row(row - 1).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
