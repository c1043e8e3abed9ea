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


def sheets_of(content: Sheets | Sequence[Row]) -> Sheets:
    return content if isinstance(content, Mapping) else {"Sheet1": content}
