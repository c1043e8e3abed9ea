"""A period against the campaign's targets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from briefing.catalog.figures import dtypes
from briefing.catalog.tables import COLUMNS
from briefing.params.indicators import Target
from briefing.tables.pace import beyond_doubt, falling
from briefing.tables.period.units import IN_DOUBT, REACHED, UNKNOWN
from briefing.tables.reporting import holds

LATER, MISSED, OPEN = "reached_later", "missed", "open"


def target_of(targets: Sequence[Target], last: date) -> Target:
    """What a period is judged against: the last target due in it or before, else the next."""
    past = [target for target in targets if target.date <= last]
    return past[-1] if past else targets[0]


def against_targets(
    total: pd.DataFrame,
    targets: Sequence[Target],
    units: int,
) -> pd.DataFrame:
    """How the whole stands against each target on the last day known.

    Args:
        total: `Day.whole`, up to the last day.
        targets: In the order of their dates.
        units: How many there are: while some have no figure, the whole can't be judged.

    Returns:
        One row per target: the columns of period_targets.csv; coverages and the `gap` (target -
        what is judged, at least 0) are fractions; `coverage_at_date` is that of the target's own
        day, missing before it; `standing`: reached, reached_later (after its date), missed (its
        date is past), open, in_doubt (above the target, but the figure falls, or only with figures
        in doubt; or it was, and is no longer) or unknown.
    """
    whole = total.assign(coverage=total["coverage"].where(total["units_counted"].eq(units)))
    rows = [_against(whole, target) for target in targets]
    frame = pd.DataFrame(rows, columns=COLUMNS["period_targets"])
    return frame.astype(dtypes(frame))


def _against(total: pd.DataFrame, target: Target) -> dict[str, object]:
    last = total.iloc[-1]
    due = pd.Timestamp(target.date)
    at_date = total[total["report_date"].eq(due)]
    then = at_date["coverage"].iloc[0] if len(at_date) else pd.NA
    now = last["coverage"]
    judged = pd.concat([at_date, total.tail(1)]).assign(target_coverage=target.coverage)
    above = holds(judged["coverage"] >= target.coverage)
    only_with_doubts = bool((above & ~beyond_doubt(judged)).any())
    past = due < last["report_date"] or (due == last["report_date"] and not last["awaited"])
    gap = needed = pd.NA
    if pd.notna(now):
        goal = int(np.ceil(round(target.coverage * float(last["denominator"]), 6)))
        gap = max(target.coverage - float(now), 0.0)
        needed = max(goal - int(last["numerator_cumulative"]), 0)
    return {
        "target_coverage": target.coverage,
        "target_date": target.date,
        "coverage_at_date": then,
        "coverage_closing": now,
        "gap": gap,
        "numerator_needed": needed,
        "standing": _standing(
            target, then, now, past=past, doubt=_falls(total) or only_with_doubts
        ),
    }


def _falls(total: pd.DataFrame) -> bool:
    return bool(falling(total.tail(1)).iloc[0])


def _standing(target: Target, then: float, now: float, *, past: bool, doubt: bool) -> str:
    if pd.isna(now):
        return UNKNOWN
    if now < target.coverage and (pd.isna(then) or then < target.coverage):
        return MISSED if past else OPEN
    if doubt or now < target.coverage:
        return IN_DOUBT
    return LATER if pd.notna(then) and then < target.coverage else REACHED
