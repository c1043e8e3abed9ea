"""Whom to call: the units where a call moves most."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.catalog.tables import CALLED
from briefing.tables.reporting import NOT_DUE, holds

FEWEST, MOST = 3, 7  # calls that one meeting can hand out
ENOUGH = 0.6  # share of the people still needed that the list should reach
NO_FIGURE = ("missing", "unreadable", "empty")
KEEPS_PACE = ("reached", "on_track")
FIFTH = 0.2  # of what was asked: with less, nothing has moved
WEIGHTS = {"no_report": 0.5, "doubt": 0.5, "lowest": 0.3, "stalled": 0.2, "late": 0.05}
"""Of the largest need."""


def actions(asks: pd.DataFrame) -> pd.DataFrame:
    """The units to call first, at most one entry each, the most urgent first.

    A unit weighs by the people who depend on the call, against the unit that needs most: those it
    still needs for the target, or where its figure is in doubt those by which it moves the total.
    To that is added half where the day's figure is missing or in doubt, a third for the lowest
    rate, a fifth where hardly anybody is gained, a twentieth for a late report. The first of each
    kind is always named; the list stops where it has named the units that need 60 % of the people
    and all whose figure is missing or in doubt, yet never before 3 entries nor beyond 7.

    Args:
        asks: Result of `asks`.

    Returns:
        Its columns that are published.
    """
    frame = asks.sort_values(["weight", "unit_code"], ascending=[False, True])
    first = ~frame["why"].duplicated()
    chosen = frame.assign(first=first).sort_values("first", ascending=False, kind="stable")
    chosen = chosen.head(max(_length(frame), int(first.sum())))
    return frame.loc[frame.index.isin(chosen.index), [*CALLED]].reset_index(drop=True)


def asks(units: pd.DataFrame, doubtful: pd.DataFrame) -> pd.DataFrame:
    """What each unit is asked for, in their order; nothing of one that reports well and keeps pace,
    nor of one of which nothing is known while no report has been due.

    Args:
        units: `Day.ahead`: on the day of a target people are asked for towards the next one.
        doubtful: `Day.in_doubt`.

    Returns:
        `ask`: `report` (send the day's figure), `check` (a figure is in doubt) or `gain` (more
        people); `why`; `doubts`: the rules behind a doubt, in one text; `pace_asked` (persons a
        day), see `asked_a_day`; `numerator_moved` (persons); `people` who depend on it, and
        `weight`, see `actions`; the other columns are the unit's own.
    """
    frame = _asked(units, doubtful)
    largest = max(frame["people"].max(), 1.0) if len(frame) else 1.0
    concerned = frame["people"].where(frame["ask"].ne("check"), frame["numerator_moved"].abs())
    late = holds(frame["status"].eq("late"))
    weight = concerned.astype("float64") / largest + late * WEIGHTS["late"]
    frame = frame.assign(weight=weight + frame["why"].map(WEIGHTS).fillna(0).astype("float64"))
    due = frame["status"].notna() & holds(frame["status"].ne(NOT_DUE))
    known = due | frame["numerator_cumulative"].notna()
    idle = frame["ask"].eq("gain") & (
        ~(frame["people"] > 0) | holds(frame["outlook"].isin(KEEPS_PACE))
    )
    return frame[known & ~idle]


def _asked(units: pd.DataFrame, doubtful: pd.DataFrame) -> pd.DataFrame:
    """What each unit would be asked, and why."""
    by_code = doubtful.set_index("unit_code")
    code, denominator = units["unit_code"], units["denominator"].astype("float64")
    doubts = code.map(by_code["doubts"]).astype("string").fillna("")
    moved = code.map(by_code["numerator_moved"]).astype("Int64")
    silent = units["status"].isin(NO_FIGURE).to_numpy(bool)
    doubt = doubts.ne("").to_numpy(bool) & ~silent
    sure = units["coverage"].where(doubts.eq(""))
    lowest = holds(sure.eq(sure.min())) if sure.notna().sum() > 1 else sure.isna() & False
    stalled = holds(units["pace_observed"] < FIFTH * units["pace_required"])
    whys = ["no_report", "doubt", "lowest", "stalled"]
    why = np.select([silent, doubt, lowest.to_numpy(bool), stalled.to_numpy(bool)], whys, "most")
    ask = np.select([silent, doubt], ["report", "check"], "gain")
    needed = units["numerator_needed"].astype("float64")
    texts = {"ask": ask, "why": why}
    return units.assign(
        **{
            name: pd.Series(text, index=units.index, dtype="string") for name, text in texts.items()
        },
        doubts=doubts.where(~silent, ""),
        numerator_moved=moved,
        people=needed.fillna(np.ceil(units["target_coverage"] * denominator)),
        pace_asked=asked_a_day(units["pace_required"], units["pace_reachable"]),
    )


def reachable(units: pd.DataFrame, doubtful: pd.DataFrame) -> pd.Series:
    """How many people a day each unit could gain, if it did as the fastest of all does.

    Args:
        units: `unit_code`, `pace_observed` (persons a day), `denominator` (persons).
        doubtful: `Day.in_doubt`; those in it are no example.
    """
    denominator = units["denominator"].astype("Float64")
    share = (units["pace_observed"] / denominator).where(
        ~units["unit_code"].isin(doubtful["unit_code"])
    )
    best = share.max()
    return denominator * (best if pd.notna(best) and best > 0 else pd.NA)


def asked_a_day(required: pd.Series, reachable: pd.Series) -> pd.Series:
    """How many people a day a unit can be asked for: what the target needs, as far as it can be."""
    needed, possible = required.astype("Float64"), reachable.astype("Float64")
    return needed.where(~holds(possible < needed), possible)


def _length(ordered: pd.DataFrame) -> int:
    """How many entries name enough of the people needed, and all that is missing or in doubt."""
    if ordered.empty:
        return 0
    reached = (ordered["people"].cumsum() >= ENOUGH * ordered["people"].sum()).to_numpy()
    last_wrong = np.flatnonzero(ordered["ask"].ne("gain").to_numpy(bool)).max(initial=-1)
    return int(np.clip(max(reached.argmax(), last_wrong) + 1, FEWEST, MOST))
