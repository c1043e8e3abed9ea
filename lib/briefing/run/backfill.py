"""Many days: each made as it was known at its own end, each file parsed once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from briefing.errors import ParamsError, RunError
from briefing.messages import _
from briefing.params import RunParams
from briefing.run.cluster import Cluster
from briefing.run.daily import run_daily
from briefing.run.day import end_of, take_stock


@dataclass(frozen=True)
class Made:
    """What became of one day: its published folder, or why there is none."""

    day: date
    folder: Path | None
    error: str = ""


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
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [run.at(day, min(run.as_of or end_of(day, run), end_of(day, run))) for day in days]


def run_backfill(
    run: RunParams,
    first: date,
    last: date,
    *,
    cluster: Cluster | None = None,
    progress: Callable[[str, int, int], None] = lambda *_args: None,
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
    made: list[Made] = []
    with cluster or Cluster() as workers:
        take_stock(run, lambda path, count: progress(path, 0, count), workers)
        for done in workers.each(_one, runs, len(runs)):
            made.append(done)
            progress(done.day.isoformat(), len(made), len(runs))
    return made


def _one(run: RunParams) -> Made:
    assert run.report_date is not None  # `days_of` gives each run its day
    try:
        return Made(run.report_date, run_daily(run).folder)
    except RunError as error:
        return Made(run.report_date, None, str(error))
