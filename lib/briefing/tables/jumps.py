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

FAR = 5.0  # spreads above the median
NORMAL = 1.4826  # standard deviations of a normal distribution in one median absolute deviation
LEAST_SPREAD = 0.25  # of the median
LEAST_POINTS = 0.002  # of the denominator, a day
FEWEST_OWN, FEWEST_OTHERS = 3, 5  # increases that say what is usual
MOST_IN_A_DAY = 1 / 6  # of the denominator, where nothing says what is usual
Rates = tuple[np.ndarray, np.ndarray]  # whose increase, and how much (share of denominator a day)
COLUMNS = ["unit_code", "report", "before_report", "increase", "days", "rate", "most", "others"]


def jumps(increments: pd.DataFrame, day: date) -> pd.DataFrame:
    """The units whose increase on `day` is a jump.

    Args:
        increments: Result of `increments`, up to `day`.

    Returns:
        One row per jump: `unit_code`, `report`, `before_report`, `increase` (persons), `days`,
        `rate` (share of denominator per day), `most` (persons per day: the unit's largest increase
        before that was no jump; missing without one), `others` (share of denominator per day, the
        median of the other units; missing without any).
    """
    today = increments[increments["report_date"].eq(pd.Timestamp(day))]
    earlier = _in_order(increments[increments["report_date"] < pd.Timestamp(day)])
    now, before = (
        (frame["unit_code"].to_numpy(), frame["rate"].to_numpy()) for frame in (today, earlier)
    )
    found = []
    for step in today.to_dict("records"):
        own_rates = before[1][before[0] == step["unit_code"]]
        others = _others(step["unit_code"], now, before)
        highest = _highest(own_rates, others, step["denominator"])
        if step["rate"] > highest and not _returns(step, highest):
            ordinary = own_rates[own_rates <= highest]
            most = ordinary.max() * step["denominator"] if len(ordinary) else np.nan
            usual = float(np.median(others)) if len(others) else np.nan
            found.append({**step, "most": most, "others": usual})
    return pd.DataFrame(found, columns=COLUMNS)


def _in_order(increments: pd.DataFrame) -> pd.DataFrame:
    """The increments that say what is usual: without falls and those on either side of them."""
    falls = increments["increase"] < 0
    of_unit = falls.groupby(increments["unit_code"])
    near = of_unit.shift(-1, fill_value=False) | of_unit.shift(fill_value=False)
    return increments[~(falls | near).astype(bool)]


def _others(unit: str, today: Rates, earlier: Rates) -> np.ndarray:
    """The other units' increases of the day; where they are few, those of earlier days too."""
    rates = _of_others(unit, today)
    if len(rates) >= FEWEST_OTHERS:
        return rates
    return np.concatenate([rates, _of_others(unit, earlier)])


def _of_others(unit: str, rates: Rates) -> np.ndarray:
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


def _returns(step: dict, highest: float) -> bool:
    """Whether the figure only comes back to where it had been before a fall."""
    days = (step["report_date"] - step["peak_date"]).days
    since = (step["numerator_cumulative"] - step["peak"]) / days / step["denominator"]
    return step["before"] < step["peak"] and abs(since) <= highest
