"""`received.csv`, the analyst's list of when each file came; whatever it holds stops nothing."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.catalog.rules import CASES, phrase
from briefing.errors import IntakeError
from briefing.intake.files import MAX_BYTES, content_of
from briefing.intake.submission import Finding
from briefing.messages import Message

RECEIVED = "received.csv"
COLUMNS = ("path", "received_at")
DELIMITERS = ",;\t"  # Excel takes the semicolon where the comma is in numbers
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)  # no report of a campaign came before
OUTSIDE = re.compile(r"/|[A-Za-z]:|(.*/)?\.\.(/|$)")
NO_TEXT = re.compile("[\0\ud800-\udfff]")  # what is left of other encodings, and of damage
LONGEST = 60  # characters of a line that a finding quotes


@dataclass
class Received:
    """What `received.csv` says.

    Attributes:
        times: Path, in one spelling of its letters (`same_letters`) → when that file came.
    """

    times: dict[str, datetime] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def same_letters(path: str) -> str:
    """One spelling of a path: some systems write a letter and its accents apart."""
    return unicodedata.normalize("NFC", path)


def head_of(lines: list[str]) -> tuple[int, str]:
    """The line that names the columns: the first that is not empty, and how many are before it."""
    start = next((n for n, line in enumerate(lines) if line.strip()), 0)
    return start, lines[start]


def columns_of(head: str) -> tuple[str, list[str]]:
    """The delimiter of a list, and what its columns are called."""
    delimiter = max(DELIMITERS, key=head.count)
    return delimiter, [name.strip().lower() for name in head.split(delimiter)]


def read_received(path: Path, tz: ZoneInfo) -> Received:
    """The list as it can be read; each kind of fault in it is one finding, at its first place.

    Args:
        tz: Time zone of the times that are given without one.
    """
    try:
        content = content_of(path).data
    except FileNotFoundError:
        return Received()
    except IntakeError as error:
        advice = error.code if CASES[error.code].own_advice else ""
        return _unread("received_unreadable.whole", error.message, advice)
    if len(content) > MAX_BYTES:
        too_large = IntakeError("file_too_large.bytes", mb=MAX_BYTES >> 20)
        return _unread("received_unreadable.whole", too_large.message)
    return _List(tz).read(content.decode("utf-8-sig", errors="surrogateescape").split("\n"))


class _List:
    """The lines of one list, and the faults that were found in them."""

    def __init__(self, tz: ZoneInfo):
        self.tz = tz
        self.now = datetime.now(UTC)
        self.times: dict[str, datetime] = {}
        self.faults: dict[str, Finding] = {}  # by code, each at its first line
        self.counts: Counter[str] = Counter()

    def read(self, lines: list[str]) -> Received:
        """Each line by itself: one that can't be read costs no other."""
        start, head = head_of(lines)
        delimiter, names = columns_of(head)
        if not set(COLUMNS) <= set(names):
            return _without_columns(head)
        places = [names.index(name) for name in COLUMNS]
        for number, line in enumerate(lines[start + 1 :], start=start + 2):
            if line := line.strip():
                self._read(number, line, delimiter, places)
        return Received(self.times, tuple(map(self._counted, self.faults.values())))

    def _read(self, number: int, line: str, delimiter: str, places: list[int]) -> None:
        try:
            if NO_TEXT.search(line):
                raise csv.Error
            row = line.split(delimiter)
            if '"' in line:
                (row,) = csv.reader([line], delimiter=delimiter, strict=True)
        except (csv.Error, ValueError):
            self._fault(number, "", "received_unreadable.csv")
            return
        if any(row):
            self._take(number, *(row[n].strip() if n < len(row) else "" for n in places))

    def _take(self, line: int, path: str, stated: str) -> None:
        name = path.replace("\\", "/")
        if OUTSIDE.match(name):
            self._fault(line, path, "received_unreadable.outside")
            return
        try:
            when = _moment(stated, self.tz)
        except ValueError:
            self._fault(line, stated, "received_unreadable.time")
            return
        if EARLIEST <= when <= self.now:
            self.times[same_letters(name)] = when
        else:
            self._fault(line, stated, "received_unreadable.impossible")

    def _fault(self, line: int, found: str, code: str) -> None:
        self.counts[code] += 1
        if code not in self.faults:
            self.faults[code] = Finding(code, f"line {line}", found[:LONGEST])

    def _counted(self, fault: Finding) -> Finding:
        """A fault with how many more lines have it."""
        others = self.counts[fault.code] - 1
        return replace(fault, around="more_lines", values={"n": others}) if others else fault


def _moment(text: str, tz: ZoneInfo) -> datetime:
    """A day with a time: a day alone would count as its midnight, and so as in time."""
    if ":" not in text:
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=tz)


def _without_columns(head: str) -> Received:
    if NO_TEXT.search(head):
        return _unread("received_unreadable.encoding", phrase("not_utf8"))
    return _unread("received_unreadable.columns", phrase("no_columns"))


def _unread(code: str, text: Message, advice: str = "") -> Received:
    """The whole list is left out, for one reason."""
    return Received(findings=(Finding(code, RECEIVED, values={"text": text}, advice=advice),))
