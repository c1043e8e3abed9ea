"""Workers where there is no fork (Windows, macOS): programs of their own, watched from outside."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import psutil

from briefing.intake.sandbox.nursery import Ended, Worker, serve_files
from briefing.intake.sandbox.walls import MB, shut_in


class Spawning:
    """Workers that are started one by one; memory and processor time are asked of the system."""

    pause: float | None = 0.25

    def __init__(self, megabytes: int) -> None:
        self._megabytes = megabytes
        self._processes: dict[int, Any] = {}
        self._begun: dict[int, tuple[int, float]] = {}  # its files; seconds used before the last

    def start(self, loaded: Sequence[str]) -> Worker:
        ours, its = multiprocessing.Pipe()
        folder = tempfile.mkdtemp(prefix="reading-")
        given = (its, folder, self._megabytes, tuple(loaded))
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=_serve_alone, args=given, daemon=True)
        process.start()
        its.close()
        assert process.pid
        self._processes[process.pid] = (process, folder)
        return Worker(process.pid, ours)

    def overrun(self, worker: Worker, seconds: float) -> Ended | None:
        with suppress(psutil.Error):
            process = psutil.Process(worker.pid)
            family = [process, *process.children(recursive=True)]
            times = process.cpu_times()
            used = sum(times[:4]) + sum(sum(one.cpu_times()[:2]) for one in family[1:])
            files, before = self._begun.get(worker.pid, (0, used))
            if files != worker.files:
                self._begun[worker.pid] = (worker.files, before := used)
            if used - before > seconds:
                return Ended.SLOW
            if any(one.memory_info().rss > self._megabytes * MB for one in family):
                return Ended.MEMORY
        return None

    def end(self, worker: Worker) -> Ended:
        worker.ends.close()
        process, folder = self._processes.pop(worker.pid)
        with suppress(psutil.Error):
            for child in psutil.Process(worker.pid).children(recursive=True):
                child.kill()
        process.join(0.5)
        if process.is_alive():
            process.kill()
            process.join()
        shutil.rmtree(folder, ignore_errors=True)
        return Ended.of_code(process.exitcode)

    def close(self) -> None:
        """Nothing is left: each worker ends with this process."""


def _serve_alone(ends: Connection, folder: str, megabytes: int, loaded: Sequence[str]) -> None:
    """The program of a worker."""
    for name in loaded:
        import_module(name)
    shut_in(Path(folder), megabytes)
    os._exit(serve_files(ends))  # at once: who is slow to end is taken for one that does not
