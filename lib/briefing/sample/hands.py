"""A list in a unit's own hand: the office's form filled in, or one typed after it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy, deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from docx.oxml.ns import qn
from openpyxl.utils import get_column_letter

from briefing.forms import daily_document, daily_workbook
from briefing.forms.daily_workbook import FIRST, HEAD_ROW, NOTE_ROW
from briefing.forms.wording import Form, daily_form, letter
from briefing.office.markup import elements, run
from briefing.office.package import saved
from briefing.sample.lists import Line, Listing, SampleContext
from briefing.sample.people import written_phone
from briefing.sample.plan import Unit
from briefing.sample.words import spellings, vocabulary

MANY_ROWS = 600  # from here on nobody remarks on single rows
FEWEST_ROWS = 40  # of the form that was handed out
Row = Mapping[str, str | int | None]


@dataclass(frozen=True)
class Report:
    """What a unit sends: its form, the rows to fill in, and how it has changed the layout."""

    form: Form
    rows: list[Row]
    hand: Mapping[str, Any]
    merged: bool  # the value is one cell over all rows

    @property
    def fields(self) -> list[str]:
        return list(self.form.words["head"])

    @property
    def grouped(self) -> list[str]:
        """The columns with a heading over their own."""
        return self.hand.get("group", {}).get("fields", [])


def report_content(
    context: SampleContext, unit: Unit, day: date, table: Listing
) -> tuple[bytes, list[tuple[str, str]]]:
    """The file (not yet fixed in time) and its mistakes (rule, where)."""
    report = _report(context, unit, day, table)
    made, place = (_document if unit.docx else _workbook)(report)
    index = {field: number for number, field in enumerate(report.fields)}
    marks = [
        (rule, place(len(table.lines) if row < 0 else row, index[field]))
        for rule, row, field in table.marks
    ]
    return saved(made), marks


def _report(context: SampleContext, unit: Unit, day: date, table: Listing) -> Report:
    hand = vocabulary()["hands"][unit.hand]
    merged = unit.values == "merged" and len(table.lines) > 1
    rows = [_row(unit, number, line, table) for number, line in enumerate(table.lines, start=1)]
    if "total" in hand and table.total is not None and rows:
        total = {"luy_ke": table.total, "trong_ngay": table.total_today}
        rows.append({"ho_ten": hand["total"], **total})
    form = daily_form(context.campaign, unit.unit, day)
    mark = replace(form.mark, reading=unit.reading)
    form = replace(form, reading=unit.reading, mark=mark, rows=max(len(rows), FEWEST_ROWS))
    if hand:
        form = _retyped(form, hand, spellings(context.campaign, unit.unit, day), len(rows))
    return Report(form, rows, hand, merged)


def _retyped(form: Form, hand: Mapping[str, Any], spelled: Mapping[str, Any], rows: int) -> Form:
    """The form with a unit's own words on it."""
    daily: dict[str, Any] = {
        name: [text.format(**spelled) for text in wording] if name == "titles" else wording
        for name, wording in hand["daily"].items()
    }
    if "day" in daily:
        daily["day"] = daily["day"].format(**spelled)
    printed = letter() | hand["letter"] | {"daily": letter()["daily"] | daily}
    unit = hand.get("unit", form.unit).format(**spelled)
    return replace(form, unit=unit, rows=rows, retyped=True, printed=printed)


def _row(unit: Unit, number: int, line: Line, table: Listing) -> Row:
    """What this unit writes in each column."""
    words, who = vocabulary(), line.who
    notes = words["notes_plain" if unit.hand == "no_marks" else "notes"]
    noted = len(table.lines) < MANY_ROWS and int(who.phone[-3:]) % 3 == 0
    phones = "text" if unit.docx and unit.phones in ("number", "mixed") else unit.phones
    return {
        "stt": number,
        "ho_ten": who.name,
        "dia_chi": _address(unit, unit.places[line.place % len(unit.places)]),
        "so_dien_thoai": line.typed_phone or written_phone(who, phones),
        "luy_ke": line.value,
        "trong_ngay": line.today,
        "gioi_tinh": words["people"]["genders"]["f" if who.female else "m"],
        "ghi_chu": notes[int(who.phone[-2:]) % len(notes)] if noted else None,
    }


