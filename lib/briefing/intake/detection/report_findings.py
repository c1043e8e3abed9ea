"""What is said about a report as a whole: how it stands in its file, how it was recognised."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from briefing.intake.detection.about import About
from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.headings import FIGURES
from briefing.intake.parsers.disclosure import shown_cell, shown_count
from briefing.intake.readers.grids import Grid
from briefing.intake.submission import Finding, Submission
from briefing.locale.pack import pack
from briefing.messages import Message
from briefing.params import Campaign

ASKED_FOR = {"qr_code", "qr_photo"}
LEFT_OUT = {
    "struck": "text_struck",
    "hidden": "text_hidden.left_out",
    "comment": "text_comment",
    "raised": "text_raised",
    "uncalculated": "formula_not_calculated",
    "unopened": "object_unread",
}
"""The look of a cell of which the text was left out, or not read as it is → what is said."""


def text_left_out(grids: Iterable[Grid], head: TableHead | None = None) -> Iterator[Finding]:
    """What is struck through, hidden, raised or not calculated, once for each row: at its figure
    where that is, else at the first such cell of the row."""
    figures = {head.columns[name] for name in FIGURES & head.columns.keys()} if head else set()
    for grid in grids:
        unread = sorted(grid.unread, key=lambda u: (u.row, u.look))
        for (_row, look), cells in itertools.groupby(unread, lambda u: (u.row, u.look)):
            cell = min(cells, key=lambda u: (u.column not in figures, u.column))
            shown = shown_count if cell.column in figures else shown_cell
            where = grid.where(cell.row, cell.column)
            yield Finding(LEFT_OUT[look], where, shown(cell.text))


def quoted_once(report: Submission) -> Submission:
    """A report of a letter that only repeats an earlier one, with a word on that."""
    is_quoted = any(finding.rule == "report_quoted" for finding in report.findings)
    return report if is_quoted else report.with_findings(Finding("report_quoted", report.file_name))


def columns_left_out(head: TableHead) -> Iterator[Finding]:
    """The columns of other days, beside the one that is read."""
    field = "luy_ke" if "luy_ke" in head.days else "trong_ngay"
    days = head.days.get(field, {})
    others = [day for day, column in days.items() if column != head.columns.get(field)]
    if others:
        where = head.grid.where(head.top, min(days.values()))
        days_said = ", ".join(pack().in_digits(day).rpartition("/")[0] for day in sorted(others))
        yield Finding("other_days_columns", where, days_said)


def subject_other(about: About, where: str, campaign: Campaign) -> Finding:
    """Of what is set aside because it is no report of the campaign's, or doesn't say so.

    Args:
        where: Where it begins, for what speaks of nothing.
    """
    app = {"app": campaign.app_name}
    if about.mention is None:
        return Finding("subject_other.unsaid", where, values=app)
    name = campaign.other_subject(about.mention.subject)
    values = app | {"subject": Message.of_each(vi=name.vi, en=name.en)}
    return Finding("subject_other.other", about.where, about.mention.words, values)


def beside_reports(reports: list[Submission]) -> list[Submission]:
    """The reports of a file; of what was sent with them on other subjects it is only noted.

    That holds for what the sender of a report sent, or for what nobody known did.
    """
    senders = {report.unit_code for report in reports if report.form} | {None}
    if len(senders) == 1 and not any(report.form for report in reports):
        return reports
    return [
        replace(report, findings=tuple(map(_noted, report.findings)))
        if report.form is None and report.unit_code in senders
        else report
        for report in reports
    ]


def _noted(finding: Finding) -> Finding:
    code = BESIDE.get(finding.code)
    return replace(finding, code=code, severity="") if code else finding


BESIDE = {
    "subject_other.unsaid": "subject_other.unsaid_beside",
    "subject_other.other": "subject_other.other_beside",
}


def code_not_asked(head: TableHead) -> Iterator[Finding]:
    """A table of bodies without a column for their codes, said once and not of each row."""
    if "m01_ma_qr" not in head.columns:
        where = head.grid.where(head.top, min(head.columns.values()))
        yield Finding("qr_missing.not_asked", where)


def photos_asked_once(reports: list[Submission]) -> list[Submission]:
    """The reports; of those from one table that asks for neither code nor photo, the first alone
    says that there is no photo."""
    members: set[str] = set()
    out: list[Submission] = []
    for report in reports:
        rest = tuple(f for f in report.findings if f.rule != "qr_photo_missing")
        if len(rest) < len(report.findings) and not ASKED_FOR & report.sources.keys():
            report = replace(report, findings=rest) if report.member in members else report
            members.add(report.member)
        out.append(report)
    return out


def with_repeats(reports: list[Submission]) -> list[Submission]:
    """The reports, with a finding on each that another of the file takes the place of."""
    newest = {(r.form, r.unit_code, r.report_date): i for i, r in enumerate(reports) if r.usable}
    return [
        report.with_findings(_repeated(report))
        if report.usable
        and report.unit_code
        and newest[report.form, report.unit_code, report.report_date] != i
        else report
        for i, report in enumerate(reports)
    ]


def _repeated(report: Submission) -> Finding:
    where = next(iter(report.sources.values()), report.file_name).split("; ")[0].split(":")[0]
    return Finding("report_repeated", where)


def unheaded(head: TableHead) -> Finding:
    column = min(head.columns.values())
    return Finding("header_missing.unheaded", head.grid.where(head.first_row, column))


def unnamed(head: TableHead) -> Finding:
    running = "luy_ke" in head.days
    column = head.columns["luy_ke" if running else "trong_ngay"]
    code = "header_missing.cumulatives" if running else "header_missing.day_counts"
    return Finding(code, head.grid.where(head.first_row - 1, column))


def other_day(day: date, where: str) -> Finding:
    values = {"day": Message.of_day(day)}
    return Finding("date_conflict.column", where, pack().in_digits(day, 2), values)
