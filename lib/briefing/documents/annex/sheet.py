"""One published table as one sheet: real numbers, headed, filtered, ready to print."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from briefing.documents.annex import look
from briefing.documents.annex.words import heading, word
from briefing.documents.provenance.measures import measure_of
from briefing.messages import _

HEAD_ROW = 4
NARROWEST, WIDEST, WIDEST_WORD = 7, 46, 24  # of a column, in letters
MEASURED = 400  # rows that the width of a column is taken from
NAMED = {  # columns that stay
    "communes": 3, "town": 1, "agencies": 2, "hamlets": 4, "trace": 3, "goals": 2, "actions": 2,
    "actions_followed_up": 2, "denominators": 2, "changes": 2, "period_units": 2,
    "period_lacking": 3,
}  # fmt: skip
BY_COLUMN = {  # columns whose values are of the column that the row names
    "trace": ("value",), "period": ("value",), "evaluation": ("value",),
    "changes": ("known_then", "known_now"),
}  # fmt: skip
DIGITS = 16  # of a hash: enough to tell files apart
LINE = 14.5  # points, of a line of text
NUMBERS = ("count", "share", "points", "pace")


@dataclass(frozen=True)
class Tabled:
    """A table of the annex.

    Attributes:
        name: Its name among the published ones.
        title: Of the sheet.
        note: What is said under the title.
        bounds: Targets (fractions) that a rate is never rounded up to.
        lang: Language whose number formats are used.
    """

    name: str
    title: str
    note: str
    frame: pd.DataFrame
    bounds: tuple[float, ...]
    lang: str


def add_sheet(sheet: Worksheet, table: Tabled) -> None:
    """Fill a sheet with a table."""
    look.put_text(sheet["A1"], table.title, look.TITLE, look.TOP)
    look.put_text(sheet["A2"], table.note, look.NOTE, look.TOP)
    columns = list(table.frame.columns)
    for number, column in enumerate(columns, 1):
        cell = look.put_text(sheet.cell(HEAD_ROW, number), heading(column, table.name), look.HEAD)
        cell.fill, cell.border, cell.alignment = look.HEAD_FILL, look.HEAD_EDGE, look.HEAD_ALIGN
    styles = look.Styles()
    records = table.frame.astype(object).itertuples(index=False)
    for row, record in enumerate(records, HEAD_ROW + 1):
        for number, (column, value) in enumerate(zip(columns, record, strict=True), 1):
            cell = sheet.cell(row, number)
            if pd.isna(value):
                styles.put_on(cell, "General", look.TOP, quoted=False)
            else:
                _put(cell, table, column, value, record, styles)
    _lay_out(sheet, table, columns)
    if table.frame.empty:
        look.put_text(sheet.cell(HEAD_ROW + 1, 1), _("Nothing to list."), look.NOTE, look.TOP)


def _put(
    cell: Any, table: Tabled, column: str, value: Any, record: Sequence[Any], styles: look.Styles
) -> None:
    kind = _kind(table, column, value, record)
    if kind in NUMBERS:
        number = float(value) * (100 if kind == "points" else 1)
        cell.value = int(number) if kind == "count" else number
        shown = look.number_format(kind, table.lang, number, table.bounds)
        styles.put_on(cell, shown, look.RIGHT, quoted=False)
    elif kind in ("day", "moment"):
        moment = pd.Timestamp(value).tz_localize(None)
        styles.put_on(cell, look.number_format(kind, table.lang), look.CENTER, quoted=False)
        cell.value = moment.to_pydatetime().replace(microsecond=0)
    else:
        own = _column_of(table, record) if column in BY_COLUMN.get(table.name, ()) else column
        text = word(table.name, own, value) if kind == "word" else str(value)
        text = text[:DIGITS] if column == "sha256" else text
        written = look.stay_text(cell, text)
        styles.put_on(cell, "General", look.WRAPPED, quoted=written.startswith(look.FORMULA_LIKE))


def _kind(table: Tabled, column: str, value: Any, record: Sequence[Any]) -> str:
    """The kind of a value; that of one which stands beside its column's name is that column's."""
    if column in BY_COLUMN.get(table.name, ()):
        return measure_of(_column_of(table, record)).kind
    return measure_of(column).kind


def _column_of(table: Tabled, record: Sequence[Any]) -> str:
    return str(record[list(table.frame.columns).index("column")])


def _lay_out(sheet: Worksheet, table: Tabled, columns: list[str]) -> None:
    last = get_column_letter(len(columns))
    bottom = HEAD_ROW + max(1, len(table.frame))
    for number, column in enumerate(columns, 1):
        width = _width(sheet, number, column, min(bottom, HEAD_ROW + MEASURED))
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.row_dimensions[HEAD_ROW].height = 66
    _set_heights(sheet, len(columns), bottom)
    sheet.freeze_panes = f"{get_column_letter(NAMED.get(table.name, 1) + 1)}{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{bottom}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    set_page(sheet)


def set_page(sheet: Worksheet, pages: int = 0) -> None:
    """A4 across, as wide as the page, numbered; on so many `pages` (0: as many as it takes)."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = 0.6, 0.5, 0.6, 0.6  # inches
    margins.header = margins.footer = 0.3  # from the edge: a line of text stands between
    sheet.oddFooter.center.text = f"{_('Page')} &P/&N"
    sheet.oddFooter.left.text = sheet.title.replace("&", "&&")


