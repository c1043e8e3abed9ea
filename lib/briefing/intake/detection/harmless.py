"""Which names may be shown: those made of the campaign's own words, of days and of small numbers.

Senders choose the names of files, folders, sheets and attachments, and put themselves into them. A
name is shown where each of its words is one of the campaign's or of office work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Literal

from briefing.intake.detection.vocabulary import Vocabulary, vocabulary
from briefing.intake.parsers.disclosure import FAMILY_NAMES
from briefing.intake.parsers.text import JOINED, fold
from briefing.language import language
from briefing.locale.pack import pack
from briefing.messages import Message, _
from briefing.params import Campaign

ENDINGS = frozenset((
    "pdf", "xls", "xlsx", "xlsm", "xlsb", "xlt", "doc", "docx", "csv", "tsv", "ods", "odt", "txt",
    "prn", "rtf", "htm", "html", "mht", "mhtml", "xml", "json", "zip", "rar", "7z", "tar", "gz",
    "tgz", "eml", "msg", "mbox", "mbx", "emlx", "dat", "jpg", "jpeg", "png", "gif", "bmp", "tif",
    "tiff", "heic", "webp", "p7s", "ics", "vcf", "lnk", "tmp",
))  # fmt: skip
"""By which files are known; in a name they say nobody."""
Kind = Literal["file", "folder", "picture", "sheet"]
PSEUDONYMS: dict[Kind, Message] = {
    "file": Message("file {n}"),
    "folder": Message("folder {n}"),
    "picture": Message("picture {n}"),
    "sheet": Message("sheet {n}"),
}
ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".webp")
TOKENS = re.compile(r"[^\W\d_]+|\d+")
DIGITS = re.compile(r"\d(?:[\W_]{0,3}\d){6,}")
DAY = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])(?P<a>[\W_]?)(?:0?[1-9]|1[0-2])(?P=a)20\d\d"
    r"|20\d\d(?P<b>[\W_]?)(?:0[1-9]|1[0-2])(?P=b)(?:[0-2]\d|3[01]))(?!\d)"
)
MOST_DIGITS = 6  # together, besides days: of a telephone number seven say whose it is


class Harmless:
    """Knows the names of one campaign that nobody's name or telephone number can be in."""

    def __init__(self, words: Vocabulary):
        self._words = words
        self._says_nobody = lru_cache(maxsize=1 << 12)(self._is_known)

    def __call__(self, name: str) -> bool:
        """Whether a name, of a file with its ending, may be shown as it is."""
        return self._says_nobody(name)

    def _is_known(self, name: str) -> bool:
        if not name.isprintable() or "\\" in name or "\u00ad" in name:
            return False
        if any(_digits(DAY.sub("", run[0])) > MOST_DIGITS for run in DIGITS.finditer(name)):
            return False
        if self._pseudonyms.match(fold(name)):
            return False
        return any(
            self._all_known([*map(fold, TOKENS.findall(text))])
            for text in dict.fromkeys((name, JOINED.sub(" ", name)))
        )

    def _all_known(self, words: Sequence[str]) -> bool:
        """Whether known wordings and numbers make up the words, the longest wordings first."""
        at = 0
        while at < len(words):
            ends = range(min(at + self._longest, len(words)), at, -1)
            number = words[at].isdigit()  # of a day, or short: longer ones were refused
            known = (end for end in ends if _key(words[at:end]) in self._known)
            at = next(known, at + 1 if number else 0)
            if not at:
                return False
        return True

    @cached_property
    def _pseudonyms(self) -> re.Pattern[str]:
        """A name that looks as if it were given here."""
        given = (fold(pseudonym(kind, 0)) for kind in PSEUDONYMS)
        return pack().pattern(
            "|".join(rf"{text[:-1]}\d+( [a-z0-9]{{1,5}})?( «names.whose» .+)?$" for text in given)
        )

    @cached_property
    def _known(self) -> Mapping[str, int]:
        """Wordings, as `_key` has them, and how many words each has."""
        known = {}
        for wording in self._wordings():
            words = [*map(fold, TOKENS.findall(wording))]
            if words and not (len(words) == 1 and FAMILY_NAMES.fullmatch(words[0])):
                known[_key(words)] = len(words)
        return known

    @cached_property
    def _longest(self) -> int:
        return max(self._known.values())

    def _wordings(self) -> Iterator[str]:
        campaign = self._words.campaign
        yield from (word.replace("#", "0") for word in (*ENDINGS, *pack().names.ordinary))
        yield from (*self._words.units.spellings(), *self._words.bodies.spellings())
        yield from (campaign.app_name, campaign.name.vi, campaign.area.name.vi)
        yield from (self._words.area_name, *self._words.parents.values(), *self._words.unit_types)
        for form in campaign.forms.values():
            yield from (*form.title, *form.subject)
        for row in campaign.place_rows:
            yield from (row.label, f"{row.kind} {row.place}")
        for other in campaign.alias_rows:
            if other.kind in ("header", "other_subject"):
                yield other.alias
        for subject in campaign.other_subjects:
            yield subject.vi


_prepared: dict[str, Harmless] = {}


def harmless(campaign: Campaign) -> Harmless:
    """What knows the names of a campaign, prepared once per process."""
    if campaign.fingerprint not in _prepared:
        _prepared[campaign.fingerprint] = Harmless(vocabulary(campaign))
    return _prepared[campaign.fingerprint]


def pseudonym(kind: Kind, number: int, unit: str = "") -> str:
    """What a thing is called instead, in the language of the offices whatever that of the page.

    Args:
        unit: The name of the unit that sent it; "" where that is not known.
    """
    with language(pack().language):
        called = str(Message(PSEUDONYMS[kind].msgid, {"n": number}))
        return _("{thing} of {unit}", thing=called, unit=unit) if unit else called


def shown_sheets(titles: Iterable[str], known: Harmless) -> dict[str, str]:
    """Sheets whose names may not be shown → what they are called instead, by their place."""
    return {
        title: pseudonym("sheet", number)
        for number, title in enumerate(titles, start=1)
        if title and not known(title)
    }


def ending_of(name: str) -> str:
    """The ending of a file's name, where it says of what kind the file is; else ""."""
    found = ENDING.search(name)
    return found[0].lower() if found and found[0][1:].lower() in ENDINGS else ""


def _key(words: Iterable[str]) -> str:
    """Words as they are compared: of a number it does not matter which it is."""
    return "".join("0" if word.isdigit() else word for word in words)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
