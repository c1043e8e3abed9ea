"""From the bytes of one file to its submissions."""

from __future__ import annotations

import gc
import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from briefing.catalog.rules import CASES
from briefing.errors import IntakeError
from briefing.intake.detection.body import sender_of
from briefing.intake.detection.harmless import harmless, shown_sheets
from briefing.intake.detection.hidden import with_hidden_sheets
from briefing.intake.detection.hints import Hint
from briefing.intake.detection.identity import named_by
from briefing.intake.detection.lines import lines_of
from briefing.intake.detection.own_papers import FormMark, read_mark, without_list
from briefing.intake.detection.report_findings import (
    beside_reports,
    photos_asked_once,
    quoted_once,
    text_left_out,
)
from briefing.intake.detection.vocabulary import Vocabulary, vocabulary
from briefing.intake.files import LOCK, as_typed, what_junk
from briefing.intake.labels.photos import as_submission, with_photos, with_photos_beside
from briefing.intake.labels.pictures import look_at, pictures_in
from briefing.intake.parsers.disclosure import PHONE_LIKE, shown_phones
from briefing.intake.parsers.text import clean
from briefing.intake.readers import Grid, Member, parts_of, unpack
from briefing.intake.readers.budget import one_budget
from briefing.intake.readers.encodings import NAMES, Decoded, decoded, readable
from briefing.intake.readers.flow import is_filled
from briefing.intake.reports import ReportReader
from briefing.intake.submission import Finding, Submission
from briefing.locale.pack import reading_by
from briefing.params import Campaign
from briefing.params.forms import BODIES

