"""How many people are really counted, per unit and day: a credible path through the baseline.

The published baseline is met exactly; before it the campaign idles, in the peak week it picks
up, afterwards it slows down. Units start far apart and move at their own speed; a few stagnate.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from briefing.sample.people import dice

LOWEST, HIGHEST, SKEW = 0.32, 0.60, 1.3  # share of denominator at the baseline, unit by unit
DRAW = 257  # which of many equally likely draws: one with good lists from the smallest units
SPEED = (0.65, 1.35)  # a unit's daily gain over the average one's
STAGNANT_SPEED = 0.12
BEFORE = 0.0122  # the whole area's daily gain, as a share of denominator
AROUND_PEAK = (0.008, 0.017, 0.021, 0.024, 0.022, 0.020, 0.016, 0.015)
AFTER = 0.009
UNKNOWN_BASELINE = (4, 0.40)  # days after the start, coverage: when the campaign names none


def baseline_of(campaign: Any) -> tuple[date, float]:
    """Day and coverage that the path goes through exactly."""
    if campaign.baseline is not None:
        return campaign.baseline.at.date(), campaign.baseline.coverage
    offset, coverage = UNKNOWN_BASELINE
    return campaign.dates.start + timedelta(days=offset), coverage


def share(total: int, weights: Sequence[float]) -> list[int]:
    """Split a whole number by weights, losing nothing (largest remainder, first one on a tie)."""
    scale = total / (sum(weights) or 1)
    exact = [weight * scale for weight in weights]
    parts = [int(value) for value in exact]
    order = sorted(range(len(exact)), key=lambda i: (parts[i] - exact[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts


def days_of(campaign: Any) -> list[date]:
    """Every day of the campaign, and those before it back to a report date."""
    first = campaign.reporting.before(campaign.dates.start) or campaign.dates.start
    return [first + timedelta(days=i) for i in range((campaign.dates.end - first).days + 1)]


def numerator_by_unit(
    campaign: Any, seed: int, stagnant: frozenset[str]
) -> dict[str, dict[date, int]]:
    """Cumulative counts (persons) by unit code and day, from the day before the start.

    At the baseline they add up to round(coverage × denominator) of all units together.
    """
    codes = campaign.units["unit_code"].tolist()
    denominator = [int(value) for value in campaign.units["denominator"]]
    anchor, coverage = baseline_of(campaign)
    known = share(round(coverage * sum(denominator)), _levels(denominator, coverage, seed))
    speeds = _speeds(codes, denominator, stagnant, seed)
    return {
        code: _series(
            campaign, anchor, known[i], denominator[i], speeds[i], dice(seed, "days", code)
        )
        for i, code in enumerate(codes)
    }


def _levels(denominator: list[int], coverage: float, seed: int) -> list[float]:
    """Expected counts of each unit at the baseline, spread and then moved to the known mean."""
    last = max(len(denominator) - 1, 1)
    spread = [LOWEST + (HIGHEST - LOWEST) * (i / last) ** SKEW for i in range(len(denominator))]
    dice(seed, "levels", DRAW).shuffle(spread)
    mean = sum(s * o for s, o in zip(spread, denominator, strict=True)) / sum(denominator)
    return [
        max(s + coverage - mean, coverage / 2) * o for s, o in zip(spread, denominator, strict=True)
    ]


def _speeds(
    codes: list[str], denominator: list[int], stagnant: frozenset[str], seed: int
) -> list[float]:
    """A unit's speed relative to the area's; weighted by denominator they average to one."""
    draw = dice(seed, "speeds")
    speeds = [draw.uniform(*SPEED) for _ in codes]
    speeds = [STAGNANT_SPEED if c in stagnant else s for c, s in zip(codes, speeds, strict=True)]
    mean = sum(s * o for s, o in zip(speeds, denominator, strict=True)) / sum(denominator)
    return [s if c in stagnant else s / mean for c, s in zip(codes, speeds, strict=True)]


def _series(
    campaign: Any, anchor: date, known: int, denominator: int, speed: float, draw: Any
) -> dict[date, int]:
    days = days_of(campaign)
    gains = {
        day: max(1, round(denominator * _pace(day, anchor) * speed * draw.uniform(0.75, 1.25)))
        for day in days
    }
    series = {anchor: known}
    for day in reversed([d for d in days if d < anchor]):
        series[day] = max(series[day + timedelta(days=1)] - gains[day + timedelta(days=1)], 1)
    for day in [d for d in days if d > anchor]:
        before = series[day - timedelta(days=1)]
        room = max(0.0, min(1.2, (1 - before / denominator) / (1 - known / denominator)))
        series[day] = before + max(1, round(gains[day] * room))
    return dict(sorted(series.items()))


def _pace(day: date, anchor: date) -> float:
    after = (day - anchor).days
    if after <= 0:
        return BEFORE
    return AROUND_PEAK[after - 1] if after <= len(AROUND_PEAK) else AFTER
