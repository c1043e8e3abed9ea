"""Below the unit: its places, those without a figure too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Blocks, Cell, Heading, Paragraph, Table
from briefing.documents.sections.listing import listing
from briefing.documents.sections.places import of_day, with_rates
from briefing.messages import _
from briefing.tables.unit import Unit

SHOWN = ("place", "numerator_cumulative", "coverage", "share", "carried_from")


def unit_places_heading(unit: Unit) -> Blocks | None:
    """What stands above the places, and how to read them; nothing where there are none."""
    if not _has_places(unit):
        return None
    text = _("From the rows of the report; a dash is not known, not zero.")
    return Blocks((Heading(_("By {locality}")), Paragraph(text)))


def unit_places_table(unit: Unit, columns: Sequence[str] = SHOWN) -> Table | Paragraph | None:
    """What the report says of each place; a place that is not in it has a dash, not a zero.

    Nothing in a campaign that knows no places and whose reports name none.

    Args:
        columns: Those shown, of `Unit.places`; `coverage` only where any is known.
    """
    if not _has_places(unit):
        return None
    known = unit.places["numerator_cumulative"].notna()
    if not known.any():
        return Paragraph(_no_figures(unit))
    return listing(
        "unit-places",
        _("{Counted}, by {locality}"),
        [row | _cells(row) for row in unit.places.to_dict("records")],
        with_rates(unit.places, columns),
        note=_note(int((~known).sum())),
    )


def _has_places(unit: Unit) -> bool:
    return not unit.places.empty or bool(unit.day.campaign.place_rows)


def _cells(place: Mapping[str, Any]) -> dict[str, Cell]:
    named = pd.notna(place["label"])
    known = pd.notna(place["numerator_cumulative"])
    return {
        "place": Cell(place["label"] if named else _("not recognised"), place["place"]),
        "share": Cell(formats.percent(place["share"], digits=1), place["share"]),
        "carried_from": of_day(place) if known else Cell(_("not in the report"), None, "warn"),
    }


def _no_figures(unit: Unit) -> str:
    if pd.isna(unit.row["numerator_cumulative"]):
        return _("No figure so far, and so nothing by {locality}.")
    return _("The report gives a total only, and so nothing by {locality}.")


def _note(lacking: int) -> str:
    if not lacking:
        return ""
    return _("{n} {localities} have no row in the report: not known, not zero.", n=lacking)
