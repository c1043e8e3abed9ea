"""The records of a binary workbook (.xlsb): what its fast reader leaves out."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from briefing.intake.opening.formula_tokens import BIFF_12, FoundFormulas
from briefing.intake.opening.packages import Package
from briefing.intake.opening.surveys import ERRORS, Survey, checked
from briefing.intake.opening.xlsb_looks import Looks, blank_texts, head_of, looks_of, records, wide

BOOK = "xl/workbook.bin"
ROW, NO_CELL, TEXT, SHARED_TEXT, SHEET, MERGED, COLUMNS = 0, 1, 6, 7, 156, 176, 60
ERROR, TEXT_OF_FORMULA, NUMBER_OF_FORMULA, ERROR_OF_FORMULA, RICH_TEXT = 3, 8, 9, 11, 62
SHARED_FORMULA, FILTER, FILTERED_COLUMN = 427, 161, 163
NOTED = {ROW, MERGED, COLUMNS, ERROR, TEXT_OF_FORMULA, NUMBER_OF_FORMULA, ERROR_OF_FORMULA,
         SHARED_FORMULA}  # fmt: skip
CELLS = {*range(2, ERROR_OF_FORMULA + 1), RICH_TEXT}  # 1 is a blank cell
ROW_HIDDEN, COLUMN_HIDDEN = 0x10, 0x01
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        KeyError, ValueError, IndexError, struct.error: The workbook is damaged.
    """
    package = Package(zipfile.ZipFile(io.BytesIO(content)), whole=True)
    links = {link.key: link.to for link in package.links(BOOK)}
    looks = looks_of(package)
    paths = [links[key] for key in checked(_sheets(package.read(BOOK)))]
    return [_survey(package, path, looks) for path in paths]


def without_blanks(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The workbook without the cells whose text shows nothing, wherever they stand.

    Raises:
        ValueError, IndexError, struct.error: The workbook is damaged.
    """
    package = Package(zipfile.ZipFile(io.BytesIO(content)))
    linked = package.links(package.main[1] if package.main else "")
    lists = (package.read(link.to) for link in linked if link.kind == "sharedStrings")
    texts = next(map(blank_texts, lists), ())
    sheets = [to for kind, to, _key in linked if kind == "worksheet" and to in package.names]
    return package.with_parts({to: _emptied(package.read(to), texts) for to in sheets}), ()


def _emptied(data: bytes, blank: Container[int]) -> bytes:
    """A sheet with cells of blank texts as cells that hold nothing."""
    changed = bytearray(data)
    start = 0
    while start < len(data):
        number, length, at = head_of(data, start)
        shared = number == SHARED_TEXT and struct.unpack_from("<I", data, at + 8)[0] in blank
        if shared or (number == TEXT and not wide(data, at + 8).strip()):
            changed[start] = NO_CELL
        start = at + length
    return bytes(changed)


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


@dataclass
class _Sheet:
    """What has been met of one sheet so far, besides how far its cells reach."""

    formulas: FoundFormulas = field(default_factory=lambda: FoundFormulas(BIFF_12))
    texts: list[tuple[int, int, str]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def note(self, number: int, row: int, record: bytes) -> None:
        """A record of `NOTED`, in a row or, for those of the whole sheet, anywhere."""
        if number == ROW and len(record) > 11:
            if record[11] & ROW_HIDDEN or record[8:10] == b"\0\0":
                self.hidden.add(row)
        elif number in (ERROR, ERROR_OF_FORMULA):
            column = struct.unpack_from("<I", record)[0]
            self.texts.append((row, column, ERRORS.get(record[8], "#ERROR!")))
        elif number == TEXT_OF_FORMULA:
            self.formulas.calculates = True
        elif number == NUMBER_OF_FORMULA:
            column, value = struct.unpack_from("<I4xd", record)
            tokens, more = _tokens(record, 18)
            self.formulas.add((row, column), tokens, None if value else 0.0, more)
        elif number == SHARED_FORMULA:
            self.formulas.share(_tokens(record, 16)[0])
        elif number == COLUMNS and len(record) >= 18:
            first, last, width = struct.unpack_from("<III", record)
            if record[16] & COLUMN_HIDDEN or not width:
                self.columns.update(range(first, min(last, MOST_COLUMNS) + 1))
        elif number == MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", record)
            self.merged.append((top, left, bottom, right))


def _survey(package: Package, path: str, looks: Looks) -> Survey:
    data = package.read(path)
    sheet = _Sheet()
    row = last_row = last_column = -1
    at, end = 0, len(data)
    whole = struct.Struct("<I").unpack_from
    while at < end:
        number, length, at = head_of(data, at)
        if number in CELLS:
            column = whole(data, at)[0]
            last_row, last_column = max(last_row, row), max(last_column, column)
        elif number == ROW:
            row = whole(data, at)[0]
        if number in NOTED:
            sheet.note(number, row, data[at : at + length])
        at += length
    filtered = sheet.hidden & _filtered(package, path, data) if sheet.hidden else set()
    styles, runs = looks.of_cells(_cells(data)) if looks else ({}, {})
    return Survey(
        last_row + 1, last_column + 1, tuple(sheet.texts),
        formulas=sheet.formulas.found(),
        calculates=sheet.formulas.calculates,
        hidden_rows=frozenset(sheet.hidden - filtered),
        hidden_columns=frozenset(sheet.columns),
        filtered=frozenset(filtered),
        styles=styles,
        runs=runs,
        merged=tuple(sheet.merged),
    )  # fmt: skip


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


def _filtered(package: Package, path: str, data: bytes) -> set[int]:
    """The rows under the heads of filters that let only some of them through."""
    rows: set[int] = set()
    for part in (data, *package.tables_of(path)):
        below = range(0)
        for number, record in records(part):
            if number == FILTER:
                first, last = struct.unpack_from("<II", record)
                below = range(first + 1, min(last, MOST_ROWS) + 1)
            elif number == FILTERED_COLUMN:
                rows.update(below)
    return rows
