"""Messages in sentences: which unit says which figure about which day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from briefing.intake.chat.amounts import amounts_in
from briefing.intake.chat.figures import (
    WORDS_OF_COUNTS,
    blank,
    called_but_not_given,
    left_blank,
    not_given,
    stated,
    unread,
    unread_digits,
)
from briefing.intake.chat.pieces import about_message, name_in, pieces_of, without_others
from briefing.intake.chat.posts import LONGEST_POST, Earlier, Post, parted, posts_of
from briefing.intake.chat.statement import Statement
from briefing.intake.detection.about import NOTHING, About
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import is_addressed, office_start
from briefing.intake.detection.sections import Own
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.impossible_days import impossible_days
from briefing.intake.parsers.text import fold, plain
from briefing.intake.submission import Finding

LONGEST_LINE = 600
LONGEST_NIL = 300  # characters of a message that need not say what it is that has not grown
ON_TOPIC = re.compile(r"\b(?:luy ke|lk|cong don|cai|da cai|cai dat)\b")
TARGET = re.compile(
    r"\b(?:chi tieu|muc tieu|phan dau|ke hoach)\b[^,;.\n]*(?:[.]\d[^,;.\n]*)*"
    r"|\b(?:so voi|(?:nhu|giong|bang)(?: so lieu| so| bao cao| bc)?) (?:hom truoc |hom qua )?"
    r"(?:\(?ngay )?\(?\d{1,2}/\d{1,2}(?:/\d{4})?"
)
DAY_FIRST = re.compile(
    r"(?P<head>[^\d:;]{0,40}?)(?<![\d.,/-])(?P<day>\d{1,2})[-./](?P<month>0?\d)(?![\d%])(?![.,/-]\d)"
)
FIGURE_OF_DAY = re.compile(r"[\s:=,–-]*(?:(?:luy ke|lk|da cai|tong|la|co|duoc)\b[\s:=]*)*\d")
CLAUSE = re.compile(r"[.,;:!](?!\d)\s*")
LONGEST_OPENING = 25  # characters before the unit's name: “em xin gửi báo cáo của”


@dataclass(frozen=True)
class Report:
    """What a message says about one unit and day.

    Attributes:
        unit: The name in its own piece of a message about several units; `None` where the
            message is one unit's, to be told from `unit_lines`.
        unit_lines, day_lines: The lines that tell the unit and the day.
        statement: The figures; `findings` says what is wrong with them.
        corrects: The number that the message takes back.
        about: What it speaks of: of another subject, it is no report.
        on_topic: Whether it speaks of what is counted, or of a cumulative, in so many words.
    """

    statement: Statement
    unit_lines: tuple[Line, ...]
    day_lines: tuple[Line, ...]
    post: Post
    unit: Own | None = None
    findings: tuple[Finding, ...] = ()
    corrects: int | None = None
    on_topic: bool = True
    about: About = NOTHING


def reports_in(lines: Sequence[Line], words: Vocabulary) -> list[Report]:
    """The reports that are written as sentences in lines of text, in order; of an earlier message
    that is repeated, only where nothing newer gives a figure."""
    if any(len(line.text) > LONGEST_LINE for line in lines):
        return []
    own, earlier = parted(lines, words)
    found = [report for post in posts_of(own, words) for report in _of_post(post, words)]
    if found or earlier is None:
        return found
    return [_from_earlier(report, earlier) for report in reports_in(earlier.lines, words)]


def _from_earlier(report: Report, earlier: Earlier) -> Report:
    """A report of an earlier message: of its sender and its day, where it says neither itself."""
    post = replace(
        report.post,
        sent=report.post.sent or earlier.sent,
        sender_units=report.post.sender_units or earlier.sender_units,
    )
    notes = (Finding("report_quoted", report.statement.where),) if earlier.is_repeated else ()
    return replace(report, post=post, findings=(*report.findings, *notes))


def _of_post(post: Post, words: Vocabulary) -> Iterator[Report]:
    if post.length > LONGEST_POST:
        return
    lines = tuple(
        _with_its_day(line, words) for each in post.lines if (line := _without_address(each, words))
    )
    if not lines:
        return
    pieces = list(pieces_of(lines, words))
    if len({fold(own.text) for own, _lines in pieces}) > 1:
        lead = _lead(lines, pieces)
        for own, piece in pieces:
            yield from _of_piece(post, own, piece, lead, words)
        return
    odd = [own for own, _lines in pieces if not words.units.find(own.text)]
    for day in _by_day(lines, words):
        lead = () if day == lines else lines[:1]
        yield from _of_piece(post, odd[0] if odd else None, day, lead, words)


def _of_piece(
    post: Post, own: Own | None, piece: tuple[Line, ...], lead: tuple[Line, ...], words: Vocabulary
) -> Iterator[Report]:
    about = about_message(lead, piece, post.lines, words)
    figures = piece if about.what == "other" else without_others(piece, words)
    numbers = amounts_in(_nameless(figures, words), year=words.campaign.dates.start.year)
    called = any(WORDS_OF_COUNTS.search(line.key) for line in lead)
    statement, findings, corrects = stated(numbers, piece, called=called)
    bare = all(amount.role == "none" for amount in numbers.amounts)
    named = own or any(words.units.find(line.text) for line in piece)
    if statement is None and named and (missing := _not_given(figures, own, words)):
        statement, findings = Statement(missing.where), (missing,)
    on_topic = any(ON_TOPIC.search(line.key) for line in (*lead, *piece))
    if statement is None or (bare and len(numbers.amounts) > 1 and not named):
        return
    if any(line.of_a_table and line.where == statement.where for line in piece):
        statement = replace(statement, sure=False)  # no heading was known: it may be any column's
    if statement.nil and statement.count is None and not on_topic and post.length > LONGEST_NIL:
        return  # a letter in which something else has not happened
    unit_lines = tuple(_naming(line, words) for line in (*lead, *piece))
    yield Report(
        statement,
        unit_lines,
        _of_day(post, lead, piece, words),
        post,
        own,
        findings,
        corrects,
        on_topic,
        about or _of_itself(own, piece, words),
    )


def _of_itself(own: Own | None, piece: tuple[Line, ...], words: Vocabulary) -> About:
    """What speaks for a message without a word on any subject: a unit's name beside a figure, or
    alone before it, “Bồng Sơn:”; the words that nothing is new, which ask for no other. In a row
    of a table the figure may be any column's."""
    year = words.campaign.dates.start.year
    for line in piece:
        numbers = amounts_in(_nameless((line,), words), year=year)
        named = not line.of_a_table and (own or words.units.find(line.text))
        if numbers.nil or (named and (numbers.amounts or line.text.endswith(":"))):
            return About("near", line.where)
    return NOTHING


