"""Weeks by their number in the year, as of ISO 8601: “Tuần 41”, “Week 41”, “W41 2025”."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.intake.parsers.text import plain
from briefing.locale.pack import Worded, remembered

LONGEST_MONTH = 31
_OF_A_MONTH = r"(?!\s*«dates.month»[\s._-]*\d)(?!\s«dates.of»\s[a-z])"
_COUNTED = r"(?!\s?(?:«dates.counted»|«numbers.units»)(?!\w))"
_WEEK = Worded(
    r"(?:(?<!\d)(?P<before>20\d\d)[\s._-]?|(?<![^\W_]))«dates.week»[\s._:-]{0,2}(?P<week>\d{1,2})(?!\d)"
    rf"(?P<day>\s?[./-]\s?\d{{1,2}}(?!\d))?{_OF_A_MONTH}{_COUNTED}"
    r"(?:[\s,./_-]{0,3}(?:«dates.year»[\s._]*)?(?P<year>20\d\d)(?!\d))?"
)


@dataclass(frozen=True, slots=True)
class FoundWeek:
    """A week in a text, as `FoundDate`: its Monday, and where it stands in the NFC text."""

    monday: date
    start: int
    end: int
    text: str


def find_weeks(text: str, *, first: date, last: date) -> list[FoundWeek]:
    """The weeks in a text of which a day lies between two days; other numbers are no weeks here.

    “Tuần 2 tháng 10” and “tuần 6-12/10” name no week of the year.
    """
    if not any(map(str.isdigit, text)):
        return []
    return list(_find(unicodedata.normalize("NFC", text), first, last))


@remembered(maxsize=1 << 12)
def _find(text: str, first: date, last: date) -> tuple[FoundWeek, ...]:
    return tuple(_weeks(text, first, last))


def _weeks(text: str, first: date, last: date) -> Iterator[FoundWeek]:
    for match in _WEEK.finditer(plain(text)):
        number = int(match["week"])
        if match["day"] and number <= LONGEST_MONTH:
            continue
        end = match.start("day") if match["day"] else match.end()
        given = match["year"] or match["before"]
        for year in [int(given)] if given else range(first.year, last.year + 1):
            monday = _monday(year, number)
            if monday and monday <= last and first <= monday + timedelta(days=6):
                yield FoundWeek(monday, match.start(), end, text[match.start() : end])
                break


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
