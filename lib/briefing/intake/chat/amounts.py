"""The numbers of a sentence, each with what the words around it call it.

Days, hours, phones, the numbers of letters and of numbered things are no figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from briefing.intake.chat.linking import (
    Amount,
    Met,
    Role,
    called_last,
    called_left,
    called_right,
    linked,
)
from briefing.intake.detection.lines import Line
from briefing.intake.parsers.dates import FoundDate, find_dates
from briefing.intake.parsers.impossible_days import ImpossibleDay, impossible_days
from briefing.intake.parsers.nil import nil_in
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.text import clean, plain
from briefing.intake.tables.nil import Remark

EITHER = "\n"
"""In a text, the end of a line within a number, where there may as well be two numbers."""

_NUM = r"\d{1,3}(?:[.,\u00a0 ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?P<a>{_NUM})\s*(?:(?:nguoi|may)\s*)?(?:/|tren(?= ?\d))\s*(?P<b>{_NUM})(?!\w)"
    rf"|(?<![\w,.])(?P<rate>\d+(?:[.,]\d+)?)\s*(?:%|phan tram)"
    r"|(?<![\w.,])(?P<rough>\d{1,3}(?:[.,]\d{1,2})?(?:k|\s?(?:nghin|ngan))|\d{1,2}k\d"
    r"|\d{1,2}\s?(?:nghin|ngan)\s\d)(?!\w)(?![.,]\d)"
    r"(?!\s(?:\d|tram\b|chuc\b|muoi\b|ruoi\b|nghin\b|ngan\b|le\b|linh\b))"
    rf"|(?<![\w])(?<!\d[.,’'‘·*×_])(?P<count>(?>{_NUM}))(?![\d/])(?![.,’'‘·*×_]\d)(?!\w*\d)(?!\s?(?:k|tr|trieu)\b)"
)
_ODD = re.compile(  # what people write for a number, and is none to rely on
    r"(?<![\w.,])\d+(?:[.,]\d+)?\s?(?:k|tr|trieu|nghin|ngan|tram)(?:(?=\d)|(?![^\W\d]))"
    r"[\s\d.,]*(?:(?:nghin|ngan|tram|muoi|chuc|ruoi|le|linh)\b[\s\d.,]*)*"
)
_TIME = re.compile(
    r"(?<!\d)\d{1,2}\s?(?:h|gio|g)(?:\s?\d{2})?(?!\w)(?:\s?(?:phut|p|'))?|(?<!\d)\d{1,2}:\d{2}(?!\d)"
)
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)\d(?:[ .-]?\d){7,9}(?!\d)")
_NAMED = re.compile(
    r"(?<!\d)\d+\s?/\s?[a-z]{2,}[\w-]*"  # the number of a letter
    r"|\b(?:cong van|cv|ke hoach|kh|thong bao|van ban|quyet dinh|chi thi)(?: so)?:?\s*\d+"
    r"(?!\d*[.,/]?\d)"
    r"|\bcovid\W?\s*19\b|\bmau\s*(?:so\s*)?0?\d\b|\bnam\s+20\d\d\b"
    r"|\b(?:khu pho|kp|thon|xom|to|doi|quy|dot|tuan|thu|lan|muc|dieu|nhom|lop|(?<!trong )ngay)"
    r"\s*\.?\s*0?\d{1,2}(?![\d.,]*\d)(?!\s*(?:nguoi|may|%|truong hop))"
)
_LIST_MARK = re.compile(r"^\s*+[-+*•]*+\s*+\d{1,2}\s*+(?:[.)](?!\d)|[-–]\s+(?=\D)|/\s+)")
_APPROXIMATE = re.compile(
    r"(?:\b(?:khoang|gan|hon|uoc(?: tinh)?|tam|chung|xap xi|duoi|toi da|it nhat)\b|[~≈])[\s:]*$"
)
_APOSTROPHE = re.compile(r"(?<=\d)[’'‘´`٬](?=\d{3}(?!\d))")  # thousands, as some machines write
_OVER = re.compile(r"\btren\s*$")
CALLED = "lk"  # shorter than any words of a nil report; what “như hôm qua (1.250)” calls its number
_GIVES = re.compile(r"[\s:=(–-]*(?:(?:la|so|luy ke|lk|tong|o|muc|voi)\s+)*[1-9]")
_ITEM = re.compile(r"\s*\d{1,2}[\s.,)/–-]*")
_WORDED_BEFORE = re.compile(r"\b(?:tram|nghin|ngan|muoi|trieu|linh|le)\s*$")
_WORDED_BEHIND = re.compile(r"\s*(?:tram|nghin|ngan|trieu)\b")
# Counts of the day, if no word of a report's comes between: “hôm nay 16/8 đã cài 45 máy”.
_OF_A_DAY = re.compile(
    r"\b(?<!den )(?<!den ngay )(?:trong ngay|hom nay|h\.? ?nay|(?P<before>hom qua|h\.? ?qua))\b"
    r"(?:(?!bao cao|bc\b|tong|den)[^,;:]){0,120}\b(?:da )?cai(?: dat)?(?: duoc)?[\s:]*$"
)


@dataclass(frozen=True)
class MessageAmounts:
    """The numbers of a message, and what in it says that nothing is new."""

    amounts: tuple[Amount, ...]
    nil: Remark | None = None


def amounts_in(lines: Iterable[Line], *, year: int) -> MessageAmounts:
    """The figures in lines of text; a name that ends a line counts for the next one's number."""
    found: list[Amount] = []
    carried: Role = "none"
    nil: Remark | None = None
    for line in lines:
        text = masked(_unbroken(line.text), year)
        for start, end in nil_in(text):
            nil = nil or Remark(line.where, _unbroken(line.text)[start:end].strip())
            before = "" if _ITEM.fullmatch(text[:start]) else text[:start]
            called = CALLED if _GIVES.match(text[end:]) else ""
            text = before.rjust(start) + called.ljust(end - start) + text[end:]
        own = _in_line(text, line, carried)
        found += own
        carried = "none" if own else called_last(text, carried)
    return MessageAmounts(tuple(found), nil)


