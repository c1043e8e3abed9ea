"""About which day a report is: by its title, its signing line, then the names around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from briefing.intake.detection.hints import Hint
from briefing.intake.detection.identity import Identity
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import is_addressed, is_signed
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.detection.weeks import dates_of_weeks, same_report
from briefing.intake.parsers.dates import cell_date, find_dates
from briefing.intake.parsers.impossible_days import impossible_days
from briefing.intake.parsers.text import fold
from briefing.intake.submission import Finding
from briefing.locale.pack import Worded, pack
from briefing.messages import Message

SPAN = Worded(r"\b«dates.until»\b")
SHORTEST_WEEK = 4  # days from the first to the last of a week: Monday to Friday
DASHES = ("-", "–", "—")
SPAN_BEGUN = Worded(r"(?<![\d/.,-])(\d{1,2})\s?(?:[-–]|«dates.until_written»)\s?$")
RANGE = re.compile(r"\d\s?[-–]\s?\d+\s?[./]\d")  # “16-22.8”
SERIAL = Worded(
    r"(?:^|\n)(?=.*?\b«dates.day»\b).* (\d{5})$"
)  # a day as workbooks count them, behind its label


@dataclass(frozen=True)
class Stated:
    """A day that something says, what it says exactly, and where."""

    day: date
    text: str
    where: str


def identify_date(
    lines: Iterable[Line], below: Iterable[Line], hint: Hint, words: Vocabulary, file: str
) -> Identity:
    """The day that a report is about: the title's date, then the signed one, then the names'.

    Of a span of days its end counts, where no single day is stated in its place; the span of
    the campaign's own days says nothing.

    Args:
        below: Lines under the table; looked at only where the head says no day.
    """
    lines = list(lines)
    days, wrong = _days_in(lines, words), _impossible(lines, words)
    stated = _without_first_day(days.titled, words) + days.spanned + days.weeks + days.signed
    if not stated:
        below = list(below)
        stated, wrong = _days_in(below, words).signed, wrong or _impossible(below, words)
    by_source = _days_by_source(stated, hint, words)
    if not stated and hint.sheet:
        stated = [Stated(day, _shown(day), file) for day in hint.sheet.dates]
    named = [Stated(day, _shown(day), file) for name in hint.names for day in name.dates]
    inside = [item for item in stated + named if is_inside(item.day, words)]
    if not (stated or named):
        finding = _no_such_day(*wrong[0]) if wrong else Finding("date_missing.unsaid", file)
        return Identity(None, "", (finding,))
    if not inside:
        first = (stated or named)[0]
        return Identity(first.day, "", (_date_outside(first, words),), by_source)
    day = inside[0].day
    others = [item for item in stated if not same_report(item.day, day, words)]
    others = others or _other_sheet_day(day, hint, words, file)
    elsewhere = "date_conflict.elsewhere"
    findings = [_date_conflict(elsewhere, day, others[0])] if others else []
    for number, name in enumerate(hint.names):
        if not findings and name.dates and not _among(day, name.dates, words):
            other = Stated(name.dates[0], _shown(name.dates[0]), file)
            own = "date_conflict.file_name" if stated else elsewhere
            code = "date_conflict.folder" if number else own
            findings = [_date_conflict(code, day, other)]
    findings += [_no_such_day(*each, day) for each in wrong[:1]]
    return Identity(day, "", tuple(findings), by_source)


def _days_by_source(
    stated: Sequence[Stated], hint: Hint, words: Vocabulary
) -> dict[str, tuple[date, ...]]:
    """The days of the campaign that the content, its sheet's, the file's and the folders' names
    say."""
    sources = {
        "content": [item.day for item in stated],
        "sheet": hint.sheet.dates if hint.sheet else (),
        "name": hint.names[0].dates if hint.names else (),
        "folder": [day for name in hint.names[1:] for day in name.dates],
    }
    inside = {
        source: tuple(dict.fromkeys(day for day in days if is_inside(day, words)))
        for source, days in sources.items()
    }
    return {source: days for source, days in inside.items() if days}


def _other_sheet_day(day: date, hint: Hint, words: Vocabulary, file: str) -> list[Stated]:
    """The one day of the campaign that the sheet is named after, where that is another: a sheet
    copied from the day before with its heading left as it was."""
    if not hint.sheet or RANGE.search(hint.sheet.text):
        return []
    days = [each for each in hint.sheet.dates if is_inside(each, words)]
    return (
        [Stated(days[0], hint.sheet.text, file)]
        if len(days) == 1 and not same_report(days[0], day, words)
        else []
    )


def _without_first_day(titled: list[Stated], words: Vocabulary) -> list[Stated]:
    """The days of titles without the first day of a week whose last one follows it: “Từ ngày” and
    “Đến ngày” in cells of their own."""
    if not words.campaign.reporting.on or len(titled) < 2:
        return titled
    long = timedelta(days=SHORTEST_WEEK) <= titled[1].day - titled[0].day <= timedelta(days=7)
    return titled[1:] if long else titled


def _among(day: date, days: Iterable[date], words: Vocabulary) -> bool:
    return any(same_report(day, each, words) for each in days)


def day_of_cell(day: date, where: str, words: Vocabulary) -> Identity:
    """The day that a cell beside rows, or over their column, gives them to."""
    stated = Stated(day, _shown(day), where)
    return Identity(day, "", () if is_inside(day, words) else (_date_outside(stated, words),))


def is_inside(day: date, words: Vocabulary) -> bool:
    dates = words.campaign.dates
    return dates.start <= day <= dates.end


@dataclass(frozen=True)
class _StatedDays:
    """The days that lines of text state: of titles, of spans and of weeks in them, over
    signatures."""

    titled: list[Stated]
    spanned: list[Stated]
    weeks: list[Stated]
    signed: list[Stated]


def _days_in(lines: Iterable[Line], words: Vocabulary) -> _StatedDays:
    days = _StatedDays([], [], [], [])
    for line in lines:
        if is_addressed(line.key):
            continue
        for day, text, spans in _reported(line.text, words):
            single = days.signed if is_signed(line.text) else days.titled
            (days.spanned if spans else single).append(Stated(day, text, line.where))
        weeks = dates_of_weeks(line.text, words)
        days.weeks.extend(Stated(day, line.text, line.where) for day in weeks)
    return replace(days, spanned=[]) if days.titled else days


def _impossible(lines: Iterable[Line], words: Vocabulary) -> list[tuple[str, str]]:
    """What stands in the place of a day and is none, with its address."""
    year = words.campaign.dates.start.year
    return [
        (each.text, line.where)
        for line in lines
        if not is_addressed(line.key)
        for each in impossible_days(line.text, year=year)
    ]


def _reported(text: str, words: Vocabulary) -> Iterator[tuple[date, str, bool]]:
    """The days that a line is about, each with whether it ends a span of more than a day."""
    year = words.campaign.dates.start.year
    found = find_dates(text, year=year)
    if not found and (serial := SERIAL.search(fold(text))):
        day = cell_date(int(serial[1]), year=year, near=words.campaign.reporting.first)
        if day:
            yield day, text, False
    for i, item in enumerate(found):
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        if after and after.date >= item.date and _until(text[item.end : after.start]):
            continue
        first = _first_day(text[: item.start], item.date)
        if before and before.date <= item.date and _until(text[before.end : item.start]):
            first = before.date
        long = first is not None and item.date - first > timedelta(days=1)
        if long and first and _is_the_campaign(first, item.date, words):
            continue
        yield item.date, item.text, long


def _until(between: str) -> bool:
    """Whether what stands between two days makes a span of them."""
    return between.strip() in DASHES or bool(SPAN.search(fold(between)))


def _first_day(before: str, last: date) -> date | None:
    """The first day of a span that names its month once, “16-22/8”, of which this is the last."""
    match = SPAN_BEGUN.search(before)
    if not match or not 0 < int(match[1]) <= last.day:
        return None
    return last.replace(day=int(match[1]))


def _is_the_campaign(first: date, last: date, words: Vocabulary) -> bool:
    """Whether a span is the campaign's own, as its name in a title gives it."""
    dates, reporting = words.campaign.dates, words.campaign.reporting
    return (first, last) in ((reporting.first, reporting.last), (dates.start, dates.end))


def _no_such_day(text: str, where: str, day: date | None = None) -> Finding:
    """Of a day that does not exist; `day`: the one that is taken, found elsewhere."""
    if day is None:
        return Finding("date_missing.impossible", where, text)
    return Finding("date_conflict.impossible", where, text, {"day": Message.of_day(day)})


def _date_outside(stated: Stated, words: Vocabulary) -> Finding:
    dates = words.campaign.dates
    days = {"day": stated.day, "start": dates.start, "end": dates.end}
    values = {name: Message.of_day(day) for name, day in days.items()}
    return Finding("date_outside_campaign", stated.where, stated.text, values)


def _date_conflict(code: str, day: date, other: Stated) -> Finding:
    values = {"day": Message.of_day(day), "other": Message.of_day(other.day)}
    return Finding(code, other.where, other.text, values)


def _shown(day: date) -> str:
    return pack().in_digits(day)
