"""What is known about one day: its tables, and those that are worked out of them when asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, TypeVar

import pandas as pd

from briefing.catalog.figures import FIGURES
from briefing.params import Campaign
from briefing.params.indicators import Indicator
from briefing.tables.actions import actions, asks, reachable
from briefing.tables.anomalies import in_doubt
from briefing.tables.forecast import chance, projections
from briefing.tables.pace import ahead


@dataclass(frozen=True)
class Day:
    """What is known about one day.

    Attributes:
        campaign: Whose day it is.
        date: The day that the tables are about.
        as_of: The moment of knowledge; `None`: everything known when the tables were built.
        illustrative: The figures are made up, and every page has to say so.
        units, whole, bodies, places, reports, findings: The contract's tables.
        corrections: What came of each entry of corrections.yaml.
        anomalies: Every figure that was in doubt on any day so far, and what became of it.
        history: `units` of every day of the campaign up to this one; `places_gained` are those
            of the rank since the day before.
        values: Every indicator and group; see `tables.values`.
        others: The same day of each further indicator: its `campaign` is about that alone.
    """

    campaign: Campaign
    date: date
    as_of: datetime | None
    illustrative: bool
    units: pd.DataFrame
    whole: pd.DataFrame
    bodies: pd.DataFrame
    places: pd.DataFrame
    reports: pd.DataFrame
    corrections: pd.DataFrame
    findings: pd.DataFrame
    anomalies: pd.DataFrame
    history: pd.DataFrame
    values: pd.DataFrame = field(default_factory=pd.DataFrame)
    others: tuple[Day, ...] = ()

    @property
    def indicator(self) -> Indicator:
        """What its figures count; of several the first."""
        return self.campaign.indicators[0]

    @property
    def name(self) -> str:
        """What its indicator is called, as inside a sentence."""
        return str(self.indicator.name or self.campaign.terms.rate)

    @property
    def each(self) -> tuple[Day, ...]:
        """The day of every indicator, the first one's before the others'."""
        return (self, *self.others)

    def of(self, indicator: str) -> Day:
        """The day of an indicator, by its code.

        Raises:
            KeyError: There is no such indicator.
        """
        return {day.indicator.code: day for day in self.each}[indicator]

    def measured(self, column: str) -> tuple[Day, str]:
        """Of which indicator's day a column is, and what it is called inside.

        Args:
            column: As it is called outside; of a further indicator its code may stand before it.
        """
        for day in self.each:
            naming, code = day.campaign.naming, day.indicator.code
            known = {f"{code}_{name}": name for name in FIGURES}
            known |= {naming.outside(name): name for name in FIGURES}
            if column in known:
                return day, known[column]
        return self, column

    def in_campaign(self, campaign: Campaign) -> Day:
        """The same day, of a campaign that differs in names alone."""
        if campaign is self.campaign:
            return self
        others = tuple(replace(o, campaign=campaign.of(o.indicator)) for o in self.others)
        return replace(self, campaign=campaign, others=others)

    @cached_property
    def ahead(self) -> pd.DataFrame:
        """`units` against the target that is still to be reached: see `pace.ahead`.

        And `pace_reachable` (persons a day): see `actions.reachable`.
        """
        units = ahead(self.units, self.campaign.targets)
        return units.assign(pace_reachable=reachable(units, self.in_doubt))

    @cached_property
    def asks(self) -> pd.DataFrame:
        """What each unit is asked for: see `actions.asks`."""
        return asks(self.ahead, self.in_doubt)

    @cached_property
    def actions(self) -> pd.DataFrame:
        """The units to call first: see `actions.actions`."""
        return actions(self.asks)

    @cached_property
    def whole_ahead(self) -> pd.Series:
        """The last row of `whole` against that target."""
        return ahead(self.whole.tail(1), self.campaign.targets).iloc[0]

    @cached_property
    def in_doubt(self) -> pd.DataFrame:
        """The units whose figure of the day is in doubt: see `anomalies.in_doubt`."""
        return in_doubt(self.anomalies, pd.Timestamp(self.date))

    @cached_property
    def chance_ahead(self) -> float | None:
        """How likely the whole reaches that target in time: see `forecast.chance`."""
        step = self.campaign.reporting.step.days
        return chance(self.history, self.whole, self.whole_ahead, step)

    @cached_property
    def projection(self) -> pd.DataFrame:
        """Where the whole and the units go from here: see `forecast.projections`."""
        step = self.campaign.reporting.step.days
        return projections(self.history, self.whole, self.campaign.area.code, step)


Made = TypeVar("Made")


def worked_out_once(make: Callable[..., Made]) -> Callable[..., Made]:
    """What is made of days alone: several pages ask for it, its first day keeps it."""

    @wraps(make)
    def kept(*days: Day | None) -> Made:
        keeper = next((day for day in days if day is not None), None)
        if keeper is None:
            return make(*days)
        known: dict[tuple[int, ...], Any] = keeper.__dict__.setdefault(f"_{make.__name__}", {})
        key = tuple(map(id, days))
        if key not in known:
            known[key] = days, make(*days)  # the days, so that no other gets their identity
        made: Any = known[key][1]
        return made.copy(deep=False) if isinstance(made, pd.DataFrame) else made

    return kept
