"""Many days: each made as it was known at its own end, each file parsed once."""

from __future__ import annotations

from datetime import date

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params import RunParams
from briefing.run.cluster import Cluster
from briefing.run.daily import run_daily
from briefing.run.day import end_of
from briefing.run.job import Made, Progress, all_made, snapshot_of, unseen
from briefing.run.manifest import Stopwatch


def days_of(run: RunParams, first: date, last: date) -> list[RunParams]:
    """One run a day, each with the knowledge of that day's end.

    Where `run.as_of` is earlier, it counts: nothing later was known.

    Raises:
        ParamsError: The range runs backwards, or a day lies outside the campaign.
    """
    if last < first:
        raise ParamsError(
            _("--from {first} is after --to {last}. Nothing was run.", first=first, last=last)
        )
    days = run.campaign.reporting.dates(first, last)
    return [run.at(day, min(run.as_of or end_of(day, run), end_of(day, run))) for day in days]


def run_backfill(
    run: RunParams,
    first: date,
    last: date,
    progress: Progress = unseen,
    cluster: Cluster | None = None,
) -> list[Made]:
    """Make and publish every day from `first` to `last`.

    A day that fails is told and leaves the others as they are.

    Args:
        cluster: Where the days are made, and many new files are read; `None`: in this process.

    Returns:
        One entry a day, in their order.

    Raises:
        ParamsError: Before anything is run.
        RunError: A worker can't do its part; days that were made are published.
    """
    runs = days_of(run, first, last)
    with cluster or Cluster() as workers:
        snapshot_of(run, Stopwatch(), workers, progress)
        return all_made(workers.each(_one, runs, len(runs)), len(runs), progress)


def _one(run: RunParams) -> Made:
    return Made.of(f"{run.report_date}", lambda: run_daily(run).folder)
