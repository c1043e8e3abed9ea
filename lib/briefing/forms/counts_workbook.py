"""A form of counts in Excel: a cell for each figure, checked; totals add up; the rest is locked."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from briefing.forms import sheets
from briefing.forms.counts import Column, Line, added_up
from briefing.forms.sheets import put
from briefing.forms.wording import Form
from briefing.office.sheets import check, frame, set_widths, unlock

DAY_ROW, NOTE_ROW, HEAD_ROW = 8, 9, 10
FIRST = HEAD_ROW + 1
HEIGHTS = {NOTE_ROW: 36, HEAD_ROW: 40}  # points
ROW_HEIGHT = 20
WHOLE = 88  # letters across the page
KEY, ITEM, COUNT = 22, 40, 15  # shares of it: of a name, of what is asked for, of a figure


def workbook(form: Form) -> Workbook:
    """The form, to be filled in."""
    made, sheet = sheets.new_book(form)
    columns, table = form.columns, form.table
    assert table is not None  # only a form of counts comes here
    set_widths(sheet, [share * WHOLE for share in shares(form)])
    last = get_column_letter(len(columns))
    _head(sheet, form, last)
    for number, column in enumerate(columns, start=1):
        _put(sheet, HEAD_ROW, number, column.heading, bold=True)
    for row, line in enumerate(table.lines, start=FIRST):
        _line(sheet, form, row, line, columns)
    end = FIRST + len(table.lines) - 1
    if table.adds_up:
        end += 1
        _total(sheet, form, end, columns)
    first = get_column_letter(max(2, len(columns) - 1))
    for row, text in enumerate(form.signed, start=end + 2):
        put(sheet, f"{first}{row}:{last}{row}", text, italic=text == form.printed["signature"])
    if not form.retyped:
        _hand_out(sheet, form, columns)
    return made


def shares(form: Form) -> list[float]:
    """How much of the page's width each column takes (fractions)."""
    named = KEY if form.table and form.table.keys else ITEM
    own = [named if column.figure is None else COUNT for column in form.columns]
    return [width / sum(own) for width in own]


def _head(sheet: Worksheet, form: Form, last: str) -> None:
    put(sheet, "A1", form.label, italic=True, across="left")
    put(sheet, "A2", form.unit.upper(), bold=True)
    put(sheet, "A3", form.printed["dots"])
    sheets.put_state(sheet, form, "B", last)
    sheets.put_titles(sheet, form, last, 5)
    sheets.put_day(sheet, form, f"A{DAY_ROW}:{last}{DAY_ROW}", form.day, bold=True)
    note = "" if form.retyped else form.note
    put(sheet, f"A{NOTE_ROW}:{last}{NOTE_ROW}", note or None, size=12, italic=True)
    for row, height in HEIGHTS.items():
        sheet.row_dimensions[row].height = height


def _put(sheet: Worksheet, row: int, column: int, value: object, **marks: Any) -> None:
    cell = f"{get_column_letter(column)}{row}"
    put(sheet, cell, value, size=12, **marks)
    sheet[cell].border = frame()


def _line(sheet: Worksheet, form: Form, row: int, line: Line, columns: list[Column]) -> None:
    sheet.row_dimensions[row].height = ROW_HEIGHT
    for number, column in enumerate(columns, start=1):
        if column.figure is None:
            _put(sheet, row, number, line.labels[number - 1], across="left")
        else:
            known = added_up(form.reported, line.figures[column.figure])
            _put(sheet, row, number, known if column.reported else None)


def _total(sheet: Worksheet, form: Form, row: int, columns: list[Column]) -> None:
    assert form.table is not None
    _put(sheet, row, 1, form.words["total"], bold=True)
    for number, column in enumerate(columns[1:], start=2):
        letter = get_column_letter(number)
        cells = f"{letter}{FIRST}:{letter}{row - 1}"
        summed = f'=IF(COUNT({cells})=0,"",SUM({cells}))'
        value: str | int | None = None if column.figure is None else summed
        if column.reported and column.figure is not None:
            value = added_up(form.reported, form.table.total(column.figure))
        _put(sheet, row, number, value, bold=True)


def _hand_out(sheet: Worksheet, form: Form, columns: list[Column]) -> None:
    """Let figures be typed: whole numbers, none below the one of last time at its left."""
    assert form.table is not None
    sheets.check_day(sheet, f"A{DAY_ROW}:{get_column_letter(len(columns))}{DAY_ROW}", form)
    end = FIRST + len(form.table.lines) - 1
    to_fill = [n for n, column in enumerate(columns, start=1) if column.filled_in]
    for number in to_fill:
        letter, left = get_column_letter(number), columns[number - 2]
        cells = f"{letter}{FIRST}:{letter}{end}"
        unlock(sheet, cells)
        least = f"{get_column_letter(number - 1)}{FIRST}" if left.reported else "0"
        check(sheet, cells, "whole", form.hints["fall" if left.reported else "count"],
              title=form.hints["title"], operator="greaterThanOrEqual", formula=least)  # fmt: skip
    sheets.hand_out(sheet, f"{get_column_letter(to_fill[0])}{FIRST}", heading=HEAD_ROW)
