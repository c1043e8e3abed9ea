"""Which files lie in the inbox, what they hold (by hash), and when they came."""

from __future__ import annotations

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.intake.junk import is_junk
from briefing.intake.submission import Finding
from briefing.messages import Message

RECEIVED = "received.csv"
ILLUSTRATIVE = "SO_LIEU_MINH_HOA.txt"
NOT_REPORTS = {RECEIVED, ILLUSTRATIVE}


@dataclass(frozen=True)
class Arrival:
    """One file of the inbox. `path` is relative to it, with forward slashes."""

    path: str
    sha256: str
    received_at: datetime


@dataclass(frozen=True)
class Scan:
    """The inbox at one moment.

    Attributes:
        illustrative: The inbox holds the mark of an illustrative campaign.
        overwritten: Earlier contents of files that have been saved over since, as recorded.
        findings: What is wrong with `received.csv`.
    """

    arrivals: tuple[Arrival, ...]
    illustrative: bool
    findings: tuple[Finding, ...] = ()
    overwritten: tuple[Arrival, ...] = ()


def report_files(inbox: Path) -> list[Path]:
    """Files of the inbox that may be reports: no lock files, thumbnails, shortcuts, own notes."""
    return sorted(
        path
        for path in inbox.rglob("*")
        if path.is_file()
        and path.name not in NOT_REPORTS
        and not is_junk(path.relative_to(inbox).as_posix())
    )


def scan(inbox: Path, known: Iterable[Arrival], tz: ZoneInfo) -> Scan:
    """Everything in the inbox, with the time that each file came.

    The time is, in this order: what `received.csv` says; what was recorded when this content was
    first seen at this path, or at a path that is gone since (a renamed file); the file's own time.

    Args:
        known: Arrivals recorded before.
        tz: Time zone of times that `received.csv` gives without one.
    """
    stated, findings = _read_received(inbox / RECEIVED, tz)
    here = [(path.relative_to(inbox).as_posix(), path) for path in report_files(inbox)]
    recorded = _Recorded(known, {name for name, _path in here})
    arrivals = []
    for name, path in here:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        when = stated.get(_same_letters(name)) or recorded.get(name, sha256) or _own_time(path)
        arrivals.append(Arrival(name, sha256, when.astimezone(tz)))
    illustrative = (inbox / ILLUSTRATIVE).is_file()
    return Scan(tuple(arrivals), illustrative, findings, recorded.before(arrivals))


def _own_time(path: Path) -> datetime:
    """When the file was last written; never later than now, whatever its clock says."""
    return min(datetime.fromtimestamp(int(path.stat().st_mtime), UTC), datetime.now(UTC))


class _Recorded:
    """Times of first arrival, by path and content, or by content alone for a renamed file."""

    def __init__(self, known: Iterable[Arrival], here: set[str]):
        self._at: dict[tuple[str, str], datetime] = {}
        self._gone: dict[str, datetime] = {}
        for arrival in known:
            self._at.setdefault((arrival.path, arrival.sha256), arrival.received_at)
            if arrival.path not in here:
                self._gone.setdefault(arrival.sha256, arrival.received_at)

    def before(self, arrivals: Iterable[Arrival]) -> tuple[Arrival, ...]:
        """What lay at the paths of `arrivals` before, with another content, and came earlier."""
        now = {arrival.path: arrival for arrival in arrivals}
        return tuple(
            Arrival(path, sha256, received_at)
            for (path, sha256), received_at in self._at.items()
            if path in now and sha256 != now[path].sha256 and received_at < now[path].received_at
        )

    def get(self, path: str, sha256: str) -> datetime | None:
        return self._at.get((path, sha256)) or self._gone.get(sha256)


def _read_received(path: Path, tz: ZoneInfo) -> tuple[Mapping[str, datetime], tuple[Finding, ...]]:
    if not path.is_file():
        return {}, ()
    times: dict[str, datetime] = {}
    findings: list[Finding] = []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return {}, (_bad_encoding(),)
    for number, row in _numbered(csv.DictReader(io.StringIO(text, newline=""))):
        name = _same_letters((row.get("path") or "").replace("\\", "/").strip())
        try:
            times[name] = _moment((row.get("received_at") or "").strip(), tz)
        except ValueError:
            findings.append(_bad_time(f"line {number}", row.get("received_at") or ""))
    return times, tuple(findings)


def _moment(text: str, tz: ZoneInfo) -> datetime:
    """A day with a time: a day alone would count as its midnight, and so as in time."""
    if ":" not in text:
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=tz)


def _same_letters(path: str) -> str:
    """One spelling of a path: some systems write a letter and its accents apart."""
    return unicodedata.normalize("NFC", path)


def _numbered(reader: csv.DictReader[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for row in reader:
        yield reader.line_num, row


def _bad_time(where: str, found: str) -> Finding:
    return Finding(
        "warning", "received_unreadable", where, found,
        Message("not a time such as 2021-08-16T14:30; the file's own time is used"),
        Message("Correct this line of received.csv."),
    )  # fmt: skip


def _bad_encoding() -> Finding:
    return Finding(
        "warning", "received_unreadable", RECEIVED, "",
        Message("not saved as CSV UTF-8; the files' own times are used"),
        Message("Save received.csv again as CSV UTF-8."),
    )  # fmt: skip
