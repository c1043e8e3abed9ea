"""The records of a binary workbook (.xlsb): what its fast reader leaves out."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from xml.etree import ElementTree

from briefing.intake.opening.surveys import ERRORS, Survey

ROW, SHEET, MERGED = 0, 156, 176
ERROR, ERROR_OF_FORMULA, RICH_TEXT = 3, 11, 62
CELLS = {*range(2, ERROR_OF_FORMULA + 1), RICH_TEXT}  # 1 is a blank cell
ROW_HIDDEN = 0x10


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        KeyError, ValueError, IndexError, struct.error: The workbook is damaged.
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    links = {
        link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))[1:]
        for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.bin.rels"))
    }
    return [_survey(archive.read(links[key])) for key in _sheets(archive.read("xl/workbook.bin"))]


def _sheets(data: bytes) -> list[str]:
    """The key of each sheet's place in the archive."""
    keys = []
    at = 0
    while at < len(data):
        number, length, at = _record(data, at)
        if number == SHEET:
            count = struct.unpack_from("<I", data, at + 8)[0]
            keys.append(data[at + 12 : at + 12 + 2 * count].decode("utf-16-le"))
        at += length
    return keys


def _survey(data: bytes) -> Survey:
    texts: list[tuple[int, int, str]] = []
    hidden: list[int] = []
    merged: list[tuple[int, int, int, int]] = []
    row = last_row = last_column = -1
    at, end = 0, len(data)
    whole = struct.Struct("<I").unpack_from
    while at < end:
        number, length, at = _record(data, at)
        if number in CELLS:
            column = whole(data, at)[0]
            last_row, last_column = max(last_row, row), max(last_column, column)
            if number in (ERROR, ERROR_OF_FORMULA):
                texts.append((row, column, ERRORS.get(data[at + 8], "#ERROR!")))
        elif number == ROW:
            row = whole(data, at)[0]
            if length > 11 and data[at + 11] & ROW_HIDDEN:
                hidden.append(row)
        elif number == MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", data, at)
            merged.append((top, left, bottom, right))
        at += length
    return Survey(last_row + 1, last_column + 1, tuple(texts), frozenset(hidden), tuple(merged))


def _record(data: bytes, at: int) -> tuple[int, int, int]:
    """Number and length of a record, and where its data begin; both in groups of seven bits."""
    number = data[at]
    at += 1
    if number & 0x80:
        number = number & 0x7F | (data[at] & 0x7F) << 7
        at += 1
    length = shift = 0
    while True:
        byte = data[at]
        at += 1
        length |= (byte & 0x7F) << shift
        if byte < 0x80 or shift == 21:
            return number, length, at
        shift += 7
