"""Numbers as people write them in a report, with what kind of number it is.

Three outcomes are kept apart: a `Number`; `None`, where nothing was written; `Unreadable`, where
something was written that is no number to rely on. Nothing is ever guessed to be zero.
"""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from briefing.intake.parsers.phones import parse_phone
from briefing.intake.parsers.text import clean, fold, plain
from briefing.locale.pack import Worded, pack, remembered

Kind = Literal["count", "percent", "ratio", "fraction", "decimal"]
Reason = Literal[
    "text",  # no number in it, or words that may change what it means ("còn 20", "không")
    "error",  # an error cell: #REF!
    "formula",  # a formula that was saved without its value
    "phone",  # a phone number where a number is due
    "date",  # a date or a time
    "scientific",  # 9.12E+08: digits are gone
    "decimal",  # 1.5 where whole things are counted
    "negative",
    "too_large",  # 9 digits or more
    "several",  # more than one number: 50-60, or one on each line
]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read.

    Attributes:
        value: An `int` for "count" and "ratio" (its numerator); a `Decimal` for the rest: 42.85
            for "42,85%" (percent, not a fraction), 0.4285 for "0,4285" (fraction).
        kind: What was written. "decimal" occurs only with `count=False`.
        denominator: Of a ratio ("35/120" has 120), else None.
        approximate: Written with "khoảng", "~", "hơn" and the like.
        assumed_thousands: The separator is taken for thousands, but could be a decimal one.
        repaired: A letter stood for a digit ("5O" is 50).
    """

    value: int | Decimal
    kind: Kind
    denominator: int | None = None
    approximate: bool = False
    assumed_thousands: bool = False
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something was written that is not a number to rely on: why, and what stood there."""

    reason: Reason
    text: str


LONGEST_COUNT = 8  # digits; more is a phone number or a slip
LONGEST_TEXT = 200  # characters; more is prose

_BLANK = re.compile(r"[\s.…_:;,'\-–—]*")
_MISSING = Worded("«numbers.missing»")
_FORMULA = re.compile(  # a cell, a function, another sheet; 20+18; not “= 25 người”
    r"=[-+(\s]*(?:\$?[a-z]{1,3}\$?\d|[a-z][\w.]*\(|['$\[{…]|\d[\d.,]*\s*[-+*^]\s*[\d(a-z$])"
)
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d+")
_ASIDE = Worded(
    r"\((?:[^()0-9]*+(?:\d{1,3}(?:[.,]\d+)?\s*+%[^()0-9]*+)?"
    r"|\s*+«numbers.among_them»[^()]*+)\)"
)
_UNITS = Worded(r"(?<=[\d%+ ])«numbers.units»(?![^\W_])\.?")
_LEAD_IN = Worded(r"^(?:«numbers.lead_in»(?![^\W_])|[:=])[\s:=]*")
_ABOUT = Worded(r"^(?:«numbers.about»(?![^\W_])|[~≈±≥≤]|[><]=?)[\s:]*")
_LETTER_O = re.compile(r"(?<=[\d.,])o+(?![^\W\d_])|(?<![^\W\d_])o+(?=[\d.,])")
_LETTER_L = re.compile(r"(?<=\d)[li](?=[\d.,]|$)|(?<![^\W_])[li](?=\d)")
_ANY_DATE = Worded(
    r"\d{1,2}\s*([/.-])\s*\d{1,2}\s*\1\s*(?:\d{4}|\d{2})|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*"
    r"|.*\b(?:«dates.day»|«dates.month»|«dates.month_names»)\b.*\d.*|\d{1,2}(?::\d{2}){1,2}"
    r"|\d{1,2}\s*(?:«times.hour»|«times.short_hour»)\s*(?:\d{2})?'?"
)
_RATIO = Worded(r"([\d., ]{1,40}?)\s{0,20}(?:/|\b«numbers.out_of»\b)\s{0,20}([\d., ]{1,40})")
_PERCENT = Worded(r"([\d., ]{1,40}?)\s{0,20}(?:%|«numbers.percent»)")
_NOTE_MARK = re.compile(
    r"(?<=[\w%])\s{0,20}[¹²³⁰⁴-⁹⁽⁾①-⑳†‡]{1,9}$"
)  # behind a number: no part of it
_STROKES = re.compile("[\u0335\u0336]")  # over letters and digits that are struck through
_WHOLE = re.compile(r"\d+")
_GROUPED = re.compile(r"\d{1,3}(?:([ .,])\d{3})(?:\1\d{3})*")
_GROUPED_DECIMAL = re.compile(r"\d{1,3}(?:(?:\.\d{3})+,|(?:,\d{3})+\.|(?: \d{3})+[.,])\d+")
_DECIMAL = re.compile(r"\d*[.,]\d+")
_NOT_DIGITS = re.compile(r"[^0-9]+")


