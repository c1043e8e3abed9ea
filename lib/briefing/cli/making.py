"""Commands that make and publish pages: a day, a period, many days, the units."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from briefing.cli.group import main
from briefing.cli.options import (
    DAY,
    cluster_of,
    cluster_options,
    described,
    progress_bar,
    run_options,
    run_params,
)


@main.command()
@click.option("--date", "day", metavar="D", help="Last day covered, e.g. 2021-08-16.")
@cluster_options
@run_options
def daily(
    day: str | None,
    workers: int | None,
    scheduler: str | None,
    extra: tuple[str, ...],
    **folders: str | None,
) -> None:
    """Make and publish the briefing of one day."""
    from briefing.run.daily import run_daily

    run = run_params(day, extra, folders)
    cluster = cluster_of(run, workers, scheduler)
    with progress_bar() as progress:
        published = run_daily(run, progress, cluster)
    click.echo(published.html)
    click.echo(published.pdf)


@main.command()
@click.option("--from", "first", metavar="D", help="First day; else that of params/period.yaml.")
@click.option("--to", "last", metavar="D", help="Last day; else that of params/period.yaml.")
@cluster_options
@run_options
def period(
    first: str | None,
    last: str | None,
    workers: int | None,
    scheduler: str | None,
    extra: tuple[str, ...],
    **folders: str | None,
) -> None:
    """Make and publish the formal report of any number of days."""
    from briefing.params import PeriodParams
    from briefing.run.period import run_period

    days = {"period_from": first, "period_to": last}
    run = described(PeriodParams, "period.yaml", days, extra, folders)
    cluster = cluster_of(run, workers, scheduler)
    with progress_bar() as progress:
        published = run_period(run, progress, cluster)
    for page in published.pages:
        click.echo(page)


@main.command()
@click.option("--from", "first", type=DAY, required=True, metavar="D", help="First day.")
@click.option("--to", "last", type=DAY, required=True, metavar="D", help="Last day.")
@cluster_options
@run_options
def backfill(
    first: datetime,
    last: datetime,
    workers: int | None,
    scheduler: str | None,
    extra: tuple[str, ...],
    **folders: str | None,
) -> None:
    """Make every day of a range, each as it was known at its own end."""
    from briefing.run.backfill import run_backfill

    run = run_params(None, extra, folders)
    cluster = cluster_of(run, workers, scheduler)
    with progress_bar() as progress:
        made = run_backfill(run, first.date(), last.date(), cluster=cluster, progress=progress)
    for day in made:
        click.echo(day.folder or f"{day.day}: {day.error}", err=day.folder is None)
    sys.exit(0 if all(day.folder for day in made) else 1)


@main.command()
@click.option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@click.option("--unit", "wanted", multiple=True, metavar="CODE", help="Only this one; repeatable.")
@cluster_options
@run_options
def units(
    day: str | None,
    wanted: tuple[str, ...],
    workers: int | None,
    scheduler: str | None,
    extra: tuple[str, ...],
    **folders: str | None,
) -> None:
    """Make and publish a page for each unit."""
    from briefing.run.units import known_codes, run_units

    run = run_params(day, extra, folders)
    codes = known_codes(run, wanted)
    cluster = cluster_of(run, workers, scheduler)
    with progress_bar() as progress:
        made = run_units(run, codes, cluster=cluster, progress=progress)
    for one in made:
        failed = f"{one.unit_name} ({one.unit_code}): {one.error}"
        click.echo(one.folder or failed, err=one.folder is None)
    sys.exit(0 if all(one.folder for one in made) else 1)
