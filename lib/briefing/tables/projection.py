"""Where a cumulative goes from here: a median and an 80 % range, tried on its own past first.

The median carries the present pace on, after the days of the week have been made comparable. Three
means of the daily increases say what it is, of a short, a middling and a long memory, each with a
little of its growth; the nearer one of them has come on the same series so far, the more it counts:
a pace that turns wants a short memory, one that is steady but noisily told a long one.
The range comes from what that median got wrong before on the same series (conformal prediction):
the errors of the past weeks, relative to the increase that was expected, together with a prior that
counts while the series is short. Each time that a range has missed, the next ones are drawn wider,
and narrower each time that it has held, so that the share of hits settles near 80 % on any series
(adaptive conformal inference, Gibbs and Candès 2021). It begins no lower than the last figure while
the series has never fallen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

HORIZON = 7  # days
FADINGS = (0.3, 0.5, 0.85)  # weight of a day against that of the day after it, in each mean
BELIEF = np.array([0.3, 0.6, 0.1])  # in each mean, before any has been tried
PATIENCE = 5.0  # forecasts for which all means are taken to err alike
SHARPNESS = 8  # a mean that errs by a tenth more counts 1.1 ** 8, about half as much
LEAN = 0.15  # share of the growth, against a mean half as forgetful, that is carried on
WEEKS = 4  # that tell how the days of a week differ
DOUBT = 0.03  # square of a difference between days of the week of which half is believed
FEWEST = 3  # days known before anything is projected
SLOWEST = 0.001  # of the population: the increase that errors are relative to is at least that
PRIOR = np.array([-0.8, -0.5, -0.32, -0.2, -0.1, 0.0, 0.1, 0.24, 0.46, 0.8, 1.4])  # relative errors
PRIOR_WEIGHT = 8.0  # forecasts of its own after which a series knows as much as the prior
MEMORY = 42  # days over which past errors count
FORGETTING = 0.95  # weight of an error against that of the day after it
MISSES = 0.18  # share wanted outside the range; a little under 20 %, since days are few
STEP = 0.03  # by which the share aimed at follows each hit or miss
NARROWEST, WIDEST = 0.6, 0.02  # bounds of the share aimed at


@dataclass(frozen=True)
class Projection:
    """A cumulative `horizon` days ahead (persons): as likely above as below `median`.

    Attributes:
        low, high: What comes lies between them four times out of five.
    """

    low: float
    median: float
    high: float


class _Trust:
    """How much each mean counts, by how far from what came it has been."""

    def __init__(self) -> None:
        self._errors = np.zeros(len(FADINGS))
        self._tried = 0.0

    def learn(self, errors: np.ndarray) -> None:
        self._errors = FORGETTING * self._errors + errors
        self._tried = FORGETTING * self._tried + 1

    @property
    def weights(self) -> np.ndarray:
        if not self._errors.any():
            return BELIEF
        alike = self._errors.mean() / self._tried
        mean = (self._errors + PATIENCE * alike) / (self._tried + PATIENCE)
        weights = BELIEF * (mean / mean.min()) ** -SHARPNESS
        return weights / weights.sum()


def daily(cumulative: pd.Series) -> np.ndarray:
    """A cumulative by reported day, as one value a day: gaps are crossed in a straight line.

    Args:
        cumulative: Persons, indexed by day, in order; missing where nothing was reported.
    """
    known = cumulative.dropna()
    return known.resample("D").first().interpolate().to_numpy(float)


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
    medians: dict[int, float] = {}
    ranges: dict[int, Projection] = {}
    errors: dict[int, float] = {}
    ends: dict[int, np.ndarray] = {}
    trust, aim = _Trust(), MISSES
    rising = bool((np.diff(series[:FEWEST]) >= 0).all())  # never fallen so far: nor will it now
    for day in range(FEWEST - 1, len(series)):
        seen = day - horizon  # the projection whose day has come
        if seen in ranges:
            came = series[day]
            errors[seen] = (came - medians[seen]) / _scale(series, medians, seen, population)
            missed = not ranges[seen].low <= came <= ranges[seen].high
            aim = float(np.clip(aim + STEP * (MISSES - missed), WIDEST, NARROWEST))
            trust.learn(np.abs(came - ends[seen]))
        ends[day] = _ends(series[: day + 1], population, horizon)
        medians[day] = float(trust.weights @ ends[day])
        low, high = _quantiles(errors, seen, aim)
        scale = _scale(series, medians, day, population)
        rising = rising and series[day] >= series[day - 1]
        most = max(population, series[day])
        lowest = medians[day] + min(low, 0) * scale  # errors on one side leave the median in
        ranges[day] = Projection(
            max(lowest, series[day]) if rising else lowest,
            medians[day],
            min(max(medians[day] + max(high, 0) * scale, series[day]), most),
        )
        yield day, ranges[day]


def _scale(series: np.ndarray, medians: dict[int, float], day: int, population: float) -> float:
    """The increase that was expected from a day on (persons), by which its error is measured."""
    return max(medians[day] - series[day], SLOWEST * population)


def _ends(series: np.ndarray, population: float, horizon: int) -> np.ndarray:
    """Where the pace of each mean leads: nobody goes back, and nobody is beyond the population."""
    increases = _comparable(np.diff(series))
    pace = np.array([_faded(increases, fading) for fading in FADINGS])
    slower = np.array([_faded(increases, (1 + fading) / 2) for fading in FADINGS])
    leaning = np.where(pace > 0, pace + LEAN * (pace - slower), 0)  # a fall that ends is no rise
    return np.minimum(series[-1] + horizon * np.maximum(leaning, 0), max(population, series[-1]))


def _faded(increases: np.ndarray, fading: float) -> float:
    """The mean, each value weighing `fading` of the one after it."""
    weights = fading ** np.arange(len(increases))[::-1]
    return float(increases @ weights / weights.sum())


def _comparable(increases: np.ndarray) -> np.ndarray:
    """The increases of the last weeks with the pattern of the days of the week taken out.

    A day's share is against the seven days around it, so that growth does not pass for a pattern.
    """
    recent = increases[-7 * WEEKS :]
    if len(recent) < 14:
        return recent
    around = np.convolve(recent, np.full(7, 1 / 7), mode="valid")
    shares = np.divide(recent[3:-3], around, out=np.ones_like(around), where=around > 0)
    weekday = np.arange(3, len(recent) - 3) % 7
    effects = np.array([np.median(shares[weekday == day]) - 1 for day in range(7)])
    pattern = 1 + effects * _credit(effects, shares - 1 - effects[weekday])
    pattern = np.maximum(pattern / pattern.mean(), 0.3)
    return recent / pattern[np.arange(len(recent)) % 7]


def _credit(effects: np.ndarray, left: np.ndarray) -> float:
    """How much of a pattern to believe (0 to 1): what it explains against what it leaves.

    Args:
        effects: Of each day of the week.
        left: What of each day's share the pattern does not explain.
    """
    explained = float(np.mean(effects**2))
    return explained / (explained + 2 * float(np.mean(left**2)) + DOUBT)


def _quantiles(errors: dict[int, float], newest: int, aim: float) -> tuple[float, float]:
    """Relative errors that `aim` of the past ones lie outside of, half on each side."""
    days = [day for day in errors if day > newest - MEMORY]
    values = np.concatenate([[errors[day] for day in days], PRIOR])
    own = FORGETTING ** np.array([newest - day for day in days], float)
    weights = np.concatenate([own, np.full(len(PRIOR), PRIOR_WEIGHT / len(PRIOR))])
    order = np.argsort(values)
    values, weights = values[order], weights[order]
    middle = (np.cumsum(weights) - weights / 2) / weights.sum()
    low, high = np.interp([aim / 2, 1 - aim / 2], middle, values)
    return float(low), float(high)
