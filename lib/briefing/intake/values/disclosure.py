"""What of a report may be shown in a finding: no full phone number, no person's name."""

from __future__ import annotations

import re

from briefing.intake.values.persons import hidden
from briefing.intake.values.phones import mask, parse_phone
from briefing.intake.values.text import clean, fold

WORDS = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:\s++[^\W\d_]++)+")  # two and more, as a name has
FAMILY_NAMES = re.compile(
    r"(nguyen|tran|le|pham|huynh|hoang|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dinh|truong|doan"
    r"|mai|cao|ha|lam|to|chau|ta|luong|trinh|dao|thai|vuong|luu)"
)
PLACE = re.compile(
    r"(thon|khu|kp|to|xom|khoi|ap|ban|lang|cho|duong|so|ngo|hem|phuong|xa|thi|tt|huyen|tinh)\b"
)
HOUSE_OF = re.compile(r"\b(ông|bà|anh|chị|cô|chú|bác|em|nhà)\s[^,;\d()-]+", re.IGNORECASE)
MOBILE = re.compile(r"(?<![\d.])(?:\+?84|0)[ .-]?[235789]\d(?:[ .-]?\d){7}(?!\d)")
PHONE_LIKE = re.compile(r"(?<![\w.])\+?\d(?:[ .-]{0,2}\d){8,10}(?!\w)")
COUNT = re.compile(r"\d{1,7}|\d{1,3}(?:[.,  ]\d{3}){1,3}")
DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}")


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
