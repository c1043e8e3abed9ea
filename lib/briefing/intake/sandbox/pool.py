"""Which worker is given which file: as many side by side as there are processors, at most four."""

from __future__ import annotations

import atexit
import io
import os
import pickle
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Any, TypeVar

from briefing.intake.sandbox.nursery import Ended, Forking, Nursery, Shared, Worker
from briefing.language import current_language
from briefing.params.settings import FileBudget

Task = TypeVar("Task")

MOST_WORKERS = 4
MOST_AHEAD = 64  # results that wait for one before them
LARGEST_RESULT = 256 * 2**20  # bytes
LOADED = ("briefing.intake.reader",)  # before workers are forked


def each(
    work: Callable[[Task], bytes],
    tasks: Iterable[Task],
    budget: FileBudget,
    *,
    workers: int | None = None,
    loaded: Sequence[str] = (),
) -> Iterator[bytes | Ended]:
    """What comes of each task in a worker, in their order; or why nothing did.

    A worker is started where a task waits and none is free. What it says are bytes that a
    stranger's file may have made: they are to be read as data, and doubted.

    Args:
        work: A function of a module, given to the workers by its name.
        tasks: Taken one by one, as workers become free.
        workers: How many work side by side; `None`: as many as processors, at most four.
        loaded: Modules that all tasks need.
    """
    crew = _Crew(budget, workers or usual_workers(), (*LOADED, *loaded))
    try:
        yield from crew.results((work, task) for task in tasks)
    finally:
        crew.dismiss()


def usual_workers() -> int:
    own = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count()
    return min(MOST_WORKERS, own or 1)


@dataclass
class _Job:
    """A task under way. `until`: by the clock, when it is given up."""

    number: int
    message: bytes
    until: float = 0.0


@dataclass
class _Crew:
    """The workers of one call of `each`."""

    budget: FileBudget
    most: int
    loaded: Sequence[str]
    _busy: dict[Worker, _Job] = field(default_factory=dict)
    _idle: list[Worker] = field(default_factory=list)
    _waiting: deque[_Job] = field(default_factory=deque)
    _done: dict[int, bytes | Ended] = field(default_factory=dict)
    _shared: list[Shared] = field(default_factory=list)

    def results(self, tasks: Iterator[tuple[Any, Any]]) -> Iterator[bytes | Ended]:
        yielded, taken, more = 0, 0, True
        while more or yielded < taken:
            while more and not self._waiting and self._has_room(taken - yielded):
                task = next(tasks, None)
                if more := task is not None:
                    self._waiting.append(_Job(taken, self._message(*task)))
                    taken += 1
                    self._hand_out()
            if yielded not in self._done and self._busy:
                self._look()
            self._hand_out()
            while yielded in self._done:
                yield self._done.pop(yielded)
                yielded += 1

    @property
    def nursery(self) -> Nursery:
        return _nursery(self.budget.megabytes)

    def dismiss(self) -> None:
        for worker in (*self._busy, *self._idle):
            self.nursery.end(worker)
        self._busy.clear()
        self._idle.clear()

    def _has_room(self, ahead: int) -> bool:
        return len(self._busy) < self.most and ahead < MOST_AHEAD

    def _message(self, work: Any, task: Any) -> bytes:
        message = io.BytesIO()
        pickler = pickle.Pickler(message)
        pickler.persistent_id = self._number_of  # type: ignore[method-assign]
        pickler.dump((work, task, self.budget.processor_seconds, current_language()))
        return message.getvalue()

    def _number_of(self, value: Any) -> int | None:
        """The number of what tasks share; of all else there is none, and it is in the message."""
        if not isinstance(value, Shared):
            return None
        known = (number for number, one in enumerate(self._shared) if one is value)
        if (number := next(known, None)) is None:
            self._shared.append(value)
            return len(self._shared) - 1
        return number

    def _hand_out(self) -> None:
        while self._waiting and len(self._busy) < self.most:
            job = self._waiting.popleft()
            worker = self._idle.pop() if self._idle else self.nursery.start(self.loaded)
            job.until = time.monotonic() + self.budget.seconds
            self._busy[worker] = job
            worker.files += 1
            new = {n: one for n, one in enumerate(self._shared) if n not in worker.given}
            worker.given |= new.keys()
            try:
                worker.ends.send((new, job.message))
            except OSError:  # it ended before it had read its task
                self._end(worker)

    def _look(self) -> None:
        """Wait until a worker has said something, or has to be ended."""
        by_ends: dict[Any, Worker] = {worker.ends: worker for worker in self._busy}
        nursery = self.nursery
        pause = max(0.0, min(job.until for job in self._busy.values()) - time.monotonic())
        for ends in wait([*by_ends], min(pause, nursery.pause or pause)):
            worker = by_ends.pop(ends)
            try:
                made = worker.ends.recv_bytes(LARGEST_RESULT)
            except (EOFError, OSError):
                self._end(worker)
            else:
                self._done[self._busy.pop(worker).number] = made
                self._idle.append(worker)
        for worker in by_ends.values():
            over = nursery.overrun(worker, self.budget.processor_seconds)
            late = self._busy[worker].until < time.monotonic()
            if reason := over or (Ended.WAITED if late else None):
                self._end(worker, reason)

    def _end(self, worker: Worker, reason: Ended | None = None) -> None:
        """Replace a worker. What it had read before may be to blame: then its file gets another."""
        job = self._busy.pop(worker)
        why = self.nursery.end(worker)
        reason = reason or why
        if worker.files > 1 and reason in (Ended.MEMORY, Ended.DAMAGED, Ended.LOST):
            self._waiting.appendleft(job)
        else:
            self._done[job.number] = reason


_nurseries: dict[tuple[int, int], Nursery] = {}  # of a process and its budget, in megabytes
_starting = threading.Lock()


def _nursery(megabytes: int) -> Nursery:
    """The nursery of this process, made where a worker is first asked for."""
    key = (os.getpid(), megabytes)
    with _starting:
        if key not in _nurseries:
            _nurseries[key] = _new(megabytes)
            atexit.register(_close, os.getpid(), _nurseries[key])
        return _nurseries[key]


def _new(megabytes: int) -> Nursery:
    if sys.platform == "linux":
        return Forking(megabytes)
    from briefing.intake.sandbox.spawning import Spawning  # with psutil, for want of a fork

    return Spawning(megabytes)


def _close(process: int, nursery: Nursery) -> None:
    if process == os.getpid():  # else this one was forked from the one whose it is
        nursery.close()
