"""The list in Excel: places to choose from, every typed value checked, the rest locked."""

from __future__ import annotations

import math
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from briefing.forms import sheets
from briefing.forms.sheets import put
from briefing.forms.wording import Form
from briefing.intake.detection.own_papers import REPORTED
from briefing.office.sheets import (
    OPEN,
    TEXT,
    check,
    font,
    frame,
    put_text,
    set_widths,
    style,
    ten_digits,
    unlock,
)

LINE = 85  # letters of the note that fit across the page
WIDTHS = {"stt": 6, "ho_ten": 25, "dia_chi": 22, "so_dien_thoai": 14, REPORTED: 11, "luy_ke": 15}
OTHER_WIDTH = 12  # of a column that a unit has added
ROW_HEIGHT = 18  # points
DAY_ROW, NOTE_ROW, HEAD_ROW = 9, 10, 11
FIRST = HEAD_ROW + 1  # row of the first person
PERSONS = 60  # rows for people who persuade others, or for places
SPARE = 10  # rows below those of the last report
ROSTER = 400  # rows for a list of everybody; more can be added
LISTS = {"roster_all", "roster_today", "running", "flag"}
EMPTY = {"roster_all", "roster_today"}  # readings under which Lũy kế stays blank
TOTALS = {
    "per_person": "SUM({cells})",
    "per_place": "SUM({cells})",
    "increment": "SUM({cells})",
    "flag": 'COUNTIF({cells},"x")',
}
FORMATS = {"ratio": TEXT, "percent": "0.00%"}
PLACES = "Danh mục"  # the sheet that nobody sees


def workbook(form: Form) -> Workbook:
    """The form, to be filled in."""
    made, sheet = sheets.new_book(form)
    columns = columns_of(form)
    set_widths(sheet, [WIDTHS.get(field, OTHER_WIDTH) for field in columns])
    _head(sheet, form, max(columns.values()))
    last = _table(sheet, form, columns)
    _close(sheet, form, last, [*columns.values()])
    if form.retyped:
        return made
    _checks(sheet, form, last, columns)
    if form.places:
        listed = made.create_sheet(PLACES)
        listed.sheet_state = "veryHidden"
        for row, place in enumerate(form.places, start=1):
            listed.cell(row, 1, place)
    sheets.hand_out(sheet, f"B{FIRST}", heading=HEAD_ROW)
    return made


def columns_of(form: Form) -> dict[str, str]:
    """Field → letter of its column."""
    return {field: get_column_letter(n) for n, field in enumerate(form.head, start=1)}


def _head(sheet: Worksheet, form: Form, last: str) -> None:
    words, printed = form.words, form.printed
    corner = f"C1:{last}1" if form.last else f"{last}1"  # one that says more is longer
    put(sheet, corner, form.label, italic=True, across="right")
    put(sheet, "A2:B2", words["body"], size=12, bold=True)
    put(sheet, "A3:B3", form.unit.upper(), bold=True)
    put(sheet, "A4:B4", printed["dots"])
    sheets.put_state(sheet, form, "C", last)
    sheets.put_titles(sheet, form, last, 7)
    day, above = f"A{DAY_ROW}:{last}{DAY_ROW}", f"C5:{last}5"
    if form.retyped:
        put(sheet, above, form.text(printed["place_and_day"]), italic=True)
        put(sheet, day, form.text(words["day"]), bold=True)
        return
    sheets.put_day(sheet, form, above, f"=A{DAY_ROW}", f"{form.place}, ", italic=True)
    sheets.put_day(sheet, form, day, form.day, "(", ")", bold=True)
    put(sheet, f"A{NOTE_ROW}:{last}{NOTE_ROW}", form.note, size=12, italic=True)
    sheet.row_dimensions[NOTE_ROW].height = 18 * max(2, math.ceil(len(form.note) / LINE))


def _table(sheet: Worksheet, form: Form, columns: dict[str, str]) -> int:
    """The heading and the rows to fill in; gives the last of them."""
    for field, column in columns.items():
        put(sheet, f"{column}{HEAD_ROW}", form.head[field], size=12, bold=True)
        sheet[f"{column}{HEAD_ROW}"].border = frame()
    sheet.row_dimensions[HEAD_ROW].height = 36
    usual = ROSTER if form.reading in LISTS else SPARE if form.lines else PERSONS
    rows = len(form.lines) + usual if form.rows is None else form.rows
    styles = [_style(sheet, form, field) for field in columns]
    for row in range(FIRST, FIRST + rows):
        for number, styled in enumerate(styles, start=1):
            sheet.cell(row, number)._style = styled  # type: ignore[union-attr]  # not in stubs
        sheet.cell(row, 1).value = row - FIRST + 1
        sheet.row_dimensions[row].height = ROW_HEIGHT
    for row, line in enumerate(form.lines[:rows], start=FIRST):
        _begin(sheet, row, columns, line)
    return FIRST + rows - 1


