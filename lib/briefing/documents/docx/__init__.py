"""The document in Word, to be edited, numbered and signed: real styles, lists, tables, sections.

A formal document is laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I, asks, in Times New Roman;
each annex is a section that counts its own pages.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from briefing.charts import style
from briefing.documents import fragments, svg
from briefing.documents.assemble import Document
from briefing.documents.docx import heads, package, pictures, tables, texts
from briefing.documents.docx.draft import Draft
from briefing.documents.docx.look import FORMAL, PAGE
from briefing.language import language
from briefing.office.markup import PAGE_BREAK, paragraph, run

Json = dict[str, Any]

SCREEN = 96  # dots per inch of a picture that an analyst's own cell shows


def render(source: Document) -> bytes:
    """The document as a .docx; the same bytes for the same document.

    Raises:
        DocumentError: A chart or picture can't be read.
    """
    look = FORMAL if source.formal else PAGE
    with language(source.lang):
        words = fragments.labels()
        made = package.begin(source, look)
        draft = Draft(
            made, look, words, pictures.drawn(dict(_drawings(source, look.formal)), look.width_mm)
        )
        package.fill(made, _sections(source, draft), source, look, words)
        return package.finish(made, source.date)


def _drawings(source: Document, formal: bool) -> Iterator[tuple[str, str]]:
    for block in source.blocks:
        if block["block"] == "figure":
            yield block["id"], block["svg"]
        elif block["block"] == "key_figures" and not formal:
            for figure in block["figures"]:
                if figure["progress"] is not None:
                    yield tables.bar_name(figure), pictures.bar(figure)


def _sections(source: Document, draft: Draft) -> list[str]:
    """The text of each section: in a formal document every annex begins one."""
    parts: list[list[str]] = [[]]
    if not any(block["block"] in ("letterhead", "formal_head") for block in source.blocks):
        parts[0].append(paragraph(run(source.title), style="Title"))
    for place, block in enumerate(source.blocks):
        following = source.blocks[place + 1]["block"] if place + 1 < len(source.blocks) else ""
        if block["block"] == "annex_heading" and draft.look.formal and parts[-1]:
            parts.append([])
        parts[-1].append(_written(block, draft, following))
    return ["".join(part) for part in parts]


def _written(block: Json, draft: Draft, following: str) -> str:
    kind = block["block"]
    if kind in _LEADING:
        leads = following in ("figure", "picture", "table", "strip", "signature")
        return _LEADING[kind](block, draft, leads)
    return _WRITERS[kind](block, draft)


def _figure(block: Json, draft: Draft) -> str:
    part = min(1, svg.width(block["svg"]) / style.POINTS)
    shown = draft.drawing(block["id"], block["alt"], part * draft.look.width_mm)
    align = "center" if draft.look.formal else ""
    return (
        tables.caption(block["title"])
        + paragraph(shown, align=align, keep_next=bool(block["note"]))
        + (tables.note(block["note"]) if block["note"] else "")
    )


def _picture(block: Json, draft: Draft) -> str:
    content = base64.b64decode(block["data"])
    return paragraph(draft.picture(content, block["alt"], draft.look.width_mm, SCREEN))


def _page_break(block: Json, draft: Draft) -> str:
    """Of a page none: in Word nothing stands side by side, and page one goes on over its sheet."""
    return paragraph(PAGE_BREAK, style="Rule") if draft.look.formal else ""


_LEADING = {"paragraph": texts.text, "notice": texts.notice, "markdown": texts.markdown}
_WRITERS = {
    "letterhead": heads.letterhead,
    "formal_head": heads.formal_head,
    "signature": heads.signature,
    "annex_heading": heads.annex_heading,
    "key_figures": tables.key_figures,
    "table": tables.data_table,
    "strip": tables.data_table,
    "heading": texts.heading,
    "bullets": texts.bullets,
    "action_list": texts.actions,
    "preformatted": texts.preformatted,
    "figure": _figure,
    "picture": _picture,
    "page_break": _page_break,
}
