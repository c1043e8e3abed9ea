"""The command that looks at a campaign's folder before anything is run by it."""

from __future__ import annotations

from pathlib import Path

import click

from briefing.cli.group import main


@main.command("params")
@click.argument(
    "folder", metavar="DIR", default="params", type=click.Path(file_okay=False, path_type=Path)
)
def look_through(folder: Path) -> None:
    """Check the campaign's folder DIR, all of it, and say how it was understood."""
    from briefing.documents.terminal import print_campaign
    from briefing.params import Campaign

    print_campaign(Campaign.load(folder))
