"""A text pasted from a chat or an e-mail, as the messages that it is made of.

Who sent a message is not kept: of the sender's name only the unit that it names remains.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from briefing.intake.chat.amounts import EITHER, is_torn, masked
from briefing.intake.chat.linking import called_left, called_right, is_called_over
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import names_an_office
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.nil import nil_in
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.text import plain
from briefing.intake.readers.earlier import MARKED, day_of_letter, earlier_in, own_lines

NEAR = 60  # characters beside a break in which something that it tore stands
DIGIT_NEAR = 20  # the same of a digit, without which neither a number nor a day was torn
DIGITS = re.compile(r"\d")
SHORTEST_FULL = 50  # characters; a shorter line was ended by hand
ENDS = re.compile(r"(?<![\w.,/:-])(?P<digits>\d{1,3}(?:[., ]\d{3}){0,4})(?P<mark>[.,]?)$")
BEGINS = re.compile(r"(?P<mark>[.,]?)(?P<digits>\d{3}(?:[., ]\d{3})*)(?!\d)(?![.,/]\d)")
ENDS_WITHIN = re.compile(r"(?<![\w.,/:-])(?:\d{1,3}[.,]\d{1,2}|\d{1,3})$")  # “1.2|50”, “54|32”
BEGINS_WITHIN = re.compile(r"\d{1,2}(?![\d.,/%:])")
SPACED = re.compile(r"(?<=\d)[.] (?=\d{3}(?!\d))")  # “1. 250”
RATE_ENDS, RATE_BEGINS = re.compile(r"\d[.,]$"), re.compile(r"\d+\s*(?:%|phan tram)")
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


def joined(lines: Sequence[Line], words: Vocabulary) -> tuple[Line, ...]:
    """The lines, one in whose end something was torn together with the next."""
    width = max((len(line.text) for line in lines), default=0)
    out: list[Line] = []
    last = ""  # the line above as it came
    for line in (_spaced(line, words) for line in lines):
        below = unicodedata.normalize("NFC", line.text).lstrip()
        above = unicodedata.normalize("NFC", out[-1].text).rstrip() if out else ""
        full = len(last) >= SHORTEST_FULL and len(last) + 1 + len(below.split(" ")[0]) > width
        apart = line.of_a_table or not (above and below)  # each row of a table stands for itself
        link = None if apart else _link(above, below, full, words)
        if link is None:
            out.append(line)
        else:
            out[-1] = replace(out[-1], text=f"{above}{link}{below}")
        last = line.text
    return tuple(out)


def _spaced(line: Line, words: Vocabulary) -> Line:
    """A line with a blank behind the point of a number, as one in which a line had ended."""
    text, year = unicodedata.normalize("NFC", line.text), words.campaign.dates.start.year
    for gap in SPACED.finditer(text):
        above, below = text[: gap.start() + 1], text[gap.end() :]
        if link := _number_link(masked(above, year), masked(below, year), full=False):
            return replace(line, text=f"{above}{link}{below}")
    return line


def _link(above: str, below: str, full: bool, words: Vocabulary) -> str | None:
    """What joins two lines; `None` where nothing was torn.

    Args:
        full: The next word had no room in the line above.
    """
    near, next_to = above[-NEAR:], below[:NEAR]
    text, at = f"{near} {next_to}", len(near)
    low = plain(text)
    if any(each.start < at < each.end - 1 for each in words.units.find(text)):
        return " "
    if any(start < at < end - 1 for start, end in nil_in(low)):
        return " "
    if full and is_called_over(low, at):
        return " "
    if not DIGITS.search(f"{near[-DIGIT_NEAR:]}{next_to[:DIGIT_NEAR]}"):
        return None
    year = words.campaign.dates.start.year
    if any(day.start < at < day.end - 1 for day in find_dates(text, year=year)) or is_torn(low, at):
        return " "
    return _number_link(masked(above, year), masked(below, year), full)


def _number_link(above: str, below: str, full: bool) -> str | None:
    """What joins the two parts of a number, `EITHER` in it where they may be two numbers."""
    if full and RATE_ENDS.search(above) and RATE_BEGINS.match(below):
        return ""
    ends, begins = ENDS.search(above), BEGINS.match(below)
    if ends and begins and not (ends["mark"] and begins["mark"]):
        mark = ends["mark"] or begins["mark"]
        number = parse_number(f"{ends['digits']}{mark or ' '}{begins['digits']}")
        if isinstance(number, Number) and number.kind == "count":
            left, right = _called(above, ends.start(), below, begins.end())
            link = "" if mark else " "
            apart = _are_two(left, right)
            if full:
                return link + EITHER if apart else link
            return link + EITHER if left != "none" and not apart else None
    ends, begins = ENDS_WITHIN.search(above), BEGINS_WITHIN.match(below)
    if full and ends and begins:
        left, right = _called(above, ends.start(), below, begins.end())
        number = parse_number(ends[0] + begins[0])
        if left != "none" and not _are_two(left, right) and isinstance(number, Number):
            return EITHER
    return None


def _called(above: str, start: int, below: str, end: int) -> tuple[str, str]:
    """What the words before and behind a number call it."""
    behind, _, more = re.split(r"(\d|$)", below[end:], maxsplit=1)
    role, used = called_right(behind)
    leads_in = more and not behind[used:].strip(" :=")  # “… tăng 12”: it calls the next number
    return called_left(above[:start]), "none" if leads_in else role


def _are_two(left: str, right: str) -> bool:
    """Whether the words before and behind call two numbers, and not one."""
    return "none" not in (left, right) and left != right and (left, right) != ("luy_ke", "total")


@dataclass(frozen=True)
class Post:
    """One message.

    Attributes:
        lines: What it says: neither its header, nor what it quotes.
        sent: The day in its header, where one stands there.
        sender_units, sender_bodies: The units and bodies that the sender calls himself by.
    """

    lines: tuple[Line, ...]
    sent: date | None = None
    sender_units: tuple[str, ...] = ()
    sender_bodies: tuple[str, ...] = ()

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
    bodies = words.bodies.resolve(post.sender).codes if post.sender else ()
    message = Post(tuple(own or post.lines), post.sent, codes, bodies)
    return (
        message
        if message.length > LONGEST_POST
        else replace(message, lines=joined(message.lines, words))
    )


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
