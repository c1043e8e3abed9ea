"""Open a workbook that is one file of XML (“XML Spreadsheet 2003”), as some programs export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from lxml import etree

from briefing.errors import IntakeError
from briefing.intake.opening import limits
from briefing.intake.opening.budget import check_tags
from briefing.intake.opening.cell_styles import CellStyle, Runs
from briefing.intake.opening.charsets import text_of
from briefing.intake.opening.grids import Grid, Part
from briefing.intake.opening.markup import DECLARATION
from briefing.intake.opening.seen import see
from briefing.intake.opening.sheet_repairs import parsed
from briefing.intake.opening.surveys import Formula, Place, Survey, checked
from briefing.intake.opening.xml_looks import (
    EXCEL,
    HTML,
    SPACE,
    columns_of,
    filtered_rows,
    in_a1,
    is_unseen,
    number_in,
    runs_of,
    styles_of,
)
from briefing.messages import Message

MOST_ROWS = 1_048_576
BARE_SIGN = re.compile(r"&(?!#?\w{1,10};)")  # that stands for itself


def open_xml_workbook(content: bytes) -> list[Part]:
    """One part for each sheet that holds anything; addresses as in any workbook.

    Raises:
        IntakeError: `file_unreadable`, or `file_too_large`.
    """
    check_tags(content)
    book = _book(content)
    sheets, styles = checked(list(book.iter(f"{SPACE}Worksheet"))), styles_of(book)
    parts = [Part(s.get(f"{SPACE}Name", ""), (_grid(s, styles),), _is_visible(s)) for s in sheets]
    return [part for part in parts if any(True for _cell in part.grids[0].filled())]


def _book(content: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:  # in other letters than it says, or with signs of HTML
        text = DECLARATION.sub("", text_of(content)).replace("&nbsp;", " ")
        text = BARE_SIGN.sub("&amp;", text)
        return ElementTree.fromstring(etree.tostring(parsed(text.encode()), encoding="UTF-8"))


def _is_visible(sheet: ElementTree.Element) -> bool:
    visible = sheet.findtext(f".//{EXCEL}Visible")
    return visible in (None, "SheetVisible")


@dataclass
class _Sheet:
    """What has been met of one sheet so far; `styles`: of the workbook, by their names."""

    styles: Mapping[str, CellStyle]
    by_column: Mapping[int, str]
    cells: dict[Place, Any] = field(default_factory=dict)
    looks: dict[Place, CellStyle] = field(default_factory=dict)
    runs: dict[Place, Runs] = field(default_factory=dict)
    formulas: dict[Place, Formula] = field(default_factory=dict)
    calculates: bool = False

    def add(self, place: Place, row: ElementTree.Element, cell: ElementTree.Element) -> None:
        data = _data(cell)
        value = None if data is None else _value(data)
        if (formula := cell.get(f"{SPACE}Formula")) is not None:
            if value in (0, None) and not isinstance(value, bool):
                self.formulas[place] = Formula(in_a1(formula, place), value)
            elif value != "":
                self.calculates = True
        if value in ("", None):
            return
        self.cells[place] = value
        name = (
            cell.get(f"{SPACE}StyleID")
            or row.get(f"{SPACE}StyleID")
            or self.by_column.get(place[1], "Default")
        )
        if style := self.styles.get(name):
            self.looks[place] = style
        if data is not None and (runs := runs_of(data)):
            self.runs[place] = runs


def _grid(sheet: ElementTree.Element, styles: Mapping[str, CellStyle]) -> Grid:
    name = sheet.get(f"{SPACE}Name", "")
    hidden_columns, by_column = columns_of(sheet)
    found = _Sheet(styles, by_column)
    merged: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    row = -1
    for line in sheet.iter(f"{SPACE}Row"):
        row = number_in(line, "Index", row + 2) - 1
        last = row + number_in(line, "Span", 0)
        if is_unseen(line, "Height"):
            hidden.update(range(row, min(last, MOST_ROWS) + 1))
        column = -1
        for cell in line.iter(f"{SPACE}Cell"):
            column = number_in(cell, "Index", column + 2) - 1
            found.add((row, column), line, cell)
            right, down = number_in(cell, "MergeAcross", 0), number_in(cell, "MergeDown", 0)
            if right or down:
                merged.append((row, column, row + down, column + right))
            column += right
        row = last
    filtered = filtered_rows(sheet) & hidden if hidden else frozenset()
    survey = Survey(
        formulas=found.formulas, calculates=found.calculates, hidden_rows=hidden - filtered,
        filtered=filtered, styles=found.looks, runs=found.runs,
    )  # fmt: skip
    cells = rows_of(found.cells)
    unread = see(cells, survey, name, merged)
    return Grid("sheet", name, cells, tuple(merged), filtered, unread=unread,
                hidden_columns=hidden_columns)  # fmt: skip


def rows_of(cells: dict[tuple[int, int], Any]) -> list[list[Any]]:
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


def _data(cell: ElementTree.Element) -> ElementTree.Element | None:
    data = cell.find(f"{SPACE}Data")
    return cell.find(f"{HTML}Data") if data is None else data


def _value(data: ElementTree.Element) -> Any:
    text = "".join(data.itertext())
    kind = data.get(f"{SPACE}Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment if moment.time() != moment.min.time() else moment.date()
    except ValueError:  # odd, such as a duration of 288 hours: one cell, not the file
        return text
    if kind == "Boolean":
        return text == "1"
    return text if text.strip() else None
