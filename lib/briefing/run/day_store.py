"""The tables of days that were worked out before, kept beside the register.

A day is a function of the arrivals, the params, the moment and the program: the same of these give
the same tables, so that each notebook, exporter and letter of a run, and the next run, finds them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa

import briefing
from briefing.params import Campaign

if TYPE_CHECKING:
    import pandas as pd

    from briefing.tables import Day

FOLDER = "days"  # inside the register
MOST = 200  # days that are kept, the newest used
INDEX = "index.json"
DAMAGED = (OSError, ValueError, KeyError, TypeError, pa.ArrowException)  # or not there
CODED = "coded"  # metadata of a table: its columns whose cells are mappings, kept as JSON


@cache
def frames() -> list[str]:
    """The tables of a day."""
    from briefing.tables import Day

    return [field.name for field in fields(Day) if field.type == "pd.DataFrame"]


@cache
def program() -> str:
    """Changes with every change of the program: what another one worked out is not served."""
    folder = Path(briefing.__file__).parent
    sources = sorted(p for p in folder.rglob("*") if p.suffix in (".py", ".po", ".csv"))
    return hashlib.blake2b(b"".join(map(Path.read_bytes, sources)), digest_size=16).hexdigest()


def day_key(*made_of: object) -> str:
    """The name of a day's tables: a hash of all that they are made of, in plain JSON types."""
    text = json.dumps([program(), *made_of], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


class DayStore:
    """Days by key. Deleting the folder costs working them out again."""

    def __init__(self, register: Path):
        self.folder = register / FOLDER

    def get(self, key: str, campaign: Campaign) -> Day | None:
        """A day that was kept; `None` where there is none, or not as it was written."""
        from briefing.tables import Day

        place = self.folder / key
        try:
            index = json.loads((place / INDEX).read_bytes())
            tables = {name: _frame(_read(place, name, index)) for name in frames()}
        except DAMAGED:
            return None
        os.utime(place)
        as_of = datetime.fromisoformat(index["as_of"]) if index["as_of"] else None
        day = date.fromisoformat(index["date"])
        return Day(campaign, day, as_of, index["illustrative"], **tables)

    def rows(self, key: str, name: str, columns: Sequence[str]) -> list[dict[str, Any]] | None:
        """Columns of one table of a day that was kept, row by row; read without pandas.

        A missing value is `None`, a time is a `datetime`.
        """
        place = self.folder / key
        try:
            table = _read(place, name, json.loads((place / INDEX).read_bytes()))
            values = [_values(table[column]) for column in columns]
        except DAMAGED:
            return None
        return [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]

    def put(self, key: str, day: Day) -> None:
        """Keep a day; whole or not at all, and the oldest of too many go."""
        aside = self.folder / f".{key}.{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        sums = {name: _write(aside / f"{name}.arrow", getattr(day, name)) for name in frames()}
        as_of = day.as_of.isoformat() if day.as_of else None
        about = {"date": day.date.isoformat(), "as_of": as_of, "illustrative": day.illustrative}
        (aside / INDEX).write_text(json.dumps(about | {"sums": sums}), encoding="utf-8")
        place = self.folder / key
        shutil.rmtree(place, ignore_errors=True)
        try:
            aside.rename(place)
        except OSError:  # another process has kept the same day meanwhile
            shutil.rmtree(aside, ignore_errors=True)
        self._forget_the_oldest()

    def _forget_the_oldest(self) -> None:
        kept = [(p.stat().st_mtime, p) for p in self.folder.iterdir() if not p.name.startswith(".")]
        for _used, place in sorted(kept)[:-MOST]:
            shutil.rmtree(place, ignore_errors=True)


def _write(path: Path, frame: pd.DataFrame) -> str:
    """Write a table; its checksum."""
    import pandas as pd

    coded = {
        name: pd.Series([json.dumps(cell) for cell in column], frame.index, "string")
        for name, column in frame.items()
        if column.dtype == object and any(isinstance(cell, dict) for cell in column)
    }
    table = pa.Table.from_pandas(frame.assign(**coded), nthreads=1)
    about = {**table.schema.metadata, CODED: json.dumps([*coded])}
    options = pa.ipc.IpcWriteOptions(compression="zstd", use_threads=False)
    table = table.replace_schema_metadata(about)
    with pa.ipc.new_file(str(path), table.schema, options=options) as file:
        file.write_table(table)
    return hashlib.blake2b(path.read_bytes()).hexdigest()


def _read(place: Path, name: str, index: dict[str, Any]) -> pa.Table:
    """Read a table as it was written.

    Raises:
        ValueError: It is not as it was written.
    """
    content = (place / f"{name}.arrow").read_bytes()
    if hashlib.blake2b(content).hexdigest() != index["sums"][name]:
        raise ValueError(name)
    options = pa.ipc.IpcReadOptions(use_threads=False)  # a process with one thread can be forked
    return pa.ipc.open_file(pa.BufferReader(content), options=options).read_all()


def _values(column: pa.ChunkedArray) -> list[Any]:
    """The values of a column; times are made here, since pyarrow would load pandas for them."""
    if not pa.types.is_timestamp(column.type):
        return column.to_pylist()
    zone = ZoneInfo(column.type.tz) if column.type.tz else None
    seconds = column.cast(pa.timestamp("s", column.type.tz), safe=False).cast(pa.int64())
    numbers = seconds.to_pylist()
    times = [n if n is None else datetime.fromtimestamp(n, zone or UTC) for n in numbers]
    return times if zone else [time and time.replace(tzinfo=None) for time in times]


def _frame(table: pa.Table) -> pd.DataFrame:
    """A table as pandas had it."""
    import pandas as pd

    columns: Any = table.schema.pandas_metadata["columns"]
    plain = {column["name"]: object for column in columns if column["numpy_type"] == "object"}
    frame = table.to_pandas(use_threads=False).astype(plain)
    coded = {
        name: pd.Series([json.loads(cell) for cell in frame[name]], frame.index, object)
        for name in json.loads(table.schema.metadata[CODED.encode()])
    }
    return frame.assign(**coded)
