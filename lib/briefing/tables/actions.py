"""Whom to call: the units where a call moves most, and what came of the calls of the day before."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.tables.reporting import holds

FEWEST, MOST = 3, 7  # calls that one meeting can hand out
ENOUGH = 0.6  # share of the people still needed that the list should reach
NO_FIGURE = ("missing", "unreadable", "empty")
DOUBTS = ("cumulative_decrease", "jump", "over_denominator", "copy_of_yesterday", "total_mismatch")
WEIGHTS = {"no_figure": 0.5, "doubt": 0.35, "late": 0.05}  # of the largest need

COLUMNS = [
    "unit_code", "unit_name", "ask", "installs_needed", "pace_required", "status", "outlook",
    "doubts", "installs_cumulative", "carried_from", "weight",
]  # fmt: skip


def actions(units: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """The units to call first, at most one entry each, the most urgent first.

    A unit weighs by the people it still needs for the target, against the unit that needs most,
    and by what stands in the way of knowing: no figure of the day weighs half of the largest need,
    a figure in doubt a third, a late report a twentieth. The list stops where it has named
    the units that need 60 % of the people and all whose figure is missing or in doubt, yet never
    before 3 entries nor beyond 7, and names no unit that has reached the target and reported well,
    nor one of which nothing is known while no report has been due.

    Args:
        units: `Day.communes`.
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
    asked = frame["status"].notna() | frame["installs_cumulative"].notna()
    frame = frame[(weight > 0) & asked].sort_values(
        ["weight", "unit_code"], ascending=[False, True]
    )
    return frame.head(_length(frame))[COLUMNS].reset_index(drop=True)


def _doubts(findings: pd.DataFrame) -> pd.Series:
    """Unit → the rules that put its figure in doubt and are not answered yet, in one text."""
    wrong = findings[findings["rule"].isin(DOUBTS) & findings["severity"].ne("info")]
    return wrong.groupby("unit_code")["rule"].agg(lambda rules: " ".join(sorted(set(rules))))


def _length(ordered: pd.DataFrame) -> int:
    """How many entries name enough of the people needed, and all that is missing or in doubt."""
    if ordered.empty:
        return 0
    reached = (ordered["people"].cumsum() >= ENOUGH * ordered["people"].sum()).to_numpy()
    last_wrong = np.flatnonzero(ordered["ask"].ne("install").to_numpy(bool)).max(initial=-1)
    return int(np.clip(max(reached.argmax(), last_wrong) + 1, FEWEST, MOST))


def followed_up(called: pd.DataFrame, today: pd.DataFrame, findings: pd.DataFrame) -> pd.DataFrame:
    """What came of the calls of an earlier day.

    Args:
        called: `actions` of that day, as it was known then.
        today: `Day.communes` of today.
        findings: `Day.findings` of today.

    Returns:
        `called` plus `installs_now` (persons, missing where nothing was reported today),
        `gained` (persons since), `status_now`, and `outcome`: `done` where what was asked is
        there (a figure of today; a figure that is no longer in doubt; as many people as were
        needed each day), `partly` where people were gained, but fewer, else `nothing`.
    """
    now = today.set_index("unit_code")
    out = called.copy()
    reported = holds(out["unit_code"].map(now["carried_from"].isna() & now["report"].notna()))
    doubtful = out["unit_code"].isin(_doubts(findings).index)
    out["installs_now"] = out["unit_code"].map(now["installs_cumulative"]).where(reported)
    out["status_now"] = out["unit_code"].map(now["status"])
    out["gained"] = out["installs_now"] - out["installs_cumulative"]
    enough, some = holds(out["gained"] >= out["pace_required"]), holds(out["gained"] > 0)
    people = holds(out["ask"].eq("install"))
    settled = np.where(out["ask"].eq("check"), reported & ~doubtful, reported)
    outcome = np.select(
        [people & enough, people & some, ~people & settled], ["done", "partly", "done"], "nothing"
    )
    return out.assign(outcome=pd.Series(outcome, index=out.index, dtype="string"))
