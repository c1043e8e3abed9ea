"""How the people of a country write: a locale pack, and which one is in force.

`packs/<code>.yaml` holds the words that reading listens for, as fragments of regular expressions
over what stands beside each family there. Code writes a pattern once, with «family.words» where
any of the words may stand; a word is changed in the pack and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict

PACKS = Path(__file__).parent / "packs"
DEFAULT = "vi_VN"

Read = TypeVar("Read", bound=Callable[..., Any])


def _fragment(text: str) -> str:
    """A word, or a piece of a pattern that may name other words of the pack."""
    try:
        re.compile(_PLACE.sub("x", text))
    except re.error as error:
        raise ValueError(f"“{text}” is no regular expression: {error}") from None
    return text


_PLACE = re.compile(r"«(\w+)\.(\w+)»")
Words = tuple[Annotated[str, AfterValidator(_fragment)], ...]
Listed = frozenset[str]


class Family(BaseModel):
    """Words of one kind; a key that code does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    owners: Words
    installed: Words
    not_done: Words


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
    district: Words
    district_apart: Words
    province: Words
    school: Words
    numbered: Words
    institutions: Words
    initials: Words


class Staff(Family):
    """Labels of the form of an agency; groups `people` and `state` say what they name."""

    people: Words
    smartphone: Words
    whose: Words
    installed: Words
    with_smartphone: Words
    total: Words
    otherwise: Words


class Names(Family):
    """Words in names of files, folders and sheets."""

    whose: Words
    and_written: Words
    fillers: Words
    ordinary: Words


class Syllables(Family):
    """How a language is spelt that has syllables; see `intake.values.legacy`.

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
    """Words on the forms of this program, by which they are known again."""

    reported: str
    note: str


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
    letters: Letters
    offices: Offices
    staff: Staff
    names: Names
    printed: Printed
    syllables: Syllables | None = None

    @property
    def month_first(self) -> bool:
        return self.region in self.dates.month_first

    def pattern(self, template: str, flags: int = 0, gap: str = " ") -> re.Pattern[str]:
        """A pattern in which «family.words» is any of those words: of none, nothing."""
        while _PLACE.search(template):
            template = _PLACE.sub(self._any, template)
        return re.compile(template.replace(" ", gap), flags)

    def _any(self, place: re.Match[str]) -> str:
        words = getattr(getattr(self, place[1]), place[2])
        if isinstance(words, str):
            return words
        if isinstance(words, frozenset | dict):
            words = sorted(map(re.escape, words), key=lambda word: (-len(word), word))
        return f"(?:{'|'.join(words) or '(?!)'})"


@cache
def load(code: str) -> LocalePack:
    """A pack by its code: "vi_VN", or a language with the region it is read for, "en_KE".

    Raises:
        FileNotFoundError: There is none; `is_known` asks first.
    """
    language, _underscore, region = code.partition("_")
    path = PACKS / f"{code if code in _own() else language}.yaml"
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # “no” and “null” are words here
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)
    if written["dates"]["month_names"] == "cldr":
        written["dates"]["month_names"] = _month_names(written["language"])
    if not written["phones"]["country"]:
        written["phones"]["country"] = _calling_code(region)
    return LocalePack(**written, region=region)


def _month_names(language: str) -> dict[str, int]:
    from babel import Locale

    forms = Locale.parse(language).months["format"]
    return {
        name.lower().rstrip("."): number
        for width in ("wide", "abbreviated")
        for number, name in forms[width].items()
    }


def _calling_code(region: str) -> str:
    import phonenumbers

    return str(phonenumbers.country_code_for_region(region))


def _own() -> frozenset[str]:
    return frozenset(path.stem for path in PACKS.glob("*.yaml"))


def known_packs() -> list[str]:
    """What a campaign may name: a country's own pack, or "en_" with the code of any country."""
    return sorted(code if "_" in code else f"{code}_<ISO 3166>" for code in _own())


def is_known(code: str) -> bool:
    """Whether there is such a pack, and such a country with telephone numbers."""
    language, _underscore, region = code.partition("_")
    if code in _own() or language not in _own():
        return code in _own() and "_" in code
    import phonenumbers

    return region in phonenumbers.SUPPORTED_REGIONS


_in_force = DEFAULT
_forgetting: list[Callable[[], None]] = []


def pack() -> LocalePack:
    """The pack in force."""
    return load(_in_force)


def set_pack(code: str) -> None:
    """Read everything later in this process by another pack.

    Raises:
        FileNotFoundError: There is no such pack.
    """
    global _in_force
    if code != _in_force:
        load(code)
        _in_force = code
        for forget in _forgetting:
            forget()


@contextmanager
def reading_by(code: str) -> Iterator[None]:
    """Read everything inside the block by a pack."""
    before = _in_force
    set_pack(code)
    try:
        yield
    finally:
        set_pack(before)


def remembered(maxsize: int | None) -> Callable[[Read], Read]:
    """`lru_cache` of what is read by the pack in force: forgotten when another one is."""

    def decorate(function: Read) -> Read:
        kept = lru_cache(maxsize)(function)
        _forgetting.append(kept.cache_clear)
        return cast(Read, kept)

    return decorate


class Worded:
    r"""A pattern written once for every pack, compiled when it is first needed.

    Example:
        >>> Worded(r"\d+ «numbers.units»").fullmatch("35 nguoi") is not None
        True
    """

    def __init__(self, template: str, flags: int = 0, *, gap: str = " "):
        self.template, self.flags, self.gap = template, flags, gap
        self._compiled: dict[str, re.Pattern[str]] = {}

    @property
    def now(self) -> re.Pattern[str]:
        """The pattern in the pack in force."""
        found = self._compiled.get(_in_force)
        if found is None:
            found = self._compiled[_in_force] = pack().pattern(self.template, self.flags, self.gap)
        return found

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        return self.now.match(text, *span)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self.now.fullmatch(text)

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        return self.now.search(text, *span)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        return self.now.finditer(text, *span)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.now.sub(by, text)

    def split(self, text: str) -> list[Any]:
        return self.now.split(text)
