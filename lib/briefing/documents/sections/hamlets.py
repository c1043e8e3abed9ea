"""Below the units: their hamlets."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.wording import carried_note, sentence
from briefing.messages import _
from briefing.tables import Day


def hamlets_table(day: Day) -> Table:
    """What the reports say below the unit, where their reading allows."""
    known = day.campaign.hamlets.set_index(["unit_code", "hamlet"])["label"].to_dict()
    rows = tuple(
        (
            Cell(row["unit_name"], row["unit_code"]),
            Cell(_hamlet(row, known), row["hamlet"]),
            Cell(formats.integer(row["installs_cumulative"]), row["installs_cumulative"]),
            Cell(formats.percent(row["coverage"]), row["coverage"]),
            Cell(carried_note(row["carried_from"]) or _("of the day"), row["carried_from"]),
        )
        for _i, row in day.hamlets.iterrows()
    )
    table = Table(
        id="hamlets",
        caption=_("Installed, by hamlet"),
        columns=(
            Column("unit_name", sentence(str(day.campaign.terms.units)), width=3),
            Column("hamlet", _("Hamlet"), width=3),
            Column("installs_cumulative", _("Installed"), "right", 1.5),
            Column("coverage", _("Rate"), "right", 1.2),
            Column("carried_from", _("Figure"), width=1.5),
        ),
        rows=rows,
        note=_("Units that report only a total have no hamlets here."),
    )
    return table if day.hamlets["coverage"].notna().any() else table.without("coverage")


def _hamlet(row: pd.Series, known: Mapping[tuple[str, str], str]) -> str:
    """A hamlet as it is called with its kind: "Khu phố 1"."""
    if pd.isna(row["hamlet"]):
        return _("not recognised")
    return known.get((row["unit_code"], row["hamlet"]), row["hamlet"])
