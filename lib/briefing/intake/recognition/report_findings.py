"""What is said about a report as a whole: how it stands in its file, how it was recognised."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from briefing.intake.opening.grids import Grid
from briefing.intake.recognition.about import About
from briefing.intake.recognition.forms import TableHead
from briefing.intake.recognition.headings import FIGURES
from briefing.intake.submission import Finding, Submission
from briefing.intake.values.disclosure import shown_cell, shown_count
from briefing.messages import Message
from briefing.params import Campaign

ASKED_FOR = {"qr_code", "qr_photo"}
# Of the others `text_` and the look.
RULES = {"uncalculated": "formula_not_calculated", "unopened": "object_unread"}
HARMLESS = {"raised", "uncalculated"}  # what is read instead is what was meant
LEFT_OUT = {
    "struck": Message("struck through; not read as part of the report"),
    "hidden": Message("hidden in the file, so that nobody sees it; not read as part of the report"),
    "comment": Message("a comment put onto the page; not read as part of the report"),
    "raised": Message("the raised mark of a note; not read as part of the number before it"),
    "uncalculated": Message(
        "the formula was saved without being calculated; it has been calculated here"
    ),
    "unopened": Message("an object or a sheet that can't be opened; not read"),
}
BRING_BACK = {
    "struck": Message("If it still holds, take the line off and send it again; else delete it."),
    "hidden": Message("If it is to count, show it and send the report again; else delete it."),
    "comment": Message("If it corrects a figure, correct that in the table and send it again."),
    "raised": Message("Nothing to do, where it is no digit of the number."),
    "uncalculated": Message("Open the file in Excel, check the figure and save it before sending."),
    "unopened": Message("If figures of the report stand in it, type them into the report itself."),
}


def rule_of(look: str) -> str:
    """The rule of what was left out of a cell, by its look."""
    return RULES.get(look, f"text_{look}")


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
            yield Finding(
                "info" if look in HARMLESS else "warning", rule_of(look), where, shown(cell.text),
                LEFT_OUT[look], BRING_BACK[look],
            )  # fmt: skip


def quoted(where: str) -> Finding:
    """Of a report in an earlier letter that a newer one, without a figure, repeats."""
    return Finding(
        "warning", "report_quoted", where, "",
        Message("read from an earlier message that is repeated here; the newer text above it "
                "gives no figure"),
        Message("Write the figure of the day itself above the earlier message."),
    )  # fmt: skip


def quoted_once(report: Submission) -> Submission:
    """A report of a letter that only repeats an earlier one, with a word on that."""
    said = any(finding.rule == "report_quoted" for finding in report.findings)
    return report if said else report.with_findings(quoted(report.file_name))


def columns_left_out(head: TableHead) -> Iterator[Finding]:
    """The columns of other days, beside the one that is read."""
    field = "luy_ke" if "luy_ke" in head.days else "trong_ngay"
    days = head.days.get(field, {})
    others = [day for day, column in days.items() if column != head.columns.get(field)]
    if others:
        yield Finding(
            "info", "other_days_columns", head.grid.where(head.top, min(days.values())),
            ", ".join(f"{day.day}/{day.month}" for day in sorted(others)),
            Message("columns of other days; they are not read"),
            Message("Nothing to do, where those days were reported at their time."),
        )  # fmt: skip


def subject_other(about: About, where: str, campaign: Campaign) -> Finding:
    """Of what is set aside because it is no report of the campaign's, or doesn't say so.

    Args:
        where: Where it begins, for what speaks of nothing.
    """
    app = {"app": campaign.app_name}
    if about.mention is None:
        return Finding(
            "error", "subject_other", where, "",
            Message("nothing says that this is about {app}: no title, heading or name of a file;"
                    " no figure is taken", app),
            Message("If it is your report on {app}, write so in its title, or use Mẫu 02, and send"
                    " it again; if not, send the report.", app),
        )  # fmt: skip
    name = campaign.other_subject(about.mention.subject)
    return Finding(
        "error", "subject_other", about.where, about.mention.words,
        Message("this seems to be about {subject}, not about {app}; no figure is taken",
                app | {"subject": Message.of_each(vi=name.vi, en=name.en)}),
        Message("Send the report on {app}; if this is it, write so in its title and over its"
                " figures.", app),
    )  # fmt: skip


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
    if finding.rule != "subject_other":
        return finding
    return replace(finding, severity="info", suggestion=BESIDE)


BESIDE = Message("Nothing to do: the report beside it is used.")


def code_not_asked(head: TableHead) -> Iterator[Finding]:
    """A table of agencies without a column for their codes, said once and not of each row."""
    if "m01_ma_qr" not in head.columns:
        yield Finding(
            "info", "qr_missing", head.grid.where(head.top, min(head.columns.values())), "",
            Message("the table has no column for the agencies' QR codes"),
            Message("Ask the agencies for their Mẫu 01, with the code and a photo of it."),
        )  # fmt: skip


def photos_asked_once(reports: list[Submission]) -> list[Submission]:
    """The reports; of those from one table that asks for neither code nor photo, the first alone
    says that there is no photo."""
    said: set[str] = set()
    out: list[Submission] = []
    for report in reports:
        rest = tuple(f for f in report.findings if f.rule != "qr_photo_missing")
        if len(rest) < len(report.findings) and not ASKED_FOR & report.sources.keys():
            report = replace(report, findings=rest) if report.member in said else report
            said.add(report.member)
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
    return Finding(
        "warning", "report_repeated", where, "",
        Message("the file holds a later report of the same unit and day; that one is used"),
        Message("Send one table for the day, with all rows in it."),
    )  # fmt: skip


def unheaded(head: TableHead) -> Finding:
    column = min(head.columns.values())
    return Finding(
        "warning", "header_missing", head.grid.where(head.first_row, column), "",
        Message("the table has no headings; its columns are told by what stands in them"),
        Message("Put the headings of Mẫu 02 over the table and send it again."),
    )  # fmt: skip


def unnamed(head: TableHead) -> Finding:
    field = "luy_ke" if "luy_ke" in head.days else "trong_ngay"
    column = head.columns[field]
    return Finding(
        "warning", "header_missing", head.grid.where(head.first_row - 1, column), "",
        Message("no heading says what the columns of days hold; taken for the cumulative of each")
        if field == "luy_ke"
        else Message("no heading says what the columns of days hold; taken for each day's count"),
        Message("Write “Lũy kế đến ngày …” over each column of a day."),
    )  # fmt: skip


def left_out(where: str) -> Finding:
    return Finding(
        "warning", "table_left_out", where, "",
        Message("a further table with other columns; it is not read"),
        Message("Check whether it holds figures that belong to the report."),
    )  # fmt: skip


def other_day(day: date, where: str) -> Finding:
    return Finding(
        "warning", "date_conflict", where, f"{day:%d/%m/%Y}",
        Message(
            "no column is of the report's day; the one of {day} is taken",
            {"day": Message.of_day(day)},
        ),
        Message("Write the same day in the title and over the column."),
    )  # fmt: skip
