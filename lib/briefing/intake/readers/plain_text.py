"""Open a text: a table where its cells are told apart, else its lines; or a sheet that is written
as lines of text for any program (SYLK, DIF)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.parsers.text import clean
from briefing.intake.readers import limits
from briefing.intake.readers.drawn_tables import drawn_table, lined_up_table
from briefing.intake.readers.encodings import text_of
from briefing.intake.readers.grids import Grid, Part
from briefing.intake.readers.surveys import rows_of

DELIMITERS = "\t;|,"
SAMPLE = 300  # rows by which the delimiter is told
FEW_ROWS, SOME_ROWS = 2, 3  # alike, that make a text a table; where it might be prose, more
FEW_COLUMNS = 3
LEADING, GROUP = re.compile(r"[1-9]\d{0,2}"), re.compile(r"\d{3}")  # of a number with a comma
TALLEST = 30  # lines of one cell; more, and a quotation mark was never closed
FIELDS = re.compile(r"(?<!;);(?!;)")
CONTROL = re.compile("\x1b([ -/])([0-?])")  # a sign as two halves: ESC, blank, colon is a new line
LONGEST = 9  # digits of a row; more of them lead as far beyond any sheet
Cells = dict[tuple[int, int], Any]


def delimiter_of(lines: Sequence[str], *, surely: bool) -> str | None:
    """The sign that cuts most rows into the same number of cells; `None` where none does.

    Args:
        lines: With their ends.
        surely: The file is not named as a table: only rows that no prose has make it one.
    """
    stated = stated_delimiter(lines)
    if stated:
        return stated
    scored = {sign: _rows_alike(lines, sign, surely=surely) for sign in DELIMITERS}
    best = max(scored, key=scored.__getitem__)
    return best if scored[best][0] else None


def stated_delimiter(lines: Sequence[str]) -> str | None:
    """The delimiter where the first line names it, as Excel writes it: `sep=;`."""
    first = lines[0].strip('\r\n\ufeff" ') if lines else ""
    return first[4] if len(first) == 5 and first[:4].lower() == "sep=" else None


def _rows_alike(lines: Sequence[str], sign: str, *, surely: bool) -> tuple[int, int]:
    """How well a sign cuts the lines into rows of as many cells; (0, 0) where it does not."""
    sample = [line for line in lines[: 2 * SAMPLE] if sign in line]
    prose = sign in ",;" and any(f"{sign} " in line for line in sample)
    if not sample or (surely and prose):
        return 0, 0
    rows = (row for row, _first in islice(_rows(lines, sign), SAMPLE))
    counts = Counter(len(row) for row in rows if sum(map(bool, map(str.strip, row))) > 1)
    if not counts:
        return 0, 0
    width = max(counts, key=lambda width: (counts[width] * (width - 1), width))
    alike = counts[width]
    if surely or prose:
        enough = alike >= (FEW_ROWS if width >= FEW_COLUMNS and not prose else SOME_ROWS)
        enough = enough and 2 * alike >= counts.total() and (sign == "\t" or width >= FEW_COLUMNS)
    else:
        enough = alike >= FEW_ROWS or (counts.total() == 1 and width >= FEW_COLUMNS)
    return (alike * (width - 1), width) if enough else (0, 0)


def table_of(lines: Sequence[str], delimiter: str) -> Grid:
    """The table; each row knows the line of the file that it begins in.

    Lone lines between the rows, such as a letterhead, are rows of one cell.
    """
    cells: list[list[str]] = []
    firsts: list[int] = []
    for row, first in _rows(lines, delimiter):
        cells.append([cell.strip(" \t\r\n") for cell in row] if any(row) else [])
        firsts.append(first)
    if delimiter == ",":
        width = _head_width(cells)
        cells = [_rejoined(row, width) for row in cells]
    if stated_delimiter(lines):
        cells[0] = []
    alike = all(first == number for number, first in enumerate(firsts, start=1))
    return Grid("csv", "", cells, first_lines=() if alike else tuple(firsts))


def _head_width(cells: Sequence[Sequence[str]]) -> int:
    """The cells of the first row that may be a heading: filled side by side, without a number."""
    for row in cells:
        filled = [cell for cell in row if cell]
        if len(filled) >= FEW_COLUMNS:
            return 0 if any(cell.isdigit() for cell in filled) else len(row)
    return 0


def _rejoined(row: list[str], width: int) -> list[str]:
    """A row in which numbers such as 1,045 were cut at their comma, whole again.

    Only where it is as many cells too long as it has such pairs.
    """
    over = len(row) - width
    if not width or over <= 0:
        return row
    joined: list[str] = []
    for i, cell in enumerate(row):
        cut = i and GROUP.fullmatch(cell) and LEADING.fullmatch(joined[-1])
        if cut:
            joined[-1] += f",{cell}"
        else:
            joined.append(cell)
    return joined if len(joined) == width else row


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[tuple[list[str], int]]:
    """The cells of each row, and the line of the file that it begins in, from 1.

    A quotation mark that is never closed is a mark like any other.
    """
    first = 0
    while first < len(lines):
        row, taken = _row(lines, first, delimiter)
        yield row, first + 1
        first += taken


def _row(lines: Sequence[str], first: int, delimiter: str) -> tuple[list[str], int]:
    """The cells of the row that begins in a line, and how many lines it takes."""
    line = lines[first]
    if '"' not in line:
        return line.rstrip("\r\n").split(delimiter), 1
    try:
        reader = csv.reader(islice(lines, first, first + TALLEST), delimiter=delimiter, strict=True)
        return next(reader), reader.line_num
    except (csv.Error, StopIteration):
        return line.rstrip("\r\n").split(delimiter), 1


def read_sylk(content: bytes) -> list[Part]:
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


def _value(expression: str) -> Any:
    if expression.startswith('"'):
        text = expression[1:].removesuffix('"').replace('""', '"')
        return CONTROL.sub(lambda m: chr((ord(m[1]) - 32) * 16 + ord(m[2]) - 48), text)
    return _number(expression)


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def read_dif(content: bytes) -> list[Part]:
    """The one sheet of a .dif.

    Raises:
        IntakeError: `file_unreadable`, `file_too_large`.
    """
    cells: Cells = {}
    row, column = -1, 0
    lines = iter(lines_of(text_of(content)))
    if not any(line.strip() == "DATA" for line in lines):
        raise IntakeError("file_unreadable.damaged")
    for head, text in _pairs(lines):
        if head == "-1":
            row, column = row + 1, 0
        elif row >= 0:
            sort, _comma, number = head.partition(",")
            cells[row, column] = _number(number) if sort == "0" and text == "V" else text
            column += 1
    return _parts(cells)


def _pairs(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The two lines of each value: its sort, with a number where it is one, and its text."""
    for line in lines:
        head = line.strip().replace(" ", "")
        text = next(csv.reader([next(lines, "").strip()]), [""])
        yield ("-1" if head.startswith("-1,") else head), "".join(text[:1])


