"""What is asked of the unit today, and what came of what was asked the day before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.rules import label
from briefing.correspondence.returns import to_return
from briefing.correspondence.wording import dated_otherwise
from briefing.documents.blocks import Cell, Paragraph, Table
from briefing.documents.sections.calls import asked_of_people, outcome
from briefing.documents.sections.listing import listing
from briefing.documents.sections.unit.head import report_sentence
from briefing.documents.wording import rounded_up
from briefing.labels import lowered
from briefing.messages import _
from briefing.tables.actions import asked_a_day
from briefing.tables.reporting import NOT_DUE
from briefing.tables.unit import Unit, of_unit


def asked_today(unit: Unit) -> Table:
    """What to do and by when; whether the day's report came in time stands below."""
    rows = [
        {"ask": Cell(what, rule), "until": Cell(by_when)} for rule, what, by_when in _asked(unit)
    ]
    nothing = _("Nothing in particular is asked.")
    return listing(
        "unit-asked",
        _("Asked of the unit today"),
        rows,
        ("ask", "until"),
        note=report_sentence(unit) if rows else f"{nothing} {report_sentence(unit)}",
    )


def _asked(unit: Unit) -> Iterator[tuple[str, str, str]]:
    """Each thing asked: its kind, its words, its time."""
    day = unit.day
    ask = None if unit.asked.empty else str(unit.asked.iloc[0]["ask"])
    if ask == "report" or _not_due(unit):
        yield "report", _report_words(unit), _now_or_deadline(unit)
    for one in (unit, *unit.others):
        if len(doubtful := of_unit(one.day.in_doubt, unit.code)):
            words = _check_words(str(doubtful.iloc[0]["doubts"]))
            text = f"{one.day.name}: {lowered(words)}" if unit.others else words
            yield "check", text, _now_or_deadline(unit)
    if count := sum(len(item.remarks) for item in to_return(unit.own)):
        words = _("Correct {n} places in the report (listed below) and send it again.", n=count)
        yield "correct", words, _now_or_deadline(unit)
    for one in (unit, *unit.others):
        if pd.notna(one.ahead["numerator_needed"]) and one.ahead["numerator_needed"] > 0:
            until = _("by the end of {day}", day=formats.day(one.ahead["target_date"]))
            words = _people(one)
            yield "gain", f"{one.day.name}: {lowered(words)}" if unit.others else words, until
    if following := day.campaign.reporting.due_after(day.date):
        until = _("before {deadline}", deadline=formats.moment(day.campaign.deadline_of(following)))
        yield "next_report", _("Send the report of {day}.", day=formats.day(following)), until


def _not_due(unit: Unit) -> bool:
    return pd.notna(unit.row["status"]) and unit.row["status"] == NOT_DUE


def _report_words(unit: Unit) -> str:
    values = {"day": formats.day(unit.day.date)}
    if pd.notna(unit.row["unused_date"]):
        return dated_otherwise(unit.row, unit.day.date)
    return {
        "empty": _("Send the report of {day} with the day's own figures.", **values),
        "unreadable": _("Send the report of {day} again, in a form that can be read.", **values),
    }.get(str(unit.row["status"]), _("Send the report of {day}.", **values))


def _check_words(doubts: str) -> str:
    why = "; ".join(str(label(rule)) for rule in doubts.split())
    return _("Check the cumulative figure ({why}); correct it, or confirm it.", why=why)


def _people(unit: Unit) -> str:
    """What is still needed, and a day no more than the unit is asked for when it is called."""
    ahead = unit.ahead
    can = of_unit(unit.day.ahead, unit.code)["pace_reachable"]
    asked = asked_a_day(pd.Series([ahead["pace_required"]], dtype="Float64"), can).iloc[0]
    values = {
        "n": formats.integer(ahead["numerator_needed"]),
        "target": formats.target(ahead["target_coverage"]),
        "pace": rounded_up(asked),
    }
    if pd.isna(ahead["pace_required"]) or pd.isna(asked):
        return _("Have {n} more {persons} {act}, to reach {target}.", **values)
    if asked < ahead["pace_required"]:
        return _(
            "Have {n} more {persons} {act}, to reach {target}; for now at least {pace} a day.",
            **values,
        )
    return _("Have {n} more {persons} {act}, to reach {target}: {pace} a day.", **values)


def _now_or_deadline(unit: Unit) -> str:
    """Before the deadline of the day the deadline, after it at once."""
    deadline = unit.day.campaign.deadline_of(unit.day.date)
    early = unit.day.as_of is not None and unit.day.as_of < deadline
    if early or _not_due(unit):
        return _("before {deadline}", deadline=formats.moment(deadline))
    return _("at once")


def asked_before(
    unit: Unit, columns: Sequence[str] = ("ask", "gained", "outcome")
) -> Table | Paragraph:
    """What was asked on the day before, as it was known then, and what came of it.

    Args:
        columns: Those shown, of actions_followed_up.csv.
    """
    previous_day = formats.day_short(unit.day.date - unit.day.campaign.reporting.step)
    if unit.followed_up.empty:
        return Paragraph(_("Nothing in particular was asked on {day}.", day=previous_day))
    rows = [
        called
        | {
            "ask": Cell(_asked_then(called), called["ask"]),
            "gained": Cell(_since(called), called["gained"]),
            "outcome": outcome(called),
        }
        for called in unit.followed_up.to_dict("records")
    ]
    caption = _("Asked on {day}, and what came of it", day=previous_day)
    return listing("unit-followed-up", caption, rows, columns)


def _asked_then(called: Mapping[str, Any]) -> str:
    if called["ask"] == "report":
        return _("Send the {period}'s figure.")
    if called["ask"] == "check":
        return _check_words(str(called["doubts"]))
    return asked_of_people(called)


def _since(called: Mapping[str, Any]) -> str:
    if pd.isna(called["numerator_now"]):
        return _("no figure of the {period}")
    figure = _("{n} {persons} so far", n=formats.integer(called["numerator_now"]))
    if pd.isna(called["gained"]):
        return figure
    gained = formats.signed_integer(called["gained"])
    if called["gained_days"] == 1:
        return f"{figure} ({gained})"
    return _("{figure} ({gained} in {n} days)", figure=figure, gained=gained,
             n=called["gained_days"])  # fmt: skip
