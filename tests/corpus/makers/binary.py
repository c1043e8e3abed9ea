"""Excel's binary workbooks: records of a number, a length and data."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any

from tests.corpus.makers.cells import Error, Row, Sheets, sheets_of


def _record(number: int, data: bytes = b"") -> bytes:
    head = bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])
    length, size = len(data), b""
    while True:
        length, low = length >> 7, length & 0x7F
        size += bytes([low | (0x80 if length else 0)])
        if not length:
            return head + size + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _xlsb_cell(column: int, value: Any) -> bytes:
    head = struct.pack("<II", column, 0)
    if isinstance(value, Error):
        codes = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#N/A": 42}
        return _record(3, head + bytes([codes[value.sign]]))
    if isinstance(value, (int, float)):
        return _record(5, head + struct.pack("<d", value))
    return _record(6, head + _wide(str(value)))


def _xlsb_sheet(rows: Sequence[Row]) -> bytes:
    width = max((len(row) for row in rows), default=1)
    data = [
        _record(129),
        _record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)),
    ]
    data.append(_record(145))
    for r, row in enumerate(rows):
        if any(value is not None for value in row):
            data.append(_record(0, struct.pack("<IIHHBI", r, 0, 300, 0, 0, 0)))
            data += [_xlsb_cell(c, value) for c, value in enumerate(row) if value is not None]
    return b"".join([*data, _record(146), _record(130)])


def xlsb(content: Sheets | Sequence[Row]) -> bytes:
    """A binary workbook: numbers, texts and errors, as few records as a reader needs."""
    sheets = sheets_of(content)
    bundle = b"".join(
        _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(title))
        for number, title in enumerate(sheets, start=1)
    )
    book = b"".join([_record(131), _record(143), bundle, _record(144), _record(132)])
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.bin"/>'
        for n in range(1, len(sheets) + 1)
    )
    types = (
        f'<Types xmlns="{package}/content-types"><Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    root = f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.bin"/>'
    relations = f'<Relationships xmlns="{package}/relationships">'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", head + types)
        archive.writestr("_rels/.rels", f"{head}{relations}{root}</Relationships>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", f"{head}{relations}{links}</Relationships>")
        for number, rows in enumerate(sheets.values(), start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", _xlsb_sheet(rows))
    return stream.getvalue()
