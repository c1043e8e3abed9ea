"""The figures of a unit that reports daily, from the cells of its reports to its place."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import replace
from numbers import Integral
from typing import Any

import pandas as pd

from briefing.catalog.lineage import (
    CARRIED,
    DAYS,
    DIFFERENCE,
    NEEDED,
    PACE,
    PARAMS,
    PLACE,
    QUOTIENT,
    RULES,
    SAME,
    SPREAD,
    STATED,
    Number,
)
from briefing.params import Campaign
from briefing.tables.denominators import REPORTED
from briefing.tables.pace import LAST_DAYS, days_left
from briefing.tables.tracing.reports import Reports
from briefing.tables.tracing.step import Source, Step

TABLE = "communes"
COLUMNS = (
    "smartphone_owners", "installs_cumulative", "installs_new", "installs_new_days", "coverage",
    "coverage_change", "rank", "target_coverage", "installs_needed", "pace_required",
    "pace_observed",
)  # fmt: skip
ONE_DAY = pd.Timedelta(days=1)
Row = dict[str, Any]  # of communes.csv or town.csv, with what their figures rest on


def figure(step: Step, value: Number | None) -> Step:
    """A step as the figure that the table has: where they differ, it does not add up."""
    if step.rule in RULES:
        return replace(step, value=value)
    return Step(value, SAME, reading=step.reading, parts=(step,)) if step.value != value else step


def plain(value: Any) -> Number | None:
    """A cell of a table as a plain number."""
    if pd.isna(value):
        return None
    return int(value) if isinstance(value, Integral) else float(value)


def days_between(first: pd.Timestamp, last: pd.Timestamp) -> Step:
    return Step((last - first).days, DAYS, note=f"{first:%Y-%m-%d}/{last:%Y-%m-%d}")


def days_to_target(row: Row) -> Step:
    """The days that are left to the target."""
    day, end = row["report_date"], row["target_date"]
    left = int(days_left(pd.Series([day]), pd.Series([end])).iloc[0])
    return Step(left, DAYS, note=f"{day:%Y-%m-%d}/{end:%Y-%m-%d}")


class Units:
    """Every figure of communes.csv, of any day up to that of the tables."""

    def __init__(self, history: pd.DataFrame, reports: Reports, campaign: Campaign) -> None:
        records = history.to_dict("records")
        self._rows: dict[tuple[str, pd.Timestamp], Row] = {
            (row["unit_code"], row["report_date"]): row for row in records
        }
        self._by_day = dict(tuple(history.groupby("report_date")))
        self._ranked: dict[pd.Timestamp, list[tuple[str, float]]] = defaultdict(list)
        ranked = history.dropna(subset=["coverage"]).sort_values("rank", kind="stable")
        for one in ranked.itertuples():
            self._ranked[one.report_date].append((one.unit_code, one.coverage))
        risen = history[history["installs_new"].notna()]
        self._rises: dict[str, list[pd.Timestamp]] = defaultdict(list)
        for code, days in risen.groupby("unit_code"):
            self._rises[code] = sorted(days["report_date"])
        self._reports = reports
        self._campaign = campaign
        self._known: dict[tuple[str, pd.Timestamp, str], Step] = {}

    def row(self, unit: str, day: pd.Timestamp) -> Row:
        """A unit's row of communes.csv on one day."""
        return self._rows[unit, day]

    def of_day(self, day: pd.Timestamp) -> pd.DataFrame:
        return self._by_day[day]

    def step(self, unit: str, column: str, day: pd.Timestamp) -> Step:
        """One figure of one unit on one day."""
        key = (unit, day, column)
        if key not in self._known:
            row = self.row(unit, day)
            value = plain(row[column])
            made = Step(None, STATED) if value is None else figure(self._made(column, row), value)
            self._known[key] = made.named(TABLE, unit, column, f"{day:%Y-%m-%d}")
        return self._known[key]

    def _made(self, column: str, row: Row) -> Step:
        unit, day = row["unit_code"], row["report_date"]
        if column == "smartphone_owners":
            return self._owners(row)
        if column == "installs_cumulative":
            return self._cumulative(row)
        if column == "target_coverage":
            return self.target(row)
        if column == "rank":
            return self._place(row)
        if column == "pace_observed":
            return self._pace(row)
        if column == "pace_required":
            needed = self.step(unit, "installs_needed", day)
            return Step(None, QUOTIENT, parts=(needed, days_to_target(row)))
        if column == "installs_new_days":
            return days_between(day - pd.Timedelta(days=int(row[column])), day)
        if column == "installs_new":
            before = self.step(unit, "installs_cumulative", day - ONE_DAY)
            return Step(
                None, DIFFERENCE, parts=(self.step(unit, "installs_cumulative", day), before)
            )
        rule, names = {
            "coverage": (QUOTIENT, ("installs_cumulative", "smartphone_owners")),
            "coverage_change": (QUOTIENT, ("installs_new", "smartphone_owners")),
            "installs_needed": (
                NEEDED,
                ("target_coverage", "smartphone_owners", "installs_cumulative"),
            ),
        }[column]
        return Step(None, rule, parts=tuple(self.step(unit, name, day) for name in names))

    def risen(self, unit: str, day: pd.Timestamp) -> Step | None:
        """What a unit rose by on one day, of a rise that may be over several days.

        `None` where no report of this day or a later one tells it.
        """
        later = self._rises[unit][bisect_left(self._rises[unit], day) :]
        if not later:
            return None
        rise, days = (
            self.step(unit, name, later[0]) for name in ("installs_new", "installs_new_days")
        )
        if days.value == 1:
            return rise
        first = later[0] - int(days.value or 0) * ONE_DAY
        if day <= first:
            return None
        parts = (rise, days, days_between(first, day))
        value = RULES[SPREAD].work([part.value for part in parts])
        return Step(value, SPREAD, key=unit, date=f"{day:%Y-%m-%d}", parts=parts)

    def _owners(self, row: Row) -> Step:
        if row["smartphone_owners_status"] == REPORTED:
            return self._reports.stated(int(row["owners_report"]), "owners_reported")
        line = 2 + [r.unit_code for r in self._campaign.commune_rows].index(row["unit_code"])
        return Step(
            int(row["smartphone_owners"]),
            PARAMS,
            note=str(row["smartphone_owners_status"]),
            source=Source("params/communes.csv", where=f"line {line}"),
        )

    def target(self, row: Row) -> Step:
        """The target in force, as the campaign's parameters have it."""
        entry = 1 + [pd.Timestamp(t.date) for t in self._campaign.targets].index(row["target_date"])
        source = Source("params/campaign.yaml", where=f"targets, entry {entry}")
        return Step(float(row["target_coverage"]), PARAMS, source=source)

    def _cumulative(self, row: Row) -> Step:
        unit, day = row["unit_code"], row["report_date"]
        if pd.notna(row["carried_from"]):
            return Step(
                None,
                CARRIED,
                parts=(self.step(unit, "installs_cumulative", row["carried_from"]),),
            )
        before = day - ONE_DAY
        known = (unit, before) in self._rows
        earlier = self.step(unit, "installs_cumulative", before) if known else None
        return self._reports.daily(int(row["report"]), earlier)

    def _place(self, row: Row) -> Step:
        day = row["report_date"]
        ahead = (code for code, coverage in self._ranked[day] if coverage > row["coverage"])
        return Step(None, PLACE, parts=tuple(self.step(code, "coverage", day) for code in ahead))

    def _pace(self, row: Row) -> Step:
        unit = row["unit_code"]
        days = [
            day
            for (code, day), one in self._rows.items()
            if code == unit and day <= row["report_date"] and pd.notna(one["installs_cumulative"])
            if pd.isna(one["carried_from"])
        ]
        first, last = days[-1 - LAST_DAYS :][0], days[-1]
        ends = (self.step(unit, "installs_cumulative", day) for day in (last, first))
        return Step(None, PACE, parts=(*ends, days_between(first, last)))
