"""Commands that say how it stands: who has reported, what was run."""

from __future__ import annotations

from dataclasses import asdict

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import Asked, run_options
from briefing.documents.terminal import print_runs, print_status
from briefing.params import UnitParams
from briefing.run.journal import last_runs
from briefing.run.standing import open_units
from briefing.writing import json_line


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
        # What makes a day takes a second to load, which a look at the table does without.
        from briefing.cli.watching import watch_inbox

        watch_inbox(lambda: asked.day(day), unit)
        return
    run = asked.day(day)
    code = UnitParams.of(run, unit, where="--unit").unit_code if unit else ""
    print_status(*open_units(run, code))


@main.command(epilog="briefing runs")
@option("-n", "most", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@option("--json", "as_json", is_flag=True, help="One JSON object a run, one a line.")
@run_options
def runs(most: int, as_json: bool, asked: Asked) -> None:
    """The last runs: when, for which day, what came of it, and whether it is out of date."""
    found = last_runs(asked.day(), most)
    if as_json:
        for one in found:
            click.echo(json_line(asdict(one.entry) | one.standing))
    else:
        print_runs(found)
