"""Cells of a workbook that are more than a value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Sequence[Any]
Sheets = Mapping[str, Sequence[Row]]


@dataclass(frozen=True)
class Formula:
    """A formula and the value that its program saved with it (None: saved without)."""

    text: str
    cached: float | str | None = None


@dataclass(frozen=True)
class Error:
    """A cell in error, such as #REF!."""

    sign: str


@dataclass(frozen=True)
class Shown:
    """A number under a number format: 0.4285 shown as 42,85 %."""

    value: Any
    format: str


@dataclass(frozen=True)
class Looking:
    """A cell that looks otherwise as a whole: `struck` through, or `hidden` by its format “;;;”."""

    value: Any
    look: str


@dataclass(frozen=True)
class Pieces:
    """A text of which pieces look otherwise: `struck`, `raised`, or "" as usual."""

    pieces: tuple[tuple[str, str], ...]


def plain_of(value: Any) -> Any:
    """What a cell holds, however it looks."""
    if isinstance(value, Pieces):
        return "".join(text for text, _look in value.pieces)
    return value.value if isinstance(value, Looking) else value


def sheets_of(content: Sheets | Sequence[Row]) -> Sheets:
    return content if isinstance(content, Mapping) else {"Sheet1": content}
