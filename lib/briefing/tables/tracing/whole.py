"""The figures of the whole: sums and counts over its units."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from briefing.catalog.lineage import COUNT, DIFFERENCE, MEAN, NEEDED, QUOTIENT, STATED, STATUS, SUM
from briefing.tables.pace import LAST_DAYS
from briefing.tables.reporting import STATUSES
from briefing.tables.tracing.step import Source, Step
from briefing.tables.tracing.units import (
    ONE_DAY,
    Row,
    Units,
    days_between,
    days_to_target,
    figure,
    plain,
)

TABLE = "town"
COUNTS = ("reports_expected", *(f"reports_{status}" for status in STATUSES), "communes_counted")
COLUMNS = (
    "smartphone_owners", "installs_cumulative", "installs_new", "installs_new_days",
    "rise_change", "coverage", "coverage_change", "target_coverage", "installs_needed",
    "pace_required", "pace_observed", "installs_carried", *COUNTS,
)  # fmt: skip


class Whole:
    """Every figure of town.csv, of any day up to that of the tables."""

    def __init__(self, town: pd.DataFrame, units: Units, code: str) -> None:
        self._rows: dict[pd.Timestamp, Row] = {
            row["report_date"]: row for row in town.to_dict("records")
        }
        self._units = units
        self._code = code

    def step(self, column: str, day: pd.Timestamp) -> Step:
        """One figure of one day."""
        row = self._rows[day]
        value = plain(row[column])
        made = Step(None, STATED) if value is None else figure(self._made(column, row), value)
        return made.named(TABLE, self._code, column, f"{day:%Y-%m-%d}")

    def _made(self, column: str, row: Row) -> Step:
        day = row["report_date"]
        if column in COUNTS:
            return self._count(column, row)
        if column == "target_coverage":
            return self._units.target(row)
        if column == "pace_observed":
            return self._pace(day)
        if column == "pace_required":
            return Step(
                None, QUOTIENT, parts=(self.step("installs_needed", day), days_to_target(row))
            )
        if column == "installs_new":
            return Step(None, SUM, parts=self._rises(day, self._known(day - ONE_DAY)))
        if column == "installs_new_days":
            return days_between(day - ONE_DAY, day)
        if column == "rise_change":
            return self._compared(day)
        if column == "coverage_change":
            return Step(
                None, QUOTIENT, parts=(self.step("installs_new", day), self._owners_on_both(day))
            )
        if column == "coverage":
            names = ("installs_cumulative", "smartphone_owners")
            return Step(None, QUOTIENT, parts=tuple(self.step(name, day) for name in names))
        if column == "installs_needed":
            names = ("target_coverage", "smartphone_owners", "installs_cumulative")
            return Step(None, NEEDED, parts=tuple(self.step(name, day) for name in names))
        return self._sum(column, day)

    def _sum(self, column: str, day: pd.Timestamp) -> Step:
        of_day = self._units.of_day(day)
        known = of_day[of_day["installs_cumulative"].notna()]
        if column == "installs_carried":
            known, column = known[known["carried_from"].notna()], "installs_cumulative"
        return Step(None, SUM, parts=self._each(known, column, day))

    def _each(self, rows: pd.DataFrame, column: str, day: pd.Timestamp) -> tuple[Step, ...]:
        return tuple(self._units.step(code, column, day) for code in rows["unit_code"])

    def _owners_on_both(self, day: pd.Timestamp) -> Step:
        """Who can install in the units that are known on this day and on the one before."""
        of_day = self._units.of_day(day)
        known = of_day["unit_code"].isin(self._known(day - ONE_DAY))
        parts = self._each(of_day[known], "smartphone_owners", day)
        return Step(sum(part.value or 0 for part in parts), SUM, parts=parts)

    def _known(self, day: pd.Timestamp) -> list[str]:
        """The units that have a figure on a day."""
        of_day = self._units.of_day(day)
        return list(of_day.loc[of_day["installs_cumulative"].notna(), "unit_code"])

    def _rises(self, day: pd.Timestamp, units: Sequence[str]) -> tuple[Step, ...]:
        """What each of these units rose by on a day, where that is known."""
        return tuple(rise for code in units if (rise := self._units.risen(code, day)))

    def _compared(self, day: pd.Timestamp) -> Step:
        """The rise of a day less that of the day before, over the units of which both are known."""
        eve = day - ONE_DAY
        both = [code for code in self._known(eve)
                if self._units.risen(code, day) and self._units.risen(code, eve)]  # fmt: skip
        sums = (self._rises(moment, both) for moment in (day, eve))
        parts = (Step(sum(part.value or 0 for part in rises), SUM, parts=rises) for rises in sums)
        return Step(None, DIFFERENCE, parts=tuple(parts))

    def _count(self, column: str, row: Row) -> Step:
        """A count of units, each with what is counted of it."""
        of_day = self._units.of_day(row["report_date"])
        kind = column.removeprefix("reports_")
        if column == "communes_counted":
            chosen = of_day[of_day["installs_cumulative"].notna()]
        elif kind == "expected":
            chosen = of_day[of_day["due"]]
        else:
            chosen = of_day[of_day["status"].eq(kind).fillna(False) & of_day["due"]]
        parts = tuple(_of_unit(one, kind) for one in chosen.to_dict("records"))
        return Step(None, COUNT, parts=parts)

    def _pace(self, day: pd.Timestamp) -> Step:
        """The rises since the fourth last day that was reported on, over the days between."""
        days = [moment for moment in self._rows if moment <= day and self._reported(moment)]
        window = days[-1 - LAST_DAYS :]
        between = [moment for moment in self._rows if window[0] < moment <= window[-1]]
        parts = [self.step("installs_new", moment) for moment in between]
        known = [part for part in parts if part.value is not None]
        return Step(None, MEAN, parts=(*known, days_between(window[0], window[-1])))

    def _reported(self, day: pd.Timestamp) -> bool:
        rows = self._units.of_day(day)
        if self._rows[day]["reports_not_due"]:
            return False
        return bool((rows["carried_from"].isna() & rows["installs_cumulative"].notna()).any())


def _of_unit(unit: dict, kind: str) -> Step:
    at = unit["received_at"]
    return Step(
        1,
        STATUS,
        table="communes",
        key=unit["unit_code"],
        column="status",
        date=f"{unit['report_date']:%Y-%m-%d}",
        note=kind,
        source=None if pd.isna(at) else Source("", received_at=at.isoformat(timespec="seconds")),
    )
