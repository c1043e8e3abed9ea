"""Logs of the register: CSV of one line each, with a checksum, only ever added to."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from briefing.register.arrivals import Arrival

HEAD = ("path", "sha256", "received_at")
CHECK = "check"


def read_log(content: bytes) -> tuple[list[Arrival], int]:
    """The arrivals of a log, oldest first, and how many lines are not as they were written.

    A log from before there were checksums is believed as it is.
    """
    lines, damaged = read_lines(content, HEAD, unchecked=True)
    found = [_arrival(cells) for cells in lines]
    kept = [arrival for arrival in found if arrival]
    return kept, damaged + len(found) - len(kept)


def written_log(arrivals: Iterable[Arrival]) -> bytes:
    lines = ((one.path, one.sha256, one.received_at.isoformat()) for one in arrivals)
    return written_lines(lines, HEAD)


def _arrival(cells: Sequence[str]) -> Arrival | None:
    try:
        return Arrival(cells[0], cells[1], datetime.fromisoformat(cells[2]))
    except ValueError:
        return None


def read_lines(
    content: bytes, head: Sequence[str], *, unchecked: bool = False
) -> tuple[list[Sequence[str]], int]:
    """The lines of a log that are as they were written, and how many are not, its first included.

    Args:
        unchecked: Lines may have no checksum, where the first line names none.
    """
    first, _newline, rest = content.partition(b"\n")
    old = unchecked and first.strip() == ",".join(head).encode()
    found = [_cells(line, len(head), old) for line in rest.split(b"\n") if line.strip()]
    kept = [cells for cells in found if cells]
    is_head = old or first.strip() == ",".join((*head, CHECK)).encode()
    return kept, len(found) - len(kept) + (not is_head)


def written_lines(lines: Iterable[Sequence[str]], head: Sequence[str]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([*head, CHECK])
    writer.writerows([*cells, _check(cells)] for cells in lines)
    return stream.getvalue().encode()


def _cells(line: bytes, count: int, unchecked: bool) -> Sequence[str] | None:
    """What a line says; `None` of one that is not as it was written."""
    try:
        cells = next(csv.reader([line.decode()], strict=True))
    except (ValueError, csv.Error, StopIteration):
        return None
    known, check = cells[:count], cells[count:]
    sound = len(known) == count and (unchecked or check == [_check(known)])
    return known if sound else None


def _check(cells: Sequence[str]) -> str:
    return hashlib.blake2b("\0".join(cells).encode(), digest_size=8).hexdigest()
