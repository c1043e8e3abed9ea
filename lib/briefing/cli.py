"""The command `briefing`: one function per command, results on stdout, messages on stderr.

Exit codes: 0 done; 1 errors found in the reports (`check`), nothing published (`daily`, `period`)
or not everything (`backfill`, `units`); 2 wrong usage or params.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from briefing.errors import BriefingError, ParamsError
from briefing.messages import _
from briefing.usage import SpokenGroup

DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="briefing")
def main() -> None:
    """From the reports of every day to the page on the table."""


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that every run takes; each goes before its file in params/."""
    options = (
        click.option("--as-of", metavar="T", help="What was known then, e.g. 2021-08-18T15:00."),
        click.option("--inbox", metavar="DIR", help="Folder of incoming reports."),
        click.option("--outputs", metavar="DIR", help="Register and published pages."),
        click.option("--params", metavar="DIR", help="The campaign's folder."),
        click.option("--lang", metavar="CODE", help="Language of the pages: vi or en."),
        click.option(
            "-p", "extra", multiple=True, metavar="KEY=VALUE", help="Any other parameter."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@main.command()
@click.option("--date", "day", metavar="D", help="Last day covered, e.g. 2021-08-16.")
@run_options
def daily(day: str | None, extra: tuple[str, ...], **folders: str | None) -> None:
    """Make and publish the briefing of one day."""
    from briefing.run.daily import run_daily

    with explained():
        run = _run_params(day, extra, folders)
        with progress_bar() as progress:
            published = run_daily(run, progress)
    with explained():
        click.echo(published.html)
        click.echo(published.pdf)


@main.command()
@click.option("--from", "first", metavar="D", help="First day; else that of params/period.yaml.")
@click.option("--to", "last", metavar="D", help="Last day; else that of params/period.yaml.")
@run_options
def period(
    first: str | None, last: str | None, extra: tuple[str, ...], **folders: str | None
) -> None:
    """Make and publish the formal report of any number of days."""
    from briefing.params import PeriodParams
    from briefing.run.period import run_period

    days = {"period_from": first, "period_to": last}
    with explained():
        run = _described(PeriodParams, "period.yaml", days, extra, folders)
        with progress_bar() as progress:
            published = run_period(run, progress)
    for page in published.pages:
        click.echo(page)


@main.command()
@click.option("--from", "first", type=DAY, required=True, metavar="D", help="First day.")
@click.option("--to", "last", type=DAY, required=True, metavar="D", help="Last day.")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Days made at a time."
)
@run_options
def backfill(
    first: datetime,
    last: datetime,
    workers: int,
    extra: tuple[str, ...],
    **folders: str | None,
) -> None:
    """Make every day of a range, each as it was known at its own end."""
    from briefing.run.backfill import run_backfill

    with explained():
        run = _run_params(None, extra, folders)
        with progress_bar() as progress:
            made = run_backfill(run, first.date(), last.date(), workers=workers, progress=progress)
    for day in made:
        click.echo(day.folder or f"{day.day}: {day.error}", err=day.folder is None)
    sys.exit(0 if all(day.folder for day in made) else 1)


@main.command()
@click.option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@click.option("--unit", "wanted", multiple=True, metavar="CODE", help="Only this one; repeatable.")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Pages made at a time."
)
@run_options
def units(
    day: str | None,
    wanted: tuple[str, ...],
    workers: int,
    extra: tuple[str, ...],
    **folders: str | None,
) -> None:
    """Make and publish a page for each unit."""
    from briefing.run.units import known_codes, run_units

    with explained():
        run = _run_params(day, extra, folders)
        codes = known_codes(run, wanted)
        with progress_bar() as progress:
            made = run_units(run, codes, workers=workers, progress=progress)
    for one in made:
        failed = f"{one.unit_name} ({one.unit_code}): {one.error}"
        click.echo(one.folder or failed, err=one.folder is None)
    sys.exit(0 if all(one.folder for one in made) else 1)


