"""What a day's total will be once all reports are in, from those that are: a median, a range.

A unit that has not reported yet is taken to go on at its own pace, the day itself by as much more
or less as those have gained that are in, against their own pace. How far such estimates were off is
measured on the days before with the same units left out, beside what they are off by in campaigns
elsewhere, which rules while the own days are few.

The prior is of first vaccine doses and registrations in Italy, Germany, Malaysia and the United
States, 2020 and 2021, replayed with units late at random.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from briefing.tables.projection import OUTSIDE, beside_prior

STEPS = 7  # newest increases of a unit that tell its pace
FADING = 0.8  # weight of an increase against that of the one after it
USUAL, USUAL_WEIGHT = 0.35, 3.0  # deviation of a day's increase, of the pace, where little is known
SHARED = 0.3  # deviation of what a day does to all units alike
ALIKE = 4.0  # units in, from which on what they did with the day is believed by half
TURN = 0.12  # by which a pace changes in a day, of itself
LEAST = 0.00005  # of the people: what a day may be off by where nothing moves
EARLIER = 21  # days before that are tried again
PRIOR_WEIGHT = 4.0  # days of its own after which a campaign knows as much as the prior
PRIOR = np.array([-1.70, -1.35, -0.85, -0.40, -0.06, 0.28, 0.80, 1.45, 2.05])
REPLAYED_FROM, SKIPPED = 3, 1 / 12  # days known, and days that a unit leaves out, in a replay
DRAWS = 3  # of units that are late, a day


@dataclass(frozen=True)
class Estimate:
    """A total (persons): four times out of five it comes between `low` and `high`."""

    low: float
    median: float
    high: float


def nowcast(figures: np.ndarray, denominator: np.ndarray) -> Estimate | None:
    """The total of the last day once every unit has reported on it.

    Args:
        figures: Cumulative persons, a row a unit and a column a day, missing where the unit did
            not report; only the last column may be in the making.
        denominator: People counted among, by unit.

    Returns:
        `None` where nothing is to come, a unit has never given a figure, or no pace is known.

    Source:
        The product's own estimate, tried on real campaigns: see `backtest.of_late_reports`.
    """
    late = np.isnan(figures[:, -1]) if figures.size else np.array([], bool)
    if not late.any() or np.isnan(figures).all(axis=1).any():
        return None
    made = _made(figures, denominator, late)
    if made is None:
        return None
    median, unit = made
    own = _own(figures, denominator, late)
    off, levels = beside_prior(own, np.ones(len(own)), PRIOR, PRIOR_WEIGHT)
    low, high = np.interp([OUTSIDE / 2, 1 - OUTSIDE / 2], levels, median + off * unit)
    carried = _carried(figures)[:, -1].sum()
    if (np.nan_to_num(_increases(figures)[0]) >= 0).all():  # nobody went back so far
        low, median, high = (max(value, carried) for value in (low, median, high))
    return Estimate(float(low), float(median), float(high))


def replay(figures: np.ndarray, denominator: np.ndarray) -> Iterator[tuple[Estimate, float, float]]:
    """What would have been told of each day, had reports been late at random.

    Three times on each day a share of the units, drawn anew, has not reported yet; each has left
    out one day in twelve for good. The draws are the same each time.

    Args:
        figures: Cumulative persons, a row a unit and a column a day, none missing.

    Returns:
        The estimate, the total that came, and the total as it was carried forward.
    """
    draw = np.random.default_rng(2021)
    gaps = draw.random(figures.shape) < SKIPPED
    for day in np.repeat(np.arange(REPLAYED_FROM, figures.shape[1]), DRAWS):
        late = draw.random(len(figures)) < draw.uniform(0.1, 0.9)
        late[draw.integers(len(figures))] = True
        first = max(0, int(day) - EARLIER - STEPS)
        then = np.where(gaps, np.nan, figures)[:, first : day + 1]
        then[:, 0], then[:, -1] = figures[:, first], np.where(late, np.nan, figures[:, day])
        if (estimate := nowcast(then, denominator)) is not None:
            yield estimate, float(figures[:, day].sum()), float(_carried(then)[:, -1].sum())


def _carried(figures: np.ndarray) -> np.ndarray:
    """Each figure, or the newest before it."""
    days = np.where(np.isnan(figures), -1, np.arange(figures.shape[1]))
    newest = np.maximum.accumulate(days, axis=1)
    return np.where(newest < 0, np.nan, np.take_along_axis(figures, newest.clip(0), axis=1))


def _increases(figures: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """By unit and reported day the increase since the report before, and over how many days."""
    days = np.where(np.isnan(figures), -1, np.arange(figures.shape[1]))
    newest = np.maximum.accumulate(days, axis=1)
    before = np.hstack([np.full((len(figures), 1), -1), newest[:, :-1]])
    known = (days >= 0) & (before >= 0)
    earlier = np.take_along_axis(figures, before.clip(0), axis=1)
    return np.where(known, figures - earlier, np.nan), np.where(known, days - before, np.nan)


def _made(
    figures: np.ndarray, denominator: np.ndarray, late: np.ndarray
) -> tuple[float, float] | None:
    """The total of the last day, and the unit in which that is wrong (persons)."""
    rises, days = _increases(figures)
    paces, unsteady = _paces(rises[:, :-1], days[:, :-1], denominator)
    if np.isnan(paces).any():
        return None
    day, believed = _of_the_day(rises[:, -1], days[:, -1], paces)
    newest = np.where(np.isnan(figures), -1, np.arange(figures.shape[1])).max(axis=1)
    gap = np.where(late, figures.shape[1] - 1 - newest, 0)
    rise = paces * (gap - 1 + day) * late
    alone = (gap * unsteady**2 + (TURN * paces * gap) ** 2 * gap) * late
    alike = (SHARED * (1 - believed) * (paces * late).sum()) ** 2
    at_rest = (LEAST * denominator[late].sum()) ** 2
    total = _carried(figures)[:, -1].sum() + rise.sum()
    return float(total), float(np.sqrt(alone.sum() + alike + at_rest))


def _paces(
    rises: np.ndarray, days: np.ndarray, denominator: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Each unit's increase a day and its deviation; by the others where it has none of its own."""
    paces, unsteady = np.full(len(rises), np.nan), np.full(len(rises), np.nan)
    for n, (rise, over) in enumerate(zip(rises, days, strict=True)):
        known = ~np.isnan(rise)
        a_day, over = (rise[known] / over[known])[-STEPS:], over[known][-STEPS:]
        if not len(a_day):
            continue
        weights = over * FADING ** np.arange(len(a_day))[::-1]
        pace = max(float(a_day @ weights / weights.sum()), 0.0)
        spread = float(((a_day - pace) ** 2 * over).sum()) + USUAL_WEIGHT * (USUAL * pace) ** 2
        paces[n], unsteady[n] = pace, np.sqrt(spread / (len(a_day) + USUAL_WEIGHT))
    if np.isnan(paces).all():
        return paces, unsteady
    of_others = np.nanmedian(paces / denominator) * denominator
    none = np.isnan(paces)
    return np.where(none, of_others, paces), np.where(none, of_others, unsteady)


def _of_the_day(rise: np.ndarray, days: np.ndarray, paces: np.ndarray) -> tuple[float, float]:
    """How much more or less than their pace those gained who are in, as far as it is believed."""
    known = ~np.isnan(rise)
    usual = float((paces * days)[known].sum())
    if not usual:
        return 1.0, 0.0
    believed = known.sum() / (known.sum() + ALIKE)
    return float(np.clip(1 + believed * (rise[known].sum() / usual - 1), 0.2, 3.0)), float(believed)


def _own(figures: np.ndarray, denominator: np.ndarray, late: np.ndarray) -> list[float]:
    """By how many units such an estimate was off on each of the days before."""
    errors = []
    newest = figures.shape[1] - 1
    for day in range(max(2, newest - EARLIER), newest):
        then, missing = figures[:, : day + 1].copy(), late & ~np.isnan(figures[:, day])
        then[missing, -1] = np.nan
        if not missing.any() or np.isnan(then).all(axis=1).any():
            continue
        made = _made(then, denominator, missing)
        if made is not None:
            came = _carried(figures[:, : day + 1])[:, -1].sum()
            errors.append((came - made[0]) / made[1])
    return errors