def _not_given(piece: tuple[Line, ...], own: Own | None, words: Vocabulary) -> Finding | None:
    """What is wrong with a piece that names a unit and gives no number that can be read."""
    nameless = _nameless(piece, words)
    if line := called_but_not_given(piece):
        return not_given(nameless, line.where)
    if own and left_blank(nameless):
        return blank(piece[0].where)
    year = words.campaign.dates.start.year
    several = own and not amounts_in(nameless, year=year).amounts
    return unread(nameless) or (unread_digits(nameless, year) if several else None)


def _nameless(piece: tuple[Line, ...], words: Vocabulary) -> tuple[Line, ...]:
    """The lines with the letters of units' names struck out: “Nam” of a name is no man."""
    struck = []
    for line in piece:
        text = unicodedata.normalize("NFC", line.text)
        for match in words.units.find(text):
            name = re.sub(r"\w", "x", text[match.start : match.end])
            text = text[: match.start] + name + text[match.end :]
        struck.append(Line(text, line.where))
    return tuple(struck)


def _of_day(
    post: Post, lead: Sequence[Line], piece: Sequence[Line], words: Vocabulary
) -> tuple[Line, ...]:
    """The lines that tell a piece's day: its own, those before all pieces, or the only ones."""
    for lines in (piece, lead):
        if dated := tuple(line for line in map(_without_targets, lines) if _days(line, words)):
            return dated
    days = {day for line in map(_without_targets, post.lines) for day in _days(line, words)}
    if not days:  # of which one may be written that does not exist
        year = words.campaign.dates.start.year
        return tuple(line for line in (*piece, *lead) if impossible_days(line.text, year=year))
    return tuple(map(_without_targets, post.lines)) if len(days) == 1 else ()


