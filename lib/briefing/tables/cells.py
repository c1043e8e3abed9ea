"""Where in a report a figure stands, for findings that lie between reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

BY_ROW = ("per_person", "per_place", "ratio", "increment")
MAIN_PART = 0.5  # of a change, which one row must make to be the place of it
ADDRESS = re.compile(r"(?:.*![A-Z]+\d+|.*(?:line|row|column|paragraph) \d+)")


@dataclass(frozen=True)
class ByReport:
    """The register's rows, each report's found at once; they stand together as a rule, and are
    then not copied.
    """

    rows: pd.DataFrame

    @cached_property
    def _at(self) -> Mapping[int, Any]:
        return self.rows.groupby("report").indices

    def __getitem__(self, report: int) -> pd.DataFrame:
        at = self._at.get(report)
        if at is None:
            return self.rows.iloc[:0]
        together = at[-1] - at[0] < len(at)
        return self.rows.iloc[slice(at[0], at[-1] + 1) if together else at]


def file_name(report: Mapping[str, Any] | pd.Series) -> str:
    """The name of the file that was read, inside an archive that of the member."""
    member = report.get("member")
    return PurePosixPath(member if pd.notna(member) and member else report["file"]).name


def of_figure(report: pd.Series) -> str:
    """The cell of a report's cumulative; the file's name where it is a sum of several cells."""
    cell = report["sources"].get("numerator_cumulative", "")
    return cell if ADDRESS.fullmatch(cell) and ";" not in cell else file_name(report)


def of_change(report: pd.Series, before: pd.Series, rows: ByReport, change: int) -> str:
    """The cell by which a report's cumulative changed from the one before.

    Of a figure that adds up rows, that of the person or place who makes most of the change,
    if one does.

    Args:
        report, before: Judged reports; their names are their indexes.
        change: Persons, negative for a fall.
    """
    cell = of_figure(report)
    if report["reading"] not in BY_ROW or before["reading"] not in BY_ROW:
        return cell
    now, then = (_counts(rows[r.name], r["reading"]) for r in (report, before))
    by = (now["value"] - then["value"].reindex(now.index).fillna(0)) * (1 if change > 0 else -1)
    if by.empty or by.max() < MAIN_PART * abs(change):
        return cell
    return str(now.at[by.idxmax(), "cell"])


def of_largest(report: pd.Series, rows: ByReport) -> str:
    """The cell of a report's cumulative; of one that adds up rows, that of more than half of it."""
    cell = of_figure(report)
    if report["reading"] not in BY_ROW:
        return cell
    own = _counts(rows[report.name], report["reading"])
    if own.empty or own["value"].max() <= MAIN_PART * own["value"].sum():
        return cell
    return str(own.at[own["value"].idxmax(), "cell"])


def counted_by(rows: pd.DataFrame, place: bool) -> pd.Series:
    """Whom each row counts: the person's hash; where places count, the place, if it is known."""
    if not place:
        return rows["person"]
    return rows["place"].astype(object).where(rows["place"].notna(), rows["person"])


def _counts(own: pd.DataFrame, reading: str) -> pd.DataFrame:
    """`cell` and `value` of the rows that count, by person or place."""
    counted = own[own["used"] & own["value"].notna()]
    keys = counted_by(counted, reading == "per_place")
    counted = counted.assign(key=keys)[keys.notna()]
    return counted.drop_duplicates("key").set_index("key")[["cell", "value"]]


def beside(cell: str, other: str) -> str:
    """The cell in the row of `cell` and the column of `other`; `cell` where that can't be told."""
    sheet, column = re.fullmatch(r"(.*!)([A-Z]+)(\d+)", cell), re.match(r".*?!([A-Z]+)\d+", other)
    if sheet and column:
        return f"{sheet[1]}{column[1]}{sheet[3]}"
    place, column = re.fullmatch(r"(.*column )\d+", cell), re.match(r".*?column (\d+)", other)
    return f"{place[1]}{column[1]}" if place and column else cell
