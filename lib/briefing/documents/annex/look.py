"""How the annex looks: its letters and edges, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from briefing.office.look import ACCENT, DEEP, GROUNDS, INK, MUTED, RULE, TONES
from briefing.office.sheets import fill, font, style

LOCALES = {"vi": "[$-42A]", "en": "[$-809]"}
DATES = {  # as `formats` writes them
    "vi": {"day": "d/m/yyyy", "day_short": "d/m", "moment": 'hh"h"mm d/m/yyyy'},
    "en": {"day": "d mmm yyyy", "day_short": "d mmm", "moment": "hh:mm, d mmm yyyy"},
}

TITLE, SECTION = font(15, DEEP, bold=True), font(12, DEEP, bold=True)
NOTE, ALARM = font(10.5, MUTED), font(10.5, TONES["warn"], bold=True)
BODY, BOLD = font(10.5, INK), font(10.5, INK, bold=True)
LINK = font(10.5, ACCENT, underline="single")
HEAD, HEAD_FILL = font(10.5, DEEP, bold=True), fill(GROUNDS[""])
HEAD_EDGE = Border(bottom=Side("medium", color=DEEP))
ROW_EDGE = Border(bottom=Side("hair", color=RULE))
WRAPPED = Alignment(horizontal="left", wrap_text=True, vertical="top", indent=1)
TOP = Alignment(vertical="top")
RIGHT = Alignment(horizontal="right", vertical="top")
CENTER = Alignment(horizontal="center", vertical="top")
HEAD_ALIGN = Alignment(wrap_text=True, vertical="center", horizontal="center")


class Styles:
    """Styles of a table's cells in their workbook, by number."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._known: dict[tuple[str, int, bool], int] = {}

    def number(self, number_format: str, align: Alignment, *, quoted: bool = False) -> int:
        """The style of a cell; `align`: one of those above, `quoted`: no formula, if like one."""
        key = (number_format, id(align), quoted)
        if key not in self._known:
            parts = {"font": BODY, "border": ROW_EDGE, "alignment": align, "quotePrefix": quoted}
            made = style(self._sheet, number_format=number_format, **parts)
            self._known[key] = self._sheet.parent._cell_styles.add(made)  # type: ignore[union-attr]  # not in stubs
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
