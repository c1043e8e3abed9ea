"""Who works on published folders that lie elsewhere: one run at a time.

A note there says whose they are. Its owner writes it again and again; one that stands as it was for
longer is of a run that was killed, and is taken over. No clock is compared with another machine's.
"""

from __future__ import annotations

import json
import logging
import os
import platform
import secrets
import time
from collections.abc import Callable
from typing import Any

import psutil

from briefing.errors import RunError
from briefing.messages import _
from briefing.remote.store import Store

NOTE = ".briefing/lock.json"
BEAT = 15.0  # seconds after which its owner writes the note again
DEAD = 90.0  # seconds after which nobody does any more
LOOK = 1.0  # seconds between two looks of who waits

_log = logging.getLogger(__name__)


class Lease:
    """The right to change what lies in a store."""

    def __init__(self, store: Store):
        self._store = store
        self._id = secrets.token_hex(8)
        self._beats, self._last = 0, 0.0

    def take(self, wait: Callable[[float], object] = time.sleep) -> None:
        """Wait until nobody else works there, saying so.

        Args:
            wait: For some seconds; what it raises ends the waiting.
        """
        since, before, is_announced = time.monotonic(), b"", False
        while not self._taken():
            note = self._store.read(NOTE) or b""
            if note != before:
                since, before = time.monotonic(), note
            elif time.monotonic() - since > DEAD or _is_gone(note):
                self._store.remove([NOTE])
            elif not is_announced:
                self._say(note)
                is_announced = True
            wait(LOOK)

    def beat(self) -> None:
        """Say that this run is alive, if that was said a while ago."""
        if time.monotonic() - self._last > BEAT:
            self.demand()
            self._write()

    def demand(self) -> None:
        """Be sure that the right is this run's.

        Raises:
            RunError: It was asleep for too long, and another one has taken it over.
        """
        if not self._is_mine():
            raise RunError(
                _(
                    "{url}: this run was halted for too long, and another one works there now. "
                    "Run again. Nothing was published.",
                    url=self._store.shown,
                )
            )

    def leave(self) -> None:
        if self._is_mine():
            self._store.remove([NOTE])

    def _taken(self) -> bool:
        if self._store.read(NOTE) is None:
            self._write(new=True)
            if self._store.read(NOTE) is None:  # a store that has no such way of writing
                self._write()
        return self._is_mine()

    def _write(self, *, new: bool = False) -> None:
        self._beats, self._last = self._beats + 1, time.monotonic()
        by = (os.getpid(), platform.node())
        note = json.dumps({"id": self._id, "beat": self._beats, "by": by})
        self._store.write(NOTE, note.encode(), new=new)

    def _is_mine(self) -> bool:
        return self._id.encode() in (self._store.read(NOTE) or b"")

    def _say(self, note: bytes) -> None:
        process, machine = _by(note)
        _log.warning(
            _(
                "{url}: another run is at work there (process {process} of {machine}). This one "
                "waits until it is done; Ctrl-C ends it, and changes nothing.",
                url=self._store.shown,
                process=str(process),
                machine=str(machine),
            )
        )


def _by(note: bytes) -> tuple[Any, Any]:
    """Process and machine of whose note it is, as far as it says so."""
    try:
        process, machine = json.loads(note)["by"]
    except (ValueError, KeyError, TypeError):
        return "?", "?"
    return process, machine


def _is_gone(note: bytes) -> bool:
    """Whether it is of a process of this machine that is no more."""
    process, machine = _by(note)
    return machine == platform.node() and not psutil.pid_exists(process)
