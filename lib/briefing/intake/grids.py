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
MAX_UNPACKED = 500 * 2**20  # bytes; an archive that grows beyond it is not a report
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
    kind = _sniff(content) if len(content) <= MAX_BYTES else "bomb"
    if kind == "bomb":
        limit = (MAX_BYTES if len(content) > MAX_BYTES else MAX_UNPACKED) >> 20
        raise IntakeError(
            "file_too_large", Message("the file is larger than {mb} MB", {"mb": limit})
        )
    if kind == "xlsx":
        from briefing.intake.workbooks import open_workbook

        return open_workbook(content)
    if kind == "docx":
        from briefing.intake.worddocs import open_word

        return open_word(content)
    if kind == "encrypted":
        raise IntakeError("file_encrypted", Message("the file is protected by a password"))
    if kind == "broken":
        raise IntakeError("file_unreadable", Message("the file is damaged or was not sent whole"))
    raise IntakeError(
        "file_unreadable",
        Message("a file of type “{suffix}” can't be read yet", {"suffix": suffix or "?"}),
    )


def _sniff(content: bytes) -> str:
    """The format by content: a renamed file is still what it is."""
    if content.startswith(b"PK"):
        try:
            members = zipfile.ZipFile(io.BytesIO(content)).infolist()
        except Exception:  # whatever a damaged archive makes of the parser
            return "broken"
        return _sniff_archive(members)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        return "encrypted" if encrypted else "unknown"
    return "unknown"


def _sniff_archive(members: list[zipfile.ZipInfo]) -> str:
    if any(member.flag_bits & 1 for member in members):
        return "encrypted"
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        return "bomb"
    names = {member.filename for member in members}
    if "xl/workbook.xml" in names:
        return "xlsx"
    office = "[Content_Types].xml" in names and any(name.startswith("word/") for name in names)
    return "docx" if office else "unknown"


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
