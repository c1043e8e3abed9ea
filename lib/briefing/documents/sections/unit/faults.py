"""What is to be corrected in the unit's own reports, and what the office has corrected."""

from __future__ import annotations

from dataclasses import replace

from briefing.correspondence.returns import Point, to_return
from briefing.correspondence.wording import place, stated
from briefing.documents.blocks import Cell, Paragraph, Table
from briefing.documents.sections.corrections import corrections_made
from briefing.documents.sections.listing import listing
from briefing.documents.sections.resubmitted import resubmitted
from briefing.documents.wording import sentence
from briefing.messages import _
from briefing.tables.unit import Unit

SHOWN = ("file", "where", "severity", "message", "suggestion")


def unit_faults(unit: Unit) -> Table | Paragraph:
    """What is at fault, where and what to do: the list that goes back with the report.

    In the words for the sender, which name no other unit.
    """
    rows = [
        {
            "file": Cell(item.shown_name, item.shown),
            "where": Cell(place(point), point.first.where),
            "severity": point.first.severity,
            "message": Cell(_stated(point), point.first.rule),
            "suggestion": Cell(sentence(point.first.request), point.first.request),
        }
        for item in to_return(unit.own)
        for point in item.points
    ]
    if not rows:
        return Paragraph(_("Nothing is to be corrected."))
    return listing("unit-faults", _("What is to be corrected, and where"), rows, SHOWN)


def _stated(point: Point) -> str:
    if not point.found:
        return stated(point)
    if len(point.remarks) == 1:
        return f"{stated(point)} (“{point.found}”)"
    return _("{text} (such as “{found}”)", text=stated(point), found=point.found)


def unit_resubmitted(unit: Unit) -> Table | None:
    """What a report that came again has changed; nothing where none did."""
    return resubmitted(unit.own)


def unit_corrections(unit: Unit) -> Table | None:
    """The corrections that the unit's figures rest on; nothing where there is none."""
    table = corrections_made(replace(unit.own, bodies=unit.own.bodies.head(0)))
    return table and replace(table, note=_("The report itself is unchanged."))
