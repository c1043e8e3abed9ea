"""What the forms in Excel have in common: the mark, letterhead, the day."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from briefing.forms.wording import Form
from briefing.intake.detection.own_papers import PROPERTY
from briefing.office.sheets import check, font, lock, set_page, unlock


def new_book(form: Form) -> tuple[Workbook, Worksheet]:
    """A workbook that carries the form's mark, and its sheet."""
    book = Workbook()
    normal = book._named_styles["Normal"]  # type: ignore[attr-defined]  # not in the stubs
    normal.font = font()  # widths count its digits
    sheet = book.worksheets[0]
    sheet.title = form.words["sheet"]
    book.properties.title = form.title
    book.properties.creator = form.campaign.letterhead.issuer
    if not form.retyped:
        own = StringProperty(name=PROPERTY, value=form.mark_text)
        book.custom_doc_props.append(own)  # type: ignore[attr-defined]  # not in the stubs
        mark = DefinedName(f"_{PROPERTY}", attr_text=f'"{form.mark_text}"', hidden=True)
        book.defined_names.add(mark)
    return book, sheet


def put(
    sheet: Worksheet, cells: str, value: object = None, *, size: int = 13, across: str = "center",
    **marks: Any,
) -> None:  # fmt: skip
    """Write into a range of cells, which becomes one cell; `marks`: bold, italic, underline."""
    first, _to, last = cells.partition(":")
    if last not in ("", first):
        sheet.merge_cells(cells)
    under = "single" if marks.pop("underline", False) else None
    cell = sheet[first]
    cell.value, cell.font = value, font(size, underline=under, **marks)
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=True)


def put_state(sheet: Worksheet, form: Form, first: str, last: str) -> None:
    """The state's name and motto over these columns, from row 2."""
    put(sheet, f"{first}2:{last}2", form.printed["nation"], size=12, bold=True)
    put(sheet, f"{first}3:{last}3", form.printed["motto"], bold=True, underline=True)


def put_titles(sheet: Worksheet, form: Form, last: str, row: int) -> None:
    """Over all columns, from this row on."""
    for number, title in enumerate(form.titles, start=row):
        put(sheet, f"A{number}:{last}{number}", title, size=14, bold=True)


def put_day(
    sheet: Worksheet, form: Form, cells: str, value: object, before: str = "", after: str = "",
    **marks: Any,
) -> None:  # fmt: skip
    """A day, or what comes to one, shown with words around it."""
    put(sheet, cells, value, **marks)
    before += form.printed["day_before"]
    literals = [f'"{text}"' if text else "" for text in (before, after)]
    sheet[cells.partition(":")[0]].number_format = form.printed["sheet_day"].join(literals)


def check_day(sheet: Worksheet, cells: str, form: Form) -> None:
    """A day of the campaign, which may be changed."""
    unlock(sheet, cells)
    dates = form.campaign.dates
    first, last = (f"DATE({d.year},{d.month},{d.day})" for d in (dates.start, dates.end))
    check(sheet, cells.partition(":")[0], "date", form.hints["day"], title=form.hints["title"],
          operator="between", formula=first, second=last)  # fmt: skip


def hand_out(sheet: Worksheet, first: str, heading: int = 0) -> None:
    """Locked but for what is to be filled in, ready to print, the first open cell chosen."""
    lock(sheet)
    set_page(sheet, heading=heading, left=0.9, right=0.6, top=0.75, bottom=0.75)
    sheet.print_options.horizontalCentered = True
    if heading:
        sheet.freeze_panes = f"A{heading + 1}"
    chosen = sheet.sheet_view.selection[-1]
    chosen.activeCell = chosen.sqref = first
