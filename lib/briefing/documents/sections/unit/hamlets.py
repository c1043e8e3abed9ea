"""Below the unit: its hamlets, those without a figure too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Cell, Paragraph, Table
from briefing.documents.sections.hamlets import of_day, with_rates
from briefing.documents.sections.listing import listing
from briefing.messages import _
from briefing.tables.unit import Unit

SHOWN = ("hamlet", "installs_cumulative", "coverage", "share", "carried_from")


def unit_hamlets_table(unit: Unit, columns: Sequence[str] = SHOWN) -> Table | Paragraph | None:
    """What the report says of each hamlet; a hamlet that is not in it has a dash, not a zero.

    Nothing in a campaign that knows no hamlets and whose reports name none.

    Args:
        columns: Those shown, of `Unit.hamlets`; `coverage` only where any is known.
    """
    if unit.hamlets.empty and not unit.day.campaign.hamlet_rows:
        return None
    told = unit.hamlets["installs_cumulative"].notna()
    if not told.any():
        return Paragraph(_nothing_told(unit))
    return listing(
        "unit-hamlets",
        _("Installed, by hamlet"),
        [row | _cells(row) for row in unit.hamlets.to_dict("records")],
        with_rates(unit.hamlets, columns),
        note=_note(int((~told).sum())),
    )


def _cells(hamlet: Mapping[str, Any]) -> dict[str, Cell]:
    named = pd.notna(hamlet["label"])
    known = pd.notna(hamlet["installs_cumulative"])
    return {
        "hamlet": Cell(hamlet["label"] if named else _("not recognised"), hamlet["hamlet"]),
        "share": Cell(formats.percent(hamlet["share"], digits=1), hamlet["share"]),
        "carried_from": of_day(hamlet) if known else Cell(_("not in the report"), None, "warn"),
    }


def _nothing_told(unit: Unit) -> str:
    if pd.isna(unit.row["installs_cumulative"]):
        return _("No figure so far, and so nothing by hamlet.")
    return _("The report gives a total only, and so nothing by hamlet.")


def _note(lacking: int) -> str:
    if not lacking:
        return ""
    return _("{n} hamlets have no row in the report: not known, not zero.", n=lacking)
