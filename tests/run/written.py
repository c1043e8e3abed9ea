"""How the page writes a value of a published table, in Vietnamese, worked out on its own."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pandas as pd

from tests.run.test_published import vi_count, vi_percent, vi_points
from tests.said.sheet import WORDS

Row = Mapping[str, Any]
Write = Callable[[Row, str], str]


def count(row: Row, column: str) -> str:
    return vi_count(row[column]).replace("-", "\u2212")


def gained(row: Row, column: str) -> str:
    return f"{row[column]:+,.0f}".replace(",", ".").replace("-", "\u2212")


def rounded(row: Row, column: str) -> str:
    return count({column: math.floor(row[column] + 0.5)}, column)


def at_least(row: Row, column: str) -> str:
    return vi_count(math.ceil(row[column]))


def percent(row: Row, column: str) -> str:
    return vi_percent(row[column])


def points(row: Row, column: str) -> str:
    return vi_points(row[column])


def words(row: Row, column: str) -> str:
    return WORDS.get(column, {}).get(row[column], row[column])


def sentence(row: Row, column: str) -> str:
    return row[column][:1].upper() + row[column][1:]


def day(row: Row, column: str) -> str:
    when = date.fromisoformat(row[column])
    return f"{when.day}/{when.month}"


def moment(row: Row, column: str) -> str:
    when = datetime.fromisoformat(row[column])
    return f"{when:%Hh%M} ngày {when.day}/{when.month}/{when.year}"


def asked(row: Row, column: str) -> str:
    if row[column] == "install" and row["pace_asked"] < row["pace_required"]:
        return f"Đến từng hộ, mỗi ngày vận động ít nhất {at_least(row, 'pace_asked')} người"
    if row[column] == "install":
        people = at_least(row, "pace_asked")
        if row["pace_asked"] < row["pace_required"]:
            return f"Đến từng hộ, mỗi ngày vận động ít nhất {people} người"
        return f"Mỗi ngày vận động thêm {people} người"
    return WORDS["ask"][row[column]].capitalize()


def reached_about(row: Row, column: str) -> str:
    """When a target is reached; of what is too far ahead only the earliest days are known."""
    if not pd.isna(row["date_late"]):
        between = f"từ {day(row, column)} đến {day(row, 'date_late')}"
        return f"khoảng {day(row, 'date_likely')} ({between})"
    early = f"sớm nhất {day(row, column)}"
    likely = "" if pd.isna(row["date_likely"]) else f"khoảng {day(row, 'date_likely')}, "
    return likely + early


def in_use(row: Row, column: str) -> str:
    """The figure used in place of a report that is missing or late."""
    carried = "" if pd.isna(row["carried_from"]) else f" (ngày {day(row, 'carried_from')})"
    return count(row, column) + (carried or ", theo báo cáo trễ hạn")
