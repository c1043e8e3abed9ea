"""The entries of a day in one file: what a country sends in is not opened report by report.

A pack is made of entries and never changed. Deleting it costs making it again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from briefing.messages import _
from briefing.register.entries import opened, sealed
from briefing.register.files import delete

PACKS, PACK = "packs", ".pack"
MOST_LOOSE = 250  # entries of a day that lie alone; so many are put into a pack
MOST = 2000  # entries of a pack, which is made in memory

_log = logging.getLogger(__name__)


class Packs:
    """The packs of a folder of entries.

    A line has whose entries a pack holds, under a checksum, and how many bytes each has; the
    entries follow as they are, each under its own.
    One that is not what was written is deleted, and its entries are read one by one.
    """

    def __init__(self, entries: Path, key: bytes):
        self.folder = entries / PACKS
        self._about, self._key = entries.name, key

    def __contains__(self, whose: str) -> bool:
        return whose in self._places

    def get(self, whose: str) -> bytes | None:
        """An entry as it was sealed; `None` where no pack has it."""
        if whose not in self._places:
            return None
        path, start, length = self._places[whose]
        try:
            with path.open("rb") as pack:
                pack.seek(start)
                return pack.read(length)
        except OSError:
            return None

    def doubt(self, whose: str) -> None:
        """What a pack holds of somebody is damaged: nothing of it is served any more."""
        path, *_place = self._places[whose]
        self._places = {one: place for one, place in self._places.items() if place[0] != path}
        _delete(path)

    def put(
        self, day: str, entries: Mapping[str, bytes], write: Callable[[Path, bytes], None]
    ) -> None:
        """Keep entries together.

        Args:
            day: On which they came, ISO.
            entries: Whose → the entry as it is sealed.
            write: Writes a file, whole or not at all.
        """
        said = json.dumps([(whose, len(entry)) for whose, entry in entries.items()]).encode()
        name = f"{day}-{hashlib.blake2b(said, digest_size=8).hexdigest()}{PACK}"
        line = sealed(said, self._of(name), self._key)
        write(self.folder / name, b"\n".join([line, b"".join(entries.values())]))
        self._places |= self._held(self.folder / name, said, len(line) + 1)

    @cached_property
    def _places(self) -> dict[str, tuple[Path, int, int]]:
        """Whose → its pack, where the entry begins there, and its length in bytes."""
        places: dict[str, tuple[Path, int, int]] = {}
        for path in sorted(self.folder.glob(f"*{PACK}")):
            line = _first_line(path)
            said = opened(line, self._of(path.name), self._key)
            if line is None or said is None:
                _delete(path)
            else:
                places |= self._held(path, said, len(line) + 1)
        return places

    def _held(self, path: Path, said: bytes, start: int) -> dict[str, tuple[Path, int, int]]:
        held = {}
        for whose, length in json.loads(said):
            held[whose] = path, start, length
            start += length
        return held

    def _of(self, name: str) -> str:
        return f"{self._about} {name}"


def _delete(path: Path) -> None:
    delete(path)
    _log.warning(
        _("{file}: it was damaged, and is made again from the entries beside it.", file=path)
    )


def _first_line(path: Path) -> bytes | None:
    try:
        with path.open("rb") as pack:
            return pack.readline().removesuffix(b"\n")
    except OSError:
        return None
