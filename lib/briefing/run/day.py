"""From a run's parameters to the tables of its day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from briefing.params import Campaign, RunParams
from briefing.run.day_files import STANDING, listed_rows
from briefing.run.day_store import DayStore
from briefing.run.snapshot import Snapshot, key_of_day, newest_day, take_snapshot
from briefing.tables import Day, build
from briefing.tables.levels import folded, under

LAST_MOMENT = time(23, 59, 59)
MANY_ROWS = 10_000_000  # fewer phones are compared here before others have them
MOST_AT_HAND = 4  # days in memory: a run needs its own, the day before, and each in two languages


def open_day(run: RunParams) -> Day:
    """Take in what is new in the inbox, then build the tables of the run's day.

    With `run.manifest` the inbox is not looked at: the day rests on exactly the inputs that the
    manifest lists.

    Raises:
        ParamsError: The inbox does not exist.
        RunError: No day was given and no report is about one.
    """
    return day_of(run, take_snapshot(run))


def day_of(run: RunParams, snapshot: Snapshot) -> Day:
    """The tables of the run's day from what was taken in; worked out once for the same inputs."""
    campaign = snapshot.register.names.in_campaign(run.campaign.corrected(snapshot.corrections))
    about = run.report_date or newest_day(snapshot, run)
    store = DayStore(snapshot.register.folder)
    key = key_of_day(run, snapshot, about)
    if known := _at_hand.get((snapshot.register.folder, key)):
        return known.in_campaign(campaign)
    day = store.get(key, campaign)
    if not day:
        day = _built(snapshot, run, campaign, about)
        store.put(key, day)
    while len(_at_hand) >= MOST_AT_HAND:
        del _at_hand[next(iter(_at_hand))]
    _at_hand[snapshot.register.folder, key] = day
    return day


_at_hand: dict[tuple[Path, str], Day] = {}  # what this process worked on last, by register


def units_of(run: RunParams, snapshot: Snapshot, unit: str) -> list[dict[str, Any]]:
    """What `standing.open_units` gives of the run's day, whether it was kept or not."""
    day = day_of(run, snapshot)
    listed = listed_rows(day.units[STANDING].to_dict("records"), run.campaign, unit)
    if listed is None:
        day = under(day, unit) if unit not in ("", run.campaign.root) else day
        listed = folded(day).units.to_dict("records")
    return listed


def _built(snapshot: Snapshot, run: RunParams, campaign: Campaign, about: date) -> Day:
    many = len(snapshot.view.rows) >= MANY_ROWS
    return build(
        snapshot.view,
        campaign,
        about,
        as_of=run.as_of,
        at=snapshot.at,
        illustrative=snapshot.scan.illustrative,
        inbox_findings=snapshot.scan.findings,
        each=snapshot.cluster.each if many else None,
    )


def open_previous_day(run: RunParams, day: Day) -> Day | None:
    """The report date before `day`, as known at its own end; `None` before the campaign begins.

    Raises:
        ParamsError: As for `open_day`.
    """
    return previous_day_of(run, take_snapshot(run), day)


def previous_day_of(run: RunParams, snapshot: Snapshot, day: Day) -> Day | None:
    """The report date before, as it was known at its own end; `None` before the campaign begins."""
    previous_day = run.campaign.reporting.before(day.date)
    if previous_day is None or previous_day < run.campaign.dates.start:
        return None
    return day_known_at(run, snapshot, previous_day, end_of(previous_day, run))


def day_known_at(run: RunParams, snapshot: Snapshot, day: date, moment: datetime) -> Day:
    """The tables of a day from what was known of it at a moment.

    Raises:
        ParamsError: The day lies outside the campaign, or after the moment.
    """
    then = run.at(day, moment)
    return day_of(then, replace(snapshot, as_of=then.as_of))


def end_of(day: date, run: RunParams) -> datetime:
    """The last second of a day, where the campaign is."""
    return datetime.combine(day, LAST_MOMENT, tzinfo=run.campaign.tz)
