"""Offices that bear the name of the unit they are in: “Trường THCS …”, “Công an phường …”.

Their figures are their own: a school's staff is not the commune's people.
"""

from __future__ import annotations

import re
import unicodedata

from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.values.places import Match
from briefing.intake.values.text import plain

_GAP = r"[\W_]{1,3}"
_KINDS = (
    "thcs", "thpt", "ptth", "tieu hoc", "mam non", "mau giao", "trung hoc(?: co so| pho thong)?",
    "cong an", "tram y te", "benh vien(?: [a-z]+){0,3}", "buu dien", "cong ty(?: [a-z]+){0,4}",
    "quan su", "doan (?:thanh nien|tn)", "mat tran(?: tq(?:vn)?)?", "(?:ub)?mttq(?:vn| viet nam)?",
    "hoi (?:lhpn|lien hiep phu nu|phu nu|pn|nong dan|nd|cuu chien binh|ccb|nguoi cao tuoi|nct"
    "|chu thap do|ctd)",
    "(?:htx|hop tac xa)(?: [a-z]+){0,3}",
)  # fmt: skip
_INITIALS = re.compile(r"(?<![^\W_])(?:CA|MN|MG|TYT|TH[\W_]{1,3}[Ss]ố[\W_]{1,3}\d)[\W_]{1,3}$")
_KIND = "|".join(_KINDS).replace(" ", _GAP)


_DISTRICT = re.compile(
    r"(?<![^\W_])(?:(?:huyen|thi xa|thanh pho|tx|tp)[\W_]{1,3}\||thi[\W_]{1,3}\|xa\b)"
)


def own_names(text: str, words: Vocabulary) -> list[tuple[Match, ...]]:
    """The units that a text names, each as all that it may be, but for those that are only part of
    an office's name, or called as the district is: “UBND thị xã …”."""
    written = plain(unicodedata.normalize("NFC", text))
    return [
        names
        for names in words.units.named(text)
        if office_start(text, (first := names[0]), words) is None
        and not _DISTRICT.search(f"{written[: first.start]}|{written[first.start : first.end]}")
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
    for agency in words.agencies.find(text):
        if agency.start < unit.start and unit.end <= agency.end:
            return agency.start
    before = unicodedata.normalize("NFC", text)[: unit.start]
    types = "|".join(map(re.escape, (*words.unit_types, "p", "x", "tt")))
    typed = re.search(rf"(?<![^\W_])(?:{types}){_GAP}$", plain(before))
    before = before[: typed.start()] if typed else before
    found = re.search(
        rf"(?<![^\W_])(?:truong{_GAP})?(?:{_KIND})(?:{_GAP}so{_GAP}\d+)?{_GAP}$", plain(before)
    ) or _INITIALS.search(before)
    return found.start() if found else None
