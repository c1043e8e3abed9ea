"""From one day to the next: whom to call, what came of the calls, what is known otherwise now."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.tables.actions import FIFTH, KEEPS_PACE, actions, asks, reachable
from briefing.tables.anomalies import UNUSED, in_doubt
from briefing.tables.changes import changes
from briefing.tables.day import Day, worked_out_once
from briefing.tables.findings import OPEN
from briefing.tables.pace import ahead
from briefing.tables.reporting import has_own_figure, holds


def follow_up(previous_day: Day | None, day: Day) -> dict[str, pd.DataFrame]:
    """The tables that a day publishes beside its own.

    Args:
        previous_day: As it was known at its own end; `None` before the campaign begins.

    Returns:
        `actions` (whom to call on `day`), `actions_followed_up` (what came of those of the day
        before) and `changes` (what of the days up to that is known otherwise now), see those
        functions.
    """
    now = called(*concerned(day, previous_day))
    changed = (
        pd.DataFrame(columns=COLUMNS["changes"])
        if previous_day is None
        else changes(previous_day, day)
    )
    return {
        "actions": now.assign(weight=now["weight"].round(6)),
        "actions_followed_up": answered(*concerned(previous_day, day))
        if previous_day
        else answered(None, day),
        "changes": changed,
    }


def concerned(day: Day, other: Day | None) -> tuple[Day, Any]:
    """A day of calls, and another day beside it, both of the indicator that the calls are about.

    That is the first whose whole does not keep pace with its target, else the first of which
    somebody is to be called.
    """
    if not day.others:
        return day, other
    about = next(filter(_lags, day.each), None) or next(filter(_asks, day.each), day)
    return about, other and other.of(about.indicator.code)


def _lags(day: Day) -> bool:
    return day.whole_ahead["outlook"] not in KEEPS_PACE


def _asks(day: Day) -> bool:
    return not day.actions.empty


@worked_out_once
def called(day: Day, previous_day: Day | None = None) -> pd.DataFrame:
    """Whom to call on a day: `actions`, and how many days in a row each is asked the same in vain.

    Args:
        previous_day: The day before, as it was known at its own end.

    Returns:
        The columns of actions.csv; `times` is 1 where it was not asked on the day before.
    """
    wanted = day.actions
    before: dict[tuple[str, str], int] = {}
    if previous_day is not None:
        done = _gained(previous_day.actions, day.units)
        before = {key: times for key, times in _in_a_row(previous_day).items() if key not in done}
    times = [1 + before.get(key, 0) for key in _keys(wanted)]
    return wanted.assign(times=pd.array(times, "Int64"))


@worked_out_once
def _in_a_row(day: Day) -> dict[tuple[str, str], int]:
    """Unit and ask → days in a row up to this one, by what is known on it of the days before.

    Days before the first on which reports are due are not counted: nobody was to be called.
    """
    first, last = pd.Timestamp(day.campaign.reporting.first), pd.Timestamp(day.date)
    if last < first:
        return {}
    history = day.history[day.history["report_date"].between(first, last, inclusive="left")]
    history, after = ahead(history, day.campaign.targets), day.units
    times = dict.fromkeys(_keys(day.actions), 1)
    still = set(times)
    for moment in sorted(history["report_date"].unique())[::-1]:
        units = history[history["report_date"].eq(moment)]
        doubtful = _doubtful_on(day.anomalies, units, moment)
        wanted = actions(asks(units.assign(pace_reachable=reachable(units, doubtful)), doubtful))
        still &= set(_keys(wanted)) - _gained(wanted, after)
        after = units
        if not still:
            break
        times |= {key: times[key] + 1 for key in still}
    return times


def _doubtful_on(
    anomalies: pd.DataFrame, units: pd.DataFrame, moment: pd.Timestamp
) -> pd.DataFrame:
    """The figures in doubt on an earlier day: those that it opened were, whatever came of them."""
    of_day = anomalies["report_date"].eq(moment) & anomalies["rule"].ne(UNUSED)
    rises = anomalies["unit_code"].map(units.set_index("unit_code")["numerator_new"])
    moved = anomalies["numerator_moved"].fillna(rises.astype("Int64").fillna(0))
    then = anomalies.assign(
        status=anomalies["status"].mask(of_day, OPEN),
        numerator_moved=anomalies["numerator_moved"].mask(of_day, moved),
    )
    return in_doubt(then, moment)


def _keys(wanted: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(wanted["unit_code"], wanted["ask"], strict=True))


def _gained(wanted: pd.DataFrame, after: pd.DataFrame) -> set[tuple[str, str]]:
    """Those asked for people who have gained them by the next day, of a day's units."""
    units = after.set_index("unit_code")
    pace = units["numerator_new"].astype("Float64") / units["numerator_new_days"].astype("Float64")
    enough = wanted["ask"].eq("gain") & (wanted["unit_code"].map(pace) >= wanted["pace_asked"])
    return set(_keys(wanted[holds(enough)]))


