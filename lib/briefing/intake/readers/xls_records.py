"""The records of a workbook of before 2007 (.xls): what its fast reader leaves out."""

from __future__ import annotations

import struct

from briefing.errors import IntakeError
from briefing.intake.readers.compound import BOOKS, stream_of, with_stream
from briefing.intake.readers.formula_tokens import BIFF_5, BIFF_8, FoundFormulas
from briefing.intake.readers.surveys import ERRORS, Survey, checked
from briefing.intake.readers.xls_looks import (
    SHARED_TEXT,
    OldLooks,
    blank_texts,
    looks_of,
    note_looks,
    records,
)

END_OF_SHEET, BEGIN, LOCKED, SHEET = 0x0A, 0x809, 0x2F, 0x85
FORMULA, ROW, BOOLEAN_OR_ERROR, SEVERAL_NUMBERS = 0x06, 0x208, 0x205, 0xBD
SHARED_FORMULA, COLUMNS, FILTERED, NAME = 0x4BC, 0x7D, 0x9B, 0x18
FILTER_RANGE, BUILT_IN = b"\x0d", 0x20  # a name that Excel gives
ONE_CELL = {FORMULA, BOOLEAN_OR_ERROR, 0x203, 0x204, 0xD6, 0xFD, 0x27E, 0x207}
NOTED = {FORMULA, ROW, BOOLEAN_OR_ERROR, SHARED_FORMULA, COLUMNS}
STRINGS, SPAN = 0xFC, 0x200
NO_CELL = 0x01  # a record that readers of Excel 97 pass over
MOST_ROWS, MOST_COLUMNS = 65_536, 256
LEAST_STRING = 3  # bytes
ROW_HIDDEN, COLUMN_HIDDEN = 0x20, 0x01
IS_ERROR, IS_BLANK = 2, 3  # what a formula's value is, where it is no number
NOTHING = bytes(8)  # the number 0


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        IntakeError: `file_encrypted`.
        ValueError, IndexError, struct.error: The workbook is damaged.
    """
    data = stream_of(content, BOOKS)
    starts, looks, ranges = checked(_sheets(data)), looks_of(data), _filters(data)
    return [
        _survey(data, start, looks, ranges.get(number)) for number, start in enumerate(starts, 1)
    ]


def without_blanks(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The workbook without the cells whose text shows nothing, wherever they stand.

    Raises:
        ValueError, IndexError, struct.error: The workbook is damaged.
    """
    data = bytearray(stream_of(content, BOOKS))
    blank = blank_texts(bytes(data))
    at = 0
    for number, record in records(bytes(data), 0):
        if number == SHARED_TEXT and len(record) >= 10 and _integer(record, 6) in blank:
            struct.pack_into("<H", data, at, NO_CELL)
        at += 4 + len(record)
    return with_stream(content, BOOKS, bytes(data)), ()


def _sheets(data: bytes) -> list[int]:
    """Where each sheet begins."""
    starts = []
    at = 0
    while at + 4 <= len(data):
        number, length = struct.unpack_from("<HH", data, at)
        if number == LOCKED:
            raise IntakeError("file_encrypted.file")
        if number == STRINGS and LEAST_STRING * _integer(data, at + 8) > len(data):
            raise ValueError("more texts than the workbook has room for")
        if number == SHEET:
            starts.append(_integer(data, at + 4))
        elif number == END_OF_SHEET:
            return starts
        at += 4 + length
    raise ValueError("the list of sheets does not end")


def _filters(data: bytes) -> dict[int, range]:
    """By the number of a sheet, the rows that its filter is for; of Excel 97 and later."""
    found = {}
    for number, record in records(data, 0):
        if number == END_OF_SHEET:
            break
        if number == NAME and len(record) > 16 and record[0] & BUILT_IN:
            letters, size, _index, sheet = struct.unpack_from("<BHHH", record, 3)
            tokens = record[15 + letters : 15 + letters + size]
            if record[15 : 15 + letters] == FILTER_RANGE and tokens[:1] == b"\x3b":
                first, last = struct.unpack_from("<HH", tokens, 3)
                found[sheet] = range(first + 1, last + 1)
    return found