COLLECTED_AFTER = 100_000  # new objects; a list of a thousand rows makes more than Python's 700


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Let Python look for circles of objects seldom: reading makes many objects and few circles."""
    usual = gc.get_threshold()
    gc.set_threshold(COLLECTED_AFTER, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


@dataclass(frozen=True)
class Reader:
    """Reads files of one campaign. Holds no state between files, so many can run at once.

    Attributes:
        key: Key of the hashes that stand for phones and persons; without one, hashes can't be
            compared with those of another reader.
    """

    campaign: Campaign
    key: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def words(self) -> Vocabulary:
        return vocabulary(self.campaign)

    @_seldom_collected()
    def read(self, content: bytes, file: str) -> list[Submission]:
        """Every report in a file; at least one submission, be it only with a finding.

        Args:
            content: The file's bytes.
            file: Its path inside the inbox, with forward slashes: evidence for unit and day.
        """
        blank = Submission(file=file, sha256=hashlib.sha256(content).hexdigest())
        if junk := what_junk(blank.file_name):
            return [_no_report(blank, junk)]
        with one_budget(), reading_by(self.campaign.locale):
            return self._read_members(content, blank)

    def _read_members(self, content: bytes, blank: Submission) -> list[Submission]:
        found: list[Submission] = []
        without: list[Submission] = []
        for member in unpack(content, blank.file):
            if member.earlier and _is_answered(member, found):
                continue
            read = self._read_member(member, replace(blank, member=member.path))
            if member.earlier:
                read = [quoted_once(report) for report in read if report.form]
            if member.optional and not any(map(_says_something, read)):
                without += read
            else:
                found += read
        reports = beside_reports(photos_asked_once(with_photos_beside(found or without)))
        return [replace(_masked(report), part=number) for number, report in enumerate(reports)]

    def unread(self, file: str, error: IntakeError, sha256: str = "") -> Submission:
        """A file of which nothing can be read; it is known by its name and folder.

        Args:
            file: As for `read`.
        """
        blank = Submission(file=file, sha256=sha256)
        with reading_by(self.campaign.locale):
            return _unopened(self._by_name(blank, self._hint(blank)), error)

    def _hint(self, blank: Submission, written: str = "") -> Hint:
        """What the names say; an archive's own name is to its members what a folder's is.

        Args:
            written: What is written on a member's wrapping, as `Member.hint` has it.
        """
        container = PurePosixPath(blank.file)
        path = container.with_suffix("") / written / blank.member if blank.member else container
        names = (clean(readable(as_typed(piece))[0]) for piece in path.parts)
        return Hint.from_path("/".join(names), self.words)

    def _read_member(self, member: Member, blank: Submission) -> list[Submission]:
        hint = self._hint(blank, member.hint)
        if member.kind == "image":
            return [as_submission(self._by_name(blank, hint), look_at(member.content))]
        try:
            if member.error:
                raise member.error
            suffix = PurePosixPath(blank.file_name).suffix
            in_unicode = decoded(parts_of(member.content, member.kind, suffix))
            parts = without_list(in_unicode.parts)
        except IntakeError as error:
            return [_unopened(self._by_name(blank, hint), error)]
        mark = read_mark(member.content, self.campaign)
        sheets = shown_sheets((part.name for part in parts), harmless(self.campaign))
        blank = replace(blank, sheets=sheets)
        reports = ReportReader(self.words, self.key, blank, hint, mark)
        read = [_noted(report, in_unicode) for report in with_hidden_sheets(reports.read, parts)]
        lost = [grid for part in parts for grid in part.grids if grid.unread and not grid.cells]
        read[:1] = [report.with_findings(*text_left_out(lost)) for report in read[:1]]
        if any(report.owed_by == BODIES for report in read):
            return with_photos(read, pictures_in(member.content))
        if read:
            return read
        grids = [grid for part in parts for grid in part.grids]
        lines = [line for part in parts for line in lines_of(part)]
        known = self._by_name(blank, hint, mark)
        if known.unit_code is None:
            code = sender_of(lines, self.words)
            known = replace(known, unit_code=code, unit_name=self.words.names.get(code or "", ""))
        aside = None if mark else reports.set_aside.text(lines, hint)
        nothing = aside or _not_a_form(known, member.content, grids, self.campaign)
        return [nothing.with_findings(*text_left_out(grids))]

    def _by_name(self, blank: Submission, hint: Hint, mark: FormMark | None = None) -> Submission:
        """A report that can't be read, still known by its form's mark, or its name and folder."""
        nearest = next((name for name in hint.all_names if name.bodies or name.units), None)
        codes = nearest.bodies if nearest else ()  # a school may bear the name of its unit
        codes = codes or named_by(hint, self.words)
        unit = codes[0] if len(codes) == 1 else None
        if mark:
            unit = mark.unit_code
        return replace(
            blank,
            form=mark.form if mark else None,
            owed_by=self.campaign.forms[mark.form].owed_by if mark else None,
            unit_code=unit,
            unit_name=self.words.names.get(unit or "", ""),
            report_date=hint.dates[0] if hint.dates else None,
            may_be=() if unit else codes,
        )


def _masked(report: Submission) -> Submission:
    """A report whose findings quote no telephone number, whatever they took it for."""
    if not any(PHONE_LIKE.search(repr((f.found, f.values))) for f in report.findings):
        return report
    findings = (finding.with_texts(shown_phones) for finding in report.findings)
    return replace(report, findings=tuple(findings))


def _is_answered(member: Member, found: Iterable[Submission]) -> bool:
    """Whether a letter that repeats an earlier one, or a file attached to it, is a report."""
    letter = member.path.rpartition("/")[0]
    return any(_says_something(each) and each.member.startswith(letter) for each in found)


def _says_something(submission: Submission) -> bool:
    """Whether it is a report, or a photo that shows a code."""
    return bool(submission.form or submission.facts.get("qr_photo_decoded"))


OFFICE = (
    *(".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"),
    *(".docx", ".doc", ".odt", ".rtf"),
)
"""Endings of files that Excel or Word saves as they are."""


def _unopened(submission: Submission, error: IntakeError) -> Submission:
    suffix = PurePosixPath(submission.file_name).suffix.lower()
    usual = error.rule == "file_unreadable" and not CASES[error.code].own_advice
    advice = "file_unreadable.type" if usual and suffix not in OFFICE else ""
    return submission.with_findings(
        Finding(error.code, submission.file_name, values=error.values, advice=advice)
    )


def _no_report(submission: Submission, code: str) -> Submission:
    """A file that nobody meant as a report, handed in all the same."""
    own = {"name": submission.file_name.removeprefix(LOCK)}
    return submission.with_findings(Finding(code, submission.file_name, values=own))


def _noted(report: Submission, in_unicode: Decoded) -> Submission:
    """The report with a word on the letters that it was typed in, where they weren't Unicode."""
    if not in_unicode.encoding:
        return report
    addresses = " ".join(report.sources.values())
    own = (where for where in in_unicode.wheres if where.partition("!")[0] + "!" in addresses)
    where, name = next(own, in_unicode.wheres[0]), NAMES[in_unicode.encoding]
    return report.with_findings(Finding("legacy_encoding", where, name))


def _not_a_form(
    submission: Submission, content: bytes, grids: Sequence[Grid], campaign: Campaign
) -> Submission:
    drawn = pictures_in(content) if content.startswith(b"PK") else []
    pictures = sum(picture.is_photo for picture in drawn)
    if pictures:
        code = "form_unknown.pictures"
    else:
        known = campaign.form_of("persons", "staff")
        unknown = "form_unknown.neither" if known else "form_unknown.counts"
        code = unknown if any(map(is_filled, grids)) else "empty_report.file"
    return submission.with_findings(Finding(code, submission.file_name, values={"n": pictures}))
