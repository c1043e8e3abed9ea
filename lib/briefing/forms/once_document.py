"""Mẫu 01 in Word: a place to type for each answer, a frame for the photo."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Cm, Pt

from briefing.forms import controls
from briefing.forms.controls import LEFT, write
from briefing.forms.wording import Form, letter

PHOTO_HEIGHT = Cm(8)


def document(form: Form) -> bytes:
    """The form as bytes of a .docx."""
    words = letter()
    made = controls.new_document(form)
    right = (words["nation"], words["motto"], "")
    controls.add_letterhead(made, form, (form.unit.upper(), words["dots"]), right)
    signed = made.tables[0].rows[0].cells[1].add_paragraph()
    signed.alignment = controls.CENTER
    pattern = f"'{form.place}, ngày 'dd' tháng 'M' năm 'yyyy"
    day = form.said(words["place_and_day"])
    controls.add_day(signed, day, form.day, pattern, size=13, italic=True)
    controls.add_titles(made, form)
    made.add_paragraph()
    for field, label in form.words["lines"].items():
        line = write(made.add_paragraph(), f"- {form.said(label)}: ", across=LEFT)
        line.paragraph_format.space_after = Pt(6)
        controls.add_blank(line, form.hints["type_here"], field)
    write(made.add_paragraph(), f"- {form.words['photo']}.", across=LEFT)
    _frame(made, form)
    controls.sign(made)
    return controls.as_bytes(made)


def _frame(made: Any, form: Form) -> None:
    table = made.add_table(rows=1, cols=1, style="Table Grid")
    row = table.rows[0]
    row.height, row.height_rule = PHOTO_HEIGHT, WD_ROW_HEIGHT_RULE.AT_LEAST
    controls.add_place(row.cells[0], form.words["photo_here"])
