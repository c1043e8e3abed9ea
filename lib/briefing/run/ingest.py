"""From the inbox to the register: what is new is parsed, in this process or side by side."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from briefing.intake.submission import Submission
from briefing.params import RunParams
from briefing.register import Arrival, Register, scan
from briefing.register.arrivals import InboxFinding, Scan
from briefing.run.cluster import Cluster

if TYPE_CHECKING:
    from briefing.intake.reader import Reader

Progress = Callable[[str, int], None]  # which file, of how many
MANY = 200  # new files; fewer are parsed before other processes have begun
MOST_WAITING = 1 << 26  # bytes of files that wait to be parsed side by side


def ingest(
    run: RunParams, register: Register, cluster: Cluster, progress: Progress
) -> tuple[Scan, int]:
    """What lies in the inbox, and lay there before; how many files had to be parsed."""
    intake = _Intake(register, cluster)
    found = scan(run.inbox, register.arrivals(), run.campaign.tz, intake.take_in, progress)
    intake.parse_waiting()
    new = register.record(found.arrivals)
    earlier = [arrival for arrival in found.overwritten if register.holds(arrival)]
    lost = [arrival for arrival in found.overwritten if arrival not in earlier]
    findings = (*found.findings, *map(InboxFinding.of_lost, lost))
    mentioned = run.campaign.files_named
    shown = tuple(register.name(new, findings, mentioned))
    known = replace(found, arrivals=(*found.arrivals, *earlier), findings=shown)
    return known, intake.parsed


@dataclass
class _Intake:
    """Puts what arrives on the register's shelf, in the order of arrival, wherever it is parsed."""

    register: Register
    cluster: Cluster
    many: int = MANY
    parsed: int = 0
    _waiting: list[tuple[Arrival, bytes]] = field(default_factory=list)

    def take_in(self, arrival: Arrival, content: bytes) -> None:
        if not self.cluster.elsewhere:
            self.parsed += self.register.take_in(arrival, content)
        elif self.register.lacks(arrival):
            self._waiting.append((arrival, content))
            if sum(len(waiting) for _arrival, waiting in self._waiting) > MOST_WAITING:
                self.parse_waiting()

    def parse_waiting(self) -> None:
        reader = pickle.dumps(self.register.reader) if self._waiting else b""
        tasks = ((reader, content, arrival.path) for arrival, content in self._waiting)
        read = self.cluster.each(_read, tasks, len(self._waiting), self.many)
        for (arrival, _content), submissions in zip(self._waiting, read, strict=True):
            self.register.shelve(arrival, submissions)
        self.parsed += len(self._waiting)
        self._waiting.clear()


def _read(task: tuple[bytes, bytes, str]) -> list[Submission]:
    """What a file says: of a pickled reader, the file's bytes and its path."""
    reader, content, path = task
    return _reader(reader).read(content, path)


@lru_cache(maxsize=1)
def _reader(pickled: bytes) -> Reader:
    """The reader of many tasks, once in a process."""
    return pickle.loads(pickled)