@worked_out_once
def answered(previous_day: Day | None, day: Day) -> pd.DataFrame:
    """What came of the calls of the day before: see `followed_up`; no row where nobody was, as on
    a day before the first on which reports are due."""
    if previous_day is None or previous_day.date < previous_day.campaign.reporting.first:
        return pd.DataFrame(columns=COLUMNS["actions_followed_up"])
    wanted, times = previous_day.actions, _in_a_row(previous_day)
    wanted = wanted.assign(times=pd.array([times.get(key, 1) for key in _keys(wanted)], "Int64"))
    return followed_up(wanted, previous_day, day)


def followed_up(wanted: pd.DataFrame, previous_day: Day, day: Day) -> pd.DataFrame:
    """How much of what was asked on the day before has happened.

    A report that was asked for is there once the figure of *that* day has come; a doubt that was
    to be checked is closed or not; of people as many count as were gained a day since the figure
    before.

    Args:
        wanted: Rows of `actions` of `previous_day`.
        previous_day: The day before, as it was known then.
        day: The day, as it is known now.

    Returns:
        `wanted` plus `numerator_now` (persons, missing where nothing was reported today), `gained`
        (persons since the newest figure before it), over `gained_days`, `status_now`, `share`
        (fraction of what was asked, 0 to 1; missing where it is people and no figure has come, or
        one in doubt) and
        `outcome`: `done` (all of it), `partly`, `nothing` (less than a fifth) or `waiting` (for a
        figure that tells).

    Source:
        The product's rule: a call is done when what was asked has happened.
    """
    now = day.units.set_index("unit_code")
    code = wanted["unit_code"]
    reported = holds(code.map(has_own_figure(now)))
    out = wanted.assign(
        numerator_now=code.map(now["numerator_cumulative"]).where(reported),
        gained=code.map(now["numerator_new"]).where(reported),
        gained_days=code.map(now["numerator_new_days"]).where(reported),
        status_now=code.map(now["status"]),
    )
    share = _of_people(out).mask(code.isin(day.in_doubt["unit_code"]))
    share = share.mask(
        out["ask"].eq("report"), code.isin(_come(previous_day, day)).astype("Float64")
    )
    share = share.mask(out["ask"].eq("check"), _of_doubts(out, previous_day, day))
    known = share.fillna(0).to_numpy(float)
    choices = [share.isna(), known >= 1, known >= FIFTH]
    outcome = np.select(choices, ["waiting", "done", "partly"], "nothing")
    return out.assign(share=share, outcome=pd.Series(outcome, index=out.index, dtype="string"))


def _of_people(wanted: pd.DataFrame) -> pd.Series:
    """What was gained a day, of what was asked for a day; after the last target, of all."""
    gained = wanted["gained"].astype("Float64")
    pace = gained / wanted["gained_days"].astype("Float64")
    asked = wanted["pace_asked"].astype("Float64")
    needed = wanted["numerator_needed"].astype("Float64")
    share = (pace / asked).fillna(gained / needed)
    return share.mask(needed.eq(0) & gained.notna(), 1.0).clip(lower=0.0, upper=1.0)


def _come(previous_day: Day, day: Day) -> set[str]:
    """The units whose figure of the day before is known now."""
    then = day.history[day.history["report_date"].eq(pd.Timestamp(previous_day.date))]
    return set(then.loc[has_own_figure(then), "unit_code"])


def _of_doubts(wanted: pd.DataFrame, previous_day: Day, day: Day) -> pd.Series:
    """The share of the doubts of each unit up to the day before that are closed by now."""
    open_now = day.anomalies["status"].eq(OPEN)
    of_then = day.anomalies["report_date"].le(pd.Timestamp(previous_day.date))
    waiting = day.anomalies[open_now & of_then]
    still = set(zip(waiting["unit_code"], waiting["rule"], strict=True))

    def closed(code: str, doubts: str) -> float:
        rules = doubts.split()
        return 1 - sum((code, rule) in still for rule in rules) / max(len(rules), 1)

    shares = [closed(*key) for key in zip(wanted["unit_code"], wanted["doubts"], strict=True)]
    return pd.Series(shares, index=wanted.index, dtype="Float64")
