"""An inbox that is watched: what comes is taken in once it is whole, and the day made again."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import psutil
from watchfiles import watch

from briefing.errors import IntakeError, ParamsError, RunError
from briefing.intake.files import content_of
from briefing.intake.submission import Submission
from briefing.messages import _
from briefing.mirrors import plain, url_of
from briefing.params import RunParams
from briefing.register import Register
from briefing.register.arrivals import Recorded, files_in
from briefing.register.debounce import Debouncer
from briefing.register.received import RECEIVED, read_received, same_letters
from briefing.register.recording import record_received
from briefing.run.daily import run_daily
from briefing.run.day import day_of
from briefing.run.job import Progress, Published, unseen
from briefing.run.not_done import USUAL, clear_note
from briefing.run.snapshot import Snapshot, take_snapshot
from briefing.tables import Day

TICK = 0.1  # seconds after which keys, and files that are not whole yet, are looked at again
OVER_THE_NETWORK = {
    *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p"),
    *("vboxsf", "vmhgfs", "drvfs", "afs", "ceph", "glusterfs", "lustre"),
}
"""File systems that tell nobody what another machine writes there; all of FUSE is one of them."""


@dataclass(frozen=True)
class Came:
    """A content that has come, and what it said.

    Attributes:
        file: Its path in the inbox, as it may be shown.
        reports: None where it could not be read; `why` then says so.
    """

    file: str
    at: datetime
    reports: tuple[Submission, ...]
    why: str = ""


@dataclass
class Watch:
    """The inbox of a day while it is watched.

    Attributes:
        described: The run, with its campaign read anew.
        clock: Seconds that only go forward.
        run: The run, of a day if today or the command line tells which.
        day: Its tables as they are known; `None`: nobody has reported on any day.
        trouble: What does not work at the moment, in words, by what it is about.
    """

    described: Callable[[], RunParams]
    clock: Callable[[], float] = time.monotonic
    day: Day | None = None
    trouble: dict[str, str] = field(default_factory=dict)
    _debouncer: Debouncer = field(default_factory=Debouncer)
    _unrecorded: dict[str, datetime] = field(default_factory=dict)
    _taken: set[tuple[str, str]] = field(default_factory=set)
    _snapshot: Snapshot | None = None

    def __post_init__(self) -> None:
        self.run = _of_today(self.described())

    @property
    def deadline(self) -> datetime | None:
        """Until when reports about the day are in time."""
        about = self.run.report_date or (self.day.date if self.day else None)
        return self.run.campaign.deadline_of(about) if about else None

    @property
    def is_due(self) -> bool:
        """Whether the deadline has passed since the day was worked out."""
        if self.deadline is None or self._snapshot is None:
            return False
        return self._snapshot.at < self.deadline <= datetime.now(self.deadline.tzinfo)

    @property
    def is_waiting(self) -> bool:
        """Whether a file is not whole yet."""
        return bool(self._debouncer.coming.unfinished)

    def look(self) -> list[str]:
        """Names of the files that are new or gone since the last look.

        Raises:
            ParamsError: The folder can't be listed.
        """
        if self._unrecorded:
            self._record(())
        now = datetime.now(self.run.campaign.tz)
        return self._debouncer.look(files_in(self.run.inbox), now, self.clock())

    def take(self, names: Sequence[str] = ()) -> list[Came]:
        """Write down when files came, read what is new, by params read anew, and work out the day.

        Args:
            names: What `look` has told.

        Returns:
            What came since the last time, each content once.

        Raises:
            ParamsError: The inbox is gone.
        """
        self._read_params()
        self._record(names)
        first = self._snapshot is None
        self._snapshot = take_snapshot(self.run, coming=self._debouncer.coming)
        try:
            self.day = day_of(self.run, self._snapshot)
            self.trouble.pop("day", None)
        except RunError as error:
            self.day, self.trouble["day"] = None, str(error)
        came = [*self._came(self._snapshot, names)]
        return [] if first else came

    def publish(self, progress: Progress = unseen) -> Published | None:
        """Make the briefing of what was taken; `None` where nobody has reported on any day.

        Raises:
            RunError: Nothing was published.
        """
        if not self.day:
            return None
        published = run_daily(self.run, progress, snapshot=self._snapshot, page_first=True)
        clear_note(self.run.outputs, USUAL)
        return published

    def _read_params(self) -> None:
        """Take params as they are now; where they are not right, go on with those of before."""
        try:
            self.run = _of_today(self.described())
            self.trouble.pop("params", None)
        except ParamsError as error:
            self.trouble["params"] = str(error)

    def _record(self, names: Sequence[str]) -> None:
        """Write down when files came; what could not be written is tried again the next time."""
        self._unrecorded |= self._times(names)
        try:
            record_received(self.run.inbox / RECEIVED, self._unrecorded)
        except (OSError, IntakeError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            self.trouble["received"] = _(
                "{file} can't be written now ({why}). The times of arrival are kept, and written "
                "as soon as it can be. Close it where it is open in Excel.",
                file=RECEIVED,
                why=why,
            )
        else:
            self._unrecorded.clear()
            self.trouble.pop("received", None)

    def _times(self, names: Sequence[str]) -> dict[str, datetime]:
        """When those came that have no line yet for what they hold now.

        A line that stands there for a file holds, until another content is saved over it.
        """
        if not names:
            return {}
        seen, here = self._debouncer.coming.seen, files_in(self.run.inbox)
        stated = read_received(self.run.inbox / RECEIVED, self.run.campaign.tz).times
        arrivals = Register(self.run.outputs / "register", self.run.campaign).arrivals()
        recorded, before = Recorded(arrivals, {*here}), {one.path for one in arrivals}
        found = {}
        for name in names:
            if not (name in seen and (sha256 := _hash(here.get(name)))):
                continue
            known = recorded.get(name, sha256)
            if same_letters(name) not in stated or (name in before and not known):
                found[name] = (known or seen[name]).astimezone(self.run.campaign.tz)
        return found

    def _came(self, snapshot: Snapshot, names: Sequence[str]) -> Iterator[Came]:
        """What is told of each content that was not there before, and of what could not be read."""
        shown = snapshot.register.names.shown
        new = [a for a in snapshot.scan.arrivals if (a.path, a.sha256) not in self._taken]
        self._taken |= {(a.path, a.sha256) for a in new}
        for arrival in new:
            reports = tuple(report for own, report in snapshot.submissions if own == arrival)
            yield Came(shown(arrival.path), arrival.received_at, reports)
        read = {arrival.path for arrival in snapshot.scan.arrivals}
        unread = {shown(name) for name in names if name not in read}
        for finding in snapshot.scan.findings:
            if finding.file in unread:
                yield Came(finding.file, snapshot.at, (), str(finding.message))


def _of_today(run: RunParams) -> RunParams:
    """The run of today's report date, unless another is asked for or today none is due.

    Raises:
        ParamsError: It is of an earlier moment, or of a manifest, or of folders that lie elsewhere.
    """
    if run.as_of or run.manifest:
        raise ParamsError(
            _("--watch shows what comes now: leave --as-of and manifest out. Nothing was run.")
        )
    if url := url_of(run.inbox) or url_of(run.outputs):
        raise ParamsError(
            _(
                "--watch looks at folders of this machine and of its network, which {url} is not. "
                "Run briefing daily again and again instead. Nothing was run.",
                url=plain(url),
            )
        )
    today, dates = datetime.now(run.campaign.tz).date(), run.campaign.dates
    if run.report_date or not dates.start <= today <= dates.end:
        return run
    return run.model_copy(update={"report_date": run.campaign.reporting.nearest(today)})


def _hash(path: Path | None) -> str:
    """Of what a file holds; nothing where it can't be read."""
    try:
        return hashlib.sha256(content_of(path).data).hexdigest() if path else ""
    except (OSError, IntakeError):
        return ""


