"""The list alone, for reports whose own file can't be marked: a text that Notepad shows."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.correspondence.returns import Remark, Return
from briefing.correspondence.wording import LIST_ONLY, opening, place, sender, sentence, title
from briefing.messages import Message, _
from briefing.params import Campaign


def list_text(item: Return, campaign: Campaign) -> bytes:
    """UTF-8 with BOM and CRLF."""
    request = Message(LIST_ONLY.msgid, {"sender": sender(campaign)})
    lines = [title(), "", *opening(item, campaign), str(request)]
    for number, remark in enumerate(item.remarks, start=1):
        lines += ["", *_remark(number, remark)]
    return as_text_file(lines)


def _remark(number: int, remark: Remark) -> Iterator[str]:
    yield f"{number}. {place(remark)}"
    if remark.found:
        yield "   " + _("Written there: {found}", found=remark.found)
    yield f"   {sentence(remark.message)}."
    yield "   " + _("What to do: {request}", request=remark.request)


def as_text_file(lines: list[str]) -> bytes:
    """Lines as Notepad shows them, accents and all."""
    return "\r\n".join([*lines, ""]).encode("utf-8-sig")
