"""Work that is done side by side, in processes of their own."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from multiprocessing.connection import wait
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")


def one_by_one(
    work: Callable[[Task], Result], tasks: Sequence[Task], workers: int
) -> Iterator[Result]:
    """What comes of each task, as it comes; with one worker in this very process, in order.

    Args:
        work: A function of a module, so that another process finds it.
        workers: Tasks done at the same time, each in a process of its own.
    """
    if min(workers, len(tasks)) <= 1:
        yield from map(work, tasks)
        return
    fresh = multiprocessing.get_context("spawn")  # a fork of a process with threads may hang
    count = min(workers, len(tasks))
    with ProcessPoolExecutor(count, mp_context=fresh, initializer=_end_with_parent) as pool:
        yield from (future.result() for future in as_completed(_handed_out(pool, work, tasks)))


def _handed_out(
    pool: Executor, work: Callable[[Task], Result], tasks: Sequence[Task]
) -> list[Future[Result]]:
    return [pool.submit(work, task) for task in tasks]


def _end_with_parent() -> None:
    """A worker whose parent is killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # this runs in a worker

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
