"""Of how many: the denominator of params beside the one that a unit's own reports state."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.tables.day import Day
from briefing.tables.reporting import holds


@dataclass(frozen=True)
class OfAdults:
    """The whole, of the adults of the units that have given a figure.

    Attributes:
        numerator_cumulative, adults: Persons.
        at_targets: The share of the adults (fraction) that each target comes to, in their order.
    """

    numerator_cumulative: int
    adults: int
    at_targets: tuple[float, ...]

    @property
    def coverage(self) -> float:
        """Fraction of the adults."""
        return self.numerator_cumulative / self.adults

    def needed(self, coverage: float) -> int:
        """Persons still missing to a share of the adults; at least 0."""
        goal = math.ceil(round(coverage * self.adults, 6))
        return max(0, goal - self.numerator_cumulative)


def stress_test(day: Day) -> pd.DataFrame:
    """Each unit by the denominator of params and by the one that its own reports state; beside
    them, of its adults and of its people.

    Returns:
        The columns of denominators.csv, in the order of units.csv: persons, fractions, places;
        `reached_…` (boolean) by the target in force. The reported ones are missing where no report
        states any; the places among all units then take the params' denominator for those.

    Source:
        The letter of the first campaign, of August 2021, second paragraph: the app works
        only from 60 % of “người trong độ tuổi trưởng thành” on.
    """
    params = day.campaign.units.set_index("unit_code")
    units = day.units.set_index("unit_code")
    numerator = units["numerator_cumulative"]
    denominator = params["denominator"].reindex(units.index).astype("Int64")
    stated = units["denominator_reported"]
    told_on = day.reports["report_date"].reindex(units["denominator_report"]).set_axis(units.index)
    frame = units[["unit_name", "numerator_cumulative", "target_coverage"]].assign(
        denominator_params=denominator,
        denominator_params_status=params["denominator_status"],
        denominator_reported=stated,
        denominator_reported_on=told_on,
        adults=params["adults"].astype("Int64"),
        population=params["population"].astype("Int64"),
        coverage_params=numerator / denominator,
        coverage_reported=numerator / stated,
        coverage_adults=numerator / params["adults"].astype("Int64").reindex(units.index),
        coverage_population=numerator / params["population"].reindex(units.index),
    )
    filled = frame["coverage_reported"].fillna(frame["coverage_params"])
    for name, rates in (("params", frame["coverage_params"]), ("reported", filled)):
        frame[f"rank_{name}"] = rates.rank(ascending=False, method="min").astype("Int64")
        own = frame[f"coverage_{name}"]
        frame[f"reached_{name}"] = own.ge(frame["target_coverage"]).where(own.notna())
    return frame.reset_index()[COLUMNS["denominators"]]


def of_adults(day: Day) -> OfAdults | None:
    """The whole of its adults; `None` while the adults of a unit that counts are not known."""
    counted = day.units[day.units["numerator_cumulative"].notna()]
    known = day.campaign.units.set_index("unit_code")["adults"].astype("Int64")
    adults = known.reindex(counted["unit_code"])
    if counted.empty or adults.isna().any():
        return None
    denominator = counted["denominator"].sum()
    return OfAdults(
        int(counted["numerator_cumulative"].sum()),
        int(adults.sum()),
        tuple(float(t.coverage * denominator / adults.sum()) for t in day.campaign.targets),
    )


def flips(tested: pd.DataFrame) -> pd.DataFrame:
    """The units of `stress_test` whose "reached" or place the other denominator changes."""
    known = tested["denominator_reported"].notna()
    reached = known & holds(tested["reached_params"].ne(tested["reached_reported"]))
    moved = holds(tested["rank_params"].ne(tested["rank_reported"]))
    return tested.assign(reached_flips=reached)[reached | moved].reset_index(drop=True)
