"""The figures of a day's tables as a graph: each with the figures, reports and params behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from numbers import Integral
from typing import Any, ClassVar

import pandas as pd

from briefing.catalog.lineage import DERIVED, OF_BODY, RULES, SAME, STATED, Number
from briefing.tables.day import Day
from briefing.tables.headline import headline
from briefing.tables.lineage.reports import NO_ROWS, Reports
from briefing.tables.lineage.step import At, Row, Step
from briefing.tables.reporting import has_own_figure

UNITS, WHOLE, BODIES, HEADLINE = "units", "whole", "bodies", "headline"
FORMULAS = {UNITS: DERIVED, WHOLE: DERIVED, BODIES: OF_BODY}


class Graph:
    """Every row of the tables, and the step of each figure, made when it is asked for.

    Attributes:
        reports: What the figures of reports are made of.
        anomalies: Every figure that was ever in doubt.
        reported: Unit → the days that a report gives its figure of.
        rises: Unit → the days on which it is known what has been counted since.
        spacing: From one report date to the next.
    """

    made: ClassVar[Mapping[str, Mapping[str, Made]]]
    """Table → column → how its step is made; the others by their formula in the catalogue."""

    def __init__(self, day: Day, rows: pd.DataFrame = NO_ROWS) -> None:
        """`rows`: the register's rows (`View.rows`), to tell the cells of a report one by one."""
        history, whole, bodies = day.history, day.whole, day.bodies
        self.campaign, self.anomalies = day.campaign, day.anomalies
        self.spacing = pd.Timedelta(day.campaign.reporting.step)
        self.reports = Reports(day.reports, day.corrections, rows)
        self.reported = _days(history[has_own_figure(history)])
        self.rises = _days(history[history["numerator_new"].notna()])
        self._day, self._today = day, pd.Timestamp(day.date)
        self._area = day.campaign.area.code
        self._rows: dict[At, Row] = {
            At(WHOLE, self._area, row["report_date"]): row for row in whole.to_dict("records")
        }
        self._rows |= {At(BODIES, row["body_code"]): row for row in bodies.to_dict("records")}
        self._by_day = dict(tuple(history.groupby("report_date")))
        self._to_come = set(self._by_day)  # days whose rows nobody has asked for yet
        self._ranked: dict[pd.Timestamp, pd.Series] = {}
        self._known: dict[tuple[At, str], Step] = {}

    def figure(self, at: At, column: str) -> Step:
        """A figure of any day up to that of the tables."""
        if (at, column) not in self._known:
            row = self.row(at)
            value = _plain(row[column])
            made = Step(None, STATED) if value is None else self._made(at, column, row, value)
            date = f"{at.day:%Y-%m-%d}" if at.day else ""
            self._known[at, column] = made.named(at.table, at.key, column, date)
        return self._known[at, column]

    def has(self, at: At) -> bool:
        self._open(at.day)
        return at in self._rows

    def _open(self, day: pd.Timestamp | None) -> None:
        """Make the rows of the units on a day: most figures rest on few days of many units."""
        if day in self._to_come:
            self._to_come.remove(day)
            rows = self._by_day[day].to_dict("records")
            self._rows |= {At(UNITS, row["unit_code"], day): row for row in rows}

    def row(self, at: At) -> Row:
        """A row of a table, with what its figures rest on."""
        self._open(at.day)
        if at.table == HEADLINE and at not in self._rows:  # an estimate, made where it is asked for
            self._rows[at] = headline(self._day).iloc[0].to_dict()
        return self._rows[at]

    def places(self, table: str) -> Iterator[At]:
        """Every row of a table."""
        for day in self._by_day if table == UNITS else ():
            self._open(day)
        return (at for at in self._rows if at.table == table)

    def of_day(self, day: pd.Timestamp) -> pd.DataFrame:
        """The rows of the units on one day."""
        return self._by_day[day]

    def ranked(self, day: pd.Timestamp) -> pd.Series:
        """Coverage of the units that have one on a day, by code, the highest first."""
        if day not in self._ranked:
            known = self.of_day(day).dropna(subset=["coverage"]).set_index("unit_code")
            self._ranked[day] = known.sort_values("rank", kind="stable")["coverage"]
        return self._ranked[day]

    def _made(self, at: At, column: str, row: Row, value: Number) -> Step:
        """A step as the figure that the table has: where they differ, it does not add up."""
        own = self.made[at.table].get(column)
        if own:
            made = own(self, at, row)
        else:
            formula = FORMULAS[at.table][column]
            parts = tuple(self.figure(at, name) for name in formula.parts)
            made = Step(None, formula.rule, parts=parts)
        return as_published(made, value)


Made = Callable[[Graph, At, Row], Step]


def _days(rows: pd.DataFrame) -> dict[str, list[pd.Timestamp]]:
    return {code: sorted(days) for code, days in rows.groupby("unit_code")["report_date"]}


def as_published(step: Step, value: Number) -> Step:
    """A step with the value that the table has."""
    if step.rule in RULES:
        return replace(step, value=value)
    return Step(value, SAME, reading=step.reading, parts=(step,)) if step.value != value else step


def _plain(value: Any) -> Number | None:
    """A cell of a table as a plain number."""
    if pd.isna(value):
        return None
    return int(value) if isinstance(value, Integral) else float(value)
