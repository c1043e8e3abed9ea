"""What the reports that came in again have changed."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.documents.blocks import Table
from briefing.documents.sections.listing import listing
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.resubmissions import resubmissions

SHOWN = (
    "unit_name", "received_before", "numerator_before", "received_after", "numerator_after",
    "change",
)  # fmt: skip


def resubmitted(day: Day, columns: Sequence[str] = SHOWN) -> Table | None:
    """Each corrected report beside the one that it replaces; nothing where there is none.

    Args:
        columns: Those shown, of `resubmissions`.
    """
    steps = resubmissions(day.reports, day.date)
    if steps.empty:
        return None
    unread = _("A dash: the first report could not be read, or gave no figure of the {period}.")
    return listing(
        "resubmitted",
        _("Sent again: what has changed"),
        steps,
        columns,
        note=unread if steps["numerator_before"].isna().any() else "",
    )
