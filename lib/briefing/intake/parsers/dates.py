"""Days and times as people write them: day first, with or without the year.

Real text is full of numbers that look like dates (the number of a letter, a ratio, a phone). A
date is taken only in a form that nothing else uses; the forms of file names, looser, have their
own function.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from briefing.intake.parsers.text import clean, plain
from briefing.locale.pack import Worded, pack, remembered

SERIAL_YEARS = 2  # a number is read as an Excel date only within so many years of the campaign
NAME_YEARS = 5  # the same of a year in a file's name


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text.

    Attributes:
        date: The day.
        start: Where it begins in the NFC text; `end` is after its last character.
        end: See `start`.
        text: What stands there.
        swapped: Written in the other order than is usual here, as a machine set to English does
            (8/16/2021), or one that is not where it is.
    """

    date: date
    start: int
    end: int
    text: str
    swapped: bool = False


_GAP = r"[\s.…_,:]*"  # blanks of a form: dotted leaders, line breaks
_AFTER = r"(?!\d)(?!\s*%)(?![.,]\d)(?!\s?/\s?\w)"
_COUNTED = r"(?!\s*«dates.counted»(?!\w))"
_YEAR = rf"(?:{_GAP}«dates.year»{_GAP}(?:(\d{{4}})|(\d{{2}})(?!\s*[.…_]{{2}}))(?!\d))?"

_WORDED = Worded(
    rf"(?:«dates.day»{_GAP})?(?<![\d/])(?<!\d[.,\s])(\d{{1,2}}){_GAP}«dates.month»{_GAP}"
    rf"(\d{{1,2}})(?!\d){_YEAR}"
)
_NAMED = Worded(  # “15 May 2024”, “15th of May”
    r"(?<![\w/])(?<!\d[.,\s])(\d{1,2})(?:«dates.ordinal»)?(?:\s«dates.of»)?[\s.-]{0,2}"
    r"(«dates.month_names»)(?![^\W_])\.?(?:[\s,.-]{1,2}(\d{4}|\d{2}(?=\W|$)))?(?!\d)(?!:\d)"
)
_NAMED_FIRST = Worded(  # “May 15, 2024”
    r"(?<![^\W_])(«dates.month_names»)\.?[\s.-]{1,2}(\d{1,2})(?:«dates.ordinal»)?"
    r"(?:,?\s?(\d{4}))?(?!\d)(?!:\d)(?!\s*%)(?![.,]\d)"
)
_ISO = re.compile(r"(?<![\d\-/.])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/])")
_FULL = re.compile(
    r"(?<![\d/])(?<!\d[.,\-])(?<![^\W\d_])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})"
    r"(?!\d)(?!\s?/\s?\w)(?![.,-]\d)"
)
_AFTER_WORD = Worded(rf"«dates.day»{_GAP}(\d{{1,2}})\s?[/.-]\s?(\d{{1,2}}){_AFTER}(?![-]\d){_YEAR}")
_SHORT = Worded(
    rf"(?<![\d/])(?<!\d[.,])(?<![^\W\d_])(\d{{1,2}})\s?/\s?(\d{{1,2}}){_AFTER}{_COUNTED}{_YEAR}"
)
_VERSION_BEFORE = Worded(r"«dates.version»\.?\s*$")
_WEEK_BEFORE = Worded(r"(?<![^\W_])«dates.week»[\s._-]*$")
_TWO_RANGES = re.compile(r"\d\s?[-–]\s?\d{1,2}\s?/\s?\d{1,2}\s?[-–]\s?\d{1,2}(?![\d/.-])")
_PHONE_LIKE = re.compile(r"(?<!\d)(?:\+?84|0)\d{2,3}[ ._-]?\d{3}[ ._-]?\d{3,4}(?!\d)|\d{9,}")


def find_dates(text: str, *, year: int) -> list[FoundDate]:
    """Every date in a text, in order.

    Args:
        text: A cell, a line or a page, with its line breaks.
        year: The year of a date that is written without one.

    Returns:
        The dates, not overlapping. A form's blank with no day ("ngày   tháng 8") gives none.
    """
    if not any(map(str.isdigit, text)):
        return []
    return list(_find(unicodedata.normalize("NFC", text), year))


