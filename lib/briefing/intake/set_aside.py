"""What of a file is not about the campaign: received, set aside, never counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import PurePosixPath

from briefing.intake.chat.messages import Report
from briefing.intake.detection.about import (
    NOTHING,
    About,
    about_form,
    about_lines,
    about_names,
    about_table,
    about_title,
)
from briefing.intake.detection.body import identify_body
from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.hints import Hint
from briefing.intake.detection.identity import Identity, identify_unit
from briefing.intake.detection.lines import Line, lines_below, lines_of
from briefing.intake.detection.report_findings import subject_other
from briefing.intake.detection.reported_day import identify_date
from briefing.intake.detection.sections import Section
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.labels.staff import Answer
from briefing.intake.submission import Submission


@dataclass(frozen=True)
class SetAside:
    """Asks of each table, form and message of a file what it is about.

    Attributes:
        blank: What is known of the file before it is read.
        marked: Whether it is a form of this program for the campaign, filled in.
    """

    words: Vocabulary
    blank: Submission
    marked: bool = False

    def table(self, section: Section, head: TableHead, hint: Hint) -> Submission | None:
        """A table as it is set aside, `None` where it is a report.

        One that says nothing of what it is about passes where `params/readings.yaml` says how its
        unit's tables are to be read.
        """
        notes = chain(lines_of(section.part, head), lines_below(section.part, head))
        called = section.about_before or self.called(hint)
        if section.about_before and about_title(section.title_lines, self.words):
            called = NOTHING  # among several tables the own title alone counts
        about = about_table(head, section.title_lines, called, notes, self.words)
        if about.what in ("ours", "near"):
            return None
        where = head.grid.where(head.top, min(head.columns.values()))
        aside = self._received(
            self._unit(section.unit_lines, hint), section.day_lines, hint, about, where
        )
        usual = not about and head.of_a_form and self._is_declared(aside)
        return None if usual else aside

    def _is_declared(self, report: Submission) -> bool:
        """Whether readings.yaml says how such a report is to be read."""
        entry = self.words.campaign.override_of(
            report.unit_code, report.report_date, report.file, report.member
        )
        return entry is not None

    def form(
        self, lines: Sequence[Line], answers: Mapping[str, Answer], before: int, hint: Hint
    ) -> Submission | None:
        """The same of lines “label: value”, of which so many stand `before` the first label."""
        about = about_form(lines[:before], lines[before:], self.called(hint), self.words)
        if about.what != "other":
            return None
        where = next(iter(answers.values())).where
        return self._received(self._unit(lines, hint), lines[:before], hint, about, where)

    def message(
        self, report: Report, unit: Identity, day: Identity, hint: Hint
    ) -> Submission | None:
        """The same of what a message says of one unit."""
        about = report.about or self.called(hint)
        if about.what in ("ours", "near") or (not about and report.on_topic):
            return None
        return self._of(unit.value, day.value, about, report.statement.where)

    def body(
        self, lines: Sequence[Line], body: Identity, day: Identity, hint: Hint
    ) -> Submission | None:
        """The same of what a message says of one body."""
        about = about_lines(lines, self.words) or self.called(hint)
        if about.what != "other":
            return None
        return self._of(body.value, day.value, about, about.where)

    def text(self, lines: Sequence[Line], hint: Hint) -> Submission | None:
        """The same of a file in which no report was found: it may say what it is about."""
        about = about_lines(lines, self.words)
        if about.what != "other":
            return None
        return self.received(lines, hint, about, about.where)

    def received(self, lines: Sequence[Line], hint: Hint, about: About, where: str) -> Submission:
        """What is set aside, of whomever lines and names say that it is."""
        return self._received(self._unit(lines, hint), lines, hint, about, where)

    def called(self, hint: Hint) -> About:
        """What the names say that the sender gave; those of the inbox's folders are the office's.

        A form of this program bears the campaign's name in its mark.
        """
        file = self.blank.file_name
        folders = len(PurePosixPath(self.blank.file).parts) - 1
        names = (hint.sheet, *hint.names[: len(hint.names) - folders])
        return About("ours", file) if self.marked else about_names(names, self.words, file)

    def _unit(self, lines: Sequence[Line], hint: Hint) -> str | None:
        file = self.blank.file_name
        unit = identify_unit(lines, hint, self.words, file).value
        return unit or identify_body(lines, hint, self.words, file).value

    def _received(
        self, unit: str | None, lines: Sequence[Line], hint: Hint, about: About, where: str
    ) -> Submission:
        day = identify_date(lines, (), hint, self.words, self.blank.file_name)
        return self._of(unit, day.value, about, where)

    def _of(self, unit: str | None, day: date | None, about: About, where: str) -> Submission:
        name = self.words.names.get(unit or "", "")
        known = replace(self.blank, unit_code=unit, unit_name=name, report_date=day)
        return known.with_findings(subject_other(about, where, self.words.campaign))
