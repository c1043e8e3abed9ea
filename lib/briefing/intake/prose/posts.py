"""A text pasted from a chat or an e-mail, as the messages that it is made of.

Who sent a message is not kept: of the sender's name only the unit that it names remains.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from briefing.intake.recognition.lines import Line
from briefing.intake.recognition.offices import names_an_office
from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.values.dates import find_dates
from briefing.intake.values.text import fold, plain

_CLOCK = r"\d{1,2}\s?[:hg]\s?\d{2}(?::\d{2})?(?:\s?[ap]m)?"
_DAY = r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|hom nay|hom qua|thu (?:\d|\w+)|chu nhat|cn)"
_STAMP = rf"(?:{_DAY}[\s,–-]*)?{_CLOCK}(?:[\s,–-]*(?:ngay )?{_DAY})?"
BRACKETED = re.compile(rf"^\[\s*{_STAMP}\s*\]\s*(?P<sender>[^:]{{1,60}}):\s*")
DASHED = re.compile(rf"^{_STAMP}\s*[-–]\s*(?P<sender>[^:\d]{{1,60}}):\s*")
STAMPED = re.compile(rf"^[(\[]?{_STAMP}[)\]]?$")
NAME_AND_STAMP = re.compile(rf"^(?P<sender>[^:\d]{{2,60}}?)[\s,(–-]+{_STAMP}\)?$")
QUOTED = re.compile(r"^\s*[>|│]|^(?:tra loi|trich dan|da tra loi)\b|^[\"“].*[\"”]$")
EARLIER = re.compile(
    r"^-{2,}\s*(?:original message|tin nhan goc|thu goc|forwarded message|thu da chuyen tiep)"
    r"|\b(?:da viet|wrote)\s*:$"
)
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


@dataclass
class _Open:
    lines: list[Line] = field(default_factory=list)
    sent: date | None = None
    sender: str = ""


def posts_of(lines: Iterable[Line], words: Vocabulary) -> list[Post]:
    """The messages of a text, in order; a text without any header is one message."""
    year = words.campaign.dates.start.year
    posts = [_Open()]
    for line in _without_earlier(list(lines)):
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
    return Post(_unwrapped(own or post.lines, words), post.sent, codes, agencies)


def _unwrapped(lines: list[Line], words: Vocabulary) -> tuple[Line, ...]:
    """The lines, one in whose end the name of a unit was broken off together with the next."""
    whole: list[Line] = []
    for line in lines:
        if whole and _breaks_a_name(whole[-1].text, line.text, words):
            whole[-1] = Line(f"{whole[-1].text} {line.text}", whole[-1].where)
        else:
            whole.append(line)
    return tuple(whole)


def _breaks_a_name(above: str, below: str, words: Vocabulary) -> bool:
    """Whether a name that ends the line above goes on in the line below, as another unit's."""
    alone = words.units.find(above)
    if not alone or alone[-1].end < len(above.rstrip()):
        return False
    joined = words.units.find(f"{above} {below}")
    return any(match.start == alone[-1].start and match.end > len(above) for match in joined)


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


def _without_earlier(lines: list[Line]) -> list[Line]:
    """The lines up to an earlier message under them; that one, where nothing stands above."""
    for at, line in enumerate(lines):
        if EARLIER.search(plain(line.text)):
            above = [each for each in lines[:at] if any(map(str.isdigit, fold(each.text)))]
            return lines[:at] if above else lines[at + 1 :]
    return lines
