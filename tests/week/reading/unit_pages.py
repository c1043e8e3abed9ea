"""The page of each unit."""

from __future__ import annotations

from typing import Any

from briefing import formats
from briefing.catalog.codes import STATUS
from briefing.documents.sections import unit as of_unit
from briefing.messages import _
from briefing.tables.unit import unit_of
from tests.week.reading.heard import (
    AHEAD,
    PAST,
    WHOLE,
    Moment,
    Told,
    carried_in,
    digits,
    heard,
    rate_in,
    units_of,
    verdict_of,
)


def unit_pages(seen: Moment) -> Told:
    for code, name in units_of(seen.day):
        yield from _unit_page(unit_of(seen.day, code, seen.previous_day), name)


def _unit_page(unit: Any, name: str) -> Told:
    rate, _change, rank, needed, _pace, report = of_unit.unit_figures(unit).figures
    yield from rate_in(rate, name)
    yield name, "doubt", _("to be verified") in rate.note
    if rate.progress is not None:
        told = [one["carried"] for one in heard("figure {carried}", rate.note)]
        yield name, "carried from", next(filter(None, map(carried_in, told)), "")
    if "/" in rank.value:
        yield name, "rank", digits(rank.value.split("/")[0])
    yield from _unit_needs(unit, name, needed)
    yield name, "status", _status(report.note)
    asks = {row[0].value: row for row in of_unit.asked_today(unit).rows}
    yield name, "doubt", "check" in asks
    if "gain" in asks:
        for msgid in UNIT_ASKS:
            for values in heard(msgid, asks["gain"][0].text):
                yield name, "asked a day", values["pace"]
                yield name, f"needed of {values['target']}", values["n"]
    for kind in {"report", "check", "correct"} & asks.keys():
        until = asks[kind][1].text
        yield WHOLE, "the deadline", PAST if until == _("at once") else AHEAD
    for values in heard("Rank among {n} {units}", rank.label):
        yield WHOLE, "units", values["n"]
    for row in getattr(of_unit.asked_before(unit), "rows", ()):
        if len(unit.followed_up) and unit.followed_up["among"].all():
            yield name, "outcome", row[2].value
    verdicts = of_unit.unit_verdicts(unit)
    for line in verdicts.text.split(". ") if verdicts else ():
        for values in heard("Target of {target} by {date}", line):
            yield name, f"verdict of {values['target']}", verdict_of(line)


UNIT_ASKS = (
    "Have {n} more {persons} {act}, to reach {target}; for now at least {pace} a day.",
    "Have {n} more {persons} {act}, to reach {target}: {pace} a day.",
)


def _unit_needs(unit: Any, name: str, needed: Any) -> Told:
    for values in heard("Still needed for {target}", needed.label):
        aim = f" of {values['target']}"
        yield name, "needed" + aim, needed.value
        if needed.value not in (formats.MISSING, "0"):
            yield name, "needed ahead", needed.value
        for msgid, a_day in ((UNTIL, "n"), ("{n} days before the date, {day}", "")):
            for until in heard(msgid, needed.note):
                yield WHOLE, "days left" + aim, until["left" if a_day else "n"]
                if a_day:
                    yield name, "a day" + aim, until[a_day]


UNTIL = "{n} {persons} a day until the end of {day}: {left} days"


def _status(note: str) -> str | None:
    said = note.lower()
    return next(
        (code for code, label in STATUS.items() if said.startswith(str(label).lower())), None
    )