def parse_number(value: object, *, count: bool = True) -> Number | Unreadable | None:
    """Read one cell or one filled-in blank.

    Args:
        value: As the reader of the file gives it: text, int, float, bool, date or None.
        count: Whole things are counted here. A separator followed by exactly three digits is
            then thousands, and neither 1.5 nor −3 is an answer; percent, fraction and ratio are
            kept, with their kind, because they say what was meant. Without it one separator is
            a decimal one.

    Returns:
        A `Number`; `None` for nothing written (blank, dashes, dotted leaders, "chưa có");
        `Unreadable` otherwise. Never raises.
    """
    if isinstance(value, str):
        return _parse_text(value, count)
    if value is None:
        return None
    if isinstance(value, bool):
        return Unreadable("text", clean(value))
    if isinstance(value, float):
        return _parse_float(value, count)
    if isinstance(value, (date, time, timedelta)):
        return Unreadable("date", clean(value))
    try:
        return _parse_integer(operator.index(value), count)  # type: ignore[arg-type]  # asked by trying
    except TypeError:
        return _parse_text(clean(value), count)


@remembered(maxsize=1 << 14)
def _parse_integer(number: int, count: bool) -> Number | Unreadable:
    if abs(number) >= 10**LONGEST_COUNT:
        return _too_long(clean(number))
    if number < 0:
        return Unreadable("negative", str(number)) if count else Number(Decimal(number), "decimal")
    return Number(number, "count")


def _parse_float(value: float, count: bool) -> Number | Unreadable | None:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return Unreadable("error", clean(value))
    nearest = round(value)
    if math.isclose(value, nearest, rel_tol=1e-12, abs_tol=1e-12):
        return _parse_integer(nearest, count)
    text = clean(value)
    number = Decimal(repr(value))
    grouped = pack().numbers.thousands == "."
    if count and grouped and 1 <= value < 1000 and number.as_tuple().exponent == -3:
        # A count of thousands typed with a dot, which the spreadsheet took for a decimal point.
        return Number(int(number.scaleb(3)), "count", assumed_thousands=True)
    return _judged(number, count, text, False, False)


def _judged(
    number: Decimal, count: bool, text: str, approximate: bool, assumed: bool
) -> Number | Unreadable:
    """Give a plain number its kind, or say why it cannot be one here."""
    if number < 0:
        return (
            Unreadable("negative", text) if count else Number(number, "decimal", None, approximate)
        )
    if number == number.to_integral_value():
        return Number(int(number), "count", None, approximate, assumed)
    if number < 1:
        return Number(number, "fraction", None, approximate)
    if count:
        return Unreadable("decimal", text)
    return Number(number, "decimal", None, approximate)


@remembered(maxsize=1 << 14)
def _parse_text(raw: str, count: bool) -> Number | Unreadable | None:
    if raw.isascii() and raw.isdigit() and len(raw) <= LONGEST_COUNT:
        return Number(int(raw), "count")
    text = clean(raw)
    if len(text) > LONGEST_TEXT:
        return Unreadable("text", text)
    core = plain(text).lstrip("'’`").strip()
    if core.startswith(("#", "err:")):
        return Unreadable("error", text)
    if _FORMULA.match(core):
        return Unreadable("formula", text)
    if sum(any(map(str.isdigit, line)) for line in _ASIDE.sub(" ", raw).splitlines()) > 1:
        return Unreadable("several", text)
    if _BLANK.fullmatch(text) or _MISSING.fullmatch(fold(text)):
        return None
    if _SCIENTIFIC.fullmatch(core):
        return Unreadable("scientific", text)
    if _STROKES.search(raw):
        return Unreadable("text", text)
    core, repaired = _with_digits(_NOTE_MARK.sub("", core))
    core, approximate = _bare(core)
    number = _parse_core(core, count, text, approximate)
    return replace(number, repaired=True) if repaired and isinstance(number, Number) else number


