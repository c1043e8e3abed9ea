"""The sheets of a workbook of LibreOffice (.ods): what its fast reader leaves out.

Names of elements and attributes: OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.parsers import expat

from lxml import etree

from briefing.intake.readers.budget import budget
from briefing.intake.readers.flow import under_each_other
from briefing.intake.readers.limits import MOST_COLUMNS, MOST_ROWS
from briefing.intake.readers.odf_looks import TABLE, TEXT, Around, Looks, held, parts_of
from briefing.intake.readers.packages import Package
from briefing.intake.readers.surveys import CellStyle, Formula, Place, Runs, Survey, checked

TAG = re.compile(
    rb"<(table:table-cell|table:covered-table-cell|table:table-row|table:table-column"
    rb"|table:table|/table:table)"
    rb"(?=[\s/>])([^<>]*)>"
)
REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,12})"')
SPANNED = re.compile(rb'table:number-(rows|columns)-spanned="(\d{1,12})"')
FORMULA = re.compile(rb'table:formula="([^"]*)"')
HIDDEN, FILTERED = b'table:visibility="collapse"', b'table:visibility="filter"'
VALUE = re.compile(rb'office:(?:string-|boolean-|date-|time-)?value="([^"]*)"')
IN_BRACKETS = re.compile(r"\[([^\[\]]*)\]")  # a reference: [.E5:.E9], [$Sheet2.E5]
ELSEWHERE = re.compile(r"^\$?(?:'(?:[^']|'')*'|[^.':]+)\.")
ERROR = b'calcext:value-type="error"'
SHOWN = re.compile(rb"<text:p[^<>]*>([^<]+)<")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
LOOK = re.compile(  # of a style; styles stand before the sheets
    rb'text-line-through-(?:style|type)="(?!none")|text-position="(?:super|0*[1-9])'
    rb'|text:display="(?!true")'
)
BODY = b"<office:body"
SHOWING_NOTHING = (b"<text:p/></table:table-cell>", b"<text:p></text:p></table:table-cell>")
ZEROS = (b"0", b"")


def surveys(content: bytes) -> list[Survey]:
    """Every sheet in the workbook's order.

    Raises:
        KeyError, ValueError, ExpatError: The workbook is damaged: the fast reader goes on, and
            misses rows.
    """
    package = Package(content)
    xml = package.read("content.xml")
    expat.ParserCreate(namespace_separator=" ").Parse(xml, True)
    found = checked(list(_walk(xml)))
    note_looks(found, xml, package.held("styles.xml"))
    return found


@dataclass
class _Sheet(Survey):
    """A sheet with where in it the walk stands."""

    row: int = -1  # the last row begun, and how many rows alike it stands for
    alike: int = 1
    column: int = 0
    columns_met: int = 0

    def begin_row(self, attributes: bytes) -> None:
        self.row += self.alike if self.row >= 0 else 1
        self.alike = _times(attributes)
        self.column = 0
        if b"visibility" in attributes and (HIDDEN in attributes or FILTERED in attributes):
            rows = self.filtered if FILTERED in attributes else self.hidden_rows
            rows.update(range(self.row, min(self.row + self.alike, MOST_ROWS)))

    def begin_columns(self, attributes: bytes) -> None:
        first, self.columns_met = self.columns_met, self.columns_met + _times(attributes)
        if HIDDEN in attributes:
            self.hidden_columns.update(range(first, min(self.columns_met, MOST_COLUMNS)))

    def put(self, times: int) -> None:
        """A cell that holds anything."""
        self.rows = self.row + self.alike
        self.columns = max(self.columns, self.column + times)

    def places(self, times: int) -> Iterator[Place]:
        """Where a cell stands with all those alike."""
        budget().spread(self.alike, times)
        for row in range(self.row, self.row + self.alike):
            for column in range(self.column, self.column + times):
                yield row, column

    def merge(self, attributes: bytes) -> None:
        spans = {name: int(count) for name, count in SPANNED.findall(attributes)}
        height, width = spans.get(b"rows", 1), spans.get(b"columns", 1)
        if height > 1 or width > 1:
            last = self.row + height - 1, self.column + width - 1
            assert self.merged is not None
            self.merged.append((self.row, self.column, *last))


def _walk(xml: bytes) -> Iterator[Survey]:
    sheet = _Sheet(merged=[])
    depth = 0
    for match in TAG.finditer(xml):
        tag, attributes = match.groups()
        if tag == b"table:table":
            depth += 1
            sheet = _Sheet(merged=[]) if depth == 1 else sheet
        elif tag == b"/table:table":
            depth -= 1
            if depth == 0:
                yield sheet
        elif depth > 1:  # a table inside a cell or a drawing
            continue
        elif tag == b"table:table-row":
            sheet.begin_row(attributes)
        elif tag == b"table:table-column":
            sheet.begin_columns(attributes)
        elif b"table:n" in attributes or b"table:f" in attributes:
            _cell(sheet, attributes, xml, match.end())
        else:  # neither repeated nor merged nor a formula, as nearly every cell is
            sheet.column += 1
            if b"office:v" in attributes:
                sheet.rows = sheet.row + sheet.alike
                if sheet.columns < sheet.column:
                    sheet.columns = sheet.column


def _cell(sheet: _Sheet, attributes: bytes, xml: bytes, end: int) -> None:
    times = _times(attributes)
    formula = b"table:formula" in attributes
    if ERROR in attributes:
        shown = SHOWN.search(_inside(attributes, xml, end))
        sign = unescape(shown[1].decode("utf-8", "replace")) if shown else "#ERROR!"
        sheet.texts += [(*place, sign) for place in sheet.places(times)]
    elif formula:
        _formula(sheet, attributes, times, _inside(attributes, xml, end))
    if b"office:value-type" in attributes or formula:
        sheet.put(times)
    if b"-spanned" in attributes:
        sheet.merge(attributes)
    sheet.column += times


def _inside(attributes: bytes, xml: bytes, at: int) -> bytes:
    """What stands in a cell."""
    return b"" if attributes.endswith(b"/") else xml[at : xml.find(b"</table:table-cell>", at)]


def _formula(sheet: _Sheet, attributes: bytes, times: int, inside: bytes) -> None:
    """Note a formula that holds no value, or 0."""
    value = VALUE.search(attributes)
    if value is None and (b"office:value-type" in attributes or b"<text:p" in inside):
        return  # a text, which may rightly be empty
    if value is not None and value[1] not in ZEROS:
        sheet.calculates = True
        return
    held = None if value is None else 0.0
    if value is not None and b'office:value-type="float"' not in attributes:
        return
    written = FORMULA.search(attributes)
    text = in_a1(unescape(written[1].decode("utf-8", "replace"))) if written else ""
    sheet.formulas |= {place: Formula(text, held) for place in sheet.places(times)}


def has_looks(content: bytes, styles: bytes) -> bool:
    """Whether any sheet can have cells that look different.

    Args:
        content: The document's content.xml; styles: its styles.xml, or nothing.
    """
    styled = LOOK.search(styles) or LOOK.search(content, 0, max(content.find(BODY), 0))
    return bool(styled) or any(cell in content for cell in SHOWING_NOTHING)


def note_looks(sheets: Sequence[Survey], content: bytes, styles: bytes) -> None:
    """How the cells look that are struck through, raised in part, or shown as nothing.

    Raises:
        etree.XMLSyntaxError, ValueError: The document is damaged.
    """
    if not has_looks(content, styles):
        return
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(content, parser)
    roots = [etree.fromstring(styles, parser), root] if styles else [root]
    named = [each for one in roots for each in held(one, "styles", "automatic-styles")]
    looks = Looks(named, root)
    tables = root.iterfind(f".//{OFFICE}spreadsheet/{TABLE}table")
    for sheet, table in zip(sheets, tables, strict=True):
        _note_cells(sheet, table, looks)


def _note_cells(sheet: Survey, table: Any, looks: Looks) -> None:
    ends, end = list[tuple[int, str]](), 0  # of columns alike, with the style of their cells
    for alike in parts_of(table, "table-column"):
        end += _repeats(alike, "columns")
        ends.append((end, alike.get(f"{TABLE}default-cell-style-name", "")))
    first = 0
    for row in parts_of(table, "table-row"):
        alike, column = _repeats(row, "rows"), 0
        default = row.get(f"{TABLE}default-cell-style-name")
        for cell in row:
            times = _repeats(cell, "columns")
            if len(cell):
                by_column = next((name for end, name in ends if column < end), "")
                name = cell.get(f"{TABLE}style-name") or default or by_column
                style, runs = _looks(cell, looks.styled(Around(), "table-cell", name), looks)
                budget().spread(alike, times)
                for r in range(first, first + alike if style or runs else first):
                    for c in range(column, column + times):
                        sheet.look((r, c), style, runs)
            column += times
        first += alike


def _repeats(element: Any, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", 1)))


def _looks(cell: Any, around: Around, looks: Looks) -> tuple[CellStyle | None, Runs]:
    lines = cell.findall(f"{TEXT}p")
    shown = "".join(text for line in lines for text in line.itertext())
    held = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}string-value")
    unseen = bool(lines and not shown and held and held != "0")  # a number format shows nothing
    own, style = around.look(), None
    if unseen or own == "hidden":
        style = CellStyle(hides_numbers=True, hides_texts=True)
    elif own == "struck":
        style = CellStyle(struck=True)
    pieces = under_each_other([*looks.pieces(line, around)] for line in lines)
    runs = tuple((text, None if look == own or text == "\n" else look) for text, look in pieces)
    return style, runs if any(look is not None for _text, look in runs) else ()


def in_a1(formula: str) -> str:
    """A formula of OpenDocument as Excel writes it: `of:=SUM([.E5:.E9];[.E12])`."""
    text = formula.partition("=")[2]
    return IN_BRACKETS.sub(_reference, text).replace(";", ",")


def _reference(match: re.Match[str]) -> str:
    """A reference without brackets and dots; one to another sheet with its sign."""
    sheet = ELSEWHERE.match(match[1])
    corners = match[1][sheet.end() :] if sheet else match[1].removeprefix(".")
    named = f"{sheet[0].removeprefix('$').removesuffix('.')}!" if sheet else ""
    return named + corners.replace(":.", ":")


def _times(attributes: bytes) -> int:
    """How many rows or cells alike an element stands for."""
    if b"-repeated" not in attributes:
        return 1
    found = REPEATED.search(attributes)
    if not found:  # written as no program does: it is taken apart and written anew
        raise ValueError("an odd number of repeats")
    return max(1, int(found[1]))
