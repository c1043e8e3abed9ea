"""Open a workbook that is one file of XML (“XML Spreadsheet 2003”), as some programs export."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from briefing.errors import IntakeError
from briefing.intake.opening import limits
from briefing.intake.opening.grids import Grid, Part
from briefing.messages import Message

SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"


def open_xml_workbook(content: bytes) -> list[Part]:
    """One part for each sheet that holds anything; addresses as in any workbook.

    Raises:
        IntakeError: `file_unreadable`, or `file_too_large`.
    """
    try:
        sheets = list(ElementTree.fromstring(content).iter(f"{SPACE}Worksheet"))
        parts = [Part(s.get(f"{SPACE}Name", ""), (_grid(s),), _is_visible(s)) for s in sheets]
    except IntakeError:
        raise
    except Exception as error:  # whatever damaged XML makes of the parser
        raise IntakeError(
            "file_unreadable", Message("the workbook is damaged: {error}", {"error": str(error)})
        ) from error
    return [part for part in parts if any(True for _cell in part.grids[0].filled())]


def _is_visible(sheet: ElementTree.Element) -> bool:
    visible = sheet.findtext(f".//{EXCEL}Visible")
    return visible in (None, "SheetVisible")


def _grid(sheet: ElementTree.Element) -> Grid:
    cells: dict[tuple[int, int], Any] = {}
    merged: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    row = -1
    for line in sheet.iter(f"{SPACE}Row"):
        row = _number(line, "Index", row + 2) - 1
        last = row + _number(line, "Span", 0)
        if line.get(f"{SPACE}Hidden") == "1":
            hidden.update(range(row, min(last, row + limits.MAX_LINES) + 1))
        column = -1
        for cell in line.iter(f"{SPACE}Cell"):
            column = _number(cell, "Index", column + 2) - 1
            value = _value(cell)
            if value not in ("", None):
                cells[row, column] = value
            right, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
            if right or down:
                merged.append((row, column, row + down, column + right))
            column += right
        row = last
    return Grid("sheet", sheet.get(f"{SPACE}Name", ""), _rows(cells), tuple(merged),
                frozenset(hidden))  # fmt: skip


def _rows(cells: dict[tuple[int, int], Any]) -> list[list[Any]]:
    height = max((row + 1 for row, _column in cells), default=0)
    width = max((column + 1 for _row, column in cells), default=0)
    if height * width > limits.MAX_CELLS:
        raise IntakeError(
            "file_too_large", Message("a table of {n} cells", {"n": height * width}),
            Message("Delete what stands far from the table, save the file and send it again."),
        )  # fmt: skip
    rows: list[list[Any]] = [[None] * width for _row in range(height)]
    for (row, column), value in cells.items():
        rows[row][column] = value
    return rows


def _value(cell: ElementTree.Element) -> Any:
    """What a cell holds; a formula without its value is its text, as in any workbook."""
    data = cell.find(f"{SPACE}Data")
    if data is None:
        data = cell.find("{http://www.w3.org/TR/REC-html40}Data")
    formula = cell.get(f"{SPACE}Formula")
    if data is None:
        return formula
    text = "".join(data.itertext())
    kind = data.get(f"{SPACE}Type")
    if kind == "Number":
        return float(text)
    if kind == "DateTime":
        moment = datetime.fromisoformat(text)
        return moment if moment.time() != moment.min.time() else moment.date()
    return text == "1" if kind == "Boolean" else text


def _number(node: ElementTree.Element, name: str, otherwise: int) -> int:
    return int(node.get(f"{SPACE}{name}", otherwise))
