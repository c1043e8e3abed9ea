"""The words by which a text speaks of this campaign, or of another subject."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from briefing.intake.parsers.text import CAPITALS, clean, plain, tidy_tone
from briefing.params import Campaign

_LOWER = "".join(c for c in map(chr, range(0x1F00)) if c.islower())
JOINED = re.compile(  # “DSTiemMui1”
    rf"(?<=[{_LOWER}])(?=[{CAPITALS}])|(?<=[{CAPITALS}])(?=[{CAPITALS}][{_LOWER}])|(?<=[^\W\d_]{{2}})(?=\d)"
)
TOKEN = re.compile(r"[^\W_]+")
NUMBER = "#"  # in a wording: any number, “# liều”


@dataclass(frozen=True)
class Mention:
    """Another subject that a text speaks of.

    Attributes:
        subject: Its name, as params call it.
        words: The words that tell it; never more of the text, which may name persons.
        rival: Its reports use the campaign's subject words too.
    """

    subject: str
    words: str
    rival: bool = False


class Subjects:
    """What texts speak of. Words that `title` of a form lists decide; those of `subject` speak of
    the campaign, unless another subject is named of which they are said too.

    Wordings are compared with their diacritics, which tell “lương” from “lượng”; in a text typed
    without any, those of several words are known without.
    """

    def __init__(self, campaign: Campaign):
        forms = campaign.forms.values()
        titles = [campaign.app_name, *(word for form in forms for word in form.title)]
        own = [word for form in forms for word in form.subject]
        self._titles = _Wordings((word, "") for word in titles)
        self._own = _Wordings((word, "") for word in own)
        kept = {_spelt(word) for word in (*titles, *own)}
        self._others = _Wordings(
            (row.alias, row.target)
            for row in campaign.alias_rows
            if row.kind == "other_subject" and _spelt(row.alias) not in kept
        )
        self._rivals = {subject.vi for subject in campaign.other_subjects if subject.rival}

    def names(self, text: str) -> bool:
        """Whether a text names what only this campaign is about."""
        return self._titles.find(text) is not None

    def speaks(self, text: str) -> bool:
        """Whether a text speaks of what the campaign counts: “3 F0 chưa cài”, no other app's."""
        if self.names(text):
            return True
        other = self.other(text)
        return self._own.find(text) is not None and not (other and other.rival)

    def other(self, text: str) -> Mention | None:
        """The other subject that a text speaks of, unless it names the campaign too."""
        found = self._others.find(text)
        if found is None or self.names(text):
            return None
        return replace(found, rival=found.subject in self._rivals)


class _Wordings:
    """Wordings, each standing for a subject, found as whole words."""

    def __init__(self, wordings: Iterable[tuple[str, str]]):
        given = list(wordings)
        self._exact = {_spelt(word): subject for word, subject in given}
        several = {key: subject for key, subject in self._exact.items() if " " in key}
        bare = {plain(k): subject for k, subject in several.items() if NUMBER not in k}
        self._bare = {**bare, **self._exact}
        self._in_full, self._in_bare = _either(self._exact), _either(self._bare)
        self.find = lru_cache(maxsize=4096)(self._find)

    def _find(self, text: str) -> Mention | None:
        text = unicodedata.normalize("NFC", text)
        spans = list(_tokens(text))
        words = [tidy_tone(text[start:end].lower()) for start, end in spans]
        sentence = " ".join(words)
        without = plain(sentence) == sentence
        pattern, known = (self._in_bare, self._bare) if without else (self._in_full, self._exact)
        match = pattern.search(sentence)
        if match is None:
            return None
        first = sentence[: match.start()].count(" ")
        last = first + match[0].count(" ")
        key = match[0] if match[0] in known else re.sub(r"\d+", NUMBER, match[0])
        return Mention(known[key], clean(text[spans[first][0] : spans[last][1]]))


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    """Where each word of a text begins and ends: “TiemMui1” has three."""
    for match in TOKEN.finditer(text):
        cuts = [match.start() + cut.start() for cut in JOINED.finditer(match[0])]
        yield from pairwise([match.start(), *cuts, match.end()])


def _spelt(wording: str) -> str:
    """The words of a wording in lower case, one space between two, their marks in one spelling."""
    text = unicodedata.normalize("NFC", wording)
    words = [tidy_tone(text[start:end].lower()) for start, end in _tokens(text)]
    return " ".join([NUMBER, *words] if text.startswith(NUMBER) else words)


def _either(known: Iterable[str]) -> re.Pattern[str]:
    """Any of the wordings, the longest first."""
    ordered = sorted(known, key=len, reverse=True)
    pieces = (re.escape(key).replace(re.escape(NUMBER), r"\d+") for key in ordered)
    return re.compile(rf"(?<!\w)(?:{'|'.join(pieces) or '(?!)'})(?!\w)")
