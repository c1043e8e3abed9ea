"""How each unit's report stands."""

from __future__ import annotations

from datetime import date
from typing import Any

from briefing.params import RunParams
from briefing.run.day_files import listed_rows, standing_rows
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
    snapshot = take_snapshot(run)
    about = run.report_date or newest_day(snapshot, run)
    kept = standing_rows(snapshot.register, key_of_day(run, snapshot, about))
    listed = None if kept is None else listed_rows(kept, run.campaign, unit)
    if listed is None:
        from briefing.run.day import units_of  # what builds days, with pandas

        listed = units_of(run, snapshot, unit)
    return about, listed
