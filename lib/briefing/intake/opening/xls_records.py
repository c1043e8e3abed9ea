"""The records of a workbook of before 2007 (.xls): what its fast reader leaves out."""

from __future__ import annotations

import struct

from briefing.errors import IntakeError
from briefing.intake.opening.compound import stream_of
from briefing.intake.opening.surveys import ERRORS, Survey
from briefing.messages import Message

END_OF_SHEET, BEGIN, LOCKED, SHEET = 0x0A, 0x809, 0x2F, 0x85
FORMULA, ROW, BOOLEAN_OR_ERROR, SEVERAL_NUMBERS = 0x06, 0x208, 0x205, 0xBD
ONE_CELL = {FORMULA, BOOLEAN_OR_ERROR, 0x203, 0x204, 0xD6, 0xFD, 0x27E, 0x207}
STRINGS, SPAN = 0xFC, 0x200
MOST_ROWS, MOST_COLUMNS = 65_536, 256
LEAST_STRING = 3  # bytes
ROW_HIDDEN = 0x20
IS_ERROR, IS_BLANK = 2, 3  # what a formula's value is, where it is no number
SUM_OF_A_RANGE = b"\x19\x10"  # the two ways in which a formula ends in a SUM
SUM_OF_SEVERAL = (b"\x22", b"\x42", b"\x62")


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        IntakeError: `file_encrypted`.
        ValueError, IndexError, struct.error: The workbook is damaged.
    """
    data = stream_of(content, ("Workbook", "Book", "WORKBOOK", "BOOK"))
    return [_survey(data, start) for start in _sheets(data)]


def _sheets(data: bytes) -> list[int]:
    """Where each sheet begins."""
    starts = []
    at = 0
    while at + 4 <= len(data):
        number, length = struct.unpack_from("<HH", data, at)
        if number == LOCKED:
            raise IntakeError("file_encrypted", Message("the file is protected by a password"))
        if number == STRINGS and LEAST_STRING * _whole(data, at + 8) > len(data):
            raise ValueError("more texts than the workbook has room for")
        if number == SHEET:
            starts.append(_whole(data, at + 4))
        elif number == END_OF_SHEET:
            return starts
        at += 4 + length
    raise ValueError("the list of sheets does not end")


def _survey(data: bytes, at: int) -> Survey:
    texts: list[tuple[int, int, str]] = []
    hidden: list[int] = []
    last_row = last_column = -1
    inside = 0
    head, cell = struct.Struct("<HH").unpack_from, struct.Struct("<HHHH").unpack_from
    end = len(data) - 4
    while at <= end:
        number, length = head(data, at)
        if number in ONE_CELL and at + 8 <= end:
            _number, _length, row, column = cell(data, at)
            last_row, last_column = max(last_row, row), max(last_column, column)
            if number in (FORMULA, BOOLEAN_OR_ERROR):
                text = _text(number, data[at + 4 : at + 4 + length]) if inside == 1 else ""
                if text:
                    texts.append((row, column, text))
        elif number == SEVERAL_NUMBERS and length >= 6:
            row, last = head(data, at + 4)[0], head(data, at + 2 + length)[0]
            last_row, last_column = max(last_row, row), max(last_column, last)
        elif number == ROW and length >= 14 and data[at + 16] & ROW_HIDDEN and inside == 1:
            hidden.append(head(data, at + 4)[0])
        elif number == SPAN:
            _check_span(data[at + 4 : at + 4 + length])
        elif number == BEGIN:
            inside += 1
        elif number == END_OF_SHEET:
            inside -= 1
            if inside <= 0:
                break
        at += 4 + length
    return Survey(last_row + 1, last_column + 1, tuple(texts), frozenset(hidden))


def _whole(data: bytes, at: int) -> int:
    return struct.unpack_from("<I", data, at)[0]


def _check_span(record: bytes) -> None:
    """Stop at a span that no sheet has: the fast reader makes room for all of it at once."""
    rows, columns = ("<II", 8) if len(record) == 14 else ("<HH", 4)
    top, below = struct.unpack_from(rows, record)
    left, beside = struct.unpack_from("<HH", record, columns)
    if not (top <= below <= MOST_ROWS and left <= beside <= MOST_COLUMNS):
        raise ValueError("a sheet wider or longer than any")


def _text(number: int, record: bytes) -> str:
    """The sign of an error; of a sum that was saved without its value, its formula's name."""
    if number == BOOLEAN_OR_ERROR:
        return ERRORS.get(record[6], "#ERROR!") if len(record) > 7 and record[7] == 1 else ""
    if len(record) < 22 or record[12:14] != b"\xff\xff":
        return ""
    if record[6] == IS_ERROR:
        return ERRORS.get(record[8], "#ERROR!")
    tokens = record[22 : 22 + struct.unpack_from("<H", record, 20)[0]]
    is_sum = tokens[-4:-2] == SUM_OF_A_RANGE or (
        tokens[-4:-3] in SUM_OF_SEVERAL and tokens[-2:] == b"\x04\x00"
    )
    return "=SUM(…)" if record[6] == IS_BLANK and is_sum else ""
