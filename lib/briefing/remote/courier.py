"""Who speaks with stores: a process apart, since the libraries for that have threads.

A process with threads could not be forked any more, as kernels and readers are. Between two pieces
of work it says that the run is alive; when the run has ended, however it ended, so does this.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from filelock import FileLock

from briefing.errors import BriefingError, RunError
from briefing.language import current_language, set_language
from briefing.messages import _
from briefing.one_thread import has_one_thread
from briefing.remote.lease import BEAT, Lease
from briefing.remote.store import Store
from briefing.remote.sync import Mirror, bring, mend, take_back

PATIENCE = 10.0  # seconds in which it ends


class Work:
    """What is done with stores.

    Args:
        wait: For some seconds; what it raises ends the waiting for another run.
    """

    def __init__(self, wait: Callable[[float], object] = time.sleep):
        self._wait = wait
        self._leases: dict[str, tuple[Store, Lease]] = {}

    def bring(self, url: str, folder: Path, most: int | None, is_written: bool) -> None:
        """Make a folder what is there; one that is written to is this run's until the end."""
        store = Store(url)
        if is_written:
            lease = Lease(store)
            lease.take(self._wait)
            self._leases[url] = store, lease
            mend(store, self.beat)
        mirror = Mirror.at(folder)
        with FileLock(folder.parent / "lock"):
            bring(store, mirror, most, self.beat)

    def take_back(self, url: str, folder: Path) -> None:
        store, lease = self._leases[url]
        take_back(store, Mirror.at(folder), lease.demand, self.beat)

    def beat(self) -> None:
        for _store, lease in self._leases.values():
            lease.beat()

    def end(self) -> None:
        while self._leases:
            _url, (_store, lease) = self._leases.popitem()
            with suppress(BriefingError):
                lease.leave()


class Courier:
    """The same, done in a process apart."""

    def __init__(self) -> None:
        forks = sys.platform == "linux" and has_one_thread()
        context = multiprocessing.get_context("fork" if forks else "spawn")
        self._pipe, its = context.Pipe()
        self._process = context.Process(  # type: ignore[attr-defined]  # of every context
            target=_serve, args=(its, self._pipe, current_language()), daemon=True
        )
        self._process.start()
        its.close()

    def bring(self, *given: Any) -> None:
        self._ask("bring", given)

    def take_back(self, *given: Any) -> None:
        self._ask("take_back", given)

    def end(self) -> None:
        """Let go. That the pipe is closed it would not see: forks of this process hold it open."""
        with suppress(OSError):
            self._pipe.send(None)
        self._process.join(PATIENCE)

    def _ask(self, what: str, given: tuple[Any, ...]) -> None:
        try:
            self._pipe.send((what, given))
            fault = self._pipe.recv()
        except (OSError, EOFError) as error:
            raise RunError(
                _(
                    "The process that speaks with {url} has ended. Run again. Nothing was "
                    "published.",
                    url=given[1],
                )
            ) from error
        if fault:
            raise fault


def _serve(pipe: Connection, others: Connection, language: str) -> None:
    others.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the run, which then lets go
    set_language(language)
    work = Work(lambda seconds: _wait(pipe, seconds))
    try:
        while True:
            if not pipe.poll(BEAT):
                with suppress(BriefingError):
                    work.beat()
                continue
            if not (asked := pipe.recv()):
                break
            what, given = asked
            pipe.send(_fault_of(getattr(work, what), given))
    except (EOFError, OSError):
        pass
    finally:
        work.end()


def _wait(pipe: Connection, seconds: float) -> None:
    """Wait for another run, unless this one has ended meanwhile."""
    if pipe.poll(seconds):
        raise EOFError


def _fault_of(work: Callable[..., None], given: tuple[Any, ...]) -> Exception | None:
    try:
        work(*given)
    except EOFError:
        raise
    except BriefingError as error:
        return type(error)(*error.args)
    except Exception as error:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return None