@remembered(maxsize=1 << 12)
def _find(text: str, year: int) -> tuple[FoundDate, ...]:
    low = plain(text)
    found: list[FoundDate] = []
    for pattern, read in (*(_NAMED_FORMS if pack().dates.month_names else ()), *_FORMS):
        for match in pattern.finditer(low):
            span = match.span()
            if any(span[0] < other.end and other.start < span[1] for other in found):
                continue
            if read_as := read(match, year):
                day, swapped = read_as
                found.append(FoundDate(day, *span, text[slice(*span)], swapped))
    return tuple(sorted(found, key=lambda item: item.start))


def _worded(match: re.Match[str], year: int) -> tuple[date, bool] | None:
    if _WEEK_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()]):
        return None  # “tuần 2 tháng 10”
    day, month, long, short = match.groups()
    day_ = _day(int(day), int(month), _year(long or short, year))
    return (day_, False) if day_ else None


def _named(match: re.Match[str], year: int) -> tuple[date, bool] | None:
    day, month, given = match.groups()
    found = _day(int(day), pack().dates.month_names[month], _year(given, year))
    return (found, False) if found else None


def _named_first(match: re.Match[str], year: int) -> tuple[date, bool] | None:
    month, day, given = match.groups()
    found = _day(int(day), pack().dates.month_names[month], _year(given, year))
    return (found, False) if found else None


def _short(match: re.Match[str], year: int) -> tuple[date, bool] | None:
    ranges = _TWO_RANGES.search(match.string, max(0, match.start() - 4))
    if ranges and ranges.start() < match.start():
        return None  # “5-11/12-17”
    one, other, long, short = match.groups()
    day, month = (other, one) if pack().month_first else (one, other)
    found = _day(int(day), int(month), _year(long or short, year))
    return (found, False) if found else None


def _iso(match: re.Match[str], year: int) -> tuple[date, bool] | None:
    day = _day(int(match[4]), int(match[3]), int(match[1]))
    return (day, False) if day else None


def _full(match: re.Match[str], year: int) -> tuple[date, bool] | None:
    if _VERSION_BEFORE.search(match.string[max(0, match.start() - 20) : match.start()]):
        return None
    return _day_or_swapped(int(match[1]), int(match[3]), _year(match[4], year))


Form = tuple[Worded | re.Pattern[str], Callable[[re.Match[str], int], tuple[date, bool] | None]]
_FORMS: tuple[Form, ...] = (
    (_WORDED, _worded),
    (_ISO, _iso),
    (_FULL, _full),
    (_AFTER_WORD, _short),
    (_SHORT, _short),
)
_NAMED_FORMS: tuple[Form, ...] = ((_NAMED, _named), (_NAMED_FIRST, _named_first))


def _year(digits: str | None, year: int) -> int:
    if not digits:
        return year
    return int(digits) if len(digits) == 4 else year // 100 * 100 + int(digits)


def _day(day: int, month: int, year: int) -> date | None:
    if not 1900 <= year <= 2299:  # 2201 for 2021 is a slip to be told, not to be passed over
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_or_swapped(one: int, other: int, year: int) -> tuple[date, bool] | None:
    """The day of two numbers in the order that is usual here, else in the other."""
    day, month = (other, one) if pack().month_first else (one, other)
    if found := _day(day, month, year):
        return found, False
    swapped = _day(month, day, year) if month > 12 else None
    return (swapped, True) if swapped else None


_FORM_NUMBER = Worded(r"«dates.form_number»\d{1,2}(?!\d)")
_NAME_FORMS = Worded(
    r"(?:«dates.day»[\s._-]*)?(?<!\d)(?P<wd>\d{1,2})[\s._-]*«dates.month»[\s._-]*(?P<wm>\d{1,2})(?!\d)"
    r"(?:[\s._-]*«dates.year»[\s._-]*(?P<wy>\d{4}))?"
    r"|(?<!\d)(?P<iy>(?:19|20)\d\d)(?P<is>[-._ ])(?P<im>\d{1,2})(?P=is)(?P<id>\d{1,2})(?!\d)"
    r"|(?<!\d)(?<!v)(?P<fd>\d{1,2})(?P<fs>[-._/])(?P<fm>\d{1,2})(?P=fs)(?P<fy>\d{4}|\d{2})(?!\d)"
    r"|(?<!\d)(?P<gd>\d{1,2}) (?P<gm>\d{1,2}) (?P<gy>20\d\d)(?!\d)"
    r"|«dates.day»[\s._-]*(?P<nd>\d{1,2})[\s._-]+(?P<nm>\d{1,2})(?!\d)"
    r"|(?<!\d)(?<!v)(?P<sd>\d{1,2})[-._/](?P<sm>\d{1,2})(?!\d)"
    r"|(?<!\d)(?P<run>\d{8}|\d{6}|\d{4})(?!\d)"
)


