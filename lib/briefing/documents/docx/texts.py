"""Headings, paragraphs, lists and an analyst's Markdown, in Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from briefing.catalog.codes import SIGNS
from briefing.documents.docx import tables
from briefing.documents.docx.draft import BULLETS, Draft
from briefing.documents.docx.look import CODE, FIRST_LINE
from briefing.office.look import ACCENT, GROUNDS, TONES
from briefing.office.markup import line, paragraph, run

Json = dict[str, Any]

TEXT, ITEM = "BodyText", "ListParagraph"


def heading(block: Json, draft: Draft) -> str:
    return paragraph(run(block["text"]), style=f"Heading{block['level']}")


def text(block: Json, draft: Draft, leads: bool = False) -> str:
    """`leads`: what follows belongs to it and stays on its page."""
    tone = block["tone"]
    marked = sign(tone, draft)
    colour = draft.look.muted() if tone == "muted" else ""
    words = run(_lines(block["text"]), bold=bool(marked), colour=colour)
    return paragraph(marked, words, style=TEXT, keep_next=leads)


def sign(tone: str, draft: Draft) -> str:
    """The mark of a tone; a formal document has none, its words say it."""
    if draft.look.formal or tone not in SIGNS:
        return ""
    return run(f"{SIGNS[tone]}\u00a0", colour=TONES[tone])


def notice(block: Json, draft: Draft, leads: bool = False) -> str:
    words = run(_lines(block["text"]))
    if draft.look.formal:
        return paragraph(words, style="Notice", keep_next=leads)
    tone = block["tone"]
    edge = line("left", 20, TONES.get(tone, ACCENT), 6)
    return paragraph(
        sign(tone, draft),
        words,
        style="Notice",
        border=edge,
        shade=GROUNDS.get(tone, GROUNDS[""]),
        indent='w:left="160"',
    )


def bullets(block: Json, draft: Draft) -> str:
    return "".join(
        paragraph(run(item), style=ITEM, numbering=(BULLETS, 0)) for item in block["items"]
    )


def actions(block: Json, draft: Draft) -> str:
    number = draft.ordered_list()
    muted = draft.look.muted()
    made = []
    for item in block["items"]:
        why = f" – {item['figure']} – " if item["figure"] else ": "
        words = run(item["unit"], bold=True), run(why, colour=muted), run(item["ask"])
        made.append(paragraph(*words, style=ITEM, numbering=(number, 0)))
        if item["draft"]:
            draft_words = run(
                f"{draft.labels['draft']}: “{item['draft']}”", italic=True, colour=muted
            )
            made.append(paragraph(draft_words, style=ITEM, indent=_continued(draft, 0)))
    return "".join(made)


def preformatted(block: Json, draft: Draft) -> str:
    shade = "" if draft.look.formal else GROUNDS[""]
    return paragraph(run(block["text"]), style="Code", shade=shade)


def markdown(block: Json, draft: Draft, leads: bool = False) -> str:
    """`leads`: the last paragraph stays on the page of what follows."""
    *before, last = block["nodes"] or [{"t": "none"}]
    made = [_node(node, draft) for node in before]
    if last["t"] == "p":
        made.append(paragraph(*inlines(last["c"]), style=TEXT, keep_next=leads))
    elif last["t"] != "none":
        made.append(_node(last, draft))
    return "".join(made)


def inlines(nodes: Iterable[Json], **looks: Any) -> Iterator[str]:
    """Runs of inline nodes; `looks`: how the text around them is set."""
    for node in nodes:
        kind = node["t"]
        if kind == "text":
            yield run(node["v"], **looks)
        elif kind == "br":
            yield run("\n")
        elif kind == "code":
            yield run(node["v"], font=CODE, **looks)
        else:
            mark = {"strong": "bold", "em": "italic", "del": "strike"}[kind]
            yield from inlines(node["c"], **{**looks, mark: True})


def _node(node: Json, draft: Draft) -> str:
    kind = node["t"]
    if kind == "heading":
        return paragraph(*inlines(node["c"]), style=f"Heading{node['level']}")
    if kind == "p":
        return paragraph(*inlines(node["c"]), style=TEXT)
    if kind == "list":
        return "".join(_items(node, draft, 0))
    if kind == "code":
        return preformatted({"text": node["v"]}, draft)
    if kind == "quote":
        return "".join(_quoted(node, draft))
    if kind == "rule":
        return paragraph(border=line("bottom", 4, "000000"), style="Rule")
    return tables.plain(node, draft, inlines)


def _quoted(node: Json, draft: Draft) -> Iterator[str]:
    for inner in node["c"]:
        if inner["t"] == "p":
            indent = f'w:left="{FIRST_LINE}" w:firstLine="0"'
            yield paragraph(*inlines(inner["c"]), style=TEXT, indent=indent)
        else:
            yield _node(inner, draft)


def _items(node: Json, draft: Draft, depth: int) -> Iterator[str]:
    number = draft.ordered_list() if node["ordered"] else BULLETS
    for item in node["items"]:
        numbered = False
        for inner in item:
            if inner["t"] == "list":
                yield from _items(inner, draft, min(depth + 1, 3))
            elif inner["t"] != "p":
                yield _node(inner, draft)
            elif numbered:
                words = inlines(inner["c"])
                yield paragraph(*words, style=ITEM, indent=_continued(draft, depth))
            else:
                yield paragraph(*inlines(inner["c"]), style=ITEM, numbering=(number, depth))
                numbered = True


def _continued(draft: Draft, depth: int) -> str:
    """Where a further paragraph of an item begins."""
    return "" if draft.look.formal else f'w:left="{360 * (depth + 1)}"'


def _lines(value: str) -> str:
    return "\n".join(line for line in value.split("\n") if line.strip())
