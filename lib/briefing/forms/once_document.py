"""The staff form in Word: a place to type for each answer, a frame for the photo."""

from __future__ import annotations

from typing import Any

from briefing.forms import controls
from briefing.forms.controls import SIZE
from briefing.forms.wording import Form
from briefing.office.markup import cell, paragraph, row, run, twips

PHOTO_MM = (165, 80)  # width and height of its frame


def document(form: Form) -> Any:
    """The form, to be filled in."""
    printed = form.printed
    day = controls.day(form, form.text(printed["place_and_day"]), f"{form.place}, ", italic=True)
    left, right = (form.unit.upper(), printed["dots"]), (printed["nation"], printed["motto"], "")
    return controls.document(
        form,
        controls.letterhead(form, left, right, day),
        controls.titles(form),
        paragraph(),
        *(_line(form, field, form.text(label)) for field, label in form.words["lines"].items()),
        controls.line(f"- {form.words['photo']}.", across="left"),
        _frame(form.words["photo_here"]),
        controls.signature(form),
    )


def _line(form: Form, field: str, label: str) -> str:
    place = controls.blank(form.hints["type_here"], field)
    return paragraph(run(f"- {label}: ", size=SIZE), place, spacing='w:after="120"', align="left")


def _frame(prompt: str) -> str:
    place = paragraph(controls.blank(prompt, "anh", "richText", italic=True), align="center")
    width, height = map(twips, PHOTO_MM)
    return controls.grid([row([cell(place, width)], height=height)], PHOTO_MM[:1])
