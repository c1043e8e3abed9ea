"""Every target, not only the one in force: what it still asks for, and when it will be reached."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.tables.build import Day
from briefing.tables.pace import outlook
from briefing.tables.projection import HORIZON

FARTHEST = 28  # days after the last figure beyond which no date is given
COLUMNS = [
    "area", "area_name", "coverage", "target_coverage", "target_date", "installs_needed",
    "pace_required", "pace_observed", "pace_best", "outlook", "date_early", "date_likely",
    "date_late",
]  # fmt: skip
DATES = {"date_early": "high", "date_likely": "median", "date_late": "low"}


def goals(day: Day) -> pd.DataFrame:
    """The whole and each unit against each target of the campaign.

    A date is where the projection (its 80 % range 7 days ahead, carried on in a straight line)
    meets the target. There is none where the target is reached, where the median does not rise
    (then not at the upper end of the range either), or where the date is more than 28 days ahead;
    a date is never before the day after.

    Returns:
        `COLUMNS`, the whole first, then the units in the order of communes.csv, targets in their
        order. `date_early`, `date_likely`, `date_late` belong to the upper end, the median and
        the lower end of the range.
    """
    whole = day.town.tail(1).assign(
        area=day.campaign.area.code, area_name=str(day.campaign.area.whole)
    )
    units = day.communes.assign(area=day.communes["unit_code"], area_name=day.communes["unit_name"])
    areas = pd.concat([whole, units], ignore_index=True)
    each = [
        areas.assign(target_coverage=t.coverage, target_date=pd.Timestamp(t.date), order=n)
        for n, t in enumerate(day.campaign.targets)
    ]
    frame = pd.concat(each).rename_axis("place").reset_index()
    frame = outlook(frame.sort_values(["place", "order"], ignore_index=True))
    ahead = day.projection.sort_values("report_date").groupby("area").tail(1).set_index("area")
    for name, end in DATES.items():
        frame[name] = _date(frame, ahead, end, pd.Timestamp(day.date))
    return frame[COLUMNS].astype({"area": "string", "area_name": "string"})


def _date(frame: pd.DataFrame, ahead: pd.DataFrame, end: str, today: pd.Timestamp) -> pd.Series:
    at, median = (
        frame["area"].map(ahead[name].to_dict()).astype(float) for name in (end, "median")
    )
    known = frame["coverage"].astype(float)
    rise, gap = at - known, frame["target_coverage"] - known
    rising = (rise > 0) & (median > known) & (gap > 0) & frame["outlook"].ne("reached")
    days = np.ceil((gap / rise.where(rising) * HORIZON).round(6))
    days = days.where(days <= FARTHEST)
    made_from = pd.to_datetime(frame["area"].map(ahead["made_from"].to_dict()))
    date = made_from + pd.to_timedelta(days, unit="D")
    return date.clip(lower=today + pd.Timedelta(days=1))
