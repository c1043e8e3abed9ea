"""Which files of a folder have come whole: a file that is still being written is not read.

Programs write a file under its name while it grows, or begin it empty, or at its full size without
what belongs there. So it is whole when it has not changed for a while, and ends as files of its
kind end.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefing.intake.files import PARTIAL, READING
from briefing.register.arrivals import Coming

QUIET = 0.3  # seconds without a change, of a file that ends as its kind ends
UNKNOWN = 2.0  # of a kind that has no end to be known by, such as CSV
DAMAGED = 10.0  # of a file that is empty, may not be opened, or lacks its end: it won't get whole
TAIL = 2**16  # bytes in which the end is looked for: a comment may stand behind it
BLANK = b"\0\0\0\0"  # what a file begins with whose room is taken and not written yet
ENDS = {
    b"PK\3\4": b"PK\5\6",  # ZIP, and with it xlsx, docx, ods, odt
    b"%PDF": b"%%EOF",
    b"{\\rt": b"}",
    b"\x89PNG": b"IEND",
    b"\xff\xd8\xff\xe0": b"\xff\xd9",
    b"\xff\xd8\xff\xe1": b"\xff\xd9",
}
"""How files begin → what stands near their end."""


@dataclass
class _File:
    """One file as it was last looked at.

    Attributes:
        mark: Size, time and place on the disk: another one is another content.
        since: From when on it has had this mark (seconds of a clock that only goes forward).
        seen: When it came; `None`: it was there before.
        complete: Nobody writes it any more.
    """

    mark: tuple[int, int, int]
    since: float
    seen: datetime | None
    complete: bool = False


class Debouncer:
    """The files of a folder, looked at again and again."""

    def __init__(self) -> None:
        self._files: dict[str, _File] = {}
        self._last: datetime | None = None

    def look(self, files: Mapping[str, Path], now: datetime, clock: float) -> list[str]:
        """What is new since the last look: files that have come whole, and files that are gone.

        At the first look those that lie there; a file that was saved over is new again.

        Args:
            files: Name → place, of those that may be reports.
            now: The moment, with its zone.
            clock: The same moment in seconds of a clock that only goes forward.

        Returns:
            Names.
        """
        gone = [name for name, one in self._files.items() if name not in files and one.complete]
        self._files = {name: one for name, one in self._files.items() if name in files}
        for name, path in files.items():
            self._note(name, path, now, clock)
        self._last = now
        come = [name for name, one in self._files.items() if not one.complete
                and clock - one.since >= patience_with(files[name])]  # fmt: skip
        for name in come:
            self._files[name].complete = True
        return [*gone, *come]

    def _note(self, name: str, path: Path, now: datetime, clock: float) -> None:
        try:
            status = path.lstat()
        except OSError:  # gone again
            self._files.pop(name, None)
            return
        mark = (status.st_size, status.st_mtime_ns, status.st_ino)
        known = self._files.get(name)
        if self._last is None:  # what lies there was written when it says so
            age = max(now.timestamp() - status.st_mtime, 0)
            self._files[name] = _File(mark, clock - age, None)
        elif known is None or (known.complete and known.mark != mark):
            self._files[name] = _File(mark, clock, _between(status, self._last, now))
        elif known.mark != mark:
            known.mark, known.since = mark, clock

    @property
    def coming(self) -> Coming:
        """What is known of them, for whoever reads the folder now."""
        files = self._files.items()
        return Coming(
            frozenset(name for name, one in files if not one.complete),
            {name: one.seen for name, one in files if one.seen},
        )


def _between(status: os.stat_result, last: datetime, now: datetime) -> datetime:
    """When a file came that was not there at the last look: by the system's own note of it, as far
    as that can be true; the clock of another machine may be wrong, and a copy keeps old times.
    """
    noted = datetime.fromtimestamp(min(status.st_ctime, now.timestamp()), UTC)
    return max(noted, last).astimezone(now.tzinfo)


def patience_with(path: Path) -> float:
    """For how many seconds a file must not have changed, to be whole."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would wait for who writes into it
            return QUIET
        if not status.st_size:
            return float("inf") if _comes_beside(path) else DAMAGED
        with open(os.open(path, READING), "rb") as stream:
            begin = stream.read(4)
            stream.seek(max(status.st_size - TAIL, 0))
            end = stream.read()
    except OSError:  # whoever writes it has it for himself
        return DAMAGED
    if begin == BLANK:
        return DAMAGED
    if begin not in ENDS:
        return UNKNOWN
    return QUIET if ENDS[begin] in end else DAMAGED


def _comes_beside(path: Path) -> bool:
    """Whether a browser, which has taken the name by an empty file, still loads beside it."""
    return any(one.suffix.lower() in PARTIAL for one in path.parent.iterdir())
