"""The journal of runs: when each was made, for which day, by which params, what came of it.

A line of JSON for each in `register/runs.jsonl`; it can be deleted, and nothing but `briefing runs`
reads it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from briefing.errors import BriefingError, ParamsError
from briefing.language import language
from briefing.params import RunParams
from briefing.params.run import AnyRun
from briefing.register.files import ASIDE, make_private, read_kept, write_whole
from briefing.run.snapshot import Snapshot, key_of_day, take_snapshot

JOURNAL = "runs.jsonl"  # inside the register
MOST_KEPT = 1000  # lines; half of them go when there are more


@dataclass(frozen=True)
class Entry:
    """One run.

    Attributes:
        at: When it began.
        name: Its folder below `outputs`.
        params: Fingerprint of the campaign's folder.
        seconds: By the clock.
        files: How many arrivals it rests on; `new`: of them read by this run.
        count: The whole's cumulative (persons); `coverage`: its share (fraction).
        about: The day that it is about, or ends with; `lang`: the language of its pages.
        folder: Name of the campaign's folder.
        made_of: Key of that day's tables, by which it is known that they would be others today.
        error: Why nothing was published.
    """

    at: str
    name: str
    params: str
    as_of: str | None = None
    seconds: float = 0.0
    files: int = 0
    new: int = 0
    count: int | None = None
    coverage: float | None = None
    about: str = ""
    lang: str = ""
    folder: str = ""
    made_of: str = ""
    error: str = ""


class Note:
    """What a run says of itself while it is made."""

    def __init__(self, run: AnyRun, name: str | None):
        at, as_of = datetime.now(run.campaign.tz), run.as_of
        self.entry = Entry(
            at.isoformat(timespec="seconds"),
            name or "",
            run.campaign.fingerprint,
            as_of.isoformat() if as_of else None,
            lang=run.lang,
            folder=run.params.name,
        )

    def of_manifest(
        self, run: AnyRun, snapshot: Snapshot, name: str, content: Mapping[str, Any]
    ) -> None:
        """What the run is made of is known."""
        about = date.fromisoformat(content["report_date"])
        self.entry = replace(
            self.entry,
            name=name,
            files=content["intake"]["files"],
            new=content["intake"]["parsed"],
            count=content["whole"]["cumulative"],
            coverage=content["whole"]["coverage"],
            about=about.isoformat(),
            made_of=key_of_day(run, snapshot, about),
        )


@contextmanager
def noted(run: AnyRun, name: str | None) -> Iterator[Note]:
    """Write a run down when it has ended, well or not; wrong params are no run."""
    note = Note(run, name)
    try:
        yield note
    except ParamsError:
        raise
    except (BriefingError, OSError) as error:
        _append(run, replace(note.entry, error=str(error)))
        raise
    else:
        _append(run, note.entry)


def _append(run: AnyRun, entry: Entry) -> None:
    """One write, so that runs side by side do not mix; a full disk costs the line alone."""
    since = datetime.now(run.campaign.tz) - datetime.fromisoformat(entry.at)
    entry = replace(entry, seconds=since.total_seconds())
    register = run.outputs / "register"
    with suppress(OSError):
        make_private(register)
        path = register / JOURNAL
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(handle, "ab", buffering=0) as stream:
            stream.write(line.encode())


def entries(outputs: Path) -> list[Entry]:
    """The runs that are known, oldest first; a line that is damaged is left out."""
    register = outputs / "register"
    lines = (read_kept(register / JOURNAL) or b"").splitlines()
    if len(lines) > MOST_KEPT:
        with suppress(OSError):
            kept = b"\n".join([*lines[-MOST_KEPT // 2 :], b""])
            write_whole(register / JOURNAL, kept, register / ASIDE)
    found = []
    for line in lines:
        with suppress(ValueError, TypeError):
            found.append(Entry(**json.loads(line)))
    return found


@dataclass(frozen=True)
class Last:
    """A run as it is told.

    Attributes:
        count_before: The whole's cumulative by the run before it for the same folder (persons).
        newest: Nothing was made for its folder since.
        params_changed: The run before it for the same folder had other params.
        last: It was not even tried since.
        stale: It would give other tables today: reports, corrections or params are others.
    """

    entry: Entry
    count_before: int | None
    newest: bool
    stale: bool = False
    params_changed: bool = False
    last: bool = True

    @property
    def to_make(self) -> bool:
        """Whether its folder has to be made again: what was made last is out of date, or failed."""
        return self.stale or bool(self.entry.error and self.last)

    @property
    def standing(self) -> dict[str, bool]:
        """What became of it, for other programs."""
        names = ("stale", "newest", "params_changed", "to_make")
        return {name: getattr(self, name) for name in names}


def last_runs(run: RunParams, most: int) -> list[Last]:
    """The last runs, newest first; of those that still stand, whether they are out of date.

    Raises:
        ParamsError: The inbox does not exist.
    """
    known = entries(run.outputs)
    snapshot = take_snapshot(run) if known else None
    counts: dict[str, int | None] = {}  # of the runs so far that were published, by their folder
    newest = {entry.name: at for at, entry in enumerate(known) if not entry.error}
    last = {entry.name: at for at, entry in enumerate(known)}
    params: dict[str, str] = {}
    runs: list[Last] = []
    for at, entry in enumerate(known):
        name = entry.name
        changed = params.setdefault(name, entry.params) != entry.params
        params[name] = entry.params
        is_newest, is_last = newest.get(name) == at, last[name] == at
        runs.append(Last(entry, counts.get(name), is_newest, False, changed, is_last))
        if not entry.error:
            counts[entry.name] = entry.count
    return [
        replace(one, stale=bool(one.newest and snapshot and _is_stale(run, snapshot, one.entry)))
        for one in reversed(runs[-most:])
    ]


def _is_stale(run: RunParams, snapshot: Snapshot, entry: Entry) -> bool:
    """Whether the tables of an entry's day would be made of something else now."""
    as_of = datetime.fromisoformat(entry.as_of) if entry.as_of else None
    then = run.model_copy(update={"as_of": as_of})
    with language(entry.lang):
        about = date.fromisoformat(entry.about)
        return key_of_day(then, replace(snapshot, as_of=as_of), about) != entry.made_of
