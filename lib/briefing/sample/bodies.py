"""The staff form of the illustrative bodies: what each reports, when, and on which kind of
paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from briefing.forms import once_document, once_workbook
from briefing.forms.controls import grid, line
from briefing.forms.wording import Form, letter, once_form
from briefing.office.markup import cell, elements, row, twips
from briefing.office.package import saved
from briefing.params.rows import Body
from briefing.sample.hands import type_into
from briefing.sample.people import dice, person
from briefing.sample.plan import arrival
from briefing.sample.words import vocabulary, without_marks

PEOPLE = 0  # the block of numbers kept for people of bodies; units start above it
EARLY, EARLY_DAYS = 0.70, 6  # share that has reported by the last of so many days …
LATE, LATE_DAYS = 0.18, 4  # … and the share that does within so many days after; others never
PAPERS = ("lines", "lines", "lines", "table", "lines", "workbook", "table", "lines")
CONTRADICTIONS = (3, 20)  # places in the order of arrival
INCOMPLETE = 0.28  # share of bodies in which not all of the denominator are counted
WIDTHS = (115, 50)  # mm of a table of two columns
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class BodyReport:
    """One body's staff form.

    Attributes:
        values: What stands behind each line of the form, in its order.
        contradiction: The numerator is above the denominator.
    """

    body: Body
    received: datetime
    values: tuple[str | int, ...]
    paper: str
    file: int
    contradiction: bool


def body_reports(campaign: Any, seed: int, until: date) -> list[BodyReport]:
    """The reports that have arrived by the end of `until`, in the order of params."""
    bodies = campaign.body_rows
    order = list(range(len(bodies)))
    dice(seed, campaign.naming.outside("bodies")).shuffle(order)
    days = _days(campaign, len(order))
    reports = []
    for i, body in enumerate(bodies):
        rank = order.index(i)
        day = days[rank]
        if day is not None and day <= until:
            reports.append(_report(campaign, seed, i, body, day, rank in CONTRADICTIONS))
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
    campaign: Any, seed: int, index: int, body: Body, day: date, contradiction: bool
) -> BodyReport:
    draw = dice(seed, campaign.naming.outside("body"), body.body_code)
    words = vocabulary()["bodies"]
    ranges = words["staff"]
    staff = draw.randint(*ranges.get(body.sector, ranges[""]))
    denominator = max(1, round(staff * draw.uniform(0.86, 1.0)))
    numerator = denominator
    if draw.random() < INCOMPLETE:
        numerator = max(0, round(denominator * draw.uniform(0.45, 0.97)) - 1)
    if contradiction:
        staff += 2
        denominator, numerator = max(1, staff - 5), staff - 1
    creator = person(seed, PEOPLE + index)
    code = "".join(draw.choice(ALPHABET) for _ in range(8))
    return BodyReport(
        body,
        received=arrival(campaign, day, draw, late=False),
        values=(creator.phone, words["qr_prefix"] + code, staff, denominator, numerator),
        paper=PAPERS[index % len(PAPERS)],
        file=draw.choice((0, 0, 1, 2)),
        contradiction=contradiction,
    )


def body_file(campaign: Any, report: BodyReport) -> str:
    """The path inside the inbox, with forward slashes."""
    words, body = vocabulary()["bodies"], report.body
    name = words["file_names"][report.file].format(
        name=body.name, ascii=without_marks(body.name), app=campaign.app_name
    )
    suffix = "xlsx" if report.paper == "workbook" else "docx"
    return f"{words['folder']}/{name.replace('/', '-')}.{suffix}"


def body_content(campaign: Any, report: BodyReport) -> tuple[bytes, str]:
    """The file (not yet fixed in time), and where its numerator stands."""
    form = once_form(campaign, report.body, report.received.date())
    made, where = _WRITERS[report.paper](form, report.values)
    return saved(made), where


def _workbook(form: Form, values: Sequence[str | int]) -> tuple[Any, str]:
    """Typed after the office's form, in fewer words."""
    own = {name: vocabulary()["bodies"][name] for name in ("sheet", "lines")}
    printed = letter() | {"once": form.words | own}
    book = once_workbook.workbook(replace(form, retyped=True, printed=printed))
    sheet = book.worksheets[0]
    for number, value in enumerate(values, start=once_workbook.FIRST):
        sheet.cell(number, 2).value = value
    return book, f"{sheet.title}!B{once_workbook.FIRST + len(values) - 1}"


def _lines(form: Form, values: Sequence[str | int]) -> tuple[Any, str]:
    """The office's form, typed into."""
    made = once_document.document(form)
    body = made.element.body
    places = body.xpath("w:p[w:sdt//w:tag[starts-with(@w:val, 'm01_')]]")
    for place, value in zip(places, values, strict=True):
        type_into(place, value)
    return made, f"paragraph {1 + body.p_lst.index(places[-1])}"


def _table(form: Form, values: Sequence[str | int]) -> tuple[Any, str]:
    """Typed after the office's form, its lines as a table."""
    lines = map(form.text, form.words["lines"].values())
    pairs = [vocabulary()["bodies"]["head"], *zip(lines, map(str, values), strict=True)]
    printed = {**form.printed, "once": {**form.words, "lines": {}}}
    made = once_document.document(replace(form, retyped=True, printed=printed))
    photo = made.tables[-1]._tbl.getprevious()
    photo.addprevious(*elements(grid([row(map(_cell, pair, WIDTHS)) for pair in pairs], WIDTHS)))
    return made, f"table 2, row {len(pairs)}, column 2"


def _cell(text: str, width_mm: float) -> str:
    return cell(line(text, size=12, across="left"), twips(width_mm))


_WRITERS = {"workbook": _workbook, "lines": _lines, "table": _table}
