"""Workbooks as bytes, in every kind that Excel and LibreOffice save."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from tests.corpus.makers.binary import xlsb
from tests.corpus.makers.cells import (
    Error,
    Formula,
    Looking,
    Pieces,
    Row,
    Sheets,
    Shown,
    sheets_of,
)
from tests.corpus.makers.opendocument import ods
from tests.corpus.makers.spreadsheet_xml import xml2003

__all__ = [
    "Error", "Formula", "Looking", "Pieces", "Shown", "ods", "xls", "xlsb", "xlsx", "xml2003",
]  # fmt: skip


def xlsx(
    content: Sheets | Sequence[Row],
    *,
    merge: Iterable[str] = (),
    hidden: Iterable[int] = (),
    filtered: str = "",
    hidden_columns: str = "",
    epoch: int = 1900,
    macros: bool = False,
    shared: bool = False,
) -> bytes:
    """A workbook. `merge`, `hidden` (rows from 1) and `filtered` (a range) are of sheet 1.

    `shared`: its texts stand in a list of their own, as Excel keeps them, and not in the cells.
    """
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
    content = _patched(stream.getvalue(), cached, macros)
    return _with_shared_texts(content) if shared else content


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
    elif isinstance(value, Looking):
        _put(sheet, at, value.value, number, cached)
        if value.look == "struck":
            sheet[at].font = Font(strike=True)
        else:
            sheet[at].number_format = ";;;"
    elif isinstance(value, Pieces):
        sheet[at] = CellRichText(
            *(TextBlock(INLINE[look], text) if look else text for text, look in value.pieces)
        )
    else:
        sheet[at] = value
        if isinstance(value, str) and value.startswith("="):
            sheet[at].data_type = "s"


INLINE = {"struck": InlineFont(strike=True), "raised": InlineFont(vertAlign="superscript")}
IN_CELL = re.compile(rb't="inlineStr"><is>(.*?)</is></c>', re.DOTALL)
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TEXTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _with_shared_texts(content: bytes) -> bytes:
    """Move every text of a workbook into its list of texts."""
    source, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    texts: list[bytes] = []

    def number(match: re.Match[bytes]) -> bytes:
        texts.append(match[1])
        return b't="s"><v>%d</v></c>' % (len(texts) - 1)

    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for item in source.namelist():
            data = source.read(item)
            if item.startswith("xl/worksheets/sheet"):
                data = IN_CELL.sub(number, data)
            elif item == "[Content_Types].xml":
                part = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TEXTS}"/></Types>'
                data = data.replace(b"</Types>", part.encode())
            elif item == "xl/_rels/workbook.xml.rels":
                link = f'<Relationship Id="rIdT" Type="{OFFICE}/sharedStrings" '
                link += 'Target="sharedStrings.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", link.encode())
            archive.writestr(item, data)
        items = b"".join(b"<si>%s</si>" % text for text in texts)
        archive.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (MAIN, items))
    return stream.getvalue()


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


def xls(
    content: Sheets | Sequence[Row],
    *,
    hidden: Iterable[int] = (),
    hidden_columns: str = "",
) -> bytes:
    """A workbook of Excel 97; dates and errors with their types."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    for title, rows in sheets_of(content).items():
        sheet = book.add_sheet(title)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                _put_old(sheet, r, c, value)
    for row in hidden:
        book.get_sheet(0).row(row - 1).hidden = True
    for letter in hidden_columns:
        book.get_sheet(0).col(ord(letter) - ord("A")).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return _with_old_values(stream.getvalue(), content)


def _put_old(sheet: Any, r: int, c: int, value: Any) -> None:
    import xlwt

    if isinstance(value, Error):
        sheet.row(r).set_cell_error(c, value.sign)
    elif isinstance(value, Shown):
        sheet.write(r, c, value.value, xlwt.easyxf(num_format_str=value.format))
    elif isinstance(value, Formula):
        sheet.write(r, c, xlwt.Formula(value.text))
    elif isinstance(value, Looking) and value.look == "struck":
        sheet.write(r, c, value.value, xlwt.easyxf("font: struck_out on"))
    elif isinstance(value, Looking):
        sheet.write(r, c, value.value, xlwt.easyxf(num_format_str=";;;"))
    elif isinstance(value, Pieces):
        fonts = {look: xlwt.Font() for look in ("", "struck", "raised")}
        fonts["struck"].struck_out = True
        fonts["raised"].escapement = xlwt.Font.ESCAPEMENT_SUPERSCRIPT
        sheet.write_rich_text(r, c, [(text, fonts[look]) for text, look in value.pieces])
    elif isinstance(value, dt.date):
        sheet.write(r, c, value, xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    elif value is not None:
        sheet.write(r, c, value)


def _with_old_values(content: bytes, sheets: Sheets | Sequence[Row]) -> bytes:
    """Put in the values of formulas, which xlwt saves as empty texts, in their order."""
    cells = [v for rows in sheets_of(sheets).values() for row in rows for v in row]
    for formula in (value for value in cells if isinstance(value, Formula)):
        empty = struct.pack("<Q", 0xFFFF000000000003)
        assert empty in content
        value = empty[::-1] if formula.cached is None else struct.pack("<d", formula.cached)
        content = content.replace(empty, value, 1)
    return content.replace(struct.pack("<Q", 0xFFFF000000000003)[::-1],
                           struct.pack("<Q", 0xFFFF000000000003))  # fmt: skip
