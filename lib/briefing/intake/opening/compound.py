"""Streams of a compound file (OLE), the container of Office before 2007."""

from __future__ import annotations

import struct

END = 0xFFFFFFFA  # chains of sectors end with this number or a larger one
SMALL = 64  # bytes of a sector for short streams
ENTRY = 128  # bytes of an entry of the directory


class _Sectors:
    """Sectors of one size, and which follows which."""

    def __init__(self, data: bytes, size: int, after: tuple[int, ...], first: int = 0):
        self._data, self._size, self._after, self._first = data, size, after, first

    def chain(self, start: int) -> bytes:
        """The bytes of a stream from its first sector on."""
        pieces = []
        for _step in range(len(self._after) + 1):
            if start >= END:
                return b"".join(pieces)
            at = self._first + start * self._size
            pieces.append(self._data[at : at + self._size])
            start = self._after[start]
        raise ValueError("a chain of sectors without an end")


def stream_of(content: bytes, names: tuple[str, ...]) -> bytes:
    """The first of these streams that the file holds.

    Raises:
        ValueError, IndexError, struct.error: The file is damaged, or holds none of them.
    """
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    if size not in (512, 4096):
        raise ValueError("sectors of an unknown size")
    directory, least, small, first_more, more = struct.unpack_from("<I4xIIxxxxII", content, 48)
    sectors = _Sectors(content, size, _table(content, size, first_more, more), size)
    entries = sectors.chain(directory)
    root = b""
    for at in range(0, len(entries) - ENTRY + 1, ENTRY):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        start, count = struct.unpack_from("<IQ", entries, at + 116)
        count &= 0xFFFFFFFF  # the upper half may hold anything in files of small sectors
        if kind == 5:
            root = sectors.chain(start)
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        if kind == 2 and name in names:
            if count >= least:
                return sectors.chain(start)[:count]
            table = sectors.chain(small)
            numbers = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
            return _Sectors(root, SMALL, numbers).chain(start)[:count]
    raise ValueError("no such stream")


def _table(content: bytes, size: int, first_more: int, more: int) -> tuple[int, ...]:
    """Which sector follows which, from the sectors that list them."""
    listed = list(struct.unpack_from("<109I", content, 76))
    entries = size // 4
    for _step in range(min(more, len(content) // size)):
        if first_more >= END:
            break
        extra = struct.unpack_from(f"<{entries}I", content, (first_more + 1) * size)
        listed += extra[:-1]
        first_more = extra[-1]
    pieces = [
        content[(number + 1) * size : (number + 2) * size] for number in listed if number < END
    ]
    table = b"".join(pieces)
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
