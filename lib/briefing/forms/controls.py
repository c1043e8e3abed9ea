"""What the forms in Word have in common: content controls, letterhead, the mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from briefing.forms.wording import Form
from briefing.intake.detection.own_papers import PROPERTY
from briefing.office.look import FONT
from briefing.office.markup import (
    attribute,
    cell,
    elements,
    escaped,
    paragraph,
    row,
    run,
    table,
    twips,
)

CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)
HALVES = (67, 98)  # mm of the text's width: the one who reports, the state
SIZE = 13  # points
PADDING = 108  # twips at either side of a cell, as Word has it
BLANK = "\u2002" * 5  # what Word puts into a control that nothing is typed into
PROMPT = "808080"


def document(form: Form, *content: str) -> Any:
    """An A4 document in the office's font that carries the form's mark, and the content."""
    made = Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    about = made.core_properties
    about.title, about.author, about.comments = form.title, form.campaign.letterhead.issuer, ""
    about.language = form.printed["language"]
    for element in elements("".join(content)):
        made.element.body.sectPr.addprevious(element)
    if not form.retyped:
        _mark(made, form)
    return made


def _mark(document: Any, form: Form) -> None:
    content = PROPERTIES.format(name=PROPERTY, value=escaped(form.mark_text)).encode()
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM, content, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def line(text: str, *, size: int = SIZE, across: str = "center", **marks: Any) -> str:
    """A paragraph; `marks`: bold, italic, underline."""
    return paragraph(run(text, size=size, **marks), align=across)


def grid(rows: Sequence[str], widths_mm: Sequence[float], style: str = "TableGrid") -> str:
    return table(rows, [*map(twips, widths_mm)], style=style, margins=(0, PADDING))


def letterhead(form: Form, left: Iterable[str], right: Iterable[str], day: str = "") -> str:
    """Two columns without lines: who reports, and the state's name, motto, place and day.

    Args:
        day: A paragraph below the others at the right.
    """
    halves = ["".join(_headline(form, *pair) for pair in enumerate(half)) for half in (left, right)]
    halves[1] += day
    cells = [cell(half, twips(width)) for half, width in zip(halves, HALVES, strict=True)]
    label = line(form.label, italic=True, across="right")
    return label + grid([row(cells)], HALVES, "") + paragraph()


def _headline(form: Form, number: int, text: str) -> str:
    bold = number < 2 and text != form.printed["dots"]
    return line(text, size=12 if number == 0 else SIZE, bold=bold, italic=number > 2,
                underline=text == form.printed["motto"])  # fmt: skip


def titles(form: Form) -> str:
    """The titles, which can't be typed over; their controls carry the mark once more."""
    tag = "" if form.retyped else f"<w:tag w:val={attribute(form.mark_text)}/>"
    locked = f'{tag}<w:lock w:val="sdtContentLocked"/><w:richText/>'
    texts = (run(title, size=14, bold=True) for title in form.titles)
    return "".join(paragraph(_control(locked, text), align="center") for text in texts)


def _control(properties: str, content: str) -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def day(form: Form, shown: str, before: str = "", after: str = "", **marks: Any) -> str:
    """The form's day, to choose from a calendar.

    Args:
        shown: How it is written now; `before`, `after`: what stands around one that is chosen.
    """
    before += form.printed["day_before"]
    literals = [f"'{text}'" if text else "" for text in (before, after)]
    pattern, language = form.printed["word_day"].join(literals), attribute(form.printed["language"])
    properties = (
        f'<w:tag w:val="ngay"/><w:date w:fullDate="{form.day.isoformat()}T00:00:00Z">'
        f"<w:dateFormat w:val={attribute(pattern)}/><w:lid w:val={language}/>"
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    return paragraph(_control(properties, run(shown, size=SIZE, **marks)), align="center")


def choice(title: str, choices: Iterable[str], size: int, chosen: str = "") -> str:
    """A list to choose from, in which another text may be typed as well.

    Args:
        title: Shown over the list while it is used; a blank stays blank, on paper too.
        chosen: What stands there already.
    """
    items = "".join(
        f"<w:listItem w:displayText={attribute(choice)} w:value={attribute(choice)}/>"
        for choice in choices
    )
    properties = (
        f'<w:alias w:val={attribute(title)}/><w:tag w:val="thon"/>'
        f"{'' if chosen else '<w:showingPlcHdr/>'}<w:comboBox>{items}</w:comboBox>"
    )
    shown = run(chosen, size=size) if chosen else run(BLANK, colour=PROMPT, size=size)
    return _control(properties, shown)


def blank(prompt: str, tag: str, kind: str = "text", *, italic: bool = False) -> str:
    """A place to type into, or of a `kind` of control for more than text."""
    properties = f"<w:tag w:val={attribute(tag)}/><w:showingPlcHdr/><w:{kind}/>"
    return _control(properties, run(prompt, colour=PROMPT, size=SIZE, italic=italic))


def signature(form: Form) -> str:
    """The lines under the form, on its right side."""
    made = paragraph()
    for text in form.signed:
        words = run(text, size=SIZE, italic=text == form.printed["signature"])
        indent = f'w:left="{twips(sum(HALVES) / 2)}"'
        stays = text != form.printed["dots"]
        made += paragraph(words, align="center", indent=indent, keep_next=stays)
    return made
