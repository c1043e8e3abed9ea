"""Messages in sentences: which unit says which figure about which day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from briefing.intake.prose.amounts import amounts_in
from briefing.intake.prose.figures import (
    WORDS_OF_COUNTS,
    called_but_not_given,
    not_given,
    stated,
)
from briefing.intake.prose.posts import Post, posts_of
from briefing.intake.prose.statement import Statement
from briefing.intake.recognition.lines import Line
from briefing.intake.recognition.marks import is_addressed
from briefing.intake.recognition.offices import office_start
from briefing.intake.recognition.sections import Own
from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.submission import Finding
from briefing.intake.values.dates import find_dates
from briefing.intake.values.text import fold, plain

LONGEST_POST = 3000  # characters; more is a letter, not a message
LONGEST_LINE = 600
LONGEST_NAME = 80
INITIALS = re.compile(
    r"^(?:\W*|.*(?:[.!?]|\b(?:gửi|gui|bc|báo cáo|bao cao))\s+(?:ạ\W+)?)(?P<unit>[A-ZĐ]{2,4})\b"
    r"(?=\s*[:=–-]*\s*(?:ngày )?(?:\d|báo cáo|bao cao|bc\b|lk\b|lũy|luỹ|luy))"
)
LOWER_INITIALS = re.compile(r"^\W*(?P<unit>[a-zđ]{2,3})\s+(?=(?:ngày )?\d{1,2}[/.]\d{1,2}\b|lk\b)")
BARE_NAME = re.compile(r"^[\W\d]*(?P<unit>[^\d:=]{6,40}?)\s*[:=–-]+\s*\d")
COMPARED = re.compile(
    r"(?:so voi|cung voi|trong do|kinh gui|gui(?: den)?|giup|nhu)\s+(?:\w+\s+){0,2}$"
)
WHOLE = re.compile(r"^\W*(?:tong(?: cong)?|toan|cong)\b")
ON_TOPIC = re.compile(r"\b(?:luy ke|lk|cong don|cai|da cai|cai dat)\b")
TARGET = re.compile(
    r"\b(?:chi tieu|muc tieu|phan dau|ke hoach)\b[^,;.\n]*(?:[.]\d[^,;.\n]*)*"
    r"|\bso voi (?:hom truoc |hom qua )?(?:\(?ngay )?\(?\d{1,2}/\d{1,2}(?:/\d{4})?"
)
DAY_FIRST = re.compile(
    r"(?P<head>[^\d:;]{0,40}?)(?<![\d.,/-])(?P<day>\d{1,2})[-./](?P<month>0?\d)(?![\d%])(?![.,/-]\d)"
)
CLAUSE = re.compile(r"[.,;:!](?!\d)\s*")
LONGEST_OPENING = 25  # characters before the unit's name: “em xin gửi báo cáo của”
ENDS_A_NAME = re.compile(
    r"\s(?:bao cao|bao|tinh den|den\s|luy ke|lk\b|da\s|co\s|gui|ngay|kinh|xin|:)|[:=\d(]"
)


@dataclass(frozen=True)
class Report:
    """What a message says about one unit and day.

    Attributes:
        unit: The name in its own piece of a message about several units; `None` where the
            message is one unit's, to be told from `unit_lines`.
        unit_lines, day_lines: The lines that tell the unit and the day.
        statement: The figures; `findings` says what is wrong with them.
        corrects: The number that the message takes back.
        on_topic: Whether it speaks of installing, or of a cumulative, in so many words.
    """

    statement: Statement
    unit_lines: tuple[Line, ...]
    day_lines: tuple[Line, ...]
    post: Post
    unit: Own | None = None
    findings: tuple[Finding, ...] = ()
    corrects: int | None = None
    on_topic: bool = True


def reports_in(lines: Sequence[Line], words: Vocabulary) -> list[Report]:
    """The reports that are written as sentences in lines of text, in order."""
    if any(len(line.text) > LONGEST_LINE for line in lines):
        return []
    return [report for post in posts_of(lines, words) for report in _of_post(post, words)]


def _of_post(post: Post, words: Vocabulary) -> Iterator[Report]:
    if sum(len(line.text) for line in post.lines) > LONGEST_POST:
        return
    lines = tuple(
        _with_its_day(line, words) for each in post.lines if (line := _without_address(each, words))
    )
    if not lines:
        return
    pieces = list(_pieces(lines, words))
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
    said = amounts_in(piece, year=words.campaign.dates.start.year)
    called = any(WORDS_OF_COUNTS.search(fold(line.text)) for line in lead)
    statement, findings, corrects = stated(said, piece, called=called)
    bare = all(amount.role == "none" for amount in said.amounts)
    named = own or any(words.units.find(line.text) for line in piece)
    if statement is None and named and (spoken := called_but_not_given(piece)):
        statement, findings = Statement(spoken.where), (not_given(spoken.where),)
    if statement is None or (bare and len(said.amounts) > 1 and not named):
        return
    unit_lines = tuple(_naming(line, words) for line in (*lead, *piece))
    yield Report(
        statement,
        unit_lines,
        _of_day(post, lead, piece, words),
        post,
        own,
        findings,
        corrects,
        any(ON_TOPIC.search(fold(line.text)) for line in (*lead, *piece)),
    )


def _of_day(
    post: Post, lead: Sequence[Line], piece: Sequence[Line], words: Vocabulary
) -> tuple[Line, ...]:
    """The lines that tell a piece's day: its own, those before all pieces, or the only ones."""
    for lines in (piece, lead):
        if dated := tuple(line for line in map(_without_targets, lines) if _days(line, words)):
            return dated
    days = {day for line in map(_without_targets, post.lines) for day in _days(line, words)}
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
    if not is_addressed(line.text):
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
    head = _name_in(line.text)
    named = words.units.find(line.text)
    if named and (not words.units.find(head) or named[0].end > len(head)):
        first = office_start(line.text, named[0], words)
        head = line.text[named[0].start if first is None else first : named[-1].end]
    return Line(head, line.where)


