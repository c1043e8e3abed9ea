"""Mẫu 01 in Excel: each line an answer that is checked, a frame for the photo."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from briefing.forms import sheets
from briefing.forms.sheets import put
from briefing.forms.wording import Form, letter

WIDTHS = {"A": 38, "B": 44}
DAY_CELL = "B4"
FIRST = 9  # row of the first line
PHOTO_HEIGHT = 260  # points


def workbook(form: Form) -> bytes:
    """The form as bytes of a .xlsx."""
    book, sheet = sheets.new_book(form)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    _head(sheet, form)
    _lines(sheet, form)
    _checks(sheet, form)
    sheets.lock(sheet)
    sheets.fit_to_paper(sheet, "B")
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = f"B{FIRST}"
    return sheets.as_bytes(book)


def _head(sheet: Worksheet, form: Form) -> None:
    put(sheet, "B1", form.words["label"], italic=True, across="right")
    put(sheet, "A2", form.unit.upper(), size=12, bold=True)
    sheet.row_dimensions[2].height = 34
    put(sheet, "A3", letter()["dots"])
    sheets.put_letterhead(sheet, form, "A", "B", 2)
    put(sheet, DAY_CELL, form.day, italic=True)
    sheet[DAY_CELL].number_format = f'"{form.place}, ngày "dd" tháng "m" năm "yyyy'
    sheets.unlock(sheet, f"{DAY_CELL}:{DAY_CELL}")
    sheets.check_day(sheet, DAY_CELL, form)
    put(sheet, "A6:B6", form.titles[0], size=14, bold=True)
    put(sheet, "A7:B7", form.titles[1], size=14, bold=True)


def _lines(sheet: Worksheet, form: Form) -> None:
    words = form.words
    row = FIRST
    for label in words["lines"].values():
        _line(sheet, row, form.said(label), 36)
        row += 1
    _line(sheet, row, words["photo"], PHOTO_HEIGHT)
    for text in (letter()["signature"], letter()["dots"]):
        row += 2
        put(sheet, f"B{row}", text, italic=True)


def _line(sheet: Worksheet, row: int, label: str, height: int) -> None:
    put(sheet, f"A{row}", f"- {label}", across="left")
    put(sheet, f"B{row}", across="center")
    for cell in sheet[f"A{row}:B{row}"][0]:
        cell.border = sheets.FRAME
    sheets.unlock(sheet, f"B{row}:B{row}")
    sheet.row_dimensions[row].height = height


def _checks(sheet: Worksheet, form: Form) -> None:
    title, hints = form.hints["title"], form.hints
    phone, code, staff, owners, installed = (f"B{FIRST + i}" for i in range(5))
    for cell in (phone, code):
        sheet[cell].number_format = sheets.TEXT
    sheets.check(sheet, phone, "custom", hints["one_phone"], title=title,
                 formula=sheets.ten_digits(phone))  # fmt: skip
    sheets.check(sheet, staff, "whole", hints["count"], title=title,
                 operator="greaterThanOrEqual", formula="0")  # fmt: skip
    for cell, above in ((owners, staff), (installed, owners)):
        whole = f"ISNUMBER({cell}),{cell}>=0,{cell}=INT({cell})"
        sheets.check(sheet, cell, "custom", hints["part"], title=title,
                     formula=f'AND({whole},OR({above}="",{cell}<={above}))')  # fmt: skip
