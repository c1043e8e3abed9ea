"""How text of a LibreOffice Writer document looks: by its styles, and by what it stands in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from briefing.intake.opening.looks import Look, Pieces, strongest
from briefing.intake.opening.word_xml import attribute, local

FAMILIES = {
    "p": "paragraph", "h": "paragraph", "span": "text", "a": "text", "table-cell": "table-cell",
}  # fmt: skip
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
        own = [look for look in ("struck", "hidden", "raised") if self.styled.get(look)]
        return strongest(self.within, *own)


class Looks:
    """Tells looks by the styles of one document, and what its tracked changes deleted.

    Args:
        styles: The elements that hold styles; of two of the same name the later one counts.
        root: Where the deleted texts are kept.
    """

    def __init__(self, styles: list[Any], root: Any):
        self._styles: dict[tuple[str | None, str | None], tuple[str | None, Styled]] = {}
        self._usual: dict[str | None, Styled] = {}
        for node in (style for container in styles for style in container):
            family, parent = attribute(node, "family"), attribute(node, "parent-style-name")
            if local(node) == "style":
                self._styles[family, attribute(node, "name")] = parent, _said_by(node)
            elif local(node) == "default-style":
                self._usual[family] = _said_by(node)
        self._resolved: dict[tuple[str, str | None], Styled] = {}
        self.deleted = dict(_deletions(root))
        self.outermost = Around(self._usual.get("paragraph", {}))

    def inside(self, around: Around, node: Any) -> Around:
        """What the texts in a node take over."""
        name = local(node)
        if name in FAMILIES and (own := self._of_style(FAMILIES[name], node)):
            around = replace(around, styled={**around.styled, **own})
        if _is_hiding(name, node):
            around = replace(around, within="hidden")
        return around

    def _of_style(self, family: str, node: Any) -> Styled:
        """What a node's style says, with what it takes over from those that it is based on."""
        key = family, attribute(node, "style-name")
        if key not in self._resolved:
            found: Styled = {}
            name, told = key[1], set()
            while name and name not in told:
                told.add(name)
                name, own = self._styles.get((family, name), (None, {}))
                found = {**own, **found}
            self._resolved[key] = found
        return self._resolved[key]


def _said_by(style: Any) -> Styled:
    said: dict[str, bool] = {}
    for properties in style:
        if local(properties) != "text-properties":
            continue
        lines = [attribute(properties, f"text-line-through-{name}") for name in ("style", "type")]
        if any(lines):
            said["struck"] = "none" not in lines
        if (display := attribute(properties, "display")) in ("none", "true"):
            said["hidden"] = display == "none"
        if position := attribute(properties, "text-position"):
            said["raised"] = _is_raised(*position.split())
    return said


def _is_raised(by: str = "", size: str = "", *_more: str) -> bool:
    """Whether letters stand higher and are smaller."""
    higher = by == "super" or (by.endswith("%") and not by.startswith(("-", "0%")))
    return higher and size != "100%"


def _is_hiding(name: str, node: Any) -> bool:
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
