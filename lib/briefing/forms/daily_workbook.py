"""Mẫu 02 in Excel: hamlets to choose from, every typed value checked, the rest locked."""

from __future__ import annotations

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from briefing.forms import sheets
from briefing.forms.sheets import put
from briefing.forms.wording import Form, letter

WIDTHS = {"A": 6, "B": 25, "C": 22, "D": 14, "E": 15}
ROW_HEIGHT = 18  # points
DAY_ROW, NOTE_ROW, HEAD_ROW = 9, 10, 11
FIRST = HEAD_ROW + 1  # row of the first person
PERSONS = 60  # rows for people who persuade others, or for hamlets
ROSTER = 400  # rows for a list of everybody; more can be added
LISTS = {"roster_all", "roster_today", "running", "flag"}
EMPTY = {"roster_all", "roster_today"}  # readings under which Lũy kế stays blank
TOTALS = {
    "per_person": "SUM({cells})",
    "per_hamlet": "SUM({cells})",
    "increment": "SUM({cells})",
    "flag": 'COUNTIF({cells},"x")',
}
HAMLETS = "Danh mục"  # the sheet that nobody sees


def workbook(form: Form) -> bytes:
    """The form as bytes of a .xlsx."""
    book, sheet = sheets.new_book(form)
    for column, width in WIDTHS.items():
        sheet.column_dimensions[column].width = width
    _head(sheet, form)
    last = _table(sheet, form)
    _checks(sheet, form, last)
    if form.hamlets:
        listed = book.create_sheet(HAMLETS)
        listed.sheet_state = "veryHidden"
        for row, hamlet in enumerate(form.hamlets, start=1):
            listed.cell(row, 1, hamlet)
    sheets.lock(sheet)
    sheets.fit_to_paper(sheet, "E")
    sheet.freeze_panes = f"A{FIRST}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    sheet.sheet_view.selection[-1].activeCell = f"B{FIRST}"
    sheet.sheet_view.selection[-1].sqref = f"B{FIRST}"
    return sheets.as_bytes(book)


def _head(sheet: Worksheet, form: Form) -> None:
    words = form.words
    put(sheet, "E1", words["label"], italic=True, across="right")
    put(sheet, "A2:B2", words["body"], size=12, bold=True)
    put(sheet, "A3:B3", form.unit.upper(), bold=True)
    put(sheet, "A4:B4", letter()["dots"])
    sheets.put_letterhead(sheet, form, "AB", "CDE", 2)
    _day(
        sheet, "C5:E5", f"=A{DAY_ROW}", f'"{form.place}, ngày "dd" tháng "m" năm "yyyy', italic=True
    )
    put(sheet, "A7:E7", form.titles[0], size=14, bold=True)
    put(sheet, "A8:E8", form.titles[1], size=14, bold=True)
    _day(sheet, f"A{DAY_ROW}:E{DAY_ROW}", form.day, '"(ngày "dd" tháng "m" năm "yyyy")"', bold=True)
    sheets.unlock(sheet, f"A{DAY_ROW}:E{DAY_ROW}")
    sheets.check_day(sheet, f"A{DAY_ROW}", form)
    note = letter()["readings"][form.reading]
    put(sheet, f"A{NOTE_ROW}:E{NOTE_ROW}", note, size=12, italic=True)
    sheet.row_dimensions[NOTE_ROW].height = 36


def _day(sheet: Worksheet, cells: str, value: object, shown: str, **style: bool) -> None:
    put(sheet, cells, value, **style)
    sheet[cells.partition(":")[0]].number_format = shown


def _table(sheet: Worksheet, form: Form) -> int:
    """The heading, the rows to fill in, what closes them; gives the last row to fill in."""
    for column, heading in zip(WIDTHS, form.words["head"].values(), strict=True):
        put(sheet, f"{column}{HEAD_ROW}", heading, size=12, bold=True)
        sheet[f"{column}{HEAD_ROW}"].border = sheets.FRAME
    sheet.row_dimensions[HEAD_ROW].height = 36
    last = FIRST + (ROSTER if form.reading in LISTS else PERSONS) - 1
    for row in range(FIRST, last + 1):
        _row(sheet, form, row)
    _close(sheet, form, last)
    return last


def _row(sheet: Worksheet, form: Form, row: int) -> None:
    for column in WIDTHS:
        cell = sheet[f"{column}{row}"]
        cell.font = Font(name=sheets.FONT, size=12)
        cell.border = sheets.FRAME
        cell.protection = sheets.OPEN
        across = "left" if column in "BC" else "center"
        cell.alignment = Alignment(
            horizontal=across, vertical="center", shrink_to_fit=column in "BC"
        )
    sheet.row_dimensions[row].height = ROW_HEIGHT
    sheet[f"A{row}"] = row - FIRST + 1
    sheet[f"D{row}"].number_format = sheets.TEXT
    if form.reading == "ratio":
        sheet[f"E{row}"].number_format = sheets.TEXT
    elif form.reading == "percent":
        sheet[f"E{row}"].number_format = "0.00%"


def _close(sheet: Worksheet, form: Form, last: int) -> None:
    """The row of totals, where adding up makes sense under the reading, and the signature."""
    row = last + 1
    if form.reading in TOTALS:
        cells = f"E{FIRST}:E{last}"
        put(sheet, f"A{row}:D{row}", form.words["total"], size=12, bold=True)
        put(sheet, f"E{row}", "=" + TOTALS[form.reading].format(cells=cells), size=12, bold=True)
        for cell in sheet[f"A{row}:E{row}"][0]:
            cell.border = sheets.FRAME
        row += 1
    words = letter()
    for text in (words["dots"], words["signature"], words["dots"]):
        row += 1
        put(sheet, f"D{row}:E{row}", text, italic=text == words["signature"])
        sheets.unlock(sheet, f"D{row}:E{row}")


def _checks(sheet: Worksheet, form: Form, last: int) -> None:
    title, hints = form.hints["title"], form.hints
    if form.hamlets:
        cells = f"'{HAMLETS}'!$A$1:$A${len(form.hamlets)}"
        sheets.check(sheet, f"C{FIRST}:C{last}", "list", hints["hamlet"], title=title,
                     formula=cells, strict=False)  # fmt: skip
    phones = f"D{FIRST}:D{last}"
    once = f"COUNTIF($D${FIRST}:$D${last},D{FIRST})=1"
    sheets.check(sheet, phones, "custom", hints["phone"], title=title,
                 formula=f"AND({sheets.ten_digits(f'D{FIRST}')},{once})")  # fmt: skip
    _check_counts(sheet, form, f"E{FIRST}:E{last}")


def _check_counts(sheet: Worksheet, form: Form, cells: str) -> None:
    title, hints = form.hints["title"], form.hints
    if form.reading in EMPTY:
        sheets.check(sheet, cells, "custom", hints["nothing"], title=title, formula="FALSE")
    elif form.reading == "flag":
        sheets.check(sheet, cells, "list", hints["tick"], title=title, formula='"x"')
    elif form.reading == "percent":
        sheets.check(sheet, cells, "decimal", hints["rate"], title=title, operator="between",
                     formula="0", second="1")  # fmt: skip
    elif form.reading != "ratio":
        sheets.check(sheet, cells, "whole", hints["count"], title=title,
                     operator="greaterThanOrEqual", formula="0")  # fmt: skip
