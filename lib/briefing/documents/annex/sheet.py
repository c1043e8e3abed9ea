"""One published table as one sheet: real numbers, headed, filtered, ready to print."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from briefing.catalog.figures import FIGURES, NUMBERS, figure_of
from briefing.catalog.tables import TABLES
from briefing.documents.annex import look
from briefing.documents.annex.rows import (
    LINE,
    Cell,
    Column,
    Rows,
    empty_cell,
    number_cell,
    rows_of,
    text_cell,
)
from briefing.documents.annex.words import word
from briefing.documents.columns import narrowed
from briefing.messages import _
from briefing.office.look import GROUNDS, TONES
from briefing.office.sheets import as_written, put_text, set_page, set_widths
from briefing.tables.reporting import in_blocks
from briefing.writing import FORMULA_LIKE

HEAD_ROW = 4
NARROWEST, WIDEST, WIDEST_WORD = 7, 46, 24  # of a column, in letters
LEAST = {True: 7.0, False: 10.0}  # what a column of numbers, of texts is narrowed to, in letters
DATED = {"day": (11.5, 10.5), "moment": (17.5, 15.5)}  # and of days: wide, and narrowed
PRINTED = 149.0  # letters across a lying A4 within its margins, unscaled
SMALLEST = 0.62  # scale at which letters of 10.5 points are 6.5 on paper
AT_ONCE = 16_384  # rows
MEASURED = 400  # rows that the width of a column is taken from
BY_COLUMN = {  # columns whose values are of the column that the row names
    "trace": ("value",), "period": ("value",), "evaluation": ("value",),
    "changes": ("known_then", "known_now"),
}  # fmt: skip
WORDS = ("code", "yes_no")
DIGITS = 16  # of a hash: enough to tell files apart


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


def add_sheet(sheet: Worksheet, table: Tabled) -> Rows:
    """Lay out a sheet for a table; the table's rows, to put in once the workbook is saved."""
    put_text(sheet["A1"], table.title, look.TITLE, look.TOP)
    put_text(sheet["A2"], table.note, look.NOTE, look.TOP)
    columns = list(table.frame.columns)
    for number, column in enumerate(columns, 1):
        heading = figure_of(column, table.name).heading
        cell = put_text(sheet.cell(HEAD_ROW, number), heading, look.HEAD)
        cell.fill, cell.border, cell.alignment = look.HEAD_FILL, look.HEAD_EDGE, look.HEAD_ALIGN
    if table.frame.empty:
        put_text(sheet.cell(HEAD_ROW + 1, 1), _("Nothing to list."), look.NOTE, look.TOP)
    blocks = _blocks(table, look.Styles(sheet))
    first = next(blocks)
    widths = _lay_out(sheet, table, first)
    return rows_of(chain([first], blocks), widths, HEAD_ROW + 1)


def _blocks(table: Tabled, styles: look.Styles) -> Iterator[list[Column]]:
    """The cells of a table, so many rows at once as fit into memory whatever its length."""
    for frame in in_blocks(table.frame, AT_ONCE):
        yield [_column(table, frame, column, styles) for column in frame]


def _column(table: Tabled, frame: pd.DataFrame, column: str, styles: look.Styles) -> Column:
    rows, values = _distinct(frame[column])
    owns = [column] * len(values)
    if column in BY_COLUMN.get(table.name, ()):
        of, names = _distinct(frame["column"].astype(str))
        rows, both = pd.factorize(of * len(values) + rows)
        pairs = [divmod(int(one), len(values)) for one in both]
        owns, values = [names[own] for own, _n in pairs], [values[n] for _own, n in pairs]
    cells = [_cell(table, own, value, styles) for own, value in zip(owns, values, strict=True)]
    return Column(cells, rows)


