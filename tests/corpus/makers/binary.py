"""Excel's binary workbooks: records of a number, a length and data."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.utils import coordinate_to_tuple, range_boundaries

from tests.corpus.makers.cells import Error, Formula, Looking, Pieces, Row, Sheets, sheets_of

STYLES = ("", "struck", "hidden")  # the numbers of the styles of cells
FONTS = ("", "struck", "raised")


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


def _xlsb_cell(row: int, column: int, value: Any, texts: list[bytes]) -> bytes:
    look = value.look if isinstance(value, Looking) else ""
    value = value.value if isinstance(value, Looking) else value
    head = struct.pack("<II", column, STYLES.index(look))
    if isinstance(value, Pieces):
        texts.append(_rich(value))
        return _record(7, head + struct.pack("<I", len(texts) - 1))
    if isinstance(value, Formula):
        tokens = _tokens(value.text)
        cached = struct.pack("<dH", value.cached or 0, 0)
        return _record(9, head + cached + struct.pack("<I", len(tokens)) + tokens + bytes(4))
    if isinstance(value, Error):
        codes = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#N/A": 42}
        return _record(3, head + bytes([codes[value.sign]]))
    if isinstance(value, (int, float)):
        return _record(5, head + struct.pack("<d", value))
    return _record(6, head + _wide(str(value)))


def _rich(text: Pieces) -> bytes:
    """A text with the font of each of its pieces."""
    runs, at = b"", 0
    for piece, look in text.pieces:
        runs += struct.pack("<HH", at, FONTS.index(look))
        at += len(piece.encode("utf-16-le")) // 2
    whole = "".join(piece for piece, _look in text.pieces)
    return b"\x01" + _wide(whole) + struct.pack("<I", len(text.pieces)) + runs


def _tokens(text: str) -> bytes:
    """A formula of numbers and cells added up, or one SUM over a range."""
    if found := re.fullmatch(r"SUM\((\w+):(\w+)\)", text):
        (top, left), (bottom, right) = (coordinate_to_tuple(corner) for corner in found.groups())
        area = struct.pack("<BIIHH", 0x25, top - 1, bottom - 1, left - 1, right - 1)
        return area + struct.pack("<BBH", 0x22, 1, 4)
    tokens = b""
    for number, part in enumerate(text.split("+")):
        if part.isdigit():
            tokens += struct.pack("<BH", 0x1E, int(part))
        else:
            row, column = coordinate_to_tuple(part)
            tokens += struct.pack("<BIH", 0x44, row - 1, column - 1)
        tokens += b"\x03" if number else b""
    return tokens


def _xlsb_sheet(
    rows: Sequence[Row], texts: list[bytes], hidden: set[int], columns: str, filtered: str
) -> bytes:
    width = max((len(row) for row in rows), default=1)
    data = [
        _record(129),
        _record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1)),
    ]
    for column in sorted(ord(letter) - ord("A") for letter in columns):
        data.append(_record(60, struct.pack("<IIIIH", column, column, 2000, 0, 1)))
    data.append(_record(145))
    for r, row in enumerate(rows):
        if any(value is not None for value in row):
            unseen = 0x10 if r + 1 in hidden else 0
            data.append(_record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, unseen, 0, 0)))
            data += [_xlsb_cell(r, c, value, texts) for c, value in enumerate(row)
                     if value is not None]  # fmt: skip
    data.append(_record(146))
    if filtered:
        left, top, right, bottom = range_boundaries(filtered)
        data.append(_record(161, struct.pack("<IIII", top - 1, bottom - 1, left - 1, right - 1)))
        data += [_record(163, bytes(6)), _record(164), _record(162)]
    return b"".join([*data, _record(130)])


def _xlsb_styles() -> bytes:
    """Fonts and styles of cells, in the order of `FONTS` and `STYLES`."""

    def font(look: str) -> bytes:
        flags, raised = 8 if look == "struck" else 0, 1 if look == "raised" else 0
        return struct.pack("<HHHHBBBB", 220, flags, 400, raised, 0, 2, 0, 0) + bytes(9) + _wide("A")

    def style(font: int, number_format: int) -> bytes:
        return _record(47, struct.pack("<HHHHHBBHBB", 0, number_format, font, 0, 0, 0, 0, 0, 0, 0))

    formats = _record(615, struct.pack("<I", 1)) + _record(
        44, struct.pack("<H", 170) + _wide(";;;")
    )
    fonts = [_record(43, font(look)) for look in FONTS]
    return b"".join(
        [
            *(_record(278), formats, _record(616)),
            *(_record(611, struct.pack("<I", len(fonts))), *fonts, _record(612)),
            *(_record(626, struct.pack("<I", 1)), style(0, 0), _record(627)),
            *(_record(617, struct.pack("<I", 3)), style(0, 0), style(1, 0), style(0, 170)),
            *(_record(618), _record(279)),
        ]
    )


def xlsb(
    content: Sheets | Sequence[Row],
    *,
    hidden: Iterable[int] = (),
    hidden_columns: str = "",
    filtered: str = "",
) -> bytes:
    """A binary workbook: numbers, texts and errors, as few records as a reader needs."""
    sheets = sheets_of(content)
    texts: list[bytes] = []
    bodies = [
        _xlsb_sheet(rows, texts, set(hidden), hidden_columns, filtered) for rows in sheets.values()
    ]
    cells = (value for rows in sheets.values() for row in rows for value in row)
    styled = any(isinstance(value, (Looking, Pieces)) for value in cells)
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
        for number, body in enumerate(bodies, start=1):
            archive.writestr(f"xl/worksheets/sheet{number}.bin", body)
        if styled:
            archive.writestr("xl/styles.bin", _xlsb_styles())
        if texts:
            counts = struct.pack("<II", len(texts), len(texts))
            items = b"".join(_record(19, text) for text in texts)
            archive.writestr("xl/sharedStrings.bin", _record(159, counts) + items + _record(160))
    return stream.getvalue()
