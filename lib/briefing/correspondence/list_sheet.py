"""The first sheet of a returned workbook: every fault with a link to its cell."""

from __future__ import annotations

import math
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink

from briefing.correspondence.returns import Point, Return
from briefing.correspondence.wording import HEADINGS, example, opening, place, stated, title
from briefing.intake.detection.own_papers import END
from briefing.messages import Message, _
from briefing.office.look import LINK, LIST_EDGE, LIST_INK, SEVERITIES
from briefing.office.sheets import fill, font, frame, put_text, set_page, set_widths
from briefing.params import Campaign

WIDTHS = (5, 20, 15, 29, 27)  # of the columns, in characters: together an upright A4 page
LETTERS = 1.1  # to a character of a column's width, with room to spare
LINE_HEIGHT = 16.5  # points, of a line of text
GO_THERE = Message("Go to the cell")
MIDDLE = Alignment(wrap_text=True, vertical="center")
HEADED = Alignment(horizontal="center", vertical="center", wrap_text=True)
TOP, NUMBERED = Alignment(wrap_text=True, vertical="top"), Alignment("center", "top")


def add_list(book: Any, item: Return, campaign: Campaign, links: dict[str, str], ask: str) -> None:
    """Put the list in front of an openpyxl workbook, and open the workbook on it.

    Args:
        links: Address of the contract → where a click leads (`'Sheet 1'!D14`).
        ask: What the sender is asked to do with the file.
    """
    sheet = book.create_sheet(_free_name(book, _("To correct")), 0)
    row = _head(sheet, [title(), *opening(item, campaign), ask])
    _headings(sheet, row)
    for number, point in enumerate(item.points, start=1):
        _point(sheet, row + number, number, point, links.get(point.first.where))
    last = sheet.cell(row + len(item.points) + 2, 1)
    put_text(last, str(END), font(12, LIST_INK, italic=True))
    set_page(sheet, heading=row, left=0.5, right=0.5)
    sheet.print_options.horizontalCentered = True
    sheet.freeze_panes = f"A{row + 1}"
    sheet.sheet_properties.tabColor = "C00000"
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
    for row, text in enumerate(lines, start=1):
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(WIDTHS))
        letters = font(14 if row == 1 else 12, LIST_INK, bold=row == 1)
        put_text(sheet.cell(row, 1), text, letters, MIDDLE)
        lines_needed = -(-len(text) // (sum(WIDTHS) - 6)) if row > 1 else 1.5
        sheet.row_dimensions[row].height = LINE_HEIGHT * lines_needed + 2
    return len(lines) + 2


def _headings(sheet: Any, row: int) -> None:
    for column, heading in enumerate(HEADINGS, start=1):
        letters = font(12, "FFFFFF", bold=True)
        cell = put_text(sheet.cell(row, column), str(heading), letters, HEADED)
        cell.fill, cell.border = fill(LIST_INK), frame(LIST_EDGE)
    sheet.row_dimensions[row].height = 1.5 * LINE_HEIGHT
    set_widths(sheet, WIDTHS)


def _point(sheet: Any, row: int, number: int, point: Point, link: str | None) -> None:
    texts = (place(point), example(point), stated(point), point.first.request)
    for column, text in enumerate(("", *texts), start=1):
        put_text(sheet.cell(row, column), text, font(), TOP).border = frame(LIST_EDGE)
    first = sheet.cell(row, 1, number)
    first.alignment, first.fill = NUMBERED, fill(SEVERITIES[point.first.severity])
    if link:
        at = sheet.cell(row, 1 if len(point.remarks) > 1 else 2)  # LibreOffice wraps no link
        at.hyperlink = Hyperlink(ref=at.coordinate, location=link, tooltip=str(GO_THERE))
        at.font = font(12, LINK, underline="single")
    lines = max(
        math.ceil(len(text) / (width * LETTERS))
        for text, width in zip(texts, WIDTHS[1:], strict=True)
    )
    sheet.row_dimensions[row].height = LINE_HEIGHT * max(lines, 1) + 3
