"""Which body a staff form comes from: by its letterhead, a line of its own, then the names
around."""

from __future__ import annotations

import re
from collections.abc import Sequence

from briefing.intake.detection.hints import Hint
from briefing.intake.detection.identity import (
    Identity,
    confirmed,
    identify_unit,
    unit_unknown,
)
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import is_addressed, is_national, is_signed, is_title
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.disclosure import shown_line
from briefing.intake.parsers.places import Places
from briefing.intake.parsers.text import fold
from briefing.locale.pack import Worded

PRINTED_LINE = Worded(r"^(?:«letters.printed»|[\d ]*$)")
OWN_NAME = Worded(r"^\W*«letters.own_name»\s*:[\s.…]*", re.IGNORECASE)
HEAD_LINES = 8  # of a text of unknown form, in which its sender stands
WRAPPED_LINES = 3  # over which a long name may run


def identify_body(lines: Sequence[Line], hint: Hint, words: Vocabulary, file: str) -> Identity:
    """The body that a staff form comes from: the last name of its letterhead, above the title.

    A known name further up is the issuer's parent, so it doesn't stand for an unknown issuer.
    """
    head = _letterhead(lines, words) or _own_name(lines)
    for back in range(1, min(len(head), WRAPPED_LINES) + 1):
        text = " ".join(line.text for line in head[-back:])
        if found := _ending(text, len(head[-1].text), words.bodies):
            return confirmed(found, Line(text, head[-1].where), hint.all_bodies, file, words)
    text = OWN_NAME.sub("", head[-1].text) if head else ""
    codes = words.bodies.resolve(text, fuzzy=True).codes
    if len(codes) == 1:
        return confirmed(codes[0], head[-1], hint.all_bodies, file, words)
    if len(hint.bodies) == 1:
        return Identity(hint.bodies[0], file)
    named = dict.fromkeys(
        match.code
        for line in lines
        if not is_addressed(line.key)
        for match in words.bodies.find(line.text)
    )
    if len(named) == 1 and not text:
        return Identity(next(iter(named)), file)
    may_be = codes or hint.bodies or tuple(named)
    return Identity(
        None, shown_line(text), (unit_unknown(text, file),), {"may_be": may_be} if may_be else {}
    )


def sender_of(lines: Sequence[Line], words: Vocabulary) -> str | None:
    """The body or the unit in whose letterhead a text of no known form begins, or whose message
    it is; `None` where that is not one."""
    head = _letterhead(lines[:HEAD_LINES], words)
    bodies = {match.code for line in head for match in words.bodies.find(line.text)}
    if bodies:
        return bodies.pop() if len(bodies) == 1 else None
    return identify_unit(lines[:HEAD_LINES], Hint(), words, "").value


def _ending(text: str, last: int, places: Places) -> str | None:
    """The code of the name that reaches into the last so many characters of a text."""
    named = [match for match in places.find(text) if match.end > len(text) - last]
    codes = {match.code for match in named}
    return codes.pop() if len(codes) == 1 else None


def _letterhead(lines: Sequence[Line], words: Vocabulary) -> list[Line]:
    """Lines above the title that may name the issuer: not what is printed on every form."""
    place = fold(words.campaign.area.name.vi)
    head: list[Line] = []
    for line in lines:
        key = line.key
        if is_title(key):
            break
        printed = is_national(key) or PRINTED_LINE.match(key) or key == place
        if printed or is_addressed(key) or is_signed(line.text):
            continue
        head.append(line)
    return head


def _own_name(lines: Sequence[Line]) -> list[Line]:
    """A line “Đơn vị: …” under the title, where nothing above it names the issuer."""
    return [line for line in lines if OWN_NAME.match(line.text) and OWN_NAME.sub("", line.text)][:1]


def body_of_cell(text: str, where: str, words: Vocabulary) -> Identity:
    """The same of a body."""
    codes = words.bodies.resolve(text, fuzzy=True).codes
    if len(codes) == 1:
        return Identity(codes[0], shown_line(text))
    return Identity(None, shown_line(text), (unit_unknown(text, where),))


def is_of_a_unit(lead: Sequence[Line], hint: Hint, words: Vocabulary) -> bool:
    """Whether a report is a unit's own, not that of a body in it: so says the letterhead's
    last line; without any, the file's name."""
    head = _letterhead(lead, words)
    if hint.bodies or any(words.bodies.find(line.text) for line in head):
        return False
    return bool(words.units.find(head[-1].text) if head else hint.units)
