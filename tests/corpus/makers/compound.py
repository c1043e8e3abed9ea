"""Compound files (OLE): what Office wrote before 2007, and wraps a locked workbook in today."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


Streams = Mapping[str, "bytes | Streams"]


def compound(streams: Streams) -> bytes:
    """A compound file of these streams, each padded to 4,096 bytes at least; a mapping among them
    is a storage, in which what is embedded lies."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [b""]
    first_of_root = _add_entries(streams, entries, sectors, table)
    entries[0] = _entry("Root Entry", 5, first_of_root, END, 0)
    directory = b"".join(entries)
    first = len(sectors)
    _add(sectors, table, directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0"))
    at = len(sectors)
    table.append(FAT)
    fat = struct.pack("<128I", *(table + [FREE] * (128 - len(table))))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"",
        0x3E,
        3,
        0xFFFE,
        9,
        6,
        b"",
        0,
        1,
        first,
        0,
        4096,
        END,
        0,
        END,
        0,
        at,
    )
    return header + struct.pack("<108I", *[FREE] * 108) + b"".join(sectors) + fat


def _add_entries(
    streams: Streams, entries: list[bytes], sectors: list[bytes], table: list[int]
) -> int:
    """Write the entries of one storage; the number of its first."""
    numbers = []
    for name, held in streams.items():
        numbers.append(len(entries))
        entries.append(b"")
        if isinstance(held, bytes):
            data = held.ljust(4096, b"\0")
            start = len(sectors)
            _add(sectors, table, data)
            entries[numbers[-1]] = _entry(name, 2, FREE, start, len(data))
        else:
            child = _add_entries(held, entries, sectors, table)
            entries[numbers[-1]] = _entry(name, 1, child, 0, 0)
    for number, after in itertools.pairwise(numbers):  # a chain, each to the right of the last
        entries[number] = entries[number][:72] + struct.pack("<I", after) + entries[number][76:]
    return numbers[0] if numbers else FREE


def _add(sectors: list[bytes], table: list[int], data: bytes) -> None:
    count = -(-len(data) // SECTOR)
    start = len(sectors)
    sectors += [data[i * SECTOR : (i + 1) * SECTOR].ljust(SECTOR, b"\0") for i in range(count)]
    table += [*range(start + 1, start + count), END]


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide) + 2, kind, 1, FREE, FREE, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def locked_workbook() -> bytes:
    """An .xlsx under a password: its package is one encrypted stream."""
    return compound(
        {"EncryptionInfo": b"\4\0\4\0@\0\0\0<encryption/>", "EncryptedPackage": b"\7" * 5000}
    )
