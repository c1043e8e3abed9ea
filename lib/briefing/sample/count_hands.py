"""A report of counts in a unit's own hand: the form filled in, a table, labels, or a message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from docx import Document
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from briefing.forms import counts_document, counts_workbook
from briefing.forms.counts import Figure, Layout, added_up, groups_of
from briefing.forms.counts_workbook import FIRST
from briefing.forms.wording import Form, counts_form
from briefing.office.package import saved
from briefing.sample.counts import figures, layout_of
from briefing.sample.hands import type_into
from briefing.sample.lists import SampleContext
from briefing.sample.plan import COUNTS, Sending, Unit
from briefing.sample.words import counts_words, spellings

Marks = list[tuple[str, str]]  # (rule, where)
Cell = str | int | None


@dataclass(frozen=True)
class Report:
    """What a unit has to say about a day, and how it spells things."""

    context: SampleContext
    unit: Unit
    day: date
    table: Layout
    values: Mapping[Figure, int]
    wrong_total: bool

    @property
    def words(self) -> Mapping[str, Any]:
        return counts_words(self.context.campaign)

    def text(self, template: str) -> str:
        return template.format(**spellings(self.context.campaign, self.unit.unit, self.day))

    def value(self, figure: Figure) -> Cell:
        """A figure as it is reported; of an empty report there is none."""
        return added_up(self.values, figure)

    @property
    def form(self) -> Form:
        campaign = self.context.campaign
        code = campaign.form_of(COUNTS) or ""
        return counts_form(campaign, code, self.unit.unit, self.day)

    @property
    def totals(self) -> list[Cell]:
        """Of each column of figures; a wrong one leaves out the last row."""
        lines = self.table.lines[: -1 if self.wrong_total else None]
        columns = zip(*(map(self.value, line.figures) for line in lines), strict=True)
        return [None if None in column else sum(map(int, filter(None, column)))
                for column in columns]  # fmt: skip


def counts_content(context: SampleContext, sending: Sending, *, first: bool) -> tuple[bytes, Marks]:
    """The file (not yet fixed in time) and its mistakes."""
    unit, day = sending.unit, sending.day
    values = {} if sending.status == "empty" else figures(context, sending, first=first)
    wrong = "total_mismatch" in sending.faults
    report = Report(context, unit, day, layout_of(context, unit, day), values, wrong)
    marks: Marks = []
    if unit.hand == "message":
        return "\n".join(_message(report)).encode(), marks
    if unit.hand == "form":
        return saved((_filled_document if unit.docx else _filled_workbook)(report)), marks
    rows = [*_rows(report)]
    return saved((_document if unit.docx else _sheet)(report, rows)), marks


def _filled_workbook(report: Report) -> Any:
    book = counts_workbook.workbook(report.form)
    sheet, keys = book.worksheets[0], max(len(report.table.keys), 1)
    for row, line in enumerate(report.table.lines, start=FIRST):
        for column, figure in enumerate(line.figures, start=keys + 1):
            sheet.cell(row, column).value = report.value(figure)
    if report.table.adds_up:  # as the program of the sender has worked it out
        for column, value in enumerate(report.totals, start=keys + 1):
            sheet.cell(FIRST + len(report.table.lines), column).value = value
    return book


def _filled_document(report: Report) -> Any:
    made = counts_document.document(report.form)
    lines, keys = made.tables[-1]._tbl.tr_lst[1:], max(len(report.table.keys), 1)
    for row, line in zip(lines, report.table.lines, strict=False):
        for cell, figure in zip(row.tc_lst[keys:], line.figures, strict=True):
            type_into(cell, _written(report, report.value(figure)))
    if report.table.adds_up:
        for cell, value in zip(lines[-1].tc_lst[keys:], report.totals, strict=True):
            type_into(cell, _written(report, value))
    return made


def _written(report: Report, value: Cell) -> str | None:
    """A number with the marks of the country."""
    if value is None:
        return None
    return format_decimal(value, locale=report.context.campaign.locale)


def _rows(report: Report) -> Iterator[list[Cell]]:
    """The table of a unit that types one of its own: headings, rows, totals."""
    if report.unit.hand in ("labels", "letter"):
        yield from ([label, value] for label, value in _labelled(report))
    elif report.unit.hand == "groups_across" and _groups(report):
        yield from _across(report)
    else:
        yield from _typed(report)


def _typed(report: Report) -> Iterator[list[Cell]]:
    """The rows of the form under headings of one's own; its totals below them, or above."""
    table, words = report.table, report.words
    fields = report.context.campaign.forms[report.context.campaign.form_of(COUNTS)].fields
    headings = [field.headings[min(1, len(field.headings) - 1)] for field in fields]
    if not table.keys:  # each figure under its heading, in one row
        yield [words["row"], *headings]
        yield [1, *(report.value(line.figures[0]) for line in table.lines)]
        return
    yield [words["row"], *headings]
    blank = [None] * (len(table.keys) - 1)
    total = [None, words["total"], *blank, *report.totals]
    if report.unit.hand == "total_first":
        yield total
    for number, line in enumerate(table.lines, start=1):
        yield [number, *line.labels, *map(report.value, line.figures)]
    if report.unit.hand != "total_first" and table.adds_up:
        yield total


