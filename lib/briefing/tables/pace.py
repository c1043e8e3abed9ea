"""How fast, against how fast it has to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from briefing.params.indicators import Target
from briefing.tables.reporting import holds

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
    ordered = reported.sort_values([by, "report_date"])
    whose = pd.factorize(ordered[by])[0]
    units = ordered.groupby(whose)
    increase = units["numerator_cumulative"].diff().to_numpy("float64", na_value=np.nan)
    elapsed = units["report_date"].diff().dt.days.to_numpy("float64")
    paced = ~np.isnan(increase + elapsed)
    whose, increase, elapsed = whose[paced], increase[paced], elapsed[paced]
    back = np.arange(len(whose))[:, None] - np.arange(LAST_DAYS)
    last = back.clip(min=0)
    own = (back >= 0) & (whose[last] == whose[:, None])
    speed = increase / elapsed
    of_all = (np.where(own, each[last], 0).sum(axis=1) for each in (increase, elapsed))
    paces = {
        "pace_observed": np.divide(*of_all),
        "pace_best": np.where(own, speed[last], -np.inf).max(axis=1),
        "pace_last": speed,
    }
    index = pd.MultiIndex.from_arrays([ordered[name][paced] for name in (by, "report_date")])
    return pd.DataFrame(paces, index).astype("Float64")


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
    dates = pd.to_datetime([target.date for target in targets])
    shares = np.array([target.coverage for target in targets])
    places = dates.searchsorted(pd.DatetimeIndex(days), side=side).clip(max=len(targets) - 1)
    found = {"target_coverage": shares[places], "target_date": dates[places]}
    return pd.DataFrame(found, index=days.index)


def beyond_doubt(frame: pd.DataFrame) -> pd.Series:
    """Whether the rate without what is in doubt is that of the target too.

    Args:
        frame: `coverage_sure`, `target_coverage` (fractions).
    """
    above = frame["coverage_sure"].astype("Float64") - frame["target_coverage"]
    return holds(above.round(6) >= 0)


def falling(row: pd.DataFrame) -> pd.Series:
    """Whether a figure falls: on its last reported day, or over its last ones."""
    return holds(row["pace_observed"] < 0) | holds(row["pace_last"] < 0)


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
    enough, falls = holds(needed.eq(0)), falling(frame)
    over = left.eq(0) & ~frame["awaited"].astype("bool")
    conditions = {
        "behind": enough & falls,
        "in_doubt": enough & ~beyond_doubt(frame),
        "reached": enough,
        "missed": needed.notna() & over,
        "out_of_reach": holds(frame["pace_best"] < required),
        "on_track": holds(frame["pace_observed"] >= required) & ~falls,
    }
    paced = np.where(frame["pace_observed"].notna(), "behind", "unknown")
    words = np.select([*conditions.values()], [*conditions], paced)
    return frame.assign(
        numerator_needed=needed,
        days_left=left,
        pace_required=required,
        outlook=pd.array(words, "string"),
    )