def _note(sheet: Survey, formulas: FoundFormulas, number: int, record: bytes) -> None:
    """A record of `NOTED`."""
    if number == ROW and len(record) >= 14:
        row, height = struct.unpack_from("<H4xH", record)
        if record[12] & ROW_HIDDEN or not height & 0x7FFF:
            sheet.hidden_rows.add(row)
    elif number == COLUMNS and len(record) >= 9:
        first, last, width = struct.unpack_from("<HHH", record)
        if record[8] & COLUMN_HIDDEN or not width:
            sheet.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))
    elif number == SHARED_FORMULA:
        formulas.share(record[10:])
    elif number in (FORMULA, BOOLEAN_OR_ERROR) and len(record) >= 4:
        place = struct.unpack_from("<HH", record)
        if sign := _sign(number, record):
            sheet.texts.append((*place, sign))
        elif number == FORMULA and len(record) >= 22:
            tokens = record[22 : 22 + struct.unpack_from("<H", record, 20)[0]]
            formulas.add(place, tokens, _held(record))


def _survey(data: bytes, start: int, looks: OldLooks, filter_rows: range | None) -> Survey:
    sheet, formulas = Survey(), FoundFormulas(BIFF_8 if looks.is_97 else BIFF_5)
    last_row = last_column = -1
    inside, is_filtered = 0, False
    head, cell = struct.Struct("<HH").unpack_from, struct.Struct("<HHHH").unpack_from
    at, end = start, len(data) - 4
    while at <= end:
        number, length = head(data, at)
        if number in ONE_CELL and at + 8 <= end:
            _number, _length, row, column = cell(data, at)
            last_row, last_column = max(last_row, row), max(last_column, column)
        elif number == SEVERAL_NUMBERS and length >= 6:
            row, last = head(data, at + 4)[0], head(data, at + 2 + length)[0]
            last_row, last_column = max(last_row, row), max(last_column, last)
        elif number == SPAN:
            _check_span(data[at + 4 : at + 4 + length])
        elif number == FILTERED:
            is_filtered = is_filtered or inside == 1
        elif number == BEGIN:
            inside += 1
        elif number == END_OF_SHEET:
            inside -= 1
            if inside <= 0:
                break
        if inside == 1 and number in NOTED:
            _note(sheet, formulas, number, data[at + 4 : at + 4 + length])
        at += 4 + length
    sheet.rows, sheet.columns = last_row + 1, last_column + 1
    sheet.formulas, sheet.calculates = formulas.found(), formulas.calculates
    if is_filtered:
        rows = range(MOST_ROWS) if filter_rows is None else filter_rows
        sheet.filtered = {row for row in sheet.hidden_rows if row in rows}
        sheet.hidden_rows -= sheet.filtered
    note_looks(sheet, looks, data, start)
    return sheet


def _integer(data: bytes, at: int) -> int:
    return struct.unpack_from("<I", data, at)[0]


def _check_span(record: bytes) -> None:
    """Stop at a span that no sheet has: the fast reader makes room for all of it at once."""
    rows, columns = ("<II", 8) if len(record) == 14 else ("<HH", 4)
    top, below = struct.unpack_from(rows, record)
    left, beside = struct.unpack_from("<HH", record, columns)
    if not (top <= below <= MOST_ROWS and left <= beside <= MOST_COLUMNS):
        raise ValueError("a sheet wider or longer than any")


def _sign(number: int, record: bytes) -> str:
    """The sign of an error."""
    if number == BOOLEAN_OR_ERROR:
        return ERRORS.get(record[6], "#ERROR!") if len(record) > 7 and record[7] == 1 else ""
    is_error = len(record) > 13 and record[12:14] == b"\xff\xff" and record[6] == IS_ERROR
    return ERRORS.get(record[8], "#ERROR!") if is_error else ""


def _held(record: bytes) -> float | str | None:
    """What a formula was saved with: 0, an empty text, or `None` for any other value."""
    if record[12:14] == b"\xff\xff":
        return "" if record[6] == IS_BLANK else None
    return 0.0 if record[6:14] == NOTHING else None
