"""Commands for a campaign's folder: one to begin with, and a look at it before anything is run."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import NewFolder, campaign_folder
from briefing.documents.terminal import print_campaign
from briefing.language import set_language
from briefing.messages import _
from briefing.params import RunParams
from briefing.params.run import language_of
from briefing.starters import OF_PROJECT, lay_out, starters
from briefing.starters.taken_over import list_of, summary, take_over

LIST = click.Path(exists=True, dir_okay=False, path_type=Path)


@main.command("params", epilog="briefing params params")
@click.argument("folder", metavar="DIR", required=False, type=click.Path(file_okay=False))
def look_through(folder: str | None) -> None:
    """Check the campaign's folder DIR, all of it, and say how it was understood."""
    print_campaign(
        RunParams.checked({"params": campaign_folder(folder)}, where=_("command line")).campaign
    )


@main.command(epilog="briefing init campaign")
@click.argument("folder", metavar="DIR", type=NewFolder())
@option("--like", metavar="NAME", help="Which campaign it begins as; else the project's own.")
@option("--from", "units", type=LIST, metavar="FILE", help="The office's list of its units.")
def init(folder: Path, like: str | None, units: Path | None) -> None:
    """Write a commented folder for a new campaign into DIR, which is to be changed then.

    The units of a list (xlsx or csv) are taken over: code, name, type, parent, population, number.
    """
    known = starters()
    if like and like not in known:
        raise click.BadParameter(
            _("“{value}” is none of: {known}.", value=like, known=", ".join(sorted(known))),
            param_hint="--like",
        )
    like = like or OF_PROJECT
    set_language(language_of(known[like]))
    listed = list_of(known[like], units) if units else None
    lay_out(folder, like)
    if listed:
        take_over(folder, listed)
        click.echo("\n".join(summary(listed)), err=True)
    print_campaign(
        RunParams.checked({"params": campaign_folder(folder)}, where=_("command line")).campaign
    )
    click.echo(
        _(
            "{folder}: {n} files. Change them, then look through them again: "
            "briefing params {folder}",
            folder=folder,
            n=len([*folder.iterdir()]),
        ),
        err=True,
    )
