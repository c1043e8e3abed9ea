"""Mẫu 01 of the illustrative agencies: what each reports, when, and on which kind of paper."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from briefing.sample.people import dice, person
from briefing.sample.plan import arrival
from briefing.sample.words import dates, vocabulary, without_marks

PEOPLE = 0  # the block of numbers kept for people of agencies; units start above it
EARLY, EARLY_DAYS = 0.70, 6  # share that has reported by the last of so many days …
LATE, LATE_DAYS = 0.18, 4  # … and the share that does within so many days after; others never
PAPERS = ("lines", "lines", "lines", "table", "lines", "workbook", "table", "lines")
CONTRADICTIONS = (3, 20)  # places in the order of arrival
INCOMPLETE = 0.28  # share of agencies in which not everybody with a smartphone has installed
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
NUMBERS = ("staff_total", "staff_smartphone", "staff_installed")


@dataclass(frozen=True)
class AgencyReport:
    """One agency's Mẫu 01. `contradiction`: more have installed than have a smartphone."""

    code: str
    name: str
    received: datetime
    qr_creator_phone: str
    qr_code: str
    staff_total: int
    staff_smartphone: int
    staff_installed: int
    paper: str
    file: int
    contradiction: bool

    def values(self) -> dict[str, str | int]:
        """What stands behind each line of the form."""
        keys = ("qr_creator_phone", "qr_code", *NUMBERS)
        return {key: getattr(self, key) for key in keys}


def agency_reports(campaign: Any, seed: int, until: date) -> list[AgencyReport]:
    """The reports that have arrived by the end of `until`, in the order of params."""
    table = campaign.agencies
    order = list(range(len(table)))
    dice(seed, "agencies").shuffle(order)
    days = _days(campaign, len(order))
    reports = []
    for i, row in enumerate(table.itertuples()):
        rank = order.index(i)
        if days[rank] is not None and days[rank] <= until:
            reports.append(_report(campaign, seed, i, row, days[rank], rank in CONTRADICTIONS))
    return reports