@main.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a report, one a line.")
@click.option("--params", "folder", metavar="DIR", default="params", help="The campaign's folder.")
def check(files: tuple[Path, ...], as_json: bool, folder: str) -> None:
    """Read reports and say what is right and wrong with them; nothing is stored."""
    from briefing.intake.once.beside import read_files
    from briefing.intake.reader import Reader
    from briefing.params import RunParams

    with explained():
        run = RunParams.checked({"params": folder}, where=_("command line"))
    reports = read_files(Reader(run.campaign), files)
    if as_json:
        for report in reports:
            click.echo(json.dumps(report.to_json(), ensure_ascii=False))
    else:
        from briefing.documents.terminal import print_reports

        print_reports(reports, run.campaign)
    faulty = any(finding.severity == "error" for report in reports for finding in report.findings)
    sys.exit(1 if faulty else 0)


@main.command()
@click.option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@run_options
def status(day: str | None, extra: tuple[str, ...], **folders: str | None) -> None:
    """Who has reported, as a table in the terminal."""
    from briefing.documents.terminal import print_status
    from briefing.run import open_day

    with explained():
        print_status(open_day(_run_params(day, extra, folders)))


@main.command()
@click.option("--date", "day", required=True, metavar="D", help="The day, e.g. 2021-08-16.")
@click.option("--unit", metavar="CODE", help="A unit or agency; else the whole.")
@click.option("--hamlet", metavar="NAME", help="One of the unit's hamlets.")
@click.option("--json", "as_json", is_flag=True, help="The tree as one JSON object.")
@click.argument("column")
@run_options
def trace(
    day: str,
    unit: str | None,
    hamlet: str | None,
    as_json: bool,
    column: str,
    extra: tuple[str, ...],
    **folders: str | None,
) -> None:
    """Where a number comes from, to the cell: the figure COLUMN of a unit, agency or the whole."""
    from briefing.documents.provenance.telling import tree
    from briefing.run.tracing import open_trace

    with explained():
        made, tracer = open_trace(_run_params(day, extra, folders))
        step = tracer.step(unit or made.campaign.area.code, column, hamlet)
    if as_json:
        click.echo(json.dumps(step.to_json(), ensure_ascii=False))
    else:
        click.echo("\n".join(tree(step, made)))
    sys.exit(0 if step.adds_up else 1)


@main.command()
@click.option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@click.option("--then", required=True, metavar="T", help="Earlier moment: 2021-08-18T15:00.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a change, one a line.")
@run_options
def changes(
    day: str | None, then: str, as_json: bool, extra: tuple[str, ...], **folders: str | None
) -> None:
    """What was known of a day THEN, against what is known now (or at --as-of), number by number."""
    from briefing.run.comparing import open_both

    with explained():
        earlier = _run_params(day, extra, folders | {"as_of": then})
        before, now = open_both(_run_params(day, extra, folders), earlier.as_of)
        if as_json:
            from briefing.tables.build import plain
            from briefing.tables.changes import changes as compared

            told = plain(compared(before, now)).astype(object)
            for change in told.where(told.notna(), None).to_dict("records"):
                click.echo(json.dumps(change, ensure_ascii=False))
        else:
            from briefing.documents.sections import changed_since
            from briefing.documents.terminal import print_block

            print_block(changed_since(before, now))