def _distinct(column: pd.Series) -> tuple[np.ndarray, list[Any]]:
    """Which value each row has, and the values, each once in the order in which they come."""
    if column.dtype != object:
        rows, values = pd.factorize(column, use_na_sentinel=False)
        return rows, values.astype(object).tolist()
    known: dict[tuple[type, Any], int] = {}  # in which 1 is neither 1.0 nor True
    found = [known.setdefault((type(value), value), len(known)) for value in column]
    return np.array(found, int), [value for _kind, value in known]


def _cell(table: Tabled, column: str, value: Any, styles: look.Styles) -> Cell:
    if pd.isna(value):
        return empty_cell(styles.number("General", look.TOP))
    kind = FIGURES[column].kind
    if kind in NUMBERS:
        number = float(value) * (100 if kind == "points" else 1)
        shown = look.number_format(kind, table.lang, number, table.bounds)
        content = int(number) if kind == "count" else number
        return number_cell(content, styles.number(shown, look.RIGHT))
    if kind in ("day", "moment"):
        moment = pd.Timestamp(value).tz_localize(None).to_pydatetime().replace(microsecond=0)
        return number_cell(moment, styles.number(look.number_format(kind, table.lang), look.CENTER))
    text = word(table.name, column, value) if kind in WORDS else str(value)
    written = as_written(text[:DIGITS] if column == "sha256" else text)
    quoted = written.startswith(FORMULA_LIKE)
    return text_cell(written, styles.number("General", look.WRAPPED, quoted=quoted))


def _lay_out(sheet: Worksheet, table: Tabled, cells: Sequence[Column]) -> list[float]:
    """Columns, filter and page of a sheet; how wide its columns are, by its first rows."""
    columns = list(table.frame.columns)
    last = get_column_letter(len(columns))
    bottom = HEAD_ROW + max(1, len(table.frame))
    names = [str(sheet.cell(HEAD_ROW, n).value) for n in range(1, len(columns) + 1)]
    heads = [max(map(len, name.split())) for name in names]
    widths = [_width(heads[n], column, cells[n]) for n, column in enumerate(columns)]
    least = [_least(heads[n], column, widths[n]) for n, column in enumerate(columns)]
    widths = narrowed(widths, least, PRINTED / SMALLEST)
    set_widths(sheet, widths)
    lines = max(len(name) / width for name, width in zip(names, widths, strict=True))
    sheet.row_dimensions[HEAD_ROW].height = LINE * (math.ceil(lines) + 1)
    sheet.freeze_panes = f"{get_column_letter(TABLES[table.name].named + 1)}{HEAD_ROW + 1}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last}{bottom}"
    finish_page(sheet, heading=HEAD_ROW)
    return widths


def finish_page(sheet: Worksheet, *, across: bool = True, heading: int = 0) -> None:
    """Numbered, see `set_page`; header and footer leave a line of text between."""
    set_page(sheet, across=across, heading=heading, left=0.4, right=0.4, top=0.6,
             bottom=0.6, header=0.3, footer=0.3)  # fmt: skip
    foot: Any = sheet.oddFooter  # each new sheet has one
    foot.center.text, foot.left.text = f"{_('Page')} &P/&N", sheet.title.replace("&", "&&")


def _width(head: int, column: str, own: Column) -> float:
    """Wide enough for what stands in a column; long texts are wrapped."""
    kind = FIGURES[column].kind
    if kind in DATED:
        return DATED[kind][0]
    letters = (own.cells[n].letters for n in own.rows[:MEASURED])
    longest = 8 if kind in NUMBERS else max(letters, default=0)
    widest = WIDEST_WORD if kind in WORDS and column != "where" else WIDEST
    return min(max(longest + 2, head + 2, NARROWEST), widest)


def _least(head: int, column: str, width: float) -> float:
    """What a column is narrowed to: its heading's words and a third of its texts stay in a line."""
    kind = FIGURES[column].kind
    own = DATED[kind][1] if kind in DATED else LEAST[kind in NUMBERS or kind == "yes_no"]
    return max(own, head + 1.0, width / 3)


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
                font=Font(color=TONES[tone]),
                fill=PatternFill("solid", bgColor=GROUNDS[tone]),
                stopIfTrue=True,
            ),
        )
