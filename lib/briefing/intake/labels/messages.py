"""The staff form in a message: a body's three numbers in a sentence, or bare under its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.intake.chat.amounts import figures_alone
from briefing.intake.chat.messages import LONGEST_LINE
from briefing.intake.chat.posts import LONGEST_POST, Post, posts_of
from briefing.intake.detection.hints import Hint
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import is_addressed, names_an_office, own_names
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.labels.staff import COUNTS, Answer
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.text import plain
from briefing.intake.submission import Finding
from briefing.locale.pack import Worded
from briefing.params.settings import Dates

ENOUGH = 2  # numbers that are called by their names
_NUMBER = re.compile(r"(?<![\w.,/])\d+(?:[.,]\d{3})*(?:\s?/\s?\d+)?(?![\w/%]|[.,]\d|\s?%)")
_CLAUSE = re.compile(r"[,;.(\n](?!\d)|\b(?:trong do|va|gom)\b")
_CALLED = (
    ("", re.compile(r"\b(?:chua|con lai|con thieu|khong)\b")),
    ("m01_numerator", re.compile(r"\b(?:cai|luy ke|lk)\b")),
    ("m01_denominator", Worded(r"\b«staff.device»\b")),
    ("m01_tong_cbccvc", re.compile(
        r"\b(?:tong|can bo|cong chuc|vien chuc|lao dong|nhan vien|giao vien|dong chi|bien che|cb\w*"
        r"|ccvc|nld|quan so)\b"
    )),
)  # fmt: skip
_TO = re.compile(r"\bgui(?: den| toi| ve| cho)?\s*$")
_AFTER_ADDRESS = re.compile(r"[.,;:!](?!\d)")


@dataclass(frozen=True)
class BodyStatement:
    """What a message says for one body.

    Attributes:
        code: The body.
        named: The message itself names it.
        where: Where it is named, or the message begins.
        lines: What is said of it.
        answers: Field of the staff form → number as written.
        sure: All numbers are called by their names.
    """

    code: str
    named: bool
    where: str
    lines: Sequence[Line]
    answers: dict[str, Answer]
    sure: bool


def body_posts(lines: Sequence[Line], hint: Hint, words: Vocabulary) -> list[Post]:
    """The messages that are a body's: so they say, or their sender, or the file's name."""
    if any(len(line.text) > LONGEST_LINE for line in lines):
        return []
    posts = [
        post
        for post in posts_of(lines, words)
        if sum(len(line.text) for line in post.lines) <= LONGEST_POST
    ]
    alone = len(posts) == 1 and not hint.units
    return [
        post
        for post in posts
        if _speaks_for_bodies(post, words)
        or (_around(post, hint if alone else Hint()) and not _names_a_unit(post, words))
    ]


def _speaks_for_bodies(post: Post, words: Vocabulary) -> bool:
    """Whether a message names bodies as its senders, and no unit nor another office in one."""
    named = [any(True for _match in _senders(line, words)) for line in post.lines]
    others = (
        not own and names_an_office(line.text, words)
        for line, own in zip(post.lines, named, strict=True)
    )
    return any(named) and not any(others) and not _names_a_unit(post, words)


def _names_a_unit(post: Post, words: Vocabulary) -> bool:
    return any(own_names(line.text, words) for line in post.lines)


def _around(post: Post, hint: Hint) -> str | None:
    """The body that the sender's name or the names around the file say."""
    bodies = next((codes for codes in (post.sender_bodies, hint.bodies) if len(codes) == 1), ())
    return bodies[0] if bodies else None


def is_on_topic(lines: Sequence[Line]) -> bool:
    """Whether a message speaks of counting at all."""
    return any(_CALLED[1][1].search(plain(line.text)) for line in lines)


