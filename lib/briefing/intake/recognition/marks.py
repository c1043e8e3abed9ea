"""Lines of the letterhead, title and closing of an office's report, told by how they begin."""

from __future__ import annotations

import re

from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.values.dates import find_dates
from briefing.intake.values.text import fold

NATIONAL = re.compile(r"^(cong hoa xa hoi chu nghia|doc lap tu do hanh phuc)")
ISSUER = re.compile(r"^(uy ban|ubnd|u b n d|hdnd)\b")
OFFICE = re.compile(
    r"^(ban chi dao|ban quan ly|trung tam|tram|benh vien|phong kham|so y te|phong y te|to covid"
    r"|hoi(?! nghi| hop)|truong(?! hop))\b"
)
TITLE = re.compile(r"^(bao cao|so lieu)\b")
FORM_NUMBER = re.compile(r"^(bieu )?mau (so )?0?[12]\b")
ADDRESSED = re.compile(r"^(kinh gui|noi nhan|can cu|thuc hien)\b")
CLOSING = re.compile(
    r"^(tm|kt|tl|tuq|nguoi (lap|bao cao|tong hop|viet|thuc hien)|thu truong|(pho )?chu tich"
    r"|ghi chu|noi nhan|luu|ky|xac nhan|tong|cong)\b"
)
DAY_LINE = re.compile(r"^ngay\b")
SIGNED = re.compile(r"^[^,;:]{2,40},\s*(ngày|ngay)\b", re.IGNORECASE)


def is_national(text: str) -> bool:
    """The state's name or its motto, as over every report."""
    return bool(NATIONAL.match(fold(text)))


def is_issuer(text: str) -> bool:
    """The line of a letterhead that names a people's committee, or begins to."""
    return bool(ISSUER.match(fold(text)))


def is_letterhead(text: str) -> bool:
    """A line that names the state, or the office that writes and not what it writes about."""
    return is_national(text) or is_issuer(text) or bool(OFFICE.match(fold(text)))


def is_title(text: str) -> bool:
    return bool(TITLE.match(fold(text)))


def is_addressed(text: str) -> bool:
    """To whom, or on the ground of which letter: the names and days in it are not the report's."""
    return bool(ADDRESSED.match(fold(text)))


def is_signed(text: str) -> bool:
    """Place and day over a signature: “…, ngày 16 tháng 8 năm 2021”."""
    return bool(SIGNED.match(text))


def opens_a_report(text: str, words: Vocabulary) -> bool:
    """Whether a line under a table begins the next report and does not close this one."""
    key = fold(text)
    if not key or CLOSING.match(key) or is_signed(text) or is_addressed(text):
        return False
    if any(mark.match(key) for mark in (NATIONAL, ISSUER, TITLE, FORM_NUMBER)):
        return True
    if words.names_a_unit(text) or words.units.find(text) or words.agencies.find(text):
        return True
    days = find_dates(text, year=words.campaign.dates.start.year)
    return bool(days and DAY_LINE.match(key))
