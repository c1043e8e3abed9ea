"""The bodies that report once: those short of their target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from briefing import formats
from briefing.catalog.codes import Tone
from briefing.documents.blocks import Cell, Table
from briefing.documents.sections.listing import cell_of, listing, named
from briefing.documents.wording import in_sectors, listed, report_state, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.bodies import short_of_target
from briefing.tables.reporting import holds

SHOWN = (
    "body_name", "sector", "staff_denominator", "staff_numerator", "coverage", "numerator_needed",
    "status",
)  # fmt: skip


def bodies_below(day: Day, columns: Sequence[str] = SHOWN) -> Table | None:
    """Bodies that have reported less than their target, those furthest from it first; nothing
    where nobody reports once.

    Args:
        columns: Those shown, of bodies.csv, in their order.
    """
    if day.bodies.empty:
        return None
    reported = int(day.bodies["report"].notna().sum())
    below = in_sectors(short_of_target(day), day.campaign)
    over = holds(below["coverage"] > 1)
    target = formats.target(day.campaign.once.target)
    rows = below.to_dict("records")
    return listing(
        "bodies",
        sentence(_caption(day, target, over=bool(over.any()))),
        [row | {"coverage": checked(row, "warn"), "status": report_state(row)} for row in rows],
        columns,
        heads=named(day.campaign),
        source="body_code",
        note=_note(day, reported, len(below), target),
    )


def _caption(day: Day, target: str, *, over: bool) -> str:
    values = {"bodies": day.campaign.terms.bodies, "target": target}
    if over:
        return _("{bodies} below {target}, or above 100% and to be checked", **values)
    return _("{bodies} below {target}", **values)


def checked(body: Mapping[str, Any], tone: Tone = "") -> Cell:
    """The rate of a body; above 100 % it is to be checked."""
    cell = replace(cell_of(body, "coverage", "bodies"), tone=tone)
    over = not formats.is_missing(body["coverage"]) and body["coverage"] > 1
    return replace(cell, tone="bad", note=_("to be checked")) if over else cell


def _note(day: Day, reported: int, below: int, target: str) -> str:
    """How many the table leaves out, and until when the others have."""
    received = list(day.bodies.loc[day.bodies["unused_file"].notna(), "body_name"])
    waiting = len(day.bodies) - reported - len(received)
    text = _(
        "{n} of {all} have reported, {full} of them {target} or more.",
        n=reported,
        all=len(day.bodies),
        full=reported - below,
        target=target,
    )
    if received:
        text += " " + _("Received, not usable yet: {names}.", names=listed(received, most=8))
    if not waiting:
        return text
    due = formats.day(day.campaign.once.due)
    return f"{text} " + _(
        "{n} have not; the report is due by the end of {due}.", n=waiting, due=due
    )
