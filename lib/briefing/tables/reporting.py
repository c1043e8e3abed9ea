"""What became of a report, and how each unit stands with its report about each day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from briefing.catalog.codes import STATUS
from briefing.params.calendar import Calendar
from briefing.params.forms import UNITS
from briefing.tables.cells import file_name

USED, SUPERSEDED, REJECTED, JOINED = "used", "superseded", "rejected", "joined"
"""The last is said of a picture that was read together with its report: it is no report itself."""
NIL = "nil"
"""The reading of a report that nothing is new: 0 counts on its day, unless it says a number."""
DAY_ONLY = ("roster_today", "increment", NIL)
"""Readings that give a day's counts: the cumulative is that of the days before and these."""
NOT_DUE = "not_due"
STATUSES = tuple(STATUS)
COME = ("on_time", "late")
KEY = ["unit_code", "report_date"]
ARRIVAL = ["received_at", "file", "part"]
LOOKED_AT = [
    *KEY, *ARRIVAL, "member", "may_be", "placed", "other_date", "moved", "copy", "blank", "vouched",
    "verdict",
]  # fmt: skip


def holds(condition: pd.Series) -> pd.Series:
    """A condition as plain booleans: where it is not known, it does not hold."""
    if condition.dtype == bool:
        return condition
    return condition.fillna(False).astype(bool)


def in_turn(frame: pd.DataFrame) -> Iterator[Any]:
    """One row after the other: most often there is none, of which pandas would make a class."""
    return frame.itertuples() if len(frame) else iter(())


def in_blocks(frame: pd.DataFrame, most: int) -> Iterator[pd.DataFrame]:
    """A table in pieces of so many rows; one that is empty is one piece."""
    return (frame[start : start + most] for start in range(0, len(frame) or 1, most))


def typed(frame: pd.DataFrame, types: Mapping[str, str]) -> pd.DataFrame:
    """The columns that `types` names, of these types: at a tenth of the price of `astype`."""
    return pd.DataFrame({name: frame[name].astype(dtype) for name, dtype in types.items()})


def silent(reports: pd.DataFrame) -> pd.Series:
    """Whether a report says that nothing is new, and no number."""
    return holds(reports["reading"] == NIL) & reports["numerator_cumulative"].isna()


def day_only(reports: pd.DataFrame) -> pd.Series:
    """Whether a report gives a day's counts and no cumulative."""
    of_the_day = holds(reports["owed_by"] == UNITS) & holds(reports["reading"].isin(DAY_ONLY))
    return of_the_day & reports["numerator_cumulative"].isna() & reports["numerator_new"].notna()


