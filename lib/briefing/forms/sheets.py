"""What the forms in Excel have in common: fonts, locks, checks of cells, the mark."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, Protection, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from briefing.forms.wording import Form, letter
from briefing.intake.recognition.form_mark import PROPERTY

FONT = "Times New Roman"
THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
OPEN = Protection(locked=False)
ERROR_LENGTH = 225  # characters that Excel takes for the text of a check
TEXT = "@"


def new_book(form: Form) -> tuple[Workbook, Worksheet]:
    """A workbook that carries the form's mark, and its sheet."""
    book = Workbook()
    book._named_styles["Normal"].font = Font(name=FONT, size=12)  # widths count its digits
    sheet = book.active
    sheet.title = form.words["sheet"]
    book.properties.title = form.title
    book.properties.creator = form.campaign.letterhead.issuer
    book.custom_doc_props.append(StringProperty(name=PROPERTY, value=form.mark_text))
    book.defined_names.add(
        DefinedName(f"_{PROPERTY}", attr_text=f'"{form.mark_text}"', hidden=True)
    )
    return book, sheet


def as_bytes(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def put(
    sheet: Worksheet, cells: str, value: object = None, *, size: int = 13, bold: bool = False,
    italic: bool = False, underline: bool = False, across: str = "center", wrap: bool = True,
) -> None:  # fmt: skip
    """Write into a range of cells, which becomes one cell."""
    first = cells.partition(":")[0]
    if first != cells:
        sheet.merge_cells(cells)
    cell = sheet[first]
    cell.value = value
    cell.font = Font(
        name=FONT, size=size, bold=bold, italic=italic, underline="single" if underline else None
    )
    cell.alignment = Alignment(horizontal=across, vertical="center", wrap_text=wrap)


def put_letterhead(sheet: Worksheet, form: Form, left: str, right: str, first: int) -> None:
    """The state's name and motto over the right columns, from row `first`."""
    words = letter()
    a, z = right[0], right[-1]
    put(
        sheet,
        f"{a}{first}:{z}{first}" if a != z else f"{a}{first}",
        words["nation"],
        size=12,
        bold=True,
    )
    row = first + 1
    put(
        sheet,
        f"{a}{row}:{z}{row}" if a != z else f"{a}{row}",
        words["motto"],
        bold=True,
        underline=True,
    )


def unlock(sheet: Worksheet, cells: str) -> None:
    for row in sheet[cells]:
        for cell in row:
            cell.protection = OPEN


def lock(sheet: Worksheet) -> None:
    """Protect what is printed, without a password; rows may be added, pictures put in."""
    guard = sheet.protection
    guard.sheet = True
    guard.objects = guard.scenarios = False
    guard.formatCells = guard.formatColumns = guard.formatRows = False  # False: may be done
    guard.insertRows = guard.deleteRows = guard.sort = guard.autoFilter = False


def fit_to_paper(sheet: Worksheet, last_column: str) -> None:
    """One page wide on A4, as many pages long as it takes."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.9, 0.6, 0.75, 0.75
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False


def check(
    sheet: Worksheet, cells: str, kind: str, text: str, *, title: str, formula: str | None = None,
    second: str | None = None, operator: str | None = None, strict: bool = True,
    prompt: bool = False,
) -> None:  # fmt: skip
    """A rule that Excel holds typed values against.

    Args:
        strict: The value is refused; else the sender may keep it.
        prompt: The text is shown as soon as the cell is chosen.
    """
    rule = DataValidation(
        type=kind, operator=operator, formula1=formula, formula2=second, allow_blank=True,
        errorStyle="stop" if strict else "warning", errorTitle=title, error=text[:ERROR_LENGTH],
        promptTitle=title if prompt else None, prompt=text[:ERROR_LENGTH] if prompt else None,
        showErrorMessage=True, showInputMessage=prompt,
    )  # fmt: skip
    rule.add(cells)
    sheet.add_data_validation(rule)


def check_day(sheet: Worksheet, cells: str, form: Form) -> None:
    """A day of the campaign."""
    dates = form.campaign.dates
    first, last = (f"DATE({d.year},{d.month},{d.day})" for d in (dates.start, dates.end))
    check(sheet, cells, "date", form.hints["day"], title=form.hints["title"], operator="between",
          formula=first, second=last)  # fmt: skip


def ten_digits(cell: str) -> str:
    """The formula that a text is ten digits, the first of them 0."""
    digits = f"SUMPRODUCT(--ISNUMBER(--MID({cell},ROW($1:$10),1)))=10"
    return f'AND(LEN({cell})=10,LEFT({cell},1)="0",{digits})'
