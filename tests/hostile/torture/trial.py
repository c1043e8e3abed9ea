"""Damaged files go through the workers of the product; what comes of each is judged."""

from __future__ import annotations

import time
import traceback
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from briefing.intake.apart import LOADED, Request, _packed_facts, settled
from briefing.intake.packing import unpacked
from briefing.intake.reader import Reader
from briefing.intake.sandbox import Ended, Shared, each
from briefing.intake.submission import Submission
from briefing.params import Campaign
from tests.hostile.torture.mutants import mutant
from tests.hostile.torture.originals import Original

SLOW = 5.0  # seconds of processor time that are told, though the budget is larger


class End(StrEnum):
    """What came of a damaged file."""

    SAME = "the facts of the original"
    SAID = "other facts, and a finding that says so"
    OTHER = "another report: another program shows other contents too"
    ENDED = "its worker was ended: too slow, too large"
    ABORT = "ABORT: its worker died"
    HANG = "HANG: over its budget by the clock"
    TRACEBACK = "TRACEBACK: an exception that is no finding"
    SILENT = "SILENT: other facts, and no finding that says so"


FAULTS = (End.ABORT, End.HANG, End.TRACEBACK, End.SILENT)


class Mutant(NamedTuple):
    original: Original
    seed: str
    content: bytes
    how: str


class Outcome(NamedTuple):
    """Attributes: told: What is to be known of it, in words."""

    mutant: Mutant
    end: End
    seconds: float
    told: str = ""


def mutants(originals: Sequence[Original], seed: int, count: int) -> Iterator[Mutant]:
    """As many of each kind of file, of the sample's and the slow ones by their shares."""
    credit = [0.0 for _original in originals]
    made = 0
    while made < count:
        for number, original in enumerate(originals):
            credit[number] += original.share
            while credit[number] >= 1 and made < count:
                credit[number] -= 1
                of = f"{seed}/{number}/{made}"
                yield Mutant(original, of, *mutant(original.content, of))
                made += 1


def trials(
    campaign: Campaign, originals: Sequence[Original], tried: Iterable[Mutant],
    workers: int | None = None,
) -> Iterator[Outcome]:  # fmt: skip
    """What comes of each, in order."""
    reader = Reader(campaign, b"a key of the tests")
    budget, shared = campaign.file_budget, Shared.of(reader)
    waiting: deque[Mutant] = deque()

    def requests() -> Iterator[Request]:
        for original in originals:
            yield Request(shared, original.content, original.name, budget)
        for one in tried:
            waiting.append(one)
            yield Request(shared, one.content, one.original.name, budget)

    made = each(read, requests(), budget, workers=workers, loaded=(*LOADED, __name__))
    sound = {original: _reports(original, next(made)) for original in originals}
    for read_of in made:
        one = waiting.popleft()
        yield _judged(one, read_of, sound[one.original], reader)


def read(request: Request) -> bytes:
    """In a worker: what a file says, as the product asks for it; or the traceback."""
    start = time.process_time()
    try:
        said = b"R" + _packed_facts(request)
    except (MemoryError, SystemExit):
        raise
    except BaseException:
        said = b"T" + traceback.format_exc().encode(errors="replace")
    return b"%.3f\n%s" % (time.process_time() - start, said)


def _reports(original: Original, made: bytes | Ended) -> list[Submission]:
    assert not isinstance(made, Ended), (original.name, made)
    _seconds, _line, said = made.partition(b"\n")
    assert said[:1] == b"R", said[1:].decode()
    reports = unpacked(said[1:])
    assert any(facts_of(reports)) or original.share < 1, (original.name, reports)
    return reports


def _judged(
    one: Mutant, made: bytes | Ended, sound: Sequence[Submission], reader: Reader
) -> Outcome:
    if isinstance(made, Ended):
        return Outcome(one, ENDS[made], 0.0, made)
    seconds, _line, said = made.partition(b"\n")
    if said[:1] == b"T":
        return Outcome(one, End.TRACEBACK, float(seconds), said[1:].decode())
    sha256 = unpacked(said[1:])[0].sha256
    reports = unpacked(settled(said[1:], reader, one.original.name, sha256))
    facts, before = facts_of(reports), facts_of(sound)
    end = End.SAME if facts == before else End.SAID
    if end == End.SAID and not said_of(reports) - said_of(sound):
        end = End.SILENT
    lost, new = ([*map(str, a - b)] for a, b in ((before, facts), (facts, before)))
    told = f"{'; '.join(lost)} became {'; '.join(new) or 'nothing'}" if end == End.SILENT else ""
    return Outcome(one, end, float(seconds), told)


ENDS = {
    Ended.SLOW: End.ENDED,
    Ended.MEMORY: End.ENDED,
    Ended.WAITED: End.HANG,
    Ended.DAMAGED: End.ABORT,
    Ended.LOST: End.ABORT,
}


def facts_of(reports: Iterable[Submission]) -> Counter[tuple[object, ...]]:
    """What tables rest on: whose reports they are, of which day, with which figures."""
    return Counter(
        (one.form, one.unit_code, str(one.report_date), *sorted(facts))
        for one in reports
        if (facts := [pair for pair in one.facts.items() if pair[1] is not None])
    )


def said_of(reports: Iterable[Submission]) -> Counter[tuple[str, ...]]:
    """What is said to be wrong."""
    return Counter((f.rule, f.where, f.found) for one in reports for f in one.findings)


@dataclass
class Tally:
    """What came of all of them."""

    ends: Counter[End] = field(default_factory=Counter)
    by_ending: Counter[str] = field(default_factory=Counter)
    slowest: list[Outcome] = field(default_factory=list)
    told: list[Outcome] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.ends[outcome.end] += 1
        self.by_ending[outcome.mutant.original.ending] += 1
        if outcome.end in (*FAULTS, End.ENDED):
            self.told.append(outcome)
        self.slowest = sorted([*self.slowest, outcome], key=lambda one: -one.seconds)[:5]

    @property
    def faults(self) -> list[Outcome]:
        return [one for one in self.told if one.end in FAULTS]
