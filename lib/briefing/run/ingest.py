"""From the inbox to the register: what is new is read apart, here or on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, islice
from types import ModuleType
from typing import TYPE_CHECKING

from briefing.errors import IntakeError
from briefing.params.run import AnyRun
from briefing.register import Arrival, Register, arriving
from briefing.register.arrivals import UNWATCHED, Coming, InboxFinding, Scan, in_order, unread
from briefing.run.cluster import Cluster

if TYPE_CHECKING:
    from briefing.intake.sandbox import Ended

Progress = Callable[[str, int], None]  # which file, of how many
Arriving = Generator[tuple[Arrival, bytes], None, Scan]
MANY = 100  # new files; fewer are read here before a cluster has begun
TOGETHER = 20  # files of a task of a cluster, to which the reader, of megabytes, is sent once


def ingest(
    run: AnyRun,
    register: Register,
    cluster: Cluster,
    progress: Progress,
    coming: Coming = UNWATCHED,
) -> tuple[Scan, int]:
    """What lies in the inbox, and lay there before; how many files had to be read."""
    intake = Intake(register, cluster)
    known = register.arrivals()
    found = intake.read(arriving(run.inbox, known, run.campaign.tz, progress, coming))
    new = register.record(found.arrivals)
    earlier = [arrival for arrival in found.overwritten if register.holds(arrival)]
    lost = [arrival for arrival in found.overwritten if arrival not in earlier]
    findings = (*found.findings, *map(InboxFinding.of_lost, lost))
    shown = tuple(register.name(new, findings, run.campaign.files_named))
    there = [arrival for arrival in found.arrivals if arrival not in intake.unknown]
    register.pack(there)
    return replace(found, arrivals=(*there, *earlier), findings=shown), len(intake.new)


@dataclass
class Intake:
    """Puts what arrives into the register, in the order of arrival, wherever it is read.

    Attributes:
        new: What the register did not hold.
        unknown: What is not there still: the machine could not read it, and tries again next time.
    """

    register: Register
    cluster: Cluster
    many: int = MANY
    new: list[Arrival] = field(default_factory=list)
    unknown: dict[Arrival, InboxFinding] = field(default_factory=dict)
    _found: Scan | None = None

    def read(self, files: Arriving) -> Scan:
        """Read each new file while the next ones are looked at."""
        for number, made in enumerate(self._read(self._lacking(files))):
            self._keep(self.new[number], made)
        assert self._found
        findings = in_order([*self._found.findings, *self.unknown.values()])
        return replace(self._found, findings=findings)

    def _read(self, lacking: Iterator[tuple[Arrival, bytes]]) -> Iterator[bytes | Ended]:
        """What is new, read by this machine or, where that is much, by the cluster."""
        first = [*islice(lacking, 1)]
        if not first:
            return  # and nothing that reads is loaded
        apart = self._apart
        reader, budget = apart.Shared.of(self.register.reader), self.register.campaign.file_budget
        files = chain(first, lacking)
        requests = (
            apart.Request(reader, content, arrival.path, budget) for arrival, content in files
        )
        here = [*islice(requests, self.many)] if self.cluster.scheduler else []
        everything = chain(here, requests)
        if len(here) == self.many:
            tasks = iter(lambda: [*islice(everything, TOGETHER)], [])
            count = max(2, self.many // TOGETHER)
            yield from chain.from_iterable(self.cluster.each(apart.read_some_apart, tasks, count))
        else:
            yield from apart.read_apart(everything, budget, self.cluster.workers_asked)

    @cached_property
    def _apart(self) -> ModuleType:
        from briefing.intake import apart  # what reads

        return apart

    def _lacking(self, files: Arriving) -> Iterator[tuple[Arrival, bytes]]:
        while True:
            try:
                arrival, content = next(files)
            except StopIteration as done:
                self._found = done.value
                return
            if self.register.lacks(arrival):
                self.new.append(arrival)
                yield arrival, content

    def _keep(self, arrival: Arrival, made: bytes | Ended) -> None:
        try:
            body = self._apart.settled(made, self.register.reader, arrival.path, arrival.sha256)
        except IntakeError as error:
            self.unknown[arrival] = unread(arrival.path, error)
        else:
            self.register.keep(arrival, body)
