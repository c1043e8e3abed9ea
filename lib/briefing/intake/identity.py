"""Of which unit a report is: by its content, then the file's name, then the folder."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from briefing.intake.dates import file_name_dates
from briefing.intake.disclosure import shown_line
from briefing.intake.forms import Line
from briefing.intake.places import Places
from briefing.intake.submission import Finding
from briefing.intake.text import fold
from briefing.intake.vocabulary import Vocabulary
from briefing.messages import Message

NATIONAL_LINE = re.compile(r"^(cong hoa xa hoi chu nghia|doc lap tu do hanh phuc)")
PRINTED_LINE = re.compile(
    r"^(ten co quan don vi$|mau (so )?\d+|so( \d|$)|v v |ngay |$"
    r"|(dia chi|dien thoai|sdt|dt|email) )"
)
UNIT_LINE = re.compile(r"^(uy ban|ubnd|u b n d|hdnd)\b")
SIGNED_LINE = re.compile(r"^[^,;:]{2,40},\s*(ngày|ngay)\b", re.IGNORECASE)
ADDRESSED_LINE = re.compile(r"^(kinh gui|noi nhan|can cu|thuc hien)\b")
OWN_NAME = re.compile(r"^\W*(?:tên )?(?:cơ quan, đơn vị|cơ quan|đơn vị)\s*:[\s.…]*", re.IGNORECASE)
WRAPPED_LINES = 3  # over which a long name may run
TITLE_LINE = re.compile(r"^(bao cao|so lieu)\b")


@dataclass(frozen=True)
class Hint:
    """What the file's name and its folders say: the evidence that counts after the content."""

    all_units: tuple[tuple[str, ...], ...] = ()
    all_agencies: tuple[tuple[str, ...], ...] = ()
    dates: tuple[date, ...] = ()
    sheet_dates: tuple[date, ...] = ()

    @classmethod
    def from_path(cls, file: str, words: Vocabulary) -> Hint:
        """Read a path inside the inbox, the name before the folders.

        Initials such as BS count in the name alone: a folder of two letters may mean anything.
        """
        path = PurePosixPath(file)
        year = words.campaign.dates.start.year
        folders = [*reversed(path.parts[:-1])]
        units = _resolved(words.units, [path.stem], initials=True)
        return cls(
            all_units=units + _resolved(words.units, folders),
            all_agencies=_resolved(words.agencies, [path.stem, *folders]),
            dates=tuple(
                day for piece in [path.stem, *folders] for day in file_name_dates(piece, year=year)
            ),
        )

    def of_sheet(self, name: str, words: Vocabulary) -> Hint:
        """The same, with the day that the name of a sheet says."""
        days = file_name_dates(name, year=words.campaign.dates.start.year)
        return replace(self, sheet_dates=tuple(days))

    @property
    def units(self) -> tuple[str, ...]:
        """What the first piece that names a unit says; several codes where it is not certain."""
        return self.all_units[0] if self.all_units else ()

    @property
    def agencies(self) -> tuple[str, ...]:
        return self.all_agencies[0] if self.all_agencies else ()


def _resolved(
    places: Places, pieces: list[str], *, initials: bool = False
) -> tuple[tuple[str, ...], ...]:
    """The codes that each piece names, of the pieces that name any."""
    found = (places.resolve(piece, initials=initials).codes for piece in pieces)
    return tuple(codes for codes in found if codes)


@dataclass(frozen=True)
class Identity:
    """The unit or the day of a report, with what is to be said about how it was found."""

    value: Any
    text: str = ""
    findings: tuple[Finding, ...] = ()


def identify_unit(lines: list[Line], hint: Hint, words: Vocabulary, file: str) -> Identity:
    """The unit (a commune) that a report comes from.

    Returns:
        The unit's code, or `None` with a finding `unit_unknown` or `unit_ambiguous`. A letterhead
        that names a place which isn't one of the campaign's units is `unit_unknown`, whatever
        the file is called.
    """
    foreign = _foreign(lines, words)
    named = _units_named(lines, words, anywhere=foreign is None)
    codes = {code for code, _line in named}
    if len(codes) > 1:
        agreed = sorted(codes & set(hint.units))
        if len(agreed) != 1:
            line = named[0][1]
            return Identity(
                None, shown_line(line.text), (_unit_ambiguous(sorted(codes), line, words),)
            )
        return Identity(agreed[0], file)
    if codes:
        return _confirmed(named[0][0], named[0][1], hint.all_units, file, words)
    if foreign:
        return Identity(
            None, shown_line(foreign.text), (_unit_unknown(foreign.text, foreign.where),)
        )
    if len(hint.units) == 1:
        return _confirmed(hint.units[0], Line(file, file), hint.all_units, file, words)
    if hint.units:
        return Identity(None, file, (_unit_ambiguous(list(hint.units), Line(file, file), words),))
    text = next((line.text for line in lines if UNIT_LINE.match(fold(line.text))), "")
    return Identity(None, shown_line(text), (_unit_unknown(text, file),))


