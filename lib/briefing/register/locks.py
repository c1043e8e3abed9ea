"""A lock that says for whom it waits."""

from __future__ import annotations

import json
import logging
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from briefing.messages import _

PATIENCE = 1.0  # seconds that are waited before anything is said
BY = ".by"  # ending of the note of who holds a lock

_log = logging.getLogger(__name__)


@contextmanager
def held(lock: Path, mode: int = 0o644) -> Iterator[None]:
    """Nobody else holds the lock in the block; who has to wait for another run says so.

    Args:
        mode: Permissions of the lock's file.
    """
    file = FileLock(lock, mode=mode)
    note = lock.with_name(lock.name + BY)
    _acquire(file, note, lock.parent)
    try:
        with suppress(OSError):  # as on a full disk: a note is not worth a run
            holder = json.dumps([os.getpid(), platform.node(), time.time()])
            note.write_text(holder, encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            note.unlink()
        file.release()


def _acquire(file: FileLock, note: Path, folder: Path) -> None:
    try:
        file.acquire(timeout=PATIENCE)
        return
    except Timeout:
        begun = time.monotonic() - PATIENCE
    _log.warning(
        _(
            "{folder}: another run is at work here{whose}. This one waits until it is done, and "
            "then goes on; Ctrl-C ends it, and changes nothing.",
            folder=folder,
            whose=_whose(note),
        )
    )
    file.acquire()
    waited = round(time.monotonic() - begun)
    _log.warning(
        _("{folder}: the other run is done; going on, after {n} s.", folder=folder, n=waited)
    )


def _whose(note: Path) -> str:
    """Who holds a lock, where the note says so."""
    try:
        process, machine, since = json.loads(note.read_text(encoding="utf-8"))
        clock = datetime.fromtimestamp(since).strftime("%H:%M:%S")
    except (OSError, ValueError, TypeError, OverflowError):
        return ""
    return " " + _(
        "(process {process} of {machine}, since {clock})",
        process=str(process),
        machine=str(machine),
        clock=clock,
    )
