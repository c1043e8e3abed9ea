"""Published last, whole, or not at all: built aside, then swapped in."""

from __future__ import annotations

import os
import shutil
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from briefing.errors import RunError
from briefing.messages import _
from briefing.mirrors import shown
from briefing.register.files import flush_folder
from briefing.register.locks import held
from briefing.run.exchange import exchange
from briefing.temporary import clear, own_folder

STAGING, BEFORE, FAILED = ".staging", ".before", "failed"
UNITS = "units"  # folder of the units' pages inside a day; a day made again keeps it
INSIDE = "+"  # stands for the slash of a name in the folders where things are put aside
AT_ONCE = 8  # files that are flushed
OPEN_FILES_BLOCK = os.name == "nt"  # a folder is not renamed while a program holds its files open


@contextmanager
def staging(outputs: Path, name: str) -> Iterator[Path]:
    """A fresh folder that becomes `outputs/name` when the block ends well.

    `name` may be a path below `outputs`, such as that of the units' pages of a day.

    A block that raises leaves what was published before as it was, and the staging folder is
    removed. A process that is killed leaves a staging folder that the next run removes.

    Raises:
        RunError: What is published under this name is open in another program.
    """
    demand_closed(outputs / name)
    recover(outputs)
    with building(outputs, name) as folder:
        yield folder
        _swap_in(folder, outputs, name)


@contextmanager
def building(outputs: Path, name: str) -> Iterator[Path]:
    """A fresh folder aside, deleted at the end of the block if it is still there."""
    (outputs / STAGING).mkdir(parents=True, exist_ok=True)
    with own_folder(outputs / STAGING, _aside(name)) as folder:
        yield folder


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
        clear(outputs / STAGING)


def demand_closed(published: Path) -> None:
    """Before the work is done, not after: a document that is open could not be replaced."""
    if not OPEN_FILES_BLOCK:
        return
    for path in sorted(published.rglob("*")):
        if path.is_file() and os.access(path, os.W_OK):
            try:
                path.open("r+b").close()
            except OSError as error:
                raise _open_elsewhere(path) from error


def _open_elsewhere(path: Path) -> RunError:
    return RunError(
        _(
            "{path} is open in another program, and can't be replaced. Close it (Word, Excel, "
            "Acrobat, the file manager), then run again. What was published before is as it was.",
            path=path,
        )
    )


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
        notebook.write_text(shown(text), encoding="utf-8")


def _swap_in(folder: Path, outputs: Path, name: str) -> None:
    published = outputs / name
    with _lock(outputs):
        published.parent.mkdir(parents=True, exist_ok=True)
        if (published / UNITS).is_dir():
            shutil.copytree(published / UNITS, folder / UNITS, dirs_exist_ok=True)
        _flush(folder)
        if not published.exists():
            folder.rename(published)
        elif not exchange(folder, published):
            _replace(published, folder, outputs / BEFORE / _aside(name))
        flush_folder(published.parent)


def _replace(published: Path, folder: Path, before: Path) -> None:
    """Put a folder in the place of another in two steps; `recover` undoes the first alone."""
    before.parent.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(before, ignore_errors=True)
    try:
        published.rename(before)
    except PermissionError as error:
        raise _open_elsewhere(published) from error
    try:
        folder.rename(published)
    except OSError:
        before.rename(published)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Have everything in a folder on the disk before it is published.

    A disk takes many files at once: thousands of letters in a twentieth of the time.
    """
    paths = [folder, *folder.rglob("*")]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        deque(threads.map(_flush_file, (path for path in paths if not path.is_dir())), 0)
    for path in filter(Path.is_dir, paths):
        flush_folder(path)


def _flush_file(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _aside(name: str) -> str:
    """A name as one folder, for what lies aside until it is swapped in."""
    return name.replace("/", INSIDE)


def _lock(outputs: Path) -> AbstractContextManager[None]:
    outputs.mkdir(parents=True, exist_ok=True)
    return held(outputs / ".publishing.lock")
