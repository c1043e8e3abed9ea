"""WordprocessingML as strings: runs, paragraphs, tables, pictures.

Elements stand in the order that the schema asks for. Every text passes through `escaped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
TWIPS_PER_MM = 1440 / 25.4
EMU_PER_MM = 36_000
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
_SIGNS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def twips(mm: float) -> int:
    """A length of the page as Word counts it: twentieths of a point."""
    return round(mm * TWIPS_PER_MM)


def escaped(text: str) -> str:
    """A text as XML; what XML cannot hold (control characters) is left out."""
    return escape(_NOT_IN_XML.sub("", text))


def attribute(text: str) -> str:
    """A text as the quoted value of an attribute."""
    return quoteattr(_NOT_IN_XML.sub("", text))


def run(
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    strike: bool = False,
    underline: bool = False,
    size: float = 0,
    colour: str = "",
    font: str = "",
    settled: bool = False,
) -> str:
    """A piece of text with its line breaks and tabs.

    Args:
        size: In points.
        settled: Plain but for what is asked for, whatever the document's style says.
    """
    face = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else ""
    off = ('<w:b w:val="0"/>', '<w:i w:val="0"/>', '<w:u w:val="none"/>') if settled else [""] * 3
    marks = ("<w:b/>" if bold else off[0]) + ("<w:i/>" if italic else off[1])
    marks += "<w:strike/>" if strike else ""
    tint = f'<w:color w:val="{colour}"/>' if colour else ""
    height = f'<w:sz w:val="{round(2 * size)}"/>' if size else ""
    under = '<w:u w:val="single"/>' if underline else off[2]
    looks = face + marks + tint + height + under
    looks = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    pieces = (_SIGNS.get(piece) or _piece(piece) for piece in re.split(r"([\n\t])", text))
    return f"<w:r>{looks}{''.join(pieces)}</w:r>" if text else ""


def _piece(text: str) -> str:
    return f'<w:t xml:space="preserve">{escaped(text)}</w:t>' if text else ""


def linked(content: str, bookmark: str) -> str:
    """Runs that lead to a bookmark."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


def elements(xml: str) -> list[Any]:
    """Paragraphs, tables or what stands in them, as elements of python-docx.

    They are copies: to move what was parsed into a document takes lxml time by its square.
    """
    return [*map(deepcopy, parse_xml(f"<w:body {NAMESPACES}>{xml}</w:body>"))]


def field(instruction: str, shown: str = "1") -> str:
    """A field that Word computes, e.g. PAGE; `shown` until it does."""
    return (
        f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>{escaped(shown)}</w:t></w:r>'
        "</w:fldSimple>"
    )


def paragraph(
    *content: str,
    style: str = "",
    keep_next: bool = False,
    numbering: tuple[int, int] | None = None,
    spacing: str = "",
    indent: str = "",
    align: str = "",
    border: str = "",
    shade: str = "",
    section: str = "",
) -> str:
    """A paragraph.

    Args:
        content: Runs.
        style: Identifier of a paragraph style; empty: Normal.
        keep_next: It stays on the page of what follows.
        numbering: Identifier of a list, and the level in it.
        spacing, indent: Attributes of w:spacing and w:ind, e.g. `w:left="720"`.
        align: "left", "right", "center" or "both"; empty: the style's.
        border: Elements of w:pBdr.
        shade: Colour of the ground.
        section: The section that ends here, as `sectPr`.
    """
    parts = (
        f'<w:pStyle w:val="{style}"/>' if style else "",
        "<w:keepNext/>" if keep_next else "",
        f'<w:numPr><w:ilvl w:val="{numbering[1]}"/><w:numId w:val="{numbering[0]}"/></w:numPr>'
        if numbering
        else "",
        f"<w:pBdr>{border}</w:pBdr>" if border else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
        f"<w:spacing {spacing}/>" if spacing else "",
        f"<w:ind {indent}/>" if indent else "",
        f'<w:jc w:val="{align}"/>' if align else "",
        section,
    )
    properties = "".join(parts)
    properties = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{properties}{''.join(content)}</w:p>"


def cell(
    content: str, width: int, *, borders: str = "", shade: str = "", valign: str = "", span: int = 1
) -> str:
    """A cell of a table; `content` is one or more paragraphs, `width` in twips."""
    parts = (
        f'<w:tcW w:w="{width}" w:type="dxa"/>',
        f'<w:gridSpan w:val="{span}"/>' if span > 1 else "",
        f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "",
        f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
        f'<w:vAlign w:val="{valign}"/>' if valign else "",
    )
    return f"<w:tc><w:tcPr>{''.join(parts)}</w:tcPr>{content}</w:tc>"


def row(cells: Iterable[str], *, header: bool = False, height: int = 0) -> str:
    """A row that no page break cuts, at least so many twips high.

    Args:
        header: It stands on every page of its table.
    """
    more = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    more += "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{more}</w:trPr>{''.join(cells)}</w:tr>"


def table(
    rows: Sequence[str],
    widths: Sequence[int],
    *,
    style: str = "",
    title: str = "",
    borders: str = "",
    margins: tuple[int, int] = (0, 0),
) -> str:
    """A table of fixed column widths (twips); `title` names it to those who cannot see it.

    `margins`: within each cell, above and below, and at the sides.
    """
    down, across = margins
    sides = (("top", down), ("left", across), ("bottom", down), ("right", across))
    inner = "".join(f'<w:{side} w:w="{size}" w:type="dxa"/>' for side, size in sides)
    head = '<w:tblLook w:val="0620" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    edges = f"<w:tblBorders>{borders}</w:tblBorders>" if borders else ""
    named = f"<w:tblCaption w:val={attribute(title)}/>" if title else ""
    look = f'<w:tblStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:tbl><w:tblPr>{look}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="0" w:type="dxa"/>{edges}<w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{inner}</w:tblCellMar>{head}{named}</w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def line(side: str, eighths: int, colour: str = "000000", space: int = 0) -> str:
    """A border; `eighths` of a point, 0 for none."""
    kind = "single" if eighths else "nil"
    return f'<w:{side} w:val="{kind}" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def grid(colour: str = "000000") -> str:
    """Thin borders around each cell of a table."""
    return "".join(line(edge, 4, colour) for edge in EDGES)


def picture(relation: str, number: int, alt: str, width_mm: float, height_mm: float) -> str:
    """An inline picture, with the text that says it to those who cannot see it."""
    x, y = round(width_mm * EMU_PER_MM), round(height_mm * EMU_PER_MM)
    name = f'id="{number}" name="Picture {number}"'
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{x}" cy="{y}"/><wp:docPr {name} descr={attribute(alt)}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f"<pic:pic><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>"
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{x}" cy="{y}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