def _address(unit: Unit, place: tuple[str, str]) -> str:
    bare, label = place
    if unit.address == "bare" and not bare.isdigit():
        return bare
    return label[0].lower() + label[1:] if unit.address == "lower" else label


def _workbook(report: Report) -> tuple[Any, Any]:
    """The workbook, and what tells the address of a row and a column, both from 0."""
    book = daily_workbook.workbook(report.form)
    sheet = book.worksheets[0]
    for number, row in enumerate(report.rows, start=FIRST):
        for column, field in enumerate(report.fields, start=1):
            sheet.cell(number, column).value = row.get(field)
    if report.merged:
        value = get_column_letter(1 + report.fields.index("luy_ke"))
        sheet.merge_cells(f"{value}{FIRST}:{value}{FIRST + len(report.rows) - 1}")
    if report.grouped:
        _group_cells(sheet, report)
    shift = report.hand.get("shift", 0)
    if shift:
        sheet.move_range(sheet.dimensions, cols=shift)
        for merged in sheet.merged_cells.ranges:
            merged.shift(col_shift=shift)
    return (
        book,
        lambda row, column: f"{sheet.title}!{get_column_letter(1 + shift + column)}{FIRST + row}",
    )


def _group_cells(sheet: Any, report: Report) -> None:
    """A heading over those of some columns; each of the others is as high as both."""
    for column, field in enumerate(report.fields, start=1):
        above, below = sheet.cell(NOTE_ROW, column), sheet.cell(HEAD_ROW, column)
        above._style = copy(below._style)
        if field not in report.grouped:
            above.value, below.value = below.value, None
            sheet.merge_cells(f"{above.coordinate}:{below.coordinate}")
    first, last = (1 + report.fields.index(report.grouped[n]) for n in (0, -1))
    sheet.cell(NOTE_ROW, first).value = report.hand["group"]["heading"]
    sheet.merge_cells(None, NOTE_ROW, first, NOTE_ROW, last)


def _document(report: Report) -> tuple[Any, Any]:
    """The document, and what tells the address of a row and a column, both from 0."""
    made = daily_document.document(report.form)
    table = made.tables[-1]
    for line, row in zip(table._tbl.tr_lst[1:], report.rows, strict=False):
        for cell, field in zip(line.tc_lst, report.fields, strict=True):
            type_into(cell, row.get(field))
    if report.grouped:
        _group_columns(table, report)
    number, first = len(made.tables), 3 if report.grouped else 2
    return made, lambda row, column: f"table {number}, row {first + row}, column {column + 1}"


def type_into(place: Any, value: object) -> None:
    """Type over what stands in a cell or paragraph of a form; a control loses its prompt."""
    for old in [*place.iter(qn("w:showingPlcHdr"))]:
        old.getparent().remove(old)
    held = [*place.iter(qn("w:t"))]
    if held:
        held[-1].text = str(value or "")
    elif value is not None:
        paragraph = place if place.tag == qn("w:p") else place.p_lst[0]
        paragraph.extend(elements(run(str(value), size=daily_document.SIZE)))


def _group_columns(table: Any, report: Report) -> None:
    heading = table.rows[0]._tr
    heading.addprevious(deepcopy(heading))
    for column, field in enumerate(report.fields):
        above, below = table.cell(0, column), table.cell(1, column)
        if field in report.grouped:
            type_into(above._tc, report.hand["group"]["heading"])
        else:
            below._tc.p_lst[0].clear_content()
            above.merge(below)
    first, last = (table.cell(0, report.fields.index(report.grouped[n])) for n in (0, -1))
    last._tc.p_lst[0].clear_content()
    first.merge(last)