def odd_number(text: str) -> str:
    """What stands in a text in the place of a number and is none: “5 nghìn 432”; else ""."""
    text = unicodedata.normalize("NFC", text)
    match = _ODD.search(plain(text))
    return text[slice(*match.span())].strip(" .,") if match else ""


def figures_alone(text: str, *, first: date, last: date) -> str:
    """A text in plain letters, blanks in the place of digits that are no figures: days from first
    to last, hours, phones, numbers of letters. “10/11” is no day of August."""
    return masked(text, first.year, lambda item: first <= item.date <= last)


def left_over(line: Line, year: int) -> str:
    """The digits of a line that are of no day, hour, phone or numbered thing, up to its last."""
    digits = [at for at, char in enumerate(masked(line.text, year)) if char.isdigit()]
    written = unicodedata.normalize("NFC", line.text)
    return written[digits[0] : digits[-1] + 1] if digits else ""


def is_torn(text: str, at: int) -> bool:
    """Whether a ratio, a rate, an hour, a phone or a numbered thing reaches over a place in a
    text of plain letters."""
    over = [m for m in _NUMBER.finditer(text) if m["a"] or m["rate"]]
    over += [*_TIME.finditer(text), *_NAMED.finditer(text)]
    if not any(phone.end() == at for phone in _PHONE.finditer(text[:at])):
        over += _PHONE.finditer(text)
    return any(match.start() < at < match.end() - 1 for match in over)


def masked(text: str, year: int, is_day: Callable[[FoundDate], bool] = lambda _item: True) -> str:
    """The text in plain letters, blanks in the place of digits that are no figures."""
    text = unicodedata.normalize("NFC", text)
    low = _APOSTROPHE.sub(".", plain(text))
    days: list[FoundDate | ImpossibleDay] = [*filter(is_day, find_dates(text, year=year))]
    for item in (*days, *impossible_days(text, year=year)):
        low = low[: item.start] + _blank(low[item.start : item.end]) + low[item.end :]
    for pattern in (_PHONE, _TIME, _NAMED, _LIST_MARK):
        low = pattern.sub(lambda match: _blank(match[0]), low)
    return low


def _blank(text: str) -> str:
    return "".join(char if not char.isdigit() and char not in "/.-:" else " " for char in text)


