"""What the reports that came in again have changed."""

from __future__ import annotations

from briefing import formats
from briefing.documents.blocks import Cell, Column, Table
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.resubmissions import resubmissions


def resubmitted(day: Day) -> Table | None:
    """Each corrected report beside the one that it replaces; nothing where there is none."""
    steps = resubmissions(day.reports, day.date)
    if steps.empty:
        return None
    rows = tuple(
        (
            Cell(step["unit_name"], step["unit_code"]),
            Cell(formats.moment(step["received_before"]), step["received_before"].isoformat()),
            Cell(formats.integer(step["installs_before"]), step["installs_before"]),
            Cell(formats.moment(step["received_after"]), step["received_after"].isoformat()),
            Cell(formats.integer(step["installs_after"]), step["installs_after"]),
            Cell(formats.signed_integer(step["change"]), step["change"]),
        )
        for _i, step in steps.iterrows()
    )
    return Table(
        id="resubmitted",
        caption=_("Sent again: what has changed"),
        columns=(
            Column("unit_code", _("Unit"), width=2.6),
            Column("received_before", _("Came first"), width=2.2),
            Column("installs_before", _("Installed, before"), "right", 1.4),
            Column("received_after", _("Came again"), width=2.2),
            Column("installs_after", _("Installed, now"), "right", 1.4),
            Column("change", _("Difference"), "right", 1.2),
        ),
        rows=rows,
        note=_("A dash: the first report could not be read, or gave no figure of the day.")
        if steps["installs_before"].isna().any()
        else "",
    )
