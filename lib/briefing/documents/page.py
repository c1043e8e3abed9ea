"""What every print of a page that is no formal document keeps to."""

from __future__ import annotations

from typing import Any

from briefing.documents.columns import fitted

Json = dict[str, Any]

PAPER_MM = 210
MARGINS_MM = (22, 15, 16, 25)  # top, right, bottom, left
WIDTH = (PAPER_MM - MARGINS_MM[1] - MARGINS_MM[3]) / 25.4 * 72
"""Of the text, in points."""

INSET = 3.5
"""Points at either side of a cell."""


def table_size(columns: int) -> float:
    """The size of the letters of a table, in points: the smaller, the more columns."""
    return 9.5 if columns <= 6 else 9 if columns <= 8 else 8.5


def columns(table: Json) -> tuple[float, list[float]]:
    """The size of the letters of a table block, and the width of each column, in points."""
    names = table["columns"]
    return fitted(names, table["rows"], WIDTH, table_size(len(names)), INSET, marked=True)
