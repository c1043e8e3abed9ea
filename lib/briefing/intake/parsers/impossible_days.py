"""Days that are written as days and stand in no calendar: 31/9, 30/2, 32/8."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.text import plain
from briefing.locale.pack import Worded, pack

_GAP = r"[\s.…_,:]*"
_YEAR = r"(?:\s?[/.-]\s?(20\d\d)(?!\d)| «dates.year» (20\d\d)(?!\d))"
_WRITTEN = Worded(
    rf"\b«dates.day»{_GAP}(?P<ad>\d{{1,2}})\s?[/.-]\s?(?P<am>\d{{1,2}})"
    rf"(?:{_YEAR}|(?!\d)(?!\s?[/.,-]\s?\d)(?!\s?%))"
    rf"|\b«dates.day»{_GAP}(?P<bd>\d{{1,2}}){_GAP}«dates.month»{_GAP}(?P<bm>\d{{1,2}})(?!\d)"
    rf"(?:{_GAP}«dates.year»{_GAP}(20\d\d)(?!\d))?"
    r"|(?<![\w/.,-])(?P<cd>\d{1,2})(?P<sign>[/.-])(?P<cm>\d{1,2})(?P=sign)(20\d\d)(?![\d/])"
    r"|(?<![\w/.,-])(?P<dd>\d{1,2})/(?P<dm>0?[1-9]|1[0-2])(?!\d)(?!\s?[/.,%-]\s?\d)(?!\s?%)"
    r"(?!\s*«dates.counted_things»\b)"
)
_LAST, _DECEMBER, _LONGEST = 31, 12, 39  # beyond that it is a number, not a slip in a day


@dataclass(frozen=True, slots=True)
class ImpossibleDay:
    """What is written in a text, from `start` to `end` of its NFC form."""

    start: int
    end: int
    text: str


def impossible_days(text: str, *, year: int) -> list[ImpossibleDay]:
    """Every day in a text that does not exist, in order.

    Args:
        text: A line.
        year: The year of a day that is written without one.
    """
    if not any(map(str.isdigit, text)):
        return []
    return list(_find(unicodedata.normalize("NFC", text), year))


def _find(text: str, year: int) -> Iterator[ImpossibleDay]:
    real = find_dates(text, year=year)
    for match in _WRITTEN.finditer(plain(text)):
        pairs = ((match[f"{form}d"], match[f"{form}m"]) for form in "bacd")
        worded = bool(match["bd"])
        day, month = next((int(d), int(m)) for d, m in pairs if d)
        if pack().month_first and not worded:
            day, month = month, day
        years = (int(group) for group in match.groups() if group and len(group) == len("2021"))
        named = next(years, year)
        if _exists(day, month, named) or day > _LONGEST or (day > _LAST and month > _DECEMBER):
            continue
        if any(each.start < match.end() and match.start() < each.end for each in real):
            continue
        yield ImpossibleDay(*match.span(), text[slice(*match.span())])


def _exists(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