def of_any(by_indicator: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """How units stand with reports of several indicators, by the first that has come.

    Args:
        by_indicator: Result of `statuses`, of each indicator.
    """
    out = by_indicator[0]
    for other in by_indicator[1:]:
        come = ~out["status"].isin(COME) & other["status"].isin(COME)
        out = pd.concat([out[~come], other[come]]).reindex(out.index)
    return out


def used_by_any(judged: Sequence[pd.DataFrame]) -> list[pd.DataFrame]:
    """The reports as each indicator has them; none is rejected that another indicator rests on."""
    if len(judged) == 1:
        return [*judged]
    kept = [own["verdict"].mask(own["verdict"].eq(REJECTED)) for own in judged]
    any_kept = pd.concat(kept, axis=1).bfill(axis=1).iloc[:, 0]
    return [
        own.assign(verdict=verdict.fillna(any_kept).fillna(REJECTED))
        for own, verdict in zip(judged, kept, strict=True)
    ]


def shown_verdicts(reports: pd.DataFrame) -> pd.Series:
    """The verdicts as people read them: a picture joined to its report is not set aside."""
    return reports["verdict"].mask(holds(reports["joined_to"].ne("")), JOINED)


def has_own_figure(days: pd.DataFrame) -> pd.Series:
    """Whether a report about the day itself gives a unit's figure: one is known, and not carried.

    Args:
        days: One row per unit and day: `numerator_cumulative`, `carried_from`.
    """
    return days["numerator_cumulative"].notna() & days["carried_from"].isna()


def arrival_day(reports: pd.DataFrame) -> pd.Series:
    """The day on which each report came, by the office's clock."""
    return reports["received_at"].dt.tz_localize(None).dt.normalize()


def statuses(
    judged: pd.DataFrame,
    codes: pd.Series,
    days: pd.DatetimeIndex,
    reporting: Calendar,
    tz: str,
    at: datetime | None = None,
) -> pd.DataFrame:
    """How each unit stands with its report about each day.

    The first usable report decides between `on_time` and `late`, so that a unit which reports in
    time and corrects later is on time. Without a usable one: `empty` or `unreadable`, by the
    newest that arrived; where none arrived, `missing` once the deadline is past and `not_due`
    before it; no status when none was owed.
    A report of which only a correction gives the figure (`vouched`) stays what it is by itself.
    Nobody is `missing` who may have sent the report that is due: see `may_be_about`.

    Args:
        judged: Reports with `placed`, `other_date`, `moved`, `copy` and `verdict`.
        codes: The units that report daily.
        days: The report dates wanted.
        reporting: Which of them are due, and the deadline.
        tz: Time zone of the deadline.
        at: The moment of knowledge; `None`: every deadline is past.

    Returns:
        Indexed by `unit_code` and `report_date`: `status`, `received_at` (of the first usable
        report, else of the newest), `due` (whether a report was owed); where something came and
        nothing of it is used for the day `unused_file` (its name) and `unused_date` (the day that
        is written in it, where that is another).

    Source:
        The letter of the first campaign, of August 2021, point 2: “hằng ngày trước
        15h00”. That the first usable report decides is the product's rule.
    """
    judged = judged[judged.columns.intersection(LOOKED_AT)]
    arrived = judged[judged["unit_code"].isin(codes) & judged["report_date"].isin(days)]
    usable = arrived["verdict"].ne(REJECTED) & ~arrived["vouched"]
    first = arrived[usable].sort_values(ARRIVAL, kind="stable").groupby(KEY)["received_at"].first()
    index = pd.MultiIndex.from_product([codes, days], names=KEY)
    day = index.get_level_values("report_date")
    owed = {moment for moment in days if reporting.is_due(moment.date())}
    due = day.isin(owed)
    perhaps = may_be_about(judged)
    perhaps = perhaps[perhaps["report_date"].isin(day[due])]
    came = pd.concat([arrived.assign(unused_date=pd.NaT, sure=True), perhaps.assign(sure=False)])
    newest = came.sort_values(["sure", *ARRIVAL], kind="stable").groupby(KEY).tail(1)
    others = newest.set_index(KEY).reindex(index)
    first, until = first.reindex(index), deadlines(day, reporting, tz)
    bare = first.isna() & others["received_at"].notna()
    hollow = holds(others["copy"]) | holds(others["blank"])
    conditions = {
        "empty": bare & hollow,
        "unreadable": bare,
        "late": (first >= until) & due,
        "on_time": first.notna(),
        NOT_DUE: due & (at is not None and until > at),
        "missing": due,
    }
    names = [file_name(report) for _key, report in others[bare].iterrows()]
    return pd.DataFrame(
        {
            "received_at": first.fillna(others["received_at"]),
            "status": pd.array(np.select([*conditions.values()], [*conditions], pd.NA), "string"),
            "due": due,
            "unused_file": pd.Series(names, others.index[bare], dtype="string"),
            "unused_date": others["unused_date"].where(bare).astype(judged["report_date"].dtype),
        },
        first.index,
    )


def may_be_about(judged: pd.DataFrame) -> pd.DataFrame:
    """Reports once more, for each day and unit that they may be about beside their own.

    A report is noted for its `other_date`, unless it was moved from there; one that names a day
    outside the campaign for the day on which it came; one of somebody for each who it may be of.

    Returns:
        The rows, `unit_code` and `report_date` so changed, and `unused_date`: the day that is
        written in the report, where that is another.
    """
    written, came = judged["report_date"], arrival_day(judged)
    open_day = judged["other_date"].notna() & ~judged["moved"]
    nowhere = judged["unit_code"].notna() & ~judged["placed"]
    of_a_day = judged.assign(
        report_date=judged["other_date"].where(open_day, came), unused_date=written
    )[open_day | nowhere]
    return pd.concat([of_a_day, of_somebody(judged).assign(unused_date=pd.NaT)])


def of_somebody(judged: pd.DataFrame) -> pd.DataFrame:
    """Reports of which it can't be told whose they are, once for each whose they may be."""
    somebody = judged[judged["unit_code"].isna()]
    if somebody.empty:
        return somebody
    somebody = somebody.explode("may_be")
    named = somebody.assign(unit_code=somebody["may_be"].astype("string"))
    return named.dropna(subset=["unit_code"])


def deadlines(days: pd.Index, reporting: Calendar, tz: str) -> pd.DatetimeIndex:
    """The moment before which a report about each day is on time."""
    about = pd.DatetimeIndex(days)
    until = {
        day: datetime.combine(day, reporting.deadline_of(day.date())) for day in about.unique()
    }
    return pd.DatetimeIndex(about.map(until)).tz_localize(tz)
