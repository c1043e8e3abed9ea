"""Sentences that a program broke into lines of one width, joined where the break tore something.

That is a number, a day, an hour, a phone, a unit's name, a word for a count. All other lines stay
as they are, each with its own address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from briefing.intake.prose.amounts import EITHER, is_torn, masked
from briefing.intake.prose.calling import called_left, called_right, is_called_over
from briefing.intake.recognition.lines import Line
from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.values.dates import find_dates
from briefing.intake.values.nil import nil_in
from briefing.intake.values.numbers import Number, parse_number
from briefing.intake.values.text import plain

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


def joined(lines: Sequence[Line], words: Vocabulary) -> tuple[Line, ...]:
    """The lines, one in whose end something was torn together with the next."""
    width = max((len(line.text) for line in lines), default=0)
    whole: list[Line] = []
    last = ""  # the line above as it came
    for line in (_spaced(line, words) for line in lines):
        below = unicodedata.normalize("NFC", line.text).lstrip()
        above = unicodedata.normalize("NFC", whole[-1].text).rstrip() if whole else ""
        full = len(last) >= SHORTEST_FULL and len(last) + 1 + len(below.split(" ")[0]) > width
        apart = line.of_a_table or not (above and below)  # each row of a table stands for itself
        link = None if apart else _link(above, below, full, words)
        if link is None:
            whole.append(line)
        else:
            whole[-1] = replace(whole[-1], text=f"{above}{link}{below}")
        last = line.text
    return tuple(whole)


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
