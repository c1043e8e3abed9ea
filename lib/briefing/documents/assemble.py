"""From an executed notebook to a document: what a reader sees, in order, and nothing of the code.

What is kept: Markdown cells, the blocks that cells display, and whatever else an analyst's own
cell shows (text, pictures). What is left out: source code, cells tagged `remove_cell` (or
nbconvert's `remove-cell`), outputs of cells tagged `remove_output`, and messages on stderr, which
are for the analyst.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from briefing.documents import blocks, formal, markdown, svg
from briefing.documents.block import MIME, Block
from briefing.errors import DocumentError
from briefing.language import current_language, languages, prose
from briefing.messages import _

Json = dict[str, Any]

HEADS = ("letterhead", "formal_head")
"""Kinds of block that say what the document is."""

_log = logging.getLogger(__name__)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


@dataclass(frozen=True)
class Document:
    """What the renderers need. `blocks` are plain JSON values, ids unique, levels in sequence.

    Beside the kinds of `block.KINDS` there are `markdown` (nodes), `preformatted` (text) and
    `picture` (id, mime, data as base64, alt).
    """

    lang: str
    title: str
    subject: str
    author: str
    date: str
    illustrative: bool
    blocks: tuple[Json, ...]

    @property
    def formal(self) -> bool:
        """Whether it is laid out as Nghị định 30/2020/NĐ-CP asks: it has the head of such."""
        return any(block["block"] == "formal_head" for block in self.blocks)


def document(notebook: Any, name: str = "") -> Document:
    """The document of an executed notebook.

    Args:
        notebook: A notebook node of nbformat 4.
        name: What to call it when it has neither a letterhead nor a heading.

    Raises:
        DocumentError: A cell ended in an error, or displays something that is no block.
    """
    about = notebook.metadata.get("briefing", {})
    lang = _language(notebook)
    shown = _with_content([*_shown(notebook.cells)])
    items = [item for cell in shown for item in _of_cell(cell, lang)]
    head = next((item for item in items if item["block"] in HEADS), {})
    is_formal = any(item["block"] == "formal_head" for item in items)
    title = head.get("title") or head.get("about") or about.get("title")
    title = title or _own_title(notebook.cells, lang) or _take_title(items) or name
    return Document(
        lang=lang,
        title=title or _("Document"),
        subject=head.get("subject") or head.get("subtitle", ""),
        author=head.get("author") or head.get("issuer", ""),
        date=head.get("date") or str(about.get("date", "")),
        illustrative=bool(head.get("illustrative") or about.get("illustrative")),
        blocks=tuple(_in_order([formal.running(i) for i in items] if is_formal else items)),
    )


def _language(notebook: Any) -> str:
    """What its blocks say that they are in, the head first, else what it was run with."""
    shown = [
        output.data[MIME]
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if MIME in output.get("data", {})
    ]
    shown.sort(key=lambda block: block.get("block") not in HEADS)
    given = (
        notebook.metadata.get("briefing", {}).get("lang"),
        notebook.metadata.get("papermill", {}).get("parameters", {}).get("lang"),
    )
    lang = next(filter(None, (*(block.get("lang") for block in shown), *given)), None)
    return lang if lang in languages() else current_language()


def _own_title(cells: Sequence[Any], lang: str) -> str:
    """The heading of a first cell that is not shown: what the notebook is called."""
    first = cells[0] if cells else None
    if first is None or first.cell_type != "markdown" or not _tagged(first, "remove_cell"):
        return ""
    nodes = markdown.parse(prose(first.source, lang))
    return next((markdown.text_of(n["c"]) for n in nodes if n["t"] == "heading"), "")


def on_paper(document: Document) -> Document:
    """The same without what is only opened on a screen."""
    return replace(document, blocks=tuple(i for i in document.blocks if i["block"] != "sources"))


def headings(document: Document) -> Iterator[tuple[int, str, str]]:
    """Level, id and text of each heading, in order."""
    for item in _headings(document.blocks):
        yield item["level"], item["id"], _heading_words(item)


def _heading_words(item: Json) -> str:
    if item.get("block") == "annex_heading":
        return f"{item['label']}. {item['title']}"
    return item["text"] if "text" in item else markdown.text_of(item["c"])


def _shown(cells: Iterable[Any]) -> Iterator[Any]:
    for number, cell in enumerate(cells, 1):
        for output in cell.get("outputs", ()):
            if output.output_type == "error":
                raise DocumentError(f"cell {number}: {output.ename}: {output.evalue}")
        if not _tagged(cell, "remove_cell"):
            yield cell


def _with_content(cells: Sequence[Any]) -> Iterator[Any]:
    """The cells without a heading under which cells are run and none shows anything."""
    for number, cell in enumerate(cells):
        if not _is_heading(cell):
            yield cell
            continue
        below = [*takewhile(lambda other: not _is_heading(other), cells[number + 1 :])]
        if not below or any(one.cell_type == "markdown" or one.outputs for one in below):
            yield cell


def _is_heading(cell: Any) -> bool:
    return cell.cell_type == "markdown" and cell.source.lstrip().startswith("#")


def _tagged(cell: Any, tag: str) -> bool:
    return not {tag, tag.replace("_", "-")}.isdisjoint(cell.metadata.get("tags", ()))


def _of_cell(cell: Any, lang: str) -> Iterator[Json]:
    if cell.cell_type == "markdown":
        if cell.source.strip():
            yield {"block": "markdown", "nodes": markdown.parse(prose(cell.source, lang))}
    elif cell.cell_type == "code" and not _tagged(cell, "remove_output"):
        for output in cell.outputs:
            yield from _of_output(output, cell.source)


def _of_output(output: Any, source: str) -> Iterator[Json]:
    if output.output_type == "stream":
        if output.name == "stderr":
            _log.warning("left out of the document (stderr): %s", output.text.strip())
            return
        data: Mapping[str, Any] = {"text/plain": output.text}
    else:
        data = output.data
    if MIME in data:
        yield Block.from_json(dict(data[MIME])).to_json()
    else:
        yield from _of_other(data, source)


def _of_other(data: Mapping[str, Any], source: str) -> Iterator[Json]:
    """What an analyst's own cell shows: pictures first, then Markdown, then text."""
    alt = _first_comment(source) or _("A chart that the analyst added")
    if "image/svg+xml" in data:
        drawing = svg.clean("".join(data["image/svg+xml"]), "extra")
        yield blocks.Figure(id="extra", title="", svg=drawing, alt=alt).to_json()
        return
    for mime in ("image/png", "image/jpeg"):
        if mime in data:
            base64 = "".join("".join(data[mime]).split())
            yield {"block": "picture", "id": "extra", "mime": mime, "data": base64, "alt": alt}
            return
    if "text/markdown" in data:
        yield {"block": "markdown", "nodes": markdown.parse("".join(data["text/markdown"]))}
    elif text := _ANSI.sub("", "".join(data.get("text/plain", ""))).strip("\n"):
        yield {"block": "preformatted", "text": text}
    elif data:
        _log.warning("left out of the document (no text or picture): %s", ", ".join(data))


