"""How well the units and the sectors report: counts, completeness, timeliness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from briefing import formats
from briefing.catalog.figures import figure_of
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.wording import in_sectors, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.discipline import COUNTS, RATES, rates, sectors, whole

OF_SECTORS = ("agencies", "reported", "on_time", "late", "unreadable", "missing", "not_due")


def reporting_rates(day: Day) -> Table:
    """Each unit's reports from the first day due to this one, the least timely first."""
    owed = day.history["status"].where(day.history["due"])
    counted = rates(day.history.assign(status=owed), "unit_code")
    ordered = counted.sort_values("timeliness", na_position="last", kind="stable")
    names = day.campaign.full_names
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
            *_columns(COUNTS, "period_units"),
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
            *_columns(OF_SECTORS, "period_sectors"),
            Column("coverage", _("Rate"), "right", 1.2),
        ),
        rows=tuple(rows),
        note=_(
            "One report each, due by the end of {due}. The rate is over those reported.", due=due
        ),
    )


def _columns(counts: Iterable[str], table: str) -> tuple[Column, ...]:
    return tuple(
        Column(key, figure_of(key, table).heading, "right", 1.2) for key in (*counts, *RATES)
    )


def _cells(row: Mapping[str, Any], counts: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(Cell(figure_of(key).shown(row[key]), row[key]) for key in (*counts, *RATES))
