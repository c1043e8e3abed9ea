"""Open a workbook that is one file of XML (“XML Spreadsheet 2003”), as some programs export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

from lxml import etree

from briefing.intake.readers import limits
from briefing.intake.readers.budget import check_tags
from briefing.intake.readers.encodings import text_of
from briefing.intake.readers.flow import Look, inherited
from briefing.intake.readers.grids import Grid, Part, column_letters
from briefing.intake.readers.limits import MOST_COLUMNS, MOST_ROWS
from briefing.intake.readers.repairs import parsed
from briefing.intake.readers.seen import sheet_grid
from briefing.intake.readers.sniff import DECLARATION
from briefing.intake.readers.surveys import (
    CellStyle,
    Formula,
    Place,
    Runs,
    Survey,
    cell_style,
    checked,
    rows_of,
)

SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"
HTML = "{http://www.w3.org/TR/REC-html40}"
SAYING = LINE, FORMAT = f"{SPACE}StrikeThrough", f"{SPACE}Format"  # of fonts, of numbers
MARKS: dict[str, Look] = {"S": "struck", "Sup": "raised"}
NEAR = re.compile(
    r"\bR(?:\[(?P<up>-?\d+)\]|(?P<row>\d+))?C(?:\[(?P<left>-?\d+)\]|(?P<column>\d+))?(?![\w(])"
)
RANGE = re.compile(r"R(\d+)(?:C\d+)?:R(\d+)(?:C\d+)?")
BARE_SIGN = re.compile(r"&(?!#?\w{1,10};)")  # that stands for itself


def read_xml_workbook(content: bytes) -> list[Part]:
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
class _Sheet(Survey):
    """A sheet with its cells; `named`: the styles of the workbook, by their names."""

    named: Mapping[str, CellStyle] = field(default_factory=dict)
    by_column: Mapping[int, str] = field(default_factory=dict)
    values: dict[Place, Any] = field(default_factory=dict)

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
        self.values[place] = value
        name = (
            cell.get(f"{SPACE}StyleID")
            or row.get(f"{SPACE}StyleID")
            or self.by_column.get(place[1], "Default")
        )
        self.look(place, self.named.get(name), () if data is None else runs_of(data))


def _grid(sheet: ElementTree.Element, styles: Mapping[str, CellStyle]) -> Grid:
    hidden_columns, by_column = columns_of(sheet)
    found = _Sheet(hidden_columns=hidden_columns, named=styles, by_column=by_column)
    merged: list[tuple[int, int, int, int]] = []
    row = -1
    for line in sheet.iter(f"{SPACE}Row"):
        row = number_in(line, "Index", row + 2) - 1
        last = row + number_in(line, "Span", 0)
        if is_unseen(line, "Height"):
            found.hidden_rows.update(range(row, min(last, MOST_ROWS) + 1))
        column = -1
        for cell in line.iter(f"{SPACE}Cell"):
            column = number_in(cell, "Index", column + 2) - 1
            found.add((row, column), line, cell)
            right, down = number_in(cell, "MergeAcross", 0), number_in(cell, "MergeDown", 0)
            if right or down:
                merged.append((row, column, row + down, column + right))
            column += right
        row = last
    if found.hidden_rows:
        found.filtered = filtered_rows(sheet) & found.hidden_rows
        found.hidden_rows -= found.filtered
    return sheet_grid(sheet.get(f"{SPACE}Name", ""), rows_of(found.values), found, merged)


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


def styles_of(book: ElementTree.Element) -> dict[str, CellStyle]:
    """By its name, each style of cells that are struck through or shown as nothing."""
    own = {
        style.get(f"{SPACE}ID", ""): (
            style.get(f"{SPACE}Parent", ""),
            {name: value for each in style for name, value in each.items() if name in SAYING},
        )
        for style in book.iter(f"{SPACE}Style")
    }
    looks = ((name, inherited(name, own)) for name in own)
    found = ((name, cell_style(s.get(LINE) == "1", s.get(FORMAT, ""))) for name, s in looks)
    return {name: style for name, style in found if style}


def columns_of(sheet: ElementTree.Element) -> tuple[set[int], dict[int, str]]:
    """The hidden columns, and the style of the cells in a column that name none."""
    hidden: set[int] = set()
    styles: dict[int, str] = {}
    column = -1
    for element in sheet.iterfind(f"{SPACE}Table/{SPACE}Column"):
        first = number_in(element, "Index", column + 2) - 1
        column = min(first + number_in(element, "Span", 0), MOST_COLUMNS)
        if is_unseen(element, "Width"):
            hidden.update(range(first, column + 1))
        if name := element.get(f"{SPACE}StyleID"):
            styles.update(dict.fromkeys(range(first, column + 1), name))
    return hidden, styles


def is_unseen(element: ElementTree.Element, size: str) -> bool:
    """Whether a row or column is hidden, or of no size."""
    length = element.get(f"{SPACE}{size}", "1")
    return element.get(f"{SPACE}Hidden") == "1" or not length.strip("0.")


def filtered_rows(sheet: ElementTree.Element) -> set[int]:
    """The rows under the head of a filter that lets only some of them through."""
    rows: set[int] = set()
    for each in sheet.iter(f"{EXCEL}AutoFilter"):
        area = RANGE.fullmatch(each.get(f"{EXCEL}Range", ""))
        kinds = [c.get(f"{EXCEL}Type", "") for c in each.iter(f"{EXCEL}AutoFilterColumn")]
        if area and any(kind != "All" for kind in kinds):
            rows.update(range(int(area[1]), min(int(area[2]), limits.MAX_LINES)))
    return rows


def runs_of(data: ElementTree.Element) -> Runs:
    """The pieces of a text, `()` where none is struck or raised."""
    if not any(child.tag.rpartition("}")[2] in MARKS for child in data.iter()):
        return ()
    return tuple(_pieces(data, None))


def _pieces(element: ElementTree.Element, look: Look | None) -> Iterator[tuple[str, Look | None]]:
    if element.text:
        yield element.text, look
    for child in element:
        own = MARKS.get(child.tag.rpartition("}")[2])
        yield from _pieces(child, look if look == "struck" or own is None else own)
        if child.tail:
            yield child.tail, look


def in_a1(formula: str, at: Place) -> str:
    """A formula with its references as Excel shows them, without the sign in front."""
    return NEAR.sub(lambda near: _address(near, at), formula.removeprefix("="))


def _address(near: re.Match[str], at: Place) -> str:
    row = int(near["row"]) - 1 if near["row"] else at[0] + int(near["up"] or 0)
    column = int(near["column"]) - 1 if near["column"] else at[1] + int(near["left"] or 0)
    return f"{column_letters(column)}{row + 1}" if row >= 0 and column >= 0 else "#REF!"


def number_in(node: ElementTree.Element, name: str, otherwise: int) -> int:
    return int(node.get(f"{SPACE}{name}", otherwise))
