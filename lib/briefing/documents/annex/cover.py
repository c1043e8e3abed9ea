"""The first sheet of the annex: what this is, as of when, where from, and what each word means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from briefing import formats, labels
from briefing.catalog.figures import FIGURES
from briefing.documents.annex import look
from briefing.documents.annex.sheet import finish_page
from briefing.documents.blocks import Letterhead
from briefing.labels import sentence
from briefing.messages import _
from briefing.office.look import GROUNDS
from briefing.office.sheets import fill, put_text, set_widths
from briefing.tables import Day

WIDTHS = (30, 84)


def add_cover(
    sheet: Worksheet, day: Day, head: Letterhead, sheets: Mapping[str, int], columns: Set[str]
) -> None:
    """Fill the first sheet.

    Args:
        head: Title, moment of knowledge, notices.
        sheets: Title of each other sheet → how many rows it has.
        columns: Those that the sheets hold; what they mean is said.
    """
    lines = _Lines(sheet)
    lines.alone(" – ".join(filter(None, (head.issuer_parent, head.issuer))), look.NOTE)
    lines.alone(_("Annex: {title}", title=labels.lowered(head.title)), look.TITLE)
    lines.alone(head.subtitle, look.NOTE)
    for notice in head.notices:
        lines.alone(notice, look.ALARM)
    lines.section(_("Sheets"))
    for title, count in sheets.items():
        cell = lines.pair(title, _("{n} rows", n=count), look.LINK)
        cell.hyperlink = f"#'{title}'!A1"
        cell.font = look.LINK
    lines.section(_("Targets"))
    for target in day.campaign.targets:
        lines.pair(formats.target(target.coverage), _("by {day}", day=formats.day(target.date)))
    lines.section(_("What the columns mean"))
    for column, figure in FIGURES.items():
        if figure.meaning and column in columns:
            lines.pair(figure.heading, str(figure.meaning), look.BOLD)
    lines.section(_("Colours"))
    for tone, text in _colours(day):
        lines.pair("", text).fill = fill(GROUNDS[tone])
    lines.section(_("Where the figures come from"))
    for text in _sources(day):
        lines.alone(text, look.BODY)
    set_widths(sheet, WIDTHS)
    finish_page(sheet, across=False)


def _colours(day: Day) -> Iterable[tuple[str, str]]:
    yield "good", _("at or above the target in force; on time; on track")
    yield "warn", _("below the target in force; late; a rate above 100%, whose denominator is low")
    yield "bad", _("not reported or not usable; a figure that fell; out of reach")


def _sources(day: Day) -> Iterable[str]:
    used = int(day.reports["verdict"].eq("used").sum())
    yield _(
        "{n} reports have come, {used} of them give the figures.", n=len(day.reports), used=used
    )
    yield _(
        "The last sheet leads each figure to its file, its cells and the rule that gives it. "
        "An empty cell is not known; it is not zero."
    )
    yield sentence(
        _(
            "the same tables lie unformatted in tables/*.csv; no name and no full phone number is "
            "in any of them."
        )
    )


class _Lines:
    """Line after line of a sheet of two columns."""

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._row = 0

    def alone(self, text: str, font: Font) -> None:
        """A text over both columns, as many lines high as it needs."""
        self._row += 1
        cell = put_text(self._sheet.cell(self._row, 1), text, font, look.WRAPPED)
        self._sheet.merge_cells(
            start_row=self._row, end_row=self._row, start_column=1, end_column=2
        )
        size = cell.font.size
        per_line = sum(WIDTHS) * 10.5 / size
        self._sheet.row_dimensions[self._row].height = (1 + len(text) // per_line) * size * 1.5

    def section(self, text: str) -> None:
        self._row += 1
        self.alone(text, look.SECTION)

    def pair(self, name: str, text: str, font: Font = look.BOLD) -> Cell:
        """A name and what is said of it; returns the name's cell."""
        self._row += 1
        put_text(self._sheet.cell(self._row, 2), text, look.BODY, look.WRAPPED)
        lines = max(1 + len(text) // WIDTHS[1], 1 + len(name) // WIDTHS[0])
        self._sheet.row_dimensions[self._row].height = lines * 16
        return put_text(self._sheet.cell(self._row, 1), name, font, look.WRAPPED)
