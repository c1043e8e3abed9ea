"""Open a sheet written as lines of text that any program reads: SYLK (.slk), DIF (.dif)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any

from briefing.intake.opening.charsets import text_of
from briefing.intake.opening.damage import damaged
from briefing.intake.opening.grids import Grid, Part
from briefing.intake.opening.plain_text import lines_of
from briefing.intake.opening.xml_workbooks import rows_of
from briefing.intake.values.text import clean

FIELDS = re.compile(r"(?<!;);(?!;)")
CONTROL = re.compile("\x1b([ -/])([0-?])")  # a sign as two halves: ESC, blank, colon is a new line
LONGEST = 9  # digits of a row; more of them lead as far beyond any sheet
Cells = dict[tuple[int, int], Any]


def open_sylk(content: bytes) -> list[Part]:
    """The one sheet of a .slk.

    Raises:
        IntakeError: `file_unreadable`, `file_too_large`.
    """
    cells: Cells = {}
    row = column = 0
    for line in lines_of(text_of(content)):
        sort, *fields = FIELDS.split(line.rstrip("\r\n"))
        for field in fields if sort in ("C", "F") else ():
            if field[:1] in "XY" and field[1:].isdigit():
                number = int(field[1 : LONGEST + 1])
                row, column = (row, number) if field[0] == "X" else (number, column)
            elif field[:1] == "K" and sort == "C":
                cells[row - 1, column - 1] = _value(field[1:].replace(";;", ";"))
    return _parts(cells)


def _value(said: str) -> Any:
    if said.startswith('"'):
        text = said[1:].removesuffix('"').replace('""', '"')
        return CONTROL.sub(lambda m: chr((ord(m[1]) - 32) * 16 + ord(m[2]) - 48), text)
    return _number(said)


def _number(said: str) -> Any:
    try:
        return float(said)
    except ValueError:
        return said


def open_dif(content: bytes) -> list[Part]:
    """The one sheet of a .dif.

    Raises:
        IntakeError: `file_unreadable`, `file_too_large`.
    """
    cells: Cells = {}
    row, column = -1, 0
    lines = iter(lines_of(text_of(content)))
    if not any(line.strip() == "DATA" for line in lines):
        raise damaged()
    for said, text in _pairs(lines):
        if said == "-1":
            row, column = row + 1, 0
        elif row >= 0:
            sort, _comma, number = said.partition(",")
            cells[row, column] = _number(number) if sort == "0" and text == "V" else text
            column += 1
    return _parts(cells)


def _pairs(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The two lines of each value: its sort, with a number where it is one, and its text."""
    for line in lines:
        said = line.strip().replace(" ", "")
        text = next(csv.reader([next(lines, "").strip()]), [""])
        yield ("-1" if said.startswith("-1,") else said), "".join(text[:1])


def _parts(cells: Cells) -> list[Part]:
    held = {at: value for at, value in cells.items() if clean(value) and min(at) >= 0}
    return [Part("", (Grid("sheet", "Sheet1", rows_of(held)),))] if held else []
