"""The list in Word: the day and the places to choose, the heading on every page."""

from __future__ import annotations

from typing import Any

from briefing.forms import controls
from briefing.forms.controls import line
from briefing.forms.wording import Form
from briefing.intake.detection.own_papers import REPORTED
from briefing.office.markup import cell, paragraph, row, twips

WIDTHS = {
    "stt": 12,
    "ho_ten": 46,
    "dia_chi": 44,
    "so_dien_thoai": 31,
    REPORTED: 24,
    "luy_ke": 32,
}  # mm
OTHER_WIDTH = 24  # of a column that a unit has added
WHOLE = 165  # mm of text on the page
SPARE = 10  # rows below those of the last report
ROWS = 40  # more come with the Tab key in the last cell
SIZE = 12


def document(form: Form) -> Any:
    """The form, to be filled in."""
    printed = form.printed
    when = printed["place_and_day" if form.retyped else "place_and_blank_day"]
    left = (form.words["body"], form.unit.upper(), printed["dots"])
    right = (printed["nation"], printed["motto"], "", form.text(when))
    note = "" if form.retyped else form.note
    return controls.document(
        form,
        controls.letterhead(form, left, right),
        controls.titles(form),
        controls.day(form, form.text(form.words["day"]), "(", ")", bold=True),
        line(note, italic=True, size=SIZE),
        _table(form),
        controls.signature(form),
    )


def _table(form: Form) -> str:
    head = form.head
    own = [WIDTHS.get(field, OTHER_WIDTH) for field in head]
    widths = [width * WHOLE / sum(own) for width in own]
    titles = [line(heading, bold=True, size=SIZE) for heading in head.values()]
    rows = [row([cell(*pair) for pair in _sized(titles, widths)], header=True)]
    count = len(form.lines) + SPARE if form.lines else ROWS
    for number in range(1, 1 + (count if form.rows is None else form.rows)):
        places = [_place(form, field, number) for field in head]
        rows.append(row([cell(*pair) for pair in _sized(places, widths)]))
    return controls.grid(rows, widths)


def _sized(contents: list[str], widths_mm: list[float]) -> zip[tuple[str, int]]:
    return zip(contents, map(twips, widths_mm), strict=True)


def _place(form: Form, field: str, number: int) -> str:
    if field == "stt":
        return line(str(number), size=SIZE)
    held = form.lines[number - 1].get(field) if number <= len(form.lines) else None
    text = "" if held is None else str(held)
    if field == "dia_chi" and form.places and not form.retyped:
        title = form.hints["choose_place"]
        return paragraph(controls.choice(title, form.places, SIZE, text))
    across = "" if field == "ho_ten" else "center"
    return line(text, size=SIZE, across=across) if text else paragraph(align=across)
