"""Numbers and dates as people read them, in the language in force (`briefing.language`).

A missing value (None, NaN, NaT, pd.NA) is always an en dash. A number and its unit, and the parts
of a date in words, are joined by no-break spaces. Rounding is half up, with one exception: a share
that is still below a bound is never shown as having reached it (59.996 % is "59,99%" against 60 %).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from math import ceil
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from briefing.language import current_language
from briefing.language import translated as _
from briefing.locale.pack import code_in_force, pack

MISSING = "–"
NBSP = "\u00a0"
MINUS = "\u2212"
ALL = 1.0
"""The bound that every share has: not all is never shown as all."""

_LOCALES = {"vi": "vi_VN", "en": "en"}
_PATTERNS = {
    "vi": {
        "day": "d/M/y",
        "day_short": "d/M",
        "long_day": "'ngày' d 'tháng' M 'năm' y",
        "clock": "HH'h'mm",
        "moment": "HH'h'mm 'ngày' d/M/y",
    },
    "en": {
        "day": "d MMM y",
        "day_short": "d MMM",
        "long_day": "d MMMM y",
        "clock": "HH:mm",
        "moment": "HH:mm, d MMM y",
    },
    "en, month first": {
        "day": "MMM d, y",
        "day_short": "MMM d",
        "long_day": "MMMM d, y",
        "clock": "HH:mm",
        "moment": "HH:mm, MMM d, y",
    },
}


def locale() -> Locale:
    """Babel's locale of the language in force, for the region where the offices speak it."""
    return _locale(current_language(), code_in_force())


@lru_cache
def _locale(code: str, region: str) -> Locale:
    return Locale.parse(region if region.startswith(f"{code}_") else _LOCALES.get(code, code))


def _pattern(kind: str) -> str:
    """How a date is written in the language in force, or in its region."""
    code, own = current_language(), pack()
    if own.language == code and own.region in own.dates.month_first:
        code = f"{code}, month first"
    return _PATTERNS.get(code, _PATTERNS["en"])[kind]


def is_missing(value: Any) -> bool:
    """Whether there is nothing to show: None, NaN, NaT or pd.NA."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return value != value


def integer(value: Any) -> str:
    """A count: 5432 → "5.432"."""
    return MISSING if is_missing(value) else _grouped(_rounded(value, 0), 0)


def rounded_up(pace: Any) -> str:
    """A required pace as a whole number: rounded down it would not be enough."""
    return MISSING if is_missing(pace) else integer(ceil(float(pace)))


def signed_integer(value: Any) -> str:
    """A change of a count, with its sign: 37 → "+37"; no change is "0"."""
    return MISSING if is_missing(value) else _signed(_rounded(value, 0), 0)


def number(value: Any, digits: int = 1) -> str:
    """A measure that is not a whole: 12.25 → "12,3"."""
    return MISSING if is_missing(value) else _grouped(_rounded(value, digits), digits)


def percent(value: Any, digits: int = 2, bounds: Iterable[float] = (ALL,)) -> str:
    """A fraction as a percentage: 0.4285 → "42,85%".

    Args:
        value: Fraction, not percent; may exceed 1.
        digits: Decimal places shown.
        bounds: Fractions (targets) that rounding up must not seem to reach. Whatever is given,
            less than 100 % is never shown as 100 %.
    """
    if is_missing(value):
        return MISSING
    exact = _decimal(value)
    shown = _rounded(exact * 100, digits)
    limits = [_decimal(b) for b in (*bounds, ALL)]
    if any(exact < limit and shown >= limit * 100 for limit in limits):
        shown = (exact * 100).quantize(_step(digits), ROUND_DOWN)
    return _grouped(shown, digits) + "%"


def target(value: Any) -> str:
    """A target, with no more decimals than it has (at most two): 0.6 → "60%", 0.625 → "62,5%"."""
    if is_missing(value):
        return MISSING
    shown = _rounded(_decimal(value) * 100, 2).normalize()
    return _grouped(shown, max(0, -int(shown.as_tuple().exponent))) + "%"


def points(value: Any, digits: int = 2) -> str:
    """A difference of two shares: 0.0123 → "+1,23 điểm phần trăm". Never with a "%"."""
    if is_missing(value):
        return MISSING
    return f"{points_short(value, digits)}{NBSP}{_('percentage points')}"


def by_points(value: Any, digits: int = 2) -> str:
    """The same in a sentence that says itself that it is a rise: "1,23 điểm phần trăm"."""
    return points(value, digits).lstrip("+")


def points_short(value: Any, digits: int = 2) -> str:
    """The same where a heading already names the unit: 0.0123 → "+1,23"."""
    return (
        MISSING if is_missing(value) else _signed(_rounded(_decimal(value) * 100, digits), digits)
    )


def day(value: Any) -> str:
    """A date: "16/8/2021"."""
    return _date(value, "day")


def day_short(value: Any) -> str:
    """A date whose year is known from the page: "16/8"."""
    return _date(value, "day_short")


def long_day(value: Any) -> str:
    """A date in words: "ngày 16 tháng 8 năm 2021"."""
    return _date(value, "long_day").replace(" ", NBSP)


def clock(value: Any) -> str:
    """A time of day: "15h00"."""
    return _date(value, "clock")


def moment(value: Any) -> str:
    """A date and time, as its own time zone tells it: "15h00 ngày 16/8/2021"."""
    return _date(value, "moment").replace(" ", NBSP)


def _decimal(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    return Decimal(repr(float(value))) if not isinstance(value, int) else Decimal(value)


def _step(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


def _rounded(value: Any, digits: int) -> Decimal:
    return _decimal(value).quantize(_step(digits), ROUND_HALF_UP)


def _grouped(value: Decimal, digits: int) -> str:
    return _grouped_in(locale(), value, digits)


@lru_cache(maxsize=4096)
def _grouped_in(locale: Locale, value: Decimal, digits: int) -> str:
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    text = format_decimal(abs(value), format=pattern, locale=locale)
    return (MINUS if value < 0 else "") + text


def _signed(value: Decimal, digits: int) -> str:
    return ("+" if value > 0 else "") + _grouped(value, digits)


def _date(value: Any, kind: str) -> str:
    if is_missing(value):
        return MISSING
    pattern = _pattern(kind)
    if isinstance(value, dt.time):
        value = dt.datetime.combine(dt.date.min, value)
    if isinstance(value, dt.datetime):
        value = value.replace(tzinfo=None)
    return _date_in(locale(), value, pattern)


@lru_cache(maxsize=4096)
def _date_in(locale: Locale, value: Any, pattern: str) -> str:
    say = format_datetime if isinstance(value, dt.datetime) else format_date
    return say(value, pattern, locale=locale)
