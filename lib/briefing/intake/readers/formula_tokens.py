"""The formulas of Excel's binary workbooks, which stand there as tokens, put into words.

Numbers of tokens and functions: [MS-XLS] and [MS-XLSB], Ptg and Ftab. What is not named here is
nothing that is calculated, and ends the reading: such a formula is “…”.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from briefing.intake.readers.grids import column_letters
from briefing.intake.readers.surveys import Formula, Place

SHARED, ATTRIBUTE = 0x01, 0x19
NUMBERS = {0x1E: struct.Struct("<H"), 0x1F: struct.Struct("<d")}
FUNCTION_OF_SEVERAL, CELL, AREA, NEAR_CELL, NEAR_AREA = 0x22, 0x24, 0x25, 0x2C, 0x2D
CELL_ELSEWHERE, AREA_ELSEWHERE = 0x3A, 0x3B
OPERATIONS = {0x03: "+", 0x04: "-", 0x05: "*", 0x06: "/"}
SIGNS, BRACKETS = {0x12: "+", 0x13: "-"}, 0x15
SUM_OF_ONE, BEYOND_SPACE = 0x10, 0x0E  # attributes: a sum; those that choose or jump
FUNCTIONS = {0: "COUNT", 4: "SUM", 5: "AVERAGE", 6: "MIN", 7: "MAX", 8: "ROW", 169: "COUNTA",
             183: "PRODUCT", 344: "SUBTOTAL"}  # fmt: skip
RELATIVE_COLUMN, RELATIVE_ROW = 0x4000, 0x8000
UNTOLD = "…"


@dataclass(frozen=True)
class Layout:
    """How a version of Excel writes references: of a cell, and of a range (rows, then columns).

    Attributes:
        rows, columns: How many a sheet has at most.
        flags_in_row: What is relative stands with the row and not with the column.
    """

    cell: struct.Struct
    area: struct.Struct
    rows: int
    columns: int
    flags_in_row: bool = False

    def place(self, row: int, column: int, near: Place | None) -> str:
        """A reference in words; `near`: the cell that a shared formula is read for."""
        flags = row if self.flags_in_row else column
        row, column = row % self.rows, column % self.columns
        if near and flags & RELATIVE_ROW:
            row = (near[0] + row) % self.rows
        if near and flags & RELATIVE_COLUMN:
            column = (near[1] + column) % self.columns
        return f"{column_letters(column)}{row + 1}"


BIFF_5 = Layout(struct.Struct("<HB"), struct.Struct("<HHBB"), 0x4000, 0x100, flags_in_row=True)
BIFF_8 = Layout(struct.Struct("<HH"), struct.Struct("<HHHH"), 0x10000, 0x100)
BIFF_12 = Layout(struct.Struct("<IH"), struct.Struct("<IIHH"), 0x100000, 0x4000)


@dataclass
class FoundFormulas:
    """The formulas of a sheet that have no value or a value of 0, in the order of its records.

    Attributes:
        calculates: A formula with another value was met.
    """

    layout: Layout
    calculates: bool = False
    _own: list[tuple[Place, bytes, bytes, float | str]] = field(default_factory=list)
    _shared: dict[Place, bytes] = field(default_factory=dict)
    _last: Place = (0, 0)

    def add(self, place: Place, tokens: bytes, held: float | str | None, more: bytes = b"") -> None:
        """A formula, and the value saved with it: `None` for one that needs no second look."""
        self._last = place
        if held is None:
            self.calculates = True
        else:
            self._own.append((place, tokens, more, held))

    def share(self, tokens: bytes) -> None:
        """The formula that the last one and others share, in the record behind it."""
        self._shared[self._last] = tokens

    def found(self) -> dict[Place, Formula]:
        return {
            place: Formula(self._text(place, tokens, more), held)
            for place, tokens, more, held in self._own
        }

    def _text(self, place: Place, tokens: bytes, more: bytes) -> str:
        if tokens[:1] != bytes([SHARED]):
            return in_words(tokens, self.layout)
        key = struct.unpack("<HH", tokens[1:5]) if len(tokens) == 5 and not more else None
        if len(more) >= 4:  # a row of more bits, its column behind the tokens
            key = struct.unpack("<II", tokens[1:5] + more[:4])
        return in_words(self._shared.get(key, b""), self.layout, place) if key else UNTOLD


def in_words(tokens: bytes, layout: Layout, near: Place | None = None) -> str:
    """A formula as it is typed, without the sign in front; “…” where that can't be told."""
    try:
        return _Words(layout, near).read(tokens)
    except (IndexError, struct.error):
        return UNTOLD


@dataclass
class _Words:
    layout: Layout
    near: Place | None
    stack: list[str] = field(default_factory=list)

    def read(self, tokens: bytes) -> str:
        at = 0
        while at < len(tokens):
            number = tokens[at]
            if number >= 0x40:  # the same token, of another class of values
                number = number & 0x1F | 0x20
            at = self._token(number, tokens, at + 1)
            if at < 0:
                return UNTOLD
        return self.stack.pop() if len(self.stack) == 1 else UNTOLD

    def _token(self, number: int, tokens: bytes, at: int) -> int:
        """Read one token; where the next begins, or −1 behind one that is not known."""
        stack = self.stack
        if number in OPERATIONS:
            right, left = stack.pop(), stack.pop()
            stack.append(f"{left}{OPERATIONS[number]}{right}")
        elif number in SIGNS:
            stack.append(SIGNS[number] + stack.pop())
        elif number == BRACKETS:
            stack.append(f"({stack.pop()})")
        elif number in NUMBERS:
            stack.append(repr(NUMBERS[number].unpack_from(tokens, at)[0]))
            at += NUMBERS[number].size
        elif number == ATTRIBUTE and not tokens[at] & BEYOND_SPACE:
            if tokens[at] & SUM_OF_ONE:
                stack.append(f"SUM({stack.pop()})")
            at += 3
        elif number == FUNCTION_OF_SEVERAL:
            count, function = struct.unpack_from("<BH", tokens, at)
            at = self._call(FUNCTIONS.get(function & 0x7FFF, ""), count & 0x7F, at + 3)
        else:
            at = self._reference(number, tokens, at)
        return at

    def _reference(self, number: int, tokens: bytes, at: int) -> int:
        """The same of a cell or a range, of which those of another sheet are not told."""
        layout = self.layout
        near = self.near if number in (NEAR_CELL, NEAR_AREA) else None
        if number in (CELL, NEAR_CELL):
            row, column = layout.cell.unpack_from(tokens, at)
            self.stack.append(layout.place(row, column, near))
            return at + layout.cell.size
        if number in (AREA, NEAR_AREA):
            top, bottom, left, right = layout.area.unpack_from(tokens, at)
            corners = layout.place(top, left, near), layout.place(bottom, right, near)
            self.stack.append(":".join(corners))
            return at + layout.area.size
        if number in (CELL_ELSEWHERE, AREA_ELSEWHERE) and not layout.flags_in_row:
            self.stack.append(UNTOLD)
            return at + 2 + (layout.cell if number == CELL_ELSEWHERE else layout.area).size
        return -1

    def _call(self, function: str, count: int, at: int) -> int:
        if not function or count > len(self.stack):
            return -1
        arguments = self.stack[len(self.stack) - count :]
        del self.stack[len(self.stack) - count :]
        self.stack.append(f"{function}({','.join(arguments)})")
        return at
