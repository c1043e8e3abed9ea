"""For which day a report counts, where what is written in it can't be all there is to know.

A form that is filled in every day is easily sent with yesterday's day still on it. What else names
a day (the file's name, its folder, its arrival) is held against that, and against what the unit has
reported on already.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

ARRIVAL = ["received_at", "file", "part"]
SENDERS = ("name", "sent")  # sources that the sender wrote himself, as he did the content


def with_days(reports: pd.DataFrame, known: pd.Series, usable: pd.Series) -> pd.DataFrame:
    """The reports on the days for which they count, with the other day that may be meant.

    A report whose content names a day that the unit has reported on already, or one that was still
    to come, counts for the day of its arrival where all else that names a day names that one. Where
    it is not so clear its content stands, and the other day is noted: the one that its names say,
    else that of its arrival. A report whose file's own name says what its content says, or whose
    file holds reports of several days, is as it should be.

    Args:
        reports: The register's view, `report_date` filled: `days` (source → days, ISO; see
            `Submission`), `received_at` (local).
        known: Boolean, indexed like `reports`: of a known unit, about a day of the campaign.
        usable: Boolean, likewise: gives a figure.

    Returns:
        `reports` with `report_date` settled, `other_date` (the day that a report may be about too;
        missing where there is no doubt) and `moved` (it counts for another day than is written in
        it, which is then the other one).
    """
    arrived = reports["received_at"].dt.tz_localize(None).dt.normalize()
    written, moved = reports["report_date"], pd.Series(False, reports.index)
    taken, other = written.copy(), pd.Series(pd.NaT, reports.index, written.dtype)
    doubtful = known & (written != arrived) & _open(reports)
    of_units = reports[known & reports["unit_code"].isin(reports.loc[doubtful, "unit_code"])]
    for _unit, own in of_units.sort_values(ARRIVAL, kind="stable").groupby("unit_code"):
        of_file = written[own.index].groupby([own["file"], own["sha256"]]).transform("nunique")
        reported: set[pd.Timestamp] = set()
        for number in own.index:
            if doubtful[number] and of_file[number] == 1:
                day, came = written[number], arrived[number]
                odd = day in reported or day > came
                others = _others(own.at[number, "days"], day)
                moved[number] = odd and bool(others) and all(days == {came} for days in others)
                if moved[number]:
                    taken[number], other[number] = came, day
                else:
                    other[number] = _noted(others, day, came, odd)
            if usable[number] and (moved[number] or pd.isna(other[number])):
                reported.add(taken[number])
    return reports.assign(report_date=taken, other_date=other, moved=moved)


def _open(reports: pd.DataFrame) -> pd.Series:
    """Of which reports the day is written in the content and not confirmed by the sender."""
    found = [
        bool(days.get("content"))
        and not any(day in _moments(days.get(source, ())) for source in SENDERS)
        for days, day in zip(reports["days"], reports["report_date"], strict=True)
    ]
    return pd.Series(found, index=reports.index, dtype=bool)


def _others(days: Mapping[str, Sequence[str]], day: pd.Timestamp) -> list[set[pd.Timestamp]]:
    """What each source says beside the day that is written: of the content what else it says."""
    said = [_moments(of_source) for source, of_source in days.items() if source != "content"]
    return [*said, *filter(None, [_moments(days["content"]) - {day}])]


def _moments(days: Sequence[str]) -> set[pd.Timestamp]:
    return set(map(pd.Timestamp, days))


def _noted(
    others: Sequence[set[pd.Timestamp]], day: pd.Timestamp, came: pd.Timestamp, odd: bool
) -> Any:
    """The other day of a report whose content stands; missing where nothing speaks for one."""
    named = set().union(*others) - {day}
    if not named:
        return came if odd and not others else pd.NaT
    return came if came in named else min(named)
