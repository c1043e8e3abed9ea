"""The records of a binary workbook (.xlsb): what its fast reader leaves out."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from briefing.intake.opening.formula_tokens import BIFF_12, FoundFormulas
from briefing.intake.opening.surveys import ERRORS, Place, Survey
from briefing.intake.opening.xlsb_looks import Looks, head_of, looks_of, records
from briefing.intake.opening.xlsx_hidden import tables_of

ROW, SHEET, MERGED, COLUMNS = 0, 156, 176, 60
ERROR, TEXT_OF_FORMULA, NUMBER_OF_FORMULA, ERROR_OF_FORMULA, RICH_TEXT = 3, 8, 9, 11, 62
SHARED_FORMULA, FILTER, FILTERED_COLUMN = 427, 161, 163
CELLS = {*range(2, ERROR_OF_FORMULA + 1), RICH_TEXT}  # 1 is a blank cell
ROW_HIDDEN, COLUMN_HIDDEN = 0x10, 0x01
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


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
    looks = looks_of(archive)
    paths = [links[key] for key in _sheets(archive.read("xl/workbook.bin"))]
    return [_survey(archive, path, looks) for path in paths]


def _sheets(data: bytes) -> list[str]:
    """The key of each sheet's place in the archive."""
    keys = []
    at = 0
    while at < len(data):
        number, length, at = head_of(data, at)
        if number == SHEET:
            count = struct.unpack_from("<I", data, at + 8)[0]
            keys.append(data[at + 12 : at + 12 + 2 * count].decode("utf-16-le"))
        at += length
    return keys


def _survey(archive: zipfile.ZipFile, path: str, looks: Looks) -> Survey:
    data = archive.read(path)
    texts: list[tuple[int, int, str]] = []
    formulas = FoundFormulas(BIFF_12)
    hidden: set[int] = set()
    columns: set[int] = set()
    merged: list[tuple[int, int, int, int]] = []
    row = last_row = last_column = -1
    at, end = 0, len(data)
    whole = struct.Struct("<I").unpack_from
    while at < end:
        number, length, at = head_of(data, at)
        if number in CELLS:
            column = whole(data, at)[0]
            last_row, last_column = max(last_row, row), max(last_column, column)
            if number in (ERROR, ERROR_OF_FORMULA):
                texts.append((row, column, ERRORS.get(data[at + 8], "#ERROR!")))
            elif number == TEXT_OF_FORMULA:
                formulas.calculates = True
            elif number == NUMBER_OF_FORMULA:
                _formula(formulas, (row, column), data[at : at + length])
        elif number == ROW:
            row = whole(data, at)[0]
            if length > 11 and (data[at + 11] & ROW_HIDDEN or data[at + 8 : at + 10] == b"\0\0"):
                hidden.add(row)
        elif number == COLUMNS and length >= 18:
            first, last, width = struct.unpack_from("<III", data, at)
            if data[at + 16] & COLUMN_HIDDEN or not width:
                columns.update(range(first, min(last, MOST_COLUMNS) + 1))
        elif number == SHARED_FORMULA:
            formulas.share(_tokens(data, at + 16)[0])
        elif number == MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", data, at)
            merged.append((top, left, bottom, right))
        at += length
    filtered = hidden & _filtered(archive, path, data) if hidden else set()
    styles, runs = looks.of_cells(_cells(data)) if looks else ({}, {})
    return Survey(
        last_row + 1, last_column + 1, tuple(texts),
        formulas=formulas.found(),
        calculates=formulas.calculates,
        hidden_rows=frozenset(hidden - filtered),
        hidden_columns=frozenset(columns),
        filtered=frozenset(filtered),
        styles=styles,
        runs=runs,
        merged=tuple(merged),
    )  # fmt: skip


def _formula(formulas: FoundFormulas, place: Place, record: bytes) -> None:
    value = struct.unpack_from("<d", record, 8)[0]
    tokens, more = _tokens(record, 18)
    formulas.add(place, tokens, None if value else 0.0, more)


def _tokens(data: bytes, at: int) -> tuple[bytes, bytes]:
    """A formula's tokens, and what stands behind them."""
    count = struct.unpack_from("<I", data, at)[0]
    behind = at + 4 + count
    more = struct.unpack_from("<I", data, behind)[0]
    return data[at + 4 : behind], data[behind + 4 : behind + 4 + more]


def _cells(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Row, number and data of each record of a cell."""
    row = -1
    for number, record in records(data):
        if number == ROW:
            row = struct.unpack_from("<I", record)[0]
        elif number in CELLS:
            yield row, number, record


def _filtered(archive: zipfile.ZipFile, path: str, data: bytes) -> set[int]:
    """The rows under the heads of filters that let only some of them through."""
    rows: set[int] = set()
    for part in (data, *tables_of(archive, path)):
        below = range(0)
        for number, record in records(part):
            if number == FILTER:
                first, last = struct.unpack_from("<II", record)
                below = range(first + 1, min(last, MOST_ROWS) + 1)
            elif number == FILTERED_COLUMN:
                rows.update(below)
    return rows
