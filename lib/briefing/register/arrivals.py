"""Which files lie in the inbox, what they hold (by hash), and when they came."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

from briefing.errors import IntakeError, ParamsError
from briefing.intake.files import (
    ENDINGS,
    NO_FILE,
    Content,
    content_of,
    is_junk,
    kind_of,
    refused,
    written_out,
)
from briefing.intake.submission import Finding
from briefing.messages import _
from briefing.register.received import RECEIVED, read_received, same_letters

ILLUSTRATIVE = "SO_LIEU_MINH_HOA.txt"
NOT_REPORTS = {RECEIVED, ILLUSTRATIVE}


@dataclass(frozen=True)
class Arrival:
    """One file of the inbox.

    Attributes:
        path: Relative to the inbox, with forward slashes, as `files.written_out` has it.
        sha256: Of what was read: of a file that is too large, of its beginning.
    """

    path: str
    sha256: str
    received_at: datetime


@dataclass(frozen=True)
class InboxFinding(Finding):
    """What is wrong with the inbox itself, of no report. `file`: its path in the inbox."""

    file: str = RECEIVED

    @classmethod
    def of_lost(cls, arrival: Arrival) -> InboxFinding:
        """That a content, which has been saved over, is no longer in the register either."""
        name = PurePosixPath(arrival.path).name
        came = arrival.received_at.isoformat(" ", "minutes")
        return cls("register_incomplete", name, came, file=arrival.path)


@dataclass(frozen=True)
class Coming:
    """What somebody who has watched files come knows of them.

    Attributes:
        unfinished: Names of those that are still being written: they are not read yet, and what
            lay there before still counts.
        seen: Name → when it was seen to come.
    """

    unfinished: frozenset[str] = frozenset()
    seen: Mapping[str, datetime] = field(default_factory=dict)


UNWATCHED = Coming()


@dataclass(frozen=True)
class Scan:
    """The inbox at one moment.

    Attributes:
        illustrative: The inbox holds the mark of an illustrative campaign.
        overwritten: Earlier contents of files that have been saved over since, as recorded.
        findings: What is wrong with `received.csv`, and what lies in the inbox and is no file.
    """

    arrivals: tuple[Arrival, ...]
    illustrative: bool
    findings: tuple[InboxFinding, ...] = ()
    overwritten: tuple[Arrival, ...] = ()


def scan(
    inbox: Path,
    known: Iterable[Arrival],
    tz: ZoneInfo,
    ingest: Callable[[Arrival, bytes], object] = lambda _arrival, _content: None,
) -> Scan:
    """Everything in the inbox, as `arriving` has it, at once.

    Args:
        ingest: Called with each arrival and the very bytes that its hash is of.
    """
    files = arriving(inbox, known, tz)
    while True:
        try:
            ingest(*next(files))
        except StopIteration as done:
            return done.value


def arriving(
    inbox: Path,
    known: Iterable[Arrival],
    tz: ZoneInfo,
    progress: Callable[[str, int], None] = lambda _path, _count: None,
    coming: Coming = UNWATCHED,
) -> Generator[tuple[Arrival, bytes], None, Scan]:
    """Each file of the inbox with the time that it came and the very bytes that its hash is of.

    Each file is read once. The time is, in this order: what `received.csv` says; what was recorded
    when this content was first seen at this path, or at a path that is gone since (a renamed
    file); when it was seen to come; the file's own time.

    Args:
        known: Arrivals recorded before.
        tz: Time zone of times that `received.csv` gives without one.
        progress: Called with each file's path and how many files there are in all.
        coming: What is known of files that come just now.

    Returns:
        Everything, once all files were taken.

    Raises:
        ParamsError: The folder can't be listed.
    """
    stated = read_received(inbox / RECEIVED, tz)
    findings = [
        InboxFinding(**{name: getattr(one, name) for name in one.__dataclass_fields__})
        for one in stated.findings
    ]
    here = _list(inbox, findings)
    recorded = Recorded(known, {name for name, _path in here})
    arrivals = []
    for name, path in here:
        if name in coming.unfinished:
            continue
        progress(name, len(here))
        try:
            content = _read(path)
        except IntakeError as error:
            findings.append(unread(name, error))
            continue
        if name != path.relative_to(inbox).as_posix():
            where = PurePosixPath(name).name
            findings.append(InboxFinding("file_name_unreadable", where, file=name))
        sha256 = hashlib.sha256(content.data).hexdigest()
        when = stated.times.get(same_letters(name)) or recorded.get(name, sha256)
        when = when or coming.seen.get(name)
        arrival = Arrival(name, sha256, (when or _own_time(content)).astimezone(tz))
        arrivals.append(arrival)
        yield arrival, content.data
    illustrative = (inbox / ILLUSTRATIVE).is_file()
    earlier = recorded.before(arrivals, coming.unfinished)
    return Scan(tuple(arrivals), illustrative, in_order(findings), earlier)


def files_in(inbox: Path) -> dict[str, Path]:
    """Name → place of each file of the inbox that may be a report.

    Raises:
        ParamsError: The folder can't be listed.
    """
    return dict(_list(inbox, []))


def in_order(findings: Iterable[InboxFinding]) -> tuple[InboxFinding, ...]:
    """Those of `received.csv` first, then by file."""
    return tuple(sorted(findings, key=lambda one: (one.file != RECEIVED, one.file)))


def _list(inbox: Path, findings: list[InboxFinding]) -> list[tuple[str, Path]]:
    """Name and place of each file that may be a report, in order; nothing behind a link.

    Args:
        findings: What lies there and is no file is added.
    """
    files: list[tuple[str, Path]] = []
    folders = [inbox]
    while folders:
        for path in _entries(folders.pop(), inbox, findings):
            name, kind = _name(path, inbox), kind_of(path)
            own = path.name in NOT_REPORTS and kind != "folder"
            if own or is_junk(f"{name}/report" if kind == "folder" else name):
                continue
            if kind == "link":
                findings.append(unread(name, IntakeError(NO_FILE["link"])))
            elif kind != "folder":
                files.append((name, path))
            else:
                folders.append(path)
                if path.suffix.lower() in ENDINGS and path != inbox / RECEIVED:
                    findings.append(unread(name, IntakeError(NO_FILE["folder"])))
    return sorted(files, key=lambda file: file[1])


def _entries(folder: Path, inbox: Path, findings: list[InboxFinding]) -> list[Path]:
    """What lies in a folder; nothing and a finding where it can't be listed."""
    try:
        return [*folder.iterdir()]
    except OSError as error:
        if folder != inbox:
            findings.append(unread(_name(folder, inbox), refused(error)))
            return []
        raise ParamsError(
            _(
                "inbox: {folder} can't be read: {error}. Let this user read it, or look at the "
                "network. Nothing was run.",
                folder=inbox,
                error=refused(error),
            )
        ) from error


