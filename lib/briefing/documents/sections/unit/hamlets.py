"""Below the unit: its hamlets, those without a figure too."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Cell, Column, Paragraph, Table
from briefing.documents.wording import carried_note
from briefing.messages import _
from briefing.tables.unit import Unit


def unit_hamlets_table(unit: Unit) -> Table | Paragraph:
    """What the report says of each hamlet; a hamlet that is not in it has a dash, not a zero."""
    told = unit.hamlets["installs_cumulative"].notna()
    if not told.any():
        return Paragraph(_nothing_told(unit))
    table = Table(
        id="unit-hamlets",
        caption=_("Installed, by hamlet"),
        columns=(
            Column("hamlet", _("Hamlet"), width=4),
            Column("installs_cumulative", _("Installed"), "right", 1.5),
            Column("coverage", _("Rate"), "right", 1.2),
            Column("share", _("Of the unit's figure"), "right", 1.6),
            Column("carried_from", _("Figure"), width=2),
        ),
        rows=tuple(_row(hamlet) for _i, hamlet in unit.hamlets.iterrows()),
        note=_note(int((~told).sum())),
    )
    return table if unit.hamlets["coverage"].notna().any() else table.without("coverage")


def _row(hamlet: pd.Series) -> tuple[Cell, ...]:
    known = pd.notna(hamlet["installs_cumulative"])
    named = pd.notna(hamlet["label"])
    said = carried_note(hamlet["carried_from"]) or _("of the day")
    return (
        Cell(hamlet["label"] if named else _("not recognised"), hamlet["hamlet"]),
        Cell(formats.integer(hamlet["installs_cumulative"]), hamlet["installs_cumulative"]),
        Cell(formats.percent(hamlet["coverage"]), hamlet["coverage"]),
        Cell(formats.percent(hamlet["share"], digits=1), hamlet["share"]),
        Cell(said, hamlet["carried_from"]) if known else Cell(_("not in the report"), None, "warn"),
    )


def _nothing_told(unit: Unit) -> str:
    if pd.isna(unit.row["installs_cumulative"]):
        return _("No figure so far, and so nothing by hamlet.")
    return _("The report gives a total only, and so nothing by hamlet.")


def _note(lacking: int) -> str:
    if not lacking:
        return ""
    return _("{n} hamlets have no row in the report: not known, not zero.", n=lacking)
