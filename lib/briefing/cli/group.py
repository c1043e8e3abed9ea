"""The command that all others belong to."""

from __future__ import annotations

import click

from briefing.temporary import temporary_files
from briefing.usage import SpokenGroup


@click.group(cls=SpokenGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="briefing")
@click.pass_context
def main(context: click.Context) -> None:
    """From the reports of every day to the page on the table."""
    context.with_resource(temporary_files())
