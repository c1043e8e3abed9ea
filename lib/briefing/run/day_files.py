"""The files in which the tables of a day are kept, and what is read of them without pandas."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from briefing import arrow
from briefing.catalog.heads import MOST_ROWS
from briefing.params import Campaign
from briefing.register import Kept, Register

FOLDER = "days"  # inside the register
STANDING = [
    "unit_code", "unit_name", "status", "unused_file", "unused_date", "received_at",
    "numerator_cumulative", "coverage",
]  # fmt: skip
"""Columns of `Day.units` that tell how a report stands."""


def standing_rows(register: Register, key: str) -> list[dict[str, Any]] | None:
    """`STANDING` of the units of a day that was kept, row by row; `None`: it was not.

    A missing value is `None`, a time is a `datetime`.
    """
    files = Kept(register.folder / FOLDER).get(key) or {}
    if file_of("units") not in files:
        return None
    table = arrow.read(files[file_of("units")])
    values = [_values(table[column]) for column in STANDING]
    return [dict(zip(STANDING, row, strict=True)) for row in zip(*values, strict=True)]


def listed_rows(
    rows: list[dict[str, Any]], campaign: Campaign, unit: str
) -> list[dict[str, Any]] | None:
    """Those of the units below one (of all: ""); `None`: more than a page lists, to be folded."""
    above = unit or campaign.root
    below = set(campaign.below(above))
    rows = [row for row in rows if row["unit_code"] in below] if unit else rows
    return None if len(rows) > MOST_ROWS and len(campaign.nodes_under(above)) > 1 else rows


def file_of(table: str, indicator: str = "") -> str:
    """The file of a table; of a further indicator in a folder of its own."""
    return f"{indicator}/{table}.arrow" if indicator else f"{table}.arrow"


def _values(column: pa.ChunkedArray) -> list[Any]:
    """The values of a column; times are made here, since pyarrow would load pandas for them."""
    if not pa.types.is_timestamp(column.type):
        return column.to_pylist()
    zone = ZoneInfo(column.type.tz) if column.type.tz else None
    seconds = column.cast(pa.timestamp("s", column.type.tz), safe=False).cast(pa.int64())
    numbers = seconds.to_pylist()
    times = [n if n is None else datetime.fromtimestamp(n, zone or UTC) for n in numbers]
    return times if zone else [time and time.replace(tzinfo=None) for time in times]
