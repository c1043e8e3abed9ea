"""The tables of days that were worked out before.

A day is a function of the arrivals, the params, the moment and the program: the same of these give
the same tables, so that each notebook, exporter and letter of a run, and the next run, finds them.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa

from briefing import arrow
from briefing.params import Campaign
from briefing.register import Kept
from briefing.run.day_files import FOLDER, file_of
from briefing.tables import Day
from briefing.texts import hold_texts_of

ABOUT = "day.json"
CODED = "coded"  # metadata of a table: its columns whose cells are mappings, kept as JSON


@cache
def frames() -> list[str]:
    """The tables of a day."""
    return [field.name for field in fields(Day) if field.type == "pd.DataFrame"]


class DayStore:
    """Days by key."""

    def __init__(self, register: Path):
        self._kept = Kept(register / FOLDER)

    def get(self, key: str, campaign: Campaign) -> Day | None:
        """A day that was kept; `None` where there is none, or not as it was written."""
        files = self._kept.get(key)
        others = [campaign.of(one) for one in campaign.indicators[1:]]
        codes = [one.indicators[0].code for one in others]
        if not files or {*files} != {ABOUT, *_files(), *(f for one in codes for f in _files(one))}:
            return None
        hold_texts_of(campaign)
        about = json.loads(files[ABOUT])
        as_of = datetime.fromisoformat(about["as_of"]) if about["as_of"] else None
        day = date.fromisoformat(about["date"])

        def made(of: Campaign, code: str = "", others: tuple[Day, ...] = ()) -> Day:
            tables = {name: _frame(arrow.read(files[file_of(name, code)])) for name in frames()}
            return Day(of, day, as_of, about["illustrative"], **tables, others=others)

        return made(campaign, "", tuple(map(made, others, codes)))

    def put(self, key: str, day: Day) -> None:
        """Keep a day; whole or not at all, and the oldest of too many go."""
        as_of = day.as_of.isoformat() if day.as_of else None
        about = {"date": day.date.isoformat(), "as_of": as_of, "illustrative": day.illustrative}
        tables = {file_of(name): _written(getattr(day, name)) for name in frames()}
        for one in day.others:
            own = ((file_of(name, one.indicator.code), getattr(one, name)) for name in frames())
            tables |= {file: _written(table) for file, table in own}
        self._kept.put(key, {ABOUT: json.dumps(about).encode(), **tables})


def _files(indicator: str = "") -> set[str]:
    return {file_of(table, indicator) for table in frames()}


def _written(frame: pd.DataFrame) -> bytes:
    coded = {
        name: pd.Series([json.dumps(cell) for cell in column], frame.index, "string")
        for name, column in frame.items()
        if column.dtype == object and any(isinstance(cell, dict) for cell in column)
    }
    table = pa.Table.from_pandas(frame.assign(**coded), nthreads=1)
    about = {**table.schema.metadata, CODED: json.dumps([*coded])}
    return arrow.written(table.replace_schema_metadata(about))


def _frame(table: pa.Table) -> pd.DataFrame:
    """A table as pandas had it."""
    columns: Any = table.schema.pandas_metadata["columns"]
    plain = {column["name"]: object for column in columns if column["numpy_type"] == "object"}
    frame = table.to_pandas(use_threads=False).astype(plain)
    coded = {
        name: pd.Series([json.loads(cell) for cell in frame[name]], frame.index, object)
        for name in json.loads(table.schema.metadata[CODED.encode()])
    }
    return frame.assign(**coded)
