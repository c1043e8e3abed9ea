"""Where a cumulative goes from here: a median, an 80 % range, and the chance to reach a figure.

The median carries the present pace on: a mean of the last week and two means that fade, the nearer
the day the more of the latter, and some of the pace's own growth. The days of the week are taken as
they differed before, and the pace falls as those who are left become fewer.

What the median has been wrong by before on the same series says how far it may be off, beside what
it is wrong by on campaigns elsewhere, which rules while the series is short (conformal prediction
with a prior). Errors are measured in units that grow with the horizon and with the series' own
unsteadiness, so that they are comparable. Each time that a range has missed, the next ones are
drawn wider, and narrower each time that it has held (adaptive conformal inference, Gibbs and Candès
2021). The range begins no lower than the last figure while the series has never fallen.

The prior and its units are of first vaccine doses and registrations in Italy, Germany, Malaysia and
the United States, 2020 and 2021, replayed from short and long histories.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

HORIZON = 7  # days, or steps where reports are further apart
FARTHEST = 28  # days after the last figure beyond which nothing is told
FEWEST = 3  # days known before anything is projected
WEEK = 7
QUICK, SLOW = 0.5, 0.7  # weight of a day against that of the day after it, in the means that fade
FAR = np.array([0.2, 0.4, 0.4])  # a week ahead and beyond: of the quick, the slow, the week's mean
NEAR = np.array([0.5, 0.5, 0.0])  # on the day after; between them in proportion
LONG = 0.85  # the fading of the mean against which a pace is seen to grow
LEAN = 0.65  # share of that growth which is carried on
WEEKS = 4  # that tell how the days of a week differ
BELIEF = 0.6  # exponent of that difference, as a factor, where all weeks agree on it
MEMORY = 56  # days over which increases and errors count
FORGETTING = 0.97  # weight of an error against that of the day after it
STEADINESS = 14  # increases whose deviation says how unsteady the series is
USUAL, USUAL_WEIGHT = 0.35, 3  # deviation of a day's increase, of the pace, where little is known
TURN = 0.12  # by which a pace changes in a week, of itself
LEAST = 0.0002  # of the population: what a day may be off by where nothing moves
OUTSIDE = 0.2  # share wanted outside the range, half on each side
STEP = 0.025  # by which the share aimed at follows each hit or miss
WIDEST, NARROWEST = 0.06, 0.7  # bounds of the share aimed at
PRIOR_WEIGHT = 20.0  # forecasts of its own after which a series knows as much as the prior
LEVELS = np.array([0.05, 0.10, 0.20, 0.35, 0.50, 0.65, 0.80, 0.90, 0.95])
PRIOR_DAYS = np.array([1, 3, 7, 14])  # horizons of which the prior is known
PRIOR = np.array([
    [-1.35, -1.06, -0.57, -0.24, -0.06, 0.25, 0.71, 1.31, 2.26],
    [-1.88, -1.51, -0.95, -0.49, -0.10, 0.40, 1.19, 2.23, 4.35],
    [-1.76, -1.36, -0.94, -0.43, -0.02, 0.42, 1.15, 2.47, 4.59],
    [-1.72, -1.39, -0.96, -0.47, -0.03, 0.43, 1.37, 2.72, 5.50],
])  # fmt: skip


@dataclass(frozen=True)
class Projection:
    """A cumulative `horizon` days ahead (persons): as likely above as below `median`.

    Attributes:
        low, high: What comes lies between them four times out of five.
        outcomes: What may come, in order; `levels`: the share of cases that lie below each.
    """

    low: float
    median: float
    high: float
    outcomes: tuple[float, ...] = ()
    levels: tuple[float, ...] = ()

    def chance(self, figure: float) -> float:
        """How likely (0 to 1) `figure` is reached; never quite sure, nor out of the question."""
        return 1 - float(np.interp(figure, self.outcomes, self.levels))


def daily(cumulative: pd.Series, step_days: int = 1) -> np.ndarray:
    """A cumulative by reported day, one value a step: gaps are crossed in a straight line.

    Args:
        cumulative: Persons, indexed by day, in order; missing where nothing was reported.
        step_days: Days from one report date to the next: what `project` calls a day is a step.
    """
    known = cumulative.dropna()
    return known.resample(f"{step_days}D", origin="start").first().interpolate().to_numpy(float)


def steps_ahead(step_days: int) -> int:
    """How many steps are projected: 7 days; of longer steps those within 28 days."""
    return max(1, min(HORIZON, FARTHEST // step_days))


def naive(series: np.ndarray, horizon: int = HORIZON) -> float:
    """The cumulative `horizon` days on, if the pace of the last (up to) 3 days goes on."""
    back = min(3, len(series) - 1)
    return series[-1] + horizon * (series[-1] - series[-1 - back]) / back


def project(series: np.ndarray, population: float, horizon: int = HORIZON) -> Projection:
    """The cumulative `horizon` days after the last of `series`.

    Args:
        series: Persons, one value a day, at least 3.
        population: Persons who can be reached.

    Raises:
        ValueError: Fewer than 3 days.

    Source:
        Gibbs and Candès, Adaptive Conformal Inference Under Distribution Shift, NeurIPS 2021, for
        how the range follows its hits and misses; the median is the product's own.
    """
    if len(series) < FEWEST:
        raise ValueError(f"a projection needs {FEWEST} days, not {len(series)}")
    *_earlier, (_day, last) = replay(series, population, horizon)
    return last


def replay(
    series: np.ndarray, population: float, horizon: int = HORIZON
) -> Iterator[tuple[int, Projection]]:
    """What would have been projected from each day, knowing only the days up to it.

    Returns:
        Position of the day in `series`, and the projection `horizon` days beyond it.
    """
    units: dict[int, float] = {}
    made: dict[int, Projection] = {}
    errors: dict[int, float] = {}
    outside = OUTSIDE
    for day in range(FEWEST - 1, len(series)):
        known, seen = series[: day + 1], day - horizon
        if seen in made:  # the projection whose day has come
            errors[seen] = (series[day] - made[seen].median) / units[seen]
            missed = not made[seen].low <= series[day] <= made[seen].high
            outside = float(np.clip(outside + STEP * (OUTSIDE - missed), WIDEST, NARROWEST))
        median, units[day] = _ahead(known, population, horizon)
        off, levels = _errors(errors, seen, horizon)
        outcomes = _possible(known, population, median + off * units[day])
        low, high = np.interp([outside / 2, 1 - outside / 2], levels, outcomes)
        made[day] = Projection(
            min(low, median), median, max(high, median), tuple(outcomes), tuple(levels)
        )
        yield day, made[day]


def _ahead(series: np.ndarray, population: float, horizon: int) -> tuple[float, float]:
    """Where the pace leads, and the unit in which that is wrong (persons)."""
    differences, last = np.diff(series)[-MEMORY:], series[-1]
    pattern = _pattern(differences)
    increases = differences / pattern[np.arange(-len(differences), 0) % WEEK]
    means = [_faded(increases, QUICK), _faded(increases, SLOW), increases[-WEEK:].mean()]
    quick, slow, week = np.maximum(means, 0)  # nobody goes back
    share = min(1, horizon / WEEK)
    pace = ((1 - share) * NEAR + share * FAR) @ [quick, slow, week]
    if pace > 0:  # a fall that ends is no rise
        pace = max(pace + LEAN * (slow - max(_faded(increases, LONG), 0)), 0)
    rise = pace * pattern[np.arange(horizon) % WEEK].sum()
    left = max(population - last, 0)
    rise = left * -np.expm1(-rise / left) if left else 0.0  # the fewer are left, the slower
    return last + rise, _unit(increases, (week + slow) / 2, population, horizon)


def _faded(increases: np.ndarray, fading: float) -> float:
    """The mean, each value weighing `fading` of the one after it."""
    weights = fading ** np.arange(len(increases))[::-1]
    return float(increases @ weights / weights.sum())


def _pattern(increases: np.ndarray) -> np.ndarray:
    """What the days of a week bring against an average one, that after the last increase first.

    The more the weeks agree on it, the more of it is believed.
    """
    weeks = min(len(increases) // WEEK, WEEKS)
    of_day = increases[len(increases) - WEEK * weeks :].reshape(weeks, WEEK)
    if weeks < 2 or of_day.sum() <= 0:
        return np.ones(WEEK)
    shares = of_day / of_day.mean()
    explained = np.mean((shares.mean(axis=0) - 1) ** 2)
    left = np.mean(shares.var(axis=0, ddof=1)) / weeks
    belief = BELIEF * explained / (explained + left) if explained else 0.0
    pattern = np.clip(shares.mean(axis=0), 1 / 3, 3) ** belief
    return np.asarray(pattern / pattern.mean())


def _unit(increases: np.ndarray, pace: float, population: float, horizon: int) -> float:
    """What the median is about wrong by: of each day's unsteadiness, and of a pace that turns."""
    n, recent = len(increases), increases[-STEADINESS:]
    unsteady = (n - 1) * recent.var(ddof=1) + USUAL_WEIGHT * (USUAL * pace) ** 2
    unsteady /= n - 1 + USUAL_WEIGHT
    turned = (TURN * pace * horizon) ** 2 * horizon / WEEK
    at_rest = (LEAST * population) ** 2 * horizon
    return float(np.sqrt(unsteady * (horizon + horizon**2 / 4) + turned + at_rest))


