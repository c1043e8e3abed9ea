"""What a person sees of a workbook that is one file of XML: looks, what is hidden, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from briefing.intake.opening import limits
from briefing.intake.opening.cell_styles import CellStyle, Runs, cell_style
from briefing.intake.opening.grids import column_letters
from briefing.intake.opening.looks import Look
from briefing.intake.opening.surveys import Place

SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
EXCEL = "{urn:schemas-microsoft-com:office:excel}"
HTML = "{http://www.w3.org/TR/REC-html40}"
MARKS: dict[str, Look] = {"S": "struck", "Sup": "raised"}
NEAR = re.compile(
    r"\bR(?:\[(?P<up>-?\d+)\]|(?P<row>\d+))?C(?:\[(?P<left>-?\d+)\]|(?P<column>\d+))?(?![\w(])"
)
RANGE = re.compile(r"R(\d+)(?:C\d+)?:R(\d+)(?:C\d+)?")
MOST_COLUMNS = 16_384


def styles_of(book: ElementTree.Element) -> dict[str, CellStyle]:
    """By its name, each style of cells that are struck through or shown as nothing."""
    styles = {style.get(f"{SPACE}ID", ""): style for style in book.iter(f"{SPACE}Style")}
    found = {}
    for name in styles:
        line, number_format = (
            _inherited(styles, name, element, attribute)
            for element, attribute in (("Font", "StrikeThrough"), ("NumberFormat", "Format"))
        )
        if style := cell_style(line == "1", number_format):
            found[name] = style
    return found


def _inherited(
    styles: Mapping[str, ElementTree.Element], name: str, element: str, attribute: str
) -> str:
    """What a style says, or the nearest of those that it rests on."""
    for _step in range(len(styles)):
        if name not in styles:
            break
        own = styles[name].find(f"{SPACE}{element}")
        if own is not None and (said := own.get(f"{SPACE}{attribute}")) is not None:
            return said
        name = styles[name].get(f"{SPACE}Parent", "")
    return ""


def columns_of(sheet: ElementTree.Element) -> tuple[frozenset[int], dict[int, str]]:
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
    return frozenset(hidden), styles


def is_unseen(element: ElementTree.Element, size: str) -> bool:
    """Whether a row or column is hidden, or of no size."""
    length = element.get(f"{SPACE}{size}", "1")
    return element.get(f"{SPACE}Hidden") == "1" or not length.strip("0.")


def filtered_rows(sheet: ElementTree.Element) -> frozenset[int]:
    """The rows under the head of a filter that lets only some of them through."""
    rows: set[int] = set()
    for each in sheet.iter(f"{EXCEL}AutoFilter"):
        said = RANGE.fullmatch(each.get(f"{EXCEL}Range", ""))
        kinds = [c.get(f"{EXCEL}Type", "") for c in each.iter(f"{EXCEL}AutoFilterColumn")]
        if said and any(kind != "All" for kind in kinds):
            rows.update(range(int(said[1]), min(int(said[2]), limits.MAX_LINES)))
    return frozenset(rows)


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
