"""The cells of a sheet's XML (.xlsx), for those sheets that have to be gone through: how far they
reach, which are struck through, raised in part, or shown as nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from briefing.intake.readers.flow import Look
from briefing.intake.readers.grids import column_number
from briefing.intake.readers.limits import MOST_COLUMNS, MOST_ROWS
from briefing.intake.readers.packages import Package
from briefing.intake.readers.surveys import BookLooks, CellStyle, Runs, Survey, cell_styles

LOOKS = (b"strike", b"vertAlign")
OF_RUN = b"rPr>"  # ends the font of a piece of text
HIDING = b";;"  # in a number format that shows nothing of some values
STYLE = re.compile(rb'\bs="(\d+)"')
SHARED = re.compile(rb'\bt="s"')
VALUE = re.compile(rb"<(?:\w+:)?v>\s*(\d+)\s*<")
ITEM = re.compile(rb"<((?:\w+:)?)si\b([^<>]*)>")
OFF = ("0", "false", "off")
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
ROW_REFERENCE = re.compile(rb'\br="(\d{1,7})"')
CellText = tuple[int, int, bytes, bytes]  # row and column from 0, attributes, what is in it
ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)


def note_looks(sheet: Survey, looks: BookLooks, xml: bytes, prefix: bytes) -> None:
    """The cells of a sheet that have a look as a whole, and those that have it in parts."""
    own = OF_RUN in xml and _has_look(xml)
    if not (own or looks.shared or (looks.styles and _uses(looks.styles, xml, prefix))):
        return
    for row, column, attributes, inside in cells_of(xml, prefix):
        number, runs = STYLE.search(attributes), Runs()
        style = looks.styles.get(int(number[1]) if number else 0)
        if looks.shared and SHARED.search(attributes) and (value := VALUE.search(inside)):
            runs = looks.shared.get(int(value[1]), ())
        elif (own or style) and (_has_look(inside) or (style and OF_RUN in inside)):
            runs = _runs(inside)
        sheet.look((row, column), style, runs)


def _uses(styles: Mapping[int, CellStyle], xml: bytes, prefix: bytes) -> bool:
    numbers = b"|".join(str(number).encode() for number in styles)
    return 0 in styles or bool(re.search(rb'<%sc\s[^>]*\bs="(?:%s)"' % (prefix, numbers), xml))


def looks_of(package: Package) -> BookLooks:
    """What the workbook's lists of styles and of texts say.

    Raises:
        KeyError, ValueError, ElementTree.ParseError: They are damaged.
    """
    styles = _styles(package.held("xl/styles.xml"))
    shared = _shared(package.held("xl/sharedstrings.xml"), bool(styles))
    return BookLooks(styles, shared=shared)


def _has_look(xml: bytes) -> bool:
    """Whether the names occur at all: a search of bytes, which costs next to nothing."""
    return any(name in xml for name in LOOKS)


def _styles(xml: bytes) -> dict[int, CellStyle]:
    if not (_has_look(xml) or HIDING in xml):
        return {}
    root = ElementTree.fromstring(xml)
    struck = {i for i, font in enumerate(_children(root, "fonts")) if _is_on(font, "strike")}
    formats = {
        each.get("numFmtId"): each.get("formatCode", "") for each in _children(root, "numFmts")
    }
    named = _children(root, "cellStyleXfs")

    def says(xf: ElementTree.Element, name: str) -> str:
        """Its own word, else that of the named style that it rests on."""
        parent = int(xf.get("xfId", 0))
        inherited = named[parent].get(name, "0") if parent < len(named) else "0"
        return xf.get(name, inherited)

    return cell_styles(
        (int(says(xf, "fontId")) in struck, formats.get(says(xf, "numFmtId"), ""))
        for xf in _children(root, "cellXfs")
    )


def _children(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [child for group in root if _name(group) == name for child in group]


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_on(parent: ElementTree.Element, name: str) -> bool:
    return any(_name(child) == name and child.get("val", "1") not in OFF for child in parent)


def _shared(xml: bytes, styled: bool) -> dict[int, Runs]:
    """The texts in pieces that look different, or that differ from the look of their cells."""
    wanted = (*LOOKS, OF_RUN) if styled else LOOKS
    if not any(name in xml for name in wanted):
        return {}
    return {
        number: _runs(item)
        for number, item in enumerate(_items(xml))
        if any(name in item for name in wanted)
    }


def _items(xml: bytes) -> Iterator[bytes]:
    """What stands in each text of the list."""
    at = 0
    while start := ITEM.search(xml, at):
        at = start.end()
        if start[2].endswith(b"/"):
            yield b""
            continue
        end = xml.find(b"</%ssi>" % start[1], at)
        if end < 0:
            return
        yield xml[at:end]
        at = end


def _runs(inside: bytes) -> Runs:
    """The pieces of a text, from the XML between the tags of its cell or item."""
    bare = re.sub(rb"(</?)\w+:", rb"\1", inside)
    root = ElementTree.fromstring(b"<x>" + re.sub(rb"\s\w+:\w+=\"[^\"]*\"", b"", bare) + b"</x>")
    return tuple(_pieces(root))


def _pieces(element: ElementTree.Element) -> Iterator[tuple[str, Look | None]]:
    for child in element:
        if child.tag == "r":
            font = child.find("rPr")
            look: Look | None = None
            if font is not None:
                raised = any(a.get("val") == "superscript" for a in font.iter("vertAlign"))
                look = "struck" if _is_on(font, "strike") else "raised" if raised else ""
            yield "".join(text.text or "" for text in child.iter("t")), look
        elif child.tag == "t":
            yield child.text or "", None
        elif child.tag == "is":
            yield from _pieces(child)


class Reach:
    """How far the cells of a sheet reach that hold anything, told by a parser of XML.

    Args:
        xml: The sheet's XML.

    Attributes:
        span: How many rows and columns.

    Raises:
        ValueError: A cell stands where no sheet has any.
        expat.ExpatError: This is no XML.
    """

    def __init__(self, xml: bytes):
        self.span = 0, 0
        self._row = self._column = -1
        self._in_cell = False
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(xml, True)

    def _start(self, name: str, attributes: dict[str, Any]) -> None:
        if self._in_cell:
            rows, columns = self.span
            self.span = max(rows, self._row + 1), max(columns, self._column + 1)
            return
        name, reference = name.rpartition(":")[2], attributes.get("r")
        if name == "row":
            self._row = self._row + 1 if reference is None else int(reference) - 1
            self._column = -1
        elif name == "c":
            self._in_cell = True
            self._column += 1
            if reference is not None:
                self._place(reference)
        if not (self._row < MOST_ROWS and self._column < MOST_COLUMNS):
            raise ValueError(f"R{self._row + 1}C{self._column + 1}")

    def _place(self, reference: str) -> None:
        address = ADDRESS.fullmatch(reference)
        if not address or not int(address[2]):
            raise ValueError(reference[:20])
        self._row, self._column = int(address[2]) - 1, column_number(address[1].upper())

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            self._in_cell = False


def cells_of(xml: bytes, prefix: bytes) -> Iterator[CellText]:
    """Every cell: its row and column from 0, its attributes, and what is in it.

    Args:
        prefix: How the sheet's elements are prefixed: `b""`, `b"x:"`.
    """
    start, ends = re.compile(rb"<%s(?:(row)|c)(?=[\s/>])" % prefix), b"</%sc>" % prefix
    row, column, at = -1, -1, 0
    while match := start.search(xml, at):
        at = xml.find(b">", match.end())
        if at < 0:
            return
        attributes = xml[match.end() : at]
        if match[1]:
            row_reference = ROW_REFERENCE.search(attributes)
            row, column = (int(row_reference[1]) - 1 if row_reference else row + 1), -1
            continue
        inside = b""
        if not attributes.endswith(b"/"):
            end = xml.find(ends, at)
            if end < 0:
                return
            inside, at = xml[at + 1 : end], end
        own = REFERENCE.search(attributes)
        if own:
            row, column = int(own[2]) - 1, column_number(own[1].decode())
        else:
            column += 1
        yield row, column, attributes, inside


def cells_with(element: re.Pattern[bytes], xml: bytes, prefix: bytes) -> Sequence[CellText]:
    """Those cells that have such an element; all, where one of them does not say where it stands.

    Args:
        element: How it begins.
        prefix: As for `cells_of`.
    """
    tag, ends, at, found = b"<%sc" % prefix, b"</%sc>" % prefix, 0, []
    for match in element.finditer(xml):
        start = xml.rfind(tag, at, match.start())
        while start >= 0 and xml[start + len(tag)] not in b" \t\r\n/>":  # <cols>, <cfRule>
            start = xml.rfind(tag, at, start)
        close = xml.find(b">", start)
        end = xml.find(ends, close)
        inside = close < match.start() < end and xml[close - 1 : close] != b"/"
        if start < 0 or not inside:  # it is in no cell, or in one that was found
            continue
        attributes = xml[start + len(tag) : close]
        if not (own := REFERENCE.search(attributes)):
            return [*cells_of(xml, prefix)]
        place = int(own[2]) - 1, column_number(own[1].decode())
        found.append((*place, attributes, xml[close + 1 : end]))
        at = end
    return found
