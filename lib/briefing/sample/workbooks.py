"""A report as an Excel workbook, and at which address each mistake ends up."""

from __future__ import annotations

import io
from copy import copy

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from briefing.sample.layout import MANY_ROWS, Cell, Paper

THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
MIDDLE = Alignment(vertical="center")
WIDTHS = {"stt": 6, "ho_ten": 26, "dia_chi": 26, "so_dien_thoai": 16, "luy_ke": 16, "ghi_chu": 18}
CENTRED_FIELDS = {"stt", "luy_ke", "trong_ngay", "gioi_tinh"}
OTHER_WIDTH = 11


def workbook(paper: Paper) -> tuple[bytes, list[tuple[str, str]]]:
    """The report as bytes of a .xlsx (not yet fixed in time) and its mistakes (rule, where)."""
    book = Workbook()
    sheet = book.active
    sheet.title = paper.sheet
    row = _head(sheet, paper, paper.top)
    first = _header(sheet, paper, row)
    _body(sheet, paper, first)
    last = first + len(paper.rows) + (paper.total is not None)
    _signature(sheet, paper, last + 1)
    for offset, column in enumerate(paper.columns):
        letter = get_column_letter(paper.first_column + offset)
        sheet.column_dimensions[letter].width = WIDTHS.get(column.field, OTHER_WIDTH)
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), _addresses(paper, first)


def _addresses(paper: Paper, first: int) -> list[tuple[str, str]]:
    found = []
    for rule, index, field in paper.marks:
        row = first + (len(paper.rows) if index < 0 else index)
        letter = get_column_letter(paper.first_column + paper.position(field))
        found.append((rule, f"{paper.sheet}!{letter}{row}"))
    return found


def _head(sheet: Worksheet, paper: Paper, row: int) -> int:
    """Label, letterhead and titles; gives the row at which the table's header starts."""
    left, right = paper.first_column, paper.first_column + len(paper.columns) - 1
    middle = left + 1
    if paper.label:
        _line(sheet, paper, row, right, right, paper.label, italic=True)
        row += 1
    if not paper.right:
        for text in paper.left:
            _line(sheet, paper, row, left, middle, text, bold=True)
            row += 1
    else:
        for i in range(max(len(paper.left), len(paper.right))):
            for block, start, end in ((paper.left, left, middle), (paper.right, middle + 1, right)):
                if i < len(block):
                    _line(sheet, paper, row + i, start, end, block[i], bold=i < 2)
        row += max(len(paper.left), len(paper.right))
    if paper.place:
        _line(sheet, paper, row, middle + 1, right, paper.place, italic=True)
        row += 2
    for i, text in enumerate(paper.titles):
        _line(sheet, paper, row, left, right, text, bold=True, size=14 if i == 0 else 12)
        row += 1
    return row + 1


def _line(
    sheet: Worksheet,
    paper: Paper,
    row: int,
    start: int,
    end: int,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 12,
) -> None:
    cell = sheet.cell(row, start, text)
    cell.font = Font(name=paper.font, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(horizontal="center", vertical="center")
    if end > start:
        sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)


def _header(sheet: Worksheet, paper: Paper, row: int) -> int:
    """The header, over one or two rows; gives the row of the first line."""
    depth = 2 if paper.grouped else 1
    font = Font(name=paper.font, size=12, bold=True)
    for offset, column in enumerate(paper.columns):
        at = paper.first_column + offset
        for i in range(depth):
            sheet.cell(row + i, at).border = FRAME
            sheet.cell(row + i, at).font = font
            sheet.cell(row + i, at).alignment = CENTRED
        if column.group:
            sheet.cell(row + 1, at, column.heading)
        else:
            sheet.cell(row, at, column.heading)
            if depth == 2:
                sheet.merge_cells(start_row=row, end_row=row + 1, start_column=at, end_column=at)
    grouped = [i for i, column in enumerate(paper.columns) if column.group]
    if grouped:
        start, end = paper.first_column + grouped[0], paper.first_column + grouped[-1]
        sheet.cell(row, start, paper.columns[grouped[0]].group)
        sheet.merge_cells(start_row=row, end_row=row, start_column=start, end_column=end)
    sheet.row_dimensions[row + depth - 1].height = 34 if depth == 1 else 20
    return row + depth


def _body(sheet: Worksheet, paper: Paper, first: int) -> None:
    """The lines and the total; every cell of a column shares one style object."""
    styles = _styles(sheet, paper, bold=False)
    for i, values in enumerate(paper.rows):
        _write(sheet, paper, first + i, values, styles)
    if paper.merged and len(paper.rows) > 1:
        at = paper.first_column + paper.position("luy_ke")
        last = first + len(paper.rows) - 1
        sheet.merge_cells(start_row=first, end_row=last, start_column=at, end_column=at)
    if paper.total is not None:
        bold = _styles(sheet, paper, bold=True)
        _write(sheet, paper, first + len(paper.rows), paper.total, bold)


def _styles(sheet: Worksheet, paper: Paper, *, bold: bool) -> list:
    """One ready style per column, tried on a cell of row 1 which then gets its own back."""
    styles = []
    for offset, column in enumerate(paper.columns):
        cell = sheet.cell(1, paper.first_column + offset)
        kept = copy(cell._style)
        cell.font = Font(name=paper.font, size=12, bold=bold)
        cell.border = FRAME if len(paper.rows) < MANY_ROWS else Border()
        cell.alignment = CENTRED if column.field in CENTRED_FIELDS else MIDDLE
        styles.append(cell._style)
        cell._style = kept
    return styles


def _write(sheet: Worksheet, paper: Paper, row: int, values: list[Cell], styles: list) -> None:
    for offset, value in enumerate(values):
        cell = sheet.cell(row, paper.first_column + offset)
        if value is not None:
            cell.value = value
        cell._style = styles[offset]


def _signature(sheet: Worksheet, paper: Paper, row: int) -> None:
    last = paper.first_column + len(paper.columns) - 1
    for i, (left, right) in enumerate(paper.signature):
        if left:
            _line(
                sheet, paper, row + i, paper.first_column, paper.first_column + 1, left, bold=True
            )
        if right:
            _line(sheet, paper, row + i, last - 1, last, right, bold=True)
