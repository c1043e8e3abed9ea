"""The staff form in Excel: each line an answer that is checked, a frame for the photo."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from briefing.forms import sheets
from briefing.forms.sheets import put
from briefing.forms.wording import Form
from briefing.office.sheets import TEXT, check, frame, set_widths, ten_digits, unlock

WIDTHS = (38, 44)
DAY_CELL = "B4"
FIRST = 9  # row of the first line
PHOTO_HEIGHT = 260  # points


def workbook(form: Form) -> Workbook:
    """The form, to be filled in."""
    made, sheet = sheets.new_book(form)
    set_widths(sheet, WIDTHS)
    _head(sheet, form)
    _lines(sheet, form)
    if not form.retyped:
        _checks(sheet, form)
        sheets.hand_out(sheet, f"B{FIRST}")
    return made


def _head(sheet: Worksheet, form: Form) -> None:
    put(sheet, "B1", form.words["label"], italic=True, across="right")
    put(sheet, "A2", form.unit.upper(), size=12, bold=True)
    sheet.row_dimensions[2].height = 34
    put(sheet, "A3", form.printed["dots"])
    sheets.put_state(sheet, form, "B", "B")
    sheets.put_day(sheet, form, DAY_CELL, form.day, f"{form.place}, ", italic=True)
    sheets.put_titles(sheet, form, "B", 6)


def _lines(sheet: Worksheet, form: Form) -> None:
    row = FIRST
    for label in form.words["lines"].values():
        _line(sheet, row, form.text(label), 36)
        row += 1
    _line(sheet, row, form.words["photo"], PHOTO_HEIGHT)
    for text in (form.printed["signature"], form.printed["dots"]):
        row += 2
        put(sheet, f"B{row}", text, italic=True)


def _line(sheet: Worksheet, row: int, label: str, height: int) -> None:
    put(sheet, f"A{row}", f"- {label}", across="left")
    put(sheet, f"B{row}", across="center")
    for cell in sheet[f"A{row}:B{row}"][0]:
        cell.border = frame()
    unlock(sheet, f"B{row}:B{row}")
    sheet.row_dimensions[row].height = height


def _checks(sheet: Worksheet, form: Form) -> None:
    title, hints = form.hints["title"], form.hints
    phone, code, staff, denominator, numerator = (f"B{FIRST + i}" for i in range(5))
    sheets.check_day(sheet, f"{DAY_CELL}:{DAY_CELL}", form)
    for cell in (phone, code):
        sheet[cell].number_format = TEXT
    check(sheet, phone, "custom", hints["one_phone"], title=title, formula=ten_digits(phone))
    check(sheet, staff, "whole", hints["count"], title=title,
          operator="greaterThanOrEqual", formula="0")  # fmt: skip
    for cell, above in ((denominator, staff), (numerator, denominator)):
        integer = f"ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell})"
        check(sheet, cell, "custom", hints["part"], title=title,
              formula=f'AND({integer},OR({above}="",{cell}<={above}))')  # fmt: skip
