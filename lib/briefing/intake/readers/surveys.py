"""What the fast reader of workbooks does not tell about a sheet, read from its own records."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.readers import limits
from briefing.intake.readers.flow import Look

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip  # codes in the binary formats
Place = tuple[int, int]  # row and column, from 0


def checked(sheets: list[Any]) -> list[Any]:
    """The sheets of a workbook, or what stands for them, before any is taken apart.

    Raises:
        IntakeError: `file_too_large`.
    """
    if len(sheets) > limits.MAX_SHEETS:
        raise IntakeError("file_too_large.sheets", n=len(sheets))
    return sheets


Runs = tuple[tuple[str, Look | None], ...]  # pieces of a text; None: looks as its cell does
QUOTED = re.compile(r'"([^"]*)"|\\(.)')
UNSEEN = re.compile(r"\[[^\[\]]*\]|[_*].")  # colours and conditions, gaps and what fills them


@dataclass(frozen=True)
class CellStyle:
    """Where a cell as a whole is no part of what is seen.

    Attributes:
        struck: Its font is struck through.
        hides_numbers, hides_texts: Its number format shows nothing of them, as “;;;” does.
    """

    struck: bool = False
    hides_numbers: bool = False
    hides_texts: bool = False

    def look(self, value: Any) -> Look:
        hidden = self.hides_texts if isinstance(value, str) else self.hides_numbers
        return "hidden" if hidden else "struck" if self.struck else ""


@dataclass(frozen=True)
class BookLooks:
    """What a workbook says of how its cells look.

    Attributes:
        styles: By the number of a cell's style, of those that have a look.
        fonts: By their number, of the fonts that have a look.
        shared: By their number, the texts that look different in parts.
    """

    styles: Mapping[int, CellStyle] = field(default_factory=dict)
    fonts: Mapping[int, Look] = field(default_factory=dict)
    shared: Mapping[int, Runs] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.styles or self.fonts)


def cell_styles(cell_looks: Iterable[tuple[bool, str]]) -> dict[int, CellStyle]:
    """The styles of a workbook's list that have a look; of each, what `cell_style` asks for."""
    styles = enumerate(cell_style(*look) for look in cell_looks)
    return {number: style for number, style in styles if style}


def cell_style(struck: bool, number_format: str = "") -> CellStyle | None:
    """The style of a font and a number format of Excel; `None` for cells that are read as usual."""
    numbers, texts = _hides(number_format) if ";" in number_format else (False, False)
    return CellStyle(struck, numbers, texts) if struck or numbers or texts else None


def _hides(number_format: str) -> tuple[bool, bool]:
    """Whether a format shows neither numbers of any sign, and whether it shows no texts."""
    shown = QUOTED.sub(lambda q: "x" if (q[1] or q[2] or "").strip() else "", number_format)
    sections = [section.strip() for section in UNSEEN.sub("", shown).split(";")]
    return not any(sections[:3]), len(sections) > 3 and not sections[3]


def runs_at(text: str, starts: Iterable[tuple[int, int]], fonts: Mapping[int, Look]) -> Runs:
    """The pieces of a text of Excel's binary formats.

    Args:
        starts: Where a piece begins (in units of UTF-16) and the number of its font, in order;
            what stands before the first has the font of its cell.
        fonts: Number → look, of the fonts that have one.
    """
    units = text.encode("utf-16-le")
    marks: list[tuple[int, Look | None]] = [(0, None)]
    marks += [(start, fonts.get(font, "")) for start, font in starts]
    ends = [start for start, _look in marks[1:]] + [len(units) // 2]
    pieces = (
        (units[2 * start : 2 * end].decode("utf-16-le", "replace"), look)
        for (start, look), end in zip(marks, ends, strict=True)
    )
    return tuple((piece, look) for piece, look in pieces if piece)


@dataclass(frozen=True)
class Formula:
    """A formula that its program may never have calculated.

    Attributes:
        text: In A1 notation without the sign in front, as far as it is known: `SUM(E5:E9)`.
        held: What was saved as its value: `None` nothing, 0, or "", which may rightly be empty.
    """

    text: str
    held: float | str | None = None


@dataclass
class Survey:
    """One sheet, as far as its records tell it; filled in as they are met.

    Attributes:
        rows, columns: How far it spans at most; looked at before a reader makes room for it.
        texts: Row, column and text of the cells that the fast reader takes for empty: the sign
            of an error (`#REF!`).
        formulas: Those without a value, or with a value of 0.
        calculates: The sheet's program calculates: a 0 that can't be calculated again is one.
        hidden_rows, hidden_columns: What was hidden by hand.
        filtered: Rows that a filter keeps from view.
        styles: How the cells look that are struck through or hidden as a whole.
        runs: The pieces of the texts that look different in parts.
        merged: Ranges (first row, first column, last row, last column), where the fast reader
            does not give them.
    """

    rows: int = 0
    columns: int = 0
    texts: list[tuple[int, int, str]] = field(default_factory=list)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    calculates: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: set[int] = field(default_factory=set)
    styles: dict[Place, CellStyle] = field(default_factory=dict)
    runs: dict[Place, Runs] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] | None = None

    @property
    def cells(self) -> int:
        return self.rows * self.columns

    def look(self, place: Place, style: CellStyle | None, runs: Runs = ()) -> None:
        """Note how a cell looks as a whole, and its pieces where they look different."""
        if style:
            self.styles[place] = style
        if runs:
            self.runs[place] = runs


def rows_of(cells: Mapping[Place, Any]) -> list[list[Any]]:
    """The rows of a sheet whose cells are known by their places.

    Raises:
        IntakeError: `file_too_large`.
    """
    height = max((row + 1 for row, _column in cells), default=0)
    width = max((column + 1 for _row, column in cells), default=0)
    if height * width > limits.MAX_CELLS:
        raise IntakeError("file_too_large.spread", n=height * width)
    rows: list[list[Any]] = [[None] * width for _row in range(height)]
    for (row, column), value in cells.items():
        rows[row][column] = value
    return rows
