"""What one content said, as it is kept: facts and rows in one file, under one checksum."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefing.intake.submission import Rows, Submission
from briefing.register import arrow

if TYPE_CHECKING:
    import pandas as pd

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


def packed(submissions: Sequence[Submission]) -> bytes:
    """Reports as the body of an entry.

    A line says how many bytes of rows each report has, a line has the reports, the rows follow.
    """
    rows = [_packed_rows(submission.rows) for submission in submissions]
    records = [submission.to_record() for submission in submissions]
    lines = json.dumps([*map(len, rows)]), json.dumps(records, ensure_ascii=False)
    return b"\n".join([*map(str.encode, lines), b"".join(rows)])


def unpacked(body: bytes) -> list[Submission]:
    """The reports of an entry, without their rows."""
    _lengths, records, _rows = body.split(b"\n", 2)
    return [*map(Submission.from_record, json.loads(records))]


def rows_in(body: bytes, part: int) -> pd.DataFrame | None:
    """The rows of one report of an entry; `None`: it has none."""
    line, _records, after = body.split(b"\n", 2)
    lengths = json.loads(line)
    start = sum(lengths[:part])
    rows = after[start : start + lengths[part]]
    return arrow.read(rows).to_pandas(use_threads=False) if rows else None


def _sum(body: bytes, about: str, key: bytes) -> bytes:
    said = hashlib.blake2b(about.encode(), key=key, digest_size=SUM // 2)
    said.update(b"\0")
    said.update(body)
    return said.hexdigest().encode()


def _packed_rows(rows: Rows) -> bytes:
    import pyarrow as pa

    if not rows:
        return b""
    return arrow.written(
        pa.table({name: getattr(rows, name) for name in Rows.__dataclass_fields__})
    )