def _groups(report: Report) -> list[Any]:
    return groups_of(report.context.campaign, report.unit.code)


def _across(report: Report) -> Iterator[list[Cell]]:
    """Groups as columns, each over its figures, in one row of the whole unit."""
    campaign, groups = report.context.campaign, _groups(report)
    form = campaign.forms[campaign.form_of(COUNTS)]
    counted = [field for field in form.fields if field.role == "count"]
    yield [cell for group in groups
           for cell in (_spelled(group), *[None] * (len(counted) - 1))]  # fmt: skip
    yield [field.headings[1] for _group in groups for field in counted]
    yield [
        report.value(Figure(field.indicator or campaign.indicators[0].code, group.code,
                            field.measure))
        for group in groups for field in counted
    ]  # fmt: skip


def _spelled(group: Any) -> str:
    return (*group.headings, str(group))[min(1, len(group.headings))]


def _labelled(report: Report) -> Iterator[tuple[str, Cell]]:
    """What each number is, and the number: the whole of each count, and its groups."""
    campaign, words = report.context.campaign, report.words
    for field in campaign.forms[campaign.form_of(COUNTS)].fields:
        if field.role != "count":
            continue
        code = field.indicator or campaign.indicators[0].code
        yield field.headings[1], report.value(Figure(code, field.group, field.measure))
        for group in _groups(report):
            label = words["of_group"].format(heading=field.headings[1], group=_spelled(group))
            yield label, report.value(Figure(code, group.code, field.measure))


def _head(report: Report) -> list[str]:
    words = report.words
    return [report.text(text) for text in (words["from"], *words["titles"])]


def _sheet(report: Report, rows: list[list[Cell]]) -> Any:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in _head(report):
        sheet.append([line])
    sheet.append([])
    top = sheet.max_row + 1
    for row in [*rows, [], [None, report.words["signature"]]]:
        sheet.append(row)
    if report.unit.hand == "groups_across" and _groups(report):
        width = len(rows[0]) // len(_groups(report))
        for left in range(1, len(rows[0]), width):
            sheet.merge_cells(None, top, left, top, left + width - 1)
    for column in range(1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 24
    return book


def _document(report: Report, rows: list[list[Cell]]) -> Any:
    made = Document()
    for line in _head(report):
        made.add_paragraph(line)
    if report.unit.hand == "letter":
        for label, value in rows:
            made.add_paragraph(f"- {label}: {_written(report, value) or ''}")
    else:
        table = made.add_table(len(rows), len(rows[0]), "Table Grid")
        for line, row in zip(table.rows, rows, strict=True):
            for cell, value in zip(line.cells, row, strict=True):
                cell.text = _written(report, value) or "" if isinstance(value, int) else value or ""
    made.add_paragraph(report.words["signature"])
    return made


def _message(report: Report) -> Iterator[str]:
    yield report.text(report.words["message"])
    for label, value in _labelled(report):
        if value is not None:
            yield f"{label}: {_written(report, value)}"
