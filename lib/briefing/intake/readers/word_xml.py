"""The XML of a Word document, in either of its two namespaces, without what isn't content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
DELETED = {"del", "moveFrom"}
CHECKED, UNCHECKED = "☑", "☐"
OFF = {"0", "false", "off"}


def local(node: Any) -> str:
    """A name without its namespace; "" of a comment."""
    return node.tag.rsplit("}", 1)[-1] if isinstance(node.tag, str) else ""


def attribute(node: Any, name: str) -> str | None:
    for key, text in node.items():
        if key == name or key.endswith("}" + name):
            return text
    return None


def child(node: Any, *path: str) -> Any | None:
    """The first element at a path of names under a node."""
    for name in path:
        node = next(node.iterchildren(f"{{*}}{name}"), None)
        if node is None:
            return None
    return node


def value(node: Any, *path: str) -> str | None:
    """The attribute `val` of the element at a path; None where there is no such element."""
    found = child(node, *path)
    return attribute(found, "val") if found is not None else None


def is_on(node: Any, *path: str) -> bool:
    """Whether a switch such as `vanish` is there and not turned off."""
    return child(node, *path) is not None and value(node, *path) not in OFF


def members(node: Any, *names: str) -> Iterator[Any]:
    """Children of these names in order, those inside content controls and insertions too.

    The same counting as a reader's eye: the 7th paragraph is the 7th one that is shown, whatever
    invisible wrapper it stands in.
    """
    for inner in node:
        name = local(inner)
        if name in names:
            yield inner
        elif name in WRAPPERS:
            yield from members(inner, *names)


def prune(root: Any) -> None:
    """Take out of a document what is no content: prompts still unanswered, and doubles."""
    for node in list(root.iter("{*}sdt", "{*}AlternateContent")):
        name = local(node)
        if node.getparent() is None:
            continue
        if name == "sdt" and is_on(node, "sdtPr", "showingPlcHdr"):
            _remove_all(node, "r")
        elif name == "sdt" and child(node, "sdtPr", "checkbox") is not None:
            _say_state(node, CHECKED if is_on(node, "sdtPr", "checkbox", "checked") else UNCHECKED)
        elif name == "AlternateContent":
            _choose(node)


def _say_state(control: Any, sign: str) -> None:
    """Put one sign for all check boxes of a state: Word itself draws ☒ for yes."""
    text = next(control.iter("{*}t"), None)
    if text is not None:
        text.text = sign


def _remove_all(node: Any, name: str) -> None:
    for inner in list(node.iter(f"{{*}}{name}")):
        inner.getparent().remove(inner)


def _choose(node: Any) -> None:
    """Keep one of the two drawings that newer and older programs are each offered."""
    offers = [inner for inner in node if local(inner) in ("Choice", "Fallback")]
    written = [o for o in offers if next(o.iter("{*}txbxContent"), None) is not None]
    for offer in offers:
        if offer is not (written or offers)[0]:
            node.remove(offer)