def wakes(folder: Path) -> Generator[bool, None, None]:
    """Again and again, at least every `TICK`: whether something was told of the folder.

    Closed, it leaves no thread behind, so that what follows may fork.

    Raises:
        FileNotFoundError: There is no such folder.
    """
    for changes in watch(
        folder,
        watch_filter=None,
        debounce=200,
        step=50,
        rust_timeout=round(TICK * 1000),
        yield_on_timeout=True,
        force_polling=is_over_the_network(folder, _mounts()),
        ignore_permission_denied=True,
    ):
        yield bool(changes)


def _mounts() -> dict[str, str]:
    """Where file systems lie → of which kind they are."""
    return {
        one.mountpoint: "cifs" if "remote" in one.opts.split(",") else one.fstype.lower()
        for one in psutil.disk_partitions(all=True)
    }


def is_over_the_network(folder: Path, mounts: Mapping[str, str]) -> bool:
    """Whether a folder lies on another machine, which does not tell what changes there.

    Args:
        mounts: Where file systems lie → of which kind they are.
    """
    where = folder.resolve()
    if where.drive.startswith("\\\\"):
        return True
    around = [place for place in mounts if where.is_relative_to(place)]
    kind = mounts[max(around, key=len)] if around else ""
    return kind in OVER_THE_NETWORK or kind.startswith("fuse")
