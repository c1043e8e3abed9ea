"""The text of one paragraph of a Word document, piece by piece as each of them looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.intake.readers.flow import Look, Piece, Pieces, strongest
from briefing.intake.readers.word_definitions import Looks, box_look
from briefing.intake.readers.word_xml import (
    CHECKED,
    DELETED,
    UNCHECKED,
    attribute,
    child,
    is_on,
    local,
    value,
)

PAGE_FIELDS = {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"}
APART = {"txbxContent", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "rt", "instrText"}
NOTES = {"footnoteReference", "endnoteReference"}
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


def text_of(paragraph: Any, looks: Looks, within: Look = "") -> Pieces:
    """The text of a paragraph with its line breaks and tabs, without that of its text boxes.

    Args:
        within: The look of what the paragraph stands in, such as a deleted row.
    """
    return [*_Text(paragraph, looks).pieces(paragraph, within)]


def boxes_in(paragraph: Any, looks: Looks, within: Look = "") -> Iterator[tuple[Any, Look]]:
    """The text boxes anchored in a paragraph, the outermost ones, and what hides each."""
    if next(paragraph.iter("{*}txbxContent"), None) is not None:
        yield from _boxes(paragraph, paragraph, looks, within)


def _boxes(node: Any, paragraph: Any, looks: Looks, within: Look) -> Iterator[tuple[Any, Look]]:
    for inner in node:
        name, look = local(inner), within
        if name == "txbxContent":
            yield inner, within
            continue
        if name in DELETED:
            look = strongest(within, "struck")
        elif name == "r" and looks.of_run(inner, paragraph) == "hidden":
            look = "hidden"
        elif name in ("anchor", "inline"):
            look = strongest(within, box_look(inner))
        if name:
            yield from _boxes(inner, paragraph, looks, look)


@dataclass
class _Fields:
    """The fields open at a place: of each its instruction, and whether its result has begun."""

    open: list[list[Any]] = field(default_factory=list)

    def hides(self) -> bool:
        return any(not result or _is_of_page(instruction) for instruction, result in self.open)


def _is_of_page(instruction: str) -> bool:
    return instruction.split()[:1] != [] and instruction.split()[0].upper() in PAGE_FIELDS


@dataclass
class _Text:
    """Reads a paragraph."""

    paragraph: Any
    looks: Looks
    fields: _Fields = field(default_factory=_Fields)

    def pieces(self, node: Any, look: Look, font: str = "") -> Iterator[Piece]:
        for inner in node:
            name = local(inner)
            if name == "instrText" and self.fields.open and not self.fields.open[-1][1]:
                self.fields.open[-1][0] += inner.text or ""
            if name in APART:
                continue
            if name == "fldChar":
                yield _field_mark(inner, self.fields), look
            elif name == "fldSimple" and _is_of_page(attribute(inner, "instr") or ""):
                continue
            elif name == "r":
                yield from self._run(inner, look)
            elif name == "sdt":
                yield from self._control(inner, look)
            else:
                if not self.fields.hides():
                    yield _piece(name, inner, font), look
                if len(inner):
                    inside = strongest(look, _own_look(inner, name))
                    yield from self.pieces(inner, inside, font)

    def _run(self, run: Any, look: Look) -> Iterator[Piece]:
        properties = child(run, "rPr")
        if properties is None and not self.looks.by_style:
            yield from self.pieces(run, look)
            return
        fonts = None if properties is None else child(properties, "rFonts")
        named = "" if fonts is None else attribute(fonts, "ascii") or ""
        own = self.looks.of_run(run, self.paragraph)
        if any(local(node) in NOTES for node in run):
            own = strongest(own, "raised")  # the mark that its writer gave the note
        yield from self.pieces(run, strongest(look, own), named.lower())

    def _control(self, control: Any, look: Look) -> Iterator[Piece]:
        """What a content control shows."""
        content = child(control, "sdtContent")
        shown = [] if content is None else [*self.pieces(content, look)]
        day, text = child(control, "sdtPr", "date"), "".join(text for text, _look in shown)
        written = text if day is None else _day_first(text, attribute(day, "fullDate") or "")
        yield from shown if written == text else [(written, shown[0][1])]


def _own_look(node: Any, name: str) -> Look:
    if name in DELETED:
        return "struck"
    is_exponent = name == "sup" and local(node.getparent()).startswith("sS")
    return "raised" if is_exponent else ""


def _piece(name: str, node: Any, font: str) -> str:
    """What one element inside a run adds to the text."""
    if name in ("t", "delText"):
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