def _parts(cells: Cells) -> list[Part]:
    held = {at: value for at, value in cells.items() if clean(value) and min(at) >= 0}
    return [Part("", (Grid("sheet", "Sheet1", rows_of(held)),))] if held else []


def read_plain_text(content: bytes) -> list[Part]:
    """The one part of a text: lines (`line 12`), or the table that was pasted into it.

    Raises:
        IntakeError: `file_too_large`.
    """
    return _opened(content, surely=True)


def read_delimited(content: bytes) -> list[Part]:
    """The one part of a file that is named as a table (.csv, .tsv): its cells
    (`line 12, column 3`), or its lines where nothing tells cells apart.

    Raises:
        IntakeError: `file_too_large`.
    """
    return _opened(content, surely=False)


def _opened(content: bytes, *, surely: bool) -> list[Part]:
    lines = lines_of(text_of(content))
    grid = None if stated_delimiter(lines) else drawn_table(lines)
    if grid is None and (delimiter := delimiter_of(lines, surely=surely)):
        grid = table_of(lines, delimiter)
    if grid is None:
        grid = lined_up_table(lines) or Grid("lines", "line", [_line(line) for line in lines])
    return [Part("", (grid,))] if any(True for _cell in grid.filled()) else []


def _line(line: str) -> list[str]:
    return [text] if (text := line.strip()) else []


def lines_of(text: str) -> Sequence[str]:
    """The lines of a text with their ends, as its readers count them.

    Raises:
        IntakeError: `file_too_large`: more lines, or longer ones, than a report has.
    """
    every = io.StringIO(text.replace("\0", ""), newline="")
    lines = list(islice(every, limits.MAX_LINES + 1))
    longest = max(map(len, lines), default=0)
    if len(lines) <= limits.MAX_LINES and longest <= limits.MAX_LINE:
        return lines
    counted = max(len(lines), text.count("\n"))
    raise IntakeError("file_too_large.lines", lines=counted, longest=longest)
