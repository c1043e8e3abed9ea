"""Calculate the simple formulas of a sheet that its program saved without their values.

Sums, the four operations, counts and references within the sheet; whatever else a formula holds,
its value stays unknown. A formula is cut into tokens by openpyxl, and read as Python reads an
expression: in these operations the two agree on what binds closer.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from typing import Any

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from briefing.intake.readers.grids import column_number
from briefing.intake.readers.surveys import Place, Survey

LONGEST = 1_000  # characters
DEEPEST = 60  # formulas that rest on formulas
MOST_CELLS = 3_000_000  # looked at in one sheet
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?")
OPERATIONS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub,
    ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


class Unknown(Exception):
    """What a formula gives can't be told here."""


@dataclass(frozen=True)
class _Range:
    top: int
    left: int
    bottom: int
    right: int


def calculated(cells: list[list[Any]], survey: Survey, name: str) -> dict[Place, float | None]:
    """The value of each formula of a survey, `None` where it can't be told.

    Args:
        cells: The sheet as read; what formulas of the survey hold there is not looked at.
        name: Of the sheet, by which its own cells may be called.
    """
    sheet = _Sheet(cells, survey, name)
    return {place: sheet.value_of(place) for place in sorted(survey.formulas)}


@dataclass
class _Sheet:
    cells: list[list[Any]]
    survey: Survey
    name: str
    known: dict[Place, float | None] = field(default_factory=dict)
    open: list[Place] = field(default_factory=list)  # formulas that are being calculated
    looked_at: int = 0

    def __post_init__(self) -> None:
        """How far the sheet goes, with formulas that stand outside of what was read."""
        places = self.survey.formulas.keys()
        self.rows = max([len(self.cells), *(row + 1 for row, _column in places)])
        self.columns = max([*map(len, self.cells), *(column + 1 for _row, column in places)])

    def value_of(self, place: Place) -> float | None:
        if place not in self.known and place not in self.open and len(self.open) < DEEPEST:
            self.open.append(place)
            try:
                self.known[place] = self._number(self._tree(self.survey.formulas[place].text))
            except (Unknown, ArithmeticError, ValueError, SyntaxError, RecursionError, MemoryError,
                    TokenizerError):  # fmt: skip
                self.known[place] = None
            finally:
                self.open.pop()
        return self.known.get(place)

    def _tree(self, text: str) -> ast.expr:
        if len(text) > LONGEST:
            raise Unknown
        tokens = Tokenizer("=" + text).items
        return ast.parse("".join(map(_python, tokens)).strip(), mode="eval").body

    def _number(self, node: ast.AST) -> float:
        value = self._evaluate(node)
        if isinstance(value, _Range):
            if (value.top, value.left) != (value.bottom, value.right):
                raise Unknown
            value = self._operand(value.top, value.left)
        if not math.isfinite(value):
            raise Unknown
        return value

    def _evaluate(self, node: ast.AST) -> float | _Range:
        match node:
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Constant(value=str() as reference):
                return self._range(reference)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -self._number(operand)
            case ast.UnaryOp(op=ast.UAdd(), operand=operand):
                return self._number(operand)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATIONS:
                return OPERATIONS[type(op)](self._number(left), self._number(right))
            case ast.Call(func=ast.Name(id=function), args=arguments):
                return self._call(function, arguments)
        raise Unknown

    def _call(self, function: str, arguments: list[ast.expr]) -> float:
        unseen: Set[int] = frozenset()
        if function == "SUBTOTAL" and arguments:
            kind, arguments = int(self._number(arguments[0])), arguments[1:]
            function = SUBTOTALS.get(kind % 100, "")
            unseen = self.survey.filtered | (self.survey.hidden_rows if kind > 100 else frozenset())
        if function == "ROW" and not arguments:
            return self.open[-1][0] + 1
        if function not in FUNCTIONS:
            raise Unknown
        values = [value for node in arguments for value in self._values(node, unseen)]
        numbers = [value for value in values if not isinstance(value, str)]
        return FUNCTIONS[function](values if function == "COUNTA" else numbers)

    def _values(self, node: ast.AST, unseen: Set[int]) -> Iterator[float | str]:
        """What an argument of a function over ranges holds; texts in a range are no numbers."""
        value = self._evaluate(node)
        if not isinstance(value, _Range):
            yield value
            return
        rows = range(value.top, min(value.bottom + 1, self.rows))
        columns = range(value.left, min(value.right + 1, self.columns))
        self.looked_at += len(rows) * len(columns)
        if self.looked_at > MOST_CELLS:
            raise Unknown
        for row in (row for row in rows if row not in unseen):
            for column in columns:
                held = self._held(row, column)
                if held not in ("", None):
                    yield held

    def _range(self, reference: str) -> _Range:
        sheet, _mark, own = reference.rpartition("!")
        match = REFERENCE.fullmatch(own.upper())
        if not match or sheet.strip("'").replace("''", "'") not in ("", self.name):
            raise Unknown
        columns = sorted(column_number(letters) for letters in (match[1], match[3] or match[1]))
        rows = sorted(int(row) - 1 for row in (match[2], match[4] or match[2]))
        return _Range(rows[0], columns[0], rows[1], columns[1])

    def _operand(self, row: int, column: int) -> float:
        value = self._held(row, column)
        if isinstance(value, str):
            if value and not (value.isascii() and value.isdigit()):
                raise Unknown
            return float(value or 0)
        return value or 0.0

    def _held(self, row: int, column: int) -> float | str | None:
        if (row, column) in self.survey.formulas:
            if (value := self.value_of((row, column))) is None:
                raise Unknown
            return value
        line = self.cells[row] if row < len(self.cells) else ()
        value = line[column] if column < len(line) else None
        if value is not None and type(value) not in (str, int, float):  # a day, TRUE
            raise Unknown
        if isinstance(value, str) and value.startswith("#"):  # an error
            raise Unknown
        return value


def _python(token: Token) -> str:
    """A token as Python writes it; a reference as a text, in brackets that keep it apart."""
    if token.type == Token.OPERAND and token.subtype == Token.RANGE:
        return f"({token.value!r})"
    if token.type == Token.OPERAND and token.subtype == Token.NUMBER:
        return repr(float(token.value))
    if token.type == Token.FUNC:
        name = token.value.upper().removeprefix("_XLFN.")
        return name if token.subtype == Token.CLOSE or name[:-1].isalpha() else "?"
    plain = {Token.PAREN, Token.SEP, Token.OP_PRE, Token.WSPACE}
    is_operation = token.type == Token.OP_IN and token.value in "+-*/"
    if (token.type in plain and token.value != ";") or is_operation:
        return token.value if token.type != Token.WSPACE else " "
    raise Unknown


def _average(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


FUNCTIONS: dict[str, Callable[[list], float]] = {
    "SUM": math.fsum, "PRODUCT": math.prod, "AVERAGE": _average,
    "COUNT": lambda numbers: float(len(numbers)), "COUNTA": lambda values: float(len(values)),
    "MAX": lambda numbers: max(numbers, default=0.0),
    "MIN": lambda numbers: min(numbers, default=0.0),
}  # fmt: skip
SUBTOTALS = {1: "AVERAGE", 2: "COUNT", 3: "COUNTA", 4: "MAX", 5: "MIN", 6: "PRODUCT", 9: "SUM"}
