"""How text of a document or workbook of LibreOffice looks: by its styles, and what it stands in.

Names of elements and attributes: OpenDocument 1.3, part 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from briefing.intake.readers.flow import RANK, Look, Piece, Pieces, inherited, strongest
from briefing.intake.readers.word_xml import attribute, local

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
FAMILIES = {  # of elements: their styles' family, and the attribute that names the style
    f"{TEXT}p": ("paragraph", f"{TEXT}style-name"),
    f"{TEXT}h": ("paragraph", f"{TEXT}style-name"),
    f"{TEXT}span": ("text", f"{TEXT}style-name"),
    f"{TEXT}a": ("text", f"{TEXT}style-name"),
    f"{TABLE}table-cell": ("table-cell", f"{TABLE}style-name"),
}
UNSEEN = {
    "tracked-changes", "annotation", "annotation-end", "note", "page-number", "page-count",
    "forms", "sequence-decls", "desc", "title", "ruby-text",
}  # fmt: skip
BREAKS = {"tab": "\t", "line-break": "\n"}
MOST_SPACES = 1000
Name = tuple[str | None, str | None]  # of a style: its family, its own name
Styled = Mapping[str, bool]  # what a style says of `struck`, `hidden`, `raised`; it may be silent


@dataclass(frozen=True)
class Around:
    """What a text takes over from around it.

    Attributes:
        styled: What styles say of it; nearer ones replace what farther ones say.
        within: The look of what it stands in, such as a hidden section; it stays.
    """

    styled: Styled = field(default_factory=dict)
    within: Look = ""

    def look(self) -> Look:
        own = [look for look in RANK if self.styled.get(look)]
        return strongest(self.within, *own)


class Looks:
    """Tells looks by the styles of one document, and what its tracked changes deleted.

    Args:
        styles: The elements that hold styles; of two of the same name the later one counts.
        root: Where the deleted texts are kept.
    """

    def __init__(self, styles: list[Any], root: Any):
        own: dict[Name, tuple[Name | None, Styled]] = {}
        self.outermost = Around()
        for node in (style for container in styles for style in container):
            family, parent = attribute(node, "family"), attribute(node, "parent-style-name")
            if local(node) == "style":
                own[family, attribute(node, "name")] = (
                    (family, parent) if parent else None,
                    _look_of(node),
                )
            elif local(node) == "default-style" and family == "paragraph":
                self.outermost = Around(_look_of(node))
        self._styles = {name: look for name in own if (look := inherited(name, own))}
        self.deleted = dict(_deletions(root))
        self._hides_paragraphs = next(root.iter("{*}hidden-paragraph"), None) is not None

    def inside(self, around: Around, node: Any) -> Around:
        """What the texts in a node take over."""
        family, named = FAMILIES.get(node.tag, ("", ""))
        around = self.styled(around, family, node.get(named)) if family else around
        if family != "paragraph" or self._hides_paragraphs:
            around = replace(around, within="hidden") if _is_hiding(node) else around
        return around

    def styled(self, around: Around, family: str, name: str | None) -> Around:
        """The same of what has a style."""
        look = self._styles.get((family, name))
        return replace(around, styled={**around.styled, **look}) if look else around

    def pieces(self, node: Any, around: Around) -> Iterator[Piece]:
        """The text of a paragraph, or of an element in one."""
        around = self.inside(around, node)
        look = around.look()
        if node.text:
            yield node.text, look
        for inner in node:
            name = local(inner)
            if name == "s":
                yield " " * min(int(attribute(inner, "c") or 1), MOST_SPACES), look
            elif name in BREAKS:
                yield BREAKS[name], look
            elif name == "change":
                yield self.deleted.get(attribute(inner, "change-id"), ""), "struck"
            elif name == "hidden-text" and (kept := hidden_text(inner)):
                yield from kept
            elif name and name not in UNSEEN and name != "text-box":
                yield from self.pieces(inner, around)
            if inner.tail:
                yield inner.tail, look


def held(root: Any, *names: str) -> list[Any]:
    return [node for node in root if local(node) in names]


def parts_of(table: Any, name: str) -> Iterator[Any]:
    """The rows or columns of a table, also those that stand in groups."""
    for child in table:
        if child.tag == f"{TABLE}{name}":
            yield child
        elif local(child).startswith("table-") and local(child) != "table-row":
            yield from parts_of(child, name)


def _look_of(style: Any) -> Styled:
    look: dict[str, bool] = {}
    for properties in style:
        if local(properties) != "text-properties":
            continue
        lines = [attribute(properties, f"text-line-through-{name}") for name in ("style", "type")]
        if any(lines):
            look["struck"] = "none" not in lines
        if (display := attribute(properties, "display")) in ("none", "true"):
            look["hidden"] = display == "none"
        if position := attribute(properties, "text-position"):
            look["raised"] = _is_raised(*position.split())
    return look


def _is_raised(by: str = "", size: str = "", *_more: str) -> bool:
    """Whether letters stand higher and are smaller."""
    higher = by == "super" or (by.endswith("%") and not by.startswith(("-", "0%")))
    return higher and size != "100%"


def _is_hiding(node: Any) -> bool:
    name = local(node)
    if name == "section":
        shown = attribute(node, "display")
        return shown == "none" or (shown == "condition" and _says_hidden(node))
    if name in ("p", "h"):
        return any(local(inner) == "hidden-paragraph" and _says_hidden(inner) for inner in node)
    return name == "table-row" and attribute(node, "visibility") == "collapse"


def _says_hidden(node: Any) -> bool:
    return attribute(node, "is-hidden") == "true"


def hidden_text(node: Any) -> Pieces:
    """What a field of hidden text keeps from view; nothing of one that is shown."""
    return [(attribute(node, "string-value") or "", "hidden")] if _says_hidden(node) else []


def _deletions(root: Any) -> Iterator[tuple[str | None, str]]:
    """The name of each tracked deletion, and the text that it took out."""
    for region in root.iter("{*}changed-region"):
        for deletion in region.iter("{*}deletion"):
            lines = ["".join(line.itertext()) for line in deletion.iter("{*}p", "{*}h")]
            yield attribute(region, "id"), "\n".join(lines)
