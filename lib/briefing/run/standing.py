"""How each unit's report stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefing.catalog.heads import MOST_ROWS
from briefing.params import RunParams
from briefing.run.day_files import standing_rows
from briefing.run.snapshot import key_of_day, newest_day, take_snapshot


def open_units(run: RunParams, unit: str = "") -> tuple[date, list[dict[str, Any]]]:
    """The run's day, and of `Day.units` what tells how the report of each unit stands.

    Where the day is kept, this costs no more than reading that: nothing is loaded to build days.

    Args:
        unit: Code of a unit of any level: of those below it alone; else of all.

    Returns:
        The day and one row per unit; of more than a page lists, a row of `levels` for each unit of
        the level right below.

    Raises:
        ParamsError: As for `open_day`.
        RunError: As for `open_day`.
    """
    snapshot, campaign = take_snapshot(run), run.campaign
    about = run.report_date or newest_day(snapshot, run)
    kept = standing_rows(snapshot.register, key_of_day(run, snapshot, about))
    if kept is not None:
        own = set(campaign.below(unit or campaign.root))
        kept = [row for row in kept if row["unit_code"] in own] if unit else kept
        if len(kept) <= MOST_ROWS or len(campaign.nodes_under(unit or campaign.root)) <= 1:
            return about, kept
    from briefing.run.day import units_of  # what builds days, with pandas

    return about, units_of(run, snapshot, unit)
