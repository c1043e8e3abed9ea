"""The list in front of a returned Word document, with links to the marked places."""

from __future__ import annotations

from typing import Any

from briefing.correspondence.list_sheet import COLOURS, FONT, INK
from briefing.correspondence.returns import Point, Return
from briefing.correspondence.wording import (
    HEADINGS,
    MARKED_DOCUMENT,
    example,
    opening,
    place,
    sender,
    stated,
    title,
)
from briefing.intake.recognition.returned import END
from briefing.messages import Message
from briefing.params import Campaign

SHARES = (0.07, 0.21, 0.15, 0.29, 0.28)  # of the text's width
SIZE = 12  # points
FIRST_ID = 900_000  # of bookmarks: the sender's own have smaller ones
BOOKMARK = "can_sua_{}"


def add_list(document: Any, item: Return, campaign: Campaign, targets: dict[str, Any]) -> None:
    """Put the list on a page of its own before everything else.

    Args:
        targets: Address of the contract → the paragraph that a click leads to.
    """
    from docx.shared import Pt

    first = document.element.body[0]
    ask = Message(MARKED_DOCUMENT.msgid, {"sender": sender(campaign)})
    bookmarks = _bookmarks(targets)
    head = [title(), *opening(item, campaign), str(ask)]
    blocks = [_line(document, text, bold=i == 0, size=14 if i == 0 else SIZE)
              for i, text in enumerate(head)]  # fmt: skip
    blocks.append(_table(document, item.points, bookmarks))
    last = _line(document, str(END), italic=True)
    last.paragraph_format.space_before = Pt(6)
    last.add_run().add_break(_page_break())
    for block in (*blocks, last):
        first.addprevious(block._element)


def _page_break() -> Any:
    from docx.enum.text import WD_BREAK

    return WD_BREAK.PAGE


def _line(
    document: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = SIZE
) -> Any:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(4)
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.first_line_indent = Pt(0)
    _write(paragraph, text, bold=bold, italic=italic, size=size, colour=INK)
    return paragraph


def _write(
    paragraph: Any, text: str, *, bold: bool = False, italic: bool = False, size: int = SIZE,
    colour: str = "000000", underlined: bool = False,
) -> Any:  # fmt: skip
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_plain(text))
    run.bold, run.italic, run.underline = bold, italic, underlined
    run.font.name, run.font.size = FONT, Pt(size)
    run._element.rPr.rFonts.set(qn("w:cs"), FONT)
    run.font.color.rgb = RGBColor.from_string(colour)
    return run


def _plain(text: str) -> str:
    """A text without the characters that XML can't hold."""
    return "".join(letter for letter in text if letter >= " " or letter in "\t\n")


def _table(document: Any, points: tuple[Point, ...], bookmarks: dict[str, str]) -> Any:
    table = document.add_table(rows=1 + len(points), cols=len(HEADINGS))
    table.autofit = False
    _borders(table)
    width = _text_width(document)
    for column, share in zip(table.columns, SHARES, strict=True):
        column.width = int(width * share)
    grid = [[*row.cells] for row in table.rows]
    for cell, heading in zip(grid[0], HEADINGS, strict=True):
        _fill(cell, INK)
        _write(_first(cell), str(heading), bold=True, size=11, colour="FFFFFF")
    _repeat_on_each_page(table.rows[0])
    for number, (cells, point) in enumerate(zip(grid[1:], points, strict=True), start=1):
        _point(cells, number, point, bookmarks.get(point.first.where))
    for cells in grid:
        for cell, share in zip(cells, SHARES, strict=True):
            cell.width = int(width * share)
    return table


def _point(cells: list[Any], number: int, point: Point, bookmark: str | None) -> None:
    _fill(cells[0], COLOURS[point.first.severity])
    _write(_first(cells[0]), str(number))
    if bookmark:
        _link(_first(cells[1]), place(point), bookmark)
    else:
        _write(_first(cells[1]), place(point))
    texts = (example(point), stated(point), point.first.request)
    for cell, text in zip(cells[2:], texts, strict=True):
        _write(_first(cell), text)


def _first(cell: Any) -> Any:
    from docx.shared import Pt

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.space_before = Pt(0)
    paragraph.paragraph_format.first_line_indent = Pt(0)
    return paragraph


def _fill(cell: Any, colour: str) -> None:
    from briefing.correspondence.marked_document import shade

    shade(cell._element, colour)


def _bookmarks(targets: dict[str, Any]) -> dict[str, str]:
    """Set a bookmark at each marked place; address → its name."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    names = {}
    for number, (where, paragraph) in enumerate(targets.items(), start=1):
        names[where] = BOOKMARK.format(number)
        for kind in ("bookmarkStart", "bookmarkEnd"):
            mark = OxmlElement(f"w:{kind}")
            mark.set(qn("w:id"), str(FIRST_ID + number))
            if kind == "bookmarkStart":
                mark.set(qn("w:name"), names[where])
            paragraph._element.append(mark)
    return names


def _link(paragraph: Any, text: str, bookmark: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = _write(paragraph, text, colour="0563C1", underlined=True)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    run._element.addprevious(link)
    link.append(run._element)


def _borders(table: Any) -> None:
    """Thin lines, written out: a document need not have the style that would give them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "A6A6A6")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    properties = table._element.tblPr
    layout = properties.find(qn("w:tblLayout"))
    if layout is None:
        properties.append(borders)
    else:
        layout.addprevious(borders)


def _repeat_on_each_page(row: Any) -> None:
    from docx.oxml import OxmlElement

    row._element.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _text_width(document: Any) -> int:
    """Of the first page, in EMU; an A4 page with usual margins where it does not say."""
    section = document.sections[0] if document.sections else None
    page, left, right = (
        (section.page_width, section.left_margin, section.right_margin)
        if section
        else (None, None, None)
    )
    return (page or 7_560_000) - (left or 900_000) - (right or 720_000)
