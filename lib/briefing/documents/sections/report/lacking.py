"""Annex III: what is missing, late or of no use."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.wording import in_sectors, report_state, sentence
from briefing.messages import _
from briefing.tables.period import Period
from briefing.tables.period.lacking import AGENCY, UNIT


def lacking_units(period: Period) -> Table:
    """Each unit with the days on which its report was missing, of no use, or late."""
    mine = period.lacking[period.lacking["kind"].eq(UNIT)]
    groups = mine.groupby("code", sort=False)
    rows = [_unit(n, code, found) for n, (code, found) in enumerate(groups, 1)]
    units = period.day.campaign.terms.units
    return Table(
        id="annex-lacking-units",
        caption=sentence(_("{units}: reports missing, not usable or late", units=units)),
        columns=(
            Column("n", _("Nr."), "right", 0.7),
            Column("unit_name", sentence(str(units)), width=3),
            Column("missing", _("Not reported"), width=2.4),
            Column("unusable", _("Received, not usable"), width=2.4),
            Column("late", _("Late"), width=4),
            Column("days", _("Days"), "right", 0.9),
        ),
        rows=tuple(rows),
        note="" if rows else _none_of_units(period),
    )


def _none_of_units(period: Period) -> str:
    if not period.whole["expected"].iloc[0]:
        return _("No report was due on these days.")
    return _("Every report came in time.")


def _unit(number: int, code: str, found: pd.DataFrame) -> tuple[Cell, ...]:
    def days(*statuses: str, told: Callable[[dict], str]) -> str:
        rows = found[found["status"].isin(statuses)].to_dict("records")
        return "; ".join(map(told, rows))

    return (
        Cell(formats.integer(number), number),
        Cell(found["name"].iloc[0], code),
        Cell(days("missing", told=lambda row: formats.day_short(row["report_date"]))),
        Cell(days("empty", "unreadable", told=_unused)),
        Cell(days("late", told=_late)),
        Cell(formats.integer(len(found)), len(found)),
    )


def _unused(row: dict) -> str:
    """A day with the file that came and can't be used, and the day that is written in it."""
    about, written = formats.day_short(row["report_date"]), row["unused_date"]
    if pd.isna(written):
        return f"{about} (“{row['unused_file']}”)"
    said = _("says {day}", day=formats.day_short(written))
    return f"{about} (“{row['unused_file']}”, {said})"


def _late(row: dict) -> str:
    """A day with when its report came: the time, and the day where it is another."""
    came, about = row["received_at"], row["report_date"]
    same = came.date() == about.date()
    when = formats.clock(came) if same else formats.moment(came)
    return f"{formats.day_short(about)} ({when})"


def lacking_agencies(period: Period) -> Table:
    """The bodies that have not reported, not in time, or not usably."""
    mine = in_sectors(period.lacking[period.lacking["kind"].eq(AGENCY)], period.day.campaign)
    agencies = period.day.campaign.terms.agencies
    rows = tuple(
        (
            Cell(formats.integer(n), n),
            Cell(row["name"], row["code"]),
            Cell(row["sector"], row["sector"]),
            report_state(row),
            Cell(formats.moment(row["received_at"]), row["received_at"]),
        )
        for n, row in enumerate(mine.to_dict("records"), 1)
    )
    return Table(
        id="annex-lacking-agencies",
        caption=sentence(_("{agencies}: reports missing, not usable or late", agencies=agencies)),
        columns=(
            Column("n", _("Nr."), "right", 0.7),
            Column("agency_name", sentence(str(agencies)), width=4),
            Column("sector", _("Sector"), width=2),
            Column("status", _("Report"), width=1.6),
            Column("received_at", _("Received"), width=2.2),
        ),
        rows=rows,
        note="" if rows else _none_of_agencies(period),
    )


def _none_of_agencies(period: Period) -> str:
    if period.whole["agencies_not_due"].iloc[0]:
        due = formats.day(period.day.campaign.agency_reporting.due)
        return _("Nobody is late yet: the reports are due by the end of {due}.", due=due)
    return _("Every report came in time.")
