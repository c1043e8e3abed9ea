"""Files that are kept: for their owner alone, and after a crash the old content or the new one."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o700  # of a folder, for its owner alone
ASIDE = ".aside"  # inside the register: what is being written; what lies there is left by a kill


def make_private(folder: Path) -> None:
    """Make a folder for its owner alone; one that others could look into is closed to them.

    What is no folder, where one belongs, is deleted.
    """
    if os.path.lexists(folder) and not folder.is_dir():
        folder.unlink()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(PRIVATE, exist_ok=True)
    if os.name != "nt" and stat.S_IMODE(folder.stat().st_mode) != PRIVATE:
        close_to_others(folder)


def is_writable(folder: Path) -> bool:
    """Whether there is a folder in which this user may make files."""
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def close_to_others(folder: Path) -> None:
    """Leave a folder, with all that is in it, to its owner alone."""
    folder.chmod(PRIVATE)
    for path in folder.rglob("*"):
        if not path.is_symlink():
            path.chmod(PRIVATE if path.is_dir() else 0o600)


def delete(path: Path) -> None:
    """Delete what lies at a place, be it a folder that is closed to its owner."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    else:
        close_to_others(path)
        shutil.rmtree(path, ignore_errors=True)


def read_kept(path: Path) -> bytes | None:
    """What a file holds; `None` where there is none or it can't be read."""
    if not os.path.isfile(path):
        return None
    with suppress(OSError):
        if not os.access(path, os.R_OK):
            path.chmod(0o600)
        return path.read_bytes()
    return None


def write_whole(path: Path, content: bytes, aside: Path) -> None:
    """Write a file so that a reader sees the old content or the new one, never half; also after
    the machine has lost its power. That it is the new one is sure once its folder is flushed.

    Args:
        aside: A folder of the same disk, where it is written first.
    """
    if not is_writable(aside):
        make_private(aside)
    if path.is_dir():
        delete(path)
    handle, name = tempfile.mkstemp(dir=aside)  # for its owner alone
    with open(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(name, path)


def flush_folder(folder: Path) -> None:
    """Make what was renamed in a folder last; Windows has no such call, and does so itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
