"""The figures of a period, each written down as it is used: what makes a sentence traceable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from briefing import formats
from briefing.labels import listed, shown
from briefing.tables.period.figures import Figures

EACH = 30  # units that a sentence names one by one, where it is about each; of more the rest counts
KEYS = {
    "period": "period",
    "period_days": "report_date",
    "period_units": "unit_code",
    "period_targets": "target_date",
}
"""Published table → the column that names its rows."""


@dataclass(frozen=True)
class Figure:
    """A cell of a published table, as the table writes it."""

    table: str
    key: str
    column: str
    value: str


class FigureRecorder:
    """Gives a rule the figures of a period, and remembers which it asked for.

    Attributes:
        period: To choose rows by; what a sentence says is asked for by `whole`, `unit`, `target`
            and `of_day`.
        figures: What has been asked for, in order.
    """

    def __init__(self, period: Figures) -> None:
        self.period = period
        self.campaign = period.day.campaign
        self.terms = period.day.campaign.terms
        self.figures: list[Figure] = []

    @property
    def doubtful(self) -> pd.DataFrame:
        """The units whose last figure waits to be verified."""
        units = self.period.units
        return units[units["unit_code"].isin(self.period.day.in_doubt["unit_code"])]

    @property
    def deadlines(self) -> str:
        """Until when daily reports were due in the period; more than one where that changed."""
        reporting = self.campaign.reporting
        days = reporting.dates(self.period.first, self.period.covered_to)
        clocks = map(reporting.deadline_of, days)
        return listed(list(dict.fromkeys(map(formats.clock, clocks))))

    def whole(self, column: str) -> Any:
        """A figure of the whole period."""
        return self._figure("period", self.period.key, self.period.whole.iloc[0], column)

    def unit(self, code: str, column: str) -> Any:
        """A figure of one unit."""
        units = self.period.units
        return self._figure(
            "period_units", code, units[units["unit_code"].eq(code)].iloc[0], column
        )

    def target(self, day: date, column: str) -> Any:
        """A figure of the target of a day."""
        frame = self.period.targets
        row = frame[frame["target_date"].eq(pd.Timestamp(day))].iloc[0]
        return self._figure("period_targets", f"{day:%Y-%m-%d}", row, column)

    def of_day(self, day: date, column: str) -> Any:
        """A figure of one day."""
        days = self.period.days
        row = days[days["report_date"].eq(pd.Timestamp(day))].iloc[0]
        return self._figure("period_days", f"{day:%Y-%m-%d}", row, column)

    def named(self, units: pd.DataFrame, column: str = "", how: Any = None, most: int = 5) -> str:
        """Units by name, each with a figure of its own: "Xã A (+1,2); Xã B (+1,1)".

        Only the figures of those who are named are asked for.
        """
        parts = list(map(str, units["unit_name"]))
        for place in range(shown(len(parts), most) if column else 0):
            figure = self.unit(units["unit_code"].iloc[place], column)
            parts[place] += f" ({how(figure)})"
        return listed(parts, most)

    def percent(self, value: Any) -> str:
        """A rate, rounded up to no target that it has not reached."""
        return formats.percent(value, bounds=self.campaign.target_rates)

    def _figure(self, table: str, key: str, row: pd.Series, column: str) -> Any:
        value = row[column]
        figure = Figure(table, key, column, _written(value))
        if figure not in self.figures:
            self.figures.append(figure)
        return value


def _written(value: Any) -> str:
    """A value as the published tables write it."""
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return str(round(value, 6)) if isinstance(value, float) else str(value)
