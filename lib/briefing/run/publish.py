"""Published last, whole, or not at all: built aside, then swapped in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

STAGING, BEFORE, FAILED = ".staging", ".before", "failed"
UNITS = "units"  # folder of the units' pages inside a day; a day made again keeps it
INSIDE = "+"  # stands for the slash of a name in the folders where things are put aside


@contextmanager
def staging(outputs: Path, name: str) -> Iterator[Path]:
    """A fresh folder that becomes `outputs/name` when the block ends well.

    `name` may be a path below `outputs`, such as that of the units' pages of a day.

    A block that raises leaves what was published before as it was, and the staging folder is
    removed. A process that is killed leaves a staging folder that the next run removes.
    """
    folder = outputs / STAGING / f"{_aside(name)}.{os.getpid()}"
    recover(outputs)
    folder.mkdir(parents=True)
    try:
        yield folder
        _swap_in(folder, outputs, name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def recover(outputs: Path) -> None:
    """Undo what a killed run left: a swap that stopped half-way, staging folders of the dead."""
    with _lock(outputs):
        for before in sorted((outputs / BEFORE).glob("*")):
            published = outputs / before.name.replace(INSIDE, "/")
            if published.exists():
                shutil.rmtree(before, ignore_errors=True)
            else:
                published.parent.mkdir(parents=True, exist_ok=True)
                before.rename(published)
        for folder in (outputs / STAGING).glob("*.*"):
            if not _alive(folder.suffix.removeprefix(".")):
                shutil.rmtree(folder, ignore_errors=True)


def keep_failed(folder: Path, kept: Path) -> None:
    """Keep what a failed run made for the analyst, notebooks above all."""
    shutil.rmtree(kept, ignore_errors=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, kept)
    settle_paths(kept, folder)


def settle_paths(folder: Path, built_in: Path, lasting: Path | None = None) -> None:
    """Make executed notebooks name the folder where they will lie, so that they run again there."""
    for notebook in folder.glob("notebooks/*.ipynb"):
        text = notebook.read_text(encoding="utf-8")
        text = text.replace(built_in.as_posix(), (lasting or folder).as_posix())
        notebook.write_text(text, encoding="utf-8")


def _swap_in(folder: Path, outputs: Path, name: str) -> None:
    published, before = outputs / name, outputs / BEFORE / _aside(name)
    with _lock(outputs):
        before.parent.mkdir(parents=True, exist_ok=True)
        published.parent.mkdir(parents=True, exist_ok=True)
        if (published / UNITS).is_dir():
            shutil.copytree(published / UNITS, folder / UNITS, dirs_exist_ok=True)
        if published.exists():
            shutil.rmtree(before, ignore_errors=True)
            published.rename(before)
        folder.rename(published)
        shutil.rmtree(before, ignore_errors=True)


def _aside(name: str) -> str:
    """A name as one folder, for what lies aside until it is swapped in."""
    return name.replace("/", INSIDE)


def _lock(outputs: Path) -> FileLock:
    outputs.mkdir(parents=True, exist_ok=True)
    return FileLock(outputs / ".publishing.lock")


def _alive(pid: str) -> bool:
    """Whether a process still runs; a folder of a name that is no process belongs to nobody."""
    if not pid.isdigit():
        return False
    if os.name == "nt":
        return pid == str(os.getpid())
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
