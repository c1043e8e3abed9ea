"""`briefing sample`: an illustrative campaign."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import DAY, NewFolder, campaign_folder
from briefing.messages import _
from briefing.params import RunParams
from briefing.sample import first_due, made_up, write_sample


@main.command(epilog="briefing sample thu/inbox")
@click.argument("inbox", type=NewFolder(file_okay=False))
@option("--since", type=DAY, metavar="D", help="First day reported on; else that of the campaign.")
@option("--until", type=DAY, metavar="D", help="Last day reported on; else the first day due.")
@option(
    "--units", "--communes", "units", type=click.IntRange(1), metavar="N",
    help="Only N units; more than there are: of a made-up country, with its params beside INBOX.",
)  # fmt: skip
@option("--rows", type=click.IntRange(1), metavar="N", help="N rows in each daily report.")
@option("--params", "folder", metavar="DIR", help="The campaign's folder.")
def sample(
    inbox: Path,
    since: datetime | None,
    until: datetime | None,
    units: int | None,
    rows: int | None,
    folder: str | None,
) -> None:
    """Fill INBOX with an illustrative campaign: synthetic, the same each time."""
    run = RunParams.checked({"params": campaign_folder(folder)}, where=_("command line"))
    campaign = made_up(inbox, run.campaign, run.params, units)
    last = until.date() if until else first_due(campaign)
    first = since.date() if since else None
    made = write_sample(inbox, campaign, since=first, until=last, units=units, rows=rows)
    click.echo(
        _("{inbox}: {n} illustrative files, up to {day}", inbox=inbox, n=made.files, day=last),
        err=True,
    )
