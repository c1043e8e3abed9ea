"""Every target: what it still asks for and when it will be reached; then the verdict on it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.tables.day import Day, worked_out_once
from briefing.tables.pace import outlook
from briefing.tables.projection import FARTHEST

DATES = {"date_early": "high", "date_likely": "median", "date_late": "low"}


@worked_out_once
def goals(day: Day) -> pd.DataFrame:
    """The whole and each unit against each target of the campaign.

    A target whose day has come is judged by the figures of that day, as they are known: they, what
    was needed then and `reached` or `missed` stand for it on every later day, without a pace.

    A date is where the projection (its 80 % range at its farthest, carried on as it was made: of
    those who are left, each day the same share) meets the target. There is none where the target is
    reached, where the median does not rise (then not at the upper end of the range either), or
    where the date is more than 28 days ahead; a date is never before the day after.

    Returns:
        The columns of goals.csv, the whole first, then the units in the order of units.csv,
        targets in their order. `date_early`, `date_likely`, `date_late` belong to the upper end,
        the median and the lower end of the range. `judged_on`: the day whose figures are the
        verdict, missing before it. And `awaited` and `coverage_sure`, as `outlook` has them.

    Source:
        The letter of the first campaign, of August 2021, third paragraph: 60 % by 20/8,
        90 % by 30/8; once a target's day is over only the verdict stands.
    """
    each = [
        _areas(day, min(pd.Timestamp(t.date), pd.Timestamp(day.date))).assign(
            target_coverage=t.coverage, target_date=pd.Timestamp(t.date), order=n
        )
        for n, t in enumerate(day.campaign.targets)
    ]
    frame = pd.concat(each).rename_axis("place").reset_index()
    frame = outlook(frame.sort_values(["place", "order"], ignore_index=True))
    over = frame["days_left"].eq(0)
    frame["judged_on"] = frame["target_date"].where(over)
    paces = ["pace_observed", "pace_best"]
    frame[paces] = frame[paces].mask(over)
    ahead = day.projection.sort_values("report_date").groupby("area").tail(1).set_index("area")
    for name, end in DATES.items():
        frame[name] = _date(frame, ahead, end, pd.Timestamp(day.date)).mask(over)
    return frame[[*COLUMNS["goals"], "awaited", "coverage_sure"]].astype(
        {"area": "string", "area_name": "string"}
    )


def _areas(day: Day, moment: pd.Timestamp) -> pd.DataFrame:
    """The whole, then the units, on a day; without a figure on one before the campaign."""
    area, first = day.campaign.area, day.whole["report_date"].min()
    whole, units = (
        frame[frame["report_date"].eq(max(moment, first))] for frame in (day.whole, day.history)
    )
    units = units.assign(area=units["unit_code"], area_name=units["unit_name"])
    whole = whole.assign(area=area.code, area_name=str(area.whole))
    both = pd.concat([whole, units], ignore_index=True)
    figures = ["numerator_cumulative", "coverage", "coverage_sure"]
    return (
        both
        if moment >= first
        else both.assign(**dict.fromkeys(figures, pd.NA)).astype(both.dtypes[figures].to_dict())
    )


@worked_out_once
def verdicts(day: Day) -> pd.DataFrame:
    """The targets whose day has come: the rows of `goals` that are judged.

    Returns:
        The columns of goals.csv, and how many units had a figure on the target's day
        (`units_counted`) and had reached it (`units_reached`, by figures that are not in doubt).
    """
    known = goals(day)
    judged = known[known["judged_on"].notna()]
    of_units = judged[judged["area"].ne(day.campaign.area.code)]
    reached = of_units["outlook"].eq("reached").groupby(of_units["target_date"]).sum()
    counted = day.whole.set_index("report_date")["units_counted"]
    on = judged["target_date"]
    return judged.assign(
        units_counted=on.map(counted).fillna(0), units_reached=on.map(reached)
    ).reset_index(drop=True)


def _date(frame: pd.DataFrame, ahead: pd.DataFrame, end: str, today: pd.Timestamp) -> pd.Series:
    at, median = (
        frame["area"].map(ahead[name].to_dict()).astype(float) for name in (end, "median")
    )
    known = frame["coverage"].astype(float)
    rise, gap = at - known, frame["target_coverage"] - known
    rising = (rise > 0) & (median > known) & (gap > 0) & frame["outlook"].ne("reached")
    made_from = pd.to_datetime(frame["area"].map(ahead["made_from"].to_dict()))
    until = pd.to_datetime(frame["area"].map(ahead["report_date"].to_dict()))
    span = (until - made_from).dt.days
    left = (1 - known).where(rising & (known < 1))  # the fewer are left, the slower
    with np.errstate(divide="ignore", invalid="ignore"):
        days = span * np.log1p(-gap / left) / np.log1p(-(rise / left).clip(upper=1))
    days = np.ceil(days.round(6))
    days = days.where(days <= FARTHEST)
    date = made_from + pd.to_timedelta(days, unit="D")
    return date.clip(lower=today + pd.Timedelta(days=1))
