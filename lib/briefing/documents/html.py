"""The page: one HTML file that needs nothing else and asks nothing of anywhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from markupsafe import Markup

from briefing.documents import fragments
from briefing.documents.assemble import HEADS, Document, headings
from briefing.documents.fragments import Json
from briefing.language import language


def render(source: Document) -> str:
    """The document as one self-contained HTML page under a strict Content-Security-Policy."""
    with language(source.lang):
        source = replace(source, blocks=tuple(_opening(source.blocks)))
        labels = fragments.labels()
        style = fragments.asset("page.css") + _print_banner(source, labels["illustrative"])
        script = fragments.asset("page.js")
        head = next((i for i in source.blocks if i["block"] in HEADS), None)
        return (
            fragments.environment()
            .get_template("page.html.j2")
            .render(
                document=source,
                labels=labels,
                head=Markup(fragments.html(head) if head else _bare_title(source)),
                body=[Markup(text) for text in _body([i for i in source.blocks if i is not head])],
                contents=list(headings(source)),
                style=Markup(style),
                style_hash=Markup(_hash(style)),
                script=Markup(script),
                script_hash=Markup(_hash(script)),
            )
        )


def _body(blocks: Sequence[Json]) -> Iterator[str]:
    """The HTML of each block; key figures and the chart beside them in one frame."""
    framed = False
    for block, coming in pairwise([*blocks, None]):
        assert block is not None
        opens = _is_beside(block, coming)
        start, end = ('<div class="b-beside">' if opens else "", "</div>" if framed else "")
        yield f"{start}{fragments.html(block)}{end}"
        framed = opens


def _is_beside(block: Json, coming: Json | None) -> bool:
    return bool(block.get("beside")) and coming is not None and coming["block"] == "figure"


def _opening(blocks: Sequence[Json]) -> Iterator[Json]:
    """The blocks, with each figure that has a source on this page opening it."""
    known = {one["id"] for b in blocks if b["block"] == "sources" for one in b["entries"]}
    for block in blocks:
        if block["block"] == "sources":
            yield {**block, "popovers": True}
        elif block["block"] in fragments.TABLES and known:
            yield {**block, "rows": [_row(row, known) for row in block["rows"]]}
        elif block["block"] == "key_figures" and known:
            yield {**block, "figures": [_opens(figure, known) for figure in block["figures"]]}
        else:
            yield block


def _row(cells: Sequence[Json], known: Collection[str]) -> list[Json]:
    """A row in which the keyboard stops at one figure for all that open the same."""
    met: set[str] = set()
    made = []
    for cell in cells:
        source = cell.get("source", "")
        made.append(_opens(cell, known) | {"passed": source in met})
        met.add(source)
    return made


def _opens(item: Json, known: Collection[str]) -> Json:
    source = item.get("source", "")
    return {**item, "popover": source} if source in known else item


def _bare_title(source: Document) -> str:
    return Markup("<h1>{}</h1>").format(source.title)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _print_banner(source: Document, words: str) -> str:
    """The banner of illustrative data at the top of every printed page."""
    if not source.illustrative:
        return ""
    escaped = "".join(f"\\{ord(letter):06x}" for letter in words)
    return f'@media print{{@page{{@top-center{{content:"{escaped}";font:bold 9pt sans-serif}}}}}}\n'
