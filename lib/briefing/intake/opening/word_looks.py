"""How a run of a Word document looks: by itself, and by the styles that it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefing.intake.opening.looks import Look
from briefing.intake.opening.word_xml import OFF, attribute, child, is_on, local, value

TOGGLES = {"strike", "vanish"}  # of ECMA-376, 17.7.3: styles of two levels switch each other off
LOOKS = {*TOGGLES, "dstrike", "vertAlign", "position"}
USUAL_SIZE = 20  # half points, where nothing says another
Properties = dict[str, str]  # name → value, "" where there is none


class Looks:
    """Tells looks by the styles of one document.

    Attributes:
        by_style: Whether any of its styles gives a look.

    Args:
        styles: The root of that part of the document, where it has one.
    """

    def __init__(self, styles: Any | None):
        self._styles: dict[str, tuple[str | None, Properties]] = {}
        self._usual: dict[str, str] = {}
        self._resolved: dict[tuple[str | None, ...], list[Properties]] = {}
        self._defaults: Properties = {}
        for node in styles if styles is not None else ():
            if local(node) == "docDefaults":
                self._defaults = _properties(child(node, "rPrDefault", "rPr"))
            elif local(node) == "style":
                name = attribute(node, "styleId") or ""
                self._styles[name] = value(node, "basedOn"), _properties(child(node, "rPr"))
                if attribute(node, "default") in ("1", "true", "on"):
                    self._usual[attribute(node, "type") or ""] = name
        levels = [self._defaults, *(properties for _based, properties in self._styles.values())]
        self.by_style = any(LOOKS & properties.keys() for properties in levels)

    def of_run(self, run: Any, paragraph: Any) -> Look:
        return self._look(child(run, "rPr"), paragraph)

    def of_mark(self, paragraph: Any) -> Look:
        """How the mark of a paragraph looks, and with it the number that Word puts before it."""
        own = child(paragraph, "pPr", "rPr")
        deleted = own is not None and any(local(node) in ("del", "moveFrom") for node in own)
        return "struck" if deleted else self._look(own, paragraph)

    def _look(self, own: Any | None, paragraph: Any) -> Look:
        direct = _properties(own)
        if not (self.by_style or LOOKS & direct.keys()):
            return ""
        levels = self._levels(direct, paragraph)
        if self._is_on("vanish", direct, levels):
            return "hidden"
        if self._is_on("strike", direct, levels) or self._is_on("dstrike", direct, levels):
            return "struck"
        if self._value("vertAlign", direct, levels) == "superscript":
            return "raised"
        raised = self._number("position", direct, levels) > 0
        return "raised" if raised and self._is_small(direct, levels, paragraph) else ""

    def _levels(self, direct: Properties, paragraph: Any) -> list[Properties]:
        """What the styles around a run say, one level of styles after the other."""
        table = next(paragraph.iterancestors("{*}tbl"), None) if self.by_style else None
        names = (
            value(table, "tblPr", "tblStyle") if table is not None else None,
            value(paragraph, "pPr", "pStyle") or self._usual.get("paragraph"),
            direct.get("rStyle") or self._usual.get("character"),
        )
        if names not in self._resolved:
            self._resolved[names] = [self._chain(name) for name in names]
        return self._resolved[names]

    def _chain(self, name: str | None) -> Properties:
        """A style with what it takes over from those that it is based on."""
        found: Properties = {}
        told: set[str] = set()
        while name and name not in told:
            told.add(name)
            name, properties = self._styles.get(name, (None, {}))
            found = properties | found
        return found

    def _is_on(self, name: str, direct: Properties, levels: list[Properties]) -> bool:
        if name not in TOGGLES or name in direct:
            return _is_on(self._value(name, direct, levels))
        switched = sum(_is_on(level.get(name)) for level in levels) % 2 == 1
        return switched or _is_on(self._defaults.get(name))

    def _value(self, name: str, direct: Properties, levels: list[Properties]) -> str | None:
        innermost = (direct, *reversed(levels), self._defaults)
        return next((level[name] for level in innermost if name in level), None)

    def _number(self, name: str, direct: Properties, levels: list[Properties]) -> int:
        said = self._value(name, direct, levels) or ""
        return int(said) if said.removeprefix("-").isdigit() else 0

    def _is_small(self, direct: Properties, levels: list[Properties], paragraph: Any) -> bool:
        """Whether other letters of the paragraph are larger."""
        return self._size(direct, levels) < max(self._sizes(paragraph), default=0)

    def _sizes(self, paragraph: Any) -> Iterator[int]:
        for run in paragraph.iter("{*}r"):
            direct = _properties(child(run, "rPr"))
            yield self._size(direct, self._levels(direct, paragraph))

    def _size(self, direct: Properties, levels: list[Properties]) -> int:
        """Of the letters, in half points."""
        return self._number("sz", direct, levels) or USUAL_SIZE


def box_look(anchor: Any) -> Look:
    """The look that the place of a drawing gives to the text box in it."""
    hidden = child(anchor, "docPr")
    return "hidden" if hidden is not None and _is_on(attribute(hidden, "hidden")) else ""


def row_look(row: Any) -> Look:
    if is_on(row, "trPr", "hidden"):
        return "hidden"
    return "struck" if child(row, "trPr", "del") is not None else ""


def cell_look(cell: Any) -> Look:
    return "struck" if child(cell, "tcPr", "cellDel") is not None else ""


def _properties(node: Any | None) -> Properties:
    return {local(n): attribute(n, "val") or "" for n in node} if node is not None else {}


def _is_on(said: str | None) -> bool:
    return said is not None and said not in OFF
