"""How states of reports and lists of units are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from briefing import formats
from briefing.catalog.codes import STATUS, Codes
from briefing.documents.blocks import Cell
from briefing.formats import MISSING, day_short, is_missing
from briefing.formats import rounded_up as rounded_up
from briefing.labels import listed as listed
from briefing.labels import over_days as over_days
from briefing.labels import sentence as sentence
from briefing.messages import _
from briefing.params import Campaign

if TYPE_CHECKING:
    import pandas as pd

    from briefing.tables import Day


def worded(value: object, codes: Codes) -> Cell:
    """The cell for one of the codes that tables hold; a missing one is a dash."""
    if is_missing(value):
        return Cell(MISSING, None, "muted")
    code = codes[str(value)]
    return Cell(str(code), str(value), code.tone)


def in_time(row: Mapping[str, Any]) -> Cell:
    """How many reports came in time, of those due; nothing where none is.

    Args:
        row: Of `Day.whole`, or of a unit above those that report.
    """
    due, came = row["reports_expected"], row["reports_on_time"]
    if is_missing(due) or not due:
        return Cell("")
    text = f"{formats.integer(came)}/{formats.integer(due)}"
    return Cell(text, came, "good" if came == due else "warn")


def report_state(row: Mapping[str, Any]) -> Cell:
    """How a report stands; of one that came and is not used its file, and the day that is written
    in it where that is another; of a unit above those that report how theirs stand.

    Args:
        row: Of `Day.units` or `Day.bodies`.
    """
    if "reports_expected" in row:
        return in_time(row)
    cell = worded(row["status"], STATUS)
    if is_missing(row["unused_file"]):
        return cell
    written = row.get("unused_date")
    if not is_missing(written):
        cell = replace(cell, text=_("received, says {day}", day=day_short(written)))
    return replace(cell, note=row["unused_file"])


def with_file(cell: Cell) -> str:
    """What `report_state` says, in one text."""
    return f"{cell.text} (“{cell.note}”)" if cell.note else cell.text


def in_sectors(bodies: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """The same rows with each `sector` as the page calls it."""
    return bodies.assign(sector=bodies["sector"].map(campaign.sector, na_action="ignore"))


def carried_note(carried_from: object) -> str:
    """What is said beside a figure that is of an earlier day."""
    return "" if is_missing(carried_from) else _("of {day}", day=day_short(carried_from))


def doubted(day: Day, code: str) -> str:
    """What is said beside a unit's figure that is in doubt; else nothing."""
    return _("to be verified") if code in set(day.in_doubt["unit_code"]) else ""


def in_periods(n: object) -> str:
    """A number of report dates in a row, in the calendar's own unit."""
    return _("{n} {periods}", n=n)


def among(table: pd.DataFrame, only: pd.DataFrame | None) -> pd.DataFrame:
    """The rows of these units; all rows where none are asked for."""
    return table if only is None else table[table["unit_code"].isin(only["unit_code"])]


def made_up(day: Day, text: str) -> str:
    """A text that begins a notebook or a sheet, where figures are illustrative behind saying so."""
    return f"{_('ILLUSTRATIVE DATA')}. {text}" if day.illustrative else text


def rate_of_whole(day: Day) -> str:
    """What the whole is measured by, as inside a sentence."""
    terms, area = day.campaign.terms, day.campaign.area
    return _("{rate} of {whole}", rate=terms.rate, whole=area.whole)


def still_due(day: Day) -> str:
    """How many reports are still to come before the deadline of the day; else nothing."""
    awaited = int(day.whole.iloc[-1]["reports_not_due"])
    if not awaited:
        return ""
    return _(
        "Not due yet: {n} {units} (deadline {deadline}).",
        n=awaited,
        units=day.campaign.terms.units,
        deadline=formats.moment(day.campaign.deadline_of(day.date)),
    )


def partly_known(day: Day, counted: int | None = None) -> str:
    """Why the whole can't be judged yet: some units have never given a figure; else nothing.

    Args:
        counted: How many have, on the day that it is judged by; else on the last.
    """
    everyone = len(day.units)
    counted = int(day.whole.iloc[-1]["units_counted"]) if counted is None else counted
    if counted == everyone:
        return ""
    units = day.campaign.terms.units
    return _("figures of {n} of {all} {units} only", n=counted, all=everyone, units=units)