def _confirmed(
    code: str, line: Line, named: tuple[tuple[str, ...], ...], file: str, words: Vocabulary
) -> Identity:
    """The unit, with a finding where the file's name or a folder says another one."""
    other = next((codes[0] for codes in named if code not in codes), None)
    findings = (_unit_conflict(code, other, line, file, words),) if other else ()
    return Identity(code, shown_line(line.text), findings)


def _units_named(lines: list[Line], words: Vocabulary, *, anywhere: bool) -> list[tuple[str, Line]]:
    """Units in the head of a report; those of the letterhead, where it names any, alone.

    Args:
        anywhere: Also outside the letterhead, where that names none.
    """
    all_named: list[tuple[str, Line]] = []
    letterhead: list[tuple[str, Line]] = []
    after_issuer = 0
    for line in lines:
        key = fold(line.text)
        if ADDRESSED_LINE.match(key):
            continue
        if not NATIONAL_LINE.match(key) and key:
            after_issuer = 2 if UNIT_LINE.match(key) else after_issuer - 1
        for match in words.units.find(line.text):
            all_named.append((match.code, line))
            if after_issuer > 0:
                letterhead.append((match.code, line))
    return letterhead or _misspelt(lines, words) or (all_named if anywhere else [])


def _misspelt(lines: list[Line], words: Vocabulary) -> list[tuple[str, Line]]:
    """The unit that a line of the letterhead misspells, if it can only be one."""
    for line in lines:
        if words.names_a_unit(line.text) and not words.units.find(line.text):
            codes = words.units.resolve(line.text, fuzzy=True).codes
            if len(codes) == 1:
                return [(codes[0], line)]
    return []


def _foreign(lines: list[Line], words: Vocabulary) -> Line | None:
    """The line of a letterhead that names a commune which is none of the campaign's units."""
    for line in lines:
        key = fold(line.text)
        if TITLE_LINE.match(key):
            return None
        if words.names_a_unit(line.text) and not words.units.resolve(line.text, fuzzy=True).codes:
            return line
    return None


def identify_agency(lines: list[Line], hint: Hint, words: Vocabulary, file: str) -> Identity:
    """The agency that a Mẫu 01 comes from: the last name of its letterhead, above the title.

    A known name further up is the issuer's parent, so it doesn't stand for an unknown issuer.
    """
    head = _letterhead(lines, words) or _own_name(lines)
    for back in range(1, min(len(head), WRAPPED_LINES) + 1):
        text = " ".join(line.text for line in head[-back:])
        if found := _ending(text, len(head[-1].text), words.agencies):
            return _confirmed(found, Line(text, head[-1].where), hint.all_agencies, file, words)
    text = OWN_NAME.sub("", head[-1].text) if head else ""
    codes = words.agencies.resolve(text, fuzzy=True).codes
    if len(codes) == 1:
        return _confirmed(codes[0], head[-1], hint.all_agencies, file, words)
    if len(hint.agencies) == 1:
        return Identity(hint.agencies[0], file)
    return Identity(None, shown_line(text), (_unit_unknown(text, file),))


def _ending(text: str, last: int, places: Places) -> str | None:
    """The code of the name that reaches into the last so many characters of a text."""
    named = [match for match in places.find(text) if match.end > len(text) - last]
    codes = {match.code for match in named}
    return codes.pop() if len(codes) == 1 else None


def _letterhead(lines: list[Line], words: Vocabulary) -> list[Line]:
    """Lines above the title that may name the issuer: not what is printed on every form."""
    place = fold(words.campaign.area.name.vi)
    head: list[Line] = []
    for line in lines:
        key = fold(line.text)
        if TITLE_LINE.match(key):
            break
        printed = NATIONAL_LINE.match(key) or PRINTED_LINE.match(key)
        if printed or ADDRESSED_LINE.match(key) or key == place or SIGNED_LINE.match(line.text):
            continue
        head.append(line)
    return head


def _own_name(lines: list[Line]) -> list[Line]:
    """A line “Đơn vị: …” under the title, where nothing above it names the issuer."""
    return [line for line in lines if OWN_NAME.match(line.text) and OWN_NAME.sub("", line.text)][:1]


def _unit_conflict(code: str, other: str, line: Line, file: str, words: Vocabulary) -> Finding:
    return Finding(
        "warning", "unit_conflict", line.where, shown_line(line.text),
        Message(
            "the content is of {unit}, the file's name “{file}” says {other}; the content is taken",
            {"unit": words.names[code], "other": words.names[other], "file": file},
        ),
        Message("Check whose report this is; rename the file or correct the heading."),
    )  # fmt: skip


def _unit_ambiguous(codes: list[str], line: Line, words: Vocabulary) -> Finding:
    return Finding(
        "error", "unit_ambiguous", line.where, shown_line(line.text),
        Message("this may be {units}", {"units": ", ".join(words.names[code] for code in codes)}),
        Message("Write the unit's full name in the heading or in the file's name."),
    )  # fmt: skip


def _unit_unknown(text: str, where: str) -> Finding:
    return Finding(
        "error", "unit_unknown", where, shown_line(text),
        Message("the unit that sent this report is not recognised"),
        Message("Write the unit's full name in the heading or in the file's name."),
    )  # fmt: skip
