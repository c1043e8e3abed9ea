"""Lines of an office's report told by how they begin, and offices that bear the name of the unit
they are in: “Trường THCS …”, “Công an phường …”.

Their figures are their own: a school's staff is not the unit's people.
"""

from __future__ import annotations

import re
import unicodedata

from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.places import Match
from briefing.intake.parsers.text import fold, plain
from briefing.locale.pack import Worded, pack

_GAP = r"[\W_]{1,3}"
_INITIALS = Worded(r"(?<![^\W_])«offices.initials»[\W_]{1,3}$")
_INSTITUTION = Worded(  # of which the spaces are any gap
    r"(?<![^\W_])(?:«offices.school» )?«offices.institutions»(?: «offices.numbered» \d+)? $",
    gap=_GAP,
)
_PARENT = Worded(r"(?<![^\W_])«offices.parent_apart»")
NATIONAL = Worded("^«letters.national»")
ISSUER = Worded(r"^«letters.issuer»\b")
OFFICE = Worded(r"^«letters.office»\b")
TITLE = Worded(r"^«letters.title»\b")
FORM_NUMBER = Worded(r"^«letters.form_number» 0?[12]\b")
ADDRESSED = Worded(r"^«letters.addressed»\b")
CLOSING = Worded(r"^«letters.closing»\b")
DAY_LINE = Worded(r"^«dates.day»\b")
SIGNED = Worded(r"^[^,;:]{2,40},\s*«dates.day_written»\b", re.IGNORECASE)


def own_names(text: str, words: Vocabulary) -> list[tuple[Match, ...]]:
    """The units that a text names, each as all that it may be, but for those that are only part of
    an office's name, or called as the parent is: “UBND thị xã …”."""
    written = plain(unicodedata.normalize("NFC", text))
    return [
        names
        for names in words.units.named(text)
        if office_start(text, (first := names[0]), words) is None
        and not _PARENT.search(f"{written[: first.start]}|{written[first.start : first.end]}")
    ]


def names_an_office(text: str, words: Vocabulary) -> bool:
    """Whether a text names units, each as part of the name of an office in it."""
    found = words.units.find(text)
    return bool(found) and all(office_start(text, m, words) is not None for m in found)


def office_start(text: str, unit: Match, words: Vocabulary) -> int | None:
    """Where the name of an office begins that ends with this unit's name; else `None`.

    Args:
        text: Any text; positions refer to its NFC form, as those of the match do.
    """
    for body in words.bodies.find(text):
        if body.start < unit.start and unit.end <= body.end:
            return body.start
    before = unicodedata.normalize("NFC", text)[: unit.start]
    types = "|".join(map(re.escape, (*words.unit_types, *pack().offices.unit_initials)))
    typed = re.search(rf"(?<![^\W_])(?:{types}){_GAP}$", plain(before))
    before = before[: typed.start()] if typed else before
    found = _INSTITUTION.search(plain(before)) or _INITIALS.search(before)
    return found.start() if found else None


def is_national(key: str) -> bool:
    """The state's name or its motto, as over every report.

    Args:
        key: A line's text, folded; so of what follows here.
    """
    return bool(NATIONAL.match(key))


def is_issuer(key: str) -> bool:
    """The line of a letterhead that names a people's committee, or begins to."""
    return bool(ISSUER.match(key))


def is_letterhead(key: str) -> bool:
    """A line that names the state, or the office that writes and not what it writes about."""
    return is_national(key) or is_issuer(key) or bool(OFFICE.match(key))


def is_title(key: str) -> bool:
    return bool(TITLE.match(key))


def is_addressed(key: str) -> bool:
    """To whom, or on the ground of which letter: the names and days in it are not the report's."""
    return bool(ADDRESSED.match(key))


def is_signed(text: str) -> bool:
    """Place and day over a signature: “…, ngày 16 tháng 8 năm 2021”."""
    return bool(SIGNED.match(text))


def opens_a_report(text: str, words: Vocabulary) -> bool:
    """Whether a line under a table begins the next report and does not close this one."""
    key = fold(text)
    if not key or CLOSING.match(key) or is_signed(text) or is_addressed(key):
        return False
    if any(mark.match(key) for mark in (NATIONAL, ISSUER, TITLE, FORM_NUMBER)):
        return True
    if words.names_a_unit(key) or words.units.find(text) or words.bodies.find(text):
        return True
    days = find_dates(text, year=words.campaign.dates.start.year)
    return bool(days and DAY_LINE.match(key))