def _begin(sheet: Worksheet, row: int, columns: dict[str, str], line: dict[str, Any]) -> None:
    """Write what the last report has of a row."""
    for field, value in line.items():
        cell = sheet[f"{columns[field]}{row}"]
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value


def _style(sheet: Worksheet, form: Form, field: str) -> Any:
    named = field in ("ho_ten", "dia_chi")
    across = "left" if named else "center"
    align = Alignment(horizontal=across, vertical="center", shrink_to_fit=named)
    shown = {"so_dien_thoai": TEXT, "luy_ke": FORMATS.get(form.reading, "General")}
    if form.retyped:
        shown = {}
    open_ = Protection(locked=True) if field == REPORTED else OPEN
    return style(sheet, font=font(), border=frame(), protection=open_, alignment=align,
                 number_format=shown.get(field, "General"))  # fmt: skip


def _close(sheet: Worksheet, form: Form, last: int, columns: list[str]) -> None:
    """The row of totals, where adding up makes sense under the reading, and the signature."""
    row, (*_, before, end) = last + 1, columns
    if form.reading in TOTALS and not form.retyped:
        cells = f"{end}{FIRST}:{end}{last}"
        put(sheet, f"A{row}:{before}{row}", form.words["total"], size=12, bold=True)
        total = "=" + TOTALS[form.reading].format(cells=cells)
        put(sheet, f"{end}{row}", total, size=12, bold=True)
        for cell in sheet[f"A{row}:{end}{row}"][0]:
            cell.border = frame()
        row += 1
    for text in form.signed:
        row += 1
        put(sheet, f"{before}{row}:{end}{row}", text, italic=text == form.printed["signature"])
        unlock(sheet, f"{before}{row}:{end}{row}")


def _checks(sheet: Worksheet, form: Form, last: int, columns: dict[str, str]) -> None:
    title, hints = form.hints["title"], form.hints
    sheets.check_day(sheet, f"A{DAY_ROW}:{columns['luy_ke']}{DAY_ROW}", form)
    if form.places:
        cells = f"'{PLACES}'!$A$1:$A${len(form.places)}"
        known = bool(form.known_places and form.lines)
        check(sheet, f"C{FIRST}:C{last}", "list", hints["only_place" if known else "place"],
              title=title, formula=cells, strict=known)  # fmt: skip
    unique = f"COUNTIF($D${FIRST}:$D${last},D{FIRST})=1"
    check(sheet, f"D{FIRST}:D{last}", "custom", hints["phone"], title=title,
          formula=f"AND({ten_digits(f'D{FIRST}')},{unique})")  # fmt: skip
    _check_counts(sheet, form, columns, last)


def _check_counts(sheet: Worksheet, form: Form, columns: dict[str, str], last: int) -> None:
    title, hints = form.hints["title"], form.hints
    cells = f"{columns['luy_ke']}{FIRST}:{columns['luy_ke']}{last}"
    before = f"{columns[REPORTED]}{FIRST}" if REPORTED in columns else ""
    if form.reading in EMPTY:
        check(sheet, cells, "custom", hints["nothing"], title=title, formula="FALSE")
    elif form.reading == "flag":
        check(sheet, cells, "list", hints["tick"], title=title, formula='"x"')
    elif form.reading == "percent":
        check(sheet, cells, "decimal", hints["rate"], title=title, operator="between",
              formula="0", second="1")  # fmt: skip
    elif form.reading != "ratio":
        check(sheet, cells, "whole", hints["fall" if before else "count"], title=title,
              operator="greaterThanOrEqual", formula=before or "0")  # fmt: skip
    elif before:
        now, then = (f'VALUE(LEFT({cell},FIND("/",{cell})-1))'
                     for cell in (f"{columns['luy_ke']}{FIRST}", before))  # fmt: skip
        check(sheet, cells, "custom", hints["ratio_fall"], title=title,
              formula=f"{now}>=IFERROR({then},N({before}))")  # fmt: skip
