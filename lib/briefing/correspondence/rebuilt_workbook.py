"""A workbook made anew from what was read: for formats that openpyxl can't write, and for a file
that holds reports of others too. What is not copied can't leak.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from openpyxl import Workbook

from briefing.correspondence.list_sheet import TOP, add_list
from briefing.correspondence.marked_workbook import mark_cells
from briefing.correspondence.returns import Return
from briefing.correspondence.wording import REBUILT, TAKEN_OUT, sender
from briefing.intake.readers import Grid, Part
from briefing.intake.readers.grids import column_letters
from briefing.locale.pack import pack
from briefing.messages import _
from briefing.office.look import LIST_EDGE
from briefing.office.package import saved
from briefing.office.sheets import frame, put_text, set_page
from briefing.params import Campaign

WIDEST, NARROWEST = 45, 6  # of a column, in characters
DATE_FORMATS = {False: "dd/mm/yyyy", True: "mm/dd/yyyy"}  # whether the month comes first
IN_TEXT = re.compile(r"line (?P<line>[0-9]+), column (?P<column>[0-9]+)")
TABLE_FORMATS = {"sheet", "csv"}


def rebuilt_workbook(
    parts: Iterable[Part], item: Return, campaign: Campaign, only: Collection[str] | None = None
) -> bytes | None:
    """The values of a workbook or a delimited text at the cells where they stood, faults marked.

    Args:
        parts: The file as it was opened.
        only: Sheets to copy; `None`: every one.

    Returns:
        An .xlsx, or `None` where the file holds no such sheet.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    grids = [grid for part in parts for grid in part.grids if grid.kind in TABLE_FORMATS]
    grids = [grid for grid in grids if only is None or grid.name in only]
    if not grids:
        return None
    for grid in grids:
        _fill(book.create_sheet(grid.name if grid.kind == "sheet" else _("Data")), grid)
    own = _at_cells(item, book.sheetnames[0])
    links = mark_cells(book, own.points, sender(campaign))
    add_list(book, own, campaign, links, str(REBUILT if item.alone else TAKEN_OUT))
    return saved(book)


def _at_cells(item: Return, sheet: str) -> Return:
    """The same, with the cells of the copy for the lines and columns of a delimited text."""
    remarks = []
    for remark in item.remarks:
        if match := IN_TEXT.fullmatch(remark.where):
            letters = column_letters(int(match["column"]) - 1)
            remark = replace(remark, where=f"{sheet}!{letters}{match['line']}")
        remarks.append(remark)
    return replace(item, remarks=tuple(remarks))


def _row(grid: Grid, row: int) -> int:
    """The row of a sheet for a row of a grid: of a delimited text its line."""
    lines = grid.first_lines
    return lines[row] if grid.kind == "csv" and row < len(lines) else row + 1


def _fill(sheet: Any, grid: Grid) -> None:
    """Values, merged ranges and hidden rows; the rows of a table with lines around their cells."""
    for row, column, value in grid.filled():
        _put_value(sheet.cell(_row(grid, row), column + 1), value)
    for r0, c0, r1, c1 in grid.merged:
        sheet.merge_cells(start_row=r0 + 1, start_column=c0 + 1, end_row=r1 + 1, end_column=c1 + 1)
    for row in grid.filtered:
        sheet.row_dimensions[_row(grid, row)].hidden = True
    _lay_out(sheet)


def _lay_out(sheet: Any) -> None:
    """Columns as wide as their table needs: a lone line of a heading may run over."""
    widths: dict[str, int] = {}
    for row in sheet.iter_rows():
        filled = [cell for cell in row if cell.value is not None]
        for cell in filled if len(filled) > 1 else ():
            lines = str(cell.value).splitlines() or [""]
            longest = min(max(map(len, lines)), WIDEST)
            widths[cell.column_letter] = max(widths.get(cell.column_letter, 0), longest)
            cell.alignment, cell.border = TOP, frame(LIST_EDGE)
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = max(width + 2, NARROWEST)
    set_page(sheet)
    sheet.sheet_view.showGridLines = True


def _put_value(cell: Any, value: Any) -> None:
    """A value as it was read; texts stay texts, whole numbers lose the point of old formats."""
    if isinstance(value, str):
        put_text(cell, value)
    elif isinstance(value, float) and value.is_integer():
        cell.value = int(value)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = DATE_FORMATS[pack().month_first]
