"""The first run of an office that has no report yet: it is offered the illustrative campaign."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from briefing.messages import _
from briefing.params import RunParams

ILLUSTRATIVE = "illustrative"  # below the outputs
NO_REPORTS = {"received.csv", "desktop.ini", "Thumbs.db"}


def or_illustrative(run: RunParams, *, inbox_was_named: bool) -> RunParams:
    """The run itself; of the illustrative campaign where somebody at a terminal agrees to that.

    It is asked only where no inbox was named and the usual one holds no report, and never of a run
    without a person, such as one of a scheduler, whose inbox may be out of reach.
    """
    if inbox_was_named or run.as_of or next(_reports(run.inbox), None) or not sys.stdin.isatty():
        return run
    question = _("{inbox} holds no report yet. Make the illustrative campaign?", inbox=run.inbox)
    if not click.confirm(question, default=True, err=True):
        return run
    run.inbox.mkdir(parents=True, exist_ok=True)
    made = run.outputs / ILLUSTRATIVE / "inbox"
    day = _illustrated(run.campaign, made)
    return run.model_copy(update={"inbox": made, "report_date": run.report_date or day})


def _illustrated(campaign: Any, inbox: Path) -> Any:
    """Fill an inbox, unless it was filled before; up to which day."""
    from briefing.sample import first_due, write_sample  # for a first run, and for that alone

    day = first_due(campaign)
    if not next(_reports(inbox), None):
        write_sample(inbox, campaign, until=day)
    return day


def _reports(inbox: Path) -> Iterator[Path]:
    return (
        path
        for path in inbox.rglob("*")
        if path.is_file() and path.name not in NO_REPORTS and path.name[0] not in ".~"
    )
