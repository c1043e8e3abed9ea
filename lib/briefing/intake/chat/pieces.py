"""A message cut where it names units: to each the words and numbers that are its own, and what
these are about, where a message speaks of several things in one breath."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.intake.chat.amounts import amounts_in
from briefing.intake.detection.about import About, about_lines
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import office_start
from briefing.intake.detection.sections import Own
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.text import fold, plain

# Not within a number, nor where a line ends in one (`amounts.EITHER`).
CLAUSE = re.compile(r"(?<=[,;.])(?![\d\n])|(?=\s[-–]\s)|(?<=\n)(?!\d)")
LONGEST_NAME = 80
INITIALS = re.compile(
    r"^(?:\W*+|.*(?:[.!?]|\b(?:gửi|gui|bc|báo cáo|bao cao))\s++(?:ạ\W++)?)(?P<unit>[A-ZĐ]{2,4})\b"
    r"(?=\s*+[:=–-]*+\s*+(?:ngày )?(?:\d|báo cáo|bao cao|bc\b|lk\b|lũy|luỹ|luy))"
)
LOWER_INITIALS = re.compile(r"^\W*(?P<unit>[a-zđ]{2,3})\s+(?=(?:ngày )?\d{1,2}[/.]\d{1,2}\b|lk\b)")
BARE_NAME = re.compile(r"^[\W\d]{0,60}(?P<unit>[^\d:=]{6,40}?)\s{0,20}[:=–-]{1,20}\s{0,20}\d")
COMPARED = re.compile(
    r"(?:so voi|cung voi|trong do|kinh gui|gui(?: den)?|giup|nhu)\s+(?:\w+\s+){0,2}$"
)
WHOLE = re.compile(r"^\W*(?:tong(?: cong)?|toan|cong)\b")
ENDS_A_NAME = re.compile(
    r"\s(?:bao cao|bao|tinh den|den\s|luy ke|lk\b|da\s|co\s|gui|ngay|kinh|xin|:)|[:=\d(]"
)
_TYPED = r"(?:\s*+(?:ubnd|phuong|xa|thi tran|tt|tx|p|x)\b\.?)*+\s*+$"  # of the name behind it
# The number of an item, before the name that it numbers: “2. ”, “(2) P.”, “2/ xã ”.
_NUMBERED = re.compile(
    r"(?:(?<=[\s,;.])|^)[-+*•\s]{0,20}"
    rf"[(\[]?(?P<n>\d{{1,2}})\s{{0,20}}(?:[.):/\]]|[-–]){_TYPED}"
)
_COUNTED = re.compile(rf"^\W*+(?P<n>\d{{1,2}})(?=\s){_TYPED}")  # the same without a sign
_FIGURE_FIRST = re.compile(  # “5.432 Bồng Sơn, 3.210 Hoài Đức”
    r"(?:^|[,;:\s])\d++(?:[.,\u00a0 ]\d{3}){0,4}\s{0,20}(?:nguoi|may)?\s{0,20}[-–]?"
    rf"{_TYPED}"
)

_SENTENCE_ENDS = re.compile(r"\w{3}[.!?]\s|\b(?:chua|da|khong|vua|dang)\b[^,;.]{0,200}[,;.]\s")
_COMPASS = re.compile(
    r"(?<=[\s,;])(?:bac|nam|tay|dong)\b(?=\s*[:=]?\s*(?:lk\s|luy ke\s)?\s*\d)(?!\s*\d+[/.-]\d)"
)


def about_message(
    lead: Sequence[Line], piece: Sequence[Line], post: Sequence[Line], words: Vocabulary
) -> About:
    """What one unit's piece of a message is about.

    Of another subject it is where its own words, those before all pieces, or a line of the post
    that gives no number name that, and none speaks of the campaign beside it.

    Args:
        lead: The lines that hold for every piece.
        post: All lines of the message.
    """
    own = [Line(clause, line.where) for line in (*lead, *piece) for clause in _clauses(line.text)]
    about = about_lines(own, words)
    campaign_lines = [line for line in own if words.subjects.speaks(line.text)]
    if about.what == "other" and campaign_lines and not _is_rival(about):
        return about_lines(campaign_lines, words)
    if not about and not any(words.subjects.speaks(line.text) for line in post):
        year = words.campaign.dates.start.year
        general = [line for line in post if not amounts_in([line], year=year).amounts]
        return about_lines(general, words)
    return about


def _is_rival(about: About) -> bool:
    return about.mention is not None and about.mention.rival


def without_others(piece: Sequence[Line], words: Vocabulary) -> tuple[Line, ...]:
    """The lines without their clauses on another subject, up to the next one on the campaign:
    “cài Bluezone 1.250, tiêm mũi 1: 900, lũy kế 3.000”."""
    found, apart = [], False
    for line in piece:
        kept = []
        for clause in _clauses(line.text):
            apart = not words.subjects.speaks(clause) and (
                apart or words.subjects.other(clause) is not None
            )
            kept += [] if apart else [clause]
        if kept:
            found.append(replace(line, text="".join(kept)))
    return tuple(found)


def _clauses(text: str) -> Iterator[str]:
    return (clause for clause in CLAUSE.split(text) if clause.strip())


@dataclass(frozen=True)
class _Named:
    """A unit that a line names: where it begins and ends, and what stands there."""

    start: int
    end: int
    text: str


def pieces_of(lines: Sequence[Line], words: Vocabulary) -> Iterator[tuple[Own, tuple[Line, ...]]]:
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


def name_in(text: str) -> str:
    """The beginning of a sentence, which names its subject."""
    cut = ENDS_A_NAME.search(plain(text))
    head = (text[: cut.start()] if cut else text).strip()
    return head if len(head) <= LONGEST_NAME else ""


def _cut_line(text: str, words: Vocabulary) -> Iterator[tuple[str | None, str]]:
    """A line cut before each unit that it names: the name, `None` for what stands before one."""
    names = _names(text, words)
    if not names:
        name = _unusual_name(text, words)
        yield (name or None, text)
        return
    if len(names) > 1 and _together(text[names[0].end : names[1].start]):
        yield text[names[0].start : names[-1].end], text
        return
    if _figures_first(text, names, words):
        yield from _cut_behind(text, names)
        return
    before = _without_number(text[: names[0].start], text[names[0].end :])
    if _digits(before.strip(" -–+*•.,")):
        yield None, before.strip(" -–+*•.,")
    number = _item_number(text[: names[0].start])
    for i, named in enumerate(names):
        stop = names[i + 1].start if i + 1 < len(names) else len(text)
        piece = text[named.start : stop]
        if number and i + 1 < len(names) and _item_number(piece) == number + i + 1:
            piece = piece[: _NUMBERED.search(plain(piece)).start()]  # type: ignore[union-attr]
        yield named.text, named.text + piece[named.end - named.start :]


def _together(between: str) -> bool:
    """Whether two names stand as one, “… và …”: no figure and no end of a sentence parts them."""
    return not _digits(between) and not _SENTENCE_ENDS.search(plain(between))


def _names(text: str, words: Vocabulary) -> list[_Named]:
    """The units that a line names, also in short: “Tam Quan 1.000, Bắc 1.200”."""
    full_names, low = _names_in_full(text, words), plain(text)
    parts = list(_COMPASS.finditer(low))
    men = all(part[0] == "nam" for part in parts) or re.search(r"\bnu\b", low)
    if not full_names or men:
        return full_names
    short: list[_Named] = []
    for match in parts:
        before = [name for name in full_names if name.end <= match.start()]
        inside = any(name.start <= match.start() < name.end for name in full_names)
        full = f"{before[-1].text} {text[match.start() : match.end()]}" if before else ""
        if full and not inside and len(words.units.resolve(full).codes) == 1:
            known = words.units.resolve(before[-1].text).codes
            if words.units.resolve(full).codes != known:
                short.append(_Named(*match.span(), full))
    return sorted([*full_names, *short], key=lambda name: name.start)


def _names_in_full(text: str, words: Vocabulary) -> list[_Named]:
    found = [(office_start(text, match, words), match) for match in words.units.find(text)]
    return [
        _Named(start := match.start if office is None else office, match.end,
               text[start : match.end])
        for office, match in found
        if not COMPARED.search(plain(text[: match.start]))
    ]  # fmt: skip


def _digits(text: str) -> bool:
    return any(map(str.isdigit, text))


def _item_number(text: str) -> int | None:
    """The number of an item at the end of a text, before the name that it numbers."""
    match = _NUMBERED.search(plain(text))
    return int(match["n"]) if match else None


def _without_number(before: str, behind: str) -> str:
    """What stands before a name, without the number of the item that it begins."""
    low = plain(before)
    counted = _COUNTED.match(low) if _digits(behind) else None
    return "" if counted or _NUMBERED.match(low) else before


def _figures_first(text: str, names: Sequence[_Named], words: Vocabulary) -> bool:
    """Whether the figure of each name stands before it, and nothing behind the last one."""
    year = words.campaign.dates.start.year
    for day in reversed(find_dates(text, year=year)):
        text = text[: day.start] + re.sub(r"\d", "x", text[day.start : day.end]) + text[day.end :]
    starts = [0, *(name.end for name in names)]
    gaps = [text[at : name.start] for at, name in zip(starts, names, strict=False)]
    if _digits(text[names[-1].end :]) or any(_item_number(gap) for gap in gaps):
        return False
    return all(_FIGURE_FIRST.search(plain(gap)) for gap in gaps)


def _cut_behind(text: str, names: Sequence[_Named]) -> Iterator[tuple[str, str]]:
    """A line cut behind each unit that it names."""
    at = 0
    for i, name in enumerate(names):
        stop = name.end if i + 1 < len(names) else len(text)
        yield name.text, text[at:stop]
        at = stop


def _unusual_name(text: str, words: Vocabulary) -> str:
    """The unit at the beginning of a line, by its initials, misspelt or of another parent."""
    if match := INITIALS.match(text) or LOWER_INITIALS.match(text):
        initials = match["unit"].upper()
        return initials if words.units.resolve(initials, initials=True).codes else ""
    head = name_in(text).strip(" -–+*•.")
    if words.names_a_unit(fold(head)) and _digits(text):
        return head
    if match := BARE_NAME.match(text):
        name = match["unit"].strip()
        return name if words.units.resolve(name, fuzzy=True).codes else ""
    return ""
