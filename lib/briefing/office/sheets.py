"""Writing workbooks: fonts, frames, texts that stay texts, pages, locks and checks of cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from briefing.office.look import FONT
from briefing.writing import FORMULA_LIKE

LONGEST = 32_000  # letters of a cell; Excel takes 32,767
ERROR_LENGTH = 225  # characters that Excel takes for the text of a check
TEXT = "@"
Kind = Literal["custom", "date", "decimal", "list", "whole"]
Operator = Literal["between", "greaterThanOrEqual"]
OPEN = Protection(locked=False)


def font(size: float = 12, colour: str | None = None, **marks: Any) -> Font:
    """The office's font; `marks`: bold, italic, underline."""
    return Font(name=FONT, size=size, color=colour, **marks)


def fill(colour: str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def frame(colour: str | None = None) -> Border:
    """Thin lines around a cell."""
    side = Side(style="thin", color=colour)
    return Border(left=side, right=side, top=side, bottom=side)


def as_written(text: str) -> str:
    """A text without what a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST]


def put_text(cell: Any, text: str, font: Font | None = None, align: Alignment | None = None) -> Any:
    """Write a text that stays a text, though it may begin like a formula."""
    cell.value = written = as_written(text)
    cell.data_type = "s"
    cell.quotePrefix = written.startswith(FORMULA_LIKE)
    if font:
        cell.font = font
    if align:
        cell.alignment = align
    return cell


def style(sheet: Worksheet, **parts: Any) -> StyleArray:
    """A style to give to many cells as their `_style`: openpyxl compares each new one with all.

    Args:
        parts: Of a cell: font, border, fill, alignment, protection, number_format, quotePrefix.
    """
    cell = WriteOnlyCell(sheet)
    for name, value in parts.items():
        setattr(cell, name, value)
    return cell._style  # type: ignore[attr-defined]  # not in the stubs


def set_widths(sheet: Worksheet, widths: Iterable[float]) -> None:
    """Of the columns from A on, in letters."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def set_page(sheet: Worksheet, *, across: bool = False, heading: int = 0, **margins: float) -> None:
    """A4, as wide as the page, without the lines of the grid.

    Args:
        across: Lying; else upright.
        heading: A row that stands on each page.
        margins: In inches.
    """
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if across else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    if heading:
        sheet.print_title_rows = f"{heading}:{heading}"
    for side, inches in margins.items():
        setattr(sheet.page_margins, side, inches)


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


def check(
    sheet: Worksheet, cells: str, kind: Kind, text: str, *, title: str, formula: str | None = None,
    second: str | None = None, operator: Operator | None = None, strict: bool = True,
) -> None:  # fmt: skip
    """A rule that Excel holds typed values against.

    Args:
        strict: The value is refused; else the sender may keep it.
    """
    rule = DataValidation(
        type=kind, operator=operator, formula1=formula, formula2=second, allow_blank=True,
        errorStyle="stop" if strict else "warning", errorTitle=title, error=text[:ERROR_LENGTH],
        showErrorMessage=True, showInputMessage=False,
    )  # fmt: skip
    rule.add(cells)
    sheet.add_data_validation(rule)


def ten_digits(cell: str) -> str:
    """The formula that a text is ten digits, the first of them 0."""
    digits = f"SUMPRODUCT(--ISNUMBER(--MID({cell},ROW($1:$10),1)))=10"
    return f'AND(LEN({cell})=10,LEFT({cell},1)="0",{digits})'
