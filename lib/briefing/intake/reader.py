"""From the bytes of one file to its submissions."""

from __future__ import annotations

import hashlib
import io
import secrets
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from briefing.errors import IntakeError
from briefing.intake.forms import TableHead, find_head, lines_below, lines_of
from briefing.intake.identity import Hint, Identity, identify_agency, identify_unit
from briefing.intake.mau01 import Answer, find_answers, read_once
from briefing.intake.mau02 import read_daily
from briefing.intake.opening import Member, Part, open_parts, unpack
from briefing.intake.reported_day import identify_date
from briefing.intake.submission import Finding, Submission
from briefing.intake.vocabulary import Vocabulary, vocabulary
from briefing.messages import Message
from briefing.params import Campaign


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

    def read(self, content: bytes, file: str) -> list[Submission]:
        """Every report in a file; at least one submission, be it only with a finding.

        Args:
            content: The file's bytes.
            file: Its path inside the inbox, with forward slashes: evidence for unit and day.
        """
        blank = Submission(file=file, sha256=hashlib.sha256(content).hexdigest())
        found = [
            submission
            for member in unpack(content, file)
            for submission in self._read_member(member, replace(blank, member=member.path))
        ] or [_not_a_form(self._by_name(blank, self._hint(blank)), empty=True)]
        return [replace(submission, part=number) for number, submission in enumerate(found)]

    def _hint(self, blank: Submission) -> Hint:
        """What the names say; an archive's own name is to its members what a folder's is."""
        container = PurePosixPath(blank.file)
        path = container.with_suffix("") / blank.member if blank.member else container
        return Hint.from_path(path.as_posix(), self.words)

    def _read_member(self, member: Member, blank: Submission) -> list[Submission]:
        hint = self._hint(blank)
        try:
            if member.error:
                raise member.error
            parts = open_parts(member.content, PurePosixPath(blank.file_name).suffix)
        except IntakeError as error:
            return [_unopened(self._by_name(blank, hint), error)]
        read = [s for part in parts if (s := self._read_part(part, member.content, blank, hint))]
        return read or [_not_a_form(self._by_name(blank, hint), empty=not parts)]

    def _read_part(
        self, part: Part, content: bytes, blank: Submission, hint: Hint
    ) -> Submission | None:
        if head := find_head(part, self.words):
            return self._daily(part, head, blank, hint.of_sheet(part.name, self.words))
        if answers := find_answers(part, self.words):
            has_picture = _has_picture(content)
            return self._once(part, answers, has_picture, blank, hint)
        return None

    def _daily(self, part: Part, head: TableHead, blank: Submission, hint: Hint) -> Submission:
        lines = list(lines_of(part, head))
        unit = identify_unit(lines, hint, self.words, blank.file_name)
        day = identify_date(lines, lines_below(part, head), hint, self.words, blank.file_name)
        override = self.campaign.readings.get(unit.value or "")
        daily = read_daily(head, self.words, unit.value, self.key, override)
        return replace(
            self._identified(blank, unit, day),
            form="mau02",
            reading=daily.reading,
            reading_confidence=daily.confidence,
            facts=daily.facts,
            rows_read=daily.rows_read,
            rows_used=daily.rows_read - daily.set_aside,
            rows_set_aside=daily.set_aside,
            sources=daily.sources,
            rules=daily.rules,
            candidates=daily.candidates,
            letter=daily.letter,
            rows=daily.rows,
        ).with_findings(*daily.findings)

    def _once(
        self,
        part: Part,
        answers: dict[str, Answer],
        has_picture: bool,
        blank: Submission,
        hint: Hint,
    ) -> Submission:
        lines = list(lines_of(part))
        once = read_once(answers, blank.file_name, has_picture=has_picture)
        agency = identify_agency(lines, hint, self.words, blank.file_name)
        first = next((i for i, line in enumerate(lines) if self.words.label(line.text)), None)
        day = identify_date(lines[:first], lines[first:], hint, self.words, blank.file_name)
        return replace(
            self._identified(blank, agency, day),
            form="mau01",
            facts=once.facts,
            rows_read=once.lines_read,
            rows_used=once.lines_read - once.set_aside,
            rows_set_aside=once.set_aside,
            sources=once.sources,
            rules=dict.fromkeys(once.sources, "as_written"),
        ).with_findings(*once.findings)

    def _identified(self, blank: Submission, unit: Identity, day: Identity) -> Submission:
        return replace(
            blank,
            unit_code=unit.value,
            unit_name=self.words.names.get(unit.value or "", unit.text),
            report_date=day.value,
            findings=(*unit.findings, *day.findings),
        )

    def _by_name(self, blank: Submission, hint: Hint) -> Submission:
        """A report that can't be opened, still known by its file's name and folder."""
        codes = hint.units or hint.agencies
        unit = codes[0] if len(codes) == 1 else None
        return replace(
            blank,
            unit_code=unit,
            unit_name=self.words.names.get(unit or "", ""),
            report_date=hint.dates[0] if hint.dates else None,
        )


def read_report(path: Path | str, campaign: Campaign) -> list[Submission]:
    """Read one file of the office, stored nowhere.

    Example:
        >>> [report.facts for report in read_report("BC Bong Son 16-8.xlsx", campaign)]

    Raises:
        OSError: There is no such file.
    """
    return read_file(Reader(campaign), Path(path))


def read_file(reader: Reader, path: Path) -> list[Submission]:
    """Read one file from anywhere; of its folders only the last one is evidence."""
    found = reader.read(path.read_bytes(), "/".join(path.parts[-2:]))
    return [replace(submission, file=path.as_posix()) for submission in found]


def _unopened(submission: Submission, error: IntakeError) -> Submission:
    return submission.with_findings(
        Finding(
            "error", error.rule, submission.file_name, "",
            error.message,
            Message("Open it in Excel or Word, save it again, send the new file."),
        )
    )  # fmt: skip


def _not_a_form(submission: Submission, *, empty: bool) -> Submission:
    if empty:
        rule, text = "empty_report", Message("nothing is written in the file")
    else:
        rule, text = "form_unknown", Message("neither the table of Mẫu 02 nor the lines of Mẫu 01")
    return submission.with_findings(
        Finding(
            "error", rule, submission.file_name, "", text,
            Message("Use the form that was sent with the letter, then send the report again."),
        )
    )  # fmt: skip


def _has_picture(content: bytes) -> bool:
    """Whether an Office file carries any picture."""
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    return any("/media/" in name for name in names)
