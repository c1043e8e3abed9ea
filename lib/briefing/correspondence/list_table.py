"""The list in front of a returned Word document, with links to the marked places."""

from __future__ import annotations

from typing import Any

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
from briefing.intake.detection.own_papers import END
from briefing.messages import Message
from briefing.office.look import FONT, LINK, LIST_EDGE, LIST_INK, SEVERITIES
from briefing.office.markup import (
    PAGE_BREAK,
    cell,
    elements,
    grid,
    linked,
    paragraph,
    row,
    run,
    table,
)
from briefing.params import Campaign

SHARES = (0.07, 0.21, 0.15, 0.29, 0.28)  # of the text's width
SIZE = 12  # points
INDENT = 'w:firstLine="0"'
PADDING = 108  # twips at either side of a cell, as Word has it
EMU_PER_TWIP = 635
FIRST_ID = 900_000  # of bookmarks: the sender's own have smaller ones
BOOKMARK = "can_sua_{}"


def add_list(document: Any, item: Return, campaign: Campaign, targets: dict[str, Any]) -> None:
    """Put the list on a page of its own before everything else.

    Args:
        targets: Address of the contract → the paragraph that a click leads to.
    """
    first = document.element.body[0]
    ask = Message(MARKED_DOCUMENT.msgid, {"sender": sender(campaign)})
    bookmarks = _bookmarks(targets)
    head = [_line(title(), size=14, bold=True)]
    head += [_line(text) for text in (*opening(item, campaign), str(ask))]
    listed = _table(_widths(document), item.points, bookmarks)
    last = _line(str(END), before=120, italic=True, then=PAGE_BREAK)
    for block in elements("".join((*head, listed, last))):
        first.addprevious(block)


def _line(text: str, *, before: int = 0, size: int = SIZE, then: str = "", **marks: bool) -> str:
    words = _run(text, size=size, colour=LIST_INK, **marks)
    return paragraph(words, then, spacing=f'w:before="{before}" w:after="80"', indent=INDENT)


def _run(text: str, *, size: int = SIZE, colour: str = "000000", **marks: bool) -> str:
    return run(text, size=size, colour=colour, font=FONT, settled=True, **marks)


def _table(widths: list[int], points: tuple[Point, ...], bookmarks: dict[str, str]) -> str:
    titles = [_run(str(heading), bold=True, size=11, colour="FFFFFF") for heading in HEADINGS]
    head = row([_cell(*pair, LIST_INK) for pair in zip(titles, widths, strict=True)], header=True)
    rows = [
        _row(number, point, bookmarks.get(point.first.where), widths)
        for number, point in enumerate(points, start=1)
    ]
    return table([head, *rows], widths, borders=grid(LIST_EDGE), margins=(0, PADDING))


def _row(number: int, point: Point, bookmark: str | None, widths: list[int]) -> str:
    at = _run(place(point))
    if bookmark:
        at = linked(_run(place(point), colour=LINK, underline=True), bookmark)
    texts = (example(point), stated(point), point.first.request)
    first, *others = zip((_run(str(number)), at, *map(_run, texts)), widths, strict=True)
    return row([_cell(*first, SEVERITIES[point.first.severity]), *(_cell(*o) for o in others)])


def _cell(content: str, width: int, shade: str = "") -> str:
    text = paragraph(content, spacing='w:before="0" w:after="0"', indent=INDENT)
    return cell(text, width, shade=shade)


def _bookmarks(targets: dict[str, Any]) -> dict[str, str]:
    """Set a bookmark at each marked place; address → its name."""
    names = {}
    for number, (where, target) in enumerate(targets.items(), start=1):
        names[where] = BOOKMARK.format(number)
        mark = f'w:id="{FIRST_ID + number}"'
        target._element.extend(elements(
            f'<w:bookmarkStart {mark} w:name="{names[where]}"/><w:bookmarkEnd {mark}/>'
        ))  # fmt: skip
    return names


def _widths(document: Any) -> list[int]:
    """Of the columns, in twips; an A4 page with usual margins where the first does not say."""
    section = document.sections[0] if document.sections else None
    page, left, right = (
        (section.page_width, section.left_margin, section.right_margin)
        if section
        else (None, None, None)
    )
    width = (page or 7_560_000) - (left or 900_000) - (right or 720_000)
    return [round(width * share / EMU_PER_TWIP) for share in SHARES]
