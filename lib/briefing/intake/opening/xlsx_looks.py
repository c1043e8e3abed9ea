"""Which cells of an .xlsx are struck through, raised in part, or shown as nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from briefing.intake.opening.looks import Look
from briefing.intake.opening.packages import Package
from briefing.intake.opening.surveys import BookLooks, CellStyle, Runs, Survey, cell_styles
from briefing.intake.opening.xlsx_cells import cells_of

LOOKS = (b"strike", b"vertAlign")
OF_RUN = b"rPr>"  # ends the font of a piece of text
HIDING = b";;"  # in a number format that shows nothing of some values
STYLE = re.compile(rb'\bs="(\d+)"')
SHARED = re.compile(rb'\bt="s"')
VALUE = re.compile(rb"<(?:\w+:)?v>\s*(\d+)\s*<")
ITEM = re.compile(rb"<((?:\w+:)?)si\b([^<>]*)>")
OFF = ("0", "false", "off")


def note_looks(sheet: Survey, looks: BookLooks, xml: bytes, prefix: bytes) -> None:
    """The cells of a sheet that have a look as a whole, and those that have it in parts."""
    own = OF_RUN in xml and _has_look(xml)
    if not (own or looks.shared or (looks.styles and _uses(looks.styles, xml, prefix))):
        return
    for row, column, attributes, inside in cells_of(xml, prefix):
        number, runs = STYLE.search(attributes), ()
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