def _days(campaign: Any, count: int) -> list[date | None]:
    """The day of arrival by place in the order of arrival; None for those that never report."""
    first = campaign.dates.start + timedelta(days=1)
    early, late = round(EARLY * count), round(LATE * count)
    offsets: list[int | None] = [i * EARLY_DAYS // max(early, 1) for i in range(early)]
    offsets += [EARLY_DAYS + i * LATE_DAYS // max(late, 1) for i in range(late)]
    offsets += [None] * (count - early - late)
    return [None if o is None else first + timedelta(days=o) for o in offsets]


def _report(
    campaign: Any, seed: int, index: int, row: Any, day: date, contradiction: bool
) -> AgencyReport:
    draw = dice(seed, "agency", row.agency_code)
    ranges = vocabulary()["agencies"]["staff"]
    staff = draw.randint(*ranges.get(row.sector, ranges[""]))
    smartphone = max(1, round(staff * draw.uniform(0.86, 1.0)))
    installed = smartphone
    if draw.random() < INCOMPLETE:
        installed = max(0, round(smartphone * draw.uniform(0.45, 0.97)) - 1)
    if contradiction:
        staff += 2
        smartphone, installed = max(1, staff - 5), staff - 1
    creator = person(seed, PEOPLE + index)
    code = "".join(draw.choice(ALPHABET) for _ in range(8))
    return AgencyReport(
        code=row.agency_code,
        name=row.name,
        received=arrival(campaign, day, draw, late=False),
        qr_creator_phone=creator.phone,
        qr_code=vocabulary()["agencies"]["qr_prefix"] + code,
        staff_total=staff,
        staff_smartphone=smartphone,
        staff_installed=installed,
        paper=PAPERS[index % len(PAPERS)],
        file=draw.choice((0, 0, 1, 2)),
        contradiction=contradiction,
    )


def agency_file(campaign: Any, report: AgencyReport) -> str:
    """The path inside the inbox, with forward slashes."""
    words = vocabulary()["agencies"]
    name = words["file_names"][report.file].format(
        name=report.name, ascii=without_marks(report.name), app=campaign.app_name
    )
    suffix = "xlsx" if report.paper == "workbook" else "docx"
    return f"{words['folder']}/{name.replace('/', '-')}.{suffix}"


def agency_content(campaign: Any, report: AgencyReport) -> tuple[bytes, str]:
    """The file (not yet fixed in time), and where its figure of installed stands."""
    if report.paper == "workbook":
        return _as_workbook(campaign, report)
    return _as_document(campaign, report)


def _lines(campaign: Any, which: str) -> dict[str, str]:
    lines = vocabulary()["agencies"][which]
    return {key: text.format(app=campaign.app_name) for key, text in lines.items()}


def _titles(campaign: Any) -> list[str]:
    return [t.format(app=campaign.app_name) for t in vocabulary()["agencies"]["titles"]]


def _place(campaign: Any, report: AgencyReport) -> str:
    place = vocabulary()["agencies"]["place"]
    return place.format(town=campaign.letterhead.place, **dates(report.received.date()))


def _as_document(campaign: Any, report: AgencyReport) -> tuple[bytes, str]:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    from briefing.sample import papers

    words, nation = vocabulary()["agencies"], vocabulary()["letterhead"]
    word = papers.blank("Times New Roman")
    left = [report.name.upper(), words["unit_blank"]]
    papers.letterhead(word, left, [nation["nation"], nation["motto"]], _place(campaign, report))
    for text in _titles(campaign):
        papers.line(word, text, bold=True)
    papers.line(word, "")
    where = ""
    if report.paper == "lines":
        for key, text in _lines(campaign, "lines").items():
            full = f"- {text}: {report.values()[key]}"
            papers.line(word, full, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
            if key == "staff_installed":
                where = f"paragraph {len(word.paragraphs)}"
        papers.line(word, f"- {words['photo']}.", align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    else:
        where = _two_columns(campaign, report, word)
    papers.line(word, words["unit_blank"])
    papers.line(word, words["signature"], italic=True, align=WD_ALIGN_PARAGRAPH.RIGHT)
    return papers.content_of(word), where


def _two_columns(campaign: Any, report: AgencyReport, word: Any) -> str:
    from docx.shared import Cm

    words = vocabulary()["agencies"]
    rows = [tuple(words["head"])]
    rows += [(text, str(report.values()[k])) for k, text in _lines(campaign, "lines").items()]
    rows += [(words["photo"], "")]
    table = word.add_table(rows=len(rows), cols=2)
    table.style, table.autofit = "Table Grid", False
    cells = table._cells
    for i, pair in enumerate(rows):
        for j, text in enumerate(pair):
            cells[2 * i + j].text = text
            cells[2 * i + j].width = Cm((11.5, 5.0)[j])
            for run in cells[2 * i + j].paragraphs[0].runs:
                run.bold = i == 0
    row = 2 + list(words["lines"]).index("staff_installed")
    return f"table {len(word.tables)}, row {row}, column 2"


def _as_workbook(campaign: Any, report: AgencyReport) -> tuple[bytes, str]:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    from briefing.sample.workbooks import FRAME

    words = vocabulary()["agencies"]
    book = Workbook()
    sheet = book.active
    sheet.title = words["sheet"]
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 62, 22
    sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight = True, 0
    heads = [report.name.upper(), _place(campaign, report), *_titles(campaign)]
    for row, text in enumerate(heads, start=1):
        sheet.cell(row, 1, text).font = Font(name="Times New Roman", size=13, bold=row != 2)
    where, row = "", len(heads) + 2
    for key, text in _lines(campaign, "short_lines").items():
        for column, value in ((1, text), (2, report.values()[key])):
            cell = sheet.cell(row, column, value)
            cell.font, cell.border = Font(name="Times New Roman", size=13), FRAME
            cell.alignment = Alignment(horizontal="left" if column == 1 else "center")
        if key == "staff_installed":
            where = f"{sheet.title}!B{row}"
        row += 1
    sheet.cell(row + 1, 2, words["signature"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), where
