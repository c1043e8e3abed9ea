"""Whom to call: the units where a call moves most."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.catalog.rules import with_trait
from briefing.catalog.tables import CALLED
from briefing.tables.reporting import NOT_DUE, holds

FEWEST, MOST = 3, 7  # calls that one meeting can hand out
ENOUGH = 0.6  # share of the people still needed that the list should reach
NO_FIGURE = ("missing", "unreadable", "empty")
WEIGHTS = {"no_figure": 0.5, "doubt": 0.35, "late": 0.05}  # of the largest need


def actions(units: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The units to call first, at most one entry each, the most urgent first.

    A unit weighs by the people it still needs for the target, against the unit that needs most,
    and by what stands in the way of knowing: no figure of the day weighs half of the largest need,
    a figure in doubt a third, a late report a twentieth. The list stops where it has named
    the units that need 60 % of the people and all whose figure is missing or in doubt, yet never
    before 3 entries nor beyond 7, and names no unit that has reached the target and reported well,
    nor one of which nothing is known while no report has been due.

    Args:
        units: `Day.ahead`: on the day of a target people are asked for towards the next one.
        findings: `Day.findings`.

    Returns:
        `ask`: `report` (send the day's figure), `check` (a figure is in doubt) or `install` (more
        people); `doubts`: the rules behind a doubt, in one text; the other columns are the
        unit's own; `weight` from 0 to 2.
    """
    doubts = units["unit_code"].map(_doubts(findings)).astype("string").fillna("")
    frame = units.assign(doubts=doubts)
    needed = (
        frame["installs_needed"]
        .astype("float64")
        .fillna(np.ceil(frame["target_coverage"] * frame["smartphone_owners"].astype("float64")))
    )
    silent = frame["status"].isin(NO_FIGURE).to_numpy(bool)
    doubtful = frame["doubts"].ne("").to_numpy(bool) & ~silent
    late = holds(frame["status"].eq("late")).to_numpy()
    weight = needed / max(needed.max(), 1.0)
    weight += silent * WEIGHTS["no_figure"] + doubtful * WEIGHTS["doubt"] + late * WEIGHTS["late"]
    asks = np.select([silent, doubtful], ["report", "check"], "install")
    frame = frame.assign(ask=pd.Series(asks, index=frame.index, dtype="string"))
    frame = frame.assign(weight=weight.astype("float64"), people=needed)
    due = frame["status"].notna() & holds(frame["status"].ne(NOT_DUE))
    asked = due | frame["installs_cumulative"].notna()
    frame = frame[(weight > 0) & asked].sort_values(
        ["weight", "unit_code"], ascending=[False, True]
    )
    return frame.head(_length(frame))[[*CALLED]].reset_index(drop=True)


def _doubts(findings: pd.DataFrame) -> pd.Series:
    """Unit → the rules that put its figure in doubt and are not answered yet, in one text."""
    wrong = findings[findings["rule"].isin(with_trait("call")) & findings["severity"].ne("info")]
    return wrong.groupby("unit_code")["rule"].agg(lambda rules: " ".join(sorted(set(rules))))


def _length(ordered: pd.DataFrame) -> int:
    """How many entries name enough of the people needed, and all that is missing or in doubt."""
    if ordered.empty:
        return 0
    reached = (ordered["people"].cumsum() >= ENOUGH * ordered["people"].sum()).to_numpy()
    last_wrong = np.flatnonzero(ordered["ask"].ne("install").to_numpy(bool)).max(initial=-1)
    return int(np.clip(max(reached.argmax(), last_wrong) + 1, FEWEST, MOST))