def _with_digits(core: str) -> tuple[str, bool]:
    """A text with the letters O and l put back to the digits they were typed for; whether any."""
    core, noughts = _LETTER_O.subn(lambda o: "0" * len(o[0]), core)
    core, ones = _LETTER_L.subn("1", core)
    return core, bool(noughts or ones)


def _bare(core: str) -> tuple[str, bool]:
    """A number without the words and signs that may stand around it; whether they say "about"."""
    core = _ASIDE.sub(" ", core).strip()
    core = _LEAD_IN.sub("", core)
    about = _ABOUT.match(core)
    if about:
        core = core[about.end() :]
    core = " ".join(_UNITS.sub(" ", core).split()).rstrip(".,;:/ ")
    if core.endswith("+"):
        return core[:-1].rstrip(), True
    return core, about is not None


def _parse_core(core: str, count: bool, text: str, approximate: bool) -> Number | Unreadable:
    sign = core[:1] in ("-", "−", "–")
    unsigned = core[1:].lstrip() if sign else core.removeprefix("+")
    if percent := _PERCENT.fullmatch(unsigned):
        amount = _amount(percent[1], False)
        if amount is not None and sign and count:
            return Unreadable("negative", text)
        if amount is not None:
            return Number(-amount[0] if sign else amount[0], "percent", None, approximate)
    if ratio := _RATIO.fullmatch(core):
        return _parse_ratio(ratio, text, approximate)
    amount = _amount(unsigned, count)
    if amount is None:
        return Unreadable(_why_not(core), text)
    if len(_NOT_DIGITS.sub("", unsigned)) > LONGEST_COUNT and (count or unsigned.isdigit()):
        return _too_long(text)
    number, assumed = amount
    if unsigned.startswith("0") and len(unsigned) > LONGEST_COUNT:
        return _too_long(text)
    return _judged(-number if sign else number, count, text, approximate, assumed)


def _amount(core: str, count: bool) -> tuple[Decimal, bool] | None:
    """(The value of digits with separators, whether thousands were assumed), or None."""
    core = core.strip()
    if len(core) > 40:
        return None
    if _WHOLE.fullmatch(core):
        return Decimal(core), False
    grouped = _GROUPED.fullmatch(core)
    if grouped:
        separator, groups = grouped[1], core.count(grouped[1])
        if core.startswith("0") and (groups > 1 or separator == " "):
            return None
        if groups > 1 or separator == " " or (count and not core.startswith("0")):
            return Decimal(
                core.replace(separator, "")
            ), groups == 1 and separator == pack().numbers.decimal
    if _GROUPED_DECIMAL.fullmatch(core):
        point = max(core.rfind("."), core.rfind(","))
        return Decimal(_NOT_DIGITS.sub("", core[:point]) + "." + core[point + 1 :]), False
    if _DECIMAL.fullmatch(core):
        try:
            return Decimal(core.replace(",", ".")), False
        except InvalidOperation:
            return None
    return None


def _parse_ratio(ratio: re.Match[str], text: str, approximate: bool) -> Number | Unreadable:
    numerator, denominator = (_amount(part, True) for part in ratio.groups())
    if numerator is None or denominator is None:
        return Unreadable(_why_not(ratio[0]), text)
    (above, one), (below, other) = numerator, denominator
    if above != above.to_integral_value() or below != below.to_integral_value():
        return Unreadable("several", text)
    if max(above, below) >= 10**LONGEST_COUNT:
        return _too_long(text)
    if below < above <= 31 and below <= 12:
        return Unreadable("date" if below else "several", text)  # 16/8 is a day, not 16 of 8
    if not below:
        return Unreadable("several", text)
    return Number(int(above), "ratio", int(below), approximate, one or other)


def _too_long(text: str) -> Unreadable:
    is_phone = parse_phone(text).status in ("ok", "landline")
    return Unreadable("phone" if is_phone else "too_large", text)


def _why_not(core: str) -> Reason:
    """Why a text with no single number in it is of no use."""
    digits = _NOT_DIGITS.sub("", core)
    if not digits:
        return "text"
    if len(core) <= 60 and _ANY_DATE.fullmatch(core):
        return "date"
    if len(digits) > LONGEST_COUNT and parse_phone(core).status in ("ok", "landline"):
        return "phone"
    return "several" if len(re.findall(r"\d[\d.,]*", core)) > 1 else "text"
