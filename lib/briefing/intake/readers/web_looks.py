"""How text of a web page looks: by its elements, their attributes, and the page's styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2

from briefing.intake.readers.budget import piece_too_large
from briefing.intake.readers.flow import Look

STRUCK = {"s", "strike", "del"}
PROPERTIES = re.compile(
    r"text-decoration|vertical-align|mso-text-raise|display|visibility|mso-hide", re.IGNORECASE
)
# What rules must hold to change a look at all; those of a plain workbook only say what is usual.
TELLING = re.compile(
    r"line-through|:\s*super|raise|vertical-align\s*:\s*\d|display\s*:\s*none|hidden|collapse"
    r"|mso-hide",
    re.IGNORECASE,
)
LENGTH = re.compile(r"(\d++(?:\.\d+)?|\.\d++)(?:%|[a-z]+)")
MOST_RULES = 2**20  # characters of a page's styles
Declared = Mapping[str, str]  # property → value


@dataclass(frozen=True)
class Around:
    """What a text takes over from the elements that it stands in."""

    is_struck: bool = False
    is_gone: bool = False
    is_invisible: bool = False
    is_raised: bool = False

    def look(self) -> Look:
        if self.is_gone or self.is_invisible:
            return "hidden"
        if self.is_struck:
            return "struck"
        return "raised" if self.is_raised else ""


class Looks:
    """Tells looks by the styles of one page."""

    def __init__(self, page: Any):
        rules = "\n".join(style.text or "" for style in page.iter("style"))
        if len(rules) > MOST_RULES:
            raise piece_too_large(MOST_RULES)
        tells = TELLING.search(rules) or (rules and any(True for _node in page.iter(*STRUCK)))
        self._by_rules = dict(_matched(page, rules)) if tells else {}

    def inside(self, around: Around, node: Any) -> Around:
        """What the texts in an element take over."""
        tag, declared = node.tag, _of_attribute(node.get("style"))
        if self._by_rules and node in self._by_rules:
            declared = {**self._by_rules[node], **declared}
        is_gone = node.get("hidden") is not None and "display" not in declared
        if not declared and not is_gone and tag not in STRUCK and tag != "sup":
            return around
        usual = "line-through" if tag in STRUCK else ""
        line = declared.get("text-decoration-line", declared.get("text-decoration", usual))
        seen = declared.get("visibility")
        return replace(
            around,
            is_struck=around.is_struck or "line-through" in line,
            is_gone=around.is_gone or is_gone or _is_gone(declared),
            is_invisible=seen in ("hidden", "collapse") if seen else around.is_invisible,
            is_raised=around.is_raised or tag == "sup" or _is_raised(declared),
        )

    def down_to(self, around: Around, node: Any, above: Any) -> Around:
        """The same of a node far inside another, by way of all that stands between."""
        parent = node.getparent()
        return self.inside(around if parent is above else self.down_to(around, parent, above), node)


def _is_gone(declared: Declared) -> bool:
    return declared.get("display") == "none" or declared.get("mso-hide") == "all"


def _is_raised(declared: Declared) -> bool:
    """Whether letters stand higher, by so much only where they are of another size, too."""
    by = declared.get("mso-text-raise", declared.get("vertical-align", ""))
    length = LENGTH.fullmatch(by)
    return by == "super" or bool(length and float(length[1]) > 0 and "font-size" in declared)


@lru_cache(maxsize=1000)
def _of_attribute(style: str | None) -> Declared:
    if not style or not PROPERTIES.search(style):
        return {}
    usual, important = _declarations(style)
    return {**usual, **important}


def _declarations(style: Any) -> tuple[Declared, Declared]:
    """The declarations in a text or in a rule: the usual ones, and those marked as important."""
    found = tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True)
    declared: tuple[dict[str, str], dict[str, str]] = {}, {}
    for each in found:
        if each.type == "declaration":
            value = tinycss2.serialize(each.value).strip().lower()
            declared[each.important][each.lower_name] = value
    return declared


def _matched(page: Any, rules: str) -> Iterator[tuple[Any, Declared]]:
    """Each element that rules are about, with what they say of it in the order of their weight.

    Rules for one medium alone, such as print, are left out.
    """
    matcher = cssselect2.Matcher()
    for rule in tinycss2.parse_stylesheet(rules, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            declared = _declarations(rule.content)
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, declared)
    for element in cssselect2.ElementWrapper.from_html_root(page).iter_subtree():
        if found := matcher.match(element):
            pairs = [declared for _weight, _order, _pseudo, declared in found]
            by_weight = [usual for usual, _important in pairs] + [each for _usual, each in pairs]
            yield element.etree_element, {k: v for each in by_weight for k, v in each.items()}
