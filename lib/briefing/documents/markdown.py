"""An analyst's Markdown as plain JSON nodes, the same for every format.

Raw HTML is text, a link is its text and address, a picture is its description: a Markdown cell can
say anything, and make a document load or run nothing.

Block nodes: heading(level, c) p(c) list(ordered, items) code(v) quote(c) rule table(align, head,
rows). Inline nodes: text(v) strong(c) em(c) del(c) code(v) br. `t` names the node, `c` holds its
children.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import mistune

Node = dict[str, Any]

_INLINE = {"strong": "strong", "emphasis": "em", "strikethrough": "del"}


def parse(source: str) -> list[Node]:
    """The block nodes of a Markdown text."""
    return _blocks(_parser()(source))


def text_of(nodes: Iterable[Node]) -> str:
    """The words of inline nodes, without their emphasis."""
    return "".join(_words(node) for node in nodes)


def _words(node: Node) -> str:
    if node["t"] == "br":
        return " "
    return node["v"] if "v" in node else text_of(node.get("c", ()))


@cache
def _parser() -> Any:
    return mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])


def _blocks(tokens: Iterable[Node]) -> list[Node]:
    return [node for token in tokens if (node := _block(token)) is not None]


def _block(token: Node) -> Node | None:
    kind, attributes = token["type"], token.get("attrs", {})
    if kind == "blank_line":
        return None
    if kind == "heading":
        return {"t": "heading", "level": attributes["level"], "c": _inlines(token)}
    if kind == "block_code":
        return {"t": "code", "v": token["raw"].rstrip("\n")}
    if kind == "block_html":
        return {"t": "p", "c": [{"t": "text", "v": token["raw"].strip()}]}
    if kind == "list":
        items = [_blocks(item["children"]) for item in token["children"]]
        return {"t": "list", "ordered": bool(attributes.get("ordered")), "items": items}
    if kind == "block_quote":
        return {"t": "quote", "c": _blocks(token["children"])}
    if kind == "thematic_break":
        return {"t": "rule"}
    return _table(token) if kind == "table" else {"t": "p", "c": _inlines(token)}


def _table(token: Node) -> Node:
    head, *bodies = token["children"]
    rows = [row["children"] for body in bodies for row in body["children"]]
    return {
        "t": "table",
        "align": [cell.get("attrs", {}).get("align") or "left" for cell in head["children"]],
        "head": [_inlines(cell) for cell in head["children"]],
        "rows": [[_inlines(cell) for cell in row] for row in rows],
    }


def _inlines(token: Node) -> list[Node]:
    if "children" not in token:
        return [{"t": "text", "v": token.get("raw", "")}]
    return [node for child in token["children"] for node in _inline(child)]


def _inline(token: Node) -> list[Node]:
    kind = token["type"]
    if kind in _INLINE:
        return [{"t": _INLINE[kind], "c": _inlines(token)}]
    if kind == "linebreak":
        return [{"t": "br"}]
    if kind == "softbreak":
        return [{"t": "text", "v": " "}]
    if kind == "codespan":
        return [{"t": "code", "v": token["raw"]}]
    if kind == "link":
        return _link(_inlines(token), token["attrs"]["url"])
    return _inlines(token)


def _link(words: list[Node], address: str) -> list[Node]:
    if text_of(words) in (address, address.removeprefix("mailto:")):
        return words
    return [*words, {"t": "text", "v": f" ({address})"}]
