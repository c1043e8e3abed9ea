"""`briefing forms`: the forms of a campaign, to be filled in."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import Asked, NewFolder, run_options
from briefing.formats import long_day
from briefing.forms import next_report_day, write_forms
from briefing.messages import _
from briefing.run.last_reports import last_reports


@main.command(epilog="briefing forms mau --date 2021-08-17")
@click.argument("outdir", type=NewFolder(file_okay=False))
@option("--date", "day", metavar="D", help="Day they prefill, from each last report.")
@run_options
def forms(outdir: Path, day: str | None, asked: Asked) -> None:
    """Write the campaign's forms for everybody who owes one into OUTDIR, Excel and Word.

    With a day, a unit's form begins with what its last report before that day has.
    """
    run = asked.day(day or "")
    today = datetime.now(run.campaign.tz).date()
    about = run.report_date or next_report_day(run.campaign, today)
    looked = bool(asked.folders["inbox"]) or run.inbox.is_dir()  # without one nobody has reported
    last = last_reports(run, about) if day and looked else {}
    written = write_forms(outdir, run.campaign, about, last)
    values = {"folder": outdir, "n": len(written), "day": long_day(about), "last": len(last)}
    click.echo(_("{folder}: {n} forms, prefilled with {day}", **values), err=True)
    if day:
        click.echo(_("{last} units: from their last report", **values), err=True)