def _width(sheet: Worksheet, number: int, column: str, bottom: int) -> float:
    """Wide enough for what stands in a column; long texts are wrapped."""
    if (kind := measure_of(column).kind) in ("day", "moment"):
        return 11.5 if kind == "day" else 17.5
    rows = sheet.iter_rows(min_row=HEAD_ROW + 1, max_row=bottom, min_col=number, max_col=number)
    longest = max((len(str(c.value)) for (c,) in rows if c.value is not None), default=0)
    longest = 8 if kind in NUMBERS else longest
    widest = WIDEST_WORD if kind == "word" and column != "where" else WIDEST
    head = max(len(part) for part in str(sheet.cell(HEAD_ROW, number).value).split())
    return min(max(longest + 2, head + 2, NARROWEST), widest)


def _set_heights(sheet: Worksheet, columns: int, bottom: int) -> None:
    """Each row as high as its longest text, wrapped."""
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, columns + 1)]
    for row in sheet.iter_rows(min_row=HEAD_ROW + 1, max_row=bottom):
        lines = [
            math.ceil(len(cell.value) / (width - 1.5))
            for cell, width in zip(row, widths, strict=True)
            if isinstance(cell.value, str)
        ]
        sheet.row_dimensions[row[0].row].height = LINE * max([1, *lines])


def colour(sheet: Worksheet, table: Tabled, rules: Iterable[tuple[str, str, str]]) -> None:
    """Colour the cells of columns by formulas over the table's first row.

    Args:
        rules: Column, tone, and a formula in which `{name}` is that column's cell of the row.
    """
    columns = list(table.frame.columns)
    first, bottom = HEAD_ROW + 1, HEAD_ROW + len(table.frame)
    cells = {c: f"${get_column_letter(n)}{first}" for n, c in enumerate(columns, 1)}
    for column, tone, formula in rules:
        if bottom < first:
            continue
        letter = get_column_letter(columns.index(column) + 1)
        sheet.conditional_formatting.add(
            f"{letter}{first}:{letter}{bottom}",
            FormulaRule(
                formula=[formula.format(**cells)],
                font=Font(color={"good": look.GOOD, "warn": look.WARN, "bad": look.BAD}[tone]),
                fill=PatternFill("solid", bgColor=look.GROUNDS[tone]),
                stopIfTrue=True,
            ),
        )
