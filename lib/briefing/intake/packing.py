"""Reports as bytes that are data and nothing else, whoever has made them: JSON, Arrow."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from briefing import arrow
from briefing.intake.submission import Rows, Submission

if TYPE_CHECKING:
    import pyarrow as pa


def packed(submissions: Sequence[Submission], *, with_rows: bool = True) -> bytes:
    """Reports as bytes: what a worker says of a file, and what the register keeps of it.

    A line says how many bytes of rows each report has, a line has the reports, the rows follow.
    """
    rows = [_packed_rows(one.rows) if with_rows else b"" for one in submissions]
    records = [submission.to_record() for submission in submissions]
    lines = json.dumps([*map(len, rows)]), json.dumps(records, ensure_ascii=False)
    return b"\n".join([*map(str.encode, lines), b"".join(rows)])


def unpacked(body: bytes) -> list[Submission]:
    """The reports, without their rows."""
    _lengths, records, _rows = body.split(b"\n", 2)
    return [*map(Submission.from_record, json.loads(records))]


def units_and_members(body: bytes) -> list[tuple[str | None, str]]:
    """Of each report the code of its unit, and which member of the file it was."""
    _lengths, records, _rows = body.split(b"\n", 2)
    return [(one["unit_code"], one["member"]) for one in json.loads(records)]


def rows_in(body: bytes, part: int) -> pa.Table | None:
    """The rows of one report; `None`: it has none."""
    rows = _rows(body)[part]
    return arrow.read(rows) if rows else None


def parted(body: bytes) -> tuple[bytes, list[pa.Table]]:
    """The same reports without their rows, and the rows of each: none of one that has none."""
    _lengths, records, _after = body.split(b"\n", 2)
    rows = [arrow.read(one) if one else _schema().empty_table() for one in _rows(body)]
    return b"\n".join([json.dumps([0] * len(rows)).encode(), records, b""]), rows


def demand_sound(body: bytes, file: str, sha256: str) -> None:
    """Doubt what a worker has said, as a stranger's file may have made it say anything.

    Raises:
        ValueError: It is not the reports of this file, as `packed` writes them.
    """
    try:
        reports, rows = unpacked(body), _rows(body)
        same_file = all(
            (one.file, one.sha256, one.part) == (file, sha256, number)
            for number, one in enumerate(reports)
        )
        if not reports or not same_file or len(rows) != len(reports):
            raise ValueError("reports of another file")
        for table in (arrow.read(one) for one in rows if one):
            table.validate(full=True)
            if table.schema != _schema():
                raise ValueError("rows of another kind")
    except ValueError:
        raise
    except Exception as error:  # whatever made-up bytes make of the parsers
        raise ValueError(repr(error)) from error


def _rows(body: bytes) -> list[bytes]:
    """The bytes of each report's rows."""
    line, _records, after = body.split(b"\n", 2)
    ends = accumulate(json.loads(line), initial=0)
    return [after[start:end] for start, end in pairwise(ends)]


def _schema() -> pa.Schema:
    pa = arrow.library()
    hashed = dict.fromkeys(("person", "phone"), pa.uint64())
    kinds = hashed | {"value": pa.int64(), "used": pa.bool_()}
    return pa.schema([(n, kinds.get(n, pa.string())) for n in Rows.__dataclass_fields__])


def _packed_rows(rows: Rows) -> bytes:
    if not rows:
        return b""
    columns = {name: getattr(rows, name) for name in Rows.__dataclass_fields__}
    return arrow.written(arrow.library().table(columns, _schema()))
