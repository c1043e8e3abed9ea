"""Open a Word document: its paragraphs and tables in their order, as grids."""

from __future__ import annotations

import io
from typing import Any

from briefing.errors import IntakeError
from briefing.intake.opening.grids import Grid, Part
from briefing.messages import Message


def open_word(content: bytes) -> list[Part]:
    """The document's one part; none where nothing is written in it.

    Raises:
        IntakeError: `file_unreadable`.
    """
    from docx import Document

    try:
        body = Document(io.BytesIO(content)).element.body
        return _parts(body)
    except Exception as error:  # whatever a damaged document makes of the parsers
        raise IntakeError(
            "file_unreadable", Message("the document is damaged: {error}", {"error": str(error)})
        ) from error


def _parts(body: Any) -> list[Part]:
    grids: list[Grid] = []
    paragraphs, tables = 0, 0
    lines: list[list[Any]] = []
    for element in body:
        if element.tag.endswith("}p"):
            paragraphs += 1
            lines.append([_paragraph_text(element) or None])
        elif element.tag.endswith("}tbl"):
            grids += _take_lines(lines, paragraphs)
            tables += 1
            grids.append(_table(element, str(tables)))
            lines = []
    grids += _take_lines(lines, paragraphs)
    return (
        [Part("", tuple(grids))] if any(True for grid in grids for _cell in grid.filled()) else []
    )


def _take_lines(lines: list[list[Any]], upto: int) -> list[Grid]:
    """The paragraphs since the last table, numbered from the start of the document."""
    if not lines:
        return []
    return [Grid("lines", "paragraph", [[] for _line in range(upto - len(lines))] + lines)]


def _paragraph_text(paragraph: Any) -> str:
    """The text of a paragraph with its line breaks and tabs, whatever holds the runs."""
    pieces = []
    for node in paragraph.iter():
        tag = node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""
        if tag == "t":
            pieces.append(node.text or "")
        elif tag in ("br", "cr"):
            pieces.append("\n")
        elif tag == "tab" and node.getparent().tag.endswith("}r"):
            pieces.append("\t")
    return "".join(pieces)


def _table(table: Any, name: str) -> Grid:
    cells: list[list[Any]] = []
    merged: list[tuple[int, int, int, int]] = []
    open_merges: dict[int, tuple[int, int]] = {}
    for row_number, row in enumerate(table.tr_lst):
        line: list[Any] = [None] * row.grid_before
        for cell in row.tc_lst:
            first, last = len(line), len(line) + cell.grid_span - 1
            if cell.vMerge == "continue":
                top, width = open_merges.get(first, (row_number, cell.grid_span))
                merged = [m for m in merged if m[:2] != (top, first)]
                merged.append((top, first, row_number, first + width - 1))
                line += [None] * cell.grid_span
                continue
            open_merges[first] = (row_number, cell.grid_span)
            if last > first:
                merged.append((row_number, first, row_number, last))
            text = "\n".join(_paragraph_text(p) for p in cell.p_lst).strip()
            line += [text or None] + [None] * (cell.grid_span - 1)
        cells.append(line)
    return Grid("table", name, cells, tuple(merged))
