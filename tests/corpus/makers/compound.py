"""Compound files (OLE): what Office wrote before 2007, and wraps a locked workbook in today."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of these streams, each padded to 4,096 bytes at least."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = []
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        entries.append((name, len(sectors), len(data)))
        _add(sectors, table, data)
    directory = _entry("Root Entry", 5, 1, END, 0)
    for number, (name, start, size) in enumerate(entries, start=1):
        after = number + 1 if number < len(entries) else FREE
        directory += _entry(name, 2, FREE, start, size, after)
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


def _add(sectors: list[bytes], table: list[int], data: bytes) -> None:
    count = -(-len(data) // SECTOR)
    start = len(sectors)
    sectors += [data[i * SECTOR : (i + 1) * SECTOR].ljust(SECTOR, b"\0") for i in range(count)]
    table += [*range(start + 1, start + count), END]


def _entry(name: str, kind: int, child: int, start: int, size: int, after: int = FREE) -> bytes:
    wide = name.encode("utf-16-le")
    return (
        wide.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(wide) + 2, kind, 1, FREE, after, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def locked_workbook() -> bytes:
    """An .xlsx under a password: its package is one encrypted stream."""
    return compound(
        {"EncryptionInfo": b"\4\0\4\0@\0\0\0<encryption/>", "EncryptedPackage": b"\7" * 5000}
    )
