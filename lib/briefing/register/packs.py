"""The entries of a day as one Parquet file: what a country sends in is not opened report by report.

A pack is made of entries and never changed. Deleting it costs making it again.
"""

from __future__ import annotations

import json
import logging
import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING

from briefing import arrow
from briefing.intake.packing import parted
from briefing.messages import _
from briefing.register.entries import SUM, opened, sealed
from briefing.register.files import delete, read_kept

if TYPE_CHECKING:
    import pyarrow as pa

PACKS, PACK = "packs", ".parquet"
WHOSE, COUNTS, SIZES, SAID = "whose", "rows", "bytes", "reports"  # of the metadata of a pack
MOST_LOOSE = 250  # entries of a day that lie alone; so many are put into a pack
MOST = 2000  # entries of a pack, which is made in memory

_log = logging.getLogger(__name__)


class Packs:
    """The packs of a folder of entries.

    A pack has the rows of its reports one after the other, and in its metadata whose they are, how
    many rows each report has, and what it says. Its name is the day and a checksum of all of it,
    which is looked at when something is asked of it: one that is not what was written is deleted,
    and its entries are read one by one.
    """

    def __init__(self, entries: Path, key: bytes):
        self.folder = entries / PACKS
        self._about, self._key = entries.name, key
        self._open: dict[Path, _Pack] = {}

    def __contains__(self, whose: str) -> bool:
        return whose in self._places

    def get(self, whose: str) -> Packed | None:
        """What an entry holds; `None` where no sound pack has it."""
        if whose not in self._places:
            return None
        path, number = self._places[whose]
        if path not in self._open:
            sum_, content = path.stem[-SUM:].encode(), read_kept(path) or b""
            if opened(sum_ + content, self._of(path.stem[: -SUM - 1]), self._key) is None:
                self._places = {w: p for w, p in self._places.items() if p[0] != path}
                _delete(path)
                return None
            self._open[path] = _Pack(content)
        return Packed(self._open[path], number)

    def let_go(self) -> None:
        """Hold nothing of what packs have any longer; what is asked for again is read again."""
        if self._open:
            self._open.clear()
            arrow.give_back()

    def put(
        self, day: str, bodies: Mapping[str, bytes], write: Callable[[Path, bytes], None]
    ) -> None:
        """Keep entries together.

        Args:
            day: On which they came, ISO.
            bodies: Whose → what the entry says.
            write: Writes a file, whole or not at all.
        """
        content = _packed(bodies)
        checksum = sealed(content, self._of(day), self._key)[:SUM].decode()
        write(path := self.folder / f"{day}-{checksum}{PACK}", content)
        self._places |= {whose: (path, number) for number, whose in enumerate(bodies)}

    @cached_property
    def _places(self) -> dict[str, tuple[Path, int]]:
        """Whose → its pack, and the entry's number there."""
        places: dict[str, tuple[Path, int]] = {}
        for path in sorted(self.folder.glob(f"*{PACK}")):
            try:
                file, metadata = arrow.parquet(path)
                with file:
                    whose = json.loads(metadata[WHOSE])
                places |= {one: (path, number) for number, one in enumerate(whose)}
            except (OSError, ValueError, LookupError, TypeError):
                _delete(path)
        return places

    def _of(self, day: str) -> str:
        return f"{self._about} {day}"


class _Pack:
    """A sound pack; what it holds is taken apart when it is asked for."""

    def __init__(self, content: bytes):
        self._file, metadata = arrow.parquet(content)
        sizes, counts = (json.loads(metadata[name]) for name in (SIZES, COUNTS))
        self._texts = zlib.decompress(b64decode(metadata[SAID]))
        self._ends = [*accumulate(sizes, initial=0)]
        self._counts = counts
        self._rows_from = [*accumulate(map(sum, counts), initial=0)]

    @cached_property
    def _rows(self) -> pa.Table:
        return self._file.read(use_threads=False)

    def body(self, number: int) -> bytes:
        return self._texts[slice(*self._ends[number : number + 2])]

    def rows(self, number: int, part: int) -> pa.Table | None:
        own = self._counts[number]
        start = self._rows_from[number] + sum(own[:part])
        return self._rows[start : start + own[part]] if own[part] else None


@dataclass(frozen=True)
class Packed:
    """An entry of a pack."""

    _pack: _Pack
    _number: int

    @property
    def body(self) -> bytes:
        """What it says, without the rows; see `packing`."""
        return self._pack.body(self._number)

    def rows(self, part: int) -> pa.Table | None:
        """The rows of one report; `None`: it has none."""
        return self._pack.rows(self._number, part)


def _packed(bodies: Mapping[str, bytes]) -> bytes:
    """Entries as one file."""
    texts, rows = zip(*map(parted, bodies.values()), strict=True)
    lengths = {COUNTS: [[*map(len, of_one)] for of_one in rows], SIZES: [*map(len, texts)]}
    metadata = {name: json.dumps(value) for name, value in {WHOSE: [*bodies], **lengths}.items()}
    metadata[SAID] = b64encode(zlib.compress(b"".join(texts), 1)).decode()
    return arrow.as_parquet([*chain(*rows)], metadata)


def _delete(path: Path) -> None:
    delete(path)
    _log.warning(
        _("{file}: it was damaged, and is made again from the entries beside it.", file=path)
    )
