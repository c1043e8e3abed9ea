"""What of a report may be shown in a finding: no full phone number, no person's name.

Names inside other text are found by family names, middle names, and by what leads to one. Nothing
is proved here: what looks like a name is hidden, be it a place's or an ordinary word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from briefing.intake.parsers.phones import mask, parse_phone
from briefing.intake.parsers.text import clean, fold, plain, tidy_tone
from briefing.locale.pack import Worded, pack, remembered

WORD = re.compile(r"[^\W\d_]+")
MOST_WORDS = 5  # of a name, where it begins with a family name; of one that a word leads to
NO_NAME = Worded(r"«persons.no_name»\b")
LEADS = Worded(
    r"(?<!\w)«persons.leads»(?:[ /]«persons.further_leads»){0,3}"
    r"(?: ?[:/.] ?| (?:«persons.is_called» )?)",
    re.IGNORECASE,
)
AFTER_LEAD = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4}")
LAST = Worded(r" «persons.last»(?!\w)", re.IGNORECASE)
PHONE = Worded(r"(?<!\w)(?:\+?«phones.country»|0|O|o)(?:[\s.-]{0,2}[\dOox]){7,10}(?!\w)")
BEFORE = Worded(
    r"(?<![^\W\d_])(?P<name>[^\W\d_]+(?: [^\W\d_]+){0,4})"
    r"[\s,:;(–-]{0,3}«persons.number_words»?"
    r"[\s,:;(–.-]{0,3}$",
    re.IGNORECASE,
)
BEHIND = Worded(r"[\s,:;()–-]{0,3}(?:«persons.is_called» )?([^\W\d_]+(?: [^\W\d_]+){1,4})")
WINDOW = 80  # characters before a number in which a name beside it stands
WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:\s++[^\W\d_]++)+")  # two and more, as a name has
FAMILY_NAMES = Worded("«persons.shortened»")
PLACE = Worded(r"«persons.places»\b")
HOUSE_OF = Worded(r"\b(«persons.houses»)\s[^,;\d()-]+", re.IGNORECASE)
MOBILE = Worded(r"(?<![\d.])(?:\+?«phones.country»|0)[ .-]?[235789]\d(?:[ .-]?\d){7}(?!\d)")
PHONE_LIKE = re.compile(r"(?<![\w.])\+?\d(?:[ .-]{0,2}\d){8,10}(?!\w)")
COUNT = re.compile(r"\d{1,7}|\d{1,3}(?:[.,  ]\d{3}){1,3}")
DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}")


def hidden(text: str) -> str:
    """A text in which of each name only the initials are left."""
    if not WORD.search(text):
        return text
    by_itself = _by_family if pack().persons.families else _by_capitals
    spans = [*_led_to(text), *by_itself(text), *_beside_phones(text)]
    for start, end in sorted(_joined(spans), reverse=True):
        if any(len(word[0]) > 1 for word in WORD.finditer(text, start, end)):  # else hidden already
            text = text[:start] + _of_each(text[start:end]) + text[end:]
    return text


def _of_each(text: str) -> str:
    return "".join(f"{word[0][0]}." for word in WORD.finditer(text))


def _led_to(text: str) -> list[tuple[int, int]]:
    """What stands behind “hỏi”, “gặp”, “chị” and their like."""
    spans = []
    for lead in LEADS.finditer(text):
        if name := AFTER_LEAD.match(text, lead.end()):
            last = LAST.search(text, lead.end() - 1, name.end())
            end = last.start() if last else name.end()
            if end > lead.end() and not NO_NAME.match(fold(text[lead.end() : end])):
                spans.append((lead.end(), end))
    return spans


def _by_family(text: str) -> list[tuple[int, int]]:
    """A family's name with what goes with it: in a text with diacritics by how it is written."""
    words = [*WORD.finditer(text)]
    spans, at = [], 0
    while at < len(words) - 1:
        if not _begins_a_name(text, words, at):
            at += 1
            continue
        end = at + 1
        following = words[end + 1 : at + MOST_WORDS]
        for one, other in pairwise((words[end], *following)):
            if not _near(text, one, other) or fold(other[0]) in pack().persons.stops:
                break
            end += 1
        spans.append((words[at].start(), words[end].end()))
        at = end + 1
    return spans


def _by_capitals(text: str) -> list[tuple[int, int]]:
    """Words with capitals side by side, none of them in the pack: where no list has names."""
    runs: list[list[re.Match[str]]] = [[]]
    for word in WORD.finditer(text):
        last = runs[-1][-1:]
        if last and text[last[0].end() : word.start()].strip(" '-"):
            runs.append([])
        if word[0][0].isupper() and fold(word[0]) not in _words():
            runs[-1].append(word)
        else:
            runs.append([])
    return [(run[0].start(), run[-1].end()) for run in runs if len(run) > 1]


