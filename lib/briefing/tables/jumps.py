"""Increases far outside what a unit and the others have done: most often the slip of a digit.

A day's increase, as a share of the denominator, is compared with two sets of increases: the
unit's own of earlier days, and the other units' of the same day. Only what is far outside *both*
is a jump: a unit that wakes up and does what the others do every day is none, and neither is a
day on which all units gain more than ever.

"Far outside" is median + 5 × spread. The spread is the median absolute deviation × 1.4826 (which
equals the standard deviation of a normal distribution, and which a few odd days do not move),
but never less than a quarter of the median, 0.2 percentage points, or the square root of the
median count: units that gain the same each day would otherwise have no spread at all, and small
counts vary by chance. Falls, and the increments beside them, say nothing of what is usual.

An increase over several days without a report is spread evenly over them. A figure that comes back
to a level which the unit had reported before a fall is no jump: the fall was said. With fewer than
3 earlier increases of the unit, the others alone count; with fewer than 5 units on the day, the
others' earlier days count too; with nothing to compare with, more than a sixth of all denominator
in one day is a jump. Falls are not looked at here: they are `cumulative_decrease`.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from briefing.tables.reporting import holds

FAR = 5.0  # spreads above the median
NORMAL = 1.4826  # standard deviations of a normal distribution in one median absolute deviation
LEAST_SPREAD = 0.25  # of the median
LEAST_POINTS = 0.002  # of the denominator, a day
FEWEST_OWN, FEWEST_OTHERS = 3, 5  # increases that say what is usual
MOST_IN_A_DAY = 1 / 6  # of the denominator, where nothing says what is usual
Rates = tuple[np.ndarray, np.ndarray]  # whose increase, and how much (share of denominator a day)
COLUMNS = ["unit_code", "report", "before_report", "increase", "days", "rate", "most", "others"]


def jumps(increments: pd.DataFrame, *days: date) -> pd.DataFrame:
    """The units whose increase on any of `days` is a jump, each day seen without those after it.

    Args:
        increments: Result of `increments`.

    Returns:
        One row per jump: `unit_code`, `report`, `before_report`, `increase` (persons), `days`,
        `rate` (share of denominator per day), `most` (persons per day: the unit's largest increase
        before that was no jump; missing without one), `others` (share of denominator per day, the
        median of the other units; missing without any).
    """
    units = pd.factorize(increments["unit_code"])[0]
    dates, rates, denominators = (
        increments[name].to_numpy() for name in ("report_date", "rate", "denominator")
    )
    ordered, until = _in_order(increments, units)
    found = []
    for day in pd.DatetimeIndex(days).to_numpy():
        earlier = ordered & (dates < day) & ~(until < day)
        now, before = ((units[of], rates[of]) for of in (dates == day, earlier))
        for at in np.flatnonzero(dates == day):
            own_rates, others = before[1][before[0] == units[at]], _others(units[at], now, before)
            highest = _highest(own_rates, others, denominators[at])
            if rates[at] > highest and not _returns(step := increments.iloc[at], highest):
                ordinary = own_rates[own_rates <= highest]
                most = ordinary.max() * denominators[at] if len(ordinary) else np.nan
                usual = float(np.median(others)) if len(others) else np.nan
                found.append({**step, "most": most, "others": usual})
    return pd.DataFrame(found, columns=COLUMNS)


def _in_order(increments: pd.DataFrame, units: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The increments that say what is usual, without falls and those after them; and the day of
    the fall that comes next, up to which those before it do."""
    falls = holds(increments["increase"] < 0)
    of_unit, days = falls.groupby(units), increments["report_date"].groupby(units)
    until = days.shift(-1).where(of_unit.shift(-1, fill_value=False))
    return ~(falls | of_unit.shift(fill_value=False)).to_numpy(), until.to_numpy()


def _others(unit: int, today: Rates, earlier: Rates) -> np.ndarray:
    """The other units' increases of the day; where they are few, those of earlier days too."""
    rates = _of_others(unit, today)
    if len(rates) >= FEWEST_OTHERS:
        return rates
    return np.concatenate([rates, _of_others(unit, earlier)])


def _of_others(unit: int, rates: Rates) -> np.ndarray:
    units, values = rates
    return values[units != unit]


def _highest(own_rates: np.ndarray, others: np.ndarray, denominator: int) -> float:
    """The highest increase (share of denominator per day) that is not far outside."""
    bounds = [
        _bound(rates, denominator)
        for rates, fewest in ((own_rates, FEWEST_OWN), (others, FEWEST_OTHERS))
        if len(rates) >= fewest
    ]
    return max(bounds, default=MOST_IN_A_DAY)


def _bound(rates: np.ndarray, denominator: int) -> float:
    median = float(np.median(rates))
    deviation = NORMAL * float(np.median(np.abs(rates - median)))
    by_chance = np.sqrt(max(median * denominator, 1)) / denominator
    spread = max(deviation, LEAST_SPREAD * abs(median), LEAST_POINTS, by_chance)
    return median + FAR * spread


def _returns(step: pd.Series, highest: float) -> bool:
    """Whether the figure only comes back to where it had been before a fall."""
    days = (step["report_date"] - step["peak_date"]).days
    since = (step["numerator_cumulative"] - step["peak"]) / days / step["denominator"]
    return step["before"] < step["peak"] and abs(since) <= highest
