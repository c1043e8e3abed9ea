"""What one content said, as it is kept: reports, packed, under one checksum."""

from __future__ import annotations

import hashlib

NOTHING = b"[]\n[]\n"  # the body of an entry without reports
SUM = 64  # hexadecimal digits of the checksum that an entry begins with


def sealed(body: bytes, about: str, key: bytes) -> bytes:
    """An entry: its checksum, then its body.

    Args:
        about: Whose entry it is: that of another content, name, parser or campaign does not fit.
        key: That of the register: an entry of another register does not fit.
    """
    return _sum(body, about, key) + body


def opened(entry: bytes | None, about: str, key: bytes) -> bytes | None:
    """The body of an entry; `None` where it is not what was sealed, to the last bit."""
    if entry is None or entry[:SUM] != _sum(entry[SUM:], about, key):
        return None
    return entry[SUM:]


def _sum(body: bytes, about: str, key: bytes) -> bytes:
    digest = hashlib.blake2b(about.encode(), key=key, digest_size=SUM // 2)
    digest.update(b"\0")
    digest.update(body)
    return digest.hexdigest().encode()