@main.command()
@click.argument("series", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--horizon", type=click.IntRange(1), default=7, show_default=True, help="Days ahead.")
@click.option("--json", "as_json", is_flag=True, help="The scores as one JSON object.")
def backtest(series: Path, horizon: int, as_json: bool) -> None:
    """How good the outlook is on a real SERIES (CSV: date, area, cumulative, population)."""
    from briefing.tables.backtest import backtest as score
    from briefing.tables.backtest import read_series

    with explained():
        scores = score(read_series(series), horizon)
    if as_json:
        click.echo(json.dumps(scores, ensure_ascii=False))
    else:
        from briefing.documents.terminal import print_backtest

        print_backtest(scores)


@main.command()
@click.argument("inbox", type=click.Path(file_okay=False, path_type=Path))
@click.option("--until", type=DAY, metavar="D", help="Last day reported on.  [default: 2021-08-16]")
@click.option("--communes", type=click.IntRange(1), metavar="N", help="Only the first N units.")
@click.option("--rows", type=click.IntRange(1), metavar="N", help="N rows in each daily report.")
@click.option("--params", "folder", metavar="DIR", default="params", help="The campaign's folder.")
def sample(
    inbox: Path, until: datetime | None, communes: int | None, rows: int | None, folder: str
) -> None:
    """Fill INBOX with an illustrative campaign: synthetic, the same each time."""
    from briefing.params import RunParams
    from briefing.sample import DEFAULT_UNTIL, write_sample

    with explained():
        run = RunParams.checked({"params": folder}, where=_("command line"))
        last: date = until.date() if until else DEFAULT_UNTIL
        made = write_sample(inbox, run.campaign, until=last, communes=communes, rows=rows)
        click.echo(
            _("{inbox}: {n} illustrative files, up to {day}", inbox=inbox, n=made.files, day=last),
            err=True,
        )


@main.command()
@click.argument("outdir", type=click.Path(file_okay=False, path_type=Path))
@click.option("--date", "day", metavar="D", help="Day they are prefilled with; else the next due.")
@click.option("--params", "folder", metavar="DIR", default="params", help="The campaign's folder.")
def forms(outdir: Path, day: str | None, folder: str) -> None:
    """Write Mẫu 02 for each unit and Mẫu 01 for each agency into OUTDIR, Excel and Word."""
    from briefing.formats import long_day
    from briefing.forms import next_report_day, write_forms
    from briefing.params import RunParams

    with explained():
        values = {"params": folder, "report_date": day or ""}
        run = RunParams.checked(values, where=_("command line"))
        today = datetime.now(run.campaign.tz).date()
        about = run.report_date or next_report_day(run.campaign, today)
        written = write_forms(outdir, run.campaign, about)
    said = {"folder": outdir, "n": len(written), "day": long_day(about)}
    click.echo(_("{folder}: {n} forms, prefilled with {day}", **said), err=True)


def _run_params(day: str | None, extra: tuple[str, ...], folders: dict[str, str | None]) -> Any:
    """The run of a day that the command line and params/daily.yaml describe."""
    from briefing.params import RunParams

    return _described(RunParams, "daily.yaml", {"report_date": day}, extra, folders)


def _described(
    model: Any,
    file: str,
    days: dict[str, str | None],
    extra: tuple[str, ...],
    folders: dict[str, str | None],
) -> Any:
    """The run that the command line and a params file describe, the command line first."""
    from briefing.params.run import find_root, read_run_file

    overrides = {name: value for name, value in folders.items() if value is not None}
    for item in extra:
        name, equals, value = item.partition("=")
        if not equals:
            raise ParamsError(_("-p {item}: write KEY=VALUE. Nothing was run.", item=item))
        overrides[name] = value
    overrides |= {name: day for name, day in days.items() if day is not None}
    for name in ("inbox", "outputs", "params"):
        if name in overrides:
            overrides[name] = str(Path.cwd() / overrides[name])
    folder = Path(overrides.get("params", find_root(Path.cwd()) / "params"))
    return read_run_file(folder / file, overrides, model)


@contextmanager
def explained() -> Iterator[None]:
    """An error on purpose ends the command with its message, not with a traceback."""
    try:
        yield
    except BriefingError as error:
        click.echo(str(error), err=True)
        sys.exit(2 if isinstance(error, ParamsError) else 1)


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr while a run works; silent where there is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    hidden = not console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task("", total=None)
        files_seen = 0

        def show(text: str, done: int, count: int) -> None:
            nonlocal files_seen
            files_seen = 0 if done else files_seen + 1
            bar.update(task, description=text[-50:], completed=done or files_seen, total=count)

        yield show


if __name__ == "__main__":
    main()
