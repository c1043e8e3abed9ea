"""The log of arrivals: one line each, with a checksum, only ever added to."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from datetime import datetime

from briefing.register.arrivals import Arrival

HEAD = ["path", "sha256", "received_at", "check"]
UNCHECKED = b"path,sha256,received_at"  # the first line of a log from before there were checksums


def read_log(content: bytes) -> tuple[list[Arrival], int]:
    """The arrivals of a log, oldest first, and how many lines are not as they were written."""
    head, _newline, rest = content.partition(b"\n")
    unchecked = head.strip() == UNCHECKED
    lines = [line for line in rest.split(b"\n") if line.strip()]
    found = [_arrival(line, unchecked) for line in lines]
    kept = [arrival for arrival in found if arrival]
    is_head = unchecked or head.strip() == ",".join(HEAD).encode()
    return kept, len(found) - len(kept) + (not is_head)


def written_log(arrivals: Iterable[Arrival]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEAD)
    for one in arrivals:
        cells = [one.path, one.sha256, one.received_at.isoformat()]
        writer.writerow([*cells, _check(cells)])
    return stream.getvalue().encode()


def _arrival(line: bytes, unchecked: bool) -> Arrival | None:
    """What a line says; `None` of one that is not as it was written."""
    try:
        cells = next(csv.reader([line.decode()], strict=True))
        path, sha256, received_at, *check = cells
        if not unchecked and check != [_check(cells[:3])]:
            return None
        return Arrival(path, sha256, datetime.fromisoformat(received_at))
    except (ValueError, csv.Error, StopIteration):
        return None


def _check(cells: list[str]) -> str:
    return hashlib.blake2b("\0".join(cells).encode(), digest_size=8).hexdigest()
