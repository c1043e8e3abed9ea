"""The list alone, for reports whose own file can't be marked: a text that Notepad shows."""

from __future__ import annotations

from collections.abc import Iterator

from briefing import labels
from briefing.correspondence.returns import Point, Return
from briefing.correspondence.wording import (
    LIST_ONLY,
    example,
    opening,
    place,
    sender,
    stated,
    title,
)
from briefing.messages import Message, _
from briefing.params import Campaign


def list_text(item: Return, campaign: Campaign) -> bytes:
    """UTF-8 with BOM and CRLF."""
    request = Message(LIST_ONLY.msgid, {"sender": sender(campaign)})
    lines = [title(), "", *opening(item, campaign), str(request)]
    for number, point in enumerate(item.points, start=1):
        lines += ["", *_point(number, point)]
    return as_text_file(lines)


def _point(number: int, point: Point) -> Iterator[str]:
    """Every place is named: nothing else of the report goes back."""
    yield f"{number}. {place(point, most=None)}"
    if point.found:
        yield "   " + _("Written there: {found}", found=example(point))
    yield f"   {stated(point)}."
    if not point.exact:
        yield from (f"   - {labels.address(one.where)}: {one.message}" for one in point.remarks)
    yield "   " + _("What to do: {request}", request=point.first.request)


def as_text_file(lines: list[str]) -> bytes:
    """Lines as Notepad shows them, accents and all."""
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")
