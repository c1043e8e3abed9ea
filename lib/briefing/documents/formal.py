"""What every print of a formal document keeps to; after Nghị định 30/2020/NĐ-CP, Phụ lục I."""

from __future__ import annotations

from typing import Any

from briefing.documents.columns import fitted
from briefing.documents.lines import breakable

Json = dict[str, Any]

PAPER_MM = 210
MARGINS_MM = (20, 15, 20, 30)  # top, right, bottom, left
WIDTH = (PAPER_MM - MARGINS_MM[1] - MARGINS_MM[3]) / 25.4 * 72
"""Of the text, in points."""

INSET = 4
"""Points at either side of a cell."""

RUNNING = ("paragraph", "bullets", "notice", "action_list")


def table_size(columns: int) -> float:
    """The size of the letters of a table, in points: the smaller, the more columns."""
    return 12 if columns <= 6 else 11 if columns <= 8 else 10


def columns(table: Json) -> tuple[float, list[float]]:
    """The size of the letters of a table block, and the width of each column, in points."""
    names = table["columns"]
    return fitted(names, table["rows"], WIDTH, table_size(len(names)), INSET)


def running(block: Json) -> Json:
    """The same block; where its text is justified, spaces between words may stretch and break."""
    return _breakable(block) if block["block"] in RUNNING else block


def _breakable(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _breakable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_breakable(inner) for inner in value]
    return breakable(value) if isinstance(value, str) else value
