"""Commands that answer a question and publish nothing."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import Asked, ReportPath, campaign_folder, run_options
from briefing.messages import _
from briefing.writing import json_line


@main.command(epilog='briefing check "inbox/16.8/BC Hoai Thanh 16-8.xlsx"')
@click.argument("files", nargs=-1, required=True, type=ReportPath())
@option("--json", "as_json", is_flag=True, help="One JSON object a report, one a line.")
@option("--params", "folder", metavar="DIR", help="The campaign's folder.")
def check(files: tuple[Path, ...], as_json: bool, folder: str | None) -> None:
    """Read reports and say what is right and wrong with them; nothing is stored."""
    from briefing.intake.apart import read_files
    from briefing.intake.reader import Reader
    from briefing.params import RunParams

    run = RunParams.checked({"params": campaign_folder(folder)}, where=_("command line"))
    reports = read_files(Reader(run.campaign), files)
    if as_json:
        for report in reports:
            click.echo(json_line(run.campaign.naming.record(report.to_json())))
    else:
        from briefing.documents.terminal import print_reports

        print_reports(reports, run.campaign)
    faulty = any(finding.severity == "error" for report in reports for finding in report.findings)
    sys.exit(1 if faulty else 0)


@main.command(epilog="briefing status --date 2021-08-16")
@option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@option("--unit", metavar="CODE", help="Only who reports below this one, by code or name.")
@option("--watch", is_flag=True, help="Go on as reports come, and make the briefing again.")
@run_options
def status(day: str | None, unit: str | None, watch: bool, asked: Asked) -> None:
    """Who has reported, as a table in the terminal.

    With --watch the day is today's: what comes is read, its time of arrival recorded.
    """
    if watch:
        from briefing.cli.watching import watch_inbox

        watch_inbox(lambda: asked.day(day), unit)
        return
    from briefing.documents.terminal import print_status
    from briefing.params import UnitParams
    from briefing.run.day import open_units

    run = asked.day(day)
    code = UnitParams.of(run, unit, where="--unit").unit_code if unit else ""
    print_status(*open_units(run, code))


@main.command(epilog="briefing runs")
@option("-n", "most", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@option("--json", "as_json", is_flag=True, help="One JSON object a run, one a line.")
@run_options
def runs(most: int, as_json: bool, asked: Asked) -> None:
    """The last runs: when, for which day, what came of it, and whether it is out of date."""
    from briefing.run.journal import last_runs

    found = last_runs(asked.day(), most)
    if as_json:
        for one in found:
            click.echo(json_line(asdict(one.entry) | one.standing))
    else:
        from briefing.documents.terminal import print_runs

        print_runs(found)


@main.command(epilog="briefing trace --date 2021-08-16 --unit 21640 coverage")
@option("--date", "day", required=True, metavar="D", help="The day, e.g. 2021-08-16.")
@option("--unit", metavar="CODE", help="A unit or body, by code or name; else the whole.")
@option("--place", "--hamlet", "place", metavar="NAME", help="One of the unit's places.")
@option("--json", "as_json", is_flag=True, help="The tree as one JSON object.")
@click.argument("column")
@run_options
def trace(
    day: str,
    unit: str | None,
    place: str | None,
    as_json: bool,
    column: str,
    asked: Asked,
) -> None:
    """Where a number comes from, to the cell: the figure COLUMN of a unit, body or the whole."""
    from briefing.documents.lineage import tree
    from briefing.run.opening import open_trace

    made, code, tracer = open_trace(asked.day(day), unit, column)
    own, inside = made.measured(column)
    step = tracer.step(code, inside, place)
    if as_json:
        click.echo(json_line(own.campaign.naming.record(step.to_json())))
    else:
        with own.campaign.own_terms():
            click.echo("\n".join(tree(step, made)))
    sys.exit(0 if step.adds_up else 1)


@main.command(epilog="briefing changes --date 2021-08-16 --then 2021-08-16T15:00")
@option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@option("--then", required=True, metavar="T", help="Earlier moment: 2021-08-18T15:00.")
@option("--json", "as_json", is_flag=True, help="One JSON object a change, one a line.")
@run_options
def changes(day: str | None, then: str, as_json: bool, asked: Asked) -> None:
    """What was known of a day THEN, against what is known now (or at --as-of), number by number."""
    from briefing.run.opening import open_both

    earlier = asked.day(day, as_of=then)
    before, now = open_both(asked.day(day), earlier.as_of)
    if as_json:
        from briefing.tables.changes import of_each
        from briefing.tables.exports import plain

        told = plain(of_each(before, now)).astype(object)
        for change in told.where(told.notna(), None).to_dict("records"):
            click.echo(json_line(change))
    else:
        from briefing.documents.sections import changed_since
        from briefing.documents.terminal import print_block

        print_block(changed_since(before, now))


@main.command(epilog="briefing backtest series.csv")
@click.argument("series", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--horizon", type=click.IntRange(1), default=7, show_default=True, help="Days ahead.")
@option("--json", "as_json", is_flag=True, help="The scores as one JSON object.")
def backtest(series: Path, horizon: int, as_json: bool) -> None:
    """How good the outlook is on a real SERIES (CSV: date, area, cumulative, population)."""
    from briefing.tables.backtest import backtest as score
    from briefing.tables.backtest import read_series

    scores = score(read_series(series), horizon)
    if as_json:
        click.echo(json_line(scores))
    else:
        from briefing.documents.terminal import print_backtest

        print_backtest(scores)
