"""Of which unit a report is and about which day: by its content, then file's name, then folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any

from briefing.intake.dates import file_name_dates, find_dates
from briefing.intake.forms import Line
from briefing.intake.phones import mask
from briefing.intake.places import Places
from briefing.intake.submission import Finding
from briefing.intake.text import clean, fold
from briefing.intake.vocabulary import Vocabulary
from briefing.messages import Message

NATIONAL_LINE = re.compile(r"^(cong hoa xa hoi chu nghia|doc lap tu do hanh phuc)")
PRINTED_LINE = re.compile(r"^(ten co quan don vi|mau \d+|mau so \d+|so( \d|$)|v v |$)")
UNIT_LINE = re.compile(r"^(uy ban|ubnd|u b n d|hdnd)\b")
FOREIGN_LINE = re.compile(
    r"^(?:(?:uy ban nhan dan|ubnd|u b n d|hdnd va ubnd) )?(?:xa|phuong|thi tran) (?!hoi chu)\w"
)
SIGNED_LINE = re.compile(r"^[^,;:]{2,40},\s*(ngày|ngay)\b", re.IGNORECASE)
ADDRESSED_LINE = re.compile(r"^(kinh gui|noi nhan|can cu|thuc hien)\b")
TITLE_LINE = re.compile(r"^(bao cao|so lieu)\b")


@dataclass(frozen=True)
class Hint:
    """What the file's name and its folders say: the evidence that counts after the content."""

    units: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()

    @classmethod
    def from_path(cls, file: str, words: Vocabulary) -> Hint:
        """Read a path inside the inbox, the name before the folders."""
        path = PurePosixPath(file)
        year = words.campaign.dates.start.year
        pieces = [path.stem, *reversed(path.parts[:-1])]
        return cls(
            units=_first_resolved(words.units, pieces, initials=True),
            agencies=_first_resolved(words.agencies, pieces),
            dates=tuple(d for piece in pieces for d in file_name_dates(piece, year=year)),
        )


def _first_resolved(
    places: Places, pieces: list[str], *, initials: bool = False
) -> tuple[str, ...]:
    for piece in pieces:
        if codes := places.resolve(piece, initials=initials).codes:
            return codes
    return ()


@dataclass(frozen=True)
class Identity:
    """The unit or the day of a report, with what is to be said about how it was found."""

    value: Any
    text: str = ""
    findings: tuple[Finding, ...] = ()


#BODY
def _unit_conflict(code: str, other: str, line: Line, file: str, words: Vocabulary) -> Finding:
    return Finding(
        "warning", "unit_conflict", line.where, mask(line.text),
        Message(
            "the content is of {unit}, the file's name “{file}” says {other}; the content is taken",
            {"unit": words.names[code], "other": words.names[other], "file": file},
        ),
        Message("Check whose report this is; rename the file or correct the heading."),
    )  # fmt: skip


def _unit_ambiguous(codes: list[str], line: Line, words: Vocabulary) -> Finding:
    return Finding(
        "error", "unit_ambiguous", line.where, line.text,
        Message("this may be {units}", {"units": ", ".join(words.names[code] for code in codes)}),
        Message("Write the unit's full name in the heading or in the file's name."),
    )  # fmt: skip


def _unit_unknown(text: str, file: str) -> Finding:
    return Finding(
        "error", "unit_unknown", file, text,
        Message("the unit that sent this report is not recognised"),
        Message("Write the unit's full name in the heading or in the file's name."),
    )  # fmt: skip


def _date_missing(file: str) -> Finding:
    return Finding(
        "warning", "date_missing", file, "",
        Message("the report does not say which day it is about; the day of its arrival is taken"),
        Message("Write the day in the title, as in “(ngày 16 tháng 8 năm 2021)”."),
    )  # fmt: skip


def _date_outside(day: date, line: Line, words: Vocabulary) -> Finding:
    dates = words.campaign.dates
    return Finding(
        "error", "date_outside_campaign", line.where, line.text,
        Message(
            "{day} lies outside the campaign ({start} to {end})",
            {"day": _shown(day), "start": _shown(dates.start), "end": _shown(dates.end)},
        ),
        Message("Correct the date and send the report again."),
    )  # fmt: skip


def _date_conflict(day: date, other: date, line: Line) -> Finding:
    return Finding(
        "warning", "date_conflict", line.where, line.text,
        Message(
            "here the date is {other}, elsewhere {day}; {day} is taken",
            {"day": _shown(day), "other": _shown(other)},
        ),
        Message("Write the same day in the title, in the signing line and in the file's name."),
    )  # fmt: skip


def _shown(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
