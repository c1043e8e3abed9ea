"""Below the units: their hamlets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from briefing.documents.blocks import Cell, Table
from briefing.documents.sections.listing import listing, named
from briefing.documents.wording import carried_note
from briefing.messages import _
from briefing.tables import Day

SHOWN = ("unit_name", "hamlet", "installs_cumulative", "coverage", "carried_from")


def hamlets_table(day: Day, columns: Sequence[str] = SHOWN) -> Table:
    """What the reports say below the unit, where their reading allows.

    Args:
        columns: Those shown, of hamlets.csv; `coverage` only where any is known.
    """
    known = day.campaign.hamlets.set_index(["unit_code", "hamlet"])["label"].to_dict()
    rows = [
        row | {"hamlet": Cell(_hamlet(row, known), row["hamlet"]), "carried_from": of_day(row)}
        for row in day.hamlets.to_dict("records")
    ]
    return listing(
        "hamlets",
        _("Installed, by hamlet"),
        rows,
        with_rates(day.hamlets, columns),
        heads=named(day.campaign),
        note=_("Units that report only a total have no hamlets here."),
    )


def with_rates(hamlets: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """The columns, without the rates where none is known."""
    known = hamlets["coverage"].notna().any()
    return [name for name in columns if known or name != "coverage"]


def of_day(hamlet: Mapping[str, Any]) -> Cell:
    """Of which day a hamlet's figure is."""
    day = hamlet["carried_from"]
    return Cell(carried_note(day) or _("of the day"), day)


def _hamlet(row: Mapping[str, Any], known: Mapping[tuple[str, str], str]) -> str:
    """A hamlet as it is called with its kind: "Khu phố 1"."""
    if pd.isna(row["hamlet"]):
        return _("not recognised")
    return known.get((row["unit_code"], row["hamlet"]), row["hamlet"])
