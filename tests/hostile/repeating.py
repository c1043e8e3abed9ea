"""Deflated data of gigabytes in milliseconds: a block is packed once, and its bytes are repeated.

After a full flush a packed block refers to nothing before it, so that its bytes may follow
themselves. Checksums of n blocks come of one: CRC-32 over a block is an affine map of the one
before it, over bits, and is raised to the nth power by squaring; Adler-32 is a sum of sums.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache, reduce
from io import BytesIO
from operator import xor
from typing import NamedTuple

END = b"\3\0"  # an empty last block
ADLER = 65_521
Affine = tuple[tuple[int, ...], int]  # what each bit adds, and what is added anyway


class Repeated(NamedTuple):
    """`head`, then `block` so many times, then `tail`: of one part of a file.

    Attributes:
        level: How hard zlib tries, 1 to 9.
    """

    block: bytes
    times: int
    head: bytes = b""
    tail: bytes = b""
    level: int = 9

    @property
    def size(self) -> int:
        """Bytes of the data, inflated."""
        return len(self.head) + len(self.block) * self.times + len(self.tail)

    @property
    def deflated(self) -> bytes:
        """As a member of an archive holds it."""
        head, block, tail = (_packed(one, self.level) for one in (self.head, self.block, self.tail))
        return head + block * self.times + tail + END

    @property
    def crc(self) -> int:
        """CRC-32 of the data."""
        whole = _value(_power(_crc(self.block), self.times), zlib.crc32(self.head))
        return zlib.crc32(self.tail, whole)

    @property
    def zlib(self) -> bytes:
        """As a PDF or a PNG holds it: a head of zlib, and Adler-32; of blocks alone."""
        assert not self.head + self.tail
        start = zlib.compress(b"", self.level)[:2]
        return start + self.deflated + struct.pack(">I", _adler(self.block, self.times))


def pieces(piece: bytes, size: int, block: int = 1 << 20) -> tuple[bytes, int]:
    """A block of so many bytes or a little more, whole pieces, and how often it is in a size."""
    whole = piece * (1 + block // len(piece))
    return whole, size // len(whole)


def in_archive(name: str, data: Repeated, others: Mapping[str, bytes]) -> bytes:
    """An archive of other members and of this one, which says its sizes in 64 bits."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=data.level) as out:
        for other, content in others.items():
            out.writestr(other, content)
        member, deflated = zipfile.ZipInfo(name), data.deflated
        member.compress_type, member.header_offset = zipfile.ZIP_DEFLATED, stream.tell()
        member.CRC, member.file_size, member.compress_size = data.crc, data.size, len(deflated)
        stream.write(member.FileHeader(zip64=True) + deflated)
        out.filelist.append(member)
        out.start_dir = stream.tell()
    return stream.getvalue()


@cache
def _packed(data: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level, wbits=-15)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH) if data else b""


@cache
def _crc(block: bytes) -> Affine:
    anyway = zlib.crc32(block, 0)
    return tuple(zlib.crc32(block, 1 << bit) ^ anyway for bit in range(32)), anyway


def _value(step: Affine, before: int) -> int:
    bits, anyway = step
    return reduce(xor, (one for bit, one in enumerate(bits) if before >> bit & 1), anyway)


def _power(step: Affine, times: int) -> Affine:
    whole: Affine = tuple(1 << bit for bit in range(32)), 0
    while times:
        if times & 1:
            whole = _after(whole, step)
        step, times = _after(step, step), times >> 1
    return whole


def _after(first: Affine, then: Affine) -> Affine:
    linear = then[0], 0
    return tuple(_value(linear, one) for one in first[0]), _value(then, first[1])


def _adler(block: bytes, times: int) -> int:
    sums, total = divmod(zlib.adler32(block, 0), 1 << 16)
    grown = times * (len(block) + sums) + len(block) * total * (times * (times - 1) // 2)
    return grown % ADLER << 16 | (1 + times * total) % ADLER
