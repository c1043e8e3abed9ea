"""Below the units: their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from briefing.documents.blocks import Cell, Table
from briefing.documents.sections.listing import listing, named
from briefing.documents.wording import carried_note
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.levels import notable
from briefing.tables.reporting import holds

SHOWN = ("unit_name", "place", "numerator_cumulative", "coverage", "carried_from")


def places_table(day: Day, columns: Sequence[str] = SHOWN) -> Table:
    """What the reports say below the unit, where their reading allows; of more units than a page
    lists, below the notable ones.

    Args:
        columns: Those shown, of places.csv; `coverage` only where any is known.
    """
    places = day.places[holds(day.places["unit_code"].isin(notable(day)["unit_code"]))]
    known = day.campaign.places.set_index(["unit_code", "place"])["label"].to_dict()
    rows = [
        row | {"place": Cell(_place(row, known), row["place"]), "carried_from": of_day(row)}
        for row in places.to_dict("records")
    ]
    return listing(
        "places",
        _("{Counted}, by {locality}"),
        rows,
        with_rates(places, columns),
        heads=named(day.campaign),
        note=_("Units that report only a total have no {localities} here."),
    )


def with_rates(places: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """The columns, without the rates where none is known."""
    known = places["coverage"].notna().any()
    return [name for name in columns if known or name != "coverage"]


def of_day(place: Mapping[str, Any]) -> Cell:
    """Of which day a place's figure is."""
    day = place["carried_from"]
    return Cell(carried_note(day) or _("of the day"), day)


def _place(row: Mapping[str, Any], known: Mapping[tuple[str, str], str]) -> str:
    """A place as it is called with its kind: "Khu phố 1"."""
    if pd.isna(row["place"]):
        return _("not recognised")
    return known.get((row["unit_code"], row["place"]), row["place"])
