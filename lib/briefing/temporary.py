"""Folders that a run needs for a while, and that the next run deletes where it was killed.

A folder is its run's while the run holds the lock beside it. The system lets go of the lock when
the run ends, however it ends: a folder whose lock can be taken is nobody's.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX, HELD = "briefing", ".lock"
OURS = f"{PREFIX}.{'[0-9a-f]' * 8}"  # a process that outlives its run may make its folder again
# Where programs look for such a folder; Jupyter writes there how its kernels are reached.
VARIABLES = ("TMPDIR", "TEMP", "TMP", "JUPYTER_RUNTIME_DIR")


@contextmanager
def own_folder(parent: Path, name: str, mode: int = 0o777) -> Iterator[Path]:
    """A fresh folder `parent/name.…`, deleted at the end, if it is still there then."""
    folder = parent / f"{name}.{secrets.token_hex(4)}"
    held = FileLock(f"{folder}{HELD}", mode=0o600)
    held.acquire()
    folder.mkdir(mode)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        _let_go(held)


def clear(parent: Path, pattern: str = "*") -> None:
    """Delete the own folders of runs that have ended.

    Args:
        pattern: Names that are looked at.
    """
    for name in {path.name.removesuffix(HELD) for path in parent.glob(pattern)}:
        held = FileLock(parent / f"{name}{HELD}", mode=0o600)
        with suppress(Timeout, OSError):  # it lives, or is another user's
            held.acquire(blocking=False)
            shutil.rmtree(parent / name, ignore_errors=True)
            _let_go(held)


def _system_folder() -> Path:
    """The system's folder for temporary files.

    Not asked of `tempfile` where it is plain: that tries by writing a file, which a kill leaves.
    """
    named = [os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP")]
    known = [tempfile.tempdir, *named, "/tmp"]
    usable = (name for name in known if name and os.access(name, os.W_OK | os.X_OK))
    return Path(next(usable, None) or tempfile.gettempdir())


def _let_go(held: FileLock) -> None:
    """Delete the file of a lock, then release it, so that nobody takes what is being deleted."""
    lock = Path(held.lock_file)
    try:
        lock.unlink()
        held.release()
    except OSError:  # Windows deletes no file that is open
        held.release()
        with suppress(OSError):
            lock.unlink()


@contextmanager
def temporary_files() -> Iterator[Path]:
    """One folder for all temporary files of this process and of those that it starts."""
    system = _system_folder()
    clear(system, f"{OURS}*")
    before = {name: os.environ.get(name) for name in VARIABLES}
    chosen = tempfile.tempdir
    with own_folder(system, PREFIX, mode=0o700) as folder:
        os.environ.update(dict.fromkeys(VARIABLES, str(folder)))
        tempfile.tempdir = str(folder)
        try:
            yield folder
        finally:
            tempfile.tempdir = chosen
            for name, value in before.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
    clear(system, f"{OURS}*")
