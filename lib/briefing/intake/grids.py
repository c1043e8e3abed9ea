"""Open a file: whatever its format, it becomes cells with addresses. The one door for reading."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from briefing.errors import IntakeError
from briefing.messages import Message

MAX_BYTES = 50 * 2**20
MAX_CELLS = 5_000_000


@dataclass(frozen=True)
class Grid:
    """A rectangle of cells, each with the address that a person would look for.

    Attributes:
        kind: `sheet` (of a workbook), `table` (of a document) or `lines` (one cell per row).
        name: The sheet's name, or the number of the table.
        cells: Rows of values, row and column 0 being the first of the sheet or table.
        merged: Ranges (first row, first column, last row, last column) shown as one cell.
    """

    kind: Literal["sheet", "table", "lines"]
    name: str
    cells: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()

    def where(self, row: int, column: int) -> str:
        """The address of a cell, as the contract writes it."""
        if self.kind == "sheet":
            return f"{self.name}!{column_letters(column)}{row + 1}"
        if self.kind == "table":
            return f"table {self.name}, row {row + 1}, column {column + 1}"
        return f"{self.name} {row + 1}"

    def value(self, row: int, column: int) -> Any:
        line = self.cells[row] if row < len(self.cells) else []
        return line[column] if column < len(line) else None

    def filled(self, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int, Any]]:
        """Every cell that is not empty, row by row: row, column, value."""
        for row, line in enumerate(self.cells[first:last], start=first):
            for column, value in enumerate(line):
                if value not in ("", None):
                    yield row, column, value


@dataclass(frozen=True)
class Part:
    """Grids that belong to one report: a sheet alone, or a whole document in its order."""

    name: str
    grids: tuple[Grid, ...]


def column_letters(column: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def open_parts(content: bytes, suffix: str) -> list[Part]:
    """The parts of a file that hold anything.

    Args:
        content: The file's bytes.
        suffix: Its ending, with the dot, any case. The content decides where the two disagree.

    Raises:
        IntakeError: With rule `empty_report`, `file_too_large`, `file_encrypted` or
            `file_unreadable`, and what to do.
    """
    if not content.strip(b"\0"):
        raise IntakeError("empty_report", Message("the file is empty (0 bytes of content)"))
    if len(content) > MAX_BYTES:
        raise IntakeError(
            "file_too_large", Message("the file is larger than {mb} MB", {"mb": MAX_BYTES >> 20})
        )
    kind = _sniff(content)
    if kind == "xlsx":
        return _open_workbook(content)
    if kind == "docx":
        return _open_word(content)
    if kind == "encrypted":
        raise IntakeError("file_encrypted", Message("the file is protected by a password"))
    if kind == "broken":
        raise IntakeError("file_unreadable", Message("the file is damaged or was not sent whole"))
    raise IntakeError(
        "file_unreadable", Message("a file of type “{suffix}” can't be read yet", {"suffix": suffix or "?"})
    )


def _sniff(content: bytes) -> str:
    """The format by content: a renamed file is still what it is."""
    if content.startswith(b"PK"):
        try:
            names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
        except zipfile.BadZipFile:
            return "broken"
        if "xl/workbook.xml" in names:
            return "xlsx"
        return "docx" if "word/document.xml" in names else "unknown"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        return "encrypted" if encrypted else "unknown"
    return "unknown"


def _open_workbook(content: bytes) -> list[Part]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [part for name in book.sheet_names if (part := _sheet(book, name))]
    except (CalamineError, OSError, ValueError) as error:
        raise IntakeError(
            "file_unreadable", Message("the workbook is damaged: {error}", {"error": str(error)})
        ) from error


def _sheet(book: Any, name: str) -> Part | None:
    sheet = book.get_sheet_by_name(name)
    if sheet.width * sheet.height > MAX_CELLS:
        raise IntakeError(
            "file_too_large",
            Message("sheet “{name}” spans {n} cells", {"name": name, "n": sheet.width * sheet.height}),
        )
    if sheet.start is None:
        return None
    top, left = sheet.start
    rows = sheet.to_python(skip_empty_area=True)
    cells = [[] for _row in range(top)] + [[None] * left + row for row in rows]
    merged = tuple((r0, c0, r1, c1) for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or ())
    return Part(name, (Grid("sheet", name, cells, merged),))


def _open_word(content: bytes) -> list[Part]:
    from docx import Document
    from docx.opc.exceptions import OpcError

    try:
        body = Document(io.BytesIO(content)).element.body
    except (OpcError, KeyError, ValueError, zipfile.BadZipFile, SyntaxError) as error:
        raise IntakeError(
            "file_unreadable", Message("the document is damaged: {error}", {"error": str(error)})
        ) from error
    grids: list[Grid] = []
    paragraphs, tables = 0, 0
    lines: list[list[Any]] = []
    for element in body:
        if element.tag.endswith("}p"):
            paragraphs += 1
            lines.append([_paragraph_text(element) or None])
        elif element.tag.endswith("}tbl"):
            grids += _take_lines(lines, paragraphs)
            tables += 1
            grids.append(_table(element, str(tables)))
            lines = []
    grids += _take_lines(lines, paragraphs)
    return (
        [Part("", tuple(grids))] if any(True for grid in grids for _cell in grid.filled()) else []
    )


def _take_lines(lines: list[list[Any]], upto: int) -> list[Grid]:
    """The paragraphs since the last table, numbered from the start of the document."""
    if not lines:
        return []
    return [Grid("lines", "paragraph", [[] for _line in range(upto - len(lines))] + lines)]


def _paragraph_text(paragraph: Any) -> str:
    """The text of a paragraph with its line breaks and tabs, whatever holds the runs."""
    pieces = []
    for node in paragraph.iter():
        tag = node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""
        if tag == "t":
            pieces.append(node.text or "")
        elif tag in ("br", "cr"):
            pieces.append("\n")
        elif tag == "tab" and node.getparent().tag.endswith("}r"):
            pieces.append("\t")
    return "".join(pieces)


def _table(table: Any, name: str) -> Grid:
    cells: list[list[Any]] = []
    merged: list[tuple[int, int, int, int]] = []
    open_merges: dict[int, tuple[int, int]] = {}
    for row_number, row in enumerate(table.tr_lst):
        line: list[Any] = []
        for cell in row.tc_lst:
            first, last = len(line), len(line) + cell.grid_span - 1
            if cell.vMerge == "continue":
                top, width = open_merges.get(first, (row_number, cell.grid_span))
                merged = [m for m in merged if m[:2] != (top, first)]
                merged.append((top, first, row_number, first + width - 1))
                line += [None] * cell.grid_span
                continue
            open_merges[first] = (row_number, cell.grid_span)
            if last > first:
                merged.append((row_number, first, row_number, last))
            text = "\n".join(_paragraph_text(p) for p in cell.p_lst).strip()
            line += [text or None] + [None] * (cell.grid_span - 1)
        cells.append(line)
    return Grid("table", name, cells, tuple(merged))


CELL = re.compile(r"^(?P<sheet>.*)!(?P<column>[A-Z]+)(?P<row>\d+)$")


def compress(cells: Iterable[str]) -> str:
    """Cells as a person writes them: `Sheet1!E8:E12; Sheet1!E14`."""
    pieces: list[str] = []
    run: tuple[str, str, int, int] | None = None
    for cell in cells:
        match = CELL.match(cell)
        if not match:
            pieces.append(cell)
            continue
        sheet, column, row = match["sheet"], match["column"], int(match["row"])
        if run and run[:2] == (sheet, column) and row == run[3] + 1:
            run = (sheet, column, run[2], row)
            continue
        pieces += _range(run)
        run = (sheet, column, row, row)
    return "; ".join([*pieces, *_range(run)])


def _range(run: tuple[str, str, int, int] | None) -> list[str]:
    if run is None:
        return []
    sheet, column, first, last = run
    return [f"{sheet}!{column}{first}" + (f":{column}{last}" if last > first else "")]
