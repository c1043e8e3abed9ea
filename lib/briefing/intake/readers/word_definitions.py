"""What other parts of a Word document say of its paragraphs: how their runs look, and the numbers
that Word itself puts before them, which stand nowhere as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any

from briefing.intake.readers.flow import Look, inherited
from briefing.intake.readers.word_xml import OFF, attribute, child, is_on, local, value

TOGGLES = {"strike", "vanish"}  # of ECMA-376, 17.7.3: styles of two levels switch each other off
LOOKS = {*TOGGLES, "dstrike", "vertAlign", "position"}
USUAL_SIZE = 20  # half points, where nothing says another
Properties = dict[str, str]  # name → value, "" where there is none
ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
LARGEST_ROMAN = 3999


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
            self._resolved[names] = [inherited(name, self._styles) for name in names]
        return self._resolved[names]

    def _is_on(self, name: str, direct: Properties, levels: list[Properties]) -> bool:
        if name not in TOGGLES or name in direct:
            return _is_on(self._value(name, direct, levels))
        switched = sum(_is_on(level.get(name)) for level in levels) % 2 == 1
        return switched or _is_on(self._defaults.get(name))

    def _value(self, name: str, direct: Properties, levels: list[Properties]) -> str | None:
        innermost = (direct, *reversed(levels), self._defaults)
        return next((level[name] for level in innermost if name in level), None)

    def _number(self, name: str, direct: Properties, levels: list[Properties]) -> int:
        text = self._value(name, direct, levels) or ""
        return int(text) if text.removeprefix("-").isdigit() else 0

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


def _is_on(text: str | None) -> bool:
    return text is not None and text not in OFF


@dataclass(frozen=True)
class Level:
    """How one level of a list counts. `text`: its pattern, such as `%1.` or `%1.%2`."""

    start: int
    format: str
    text: str


class Numbers:
    """Counts the lists of a document; ask once for each paragraph, in their order.

    Args:
        numbering, styles: Roots of those two parts of the document, where it has them.
    """

    def __init__(self, numbering: Any | None, styles: Any | None):
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}
        self._styled: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for node in numbering if numbering is not None else ():
            if local(node) == "abstractNum":
                self._levels[attribute(node, "abstractNumId") or ""] = _levels(node)
            elif local(node) == "num":
                starts = {
                    int(attribute(inner, "ilvl") or 0): int(start)
                    for inner in node
                    if local(inner) == "lvlOverride" and (start := value(inner, "startOverride"))
                }
                abstract = value(node, "abstractNumId") or ""
                self._lists[attribute(node, "numId") or ""] = abstract, starts
        for node in styles if styles is not None else ():
            if local(node) == "style" and (list_ := _list_of(node)):
                self._styled[attribute(node, "styleId") or ""] = list_

    def uncounted(self) -> Numbers:
        """The same lists for another document, at their beginning."""
        other = copy(self)
        other._counts, other._begun = {}, set()
        return other

    def number(self, paragraph: Any) -> str:
        """The number before a paragraph, without its full stop or bracket; "" where none is."""
        style = value(paragraph, "pPr", "pStyle") or ""
        list_, depth = _list_of(paragraph) or self._styled.get(style) or ("0", 0)
        abstract, starts = self._lists.get(list_, ("", {}))
        levels = self._levels.get(abstract, {})
        if depth not in levels:
            return ""
        counts = self._counts.setdefault(abstract, {})
        restarts = depth in starts and (list_, depth) not in self._begun
        self._begun.add((list_, depth))
        if restarts:
            counts[depth] = starts[depth]
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return _shown(levels, counts, depth)


def _list_of(node: Any) -> tuple[str, int] | None:
    """The list and the level that a paragraph or a style says it is in."""
    if child(node, "pPr", "numPr") is None:
        return None
    depth = value(node, "pPr", "numPr", "ilvl") or "0"
    return value(node, "pPr", "numPr", "numId") or "0", int(depth)


def _levels(node: Any) -> dict[int, Level]:
    return {
        int(attribute(level, "ilvl") or 0): Level(
            int(value(level, "start") or 1),
            value(level, "numFmt") or "decimal",
            value(level, "lvlText") or "",
        )
        for level in node
        if local(level) == "lvl"
    }


def _shown(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    def one(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        if level not in levels:
            return ""
        return _written(counts.get(level, levels[level].start), levels[level].format)

    if levels[depth].format in ("bullet", "none"):
        return ""
    return re.sub(r"%(\d)", one, levels[depth].text).strip(" .)(-/:")


def _written(count: int, format_: str) -> str:
    if format_.endswith("Letter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 9)
        return letter.upper() if format_.startswith("upper") else letter
    if format_.endswith("Roman") and 0 < count <= LARGEST_ROMAN:
        roman = ""
        for worth, sign in ROMAN:
            roman += sign * (count // worth)
            count %= worth
        return roman if format_.startswith("upper") else roman.lower()
    return str(count)
