"""The bodies that report once: those short of their target."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.sections.sources import traced
from briefing.documents.wording import in_sectors, listed, report_state, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.agencies import short_of_target
from briefing.tables.reporting import holds


def agencies_below(day: Day) -> Table:
    """Agencies that have reported less than their target, those furthest from it first."""
    rule = day.campaign.agency_reporting
    reported = int(day.agencies["report"].notna().sum())
    below = in_sectors(short_of_target(day), day.campaign)
    over = holds(below["coverage"] > 1)
    target = formats.target(rule.target)
    return Table(
        id="agencies",
        caption=sentence(_caption(day, target, over=bool(over.any()))),
        columns=(
            Column("agency_name", sentence(str(day.campaign.terms.agencies)), width=4),
            Column("sector", _("Sector"), width=1.8),
            Column("staff_smartphone", _("With a smartphone"), "right", 1.3),
            Column("staff_installed", _("Installed"), "right", 1.1),
            Column("coverage", _("Rate"), "right", 1.2),
            Column("installs_needed", _("Still needed"), "right", 1.1),
            Column("status", _("Report"), width=1.3),
        ),
        rows=tuple(traced(_row(a), a["agency_code"]) for _i, a in below.iterrows()),
        note=_note(day, reported, len(below), target),
    )


def _caption(day: Day, target: str, *, over: bool) -> str:
    values = {"agencies": day.campaign.terms.agencies, "target": target}
    if over:
        return _("{agencies} below {target}, or above 100% and to be checked", **values)
    return _("{agencies} below {target}", **values)


def _row(agency: pd.Series) -> tuple[Cell, ...]:
    over = pd.notna(agency["coverage"]) and agency["coverage"] > 1
    return (
        Cell(agency["agency_name"], agency["agency_code"]),
        Cell(agency["sector"], agency["sector"]),
        Cell(formats.integer(agency["staff_smartphone"]), agency["staff_smartphone"]),
        Cell(formats.integer(agency["staff_installed"]), agency["staff_installed"]),
        Cell(
            formats.percent(agency["coverage"]),
            agency["coverage"],
            "bad" if over else "warn",
            _("to be checked") if over else "",
        ),
        Cell(formats.integer(agency["installs_needed"]), agency["installs_needed"]),
        report_state(agency),
    )


def _note(day: Day, reported: int, below: int, target: str) -> str:
    """How many the table leaves out, and until when the others have."""
    received = list(day.agencies.loc[day.agencies["unused_file"].notna(), "agency_name"])
    waiting = len(day.agencies) - reported - len(received)
    text = _(
        "{n} of {all} have reported, {full} of them {target} or more.",
        n=reported,
        all=len(day.agencies),
        full=reported - below,
        target=target,
    )
    if received:
        text += " " + _("Received, not usable yet: {names}.", names=listed(received, most=8))
    if not waiting:
        return text
    due = formats.day(day.campaign.agency_reporting.due)
    return f"{text} " + _(
        "{n} have not; the report is due by the end of {due}.", n=waiting, due=due
    )