def _errors(own: dict[int, float], newest: int, horizon: int) -> tuple[np.ndarray, np.ndarray]:
    """Errors that the median may have, in units and in order, and the share below each."""
    days = [day for day in own if day > newest - MEMORY]
    elsewhere = np.array([np.interp(np.log(horizon), np.log(PRIOR_DAYS), at) for at in PRIOR.T])
    weights = FORGETTING ** (newest - np.array(days, float))
    return beside_prior([own[day] for day in days], weights, elsewhere, PRIOR_WEIGHT)


def beside_prior(
    own: Sequence[float], weights: np.ndarray, prior: np.ndarray, prior_weight: float
) -> tuple[np.ndarray, np.ndarray]:
    """Errors of a series and those of campaigns elsewhere, in order, and the share below each.

    Args:
        weights: Of its own errors; `prior_weight`: of all those elsewhere.
        prior: The errors elsewhere at `LEVELS`.
    """
    spread = np.diff(np.concatenate([[0], (LEVELS[1:] + LEVELS[:-1]) / 2, [1]]))
    values = np.concatenate([own, prior])
    weights = np.concatenate([weights, prior_weight * spread])
    order = np.argsort(values, kind="stable")
    values, weights = values[order], weights[order]
    return values, (np.cumsum(weights) - weights / 2) / weights.sum()


def _possible(known: np.ndarray, population: float, outcomes: np.ndarray) -> np.ndarray:
    """Outcomes within what can be: nobody goes back who never did, nobody is beyond all."""
    least = known[-1] if (np.diff(known) >= 0).all() else -np.inf
    return np.clip(outcomes, least, max(population, known[-1]))
