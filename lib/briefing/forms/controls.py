"""What the forms in Word have in common: content controls, letterhead, the mark."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from briefing.forms.wording import Form, letter
from briefing.intake.recognition.form_mark import PROPERTY

FONT = "Times New Roman"
CUSTOM = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{name}">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)
WIDTH = 16.5  # cm of text on the page
HALVES = (6.7, 9.8)  # cm of it: the one who reports, the state
BLANK = "\u2002" * 5  # what Word puts into a control that nothing is typed into
CENTER, LEFT, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


def new_document(form: Form) -> Any:
    """An A4 document in the office's font that carries the form's mark."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.5), Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    said = document.core_properties
    said.title, said.author, said.comments = form.title, form.campaign.letterhead.issuer, ""
    said.language = "vi-VN"
    _mark(document, form)
    return document


def _mark(document: Any, form: Form) -> None:
    content = PROPERTIES.format(name=PROPERTY, value=escape(form.mark_text)).encode()
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), CUSTOM, content, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def as_bytes(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def write(
    paragraph: Paragraph, text: str, *, bold: bool = False, italic: bool = False,
    underline: bool = False, size: int = 13, across: Any = CENTER,
) -> Paragraph:  # fmt: skip
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold or None, italic or None, underline or None
    run.font.size = Pt(size)
    paragraph.alignment = across
    return paragraph


def add_letterhead(document: Any, form: Form, left: Iterable[str], right: Iterable[str]) -> None:
    """Two columns without lines: who reports, and the state's name, motto, place and day."""
    write(document.add_paragraph(), form.words["label"], italic=True, across=RIGHT)
    table = document.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for i, (lines, width) in enumerate(zip((left, right), HALVES, strict=True)):
        cell = table.rows[0].cells[i]
        cell.width = table.columns[i].width = Cm(width)
        for n, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
            motto, dots = line == letter()["motto"], line == letter()["dots"]
            write(paragraph, line, bold=n < 2 and not dots, italic=n > 2, underline=motto,
                  size=12 if n == 0 else 13)  # fmt: skip
    document.add_paragraph()


def add_titles(document: Any, form: Form) -> None:
    """The titles, which can't be typed over; their controls carry the mark once more."""
    for title in form.titles:
        paragraph = document.add_paragraph()
        paragraph.alignment = CENTER
        tag = f"<w:tag w:val={quoteattr(form.mark_text)}/>"
        locked = f'{tag}<w:lock w:val="sdtContentLocked"/><w:richText/>'
        paragraph._p.append(_control(locked, _run(title, prompt=False, size=14, bold=True)))


def _control(properties: str, content: str) -> Any:
    return parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr>{properties}</w:sdtPr>"
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def _run(text: str, *, prompt: bool, size: int, bold: bool = False, italic: bool = False) -> str:
    looks = '<w:color w:val="808080"/>' if prompt else ""
    marks = ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "")
    looks = f'{marks}{looks}<w:sz w:val="{2 * size}"/>'
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def add_day(paragraph: Paragraph, shown: str, day: date, pattern: str, **style: Any) -> None:
    """A day to choose from a calendar.

    Args:
        shown: How it is written now; `pattern`: how Word writes one that is chosen.
    """
    properties = (
        f'<w:tag w:val="ngay"/><w:date w:fullDate="{day.isoformat()}T00:00:00Z">'
        f'<w:dateFormat w:val={quoteattr(pattern)}/><w:lid w:val="vi-VN"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    )
    paragraph._p.append(_control(properties, _run(shown, prompt=False, **style)))


def add_choice(paragraph: Paragraph, title: str, choices: Iterable[str], size: int) -> None:
    """A list to choose from, in which another text may be typed as well.

    Args:
        title: Shown over the list while it is used; a blank stays blank, on paper too.
    """
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(choice)} w:value={quoteattr(choice)}/>"
        for choice in choices
    )
    properties = (
        f'<w:alias w:val={quoteattr(title)}/><w:tag w:val="thon"/><w:showingPlcHdr/>'
        f"<w:comboBox>{items}</w:comboBox>"
    )
    paragraph._p.append(_control(properties, _run(BLANK, prompt=True, size=size)))


def add_blank(paragraph: Paragraph, prompt: str, tag: str) -> None:
    """A place to type into."""
    properties = f"<w:tag w:val={quoteattr(tag)}/><w:showingPlcHdr/><w:text/>"
    paragraph._p.append(_control(properties, _run(prompt, prompt=True, size=13)))


def add_place(cell: _Cell, prompt: str) -> None:
    """A place for a picture."""
    paragraph = cell.paragraphs[0]
    paragraph.alignment = CENTER
    properties = '<w:tag w:val="anh"/><w:showingPlcHdr/><w:richText/>'
    paragraph._p.append(_control(properties, _run(prompt, prompt=True, size=13, italic=True)))


def sign(document: Any) -> None:
    """The lines under the form, on its right side."""
    words = letter()
    document.add_paragraph()
    for text in (words["dots"], words["signature"], words["dots"]):
        paragraph = write(document.add_paragraph(), text, italic=text == words["signature"])
        paragraph.paragraph_format.left_indent = Cm(WIDTH / 2)
        paragraph.paragraph_format.keep_with_next = text != words["dots"]
