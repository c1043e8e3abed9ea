"""The figures of a period, before anything is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from briefing.params.report import ReportTexts
from briefing.tables.day import Day


@dataclass(frozen=True)
class Figures:
    """What is known about the days from `first` to `last`.

    Attributes:
        day: The last day that anything is known about; `last`, or before it.
        first, last: The period as it was asked for.
        whole: One row: opening and closing state, change, extremes, reports, bodies.
        days: One row per day up to `day.date`.
        units: One row per unit; the columns of period_units.csv.
        targets: One row per target of the campaign; those of period_targets.csv.
        sectors: The bodies that report once, by sector; see `reporting_rates.sectors`.
        lacking: What was owed and is missing, late or of no use; those of
            period_lacking.csv.
        findings: As `Day.findings`, of every day of the period.
        texts: The analyst's own words.
    """

    day: Day
    first: date
    last: date
    whole: pd.DataFrame
    days: pd.DataFrame
    units: pd.DataFrame
    targets: pd.DataFrame
    sectors: pd.DataFrame
    lacking: pd.DataFrame
    findings: pd.DataFrame
    texts: ReportTexts

    @property
    def covered_to(self) -> date:
        return self.day.date

    @property
    def unfinished(self) -> bool:
        """Whether days of the period are left of which nothing is known yet."""
        return self.covered_to < self.last

    @property
    def annex_of_lacking(self) -> str:
        """The number of the annex of what is missing or late, behind those of the figures."""
        return "II" if self.day.bodies.empty else "III"

    @property
    def key(self) -> str:
        """What the period is called in tables and folders: 2021-08-16_2021-08-22."""
        return f"{self.first}_{self.last}"
