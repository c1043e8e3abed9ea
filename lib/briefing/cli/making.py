"""Commands that make and publish pages: a day, a period, many days, the units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.completion import option
from briefing.cli.first_run import or_illustrative
from briefing.cli.group import main
from briefing.cli.options import DAY, Asked, making_options, progress_bar
from briefing.errors import RunError
from briefing.mirrors import shown
from briefing.remote import take_back

if TYPE_CHECKING:
    from briefing.run.job import Made


@main.command(epilog="briefing daily --date 2021-08-16")
@option("--date", "day", metavar="D", help="Last day covered, e.g. 2021-08-16.")
@making_options
def daily(day: str | None, asked: Asked) -> None:
    """Make and publish the briefing of one day."""
    from briefing.run.daily import run_daily

    run = or_illustrative(asked.day(day), inbox_was_named=bool(asked.folders["inbox"]))
    published = _done(run_daily, run, asked=asked)
    _name(published.pages[:2])  # to be looked at; Word is to be worked on


@main.command(epilog="briefing period --from 2021-08-16 --to 2021-08-22")
@option("--from", "first", metavar="D", help="First day; else that of params/period.yaml.")
@option("--to", "last", metavar="D", help="Last day; else that of params/period.yaml.")
@option("--unit", metavar="CODE", help="Of a unit above those that report; else of the whole.")
@making_options
def period(first: str | None, last: str | None, unit: str | None, asked: Asked) -> None:
    """Make and publish the formal report of any number of days."""
    from briefing.run.period import run_period

    run = asked.period(first, last, unit)
    _name(_done(run_period, run, asked=asked).pages)


@main.command(epilog="briefing backfill --from 2021-08-15 --to 2021-08-16")
@option("--from", "first", type=DAY, required=True, metavar="D", help="First day.")
@option("--to", "last", type=DAY, required=True, metavar="D", help="Last day.")
@making_options
def backfill(first: datetime, last: datetime, asked: Asked) -> None:
    """Make every day of a range, each as it was known at its own end."""
    from briefing.run.backfill import run_backfill

    _tell(_done(run_backfill, asked.day(), first.date(), last.date(), asked=asked))


@main.command(epilog="briefing units --date 2021-08-16 --unit 21640")
@option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@option("--unit", "wanted", multiple=True, metavar="CODE", help="Only this one; repeatable.")
@making_options
def units(day: str | None, wanted: tuple[str, ...], asked: Asked) -> None:
    """Make and publish a page for each unit."""
    from briefing.run.units import known_codes, run_units

    run = asked.day(day)
    _tell(_done(run_units, run, known_codes(run, wanted), asked=asked))


def _done(job: Any, run: Any, *of_job: Any, asked: Asked) -> Any:
    """What comes of a job, done where the command line says, with a bar of progress."""
    cluster = asked.cluster(run)
    with progress_bar() as progress:
        done = job(run, *of_job, progress=progress, cluster=cluster)
    take_back()  # before anything of it is named
    return done


def _name(pages: Sequence[Any]) -> None:
    for page in pages:
        click.echo(shown(str(page)))


def _tell(made: Sequence[Made]) -> None:
    """What became of each of many jobs.

    Raises:
        RunError: Some could not be made.
    """
    for one in made:
        if one.folder:
            click.echo(shown(str(one.folder)))
    if failed := [f"{one.title}: {one.error}" for one in made if not one.folder]:
        raise RunError("\n".join(failed))
