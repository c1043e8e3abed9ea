"""What the fast reader of workbooks does not tell about a sheet, read from its own records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.opening import limits
from briefing.intake.opening.cell_styles import CellStyle, Runs
from briefing.messages import Message

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
        raise IntakeError("file_too_large", Message("a workbook of {n} sheets", {"n": len(sheets)}))
    return sheets


@dataclass(frozen=True)
class Formula:
    """A formula that its program may never have calculated.

    Attributes:
        text: In A1 notation without the sign in front, as far as it is known: `SUM(E5:E9)`.
        held: What was saved as its value: `None` nothing, 0, or "", which may rightly be empty.
    """

    text: str
    held: float | str | None = None


@dataclass(frozen=True)
class Survey:
    """One sheet, as far as its records tell it.

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
    texts: tuple[tuple[int, int, str], ...] = ()
    formulas: Mapping[Place, Formula] = field(default_factory=dict)
    calculates: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: frozenset[int] = frozenset()
    styles: Mapping[Place, CellStyle] = field(default_factory=dict)
    runs: Mapping[Place, Runs] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] | None = None

    @property
    def cells(self) -> int:
        return self.rows * self.columns