def _name(path: Path, inbox: Path) -> str:
    return written_out(path.relative_to(inbox).as_posix())


def _read(path: Path) -> Content:
    try:
        return content_of(path)
    except FileNotFoundError as error:
        raise IntakeError("file_unreadable.gone") from error


def unread(name: str, error: IntakeError) -> InboxFinding:
    """What is said of a file of the inbox of which it is not known what it holds."""
    return InboxFinding(error.code, PurePosixPath(name).name, values=error.values, file=name)


def _own_time(content: Content) -> datetime:
    """When the file was last written; never later than now, whatever its clock says."""
    now = datetime.now(UTC)
    try:
        return min(datetime.fromtimestamp(int(content.written), UTC), now)
    except (OverflowError, ValueError, OSError):  # a time that no calendar has
        return now


class Recorded:
    """Times of first arrival, by path and content, or by content alone for a renamed file."""

    def __init__(self, known: Iterable[Arrival], here: set[str]):
        self._at: dict[tuple[str, str], datetime] = {}
        self._gone: dict[str, datetime] = {}
        for arrival in known:
            self._at.setdefault((arrival.path, arrival.sha256), arrival.received_at)
            if arrival.path not in here:
                self._gone.setdefault(arrival.sha256, arrival.received_at)

    def before(
        self, arrivals: Iterable[Arrival], unfinished: Collection[str] = ()
    ) -> tuple[Arrival, ...]:
        """What lay at the paths of `arrivals` before, with another content, and came earlier; and
        all that lay where something `unfinished` lies.
        """
        now = {arrival.path: arrival for arrival in arrivals}
        return tuple(
            Arrival(path, sha256, received_at)
            for (path, sha256), received_at in self._at.items()
            if path in unfinished
            or (path in now and sha256 != now[path].sha256 and received_at < now[path].received_at)
        )

    def get(self, path: str, sha256: str) -> datetime | None:
        """When this content was first seen there, or where there is nothing any more."""
        return self._at.get((path, sha256)) or self._gone.get(sha256)
