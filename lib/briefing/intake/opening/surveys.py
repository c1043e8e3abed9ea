"""What the fast reader of workbooks does not tell about a sheet, read from its own records."""

from __future__ import annotations

from dataclasses import dataclass

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip  # codes in the binary formats


@dataclass(frozen=True)
class Survey:
    """One sheet, as far as its records tell it.

    Attributes:
        rows, columns: How far it spans at most; looked at before a reader makes room for it.
        texts: Row, column and text of the cells that the fast reader takes for empty: the sign
            of an error (`#REF!`), or a formula that was saved without its value (`=SUM(E5:E9)`).
        hidden: Rows that aren't shown: hidden by hand or by a filter.
        merged: Ranges (first row, first column, last row, last column), where the fast reader
            does not give them.
    """

    rows: int = 0
    columns: int = 0
    texts: tuple[tuple[int, int, str], ...] = ()
    hidden: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] | None = None

    @property
    def cells(self) -> int:
        return self.rows * self.columns