def body_statements(post: Post, hint: Hint, words: Vocabulary) -> list[BodyStatement]:
    """What a message of `body_posts` says for each body, in order."""
    dates = words.campaign.dates
    pieces = list(_pieces(post.lines, words))
    if not pieces and (around := _around(post, hint)):
        return [
            BodyStatement(
                around, False, post.lines[0].where, post.lines, *_answers(post.lines, dates)
            )
        ]
    return [
        BodyStatement(code, True, own[0].where, own, *_answers(own, dates)) for code, own in pieces
    ]


def no_statement(where: str, name: str) -> Finding:
    """Of a message that names a body and in which its numbers can't be read."""
    return Finding("number_unreadable.staff_message", where, name)


def unlabelled(one: BodyStatement) -> Finding:
    """Of numbers without labels, and of a lone “45/50” that is called so."""
    numbers = ", ".join(str(answer.value) for answer in one.answers.values())
    labels = len(one.answers) == len(COUNTS)
    code = "reading_low_confidence.unlabelled" if labels else "reading_low_confidence.whole"
    return Finding(code, one.where, numbers)


def _pieces(lines: Sequence[Line], words: Vocabulary) -> Iterator[tuple[str, list[Line]]]:
    """The lines cut where they name a body: its code, and the text up to the next one."""
    code: str | None = None
    held: list[Line] = []
    for line in lines:
        text, at = unicodedata.normalize("NFC", line.text), 0
        for match in _senders(line, words):
            if code:
                yield code, [*held, Line(text[at : match.start], line.where)]
            code, held, at = match.code, [], match.end
        held.append(Line(text[at:], line.where))
    if code:
        yield code, held


def _senders(line: Line, words: Vocabulary) -> Iterator:
    """The bodies that a line names, but for those to whom it is addressed."""
    text = unicodedata.normalize("NFC", line.text)
    addressed = is_addressed(line.key)
    rest = _AFTER_ADDRESS.search(text) if addressed else None
    first = 0 if not addressed else rest.end() if rest else len(text)
    for match in words.bodies.find(text):
        if match.start >= first and not _TO.search(plain(text[: match.start])):
            yield match


def _answers(lines: Sequence[Line], dates: Dates) -> tuple[dict[str, Answer], bool]:
    """The numbers by what they are called; three that nothing is said of, from all staff on
    down, in their order."""
    called: dict[str, Answer] = {}
    bare: list[Answer] = []
    clear = True
    for line in lines:
        text = figures_alone(line.text, first=dates.start, last=dates.end)
        found = list(_NUMBER.finditer(text))
        ends = [0, *(match.end() for match in found)]
        starts = [*(match.start() for match in found), len(text)]
        for i, match in enumerate(found):
            left, right = text[ends[i] : match.start()], text[match.end() : starts[i + 1]]
            field = _field(_CLAUSE.split(left)[-1])
            field = _field(_CLAUSE.split(right)[0]) if field is None else field
            answer = Answer(match[0].replace(" ", ""), line.where)
            if field is None:
                bare.append(answer)
            elif field:
                clear = clear and called.get(field, answer).value == answer.value
                called[field] = answer
    if clear and len(called) >= ENOUGH and "m01_numerator" in called:
        return called, True
    counts = [n.value for a in bare if isinstance(n := parse_number(a.value), Number)]
    falling = len(counts) == len(bare) == len(COUNTS) and counts == sorted(counts, reverse=True)
    if called.keys() == {"m01_numerator"} and clear and not bare:
        part, _sign, denominator = str(called["m01_numerator"].value).partition("/")
        where = called["m01_numerator"].where
        if denominator and int(part) <= int(denominator):
            numbers = {"m01_denominator": denominator, "m01_numerator": part}
            return {field: Answer(number, where) for field, number in numbers.items()}, False
    if called or not falling:
        return {}, True
    return dict(zip(COUNTS, bare, strict=True)), False


def _field(clause: str) -> str | None:
    """What a clause calls its number; "" where it is none of the form's; `None` where it calls it
    nothing."""
    return next((field for field, pattern in _CALLED if pattern.search(clause)), None)
