"""Receipts to paste into a chat: what was received, and how it was understood.

A sender who reads how his report was taken finds a wrong reading before the chairman does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.codes import READING
from briefing.correspondence.letters import Letter, as_file, at
from briefing.correspondence.wording import addressee, doubted, others, sender, subject
from briefing.labels import over_days, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.day import worked_out_once
from briefing.tables.reporting import has_own_figure

AS_READ = [
    "received_at", "reading", "reading_confidence", "rows_set_aside", "rows_used", "rows_read",
]  # fmt: skip


def write_receipts(day: Day, moment: datetime, path: Path) -> list[Letter]:
    """Write the day's receipts as a text that Notepad shows; returns them."""
    letters = receipts(day, moment)
    title = _("RECEIPTS OF {day}", day=formats.day(day.date))
    nothing = [] if letters else [_("No report that counts has been received.")]
    path.write_bytes(as_file(title, day, nothing, letters))
    return letters


def receipts(day: Day, moment: datetime) -> list[Letter]:
    """One for each report that counts: of units for the day, of bodies that came on it.

    Args:
        moment: When they are to be sent, in the campaign's time zone.

    Returns:
        In the order of params, units first.
    """
    own = day.units[has_own_figure(day.units)]
    bodies = others(day.bodies, day.campaign)
    came = bodies[bodies["report"].notna()]
    come_today = pd.to_datetime(came["received_at"]).dt.date == day.date
    return [
        *(_to_unit(day, unit, moment) for unit in own.itertuples()),
        *(_to_body(day, body, moment) for body in came[come_today].itertuples()),
    ]


def _to_unit(day: Day, unit: Any, moment: datetime) -> Letter:
    report = _as_read(day)[unit.report]
    figure = formats.integer(unit.numerator_cumulative)
    named = f"{sentence(day.name)}: {figure}" if day.others else figure
    sentences = [
        _(
            "{sender} received your report on {subject} of {day} at {came}: {figure} {persons} so "
            "far"
            "{change}.",
            sender=sender(day.campaign),
            subject=subject(day.campaign),
            day=formats.day(day.date),
            came=at(report["received_at"]),
            figure=named,
            change=_change(day, unit),
        ),
        *_further(day, unit.unit_code),
        *_understood(report),
        doubted(day, unit.unit_code),
        _otherwise(day, moment),
    ]
    to = addressee(unit.unit_code, unit.unit_name, day.campaign)
    return Letter.to(to, f"{unit.unit_name} – {figure}", sentences)


@worked_out_once
def _as_read(day: Day) -> dict[int, dict[str, Any]]:
    """Report → when it came, and how it was read."""
    return day.reports[AS_READ].to_dict("index")


def _further(day: Day, code: str) -> Iterator[str]:
    """What the unit has given of each further indicator."""
    for other in day.others:
        [unit] = other.units[other.units["unit_code"].eq(code)].itertuples()
        if formats.is_missing(unit.report) or not formats.is_missing(unit.carried_from):
            yield _("{indicator}: no figure of the {period}.", indicator=sentence(other.name))
            continue
        yield _(
            "{indicator}: {figure} {persons} so far{change}.",
            indicator=sentence(other.name),
            figure=formats.integer(unit.numerator_cumulative),
            change=_change(other, unit),
        )


def _change(day: Day, unit: Any) -> str:
    """By how many the figure differs from the newest before it."""
    change = unit.numerator_new
    if formats.is_missing(change):
        return ""
    if change == 0:
        return _(", as before")
    values = {
        "n": formats.integer(abs(change)),
        "days": over_days(unit.numerator_new_days, day.campaign.reporting.step),
    }
    more = _(", {n} {persons} more than before {days}", **values)
    return (
        more if change > 0 else _(", {n} {persons} fewer than before {days}", **values)
    ).rstrip()


def _understood(report: Mapping[str, Any]) -> Iterator[str]:
    """How the figure came about, for who knows what was meant."""
    if not formats.is_missing(report["reading"]):
        reading = READING[report["reading"]]
        if report["reading_confidence"] == "low":
            yield _("It was read as: {reading} (not certain, please confirm).", reading=reading)
        else:
            yield _("It was read as: {reading}.", reading=reading)
    aside = report["rows_set_aside"]
    if not formats.is_missing(aside) and aside > 0:
        yield _("{used} of {read} rows were counted.",
                used=formats.integer(report["rows_used"]),
                read=formats.integer(report["rows_read"]))  # fmt: skip


def _otherwise(day: Day, moment: datetime) -> str:
    deadline = day.campaign.deadline_of(day.date)
    if moment < deadline:
        return _("If this is not right, please send it again before {deadline}.",
                 deadline=at(deadline))  # fmt: skip
    return _("If this is not right, please send it again now.")


def _to_body(day: Day, body: Any, moment: datetime) -> Letter:
    due = day.campaign.once.due
    figures = {
        "staff": formats.integer(body.staff_total),
        "phones": formats.integer(body.staff_denominator),
        "numerator": formats.integer(body.staff_numerator),
    }
    again = (
        _("If this is not right, please send it again by the end of {due}.", due=formats.day(due))
        if moment.date() <= due
        else _("If this is not right, please send it again now.")
    )
    sentences = [
        _(
            "{sender} received your report on {subject} ({once_form}) at {came}: {staff} staff, "
            "{phones} {those}, {numerator} {counted}.",
            sender=sender(day.campaign),
            subject=subject(day.campaign),
            came=at(body.received_at),
            **figures,
        ),
        _("There was no usable photo of the posted QR code.")
        if formats.is_missing(body.qr_posted) or not body.qr_posted
        else "",
        again,
    ]
    heading = f"{body.body_name} – {figures['numerator']}/{figures['phones']}"
    return Letter.to(addressee(body.body_code, body.body_name, day.campaign), heading, sentences)
