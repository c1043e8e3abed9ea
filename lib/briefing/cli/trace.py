"""`briefing trace`: where a number comes from."""

from __future__ import annotations

import sys

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import Asked, run_options
from briefing.documents.lineage import tree
from briefing.run.opening import open_trace
from briefing.writing import json_line


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
    made, code, tracer = open_trace(asked.day(day), unit, column)
    own, inside = made.measured(column)
    step = tracer.step(code, inside, place)
    if as_json:
        click.echo(json_line(own.campaign.naming.record(step.to_json())))
    else:
        with own.campaign.own_terms():
            click.echo("\n".join(tree(step, made)))
    sys.exit(0 if step.adds_up else 1)
