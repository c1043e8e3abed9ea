"""The page of a day."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.codes import OUTCOME, STATUS
from briefing.documents import sections
from briefing.messages import _
from briefing.tables import Day
from tests.week.reading.heard import (
    AHEAD,
    FIGURE,
    FINDING,
    LED,
    PAST,
    SURE,
    WHOLE,
    Moment,
    Told,
    carried_in,
    digits,
    heard,
    is_named,
    rate_in,
    said_in,
    says,
    verdict_of,
)


def page(seen: Moment) -> Told:
    day, previous_day = seen.day, seen.previous_day
    yield from _head(day)
    yield from _tiles(day)
    yield from _goals(day)
    yield from _units(day)
    yield from _deadline_by_status(day)
    yield from _summary(day)
    yield from _calls(day, previous_day)
    yield from _answered(day, previous_day, sections.calls_answered(previous_day, day))


def _head(day: Day) -> Told:
    first, *verdicts = sections.headline(day).text.split("\n")
    partly = says("figures of {n} of {all} {units} only", first)
    led = next(heard(LED, first), None)
    if rates := re.findall(FIGURE + "%", first):
        yield WHOLE, "rate without them" if led else "rate", rates[0]
    yield from said_in(first, SURE, WHOLE, n="people in doubt", rate="rate without them")
    yield from said_in(first, LED, WHOLE, n="people in doubt", coverage="rate")
    for line in verdicts if not partly else ():
        for values in heard("Target of {target} by {date}", line):
            yield WHOLE, f"verdict of {values['target']}", verdict_of(line)
    title = sections.whole_trend(day, beside=True).title
    yield from said_in(title, FINDING, WHOLE, now="pace", required="a day")


def _tiles(day: Day) -> Told:
    rate, _change, needed, pace, reports, carried = sections.key_figures(day).figures
    led = _("without what waits to be verified") in rate.unit
    yield from rate_in(rate, WHOLE, "rate without them" if led else "rate")
    yield from said_in(rate.note, LED, WHOLE, n="people in doubt", coverage="rate")
    yield from said_in(rate.note, SURE, WHOLE, n="people in doubt", rate="rate without them")
    for values in heard("Still needed for {target}", needed.label):
        aim = f" of {values['target']}"
        if needed.value != formats.MISSING:
            yield WHOLE, "needed" + aim, needed.value
        for until in heard("{n} {persons} a day until the end of {day}", needed.note):
            yield WHOLE, "a day" + aim, until["n"]
    if pace.value != formats.MISSING:
        yield WHOLE, "pace", pace.value
    if "/" in reports.value:
        yield WHOLE, "on time", reports.value
        for status, what in COUNTS.items():
            told = re.findall(rf"(\d+) {re.escape(str(STATUS[status]))}", reports.note)
            yield WHOLE, what, told[0] if told else "0"
    if carried.value != formats.MISSING:
        yield WHOLE, "carried", carried.value


COUNTS = {"late": "late", "missing": "not reported", "not_due": "not due"}


def _goals(day: Day) -> Told:
    for row in sections.whole_goals(day).rows:
        cells = dict(zip(("target", "needed", "a day", "pace"), row, strict=False))
        aim = formats.target(cells["target"].value)
        if cells["a day"].value is None or pd.isna(cells["a day"].value):
            continue
        yield WHOLE, f"needed of {aim}", cells["needed"].text
        if cells["needed"].value:
            yield WHOLE, f"a day of {aim}", cells["a day"].text
        yield WHOLE, "pace", cells["pace"].text
    for row in sections.whole_goals(day).rows:
        if row[5].value is not None:
            yield WHOLE, f"verdict of {formats.target(row[0].value)}", verdict_of(row[5].text)


def _units(day: Day) -> Told:
    table = sections.units_table(day)
    keys = [column.key for column in table.columns]
    for row in table.rows[:-1]:
        cells = dict(zip(keys, row, strict=True))
        name, note = cells["unit_name"].text, cells["numerator_cumulative"].note
        yield name, "installs", cells["numerator_cumulative"].text
        yield name, "rate", cells["coverage"].text
        yield name, "status", cells["status"].value
        yield name, "doubt", _("to be verified") in note
        yield name, "rank", digits(cells["rank"].text.split(formats.NBSP)[0])
        yield name, "carried from", carried_in(note)
        yield (
            name,
            "without a figure of the day",
            bool(carried_in(note)) or not digits(cells["numerator_cumulative"].text),
        )
    total = dict(zip(keys, table.rows[-1], strict=True))
    yield WHOLE, "rate", total["coverage"].text
    yield WHOLE, "installs", total["numerator_cumulative"].text
    strip = sections.units_strip(day)
    for row in strip.rows if strip else ():
        rank, name, rate, _rise, status = row
        yield name.text, "rank", digits(rank.text.split(formats.NBSP)[0])
        yield name.text, "rate", rate.text.removesuffix(f"{formats.NBSP}?")
        yield name.text, "doubt", rate.text.endswith("?")
        yield name.text, "status", status.value
    bars = dict(zip(*_columns(sections.units_bars(day).alt), strict=True))
    for name, value in bars.items():
        yield name, "doubt", "?" in value
    waiting = getattr(sections.waiting_for(day), "rows", ())
    for name, status, *_rest in waiting:
        yield name.text, "status", status.value


def _deadline_by_status(day: Day) -> Told:
    """Nobody is missing before the deadline, and everybody is late after it."""
    for status, said in (("missing", PAST), ("not_due", AHEAD)):
        if any(row[4].value == status for row in sections.units_strip(day).rows):
            yield WHOLE, "the deadline", said


def _columns(alt: str) -> tuple[list[str], list[str]]:
    """Names and values of the bars, from what is told to those who do not see them."""
    parts = [part.rsplit(": ", 1) for part in alt.rstrip(".").split(". ", 1)[1].split("; ")]
    return [name for name, _value in parts], [value for _name, value in parts]


def _summary(day: Day) -> Told:
    names, lines = [*day.units["unit_name"]], sections.summary(day).items
    doubted = [one["names"] for line in lines for one in heard("To be checked: {names}.", line)]
    yield from ((name, "doubt", True) for name in names if is_named(name, " ".join(doubted)))
    for status in ("missing", "unreadable", "empty"):
        begins = re.escape(f"{STATUS[status]}: ") + r"([^.]+)\."
        told = " ".join(" ".join(re.findall(begins, line, re.IGNORECASE)) for line in lines)
        yield from ((name, "status", status) for name in names if is_named(name, told))
    for line in lines:
        ends = "Highest: {best} ({best_rate}); lowest: {worst} ({worst_rate})"
        yield from said_in(line, ends, WHOLE, best="highest", worst="lowest")
        for values in heard(
            "{bodies}: {n} of {all} have reported, {reached} stand at {target}", line
        ):
            yield WHOLE, "agencies", f"{values['n']}/{values['all']}"
            yield WHOLE, "agencies at the target", values["reached"]
            late = [one["late"] for one in heard("; {late} are overdue.", line)]
            yield WHOLE, "agencies overdue", late[0] if late else "0"
        for values in heard("Not due yet: {n} {units} (deadline {deadline}).", line):
            yield WHOLE, "not due", values["n"]


def _calls(day: Day, previous_day: Day) -> Told:
    items = getattr(sections.calls(day, previous_day), "items", ())
    yield WHOLE, "called", tuple(sorted(call.unit for call in items))
    drafts = getattr(sections.drafts(day), "rows", ())
    yield WHOLE, "called", tuple(sorted(name.text for name, _text in drafts))
    for call in items:
        yield from said_in(call.figure, "{n} {persons} still needed", call.unit, n="needed ahead")
        yield from _asked_a_day(call.unit, call.ask)
        yield call.unit, "doubt", says(CHECKED, call.figure)
        if says("Send the figures of {day} at once.", call.ask):
            yield WHOLE, "the deadline", PAST
        if says("Send the figures of {day} before {deadline}.", call.ask):
            yield WHOLE, "the deadline", AHEAD
    for name, text in drafts:
        for msgid in (LEAST, EACH):
            yield from said_in(text.text, msgid, name.text, n="needed", pace="asked a day")


CHECKED = "{figure} {persons} so far ({moved}) wait to be verified: {doubts}"
LEAST = ("{n} {persons} are still needed for {target} by the end of {date}; for now at least "
         "{pace} a day, as the fastest unit does")  # fmt: skip
EACH = "{n} {persons} are still needed for {target} by the end of {date}: {pace} a day from now on"
ASKS = (
    "Send teams from house to house: at least {pace} {persons} a day.",
    "Reach {pace} more {persons} a day.",
)


def _asked_a_day(unit: str, text: str) -> Told:
    for msgid in ASKS:
        yield from said_in(text, msgid, unit, pace="asked a day")


def _answered(day: Day, previous_day: Day, table: Any) -> Told:
    waiting = day.anomalies[day.anomalies["status"].eq("open")]
    before = waiting[waiting["report_date"].le(pd.Timestamp(previous_day.date))]
    open_ = set(before.dropna(subset=["numerator_moved"])["unit_name"])
    for row in getattr(table, "rows", ()):
        yield row[0].text, "outcome", row[5].value
        if row[1].value == "check":
            yield row[0].text, "checked", row[5].value
            yield row[0].text, "doubt of before", row[0].text in open_
    came = sections.calls_came(previous_day, day)
    for code, label in OUTCOME.items() if came else ():
        for names in re.findall(rf"{re.escape(str(label))} \d+ \(([^)]*)\)", came.text):
            yield from ((name, "outcome", code) for name in names.split("; "))