def file_name_dates(stem: str, *, year: int) -> list[date]:
    """Every date in the name of a file or a folder, in order, each once.

    Names are terse: 1608, 160821, 16082021, 20210816, 16-8, 16.8, "ngay 16 8" are dates here,
    besides the forms of `find_dates`. The number of a form ("mau 02") and a phone are not.

    Args:
        stem: The name without its extension.
        year: The year of a date that is written without one, and about which the others lie.
    """
    low = plain(unicodedata.normalize("NFC", stem))
    low = _FORM_NUMBER.sub("#", low)
    low = _PHONE_LIKE.sub(lambda m: m[0] if _run_date(m[0], year) else "#", low)
    found: dict[date, None] = {}
    if pack().dates.month_names:
        named = find_dates(low.replace("_", " "), year=year)
        found = {day.date: None for day in named if abs(day.date.year - year) <= NAME_YEARS}
    at = 0
    while match := _NAME_FORMS.search(low, at):
        day = _name_date(match, year)
        if day:
            found.setdefault(day)
        is_full = day or len(match["iy"] or match["fy"] or "") == 4  # a full date, right or wrong
        at = match.end() if is_full else match.start() + 1
        while not is_full and at < len(low) and low[at].isdigit() and low[at - 1].isdigit():
            at += 1
    return list(found)


def _name_date(match: re.Match[str], year: int) -> date | None:
    if match["run"]:
        return _run_date(match["run"], year)
    part = match.groupdict()
    form = next(form for form in "wifgns" if part[f"{form}d"])
    if form == "w" and _WEEK_BEFORE.search(match.string[: match.start()]):
        return None
    day, month, given = part[f"{form}d"], part[f"{form}m"], part.get(f"{form}y")
    named = _year(given, year)
    if abs(named - year) > NAME_YEARS:
        return None
    if form in "fgns" and pack().month_first:
        day, month = month, day
    found = _day(int(day), int(month), named)
    if given and not found and int(month) > 12:
        found = _day(int(month), int(day), named)
    return found


def _run_date(digits: str, year: int) -> date | None:
    """A date in digits alone: ddmm, ddmmyy, yymmdd, ddmmyyyy, yyyymmdd, in this order; where the
    month comes first, mm before dd."""
    dm = "md" if pack().month_first else "dm"
    forms = {4: (dm,), 6: (f"{dm}y", "ymd"), 8: (f"{dm}Y", "Ymd")}.get(len(digits), ())
    for form in forms:
        parts, at = {}, 0
        for letter in form:
            width = 4 if letter == "Y" else 2
            parts[letter], at = digits[at : at + width], at + width
        named = _year(parts.get("Y") or parts.get("y"), year)
        found = _day(int(parts["d"]), int(parts["m"]), named)
        if found and abs(named - year) <= (NAME_YEARS if "Y" in form else 1):
            return found
    return None


_EPOCHS = (date(1899, 12, 30), date(1904, 1, 1))  # the days 0 of workbooks


def cell_date(value: object, *, year: int, near: date | None = None) -> date | None:
    """The day that a cell holds: a date, an Excel serial (also as text), or a text.

    Args:
        value: As the reader of the file gives it.
        year: The year of a date written without one; serials count only within two years of it.
        near: A day that the cell should be near. It decides between the two ways in which
            workbooks count days (from 1900, from 1904).

    Returns:
        The day, or None where the cell holds none or more than one. Never raises.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or value is None:
        return None
    text = clean(value)
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", text):
        return _serial_date(int(text[:5]), year, near)
    if re.fullmatch(r"\d{8}", text):
        return _run_date(text, year)
    found = {item.date for item in find_dates(text, year=year)}
    return found.pop() if len(found) == 1 else None


def serial_of(day: date) -> int:
    """The number that a workbook keeps for a day, counted from 1900."""
    return (day - _EPOCHS[0]).days


def _serial_date(serial: int, year: int, near: date | None) -> date | None:
    days = [start + timedelta(days=serial) for start in _EPOCHS]
    days = [day for day in days if abs(day.year - year) <= SERIAL_YEARS]
    if near is not None:
        days.sort(key=lambda day: abs(day - near))
    return days[0] if days else None
