"""How fast, against how fast it has to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from briefing.params.indicators import Target

LAST_DAYS = 3  # reported days that the observed pace is the mean of
PACES = ["pace_observed", "pace_best", "pace_last"]


def observed_pace(reported: pd.DataFrame, by: str) -> pd.DataFrame:
    """Mean and best daily increase over the last reported days, per unit.

    A reported day's increase counts since the reported day before it; where days lie between,
    it is spread evenly over them.

    Args:
        reported: One row per unit and reported day (carried days left out): `by`,
            `report_date`, `numerator_cumulative` (persons).
        by: Column that names the unit.

    Returns:
        Indexed by `by` and `report_date`: `pace_observed`, `pace_best` (persons per day) over
        the last (up to) 3 reported days, and `pace_last`, that of the day alone; a unit's first
        reported day is not in it.
    """
    ordered = reported[[by, "report_date", "numerator_cumulative"]].sort_values([by, "report_date"])
    units = ordered.groupby(by)
    steps = ordered.assign(
        increase=units["numerator_cumulative"].diff().astype("float64"),
        elapsed=units["report_date"].diff().dt.days.astype("float64"),
    ).dropna(subset=["increase", "elapsed"])
    steps["speed"] = steps["increase"] / steps["elapsed"]
    steps = steps.set_index([by, "report_date"])
    units = steps.groupby(level=0)
    last = [units.shift(back) for back in range(LAST_DAYS)]
    increase, elapsed = (sum(of[name].fillna(0) for of in last) for name in ("increase", "elapsed"))
    return pd.DataFrame(
        {
            "pace_observed": increase / elapsed,
            "pace_best": pd.concat([of["speed"] for of in last], axis=1).max(axis=1),
            "pace_last": steps["speed"],
        }
    ).astype("Float64")


def days_left(day: pd.Series, target_date: pd.Series) -> pd.Series:
    """Days from `day` to the target: the day's own is in its figures, the target's own counts.

    0 on the target's day and after it: then there is no pace any more, only the verdict.

    Source:
        The product's rule: from 16/8 to a target of 20/8 there are 4 days.
    """
    return (target_date - day).dt.days.clip(lower=0)


def target_columns(days: pd.Series, targets: Sequence[Target]) -> pd.DataFrame:
    """The target that each day is judged by: `target_coverage` (fraction), `target_date`.

    The first whose own day is not past; the last one for good.
    """
    return _targets(days, targets, "left")


def ahead(figures: pd.DataFrame, targets: Sequence[Target]) -> pd.DataFrame:
    """Figures against what is still to be reached: the first target whose day is to come.

    On the day of a target, whose verdict the figures of that day are, that is the next one.

    Args:
        figures: Of units or of the whole: what `outlook` asks for but the targets.
        targets: In the order of their days, at least one.

    Returns:
        `figures`, with the columns of `outlook` for that target; for the last one, for good.
    """
    return outlook(figures.assign(**_targets(figures["report_date"], targets, "right")))


def _targets(
    days: pd.Series, targets: Sequence[Target], side: Literal["left", "right"]
) -> pd.DataFrame:
    dates = [pd.Timestamp(target.date) for target in targets]
    places = np.searchsorted(dates, pd.DatetimeIndex(days), side=side)
    places = places.clip(max=len(targets) - 1)
    return pd.DataFrame(
        {
            "target_coverage": [targets[place].coverage for place in places],
            "target_date": pd.to_datetime([targets[place].date for place in places]),
        },
        index=days.index,
    )


def beyond_doubt(frame: pd.DataFrame) -> pd.Series:
    """Whether the rate without what is in doubt is that of the target too.

    Args:
        frame: `coverage_sure`, `target_coverage` (fractions).
    """
    above = frame["coverage_sure"].astype("Float64") - frame["target_coverage"]
    return (above.round(6) >= 0).fillna(False)


def falling(row: pd.DataFrame) -> pd.Series:
    """Whether a figure falls: on its last reported day, or over its last ones."""
    return (row[["pace_observed", "pace_last"]] < 0).fillna(False).any(axis=1)


def outlook(frame: pd.DataFrame) -> pd.DataFrame:
    """What is needed to reach the target, per day, and whether the observed pace does it.

    On the target's day and after it the figure is judged: `reached` or `missed`. One that falls,
    on its last day or over the last days, is `behind` or `out_of_reach` before the target's day,
    `behind` where it is above the target, and never `reached` nor `on_track`. A target reached
    by figures in doubt alone is `in_doubt`.

    Args:
        frame: `report_date`, `target_coverage` (fraction), `target_date`,
            `denominator`, `numerator_cumulative` (persons, nullable), `coverage_sure`
            (fraction: the rate without what is in doubt, see `anomalies.sure`), `pace_observed`,
            `pace_best`, `pace_last` (persons per day, nullable); `awaited`: whether reports of the
            day are still to come in time, so that it is not over yet.

    Returns:
        `frame` plus `numerator_needed` (persons, at least 0), `days_left`, `pace_required`
        (persons per day, missing on the target's day and after it) and `outlook`.

    Source:
        The letter of the first campaign, of August 2021, third paragraph: 60 % by 20/8,
        90 % by 30/8. The words of the outlook are the product's.
    """
    goal = frame["target_coverage"] * frame["denominator"].astype("Float64")
    goal = np.ceil(goal.round(6))  # 0.6 × 5 is 3, not 3.0000000000000004 and so 4
    needed = (goal - frame["numerator_cumulative"]).clip(lower=0).astype("Int64")
    left = days_left(frame["report_date"], frame["target_date"])
    required = (needed / left.where(left > 0)).astype("Float64")
    paced = frame["pace_observed"].notna()
    words = pd.Series("unknown", index=frame.index, dtype="string")
    words = words.mask(paced, "behind")
    words = words.mask(paced & (frame["pace_observed"] >= required).fillna(False), "on_track")
    words = words.mask(paced & (frame["pace_best"] < required).fillna(False), "out_of_reach")
    over = left.eq(0) & ~frame["awaited"].astype("bool")
    words = words.mask(needed.notna() & over, "missed")
    enough = needed.eq(0).fillna(False)
    words = words.mask(enough, "reached")
    words = words.mask(enough & ~beyond_doubt(frame), "in_doubt")
    words = words.mask(falling(frame) & words.isin(["reached", "in_doubt", "on_track"]), "behind")
    return frame.assign(
        numerator_needed=needed, days_left=left, pace_required=required, outlook=words
    )
