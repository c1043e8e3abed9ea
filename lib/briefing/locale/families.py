"""The words of a locale pack by family, checked as they are read, and patterns made of them."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict


def _fragment(text: str) -> str:
    """A word, or a piece of a pattern that may name other words of the pack."""
    if text.replace(" ", "").isalnum():
        return text  # a pattern of itself, as most are
    try:
        re.compile(PLACE.sub("x", text))
    except re.error as error:
        raise ValueError(f"“{text}” is no regular expression: {error}") from None
    return text


PLACE = re.compile(r"«(\w+)\.(\w+)»")
Words = tuple[Annotated[str, AfterValidator(_fragment)], ...]
Listed = frozenset[str]


class Family(BaseModel):
    """Words of one kind; a key that code does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Numbers(Family):
    """Marks, and the words that may stand around a number."""

    thousands: Literal[".", ","]
    decimal: Literal[".", ","]
    missing: Words
    units: Words
    lead_in: Words
    about: Words
    among_them: Words
    out_of: Words
    percent: Words


class Dates(Family):
    """Words of a day.

    Attributes:
        month_first: The regions that write the month before the day.
        month_names: In lower case, → 1 to 12; "cldr" in a pack stands for those of CLDR, in full
            and short; none where months are numbers behind a word.
    """

    month_first: Listed
    month_names: dict[str, int]
    ordinal: Words
    of: Words
    day: Words
    day_written: Words  # with its accents
    begins: Words  # of a line
    until: Words
    until_written: Words
    month: Words
    year: Words
    week: Words  # before its number
    counted: Words
    counted_things: Words
    version: Words
    form_number: Words


class Times(Family):
    """Words of a time of day."""

    hour: Words
    hour_short: Words
    hour_alone: Words
    short_hour: Words
    minute: Words
    morning: Words
    before_noon: Words
    noon: Words
    afternoon: Words
    night: Words


class Phones(Family):
    """Whose plan numbers follow, and what is written where there is none.

    Attributes:
        plan: "own", which is data of this program, or "phonenumbers", the library.
        country: The calling code; "" stands for the one that the library has for the region.
    """

    plan: Literal["own", "phonenumbers"]
    country: str
    ditto: Listed
    none: Words
    none_verbs: Words
    none_nouns: Words


class Nil(Family):
    """Yes, no, so many more; nothing has changed."""

    yes: Listed
    no: Listed
    increase: Words
    negation: Words
    whom: Words
    new: Words
    before: Words
    said: Words
    elsewhere: Words
    of_else: Words
    asked: Words
    zero: Words


class Persons(Family):
    """By what a person's name is known in a text. `families`, `middles`: with their accents."""

    families: Listed
    middles: Listed
    sure: Listed
    shortened: Words
    no_name: Words
    leads: Words
    further_leads: Words
    is_called: Words
    last: Words
    number_words: Words
    houses: Words
    places: Words
    stops: Listed
    offices: Listed
    place_words: Listed
    middle_words: Listed


class Places(Family):
    """Parts of a name of a place, and what may stand before it. `kinds`: with their accents."""

    kinds: Words
    compass: Listed
    compass_written: Words
    offices: Listed


class Headings(Family):
    """What headings of columns say that they count."""

    of_before: Words
    cumulative: Words
    in_a_day: Words
    denominator: Words
    numerator: Words
    not_done: Words


class Counts(Family):
    """Words around what a form of counts asks for, in headings, labels and messages.

    Attributes:
        total: A sum, of whatever the table is of. `all`: of everybody, said of a group alone.
        so_far, new: That a count is cumulative, or of the last day or week.
        excluded: That it counts what no field asks for: what was planned, refused.
        share: A rate. `values`: a heading of numbers that says nothing else.
        serial: A heading of the numbers of rows.
        ages, under, and_over: Around numbers that are ages.
        thousands: Behind a number that is written in round thousands.
        sexes: The one word for each.
        fillers: Words that add nothing.
    """

    total: Words
    all: Words
    sexes: Words
    so_far: Words
    new: Words
    excluded: Words
    share: Words
    values: Words
    serial: Words
    ages: Words
    thousands: Words
    under: Words
    and_over: Words
    fillers: Words


class Letters(Family):
    """How lines of an office's letter begin."""

    printed: Words
    own_name: Words
    sender: Words
    signature: Words
    code: Words
    code_word: Words
    national: Words
    issuer: Words
    office: Words
    title: Words
    form_number: Words
    addressed: Words
    closing: Words


class Offices(Family):
    """Committees, districts, and institutions that bear the name of the unit they are in."""

    committee: Words
    committee_written: Words
    nobody: Words
    no_unit: Words
    unit_initials: Words
    parent: Words
    parent_apart: Words
    higher: Words
    school: Words
    numbered: Words
    institutions: Words
    initials: Words


class Staff(Family):
    """Labels of the form of a body; groups `people` and `state` say what they name."""

    people: Words
    device: Words
    whose: Words
    numerator: Words
    denominator: Words
    total: Words
    otherwise: Words


class Names(Family):
    """Words in names of files, folders and sheets."""

    whose: Words
    and_written: Words
    fillers: Words
    ordinary: Words


class Syllables(Family):
    """How a language is spelt that has syllables; see `intake.parsers.legacy`.

    Attributes:
        tones: Combining marks.
        marked: Vowels on which the tone stands.
        front: Vowels before which a consonant is spelt otherwise.
        toneless: All letters as they are without a tone.
    """

    tones: str
    vowels: str
    marked: str
    front: str
    toneless: str
    initials: tuple[str, ...]
    simple: Listed
    glide: Listed
    after_qu: Listed

    @cached_property
    def letters(self) -> frozenset[str]:
        return frozenset(self.toneless)


class Printed(Family):
    """What stands on papers of this program.

    Attributes:
        reported, note: On forms, by which they are known again.
        nation, motto: Over a formal paper, by the language of the paper; none in most countries.
    """

    reported: str
    note: str
    nation: dict[str, str]
    motto: dict[str, str]


class LocalePack(Family):
    """One country's words, checked.

    Attributes:
        language: ISO 639 code, by which CLDR knows it.
        region: Where it is read, as ISO 3166 has it; phones and the order of a date go by it.
    """

    language: str
    region: str = ""
    numbers: Numbers
    dates: Dates
    times: Times
    phones: Phones
    nil: Nil
    persons: Persons
    places: Places
    headings: Headings
    counts: Counts
    letters: Letters
    offices: Offices
    staff: Staff
    names: Names
    printed: Printed
    syllables: Syllables | None = None

    @property
    def month_first(self) -> bool:
        return self.region in self.dates.month_first

    def in_digits(self, day: date, width: int = 1) -> str:
        """A day as its region writes it in digits: 16/8/2021, 8/16/2021; `width`: of each."""
        one, other = (day.month, day.day) if self.month_first else (day.day, day.month)
        return f"{one:0{width}d}/{other:0{width}d}/{day.year}"

    def pattern(self, template: str, flags: int = 0, gap: str = " ") -> re.Pattern[str]:
        """A pattern in which «family.words» is any of those words: of none, nothing."""
        while PLACE.search(template):
            template = PLACE.sub(self._any, template)
        return re.compile(template.replace(" ", gap), flags)

    def _any(self, place: re.Match[str]) -> str:
        words = getattr(getattr(self, place[1]), place[2])
        if isinstance(words, str):
            return words
        if isinstance(words, frozenset | dict):
            words = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
        return f"(?:{'|'.join(words) or '(?!)'})"
