"""Mẫu 02 in Word: the day and the hamlets to choose, the heading on every page."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm

from briefing.forms import controls
from briefing.forms.controls import CENTER, write
from briefing.forms.wording import Form, letter

COLUMNS = (1.2, 4.6, 4.4, 3.1, 3.2)  # cm
ROWS = 40  # more come with the Tab key in the last cell
SIZE = 12


def document(form: Form) -> bytes:
    """The form as bytes of a .docx."""
    words = letter()
    made = controls.new_document(form)
    left = (form.words["body"], form.unit.upper(), words["dots"])
    right = (words["nation"], words["motto"], "", form.said(words["place_and_blank_day"]))
    controls.add_letterhead(made, form, left, right)
    controls.add_titles(made, form)
    day = made.add_paragraph()
    day.alignment = CENTER
    pattern = "'(ngày 'dd' tháng 'M' năm 'yyyy')'"
    controls.add_day(day, form.said(form.words["day"]), form.day, pattern, size=13, bold=True)
    write(made.add_paragraph(), words["readings"][form.reading], italic=True, size=SIZE)
    _table(made, form)
    controls.sign(made)
    return controls.as_bytes(made)


def _table(made: Any, form: Form) -> None:
    table = made.add_table(rows=1 + ROWS, cols=len(COLUMNS), style="Table Grid")
    table.autofit = False
    head, *rows = table.rows
    head._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    for cell, heading in zip(head.cells, form.words["head"].values(), strict=True):
        write(cell.paragraphs[0], heading, bold=True, size=SIZE)
    for column, width in zip(table.columns, COLUMNS, strict=True):
        column.width = Cm(width)
    for number, row in enumerate(rows, start=1):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        _row(row.cells, number, form)
    for row in table.rows:
        for cell, width in zip(row.cells, COLUMNS, strict=True):
            cell.width = Cm(width)


def _row(cells: Any, number: int, form: Form) -> None:
    write(cells[0].paragraphs[0], str(number), size=SIZE)
    if form.hamlets:
        controls.add_choice(cells[2].paragraphs[0], form.hints["choose_hamlet"], form.hamlets, SIZE)
    for cell in cells[3:]:
        cell.paragraphs[0].alignment = CENTER
