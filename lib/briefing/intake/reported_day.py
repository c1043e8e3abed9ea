"""About which day a report is: by its title, its signing line, then the names around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.intake.dates import find_dates
from briefing.intake.forms import Line
from briefing.intake.identity import ADDRESSED_LINE, SIGNED_LINE, Hint, Identity
from briefing.intake.submission import Finding
from briefing.intake.text import fold
from briefing.intake.vocabulary import Vocabulary
from briefing.messages import Message

SPAN = re.compile(r"\bden\b")


@dataclass(frozen=True)
class Stated:
    """A day that something says, what it says exactly, and where."""

    day: date
    text: str
    where: str


def identify_date(
    lines: Iterable[Line], below: Iterable[Line], hint: Hint, words: Vocabulary, file: str
) -> Identity:
    """The day that a report is about: the title's date, then the signed one, then the file's name.

    Args:
        below: Lines under the table; looked at only where the head says no day.
    """
    titled, signed = _days_in(lines, words)
    stated = titled + signed or _days_in(below, words)[1]
    named = (*(hint.sheet_dates if not stated else ()), *hint.dates)
    stated = [*stated, *(Stated(day, _shown(day), file) for day in named)]
    if not stated:
        return Identity(None, "", (_date_missing(file),))
    dates = words.campaign.dates
    inside = [item for item in stated if dates.start <= item.day <= dates.end]
    if not inside:
        return Identity(stated[0].day, "", (_date_outside(stated[0], words),))
    day = inside[0].day
    other = next((item for item in stated if item.day != day), None)
    return Identity(day, "", (_date_conflict(day, other),) if other else ())


def _days_in(lines: Iterable[Line], words: Vocabulary) -> tuple[list[Stated], list[Stated]]:
    """Days in lines of text: those of titles, and those of signing lines."""
    year = words.campaign.dates.start.year
    titled: list[Stated] = []
    signed: list[Stated] = []
    for line in lines:
        if not ADDRESSED_LINE.match(fold(line.text)):
            into = signed if SIGNED_LINE.match(line.text) else titled
            into += [Stated(d, text, line.where) for d, text in _reported(line.text, year)]
    return titled, signed


def _reported(text: str, year: int) -> Iterator[tuple[date, str]]:
    """The days that a line is about: of a span of one day its end, of a longer one none."""
    found = find_dates(text, year=year)
    for i, item in enumerate(found):
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        if after and SPAN.search(fold(text[item.end : after.start])):
            continue
        spans = before and SPAN.search(fold(text[before.end : item.start]))
        if before and spans and item.date - before.date > timedelta(days=1):
            continue
        yield item.date, item.text


def _date_missing(file: str) -> Finding:
    return Finding(
        "warning", "date_missing", file, "",
        Message("the report does not say which day it is about; the day of its arrival is taken"),
        Message("Write the day in the title, as in “(ngày 16 tháng 8 năm 2021)”."),
    )  # fmt: skip


def _date_outside(stated: Stated, words: Vocabulary) -> Finding:
    dates = words.campaign.dates
    return Finding(
        "error", "date_outside_campaign", stated.where, stated.text,
        Message(
            "{day} lies outside the campaign ({start} to {end})",
            {"day": _shown(stated.day), "start": _shown(dates.start), "end": _shown(dates.end)},
        ),
        Message("Correct the date and send the report again."),
    )  # fmt: skip


def _date_conflict(day: date, other: Stated) -> Finding:
    return Finding(
        "warning", "date_conflict", other.where, other.text,
        Message(
            "here the date is {other}, elsewhere {day}; {day} is taken",
            {"day": _shown(day), "other": _shown(other.day)},
        ),
        Message("Write the same day in the title, in the signing line and in the file's name."),
    )  # fmt: skip


def _shown(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
