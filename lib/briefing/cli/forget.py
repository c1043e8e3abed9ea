"""The command that removes the traces of reports."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

import briefing.run
from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import DAY, Asked
from briefing.messages import _
from briefing.writing import legible

if TYPE_CHECKING:
    from briefing.run.forget import Forgotten

MOST_NAMED = 5


@main.command(epilog="briefing forget --unit 21640")
@option("--before", type=DAY, metavar="D", help="Reports about days before this one.")
@option("--unit", metavar="CODE", help="All reports of a unit, or body, or of all below a unit.")
@option("--file", metavar="PATH", help="All that ever lay at this path of the inbox.")
@option("--inbox", metavar="DIR", help="Folder of incoming reports, which is not changed.")
@option("--outputs", metavar="DIR", help="Register and published pages.")
@option("--params", metavar="DIR", help="The campaign's folder.")
def forget(
    before: datetime | None, unit: str | None, file: str | None, **folders: str | None
) -> None:
    """Remove the traces of reports; the figures that were published stay."""
    run = Asked(folders, ()).day()
    wanted = briefing.run.forget.Wanted.checked(run, before.date() if before else None, unit, file)
    if len(wanted.units) > 1:
        names = [name for code, name in run.campaign.full_names.items() if code in wanted.units]
        click.echo(
            _("{unit} is these {n}: {names}", unit=unit, n=len(names), names=", ".join(names))
        )
    done = briefing.run.forget.forget(run, wanted)
    if done.reports:
        _tell(done)
    else:
        click.echo(_("nothing to delete: no such report is in the register or on a published day"))


def _tell(done: Forgotten) -> None:
    """What was deleted, and what stays."""
    click.echo(
        _(
            "deleted: {n} reports from the register, {returned} files from the returns; their "
            "names and hashes from {folders} published folders: {names}",
            n=done.reports,
            returned=done.returns,
            folders=len(done.folders),
            names=", ".join(done.folders) or "–",
        )
    )
    click.echo(
        _(
            "The figures that were published stay. A day that is made again is made without these "
            "reports: to keep a unit's figure for later days, enter it in params/corrections.yaml "
            "as told."
        ),
        err=True,
    )
    if done.in_inbox:
        click.echo(
            _(
                "{n} of the files still lie in the inbox, and the next run would read them again: "
                "{files}. Move them away.",
                n=len(done.in_inbox),
                files=", ".join(map(legible, done.in_inbox[:MOST_NAMED])),
            ),
            err=True,
        )