def _without_targets(line: Line) -> Line:
    """The line without the days by which something is to be reached, or is compared with."""
    text = line.text
    while cut := TARGET.search(plain(text)):
        text = text[: cut.start()] + text[cut.end() :]
    return Line(text, line.where)


def _with_its_day(line: Line, words: Vocabulary) -> Line:
    """A line that begins with a day of the campaign, “… 18-8 tổng 5.432”, with the word for it."""
    match = DAY_FIRST.match(line.text)
    if not match or ON_TOPIC.search(fold(match["head"])):
        return line
    dates = words.campaign.dates
    months = {dates.start.month, dates.end.month}
    if int(match["month"]) not in months or not dates.start.day <= int(match["day"]) <= 31:
        return line
    at = match.start("day")
    return Line(f"{line.text[:at]}ngày {line.text[at:]}", line.where)


def _without_address(line: Line, words: Vocabulary) -> Line | None:
    """A line without the words to whom, or on what ground, it is written.

    Where a clause after them begins with a unit and gives numbers, that is left; else `None`.
    """
    if not is_addressed(line.key):
        return line
    rests = [line.text[cut.end() :] for cut in CLAUSE.finditer(line.text)]
    opening: dict[int, str] = {}
    for rest in rests:
        named = words.units.find(rest)
        if named and re.search(r"\d", rest[named[0].end :]):
            opening.setdefault(named[0].start, rest)
    nearest = min(opening, default=LONGEST_OPENING + 1)
    return Line(opening[nearest], line.where) if nearest <= LONGEST_OPENING else None


def _days(line: Line, words: Vocabulary) -> set[date]:
    year = words.campaign.dates.start.year
    return {item.date for item in find_dates(line.text, year=year)}


def _naming(line: Line, words: Vocabulary) -> Line:
    """Of a sentence the part that names a unit, so that nothing else of it is ever shown."""
    head = name_in(line.text)
    named = words.units.find(line.text)
    if named and (not words.units.find(head) or named[0].end > len(head)):
        first = office_start(line.text, named[0], words)
        head = line.text[named[0].start if first is None else first : named[-1].end]
    return Line(head, line.where)


def _lead(
    lines: Sequence[Line], pieces: Sequence[tuple[Own, tuple[Line, ...]]]
) -> tuple[Line, ...]:
    """The lines of a message before its first unit: they hold for each of its pieces."""
    first = pieces[0][0].where
    return tuple(line for line in lines[: [line.where for line in lines].index(first)])


def _by_day(lines: tuple[Line, ...], words: Vocabulary) -> Iterator[tuple[Line, ...]]:
    """The lines of one unit's message, each alone where they report several days."""
    message = lines
    year = words.campaign.dates.start.year
    lines = tuple(part for line in lines for part in _by_days_in(line, year))
    dated = [
        (line, days.pop())
        for line in lines
        if len(days := _days(line, words)) == 1 and amounts_in([line], year=year).amounts
    ]
    if len({day for _line, day in dated}) < 2:
        yield message
        return
    for line, _day in dated:
        yield (line,)


def _by_days_in(line: Line, year: int) -> list[Line]:
    """A line cut before each day that a number follows: “15/8 lk 5.300, 16/8 lk 5.432”."""
    text = unicodedata.normalize("NFC", _without_targets(line).text)
    days = find_dates(text, year=year)
    if len({day.date for day in days}) < 2 or len(days) != len({day.date for day in days}):
        return [line]
    ends = [*(day.start for day in days[1:]), len(text)]
    if not all(
        FIGURE_OF_DAY.match(plain(text[day.end : end])) for day, end in zip(days, ends, strict=True)
    ):
        return [line]
    return [Line(text[day.start : end], line.where) for day, end in zip(days, ends, strict=True)]
