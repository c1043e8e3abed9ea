"""What was worked out before, kept beside the reports and found again by what it was made of.

Whatever lies here can be made again. It is for its owner alone, whatever the umask.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path

import briefing
from briefing.own_files import hash_once
from briefing.register.files import PRIVATE, close_to_others, delete, make_private
from briefing.temporary import own_folder

INDEX = "index.json"
MOST = 200  # things of a kind that are kept, the newest used


@cache
def program() -> str:
    """Changes with every change of the program: what another one worked out is not served."""
    folder = Path(briefing.__file__).parent
    return hash_once("program", [folder], (".py", ".po", ".csv", ".yaml"))


def key_of(*made_of: object) -> str:
    """The name of a thing: a hash of the program and of all else that it is made of.

    Args:
        made_of: Plain JSON types, or what says all of itself as a text.
    """
    text = json.dumps([program(), *made_of], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def checksum(content: bytes) -> str:
    return hashlib.blake2b(content).hexdigest()


def read_files(folder: Path, *patterns: str) -> dict[str, bytes]:
    """The files below a folder that fit one of the patterns, as `Kept` keeps them."""
    found = (path for pattern in patterns for path in sorted(folder.glob(pattern)))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files that were kept."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


class Kept:
    """Things of one kind by key, each some files. Deleting the folder costs making them again."""

    def __init__(self, folder: Path, most: int = MOST):
        self.folder = folder
        self._most = most

    def get(self, key: str) -> dict[str, bytes] | None:
        """A thing that was kept; `None` where there is none, or not as it was written."""
        place = self.folder / key
        try:
            sums = dict(json.loads((place / INDEX).read_bytes()))
            files = {name: (place / name).read_bytes() for name in sums}
        except (OSError, ValueError, TypeError):
            return None
        if sums != {name: checksum(content) for name, content in files.items()}:
            return None
        os.utime(place)
        return files

    def put(self, key: str, files: Mapping[str, bytes]) -> None:
        """Keep a thing; whole or not at all, and the oldest of too many go.

        Args:
            files: By their paths, relative and with forward slashes.
        """
        make_private(self.folder)
        with own_folder(self.folder, f".{key}", PRIVATE) as aside:
            sums = {name: checksum(content) for name, content in files.items()}
            write_files({**files, INDEX: json.dumps(sums).encode()}, aside)
            close_to_others(aside)
            delete(self.folder / key)
            with suppress(OSError):  # another process has kept the same thing meanwhile
                aside.rename(self.folder / key)
        self._forget_the_oldest()

    def _forget_the_oldest(self) -> None:
        held = [entry for entry in os.scandir(self.folder) if not entry.name.startswith(".")]
        if len(held) > self._most:
            for entry in sorted(held, key=lambda one: one.stat().st_mtime)[: -self._most]:
                shutil.rmtree(entry.path, ignore_errors=True)
