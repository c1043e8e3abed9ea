"""The numbers that Word itself puts before paragraphs: they are shown but stand nowhere as text."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from typing import Any

from briefing.intake.opening.word_xml import attribute, child, local, value

ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
LARGEST_ROMAN = 3999


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
