"""Which cells of an .ods are struck through, raised in part, or shown as nothing.

Names of elements and attributes: OpenDocument 1.3, part 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from briefing.intake.opening.budget import budget
from briefing.intake.opening.cell_styles import CellStyle, Runs
from briefing.intake.opening.looks import Look
from briefing.intake.opening.surveys import Place

LOOK = re.compile(  # of a style; styles stand before the sheets
    rb'text-line-through-(?:style|type)="(?!none")|text-position="(?:super|0*[1-9])'
    rb'|text:display="(?!true")'
)
BODY = b"<office:body"
SHOWING_NOTHING = (b"<text:p/></table:table-cell>", b"<text:p></text:p></table:table-cell>")
MOST_REPEATED = 10_000
SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
STYLE, TEXT, TABLE, OFFICE = (SPACE % name for name in ("style", "text", "table", "office"))


@dataclass(frozen=True)
class _Style:
    """A style of cells or text, of which `None` is what its parent or its place says."""

    struck: bool | None = None
    raised: bool | None = None
    hidden: bool | None = None

    def over(self, other: _Style) -> _Style:
        return _Style(
            other.struck if self.struck is None else self.struck,
            other.raised if self.raised is None else self.raised,
            other.hidden if self.hidden is None else self.hidden,
        )

    @property
    def look(self) -> Look:
        if self.hidden:
            return "hidden"
        return "struck" if self.struck else "raised" if self.raised else ""


Styles = Mapping[tuple[str, str], _Style]  # family and name


@dataclass
class SheetLooks:
    """The cells of a sheet that have a look as a whole, and those that have it in parts."""

    styles: dict[Place, CellStyle] = field(default_factory=dict)
    runs: dict[Place, Runs] = field(default_factory=dict)


def looks_of(content: bytes, styles: bytes) -> list[SheetLooks]:
    """The looks of every sheet, `[]` where no sheet can have any.

    Args:
        content: The document's content.xml; styles: its styles.xml, or nothing.

    Raises:
        ElementTree.ParseError, ValueError: The document is damaged.
    """
    styled = LOOK.search(styles) or LOOK.search(content, 0, max(content.find(BODY), 0))
    if not (styled or any(cell in content for cell in SHOWING_NOTHING)):
        return []
    root = ElementTree.fromstring(content)
    known = _styles([*([ElementTree.fromstring(styles)] if styles else []), root])
    return [_sheet(table, known) for table in root.iterfind(f".//{OFFICE}spreadsheet/{TABLE}table")]


def _styles(documents: list[ElementTree.Element]) -> Styles:
    """Every style by family and name, with what it takes over from its parents."""
    own: dict[tuple[str, str], _Style] = {}
    parents: dict[tuple[str, str], tuple[str, str]] = {}
    for style in (each for root in documents for each in root.iter(f"{STYLE}style")):
        family = style.get(f"{STYLE}family", "")
        key = family, style.get(f"{STYLE}name", "")
        own[key] = _said(style.find(f"{STYLE}text-properties"))
        if parent := style.get(f"{STYLE}parent-style-name"):
            parents[key] = family, parent
    resolved = dict(own)
    for key in own:
        seen, parent = {key}, parents.get(key)
        while parent in own and parent not in seen:
            resolved[key] = resolved[key].over(own[parent])
            seen.add(parent)
            parent = parents.get(parent)
    return resolved


def _said(properties: ElementTree.Element | None) -> _Style:
    if properties is None:
        return _Style()
    lines = [properties.get(f"{STYLE}text-line-through-{name}") for name in ("style", "type")]
    said = [line != "none" for line in lines if line is not None]
    position = properties.get(f"{STYLE}text-position")
    display = properties.get(f"{TEXT}display")
    return _Style(
        struck=all(said) if said else None,
        raised=bool(re.match(r"super|0*[1-9]", position)) if position else None,
        hidden=display != "true" if display else None,
    )


def _sheet(table: ElementTree.Element, styles: Styles) -> SheetLooks:
    found = SheetLooks()
    by_column = list(_columns(table))
    first = 0
    for row in _parts(table, "table-row"):
        alike = _times(row, "rows")
        default = row.get(f"{TABLE}default-cell-style-name")
        column = 0
        for cell in row:
            times = _times(cell, "columns")
            if len(cell):
                name = cell.get(f"{TABLE}style-name") or default or _at(by_column, column)
                style = styles.get(("table-cell", name or ""), _Style())
                budget().spread(alike, times)
                for r in range(first, first + alike):
                    for c in range(column, column + times):
                        _cell(found, (r, c), cell, style, styles)
            column += times
        first += alike
    return found


def _parts(table: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """The rows or columns of a table, also those that stand in groups."""
    for child in table:
        if child.tag == f"{TABLE}{name}":
            yield child
        elif child.tag.startswith(f"{TABLE}table-") and child.tag != f"{TABLE}table-row":
            yield from _parts(child, name)


def _columns(table: ElementTree.Element) -> Iterator[tuple[int, str]]:
    """Where columns alike end, and the style of the cells in them that name none."""
    end = 0
    for column in _parts(table, "table-column"):
        end += _times(column, "columns")
        yield end, column.get(f"{TABLE}default-cell-style-name", "")


def _at(columns: list[tuple[int, str]], column: int) -> str:
    return next((name for end, name in columns if column < end), "")


def _times(element: ElementTree.Element, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", 1)))


def _cell(
    found: SheetLooks, place: Place, cell: ElementTree.Element, style: _Style, styles: Styles
) -> None:
    lines = cell.findall(f"{TEXT}p")
    shown = "".join(text for line in lines for text in line.itertext())
    held = cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}string-value")
    unseen = bool(lines and not shown and held and held != "0")  # a number format shows nothing
    if unseen or style.hidden:
        found.styles[place] = CellStyle(hides_numbers=True, hides_texts=True)
    elif style.struck:
        found.styles[place] = CellStyle(struck=True)
    pieces = [(text, look) for line in lines for text, look in (*_pieces(line, style, styles),
                                                               ("\n", None))][:-1]  # fmt: skip
    if any(look is not None for _text, look in pieces):
        found.runs[place] = tuple(pieces)


def _pieces(
    element: ElementTree.Element, around: _Style, styles: Styles, own: Look | None = None
) -> Iterator[tuple[str, Look | None]]:
    """The texts in a paragraph or span, each with its look; `None`: as its cell."""
    family = "paragraph" if element.tag == f"{TEXT}p" else "text"
    if (name := element.get(f"{TEXT}style-name")) and (family, name) in styles:
        around = styles[family, name].over(around)
        own = around.look
    if element.text:
        yield element.text, own
    for child in element:
        if child.tag == f"{TEXT}s":
            yield " " * min(int(child.get(f"{TEXT}c", 1)), MOST_REPEATED), own
        elif child.tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            yield "\t" if child.tag == f"{TEXT}tab" else "\n", own
        elif child.tag in (f"{TEXT}span", f"{TEXT}a"):
            yield from _pieces(child, around, styles, own)
        if child.tail:
            yield child.tail, own
