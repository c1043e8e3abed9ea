"""Which form a report is, of which unit, about which day: by content, then name, then folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from briefing.intake.dates import file_name_dates, find_dates
from briefing.intake.grids import Grid, Part
from briefing.intake.places import Places
from briefing.intake.submission import Finding
from briefing.intake.text import clean, fold
from briefing.intake.vocabulary import Vocabulary
from briefing.messages import Message

HEADER_HEIGHT = 3  # rows that a heading may span
COLUMNS_NEEDED = 3  # known headings that make a row the head of Mẫu 02
COUNT_COLUMNS = {"luy_ke", "trong_ngay", "so_dien_thoai"}


@dataclass(frozen=True)
class Line:
    """A line of text outside the table of data, with its address."""

    text: str
    where: str


@dataclass(frozen=True)
class TableHead:
    """Where the data of Mẫu 02 begin, and which column holds what."""

    grid: Grid
    top: int
    first_row: int
    columns: dict[str, int]


def find_head(part: Part, words: Vocabulary) -> TableHead | None:
    """The head of the table of Mẫu 02: the first rows that name at least three known columns."""
    for grid in part.grids:
        if grid.kind == "lines":
            continue
        for top in range(len(grid.cells)):
            if head := _head_at(grid, top, words):
                return head
    return None


def _head_at(grid: Grid, top: int, words: Vocabulary) -> TableHead | None:
    best: TableHead | None = None
    columns: dict[str, int] = {}
    for height in range(1, HEADER_HEIGHT + 1):
        found = _headings(grid, top + height - 1, words)
        if height > 1 and not found:
            break
        columns = {**{f: c for f, c in columns.items() if c not in found.values()}, **found}
        enough = len(columns) >= COLUMNS_NEEDED and COUNT_COLUMNS & columns.keys()
        if enough and (best is None or len(columns) > len(best.columns)):
            best = TableHead(grid, top, top + height, dict(columns))
    return best


def _headings(grid: Grid, row: int, words: Vocabulary) -> dict[str, int]:
    """Field → column, of the headings in one row; the first of two equal ones counts."""
    found: dict[str, int] = {}
    for column, value in enumerate(grid.cells[row] if row < len(grid.cells) else []):
        field = words.heading(value)
        if field and not field.startswith("m01_") and field != "tong_cong_row":
            found.setdefault(field, column)
    return found


def is_repeated_head(grid: Grid, row: int, head: TableHead, words: Vocabulary) -> bool:
    """Whether a row below the head says the head again, as on each printed page."""
    here = _headings(grid, row, words)
    return len(here) >= COLUMNS_NEEDED and all(head.columns.get(f) == c for f, c in here.items())


def lines_of(part: Part, head: TableHead | None = None) -> Iterator[Line]:
    """Every line of text of a part, in order, up to the head of its table if it has one."""
    for grid in part.grids:
        last = head.top if head and grid is head.grid else None
        for row, column, value in grid.filled(0, last):
            if not isinstance(value, str):
                if isinstance(value, date):
                    yield Line(f"{value:%d/%m/%Y}", grid.where(row, column))
                continue
            for piece in value.splitlines():
                if text := clean(piece):
                    yield Line(text, grid.where(row, column))
        if head and grid is head.grid:
            return


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


UNIT_LINE = re.compile(r"^(uy ban|ubnd|u b n d|hdnd)\b")
SIGNED_LINE = re.compile(r"^[^,;:]{2,40},\s*(ngày|ngay)\b", re.IGNORECASE)
ADDRESSED_LINE = re.compile(r"^(kinh gui|noi nhan|can cu|thuc hien)\b")
TITLE_LINE = re.compile(r"^(bao cao|so lieu)\b")


def identify_unit(lines: list[Line], hint: Hint, words: Vocabulary, file: str) -> Identity:
    """The unit (a commune) that a report comes from.

    Returns:
        The unit's code, or `None` with a finding `unit_unknown` or `unit_ambiguous`.
    """
    named = _units_named(lines, words)
    codes = {code for code, _line in named}
    if len(codes) == 1:
        code, line = named[0]
        if hint.units and code not in hint.units:
            return Identity(
                code, line.text, (_unit_conflict(code, hint.units[0], line, file, words),)
            )
        return Identity(code, line.text)
    if len(codes) > 1 and not codes & set(hint.units):
        return Identity(
            None, named[0][1].text, (_unit_ambiguous(sorted(codes), named[0][1], words),)
        )
    if len(hint.units) == 1:
        return Identity(hint.units[0], file)
    if hint.units:
        return Identity(None, file, (_unit_ambiguous(list(hint.units), Line(file, file), words),))
    text = next((line.text for line in lines if UNIT_LINE.match(fold(line.text))), "")
    return Identity(None, text, (_unit_unknown(text, file),))


def _units_named(lines: list[Line], words: Vocabulary) -> list[tuple[str, Line]]:
    """Units in the head of a report; those of the letterhead, where it names any, alone."""
    all_named: list[tuple[str, Line]] = []
    letterhead: list[tuple[str, Line]] = []
    after_issuer = 0
    for line in lines:
        key = fold(line.text)
        if ADDRESSED_LINE.match(key):
            continue
        after_issuer = 2 if UNIT_LINE.match(key) else after_issuer - 1
        for match in words.units.find(line.text):
            all_named.append((match.code, line))
            if after_issuer > 0:
                letterhead.append((match.code, line))
    return letterhead or all_named


def identify_agency(lines: list[Line], hint: Hint, words: Vocabulary, file: str) -> Identity:
    """The agency that a Mẫu 01 comes from: its letterhead stands above the title."""
    head: list[Line] = []
    for line in lines:
        if TITLE_LINE.match(fold(line.text)):
            break
        if not ADDRESSED_LINE.match(fold(line.text)):
            head.append(line)
    for fuzzy in (False, True):
        for line in reversed(head):
            codes = words.agencies.resolve(line.text, fuzzy=fuzzy).codes
            if len(codes) == 1:
                return Identity(codes[0], line.text)
    if len(hint.agencies) == 1:
        return Identity(hint.agencies[0], file)
    text = head[0].text if head else ""
    return Identity(None, text, (_unit_unknown(text, file),))


def identify_date(lines: list[Line], hint: Hint, words: Vocabulary, file: str) -> Identity:
    """The day that a report is about: the title's date, then the signed one, then the file's name."""
    year = words.campaign.dates.start.year
    titled: list[tuple[date, Line]] = []
    signed: list[tuple[date, Line]] = []
    for line in lines:
        into = signed if SIGNED_LINE.match(line.text) else titled
        if not ADDRESSED_LINE.match(fold(line.text)):
            into += [(found.date, line) for found in find_dates(line.text, year=year)]
    named = [(day, Line(file, file)) for day in hint.dates]
    stated = titled + signed + named
    if not stated:
        return Identity(None, "", (_date_missing(file),))
    dates = words.campaign.dates
    inside = [item for item in stated if dates.start <= item[0] <= dates.end]
    if not inside:
        return Identity(stated[0][0], stated[0][1].text, (_date_outside(*stated[0], words),))
    day, line = inside[0]
    other = next((item for item in stated if item[0] != day), None)
    return Identity(day, line.text, (_date_conflict(day, *other),) if other else ())


def _unit_conflict(code: str, other: str, line: Line, file: str, words: Vocabulary) -> Finding:
    return Finding(
        "warning", "unit_conflict", line.where, line.text,
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
