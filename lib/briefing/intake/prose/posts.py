"""A text pasted from a chat or an e-mail, as the messages that it is made of.

Who sent a message is not kept: of the sender's name only the unit that it names remains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.intake.opening.earlier import MARKED, day_of_letter, earlier_in, own_lines
from briefing.intake.prose.wrapping import joined
from briefing.intake.recognition.lines import Line
from briefing.intake.recognition.offices import names_an_office
from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.values.dates import find_dates
from briefing.intake.values.text import plain

_CLOCK = r"\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2})?(?:\s?[ap]m)?"
_DAY = r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|hom nay|hom qua|thu (?:\d|\w+)|chu nhat|cn)"
_STAMP = rf"(?:{_DAY}[\s,–-]{{0,20}})?{_CLOCK}(?:[\s,–-]{{0,20}}(?:ngay )?{_DAY})?"
BRACKETED = re.compile(rf"^\[\s*{_STAMP}\s*\]\s*(?P<sender>[^:]{{1,60}}):\s*")
DASHED = re.compile(rf"^{_STAMP}\s{{0,20}}[-–]\s*+(?P<sender>[^:\d]{{1,60}}):\s*")
STAMPED = re.compile(rf"^[(\[]?{_STAMP}[)\]]?$")
NAME_AND_STAMP = re.compile(rf"^(?P<sender>[^:\d]{{2,60}}?)[\s,(–-]{{1,20}}{_STAMP}\)?$")
QUOTED = re.compile(r"^(?:tra loi|trich dan|da tra loi)\b|^[\"“].*[\"”]$")
LONGEST_POST = 3000  # characters; more is a letter, not a message
LONGEST_NAME = 6  # words in the name of a sender


@dataclass(frozen=True)
class Post:
    """One message.

    Attributes:
        lines: What it says: neither its header, nor what it quotes.
        sent: The day in its header, where one stands there.
        sender_units, sender_agencies: The units and agencies that the sender calls himself by.
    """

    lines: tuple[Line, ...]
    sent: date | None = None
    sender_units: tuple[str, ...] = ()
    sender_agencies: tuple[str, ...] = ()

    @property
    def length(self) -> int:
        """In characters."""
        return sum(len(line.text) for line in self.lines)


@dataclass(frozen=True)
class Earlier:
    """An earlier message under or in a newer one.

    Attributes:
        sent: The day that its head says.
        sender_units: The units that its head names.
        is_repeated: A newer text stands beside it.
    """

    lines: tuple[Line, ...]
    sent: date | None
    sender_units: tuple[str, ...]
    is_repeated: bool


@dataclass
class _Open:
    lines: list[Line] = field(default_factory=list)
    sent: date | None = None
    sender: str = ""


def parted(lines: Sequence[Line], words: Vocabulary) -> tuple[list[Line], Earlier | None]:
    """The lines of the newest message, and the earlier one that it repeats."""
    texts = [line.text for line in lines]
    own = [line for line, text in zip(lines, own_lines(texts), strict=True) if text]
    at = earlier_in(texts)
    head = lines[at.first : at.text] if at else ()
    marked = [line for line in lines[: at.first if at else None] if MARKED.match(line.text)]
    below = [*marked, *lines[at.text :]] if at else marked
    below = [replace(line, text=MARKED.sub("", line.text)) for line in below]
    if not below or len(below) == len(lines) == len(own):
        return list(lines), None
    year = words.campaign.dates.start.year
    days = [day for line in head if (day := day_of_letter(line.text, year))]
    codes = {match.code for line in head for match in words.units.find(line.text)}
    repeated = bool(own) or not (at and at.headed)
    return own, Earlier(tuple(below), days[0] if days else None, tuple(codes), repeated)


def posts_of(lines: Iterable[Line], words: Vocabulary) -> list[Post]:
    """The messages of a text, in order; a text without any header is one message."""
    year = words.campaign.dates.start.year
    posts = [_Open()]
    for line in lines:
        key = plain(line.text)
        header = BRACKETED.match(key) or DASHED.match(key)
        if header:
            sender = line.text[slice(*header.span("sender"))]
            posts.append(_Open([], _day_in(line.text[: header.end()], year), sender))
            if rest := line.text[header.end() :].strip():
                posts[-1].lines.append(Line(rest, line.where))
        elif STAMPED.match(key) or _is_name_and_stamp(line.text):
            posts.append(_Open([], _day_in(line.text, year), _sender(line, posts[-1])))
        else:
            posts[-1].lines.append(line)
    return [_closed(post, words) for post in posts if post.lines]


def _closed(post: _Open, words: Vocabulary) -> Post:
    own = [line for line in post.lines if not QUOTED.match(plain(line.text))]
    office = names_an_office(post.sender, words)
    codes = words.units.resolve(post.sender).codes if post.sender and not office else ()
    agencies = words.agencies.resolve(post.sender).codes if post.sender else ()
    said = Post(tuple(own or post.lines), post.sent, codes, agencies)
    return said if said.length > LONGEST_POST else replace(said, lines=joined(said.lines, words))


def _day_in(text: str, year: int) -> date | None:
    found = find_dates(text, year=year)
    return found[0].date if found else None


def _is_name_and_stamp(text: str) -> bool:
    match = NAME_AND_STAMP.match(plain(text))
    return bool(match and _like_a_name(text[slice(*match.span("sender"))]))


def _sender(line: Line, before: _Open) -> str:
    """The sender's name, beside the hour or on the line above it, from where it is taken away."""
    match = NAME_AND_STAMP.match(plain(line.text))
    if match:
        return line.text[slice(*match.span("sender"))]
    if before.lines and _like_a_name(before.lines[-1].text):
        return before.lines.pop().text
    return before.sender


def _like_a_name(text: str) -> bool:
    parts = text.replace("-", " ").split()
    return 0 < len(parts) <= LONGEST_NAME and all(part[0].isupper() for part in parts)
