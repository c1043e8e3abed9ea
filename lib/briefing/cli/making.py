"""Commands that make and publish pages: a day, a period, many days, the units.

What makes them takes a second to load: `briefing.run` does so when it is asked for, so that help
and what a shell completes are there at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import click

import briefing.run
from briefing.cli.completion import option
from briefing.cli.first_run import or_illustrative
from briefing.cli.group import DOING, OF_CLICK, main
from briefing.cli.options import DAY, Asked, run_options, with_options
from briefing.errors import ParamsError, RunError
from briefing.failures import failure_message
from briefing.messages import _
from briefing.mirrors import shown
from briefing.remote import take_back
from briefing.run.cluster import Cluster
from briefing.run.not_done import clear_note, leave_note

if TYPE_CHECKING:
    from briefing.run.job import Made

OF_CLUSTER = (
    option(
        "--workers", type=click.IntRange(1), metavar="N", help="Processes side by side; else one."
    ),
    option("--scheduler", metavar="ADDRESS", help="A Dask cluster, e.g. tcp://10.0.0.5:8786."),
)


def making_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of a run, and where its tasks are done. A run that fails leaves a note."""

    @wraps(command)
    def with_note(asked: Asked, **given: Any) -> Any:
        with noting(asked):
            return command(asked=asked, **given)

    return with_options(run_options(with_note), OF_CLUSTER)


@contextmanager
def noting(asked: Asked) -> Iterator[None]:
    """What fails in the block leaves a note beside what is published; a good one takes it away."""
    context = click.get_current_context()
    command = str(context.info_name)
    try:
        yield
    except OF_CLICK:
        raise
    except Exception as error:
        text, _code = failure_message(error, f"briefing {command}")
        leave_note(asked.outputs, command, text, datetime.now().astimezone())
        raise
    clear_note(asked.outputs, command)


@main.command(epilog="briefing daily --date 2021-08-16")
@option("--date", "day", metavar="D", help="Last day covered, e.g. 2021-08-16.")
@making_options
def daily(day: str | None, asked: Asked) -> None:
    """Make and publish the briefing of one day."""
    run = or_illustrative(asked.day(day), inbox_was_named=bool(asked.folders["inbox"]))
    published = _done(briefing.run.daily.run_daily, run, asked=asked)
    _name(published.pages[:2])  # to be looked at; Word is to be worked on


@main.command(epilog="briefing period --from 2021-08-16 --to 2021-08-22")
@option("--from", "first", metavar="D", help="First day; else that of params/period.yaml.")
@option("--to", "last", metavar="D", help="Last day; else that of params/period.yaml.")
@option("--unit", metavar="CODE", help="Of a unit above those that report; else of the whole.")
@making_options
def period(first: str | None, last: str | None, unit: str | None, asked: Asked) -> None:
    """Make and publish the formal report of any number of days."""
    run = asked.period(first, last, unit)
    _name(_done(briefing.run.period.run_period, run, asked=asked).pages)


@main.command(epilog="briefing backfill --from 2021-08-15 --to 2021-08-16")
@option("--from", "first", type=DAY, required=True, metavar="D", help="First day.")
@option("--to", "last", type=DAY, required=True, metavar="D", help="Last day.")
@making_options
def backfill(first: datetime, last: datetime, asked: Asked) -> None:
    """Make every day of a range, each as it was known at its own end."""
    job, run = briefing.run.backfill.run_backfill, asked.day()
    _tell(_done(job, run, first.date(), last.date(), asked=asked))


@main.command(epilog="briefing units --date 2021-08-16 --unit 21640")
@option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@option("--unit", "wanted", multiple=True, metavar="CODE", help="Only this one; repeatable.")
@making_options
def units(day: str | None, wanted: tuple[str, ...], asked: Asked) -> None:
    """Make and publish a page for each unit."""
    run = asked.day(day)
    codes = briefing.run.units.known_codes(run, wanted)
    _tell(_done(briefing.run.units.run_units, run, codes, asked=asked))


def _done(job: Any, run: Any, *of_job: Any, asked: Asked) -> Any:
    """What comes of a job, done where the command line says, with a bar of progress."""
    cluster = cluster_of(run, asked.workers, asked.scheduler)
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


def cluster_of(run: Any, workers: int | None, scheduler: str | None) -> Cluster:
    """The cluster that the command line asks for; one process where Dask is not installed.

    Raises:
        ParamsError: Both are given.
    """
    if workers and scheduler:
        raise ParamsError(
            _(
                "--workers starts processes here, --scheduler uses those of a cluster: give one of "
                "the two. Nothing was run."
            )
        )
    if not scheduler and (workers or 1) == 1:
        return Cluster()
    if not find_spec("distributed"):
        click.echo(
            _(
                "--workers and --scheduler need Dask, which is not installed: everything is done "
                "in one process. To install it: pip install distributed"
            ),
            err=True,
        )
        return Cluster()
    return briefing.run.dask_cluster.DaskCluster(
        workers or 1, scheduler or "", run.outputs, (run.inbox, run.params)
    )


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr while a run works; silent where there is no terminal.

    It is drawn when something is said, not by a thread of its own: kernels are forks of this
    process.
    """
    doing = click.get_current_context().meta
    if not sys.stderr.isatty():
        yield lambda text, _done, _count: doing.update({DOING: text})
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None)
        files_seen = 0

        def show(text: str, done: int, count: int) -> None:
            nonlocal files_seen
            files_seen = 0 if done else files_seen + 1
            doing[DOING] = text
            bar.update(task, description=text[-50:], completed=done or files_seen, total=count)
            bar.refresh()

        yield show
