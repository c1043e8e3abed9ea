"""What a shell offers behind an option, by what the help calls its value.

Commands and options are offered by click itself. A campaign that can't be read offers nothing: the
command that is then run says why.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from briefing.errors import BriefingError
from briefing.params import Campaign
from briefing.params.run import find_project
from briefing.usage import TranslatedOption

FOLDER, DAY, UNIT = "DIR", "D", "CODE"


class CompletedOption(TranslatedOption):
    """An option whose value a shell can complete: a folder; a day or a unit of the campaign."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        if self.metavar == FOLDER:
            return [CompletionItem(incomplete, type="dir")]
        if self.metavar not in (DAY, UNIT):
            return super().shell_complete(ctx, incomplete)
        campaign = _campaign(ctx)
        known = campaign and (campaign.full_names if self.metavar == UNIT else _due(campaign))
        begun = (
            (code, name) for code, name in (known or {}).items() if code.startswith(incomplete)
        )
        return [CompletionItem(code, help=name) for code, name in begun]


option = partial(click.option, cls=CompletedOption)


def _due(campaign: Campaign) -> dict[str, str]:
    """The days on which reports are due, ISO."""
    calendar = campaign.reporting
    return {str(day): "" for day in calendar.dates(calendar.first, calendar.last)}


def _campaign(context: click.Context) -> Campaign | None:
    """The campaign that the command would be about, as far as it is typed."""
    typed = context.params.get("params") or context.params.get("folder")
    folder = Path.cwd() / typed if typed else find_project(Path.cwd()) / "params"
    try:
        return Campaign.load(folder)
    except (BriefingError, OSError):
        return None