@remembered(maxsize=1)
def _words() -> frozenset[str]:
    """Every word of the pack; single letters of its patterns are none."""
    words = map(fold, WORD.findall(pack().model_dump_json()))
    return frozenset(word for word in words if len(word) > 1)


def _begins_a_name(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a word is a family's name, and the next one goes with it."""
    one, other = words[at][0], words[at + 1][0]
    if not _near(text, words[at], words[at + 1]):
        return False
    if NO_NAME.match(" ".join(fold(word[0]) for word in words[at : at + 3])):
        return False
    bare = one.isascii() and other.isascii()
    families, middles = _bare_names() if bare else _spelt_names()
    family, middle = (_spelt(word) for word in (one, other))
    if family not in families:
        return False
    sure, capitals = fold(one) in pack().persons.sure, one[0].isupper() and other[0].isupper()
    if not (middle in middles or capitals or (sure and not one.isascii())):
        return False
    return sure or not _in_a_place(text, words, at)


def _in_a_place(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a family's name stands in a place's: “Hoài Châu”, “thôn Lâm Trúc”."""
    before, word = words[at - 1], words[at]
    if not at or not _near(text, before, word):
        return False
    if fold(before[0]) in pack().persons.place_words:
        longer = at + 2 < len(words) and _near(text, words[at + 1], words[at + 2])
        return not longer and fold(words[at + 1][0]) not in pack().persons.middle_words
    capitals = before[0][0].isupper() and word[0][0].isupper()
    return capitals and len(before[0]) > 2 and fold(before[0]) not in pack().persons.offices


def _beside_phones(text: str) -> list[tuple[int, int]]:
    """What stands right before or behind a telephone number."""
    spans = []
    for phone in PHONE.finditer(text):
        start = max(0, phone.start() - WINDOW)
        if before := BEFORE.search(text[start : phone.start()]):
            own = before.span("name")
            spans.append((start + own[0], start + own[1]))
        if behind := BEHIND.match(text, phone.end()):
            spans.append(behind.span(1))
    return spans


def _near(text: str, one: re.Match[str], other: re.Match[str]) -> bool:
    return one.end() < other.start() and not text[one.end() : other.start()].strip(" _")


def _spelt(word: str) -> str:
    return word.lower() if word.isascii() else tidy_tone(word.lower())


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap, as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


@remembered(maxsize=1)
def _spelt_names() -> tuple[frozenset[str], frozenset[str]]:
    """Names of families, and those between them and a person's own, as `_spelt` leaves them."""
    names = pack().persons
    return frozenset(map(_spelt, names.families)), frozenset(map(_spelt, names.middles))


@remembered(maxsize=1)
def _bare_names() -> tuple[frozenset[str], frozenset[str]]:
    """The same without diacritics."""
    names = pack().persons
    return frozenset(map(plain, names.families)), frozenset(map(plain, names.middles))


def shown_cell(value: object) -> str:
    """What a cell holds: phones masked, of a person's name the initials."""
    text = clean(value)
    if DATE.fullmatch(text):
        return text
    return shown_line(WORDS.sub(_initials, text))


def shown_count(value: object) -> str:
    """What a cell holds in which a count is due: a count as it is, but for a phone number."""
    text = clean(value)
    reached = parse_phone(text).status in ("ok", "landline")
    return text if COUNT.fullmatch(text) and not reached else shown_cell(text)


def _initials(match: re.Match[str]) -> str:
    """The initials of words that look like a person's name; other words as they are."""
    words = match[0].split()
    named = FAMILY_NAMES.fullmatch(fold(words[0])) or all(word[0].isupper() for word in words)
    return "".join(f"{word[0]}." for word in words) if named else match[0]


def shown_line(text: str) -> str:
    """A line of a heading or of a message: phones masked, of persons' names the initials."""
    text = hidden(text)
    return mask(text) if any(map(str.isdigit, text)) else text


def shown_phones(text: str) -> str:
    """A text of a finding, which may have taken a telephone number for something else."""
    return PHONE_LIKE.sub(lambda found: mask(found[0]), text)


def shown_place(address: str, person: str) -> str:
    """An address without the person of its row, nor anybody whose house it names.

    What does not begin as a place does may be a name, in a row typed a column too far.
    """
    if person:
        address = re.sub(re.escape(person), "…", address, flags=re.IGNORECASE)
    address = mask(hidden(HOUSE_OF.sub(r"\1 …", mask(address))))
    return address if PLACE.match(fold(address)) else WORDS.sub(_initials, address)


def shown_code(text: str) -> str:
    """The text of a QR code; phones in it are masked, other numbers are the code."""
    return MOBILE.sub(lambda match: mask(match[0]), hidden(text))
