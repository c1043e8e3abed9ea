"""Annex III: what is missing, late or of no use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Cell, Table
from briefing.documents.sections.listing import listing, named
from briefing.documents.wording import in_sectors, report_state, sentence
from briefing.messages import _
from briefing.tables.period import Period
from briefing.tables.period.lacking import BODY, UNIT

OF_UNITS = ("n", "unit_name", "missing", "unusable", "late", "days")
OF_BODIES = ("n", "body_name", "sector", "status")


def lacking_units(period: Period) -> Table:
    """Each unit with the days on which its report was missing, of no use, or late."""
    own_rows = period.lacking[period.lacking["kind"].eq(UNIT)]
    groups = own_rows.groupby("code", sort=False)
    rows = [_unit(n, code, found) for n, (code, found) in enumerate(groups, 1)]
    units = period.day.campaign.terms.units
    return listing(
        "annex-lacking-units",
        sentence(_("{units}: reports missing, not usable or late", units=units)),
        rows,
        OF_UNITS,
        of="lacking",
        heads=named(period.day.campaign),
        note="" if rows else _none_of_units(period),
    )


def _none_of_units(period: Period) -> str:
    if not period.whole["expected"].iloc[0]:
        return _("No report was due on these days.")
    return _("Every report came in time.")


def _unit(number: int, code: str, found: pd.DataFrame) -> dict[str, Any]:
    def days(*statuses: str, text: Callable[[dict], str]) -> Cell:
        rows = found[found["status"].isin(statuses)].to_dict("records")
        return Cell("; ".join(map(text, rows)))

    return {
        "n": number,
        "unit_code": code,
        "unit_name": found["name"].iloc[0],
        "missing": days("missing", text=lambda row: formats.day_short(row["report_date"])),
        "unusable": days("empty", "unreadable", text=_unused),
        "late": days("late", text=_late),
        "days": len(found),
    }


def _unused(row: dict) -> str:
    """A day with the file that came and can't be used, and the day that is written in it."""
    about, written = formats.day_short(row["report_date"]), row["unused_date"]
    if pd.isna(written):
        return f"{about} (“{row['unused_file']}”)"
    note = _("says {day}", day=formats.day_short(written))
    return f"{about} (“{row['unused_file']}”, {note})"


def _late(row: dict) -> str:
    """A day with when its report came: the time, and the day where it is another."""
    came, about = row["received_at"], row["report_date"]
    same = came.date() == about.date()
    when = formats.clock(came) if same else formats.moment(came)
    return f"{formats.day_short(about)} ({when})"


def lacking_bodies(period: Period, columns: Sequence[str] = OF_BODIES) -> Table | None:
    """The bodies that have not reported, not in time, or not usably; nothing without any.

    Args:
        columns: Those shown, of `Period.lacking`, and `n`, their number.
    """
    if period.day.bodies.empty:
        return None
    own_rows = in_sectors(period.lacking[period.lacking["kind"].eq(BODY)], period.day.campaign)
    own_rows = own_rows.rename(columns={"code": "body_code", "name": "body_name"})
    bodies = period.day.campaign.terms.bodies
    rows = [
        row | {"n": n, "status": _with_moment(row)}
        for n, row in enumerate(own_rows.to_dict("records"), 1)
    ]
    return listing(
        "annex-lacking-bodies",
        sentence(_("{bodies}: reports missing, not usable or late", bodies=bodies)),
        rows,
        columns,
        of="bodies",
        heads=named(period.day.campaign),
        note="" if rows else _none_of_bodies(period),
    )


def _with_moment(row: dict) -> Cell:
    """How the report stands, with when it came where it came late."""
    cell = report_state(row)
    if row["status"] != "late":
        return cell
    return replace(cell, text=f"{cell.text} ({formats.moment(row['received_at'])})")


def _none_of_bodies(period: Period) -> str:
    if period.whole["bodies_not_due"].iloc[0]:
        due = formats.day(period.day.campaign.once.due)
        return _("Nobody is late yet: the reports are due by the end of {due}.", due=due)
    return _("Every report came in time.")
