"""Times of arrival written into `received.csv`, below what stands there: nobody has to type them.

What a person wrote is never changed; a list that can't be understood is left alone.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from briefing.catalog.rules import phrase
from briefing.errors import IntakeError
from briefing.intake.files import content_of
from briefing.register.received import COLUMNS, NO_TEXT, columns_of, head_of

BEGUN = "\ufeff" + ",".join(COLUMNS) + "\r\n"  # the mark by which Excel reads names as written
APPENDING = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
FORMULA = ("=", "+", "-", "@")  # what a spreadsheet works out, whoever has called a file so


def record_received(path: Path, times: Mapping[str, datetime]) -> None:
    """Add a line for each file, in the columns and with the delimiter that the list has.

    A list that is not there is begun. All lines are added by one write, so that nothing that
    another program adds comes in between. A file that is called like a formula gets no line.

    Args:
        path: Of the list.
        times: Path in the inbox → when the file came; written to the second, in its own zone.

    Raises:
        IntakeError: `received_unreadable`: the first line names no `path` and `received_at`, or is
            no UTF-8; `file_unreadable`: the list is no plain file, or may not be read.
        OSError: It may not be written, as while Excel holds it open on Windows.
    """
    times = {name: when for name, when in times.items() if not name.startswith(FORMULA)}
    if not times:
        return
    content = _content(path)
    text = (content or BEGUN.encode()).decode("utf-8-sig", errors="surrogateescape")
    _start, head = head_of(text.split("\n"))
    delimiter, names = columns_of(head)
    if NO_TEXT.search(head) or not set(COLUMNS) <= set(names):
        raise IntakeError("received_unreadable.columns", text=phrase("no_columns"))
    stream = io.StringIO(newline="")
    end = "\r\n" if head.endswith("\r") else "\n"
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerows(_rows(names, times))
    begun = (end if not content.endswith(b"\n") else "") if content else BEGUN
    _append(path, (begun + stream.getvalue()).encode())


def _content(path: Path) -> bytes:
    try:
        return content_of(path).data
    except FileNotFoundError:
        return b""


def _rows(names: list[str], times: Mapping[str, datetime]) -> Iterable[list[str]]:
    """The cells of each line. Excel leaves a time with a T as it is, and turns others round."""
    for path, when in times.items():
        cells = dict(zip(COLUMNS, (path, f"{when:%Y-%m-%dT%H:%M:%S}"), strict=True))
        yield [cells.get(name, "") for name in names]


def _append(path: Path, added: bytes) -> None:
    handle = os.open(path, APPENDING, 0o644)
    with open(handle, "ab", buffering=0) as stream:
        stream.write(added)
        os.fsync(stream.fileno())