def _first_comment(source: str) -> str:
    first = source.strip().partition("\n")[0]
    return first.lstrip("# ").strip() if first.startswith("#") else ""


def _take_title(items: list[Json]) -> str:
    """The words of the first heading, which then no longer stands in the text."""
    for item in items:
        if item["block"] == "heading":
            items.remove(item)
            return item["text"]
        for node in item.get("nodes", ()):
            if node["t"] == "heading":
                item["nodes"].remove(node)
                return markdown.text_of(node["c"])
    return ""


def _headings(items: Iterable[Json]) -> Iterator[Json]:
    for item in items:
        if item["block"] in ("heading", "annex_heading"):
            yield item
        yield from (node for node in item.get("nodes", ()) if node["t"] == "heading")


def _in_order(items: list[Json]) -> list[Json]:
    """The blocks with unique ids, and headings that start at level 1 and skip none."""
    written = [h["level"] for i in items if "nodes" in i for h in _headings([i])]
    lift = min(written, default=1) - 1
    taken: set[str] = set()
    last = 0
    for heading in _headings(items):
        level = heading.get("level", 1) - (lift if "t" in heading else 0)
        last = heading["level"] = max(1, min(level, last + 1, 4))
        heading["id"] = _unique(heading.get("id") or f"s{len(taken) + 1}", taken)
    for item in items:
        if item["block"] in ("table", "strip", "figure", "picture"):
            item["id"] = _unique(item["id"], taken)
    return items


def _unique(wanted: str, taken: set[str]) -> str:
    plain = re.sub(r"[^A-Za-z0-9-]+", "-", wanted).strip("-") or "x"
    plain = plain if plain[0].isalpha() else f"x{plain}"
    candidate, count = plain, 1
    while candidate in taken:
        count += 1
        candidate = f"{plain}-{count}"
    taken.add(candidate)
    return candidate
