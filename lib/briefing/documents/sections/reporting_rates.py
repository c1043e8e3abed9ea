"""How well the units and the sectors report: counts, completeness, timeliness."""

from __future__ import annotations

from collections.abc import Sequence

from briefing import formats
from briefing.catalog.heads import MOST_ROWS
from briefing.documents.blocks import Cell, Table
from briefing.documents.sections.listing import listing, named
from briefing.documents.wording import in_sectors, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.levels import folded, shown_as
from briefing.tables.reporting_rates import COUNTS, RATES, rates, sectors, whole

OF_UNITS = ("unit_name", *COUNTS, *RATES)
OF_SECTORS = (
    "sector", "bodies", "reported", "on_time", "late", "unreadable", "missing", "not_due",
    *RATES, "coverage",
)  # fmt: skip


def reporting_rates(day: Day, columns: Sequence[str] = OF_UNITS) -> Table:
    """Each unit's reports from the first day due to this one, the least timely first. Of more than
    a page lists, those of the level below the whole, or of the least timely alone.

    Args:
        columns: Those shown, of `reporting_rates.rates`.
    """
    owed, shown = day.history["status"].where(day.history["due"]), shown_as(day)
    code = day.history["unit_code"].map(shown.to_dict())
    counted = rates(day.history.assign(status=owed, unit_code=code), "unit_code")
    ordered = counted.sort_values("timeliness", na_position="last", kind="stable")
    ordered = ordered.assign(unit_name=ordered["unit_code"].map(day.campaign.full_names))
    total = {"unit_name": Cell(sentence(str(day.campaign.area.whole))), **whole(counted)}
    note = _(
        "Completeness: on time or late, of those expected. Timeliness: on time, of those "
        "expected. An empty report, or a copy of an earlier day's, counts in neither."
    )
    if len(ordered) > MOST_ROWS:
        note = " ".join((_("The {n} least timely of {all}.", n=MOST_ROWS, all=len(ordered)), note))
    return listing(
        "reporting-rates",
        _("Reports of each unit so far"),
        [*ordered.head(MOST_ROWS).to_dict("records"), total],
        columns,
        heads=named(folded(day).campaign),
        note=note,
        total_row=True,
    )


def sector_rates(day: Day, columns: Sequence[str] = OF_SECTORS) -> Table | None:
    """The bodies that report once, by sector, in columns of `reporting_rates.sectors`; nothing
    where there are none."""
    if day.bodies.empty:
        return None
    due = formats.day(day.campaign.once.due)
    return listing(
        "sector-rates",
        _("Reports by sector"),
        sectors(in_sectors(day.bodies, day.campaign)),
        columns,
        of="period_sectors",
        note=_(
            "One report each, due by the end of {due}. The rate ({act}) is over those reported.",
            due=due,
        ),
    )
