"""The reports in the parts of one opened file: recognised, read, said of which unit and day."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from briefing.catalog.rules import CASES
from briefing.intake.chat.messages import Report, reports_in
from briefing.intake.chat.posts import Post
from briefing.intake.chat.statement import daily_of
from briefing.intake.counts.reports import CountsReader
from briefing.intake.detection.about import About
from briefing.intake.detection.body import body_of_cell, identify_body, is_of_a_unit
from briefing.intake.detection.columns import cut_lines, shaped_head
from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.hidden import hidden_figures, without_hidden_columns
from briefing.intake.detection.hints import Hint
from briefing.intake.detection.identity import (
    Identity,
    identified,
    identify_unit,
    unit_of_cell,
)
from briefing.intake.detection.lines import Line, lines_below, lines_of, sentences_of
from briefing.intake.detection.own_papers import FormMark, marked, without_own_words
from briefing.intake.detection.report_findings import (
    LEFT_OUT,
    code_not_asked,
    columns_left_out,
    other_day,
    text_left_out,
    unheaded,
    unnamed,
    with_repeats,
)
from briefing.intake.detection.reported_day import day_of_cell, identify_date, is_inside
from briefing.intake.detection.sections import Section, joined_sheets, sections_of
from briefing.intake.detection.shares import shares_of, with_own_unread
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.labels.lines import NO_FACTS, asks_for_staff, find_answers, read_labels
from briefing.intake.labels.messages import (
    body_posts,
    body_statements,
    is_on_topic,
    no_statement,
    unlabelled,
)
from briefing.intake.labels.rows import answers_in, answers_in_a_row, names_bodies
from briefing.intake.labels.staff import Answer
from briefing.intake.parsers.text import clean
from briefing.intake.readers import Grid, Part
from briefing.intake.set_aside import SetAside
from briefing.intake.submission import Finding, Submission
from briefing.intake.tables.consolidated import own_row, read_row, total_findings
from briefing.intake.tables.report import read_table
from briefing.params.forms import Reads


@dataclass(frozen=True)
class ReportReader:
    """Reads opened parts. Holds no state between files.

    Attributes:
        key: Key of the hashes that stand for phones and persons.
        blank: What is known of the file before it is read.
        hint: What the names around it say.
        mark: What the form that was filled in says of itself.
    """

    words: Vocabulary
    key: bytes
    blank: Submission
    hint: Hint
    mark: FormMark | None = None

    @cached_property
    def set_aside(self) -> SetAside:
        return SetAside(self.words, self.blank, marked=self.mark is not None)

    def read(self, parts: Sequence[Part]) -> list[Submission]:
        """Every report in the parts: tables and forms; where there are none, tables without
        headings; where there are none, sentences, of which a form of this program holds none."""
        if (counts := self._counts(parts)) is not None:
            return counts
        parts = joined_sheets(parts, self.words)
        if self.mark:
            parts = [without_own_words(part) for part in parts]
        names = [part.name for part in parts]
        cut = [
            (
                without_hidden_columns(cut_lines(part), self.words),
                self.hint.of_sheet(part.name, self.words, names),
            )
            for part in parts
        ]
        found = [list(self._tables(part, hint)) for part, hint in cut]
        some = any(report.form for reports in found for report in reports)
        for i, (part, hint) in enumerate(cut):
            says = hint.sheet and (hint.sheet.units or hint.sheet.dates)
            if not found[i] and (says or not some):
                found[i] = list(self._unheaded(part, hint))
        some = any(report.form for reports in found for report in reports)
        if not some and self.mark is None:
            found = [
                [*own, *self._sentences(_text_of(part) if own else part, hint, named=bool(own))]
                for own, (part, hint) in zip(found, cut, strict=True)
            ]
        for reports, (part, _hint) in zip(found, cut, strict=True):
            reports[:1] = [_saying_what_is_left_out(first, reports, part) for first in reports[:1]]
        return with_repeats([report for reports in found for report in reports])

    def _counts(self, parts: Sequence[Part]) -> list[Submission] | None:
        """The reports in forms of counts; `None` where the file is to be read for other forms."""
        campaign = self.words.campaign
        if campaign.form_of("counts") is None:
            return None
        if self.mark and campaign.forms[self.mark.form].reads != "counts":
            return None
        found = CountsReader(self.words, self.blank, self.hint, self.mark).read(parts)
        others = campaign.form_of("persons", "staff")
        return found if others is None or any(report.form for report in found) else None

    def _tables(self, part: Part, hint: Hint) -> Iterator[Submission]:
        for section in sections_of(part, self.words):
            if section.head is None:
                if answers := find_answers(section.part, self.words):
                    yield from self._answers(section, answers, hint)
            elif aside := self.set_aside.table(section, section.head, hint):
                yield aside
            elif not section.head.of_a_form:
                continue
            elif names_bodies(section.head, self.words):
                yield from self._bodies(section, hint)
            elif answers := answers_in_a_row(section.head):
                lead = tuple(lines_of(section.part, section.head))
                yield self._form(answers, lead, lines_below(section.part, section.head), hint)
            else:
                yield from self._shares(section, hint)

    def _shares(self, section: Section, hint: Hint) -> Iterator[Submission]:
        """The reports of a table: one, or one for each unit and day that its rows are of."""
        shares = shares_of(section, self.words)
        reports = [self._daily(share, hint) for share in shares]
        if section.head and all(map(own_row, shares)) and not any(s.day for s in shares):
            values = [report.facts.get("numerator_cumulative") for report in reports]
            days = {report.report_date for report in reports}
            if len(days) == 1:
                head = section.head.on(days.pop())
                reports[-1] = reports[-1].with_findings(*total_findings(head, values, self.words))
        for report, grids in zip(reports, with_own_unread(section, shares), strict=True):
            yield report.with_findings(*text_left_out(grids, section.head))

    # The list

    def _daily(self, section: Section, hint: Hint) -> Submission:
        head = section.head
        assert head is not None
        file = self.blank.file_name
        unit = (
            unit_of_cell(
                section.unit.text, section.unit.where, section.unit_lines, hint, self.words
            )
            if section.unit
            else identify_unit(
                section.unit_lines, hint, self.words, file, lines_below(section.part, head)
            )
        )
        if not section.unit:
            unit = marked(unit, self.mark, self.words.campaign.form_of("persons"), self.words, file)
        head, day = self._on_its_day(section, head, hint)
        known = self._identified(unit, day, "persons")
        if row := own_row(replace(section, head=head)):
            report = read_row(known, head, *row, self._denominator(unit))
        else:
            entry = self.words.campaign.override_of(
                unit.value, day.value, self.blank.file, self.blank.member
            )
            lead = list(lines_of(section.part, head))
            report = read_table(
                known,
                head,
                self.words,
                self.key,
                entry.reading if entry else None,
                [line.text for line in lead],
                self.mark.reading if self.mark else None,
                itertools.chain(lead, lines_below(section.part, head)),
            )
        report = report.with_findings(*columns_left_out(head), *hidden_figures(head))
        if not head.headed:
            report = replace(report, reading_confidence="low").with_findings(unheaded(head))
        if head.days_unnamed:
            report = replace(report, reading_confidence="low").with_findings(unnamed(head))
        left_out = (Finding("table_left_out", where) for where in section.left_out)
        return report.with_findings(*left_out)

    def _on_its_day(
        self, section: Section, head: TableHead, hint: Hint
    ) -> tuple[TableHead, Identity]:
        """The day of a table, and its head with that day's columns where it has several."""
        if section.day:
            return head, day_of_cell(*section.day, self.words)
        below = lines_below(section.part, head)
        day = identify_date(section.day_lines, below, hint, self.words, self.blank.file_name)
        columns = head.days.get("luy_ke") or head.days.get("trong_ngay") or {}
        if not columns:
            return head, day
        if day.value in columns:
            return head.on(day.value), day
        filled = [d for d, column in columns.items() if _has_values(head, column)]
        last = max(filled or columns)
        where = head.grid.where(head.first_row - 1, columns[last])
        own = day_of_cell(last, where, self.words)
        if day.value is None or not is_inside(day.value, self.words):
            return head.on(last), own
        stated = Identity(day.value, day.text, (*day.findings, other_day(last, where)))
        return head.on(last), stated

    def _denominator(self, unit: Identity) -> int | None:
        rows = self.words.campaign.unit_rows
        return next((r.denominator for r in rows if r.unit_code == unit.value), None)

    def _unheaded(self, part: Part, hint: Hint) -> Iterator[Submission]:
        if head := shaped_head(part, self.words):
            lines = tuple(lines_of(part, head))
            section = Section(part, head, lines, lines, lines)
            aside = self.set_aside.table(section, head, hint)
            yield from [aside] if aside else self._shares(section, hint)

    # Sentences

    def _sentences(self, part: Part, hint: Hint, named: bool = False) -> Iterator[Submission]:
        """What a text says; `named`: only that which names the campaign, in a text about others."""
        lines = list(sentences_of(part))
        numbered = [] if named else list(sentences_of(part, numbers=True))
        bodies = body_posts(numbered, hint, self.words)
        for post in bodies:
            yield from self._body_reports(post, hint)
        told_already = {line.where for post in bodies for line in post.lines}
        reported: list[tuple[int | None, Identity]] = []
        for report in reports_in(lines, self.words):
            if report.post.lines[0].where in told_already:
                continue
            unit = self._unit_of(report, hint)
            if unit.value is None and report.corrects is not None:
                earlier = [u for count, u in reported if count == report.corrects]
                unit = replace(earlier[-1], findings=()) if earlier else unit
                report = replace(report, about=About("near")) if earlier else report
            if not (unit.value or unit.text or report.on_topic):
                continue
            if named and report.about.what != "ours":
                continue
            day = self._day_of(report, hint)
            if aside := self.set_aside.message(report, unit, day, hint):
                yield aside
                continue
            if unit.value is None and (code := self.words.bodies.resolve(unit.text).code):
                body = Identity(code, self.words.names[code])
                yield self._without_statement(body, day, report.statement.where)
                continue
            reported.append((report.statement.count, unit))
            known = self._identified(unit, day, "persons")
            yield daily_of(known, report.statement, self._denominator(unit), report.findings)

    def _unit_of(self, report: Report, hint: Hint) -> Identity:
        if report.unit:
            return unit_of_cell(
                report.unit.text, report.unit.where, report.unit_lines, hint, self.words
            )
        unit = identify_unit(report.unit_lines, hint, self.words, self.blank.file_name)
        senders = report.post.sender_units
        if unit.value is None and len(senders) == 1 and unit.text in ("", self.blank.file_name):
            return Identity(senders[0])
        return unit

    def _body_reports(self, post: Post, hint: Hint) -> Iterator[Submission]:
        """The reports of bodies in one message: read, or received and named."""
        day = identify_date(post.lines, (), hint, self.words, self.blank.file_name)
        if post.sent and not day.value:
            day = day_of_cell(post.sent, self.blank.file_name, self.words)
        for one in body_statements(post, hint, self.words):
            body = Identity(one.code, self.words.names[one.code])
            if aside := self.set_aside.body(one.lines, body, day, hint):
                yield aside
            elif one.answers:
                report = read_labels(self._identified(body, day, "staff"), one.answers, one.where)
                sure = report if one.sure else report.with_findings(unlabelled(one))
                yield sure if one.sure else replace(sure, reading_confidence="low")
            elif one.named and is_on_topic(one.lines):
                yield self._without_statement(body, day, one.where)

    def _without_statement(self, body: Identity, day: Identity, where: str) -> Submission:
        named = replace(self._identified(body, day, "staff"), facts=NO_FACTS)
        return named.with_findings(no_statement(where, body.text))

    def _day_of(self, report: Report, hint: Hint) -> Identity:
        day = identify_date(report.day_lines, (), hint, self.words, self.blank.file_name)
        sent = report.post.sent
        if sent is None:
            return day
        if not report.day_lines or day.value is None:
            return day_of_cell(sent, self.blank.file_name, self.words)
        return replace(day, evidence={"content": day.evidence.get("content", ()), "sent": (sent,)})

    # The staff form

    def _answers(
        self, section: Section, answers: dict[str, Answer], hint: Hint
    ) -> Iterator[Submission]:
        """The report in lines “label: value”: a body's form, or a unit's day in short."""
        lines = list(lines_of(section.part))
        first = next((i for i, line in enumerate(lines) if self.words.label(line.text)), None)
        if aside := self.set_aside.form(lines, answers, first or 0, hint):
            yield aside
            return
        short = not (self.mark or asks_for_staff(answers))
        if short and is_of_a_unit(lines[:first], hint, self.words):
            reports = list(self._sentences(section.part, hint))
        else:
            reports = []
        yield from reports or [self._form(answers, lines, lines[first:], hint, before=first)]

    def _form(
        self,
        answers: dict[str, Answer],
        lines: Sequence[Line],
        below: Iterable[Line],
        hint: Hint,
        before: int | None = None,
    ) -> Submission:
        """A form of one body, named in its lines; `before`: how many stand over the answers."""
        file = self.blank.file_name
        body = identify_body(lines, hint, self.words, file)
        body = marked(body, self.mark, self.words.campaign.form_of("staff"), self.words, file)
        day = identify_date(lines[:before], below, hint, self.words, file)
        known = self._identified(body, day, "staff")
        return read_labels(known, answers, file, issued=self.mark is not None)

    def _bodies(self, section: Section, hint: Hint) -> Iterator[Submission]:
        """A table of bodies, one in a row."""
        head = section.head
        assert head is not None
        below = lines_below(section.part, head)
        day = identify_date(section.day_lines, below, hint, self.words, self.blank.file_name)
        note, hidden = tuple(code_not_asked(head)), tuple(hidden_figures(head))
        for grid, row in head.rows():
            column = head.columns["don_vi"]
            name, where = clean(grid.value(row, column)), grid.where(row, column)
            answers = answers_in(head, grid, row)
            is_filled = any(clean(answer.value) for answer in answers.values())
            if not name or not is_filled or any(map(self.words.is_total, grid.cells[row])):
                continue
            if self.words.heading(name) and not self.words.bodies.find(name):
                continue
            known = self._identified(body_of_cell(name, where, self.words), day, "staff")
            report = read_labels(known, answers, where)
            if "m01_ma_qr" not in head.columns:
                own = tuple(f for f in report.findings if f.rule != "qr_missing")
                report, note = replace(report, findings=(*own, *note)), ()
            yield report.with_findings(*hidden)
            hidden = ()

    def _identified(self, unit: Identity, day: Identity, reads: Reads) -> Submission:
        form = self.words.campaign.form_of(reads)
        return identified(self.blank, form, unit, day, self.words)


def _saying_what_is_left_out(
    first: Submission, reports: Sequence[Submission], part: Part
) -> Submission:
    """The first report of a part, with what was left out of it and no report says."""
    findings = {(f.rule, f.where) for report in reports for f in report.findings}
    rest = (_without_rows_of(grid, findings) for grid in part.grids)
    return first.with_findings(*text_left_out(rest))


def _without_rows_of(grid: Grid, findings: set[tuple[str, str]]) -> Grid:
    """The grid without what was left out of rows of which a finding tells that already."""
    wheres = (
        (u.row, CASES[LEFT_OUT[u.look]].rule, grid.where(u.row, u.column)) for u in grid.unread
    )
    rows = {row for row, rule, where in wheres if (rule, where) in findings}
    return replace(grid, unread=tuple(u for u in grid.unread if u.row not in rows))


def _text_of(part: Part) -> Part:
    """A part without its tables."""
    return replace(part, grids=tuple(grid for grid in part.grids if grid.kind == "lines"))


def _has_values(head: TableHead, column: int) -> bool:
    return any(clean(grid.value(row, column)) for grid, row in head.rows())
