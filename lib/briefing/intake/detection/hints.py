"""What the names around a report say: of its sheet, its file and its folders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import PurePosixPath

from briefing.intake.detection.marks import names_an_office
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.detection.weeks import dates_of_weeks
from briefing.intake.parsers.dates import file_name_dates
from briefing.intake.parsers.text import CAPITALS, JOINED, fold
from briefing.locale.pack import Worded

INITIALS = re.compile(rf"(?<![^\W\d_])[{CAPITALS}]{{2,3}}(?![^\W\d_])")
DAY_NUMBER = Worded(r"^(?:«dates.day» )?(?P<day>\d{1,2})$")  # one of several sheets
NOT_LETTERS = re.compile(r"[\W\d_]+")
BREAKS = re.compile(r"[-–—,;()\[\]{}|_]+")  # no break between two parts of a name, in a file's name
APART = Worded(r"\b«places.compass»\b(?! ?20\d\d)")  # “năm 2021” is no part of a name
FILLERS = Worded(r"\b«names.fillers»\b")


@dataclass(frozen=True)
class Name:
    """One name and what it says; several units where it is not certain which."""

    text: str
    units: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()

    @classmethod
    @lru_cache(maxsize=1 << 10)  # each sheet of a workbook asks for those of all its sheets
    def of(cls, text: str, words: Vocabulary, *, initials: bool) -> Name:
        bodies = words.bodies.resolve(text).codes
        units = _units_in(text, words, initials=initials)
        if not (units or bodies):
            bare = FILLERS.sub(" ", fold(NOT_LETTERS.sub(" ", JOINED.sub(" ", text))))
            misspelt = words.units.resolve(" ".join(bare.split()), fuzzy=True)
            units = misspelt.codes if misspelt.code else ()
        if names_an_office(text, words):
            units = ()
        days = file_name_dates(_without_codes(text, units), year=words.campaign.dates.start.year)
        days = days or dates_of_weeks(text, words)
        return cls(text, units, bodies, tuple(days))


def _numbered(sheet: Name, words: Vocabulary) -> Name:
    """The name of a sheet that is a day's number alone, “16”, with the one day it can be."""
    match = DAY_NUMBER.match(fold(sheet.text))
    if not match or sheet.dates:
        return sheet
    dates = words.campaign.dates
    span = (dates.start + timedelta(days=i) for i in range((dates.end - dates.start).days + 1))
    days = [day for day in span if day.day == int(match["day"])]
    return replace(sheet, dates=tuple(days)) if len(days) == 1 else sheet


def _units_in(text: str, words: Vocabulary, *, initials: bool) -> tuple[str, ...]:
    """The units that a name says; the longest one, over all breaks: “Hoài Châu - Bắc”."""
    text = BREAKS.sub(" ", text)
    found = words.units.resolve(text, initials=initials)
    if coded := words.units_by_code(text):  # it is certain, and breaks a tie of names
        same = found.how == "initials" or not found.codes or set(coded) <= set(found.codes)
        return coded if same else (*found.codes, *coded)
    if found.how in ("initials", "ambiguous") and not words.units.resolve(text).code:
        return _spelt_on(text, found.codes, words) or found.codes
    if found.code and (other := _with_a_part_apart(text, found.code, words)):
        return (found.code, other)
    return found.codes


def _with_a_part_apart(text: str, code: str, words: Vocabulary) -> str | None:
    """The unit whose name a part of the compass elsewhere may complete: “HoaiChau-16-8-Bac”."""
    name = next((row.name for row in words.campaign.unit_rows if row.unit_code == code), "")
    longer = (words.units.resolve(f"{name} {part[0]}").code for part in APART.finditer(fold(text)))
    return next((other for other in longer if other and other != code), None)


def _spelt_on(text: str, codes: Sequence[str], words: Vocabulary) -> tuple[str, ...]:
    """The unit whose name goes on in words behind its initials: “TQ Bắc” is not Tam Quan."""
    name = {row.unit_code: row.name for row in words.campaign.unit_rows}
    longer = {
        found
        for code in codes
        for match in INITIALS.finditer(text)
        if (
            found := words.units.resolve(
                text[: match.start()] + name[code] + text[match.end() :]
            ).code
        )
        and found not in codes
    }
    return tuple(longer) if len(longer) == 1 else ()


def _without_codes(text: str, units: Sequence[str]) -> str:
    """The name without a unit's code in it, whose digits are no date."""
    for code in units:
        text = text.replace(code, " ")
    return text


@dataclass(frozen=True)
class Hint:
    """The names around a report, the nearest first: the evidence that counts after the content.

    Attributes:
        sheet: The name of its sheet, where that says anything.
        names: The file's name without its ending, then its folders.
    """

    names: tuple[Name, ...] = ()
    sheet: Name | None = None

    @classmethod
    def from_path(cls, file: str, words: Vocabulary) -> Hint:
        """Read a path inside the inbox.

        Initials such as BS count in the name alone: a folder of two letters may mean anything.
        """
        path = PurePosixPath(file)
        folders = reversed(path.parts[:-1])
        return cls(
            (
                Name.of(path.stem, words, initials=True),
                *(Name.of(folder, words, initials=False) for folder in folders),
            )
        )

    def of_sheet(self, name: str, words: Vocabulary, siblings: Sequence[str] = ()) -> Hint:
        """The same for one sheet.

        Args:
            name: The sheet's; of anything else, "".
            siblings: The names of all sheets. Where they stand for several units or days, the
                file's own name says nothing about a single one of them.
        """
        if not name:
            return self
        sheet = Name.of(name, words, initials=not self.units)
        others = [Name.of(other, words, initials=not self.units) for other in siblings]
        if len(numbered := [other for other in siblings if DAY_NUMBER.match(fold(other))]) > 1:
            sheet = _numbered(sheet, words) if name in numbered else sheet
            others = [_numbered(other, words) for other in others]
        several_units = bool(sheet.units) and len({o.units for o in others if o.units}) > 1
        several_days = bool(sheet.dates) and len({o.dates for o in others if o.dates}) > 1
        names = tuple(
            Name(n.text, () if several_units else n.units, n.bodies,
                 () if several_days else n.dates)
            for n in self.names
        )  # fmt: skip
        return Hint(names, sheet)

    @property
    def all_names(self) -> tuple[Name, ...]:
        return (self.sheet, *self.names) if self.sheet else self.names

    @property
    def all_units(self) -> tuple[tuple[str, ...], ...]:
        """What each name that names a unit says."""
        return tuple(name.units for name in self.all_names if name.units)

    @property
    def all_bodies(self) -> tuple[tuple[str, ...], ...]:
        return tuple(name.bodies for name in self.all_names if name.bodies)

    @property
    def units(self) -> tuple[str, ...]:
        """What the first name that names a unit says."""
        return next(iter(self.all_units), ())

    @property
    def bodies(self) -> tuple[str, ...]:
        return next(iter(self.all_bodies), ())

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(day for name in self.all_names for day in name.dates)
