"""Whose page it is, of which day, and what had come by then."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Letterhead, Paragraph
from briefing.documents.sections.head import masthead
from briefing.documents.wording import made_up, sentence
from briefing.messages import _
from briefing.tables.unit import Node, Unit


def unit_masthead(unit: Unit) -> Letterhead:
    """The head of the day's page, with the name of the unit.

    The page rests on the reports of the units alone; when a body's came does not matter.
    """
    title = _("{unit}, {day}", unit=unit.name, day=formats.day(unit.day.date))
    units_only = replace(unit.day, bodies=unit.day.bodies.head(0))
    return replace(masthead(units_only), title=title)


def node_masthead(node: Node) -> Letterhead:
    """The same of a unit above those that report, over its own day."""
    title = _(
        "{unit}, {day}",
        unit=sentence(str(node.day.campaign.area.name)),
        day=formats.day(node.day.date),
    )
    return replace(masthead(node.day), title=title)


def unit_arrived(unit: Unit) -> Paragraph:
    """How the unit's report stands, in one line: for the analyst, first thing."""
    return Paragraph(made_up(unit.day, f"{unit.name}: {report_summary(unit)}"))


def report_summary(unit: Unit) -> str:
    """Whether the day's report has come, when, and whether in time: as inside a sentence."""
    row, day = unit.row, unit.day
    if pd.isna(row["status"]):
        if pd.isna(row["received_at"]):
            return _("no report is due on this day.")
        return _(
            "the report came at {came}; none was due.", came=formats.moment(row["received_at"])
        )
    values = {
        "day": formats.day(day.date),
        "came": formats.moment(row["received_at"]),
        "deadline": formats.moment(day.campaign.deadline_of(day.date)),
    }
    if pd.notna(row["unused_date"]):
        written = formats.day(row["unused_date"])
        return _(
            "the file “{file}” came at {came}; it says {written}.",
            file=row["unused_file"], written=written, **values,
        )  # fmt: skip
    return {
        "on_time": _(
            "the report of {day} came at {came}, in time (deadline: {deadline}).", **values
        ),
        "late": _("the report of {day} came at {came}, late (deadline: {deadline}).", **values),
        "empty": _("the report of {day} came at {came}, with nothing new in it.", **values),
        "unreadable": _(
            "the report of {day} came at {came} (“{file}”) and is not usable yet.",
            file=row["unused_file"], **values,
        ),
        "not_due": _("the report of {day} is not due yet (deadline: {deadline}).", **values),
        "missing": _("the report of {day} has not come (deadline: {deadline}).", **values),
    }[row["status"]]  # fmt: skip


def report_sentence(unit: Unit) -> str:
    """The same as a sentence of its own."""
    return sentence(report_summary(unit))
