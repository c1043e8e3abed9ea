"""Commands that write files for others: forms to fill in, an illustrative campaign."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import DAY, Asked, NewFolder, campaign_folder, run_options
from briefing.messages import _


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
    from briefing.params import RunParams
    from briefing.sample import first_due, made_up, write_sample

    run = RunParams.checked({"params": campaign_folder(folder)}, where=_("command line"))
    campaign = made_up(inbox, run.campaign, run.params, units)
    last = until.date() if until else first_due(campaign)
    first = since.date() if since else None
    made = write_sample(inbox, campaign, since=first, until=last, units=units, rows=rows)
    click.echo(
        _("{inbox}: {n} illustrative files, up to {day}", inbox=inbox, n=made.files, day=last),
        err=True,
    )


@main.command(epilog="briefing forms mau --date 2021-08-17")
@click.argument("outdir", type=NewFolder(file_okay=False))
@option("--date", "day", metavar="D", help="Day they prefill, from each last report.")
@run_options
def forms(outdir: Path, day: str | None, asked: Asked) -> None:
    """Write the campaign's forms for everybody who owes one into OUTDIR, Excel and Word.

    With a day, a unit's form begins with what its last report before that day has.
    """
    from briefing.formats import long_day
    from briefing.forms import next_report_day, write_forms
    from briefing.run.last_reports import last_reports

    run = asked.day(day or "")
    today = datetime.now(run.campaign.tz).date()
    about = run.report_date or next_report_day(run.campaign, today)
    looked = bool(asked.folders["inbox"]) or run.inbox.is_dir()  # without one nobody has reported
    last = last_reports(run, about) if day and looked else {}
    written = write_forms(outdir, run.campaign, about, last)
    said = {"folder": outdir, "n": len(written), "day": long_day(about), "last": len(last)}
    click.echo(_("{folder}: {n} forms, prefilled with {day}", **said), err=True)
    if day:
        click.echo(_("{last} units: from their last report", **said), err=True)
