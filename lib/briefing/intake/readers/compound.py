"""Compound files (OLE): the container of Office before 2007, and of what it embeds."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

MAGIC = b"\xd0\xcf\x11\xe0"
BOOKS = ("workbook", "book")  # of Excel 97 and later, of Excel 5
DOCUMENT, LOCKED_OFFICE, MESSAGE = "worddocument", "encryptedpackage", "__properties_version1.0"
PACKED = ("package", "contents", "\x01ole10native")  # streams that hold a whole file
STREAM = 2  # kind of an entry of the directory
ENTRY = 128  # bytes of an entry of the directory


def names_in(content: bytes) -> frozenset[str]:
    """What lies at the root, in small letters: names are told apart without their case.

    What is embedded lies in storages of its own, and says nothing about the file.

    Raises:
        Exception: The file is damaged.
    """
    return frozenset(entry.name.lower() for entry in _opened(io.BytesIO(content)).root.kids)


def stream_of(content: bytes, names: tuple[str, ...]) -> bytes:
    """The first of these streams that lies at the root.

    Args:
        names: In small letters.

    Raises:
        ValueError: The file holds none of them.
        Exception: It is damaged.
    """
    ole = _opened(io.BytesIO(content))
    name = _name_of(ole, names)
    if ole.get_size(name) > len(content):  # its sectors lead in a circle
        raise ValueError("a stream that is longer than its file")
    return ole.openstream([name]).read()


def with_stream(content: bytes, names: tuple[str, ...], data: bytes) -> bytes:
    """The file with other bytes, as many as before, in the first of these streams.

    Raises:
        ValueError: The file holds none of them, or one of another length.
    """
    ole = _opened(stream := io.BytesIO(content), write_mode=True)
    ole.write_stream([_name_of(ole, names)], data)
    return stream.getvalue()


def _name_of(ole: Any, names: tuple[str, ...]) -> str:
    streams = {e.name.lower(): e.name for e in ole.root.kids if e.entry_type == STREAM}
    found = next((streams[name] for name in names if name in streams), None)
    if found is None:
        raise ValueError("no such stream")
    return found


def is_locked_document(content: bytes) -> bool:
    """Whether the head of a document of old Word says that its text is encrypted."""
    head = stream_of(content, (DOCUMENT,))
    return head[18:19] == b"\0" and bool(head[11] & 1)  # a byte that is zero in every head


def packed_file(content: bytes) -> bytes:
    """The file in an embedded object, which stands in it as it is or behind its names.

    Raises:
        ValueError, struct.error: There is none.
    """
    data = stream_of(content, PACKED)
    if not data.startswith(struct.pack("<I", len(data) - 4)):
        return data
    at = 6
    for _text in ("label", "path"):
        at = data.index(b"\0", at) + 1
    at += 4
    at += 4 + struct.unpack_from("<I", data, at)[0]  # where it lay for a while
    size = struct.unpack_from("<I", data, at)[0]
    return data[at + 4 : at + 4 + size]


def plainly_named(content: bytes) -> bytes:
    """The same with its workbook named as the fast reader asks for it, and no other of that name:
    that reader takes the first of the whole directory, and counts the case.
    """
    ole = _opened(io.BytesIO(content))
    own = {e.name.lower(): e.sid for e in ole.root.kids if e.entry_type == STREAM}
    book = next((own[name] for name in BOOKS if name in own), None)
    if book is None:
        return content
    changed = bytearray(content)
    for entry, at in _entries(ole):
        name = entry.name.capitalize() if entry.sid == book else f"_{entry.name[1:]}"
        if entry.name.lower() in BOOKS and entry.name != name:
            wide = name.encode("utf-16-le")
            changed[at : at + len(wide)] = wide
    return bytes(changed)


def _opened(stream: io.BytesIO, *, write_mode: bool = False) -> Any:
    from olefile import OleFileIO  # for files of old Office, and of those alone

    return OleFileIO(stream, write_mode=write_mode)


def _entries(ole: Any) -> Iterator[tuple[Any, int]]:
    """Each entry of the directory, and where it stands in the file."""
    sector, each = ole.first_dir_sector, ole.sector_size // ENTRY
    for number, entry in enumerate(ole.direntries):
        if number and number % each == 0:
            sector = ole.fat[sector]
        if entry is not None:
            yield entry, (sector + 1) * ole.sector_size + number % each * ENTRY
