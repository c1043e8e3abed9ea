"""Two clocks: what was known then, against what is known now, number by number."""

from __future__ import annotations

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.params.entries import ONCE
from briefing.tables.day import Day, worked_out_once

COMPARED = {
    "unit": ("numerator_cumulative", "status", "reading"),
    "body": (*ONCE, "status"),
    "whole": ("numerator_cumulative", "coverage"),
}


@worked_out_once
def changes(then: Day, now: Day) -> pd.DataFrame:
    """What has changed between two moments of knowledge: of each unit and day, of each body,
    and of the whole on the last day that both know.

    Of the units only what was reported is compared: a figure that is carried from another day
    changes with that day, and is told there.

    Args:
        then: A day as it was known at an earlier moment.
        now: The same day or a later one, as it is known at a later moment.

    Returns:
        One row per changed value: the days in their order, on each the units, then the whole;
        the bodies last, without a `report_date`. `column` (of units.csv, whole.csv or
        bodies.csv), `known_then` and `known_now` (texts, missing where nothing was known),
        the report that the value now rests on (`file`, `received_at`; missing for the whole),
        and `cause`: `report` (that report has come since), `correction` (it was known, and an
        entry of corrections.yaml has changed it since), `earlier_report` (it was known, and
        counts on from a day that has changed), `units` (the whole: their sum).
    """
    last = min(pd.Timestamp(then.date), pd.Timestamp(now.date))
    parts = [
        _changed(_reported(then.history), _reported(now.history), "unit"),
        _changed(_whole(then, last), _whole(now, last), "whole"),
        _changed(_bodies(then), _bodies(now), "body"),
    ]
    out = pd.concat(parts, ignore_index=True)
    out = _explained(out, then, now.reports)
    return out.sort_values("report_date", kind="stable")[COLUMNS["changes"]].reset_index(drop=True)


def own_changes(then: Day, now: Day) -> pd.DataFrame:
    """`changes` of a further indicator: its figures alone, for states and readings are of reports.

    Args:
        then: The earlier day, of that indicator or of all.
        now: The later one, of that indicator.
    """
    changed = changes(then.of(now.indicator.code), now)
    return changed[~changed["column"].isin(["status", "reading"])]


def of_each(then: Day, now: Day) -> pd.DataFrame:
    """What has changed of every indicator, by the names that columns have outside; where there are
    several, `indicator` is the code of each row's."""
    own = now.campaign.naming.frame(changes(then, now))
    if not now.others:
        return own
    named = [own.assign(indicator=now.indicator.code)]
    for day in now.others:
        changed = day.campaign.naming.frame(own_changes(then, day))
        named.append(changed.assign(indicator=day.indicator.code))
    return pd.concat(named, ignore_index=True)


def _reported(history: pd.DataFrame) -> pd.DataFrame:
    """The history without what is carried."""
    carried = history["carried_from"].notna()
    out = history.copy()
    for column in ("numerator_cumulative", "reading", "report"):
        out[column] = out[column].mask(carried)
    return out


def _whole(day: Day, date: pd.Timestamp) -> pd.DataFrame:
    area = day.campaign.area
    return day.whole[day.whole["report_date"].eq(date)].assign(
        unit_code=area.code, unit_name=str(area.whole), report=pd.NA, coverage=_rounded(day.whole)
    )


def _rounded(frame: pd.DataFrame) -> pd.Series:
    """Coverage as the tables publish it."""
    return frame["coverage"].astype("Float64").round(6)


def _bodies(day: Day) -> pd.DataFrame:
    """Who has not reported is missing or not due by the day alone: no report has changed that."""
    frame = day.bodies.rename(columns={"body_code": "unit_code", "body_name": "unit_name"})
    silent = frame["received_at"].isna()
    return frame.assign(report_date=pd.NaT, status=frame["status"].mask(silent))


def _changed(then: pd.DataFrame, now: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The values of `now` that are others in `then`, by day, unit and column."""
    key, compared = ["unit_code", "report_date"], [*COMPARED[kind]]
    both = now.merge(then[[*key, *compared]], on=key, suffixes=("", "_then"))
    parts = []
    for order, column in enumerate(compared):
        before, after = (both[name].astype("string") for name in (f"{column}_then", column))
        differs = before.fillna("") != after.fillna("")
        frame = both.loc[differs, ["unit_code", "unit_name", "report_date", "report"]]
        parts.append(
            frame.assign(
                column=column, known_then=before[differs], known_now=after[differs],
                order=order, kind=kind,
            )
        )  # fmt: skip
    by = ["report_date", "unit_code", "order"]
    return pd.concat(parts).sort_values(by, kind="stable")


def _explained(changed: pd.DataFrame, then: Day, judged: pd.DataFrame) -> pd.DataFrame:
    """With the report that each value rests on, and why the value is another than it was."""
    reports = judged[["file", "received_at", "corrected"]].reindex(changed["report"])
    reports = reports.set_axis(changed.index)
    came = reports["received_at"].gt(pd.Timestamp(then.as_of))
    cause = pd.Series("earlier_report", index=changed.index, dtype="string")
    cause = cause.mask(reports["corrected"].fillna("").ne(""), "correction").mask(came, "report")
    cause = cause.mask(reports["file"].isna(), "correction").mask(
        changed["kind"].eq("whole"), "units"
    )
    return changed.assign(cause=cause, file=reports["file"], received_at=reports["received_at"])
