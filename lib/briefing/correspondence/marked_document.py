"""A copy of the sender's own Word document with its faults marked, and the list in front."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from briefing.correspondence.list_table import add_list
from briefing.correspondence.returns import Point, Return
from briefing.correspondence.wording import by_place, ground, note, sender
from briefing.intake.readers.word_xml import child, local, members, value
from briefing.office.package import saved
from briefing.params import Campaign

INITIALS = 3  # letters of the author's initials beside a comment


def marked_document(content: bytes, item: Return, campaign: Campaign) -> bytes:
    """The document with each cell or paragraph at fault shaded and commented.

    Args:
        content: A .docx that holds reports of one sender alone.

    Raises:
        Exception: Whatever python-docx makes of a document that it can't read or write back.
    """
    document = Document(io.BytesIO(content))
    targets = _mark(document, item.points, sender(campaign))
    add_list(document, item, campaign, targets)
    return saved(document)


def _mark(document: Any, points: Iterable[Point], author: str) -> dict[str, Any]:
    """Shade and comment each place; returns address → the paragraph that a click leads to."""
    places = dict(places_of(document.element.body))
    targets: dict[str, Any] = {}
    for where, found in by_place(points, lambda where: where if where in places else None).items():
        shade(places[where], ground(found))
        targets[where] = _paragraph(places[where], document)
        _comment(document, targets[where], [note(remark, n) for n, remark in found], author)
    return targets


def places_of(body: Any) -> Iterator[tuple[str, Any]]:
    """Each address of a document's body, as intake gives it, with its paragraph or cell."""
    paragraphs, tables = 0, 0
    for block in members(body, "p", "tbl"):
        if local(block) == "p":
            paragraphs += 1
            yield f"paragraph {paragraphs}", block
        else:
            tables += 1
            yield from _cells(block, str(tables))


def _cells(table: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The cells of a table and of those inside it; of a merged cell every place it covers."""
    above: dict[int, Any] = {}
    inside = 0
    for row_number, row in enumerate(members(table, "tr"), start=1):
        column = int(value(row, "trPr", "gridBefore") or 0)
        shown = None
        for cell in members(row, "tc"):
            shown = _shown(cell, above.get(column), shown)
            span = max(1, int(value(cell, "tcPr", "gridSpan") or 1))
            for covered in range(column, column + span):
                above[covered] = shown
                yield f"table {name}, row {row_number}, column {covered + 1}", shown
            column += span
            for inner in members(cell, "tbl"):
                inside += 1
                yield from _cells(inner, f"{name}.{inside}")


def _shown(cell: Any, above: Any, before: Any) -> Any:
    """The cell itself, or the one above or before it that reaches over it."""
    for kind, other in (("vMerge", above), ("hMerge", before)):
        goes_on = child(cell, "tcPr", kind) is not None
        if goes_on and value(cell, "tcPr", kind) in (None, "continue") and other is not None:
            return other
    return cell


def shade(element: Any, colour: str) -> None:
    """Give a cell or a paragraph a background."""
    is_cell = element.tag.endswith("}tc")
    properties = element.get_or_add_tcPr() if is_cell else element.get_or_add_pPr()
    for old in properties.findall(qn("w:shd")):
        properties.remove(old)
    shading = OxmlElement("w:shd")
    for name, set_to in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), set_to)
    after = _AFTER_SHADING_OF_CELL if is_cell else _AFTER_SHADING_OF_PARAGRAPH
    follower = next((c for c in properties if c.tag in {qn(f"w:{n}") for n in after}), None)
    if follower is None:
        properties.append(shading)
    else:
        follower.addprevious(shading)


# What may stand behind the shading: Word takes another order for a damaged file.
_AFTER_SHADING_OF_CELL = (
    "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign", "hideMark", "headers", "cellIns",
    "cellDel", "cellMerge", "tcPrChange",
)  # fmt: skip
_AFTER_SHADING_OF_PARAGRAPH = (
    "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct",
    "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind",
    "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
    "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
    "pPrChange",
)  # fmt: skip


def _paragraph(element: Any, document: Any) -> Any:
    """The paragraph to hang a comment on: of a cell its first."""
    paragraph = element if element.tag.endswith("}p") else element.p_lst[0]
    return Paragraph(paragraph, document._body)


def _comment(document: Any, paragraph: Any, texts: list[str], author: str) -> None:
    runs = paragraph.runs or [paragraph.add_run("")]
    initials = "".join(word[0] for word in author.split())[:INITIALS].upper()
    comment = document.add_comment([runs[0], runs[-1]], author=author, initials=initials)
    comment._comment_elm.date = None  # the same copy whenever it is made
    comment.paragraphs[0].text = texts[0]
    for text in texts[1:]:
        comment.add_paragraph(text)
