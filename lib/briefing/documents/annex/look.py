"""How the annex looks: the page's colours, and texts that stay texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from briefing.tables.build import FORMULA_LIKE

FONT = "Times New Roman"
INK, MUTED, DEEP, LINE = "1B2733", "505D6A", "123A66", "CFD8E1"
GOOD, WARN, BAD = "1B6E53", "845300", "A8321B"
GROUNDS = {"good": "E9F4EF", "warn": "FDF4E2", "bad": "FCEDEA", "head": "E8EDF2"}
LONGEST = 32_000  # letters of a cell; Excel takes 32,767
LOCALES = {"vi": "[$-42A]", "en": "[$-809]"}
DATES = {  # as `formats` writes them
    "vi": {"day": "d/m/yyyy", "day_short": "d/m", "moment": 'hh"h"mm d/m/yyyy'},
    "en": {"day": "d mmm yyyy", "day_short": "d mmm", "moment": "hh:mm, d mmm yyyy"},
}

TITLE = Font(name=FONT, size=15, bold=True, color=DEEP)
SECTION = Font(name=FONT, size=12, bold=True, color=DEEP)
NOTE = Font(name=FONT, size=10.5, color=MUTED)
ALARM = Font(name=FONT, size=10.5, bold=True, color=WARN)
BODY = Font(name=FONT, size=10.5, color=INK)
BOLD = Font(name=FONT, size=10.5, bold=True, color=INK)
LINK = Font(name=FONT, size=10.5, color="17508C", underline="single")
HEAD = Font(name=FONT, size=10.5, bold=True, color=DEEP)
HEAD_FILL = PatternFill("solid", fgColor=GROUNDS["head"])
HEAD_EDGE = Border(bottom=Side("medium", color=DEEP))
ROW_EDGE = Border(bottom=Side("hair", color=LINE))
WRAPPED = Alignment(horizontal="left", wrap_text=True, vertical="top", indent=1)
TOP = Alignment(vertical="top")
RIGHT = Alignment(horizontal="right", vertical="top")
CENTER = Alignment(horizontal="center", vertical="top")
HEAD_ALIGN = Alignment(wrap_text=True, vertical="center", horizontal="center")


def put_text(cell: Any, text: str, font: Font = BODY, align: Alignment = WRAPPED) -> Any:
    """Write a text that stays a text, though it may begin like a formula."""
    cell.value = written = as_written(text)
    cell.data_type = "s"
    cell.font, cell.alignment = font, align
    cell.quotePrefix = written.startswith(FORMULA_LIKE)
    return cell


def as_written(text: str) -> str:
    """A text without what a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)[:LONGEST]


class Styles:
    """Styles of a table's cells in their workbook, by number."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._known: dict[tuple[str, bool], int] = {}

    def number(self, number_format: str, align: Alignment, *, quoted: bool = False) -> int:
        """The style of a cell; `quoted`: it begins like a formula and is none."""
        key = (f"{number_format} {align.horizontal} {align.wrap_text}", quoted)
        if key not in self._known:
            cell = WriteOnlyCell(self._sheet)
            cell.font, cell.border, cell.alignment = BODY, ROW_EDGE, align
            cell.number_format, cell.quotePrefix = number_format, quoted
            self._known[key] = cell.style_id
        return self._known[key]


def number_format(kind: str, lang: str, value: Any = None, bounds: Sequence[float] = ()) -> str:
    """How a number is shown; a share below a bound is not rounded up to it."""
    where = LOCALES.get(lang, "")
    if kind == "share":
        fine = any(value < bound <= round(value, 4) for bound in bounds)
        return f"{where}0.0000%" if fine else f"{where}0.00%"
    return where + {
        "count": "#,##0",
        "points": "+0.00;\u22120.00;0.00",
        "pace": "#,##0.0",
        **DATES.get(lang, DATES["en"]),
    }.get(kind, "General")
