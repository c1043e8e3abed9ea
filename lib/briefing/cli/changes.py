"""`briefing changes`: what is known of a day now, against what was known then."""

from __future__ import annotations

import click

from briefing.cli.completion import option
from briefing.cli.group import main
from briefing.cli.options import Asked, run_options
from briefing.documents.sections import changed_since
from briefing.documents.terminal import print_block
from briefing.run.opening import open_both
from briefing.tables.changes import of_each
from briefing.tables.exports import plain
from briefing.writing import json_line


@main.command(epilog="briefing changes --date 2021-08-16 --then 2021-08-16T15:00")
@option("--date", "day", metavar="D", help="The day; else the newest reported on.")
@option("--then", required=True, metavar="T", help="Earlier moment: 2021-08-18T15:00.")
@option("--json", "as_json", is_flag=True, help="One JSON object a change, one a line.")
@run_options
def changes(day: str | None, then: str, as_json: bool, asked: Asked) -> None:
    """What was known of a day THEN, against what is known now (or at --as-of), number by number."""
    earlier = asked.day(day, as_of=then)
    before, now = open_both(asked.day(day), earlier.as_of)
    if as_json:
        rows = plain(of_each(before, now)).astype(object)
        for change in rows.where(rows.notna(), None).to_dict("records"):
            click.echo(json_line(change))
    else:
        print_block(changed_since(before, now))