def _name_in(text: str) -> str:
    """The beginning of a sentence, which names its subject."""
    cut = ENDS_A_NAME.search(plain(text))
    head = (text[: cut.start()] if cut else text).strip()
    return head if len(head) <= LONGEST_NAME else ""


# Pieces


def _pieces(lines: Sequence[Line], words: Vocabulary) -> Iterator[tuple[Own, tuple[Line, ...]]]:
    """The text cut where it names a unit: the name, and the lines up to the next one."""
    own: Own | None = None
    held: list[Line] = []
    for line in lines:
        for name, text in _cut_line(line.text, words):
            if name is None and own and WHOLE.match(fold(text)):
                yield own, tuple(held)
                own, held = None, []
            elif name is None:
                held += [Line(text, line.where)] if own else []
            else:
                if own:
                    yield own, tuple(held)
                own, held = Own(name, line.where), [Line(text, line.where)]
    if own:
        yield own, tuple(held)


def _cut_line(text: str, words: Vocabulary) -> Iterator[tuple[str | None, str]]:
    """A line cut before each unit that it names: the name, `None` for what stands before one."""
    found = [(office_start(text, match, words), match) for match in words.units.find(text)]
    names = [
        (start := match.start if office is None else office, match.end, text[start : match.end])
        for office, match in found
        if not COMPARED.search(plain(text[: match.start]))
    ]
    if not names:
        name = _unusual_name(text, words)
        yield (name or None, text)
        return
    if len(names) > 1 and not any(map(str.isdigit, text[names[0][1] : names[1][0]])):
        together = text[names[0][0] : names[-1][1]]
        yield together, text
        return
    if (before := text[: names[0][0]].strip(" -–+*•.,")) and any(map(str.isdigit, before)):
        yield None, before
    for i, (start, _end, name) in enumerate(names):
        stop = names[i + 1][0] if i + 1 < len(names) else len(text)
        yield name, text[start:stop]


def _unusual_name(text: str, words: Vocabulary) -> str:
    """The unit at the beginning of a line, by its initials, misspelt or of another district."""
    if match := INITIALS.match(text) or LOWER_INITIALS.match(text):
        initials = match["unit"].upper()
        return initials if words.units.resolve(initials, initials=True).codes else ""
    head = _name_in(text).strip(" -–+*•.")
    if words.names_a_unit(head) and any(map(str.isdigit, text)):
        return head
    if match := BARE_NAME.match(text):
        name = match["unit"].strip()
        return name if words.units.resolve(name, fuzzy=True).codes else ""
    return ""


def _lead(
    lines: Sequence[Line], pieces: Sequence[tuple[Own, tuple[Line, ...]]]
) -> tuple[Line, ...]:
    """The lines of a message before its first unit: they hold for each of its pieces."""
    first = pieces[0][0].where
    return tuple(line for line in lines[: [line.where for line in lines].index(first)])


def _by_day(lines: tuple[Line, ...], words: Vocabulary) -> Iterator[tuple[Line, ...]]:
    """The lines of one unit's message, each alone where they report several days."""
    year = words.campaign.dates.start.year
    dated = [
        (line, days.pop())
        for line in lines
        if len(days := _days(line, words)) == 1 and amounts_in([line], year=year).amounts
    ]
    if len({day for _line, day in dated}) < 2:
        yield lines
        return
    for line, _day in dated:
        yield (line,)
