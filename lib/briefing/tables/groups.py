"""Each group of an indicator over several units together: where it stands, and how it goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import pandas as pd

from briefing.catalog.figures import dtypes
from briefing.catalog.tables import COLUMNS
from briefing.tables.day import Day
from briefing.tables.pace import PACES, ahead, observed_pace


def groups(whole: Day, day: Day, units: Collection[str] = ()) -> pd.DataFrame:
    """The groups of an indicator against the target that is still to be reached.

    Like is compared with like: a unit's first figure of a group is no rise, and neither is a day on
    which nobody has given the group. The target is that of the indicator.

    Args:
        whole: The day, with `values`.
        day: The same of the indicator.
        units: The units that are summed up; without any, all of the day.

    Returns:
        The columns of groups.csv, a row per group of params; a rate, and what rests on it, is
        missing while it is not known of how many people a figure is.
    """
    codes = list(units) or list(day.units["unit_code"])
    given = whole.values["indicator"].eq(day.indicator.code) & whole.values["unit_code"].isin(codes)
    known = whole.values[given].dropna(subset="cumulative")
    rows = [_row(day, own, code) for code, own in _of_each(day, known)]
    columns = COLUMNS["groups"]
    if not rows:
        return pd.DataFrame(columns=columns)
    types = dict.fromkeys([*PACES, "coverage", "coverage_sure", "coverage_change"], "Float64")
    types |= {"denominator": "Int64", "numerator_cumulative": "Int64"}
    frame = ahead(pd.DataFrame(rows).astype(types), day.campaign.targets)
    frame["outlook"] = frame["outlook"].mask(frame["coverage"].isna(), "unknown")
    return frame[columns].astype(dtypes(frame[columns]))


def _of_each(day: Day, known: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The figures of each group, by unit and report date."""
    for group in day.indicator.groups:
        yield group.code, known[known["group"].eq(group.code)].sort_values("report_date")


def _row(day: Day, own: pd.DataFrame, group: str) -> dict[str, Any]:
    now = own[own["report_date"].eq(pd.Timestamp(day.date))]
    people, count = _sums(now)
    sure = now[~now["unit_code"].isin(day.in_doubt["unit_code"])]
    sure_people, sure_count = _sums(sure)
    rises = own["cumulative"].astype("Float64").groupby(own["unit_code"]).diff()
    dates = own.loc[own["carried_from"].isna() & rises.notna(), "report_date"]
    return {
        "report_date": pd.Timestamp(day.date),
        "group": group,
        "denominator": people,
        "numerator_cumulative": count,
        "coverage": _share(count, people),
        "coverage_sure": _share(sure_count, sure_people),
        "coverage_change": _change(own.assign(rise=rises), pd.Timestamp(day.date)),
        "awaited": bool(day.whole["reports_not_due"].iloc[-1]),
        **_pace(day, own.assign(rise=rises), dates),
    }


def _sums(now: pd.DataFrame) -> tuple[Any, Any]:
    """Of how many, and how many; missing where no unit gives any, or one gives no denominator."""
    if now.empty:
        return pd.NA, pd.NA
    known = now["denominator"].notna().all()
    return now["denominator"].sum() if known else pd.NA, now["cumulative"].sum()


def _share(count: Any, people: Any) -> Any:
    return pd.NA if pd.isna(count) or pd.isna(people) else count / people


def _change(own: pd.DataFrame, date: pd.Timestamp) -> Any:
    """By how much the rate of those units has changed that have given it before (fraction)."""
    compared = own[own["report_date"].eq(date) & own["rise"].notna()]
    people, _count = _sums(compared)
    return _share(compared["rise"].sum() if len(compared) else pd.NA, people)


def _pace(day: Day, own: pd.DataFrame, dates: pd.Series) -> dict[str, Any]:
    """As of the whole (persons a day): of days on which somebody has given the group."""
    first = own["report_date"].min()
    over = day.whole.loc[day.whole["reports_not_due"].eq(0), "report_date"]
    series = own.groupby("report_date")["rise"].sum().cumsum()
    counted = series[series.index.isin({first, *dates}) & series.index.isin(over)]
    growth = counted.rename("numerator_cumulative").reset_index().assign(group="")
    pace = observed_pace(growth, by="group")
    return dict.fromkeys(PACES, pd.NA) if pace.empty else pace.iloc[-1].to_dict()
