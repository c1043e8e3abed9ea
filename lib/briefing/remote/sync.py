"""A mirror of this machine and what it stands for: brought before a run, taken back after it.

What is taken back appears whole or not at all, though stores of objects rename nothing. All of it
is put aside there first; then a list of what belongs where is written, and from then on it counts:
files are copied into their places, manifests last, and who finds the list before that is done does
it. What lies aside without a list was left by a run that was killed, and is deleted.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from briefing.messages import _
from briefing.remote.store import Entry, Store

ASIDE = ".briefing"  # there: what is not in its place yet; here, beside the mirror: the index
LIST, FILES = "list.json", "files"
LAST = "manifest.json"  # by which a published folder is known to be whole
MOST_NAMED = 5

_log = logging.getLogger(__name__)
Alive = Callable[[], object]  # called again and again, while much is brought or put


@dataclass
class Mirror:
    """A folder of this machine, and what is known of each file that was brought into it.

    Attributes:
        known: Path → size and time here (ns), checksum, stamp there.
    """

    folder: Path
    known: dict[str, list[Any]]

    @classmethod
    def at(cls, folder: Path) -> Mirror:
        folder.parent.mkdir(0o700, parents=True, exist_ok=True)
        known: dict[str, list[Any]] = {}
        with suppress(OSError, ValueError):
            known = dict(json.loads((folder.parent / "index.json").read_bytes()))
        return cls(folder, known)

    def keep(self) -> None:
        new = self.folder.parent / "index.new"
        new.write_text(json.dumps(self.known), encoding="utf-8")
        new.replace(self.folder.parent / "index.json")

    def files(self) -> dict[str, list[int]]:
        """Path → size and time (ns) of each file; what is hidden is of this machine alone."""
        found = {}
        for folder, folders, names in os.walk(self.folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                path = Path(folder, name)
                rel = path.relative_to(self.folder).as_posix()
                if not name.startswith("."):
                    found[rel] = _look(path)
        return found

    def note(self, path: str, entry: Entry) -> None:
        """Know a file to be here as it is there."""
        place = self.folder / path
        self.known[path] = [*_look(place), _checksum(place), entry.stamp]

    def changed(self, here: dict[str, list[int]]) -> list[str]:
        """Files that hold something else than what was brought; of others their time is noted."""
        found = []
        for path, look in here.items():
            known = self.known.get(path)
            if known and known[:2] != look and known[2] == _checksum(self.folder / path):
                known[:2] = look
            if not known or known[:2] != look:
                found.append(path)
        return sorted(found)


def bring(
    store: Store, mirror: Mirror, most: int | None = None, alive: Alive = lambda: None
) -> None:
    """Make a mirror what is there: what is new or another is brought, what is gone is deleted.

    The times of files are kept: an inbox rests on them.

    Args:
        most: Bytes of a file that are brought; of a larger one, one more. `None`: all.

    Raises:
        ParamsError: There is no such place.
        RunError: It can't be reached.
    """
    there = {path: entry for path, entry in store.files().items() if not _is_hidden(path)}
    strange = {path for path in there if not _fits(path, there)}
    wanted = {path: entry for path, entry in there.items() if path not in strange}
    here = mirror.files()
    for path in here.keys() - wanted.keys():
        (mirror.folder / path).unlink()
    _drop_empty(mirror.folder)
    mirror.known = {
        path: known for path, known in mirror.known.items()
        if path in wanted and known[:2] == here.get(path) and known[3] == wanted[path].stamp
    }  # fmt: skip
    lacking = {path: wanted[path] for path in wanted.keys() - mirror.known}
    strange |= _fetch(store, mirror, lacking, most, alive)
    if there or store.exists():
        mirror.folder.mkdir(exist_ok=True)
    mirror.keep()
    _tell_strange(store, strange)


def _fetch(
    store: Store, mirror: Mirror, lacking: dict[str, Entry], most: int | None, alive: Alive
) -> set[str]:
    """Bring files, each whole or not at all; those that no file of this system can be called."""
    aside = mirror.folder.parent / "coming"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    names, strange = dict(enumerate(sorted(lacking))), set()
    large = {name for name, entry in lacking.items() if most is not None and entry.size > most}
    for _some in store.bring((s, aside / str(n)) for n, s in names.items() if s not in large):
        alive()
    for number, name in names.items():
        if name in large:
            (aside / str(number)).write_bytes(store.read(name, most) or b"")
        came, entry = aside / str(number), lacking[name]
        if not came.exists():  # it is gone since it was listed
            continue
        if not came.is_file():  # by its name something else, as a folder
            strange.add(name)
            continue
        if entry.modified is not None:
            os.utime(came, (entry.modified, entry.modified))
        try:
            (mirror.folder / name).parent.mkdir(parents=True, exist_ok=True)
            came.replace(mirror.folder / name)
        except OSError:
            strange.add(name)
        else:
            mirror.note(name, entry)
    shutil.rmtree(aside, ignore_errors=True)
    return strange


def take_back(store: Store, mirror: Mirror, demand: Alive, alive: Alive = lambda: None) -> None:
    """Put there what has changed in a mirror since it was brought, whole or not at all.

    Args:
        demand: Raises where this run may not change anything there any more.
    """
    here = mirror.files()
    changed = mirror.changed(here)
    gone = sorted(mirror.known.keys() - here.keys())
    if not changed and not gone:
        mirror.keep()
        return
    aside = f"{ASIDE}/{secrets.token_hex(8)}"
    staged = {path: f"{FILES}/{number}" for number, path in enumerate(changed)}
    put = ((mirror.folder / path, f"{aside}/{name}") for path, name in staged.items())
    for _some in store.put(put):
        alive()
    sizes = {path: here[path][0] for path in staged}
    todo = {"copy": staged, "sizes": sizes, "delete": gone}
    demand()
    store.write(f"{aside}/{LIST}", json.dumps(todo, ensure_ascii=False).encode())
    _settle(store, aside, todo, alive)
    there = store.files()
    mirror.known = {path: known for path, known in mirror.known.items() if path not in gone}
    for path in staged.keys() & there.keys():
        mirror.note(path, there[path])
    mirror.keep()


def mend(store: Store, alive: Alive = lambda: None) -> None:
    """Do what a killed run had begun, or take away what it had not begun with."""
    left = store.files(ASIDE)
    for aside in sorted({f"{ASIDE}/{path.split('/')[1]}" for path in left if path.count("/") > 1}):
        listed = f"{aside}/{LIST}"
        todo = json.loads(store.read(listed) or b"null") if listed in left else None
        if todo and all(_is_whole(left, aside, todo, path) for path in todo["copy"]):
            _settle(store, aside, todo, alive)
        else:
            _clear(store, aside)


def _is_whole(left: dict[str, Entry], aside: str, todo: dict[str, Any], path: str) -> bool:
    entry = left.get(f"{aside}/{todo['copy'][path]}")
    return bool(entry and entry.size == todo["sizes"][path])


def _settle(store: Store, aside: str, todo: dict[str, Any], alive: Alive) -> None:
    """Put everything of a list in its place; done twice, it comes to the same."""
    copies = [(f"{aside}/{name}", path) for path, name in todo["copy"].items()]
    last = [pair for pair in copies if PurePosixPath(pair[1]).name == LAST]
    for _some in store.copy(pair for pair in copies if pair not in last):
        alive()
    store.remove(todo["delete"])
    for _some in store.copy(last):
        alive()
    _clear(store, aside)


def _clear(store: Store, aside: str) -> None:
    """Delete what lies aside, its list first."""
    store.remove([f"{aside}/{LIST}"])
    store.remove(store.files(aside))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part not in (".", "..") for part in path.split("/"))


def _fits(path: str, others: Iterable[str]) -> bool:
    """Whether a name can be that of a file below a folder, and of nothing outside it."""
    parts = path.split("/")
    above = {"/".join(parts[:n]) for n in range(1, len(parts))}
    return (
        not {"", ".", ".."} & {*parts}
        and not PurePosixPath(path).is_absolute()
        and not {*"\0\\:"[: 3 if os.name == "nt" else 1]} & {*path}
        and above.isdisjoint(others)
    )


def _tell_strange(store: Store, strange: set[str]) -> None:
    if strange:
        _log.warning(
            _(
                "{url}: {n} files have names that no file here can have, and were left out: "
                "{files}. Give them other names there.",
                url=store.shown,
                n=len(strange),
                files=", ".join(map(repr, sorted(strange)[:MOST_NAMED])),
            )
        )


def _drop_empty(folder: Path) -> None:
    for place, _folders, _names in os.walk(folder, topdown=False):
        if Path(place) != folder:
            with suppress(OSError):  # it is not empty
                Path(place).rmdir()


def _look(path: Path) -> list[int]:
    status = path.lstat()
    return [status.st_size, status.st_mtime_ns]


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
