"""The first sheet of a returned workbook: every fault with a link to its cell."""

from __future__ import annotations

import math
from typing import Any

from briefing.correspondence.returns import Point, Return
from briefing.correspondence.wording import HEADINGS, example, opening, place, stated, title
from briefing.intake.recognition.returned import END
from briefing.messages import Message, _
from briefing.params import Campaign
from briefing.tables.build import FORMULA_LIKE

WIDTHS = (5, 20, 15, 29, 27)  # of the columns, in characters: together an upright A4 page
LETTERS = 1.1  # to a character of a column's width, with room to spare
LINE_HEIGHT = 16.5  # points, of a line of text
FONT = "Times New Roman"
COLOURS = {"error": "FFC7CE", "warning": "FFEB9C", "info": "DDEBF7"}
INK = "1F3864"


def add_list(book: Any, item: Return, campaign: Campaign, links: dict[str, str], ask: str) -> None:
    """Put the list in front of an openpyxl workbook, and open the workbook on it.

    Args:
        links: Address of the contract → where a click leads (`'Sheet 1'!D14`).
        ask: What the sender is asked to do with the file.
    """
    from openpyxl.styles import Font

    sheet = book.create_sheet(_free_name(book, _("To correct")), 0)
    row = _head(sheet, [title(), *opening(item, campaign), ask])
    _headings(sheet, row)
    for number, point in enumerate(item.points, start=1):
        _point(sheet, row + number, number, point, links.get(point.first.where))
    last = put(sheet.cell(row + len(item.points) + 2, 1), str(END))
    last.font = Font(name=FONT, size=12, italic=True, color=INK)
    _page(sheet, row)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _free_name(book: Any, name: str) -> str:
    """A sheet's name that the workbook does not have yet."""
    taken = {title.lower() for title in book.sheetnames}
    names = (name, *(f"{name} ({n})" for n in range(2, 1000)))
    return next(candidate for candidate in names if candidate.lower() not in taken)


def _head(sheet: Any, lines: list[str]) -> int:
    """Title and opening over all columns; returns the row of the headings."""
    from openpyxl.styles import Alignment, Font

    for row, text in enumerate(lines, start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        cell = put(sheet.cell(row, 1), text)
        cell.font = Font(name=FONT, size=14 if row == 1 else 12, bold=row == 1, color=INK)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        lines_needed = -(-len(text) // (sum(WIDTHS) - 6)) if row > 1 else 1.5
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines_needed + 2
    return len(lines) + 2


def _headings(sheet: Any, row: int) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        cell = put(sheet.cell(row, column), str(heading))
        cell.font = Font(name=FONT, size=12, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=INK)
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell.border = border()
        sheet.row_dimensions[row].height = 1.5 * LINE_HEIGHT
        sheet.column_dimensions[get_column_letter(column)].width = width


def _point(sheet: Any, row: int, number: int, point: Point, link: str | None) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    texts = (place(point), example(point), stated(point), point.first.request)
    sheet.cell(row, 1, number)
    for column, text in enumerate(texts, start=2):
        put(sheet.cell(row, column), text)
    for cell in sheet[row][: len(WIDTHS)]:
        cell.font = Font(name=FONT, size=12)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.border = border()
    sheet.cell(row, 1).alignment = Alignment(horizontal="center", vertical="top")
    sheet.cell(row, 1).fill = PatternFill("solid", fgColor=COLOURS[point.first.severity])
    if link:
        at = sheet.cell(row, 1 if len(point.remarks) > 1 else 2)  # LibreOffice wraps no link
        at.hyperlink = Hyperlink(ref=at.coordinate, location=link, tooltip=str(GO_THERE))
        at.font = Font(name=FONT, size=12, color="0563C1", underline="single")
    lines = max(
        math.ceil(len(text) / (width * LETTERS))
        for text, width in zip(texts, WIDTHS[1:], strict=True)
    )
    sheet.row_dimensions[row].height = LINE_HEIGHT * max(lines, 1) + 3


GO_THERE = Message("Go to the cell")


def _page(sheet: Any, heading: int) -> None:
    """One A4 page wide, as many long as it takes, the headings on each."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.freeze_panes = f"A{heading + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.sheet_properties.tabColor = "C00000"


def border() -> Any:
    """Thin grey lines around a cell."""
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color="A6A6A6")
    return Border(left=side, right=side, top=side, bottom=side)


def put(cell: Any, text: str) -> Any:
    """Write a text that stays a text, though it may begin like a formula."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)[:32_000]
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(FORMULA_LIKE)
    return cell
