"""How well the units and the sectors report: counts, completeness, timeliness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefing import formats
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.wording import in_sectors, sentence
from briefing.messages import Message, _
from briefing.tables import Day
from briefing.tables.discipline import rates, sectors, whole

COUNTS = {
    "expected": Message("Expected"),
    "on_time": Message("On time"),
    "late": Message("Late"),
    "empty": Message("Empty or copied"),
    "unreadable": Message("Received, not usable"),
    "missing": Message("Missing"),
}
RATES = {"completeness": Message("Completeness"), "timeliness": Message("Timeliness")}
OF_SECTORS = {
    "agencies": Message("In all"),
    "reported": Message("Reported"),
    "on_time": Message("On time"),
    "late": Message("Late"),
    "unreadable": Message("Received, not usable"),
    "missing": Message("Missing"),
    "not_due": Message("Not due yet"),
}


def reporting_rates(day: Day) -> Table:
    """Each unit's reports from the first day due to this one, the least timely first."""
    owed = day.history["status"].where(day.history["due"])
    counted = rates(day.history.assign(status=owed), "unit_code")
    ordered = counted.sort_values("timeliness", na_position="last", kind="stable")
    names = dict(zip(day.communes["unit_code"], day.communes["unit_name"], strict=True))
    rows = [
        (Cell(names[row["unit_code"]], row["unit_code"]), *_cells(row, COUNTS))
        for row in ordered.to_dict("records")
    ]
    total = (Cell(sentence(str(day.campaign.area.whole))), *_cells(whole(counted), COUNTS))
    return Table(
        id="reporting-rates",
        caption=_("Reports of each unit so far"),
        columns=(
            Column("unit_name", sentence(str(day.campaign.terms.units)), width=3),
            *_columns(COUNTS),
        ),
        rows=(*rows, total),
        note=_(
            "Completeness: on time or late, of those expected. Timeliness: on time, of those "
            "expected. An empty report, or a copy of an earlier day's, counts in neither."
        ),
        total_row=True,
    )


def sector_rates(day: Day) -> Table:
    """The bodies that report once, by sector."""
    rows = [
        (
            Cell(row["sector"]),
            *_cells(row, OF_SECTORS),
            Cell(formats.percent(row["coverage"]), row["coverage"]),
        )
        for row in sectors(in_sectors(day.agencies, day.campaign)).to_dict("records")
    ]
    due = formats.day(day.campaign.agency_reporting.due)
    return Table(
        id="sector-rates",
        caption=_("Reports by sector"),
        columns=(
            Column("sector", _("Sector"), width=2.4),
            *_columns(OF_SECTORS),
            Column("coverage", _("Rate"), "right", 1.2),
        ),
        rows=tuple(rows),
        note=_(
            "One report each, due by the end of {due}. The rate is over those reported.", due=due
        ),
    )


def _columns(counts: Mapping[str, Message]) -> tuple[Column, ...]:
    headings = {**counts, **RATES}
    return tuple(Column(key, str(text), "right", 1.2) for key, text in headings.items())


def _cells(row: Mapping[str, Any], counts: Mapping[str, Message]) -> tuple[Cell, ...]:
    whole_numbers = (Cell(formats.integer(row[key]), row[key]) for key in counts)
    return (*whole_numbers, *(Cell(formats.percent(row[key]), row[key]) for key in RATES))
