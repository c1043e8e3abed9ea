"""Phone numbers as typed, and how they may be shown: masked, or as a keyed hash.

Vietnam's numbering plan is data: `data/phone_prefixes.csv` (mobile, landline, ambiguous) and
`data/phone_conversion_2018.csv` (the 11-digit numbers that became 10-digit ones in 2018). A locale
pack without a plan of its own goes by that of libphonenumber for its region.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from struct import unpack
from typing import Literal

from briefing.intake.parsers.text import clean, fold, plain
from briefing.locale.pack import Worded, pack, remembered, telephone_plans

Status = Literal["ok", "missing", "ditto", "invalid", "landline", "rejected"]
Note = Literal["phone_zero_restored", "phone_letter_replaced", "phone_converted", "phone_ambiguous"]


@dataclass(frozen=True, slots=True)
class Phone:
    """What a cell says about a phone.

    Attributes:
        number: Ten digits beginning with 0 when `status` is "ok", else None; in another country
            as E.164 has it, "+254712345678".
        status: "missing" nothing, or words that say there is none; "ditto" as in the row above;
            "landline" a number that can't hold the app; "rejected" digits lost to scientific
            notation; "invalid" anything else that is no mobile number.
        notes: Rules that the number went through. "phone_ambiguous": mobile, or a landline as
            it was written before 2017.
        second: A further mobile number in the same cell.
    """

    number: str | None
    status: Status
    notes: tuple[Note, ...] = ()
    second: str | None = None


LONGEST_TEXT = 200  # characters; more is prose

_MISSING = Phone(None, "missing")
_DITTO = Phone(None, "ditto")
_INVALID = Phone(None, "invalid")
_LANDLINE = Phone(None, "landline")
_REJECTED = Phone(None, "rejected")
_ZERO_LOST = Phone(None, "ok", ("phone_zero_restored",))

_NONE_MARKS = re.compile(r"[\s.…_\-–—'’`/]?|[.…_\-–—]+|0")
_DITTO_MARKS = re.compile("[\"”“〃″]{1,2}|''|’’|//|,,")
_NONE_WORDS = Worded("«phones.none»(?: «phones.none_verbs»)?(?: «phones.none_nouns»)?")
_ABROAD = Worded(r"\+(?!\s*«phones.country»)|\d\s*\+")
_OWN_COUNTRY = Worded(r"[\s(]*\+\s*«phones.country»")
_SCIENTIFIC = re.compile(r"(\d)[.,]?(\d*)e\+?(\d{1,2})")
_LETTER_O = re.compile(r"(?<![^\W\d_])o+(?=\d)|(?<=\d)o+(?![^\W\d_])|(?<=\d)o+(?=\d)")
_LETTER_L = re.compile(r"(?<=\d)[li](?=\d)|(?<=\d)[li]$")
_PARTS = re.compile(r"[^\d\s.\-–—()+]+|\s[-–—]\s")
_DIGITS = re.compile(r"\d+")
_NOT_DIGITS = re.compile(r"\D+")


@cache
def _plan() -> tuple[dict[str, str], dict[str, str]]:
    """(Prefix → kind, old prefix → new prefix), prefixes with their leading 0."""
    data = files("briefing.intake") / "data"
    prefixes, conversion = (
        csv.DictReader((data / name).read_text(encoding="utf-8").splitlines())
        for name in ("phone_prefixes.csv", "phone_conversion_2018.csv")
    )
    kinds = {row["prefix"]: row["kind"] for row in prefixes}
    return kinds, {row["old_prefix"]: row["new_prefix"] for row in conversion}


def parse_phone(value: object) -> Phone:
    """Read one cell that should hold a mobile number.

    Args:
        value: As the reader of the file gives it; Excel often makes a float of a number.

    Returns:
        The first mobile number of the cell, or why there is none. Never raises.
    """
    if value is None or value == "":
        return _MISSING
    if isinstance(value, bool):
        return _INVALID
    return _parse(value) if isinstance(value, str) else _parse(clean(value))


def parse_phones(values: Sequence[object]) -> tuple[list[str | None], dict[int, Phone]]:
    """Read a column of cells that should each hold a mobile number; quick where they do.

    Returns:
        The number in each cell, `None` without one; and, by position, what is to be said of the
        cells that hold anything but the ten digits of a number, in groups or not (their `number`
        may be left out there).
    """
    numbers = _plain_numbers(values)
    others: dict[int, Phone] = {}
    for rewritten, note in ((_with_zero, _ZERO_LOST), (_ungrouped, None)):  # there are many of each
        left = [i for i, number in enumerate(numbers) if number is None]
        found = _plain_numbers([rewritten(values[i]) for i in left])
        for i, number in zip(left, found, strict=True):
            if number is not None:
                numbers[i] = number
                if note:
                    others[i] = note
    for i in [i for i, number in enumerate(numbers) if number is None]:
        others[i] = phone = parse_phone(values[i])
        if phone.status == "ok":
            numbers[i] = phone.number
    return numbers, others


def _plain_numbers(values: Iterable[object]) -> list[str | None]:
    """Of each value the mobile number, where it is ten digits of which nothing is to be said."""
    prefixes = _plain_prefixes()
    return [
        value
        if type(value) is str
        and len(value) == 10
        and value[:3] in prefixes
        and value.isascii()
        and value.isdigit()
        and value not in _HELD_DOWN
        else None
        for value in values
    ]


def _with_zero(value: object) -> str | None:
    """The digits of a number in the workbook, which has lost its zero."""
    if type(value) is float and 1e8 <= value < 1e9 and value % 1 == 0:
        return f"0{int(value)}"
    return None


def _ungrouped(value: object) -> str | None:
    """The digits of a text in which they are set in groups."""
    if type(value) is str and 10 < len(value) < 16 and value[-2:] != ".0":
        return value.replace(" ", "").replace(".", "")
    return None


_HELD_DOWN = frozenset(f"0{digit * 9}" for digit in "0123456789")


@remembered(maxsize=1)
def _plain_prefixes() -> frozenset[str]:
    """The prefixes of which nothing is to be said."""
    if pack().phones.plan != "own":
        return frozenset()
    return frozenset(prefix for prefix, kind in _plan()[0].items() if kind == "mobile")


@remembered(maxsize=1 << 14)
def _parse(raw: str) -> Phone:
    packed = raw.replace(" ", "").replace(".", "").replace("\xa0", "")
    if 9 <= len(packed) <= 11 and packed.isdecimal() and packed.isascii() and raw[-2:] != ".0":
        return _one_number(packed) or _INVALID
    text = plain(clean(raw))
    if len(text) > LONGEST_TEXT:
        return _INVALID
    if without := _without_a_number(text):
        return without
    if expanded := _SCIENTIFIC.fullmatch(text):
        all_digits = len(expanded[2]) == int(expanded[3])
        return (_one_number(expanded[1] + expanded[2]) or _INVALID) if all_digits else _REJECTED
    text, restored = _LETTER_O.subn(lambda o: "0" * len(o[0]), text.lstrip("'’`\" "))
    text, replaced = _LETTER_L.subn("1", text)
    found = _several(text)
    if replaced and found.status == "ok":
        return Phone(found.number, "ok", ("phone_letter_replaced", *found.notes), found.second)
    if restored and found.status == "ok" and "phone_zero_restored" not in found.notes:
        return Phone(found.number, "ok", ("phone_zero_restored", *found.notes), found.second)
    return found


def _without_a_number(text: str) -> Phone | None:
    if _DITTO_MARKS.fullmatch(text):
        return _DITTO
    if _NONE_MARKS.fullmatch(text):
        return _MISSING
    words = fold(text)
    if words in pack().phones.ditto:
        return _DITTO
    return _MISSING if _NONE_WORDS.fullmatch(words) else None


def _several(text: str) -> Phone:
    """Every number of a cell: the whole of it as one, else part by part."""
    if not _ABROAD.search(text) and (one := _one_number(_NOT_DIGITS.sub("", text))):
        return one
    parts = [part for part in _PARTS.split(text) if _DIGITS.search(part)]
    found = [phone for part in parts for phone in _in_one_part(part)]
    mobiles = [phone for phone in found if phone.status == "ok"]
    if not mobiles:
        return next((phone for phone in found if phone.status == "landline"), _INVALID)
    first = mobiles[0]
    second = next((p.number for p in mobiles[1:] if p.number != first.number), None)
    return Phone(first.number, "ok", first.notes, second)


def _in_one_part(part: str) -> Iterator[Phone]:
    """Numbers written with nothing but spaces, dots and dashes between them; all must be whole."""
    if "+" in part.lstrip() and not _OWN_COUNTRY.match(part):
        return
    if one := _one_number(_NOT_DIGITS.sub("", part)):
        yield one
        return
    found, digits = [], ""
    for group in _DIGITS.findall(part):
        digits += group
        if phone := _one_number(digits):
            found.append(phone)
            digits = ""
    if not digits:
        yield from found


def _one_number(digits: str) -> Phone | None:
    """A run of digits as one number, its country code taken off."""
    if pack().phones.plan != "own":
        return _by_library(digits, pack().region)
    if not 9 <= len(digits) <= 15:
        return None
    if digits.startswith("0084"):
        digits = "0" + digits[4:].removeprefix("0")
    elif digits.startswith("84") and len(digits) > 10:
        digits = "0" + digits[2:].removeprefix("0")
    elif digits.startswith("084") and len(digits) == 12:
        digits = "0" + digits[3:]
    return _read(digits)


@remembered(maxsize=1 << 14)
def _read(digits: str) -> Phone | None:
    kinds, new = _plan()
    notes: tuple[Note, ...] = ()
    if not digits.startswith("0"):
        digits, notes = "0" + digits, ("phone_zero_restored",)
    if len(digits) == 11:
        if digits[:2] in kinds:
            return _LANDLINE
        if digits[:4] not in new:
            return None
        converted = new[digits[:4]] + digits[4:]
        return Phone(converted, "ok", (*notes, "phone_converted")) if _varied(converted) else None
    kind = kinds.get(digits[:3])
    if len(digits) != 10 or kind is None or not _varied(digits):
        return None
    return Phone(digits, "ok", (*notes, "phone_ambiguous") if kind == "ambiguous" else notes)


def _by_library(digits: str, region: str) -> Phone | None:
    """The same by the numbering plan of a region, as libphonenumber has it."""
    plans = telephone_plans()
    try:
        number = plans.parse(digits, region)
    except plans.NumberParseException:
        return None
    kind = plans.number_type(number)
    if not plans.is_valid_number_for_region(number, region) or not _varied(digits):
        return None
    if kind not in (plans.PhoneNumberType.MOBILE, plans.PhoneNumberType.FIXED_LINE_OR_MOBILE):
        return _LANDLINE if kind == plans.PhoneNumberType.FIXED_LINE else None
    bare = digits == plans.national_significant_number(number)
    lost = bare and plans.ndd_prefix_for_region(region, True) == "0"
    written = plans.format_number(number, plans.PhoneNumberFormat.E164)
    return Phone(written, "ok", ("phone_zero_restored",) if lost else ())


def _varied(digits: str) -> bool:
    """Whether it is not one digit held down: 0999999999 fills a cell, it calls nobody."""
    return len(set(digits[1:])) > 1


_SHOWN = 20  # characters of a text without digits that may be shown
_FOR_DIGITS = str.maketrans("OoIl", "0011")
_WITH_LETTERS = re.compile(r"(?<![^\W\d_])[\dOo](?:[\W_]{0,3}[\dOoIl]){8,}(?![^\W\d_])")
_LONG_NUMBER = re.compile(r"(?<!\d)0\d{9}(?!\d)|\d(?:[\W_]{0,3}\d){6,}")


def mask(number_or_text: str) -> str:
    """A number or a cell as it may be shown: "0912345678" → "0912xxx678".

    Every run of seven digits or more, also with separators inside, loses at least three. A text
    without digits is cut after 20 characters.
    """
    digits = _WITH_LETTERS.sub(_in_digits, number_or_text)
    masked = _LONG_NUMBER.sub(_masked, digits)
    return masked if re.search(r"\d", masked) else masked[:_SHOWN]


def _in_digits(match: re.Match[str]) -> str:
    """A number in which letters were typed for digits, if it is as long as that of a telephone."""
    text = match[0].translate(_FOR_DIGITS)
    return text if sum(map(str.isdigit, text)) >= 9 else match[0]


def _masked(match: re.Match[str]) -> str:
    digits = _NOT_DIGITS.sub("", match[0])
    tail = 3 if len(digits) >= 9 else 2
    head = min(4, len(digits) - 3 - tail)
    return f"{digits[:head]}xxx{digits[-tail:]}"


def hash_phones(numbers: Sequence[str | None], key: bytes) -> list[int | None]:
    """Each number as one below 2⁶⁴ that only the holder of the key can make again.

    Raises:
        ValueError: The key is empty or longer than 64 bytes.
    """
    if not 0 < len(key) <= 64:
        raise ValueError(f"a key of 1 to 64 bytes is needed, got {len(key)}")
    copy = blake2b(key=key, digest_size=8).copy
    digests = []
    for number in numbers:
        if number is not None:
            one = copy()
            one.update(number.encode("utf-8", "surrogatepass"))
            digests.append(one.digest())
    hashes = iter(unpack(f">{len(digests)}Q", b"".join(digests)))
    return [None if number is None else next(hashes) for number in numbers]