def _in_line(text: str, line: Line, carried: Role) -> list[Amount]:
    written = _unbroken(line.text)
    matches = list(_NUMBER.finditer(text))
    found: list[Met] = []
    taken_to = 0  # up to where words already belong to a number before them
    for i, match in enumerate(matches):
        number = _number(match)
        left = text[max(taken_to, matches[i - 1].end() if i else 0) : match.start()]
        right = text[match.end() : matches[i + 1].start() if i + 1 < len(matches) else len(text)]
        role = called_left(left)
        rated = i + 1 < len(matches) and matches[i + 1]["rate"]  # a share is of all, not a day's
        if role == "total" and match["count"] and not rated and (day := _OF_A_DAY.search(left)):
            role = "other" if day["before"] else "trong_ngay"
        behind, used = called_right(right)
        if i + 1 < len(matches) and _leads_in(right[used:], text[matches[i + 1].end() :]):
            behind, used = "none", 0  # “chiều 25 lk 5432”
        if role == "none" or (role == "total" and behind == "denominator"):
            role, taken_to = behind, match.end() + used
        if role == "none" and i == 0:
            role = carried
        if number is None or _in_words(left, right) or _of_three(text, match):
            continue
        if i and not left.strip() and _short(match) and _short(matches[i - 1]) and found:
            role = found[-1].amount.role  # “54 32”: neither is the number
        if i and not left.strip() and _short(match) and found and _is_decimal(found[-1].amount):
            continue  # “5,43 2”
        rough = _APPROXIMATE.search(left) or (_OVER.search(left) and match["count"])
        rough = rough or right.startswith("?")
        number = replace(number, approximate=number.approximate or bool(rough))
        number = _as_rate(number) if role == "rate" else number
        rounded = written[slice(*match.span())] if match["rough"] else ""
        torn = _torn(line.text, *match.span())
        found.append(Met(Amount(number, role, line.where, rounded, torn), left, right))
    return linked(found)


def _unbroken(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace(EITHER, "")


def _torn(text: str, start: int, end: int) -> tuple[str, ...]:
    """The parts of a number in which a line ended that need not be one; places without the end."""
    at = unicodedata.normalize("NFC", text).find(EITHER)
    return (_unbroken(text)[start:at].strip(), _unbroken(text)[at:end]) if start < at < end else ()


def _leads_in(gap: str, after: str) -> bool:
    """Whether words behind a number stand at the next one's door, and nothing behind that."""
    return not gap.strip(" :=") and called_right(_NUMBER.split(after, maxsplit=1)[0])[0] == "none"


def _in_words(left: str, right: str) -> bool:
    """Whether digits are only part of a number in words: “5 nghìn 432”."""
    return bool(_WORDED_BEFORE.search(left) or _WORDED_BEHIND.match(right))


def _of_three(text: str, match: re.Match[str]) -> bool:
    """Whether a ratio is of three numbers, “45/5432/10130”, or this is the third one."""
    behind, before = text[match.end() :].lstrip(), text[: match.start()].rstrip()
    return bool(match["a"] and behind[:1] == "/") or before.endswith("/")


def _short(match: re.Match[str]) -> bool:
    return bool(match["count"]) and len(match["count"]) <= 3


def _is_decimal(amount: Amount) -> bool:
    return amount.number.kind == "decimal"


def _number(match: re.Match[str]) -> Number | None:
    number = parse_number(clean(match[0]), count=not match["rate"])
    if match["rough"]:
        return _in_thousands(match["rough"])
    if match["count"]:
        number = parse_number(match["count"])
        if not isinstance(number, Number):
            number = parse_number(match["count"], count=False)
    elif match["a"]:
        number = parse_number(f"{match['a']}/{match['b']}")
    return number if isinstance(number, Number) else None


def _in_thousands(text: str) -> Number:
    """A count in thousands: “4.3k”, “2,7 nghìn”, “3k2” (3,200)."""
    found = re.fullmatch(r"([\d.,]+)\D*(\d?)", text)
    assert found is not None  # the text begins with a number
    thousands, behind = found.groups()
    value = Decimal(thousands.replace(",", ".") + (f".{behind}" if behind else ""))
    return Number(int(value * 1000), "count", approximate=True)


def _as_rate(number: Number) -> Number:
    """“đạt 53,6” without its sign of per cent."""
    return Number(number.value, "percent") if number.kind == "decimal" else number
