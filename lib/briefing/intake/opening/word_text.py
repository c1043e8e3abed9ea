"""The text of one paragraph of a Word document, as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.intake.opening.word_xml import (
    CHECKED,
    UNCHECKED,
    attribute,
    child,
    is_on,
    local,
    value,
)

PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"}
APART = {"txbxContent", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "rt", "instrText", "delText"}
# Font → code of a letter in it → the sign that is shown.
SIGNS = {
    "wingdings": {
        0xA8: UNCHECKED, 0x6F: UNCHECKED, 0x71: UNCHECKED, 0x72: UNCHECKED, 0xFB: "✗", 0xFC: "✓",
        0xFD: "☒", 0xFE: CHECKED, 0x78: "☒",
    },
    "wingdings 2": {
        0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: CHECKED, 0x53: "☒", 0x54: "☒", 0xA3: UNCHECKED,
    },
    "webdings": {0x61: "✓", 0x63: UNCHECKED, 0x72: "✗"},
    "symbol": {0xD6: "√", 0xB7: "•"},
}  # fmt: skip
NUMERIC_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def text_of(paragraph: Any) -> str:
    """The text of a paragraph with its line breaks and tabs, without that of its text boxes."""
    return "".join(_inline(paragraph, _Fields(), ""))


def boxes_in(node: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph, the outermost ones."""
    for inner in node:
        if local(inner) == "txbxContent":
            yield inner
        elif local(inner):
            yield from boxes_in(inner)


@dataclass
class _Fields:
    """The fields open at a place: of each its instruction, and whether its result has begun."""

    open: list[list[Any]] = field(default_factory=list)

    def hides(self) -> bool:
        return any(not result or _is_of_page(said) for said, result in self.open)


def _is_of_page(instruction: str) -> bool:
    return instruction.split()[:1] != [] and instruction.split()[0].upper() in PAGE_FIELDS


def _inline(node: Any, fields: _Fields, font: str) -> Iterator[str]:
    for inner in node:
        name = local(inner)
        if name == "instrText" and fields.open and not fields.open[-1][1]:
            fields.open[-1][0] += inner.text or ""
        if name in APART:
            continue
        if name == "fldChar":
            yield _field_mark(inner, fields)
        elif name == "fldSimple" and _is_of_page(attribute(inner, "instr") or ""):
            continue
        elif name == "r":
            fonts = child(inner, "rPr", "rFonts")
            named = "" if fonts is None else attribute(fonts, "ascii") or ""
            yield from _inline(inner, fields, named.lower())
        elif name == "sdt":
            yield _control(inner, fields)
        else:
            if not fields.hides():
                yield _piece(name, inner, font)
            yield from _inline(inner, fields, font)


def _piece(name: str, node: Any, font: str) -> str:
    """What one element inside a run adds to the text."""
    if name == "t":
        text = node.text or ""
        return "".join(_sign(font, ord(c), c) for c in text) if font in SIGNS else text
    if name in ("br", "cr"):
        return "\n"
    if name in ("tab", "ptab"):
        return "\t"
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        code = int(attribute(node, "char") or "0", 16)
        return _sign((attribute(node, "font") or "").lower(), code, chr(code))
    return ""


def _sign(font: str, code: int, otherwise: str) -> str:
    return SIGNS.get(font, {}).get(code & 0xFF if code >= 0xF000 else code, otherwise)


def _field_mark(mark: Any, fields: _Fields) -> str:
    """Keep count of fields; an old form's box or list shows its state where it begins."""
    kind = attribute(mark, "fldCharType")
    if kind == "separate" and fields.open:
        fields.open[-1][1] = True
    elif kind == "end" and fields.open:
        fields.open.pop()
    elif kind == "begin":
        shown = "" if fields.hides() else _old_form_field(mark)
        fields.open.append(["", False])
        return shown
    return ""


def _old_form_field(mark: Any) -> str:
    box, choices = child(mark, "ffData", "checkBox"), child(mark, "ffData", "ddList")
    if box is not None:
        switch = "checked" if child(box, "checked") is not None else "default"
        return CHECKED if is_on(box, switch) else UNCHECKED
    if choices is not None:
        entries = [attribute(entry, "val") for entry in choices if local(entry) == "listEntry"]
        chosen = int(value(choices, "result") or value(choices, "default") or 0)
        return (entries[chosen] or "") if chosen < len(entries) else ""
    return ""


def _control(control: Any, fields: _Fields) -> str:
    """What a content control shows."""
    content = child(control, "sdtContent")
    shown = "" if content is None else "".join(_inline(content, fields, ""))
    day = child(control, "sdtPr", "date")
    return _day_first(shown, attribute(day, "fullDate") or "") if day is not None else shown


def _day_first(shown: str, iso: str) -> str:
    """A date as a control shows it, with the day first: 8/9/2021 may stand for 9 August."""
    match = NUMERIC_DAY.fullmatch(shown.strip())
    try:
        year, month, day = (int(piece) for piece in iso[:10].split("-"))
    except ValueError:
        return shown
    if match and {int(match[1]), int(match[2])} == {day, month} and int(match[3]) == year:
        return f"{day}/{month}/{year}"
    return shown
