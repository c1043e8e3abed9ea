"""`briefing backtest`: how good the outlook is."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.documents.terminal import print_backtest
from briefing.tables.backtest import backtest as score
from briefing.tables.backtest import read_series
from briefing.writing import json_line


@main.command(epilog="briefing backtest series.csv")
@click.argument("series", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--horizon", type=click.IntRange(1), default=7, show_default=True, help="Days ahead.")
@option("--json", "as_json", is_flag=True, help="The scores as one JSON object.")
def backtest(series: Path, horizon: int, as_json: bool) -> None:
    """How good the outlook is on a real SERIES (CSV: date, area, cumulative, population)."""
    scores = score(read_series(series), horizon)
    if as_json:
        click.echo(json_line(scores))
    else:
        print_backtest(scores)
