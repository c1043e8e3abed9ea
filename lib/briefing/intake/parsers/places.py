"""Names of units and bodies in free text: the longest name first, never a guess between two.

Names are compared folded and without spaces, so "BồngSơn", "bong son" and "BỒNG SƠN" are one.
Where that leaves several (names that differ by their tone alone, two places of one name), the
accents that are written decide, then the place above that is named beside it.
Matching walks the words of a text through a dictionary: its cost does not grow with the number
of names.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import ModuleType
from typing import Any, Literal

from briefing.intake.parsers.text import as_spelt, fold
from briefing.locale.pack import Worded, pack

How = Literal["exact", "initials", "fuzzy", "none", "ambiguous"]

LONG_NAME = 5  # words; from here on a comma or a dash may stand inside the name
INITIALS = 3  # an alias of so many capital letters or fewer is only looked for on request
FUZZY_CUTOFF = 86.0  # rapidfuzz ratio, 0 to 100
FUZZY_MARGIN = 4.0  # points by which the best must lead
FUZZY_SHORTEST = 6  # letters; shorter names differ by too little to guess

_LETTERS = [chr(code) for code in range(0x41, 0x1F00) if chr(code).isalpha()]
_UPPER = "".join(c for c in _LETTERS if c.isupper())
_LOWER = "".join(c for c in _LETTERS if c.islower())
# Words, runs of digits, and the parts of "BaoCaoBongSon".
_TOKENS = re.compile(rf"[{_UPPER}]?[{_LOWER}]+|[{_UPPER}]+(?![{_LOWER}])|\d+|[^\W\d_]")
_BREAK = re.compile(r"[,;:()\[\]|]|\s[-–—]\s")  # a short name does not run over these
_NUMBER_BEHIND = re.compile(r"[\s:]*\d")
_COMPASS_BEHIND = Worded(r" «places.compass_written»(?![^\W_])(?![\s:]*\d+(?![\d/.-]))")


@dataclass(frozen=True, slots=True)
class Match:
    """A name found in a text.

    Attributes:
        code: The unit.
        alias: The spelling, as given to `Places`, that it was recognised by.
        start: Where it begins in the NFC text; `end` is after its last character.
        end: See `start`.
        exact: False when it was recognised by initials alone.
    """

    code: str
    alias: str
    start: int
    end: int
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which unit a text names.

    Attributes:
        codes: The one unit; or, where `how` is "ambiguous", every unit that it may be.
        how: "exact", "initials", "fuzzy" (to be confirmed), "none", or "ambiguous": several
            units are named, or the initials stand for several, or a misspelling lies between two.
    """

    codes: tuple[str, ...]
    how: How

    @property
    def code(self) -> str | None:
        """The unit when it is certain, else None."""
        return self.codes[0] if len(self.codes) == 1 else None


_NOWHERE = Resolution((), "none")


class Places:
    """A set of names to look for.

    Args:
        names: (code, spelling) pairs, several for a code.
        ambiguous: (spelling, code) pairs; a spelling that stands for several codes.
        above: Code → the name of what it lies in, for places of one name.
    """

    def __init__(
        self,
        names: Iterable[tuple[str, str]],
        ambiguous: Iterable[tuple[str, str]] = (),
        above: Mapping[str, str] | None = None,
    ):
        self._names = tuple(names)
        self._ambiguous = tuple(ambiguous)
        self._above = {code: fold(name) for code, name in (above or {}).items()}
        by_key: dict[str, dict[str, list[str]]] = {}
        for code, alias in (*self._names, *((c, a) for a, c in self._ambiguous)):
            if key := _key(alias):
                by_key.setdefault(key, {}).setdefault(code, []).append(alias)
        self._by_key = by_key
        self._initials = {_key(alias) for alias in self.spellings() if _is_initials(alias)}
        self._longest = max(map(len, by_key), default=0)
        self._running_over = {_key(alias) for alias in self.spellings() if _may_run_over(alias)}
        self._prefixes = self._known_prefixes()
        self._hits_in = lru_cache(maxsize=1 << 13)(self._find)

    def __reduce__(self) -> tuple[type[Places], tuple[Any, ...]]:
        return Places, (self._names, self._ambiguous, self._above)

    def spellings(self) -> Iterable[str]:
        """Every name, as given."""
        return (*(alias for _, alias in self._names), *(alias for alias, _ in self._ambiguous))

    def find(self, text: str, *, initials: bool = False) -> list[Match]:
        """Every unit named in a text, in order, the longest name first, not overlapping.

        Args:
            text: Any text; positions refer to its NFC form.
            initials: Also look for initials ("BS"): in file names, where little else is written.
                Initials that stand for several units are no match.
        """
        return [hit[0] for hit in self.named(text, initials=initials) if len(hit) == 1]

    def named(self, text: str, *, initials: bool = False) -> Sequence[tuple[Match, ...]]:
        """The same, with every unit that each of the names may be."""
        return self._hits_in(unicodedata.normalize("NFC", text), initials)

    def within(self, codes: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
        """Those of several units whose place above is named in a text; all where none is."""
        codes = tuple(codes)
        folded = [f" {fold(text)} " for text in texts]
        inside = tuple(
            code
            for code in codes
            if (above := self._above.get(code)) and any(f" {above} " in text for text in folded)
        )
        return inside or codes

    def resolve(self, text: str, *, initials: bool = False, fuzzy: bool = False) -> Resolution:
        """The one unit that a text names.

        Args:
            text: A name, a line, the name of a file.
            initials: Fall back on initials where no name is written.
            fuzzy: Fall back on the most similar name, comparing the whole text.
        """
        text = unicodedata.normalize("NFC", text)
        by_name = self._hits_in(text, False)
        if by_name:
            return _resolution(by_name, "exact")
        if initials and (by_initials := self._hits_in(text, True)):
            return _resolution(by_initials, "initials")
        return self._resolve_fuzzy(fold(text)) if fuzzy else _NOWHERE

    def _find(self, text: str, initials: bool) -> tuple[tuple[Match, ...], ...]:
        """For each place named: one match, or one for each unit that it may be."""
        tokens = _tokens(text)
        hits: list[tuple[Match, ...]] = []
        at = 0
        while at < len(tokens):
            width = self._longest_at(text, tokens, at, initials)
            if width:
                start, end = tokens[at][1], tokens[at + width - 1][2]
                key = "".join(word for word, _, _ in tokens[at : at + width])
                exact = key not in self._initials
                if exact and _goes_on(text, end):
                    at += width
                    continue
                units = self._by_key[key]
                codes = self.within(as_spelt(text, text[start:end], units), (text,))
                hits.append(tuple(Match(c, units[c][0], start, end, exact) for c in codes))
            at += width or 1
        return tuple(hits)

    def _longest_at(
        self, text: str, tokens: list[tuple[str, int, int]], at: int, initials: bool
    ) -> int:
        """Number of words from `at` on that make the longest name; 0 for none."""
        key, longest, broken, before = "", 0, False, None
        for width, (word, start, end) in enumerate(tokens[at:], start=1):
            key += word
            if len(key) > self._longest:
                break
            gap = before is not None and _BREAK.search(text, before, start)
            broken = broken or bool(gap and not (longest and _sets_off(text, before, start, end)))
            before = end
            if key not in self._by_key or (broken and key not in self._running_over):
                continue
            if initials or key not in self._initials:
                longest = width
        return longest

    def _known_prefixes(self) -> tuple[str, ...]:
        """What may stand before a bare name, learnt from the spellings of each unit."""
        folded: dict[str, set[str]] = {}
        for code, alias in self._names:
            folded.setdefault(code, set()).add(fold(alias))
        learnt = {
            long.removesuffix(short).strip()
            for aliases in folded.values()
            for long in aliases
            for short in aliases
            if len(short) >= FUZZY_SHORTEST - 1 and long.endswith(" " + short)
        }
        return tuple(sorted({*learnt, *pack().places.offices} - {""}, key=len, reverse=True))

    def _bare(self, folded: str) -> str:
        for _ in range(2):
            for prefix in self._prefixes:
                if folded.startswith(prefix + " "):
                    folded = folded[len(prefix) + 1 :]
                    break
        return folded

    @cached_property
    def _bare_names(self) -> tuple[tuple[str, str], ...]:
        return tuple((code, self._bare(fold(alias))) for code, alias in self._names)

    def _resolve_fuzzy(self, folded: str) -> Resolution:
        wanted = self._bare(folded)
        if len(wanted.replace(" ", "")) < FUZZY_SHORTEST:
            return _NOWHERE
        best: dict[str, float] = {}
        for code, name in self._bare_names:
            if _is_slip(wanted, name):
                best[code] = max(best.get(code, 0.0), _rapidfuzz().fuzz.ratio(wanted, name))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < FUZZY_CUTOFF:
            return _NOWHERE
        close = tuple(code for code, score in ranked if ranked[0][1] - score < FUZZY_MARGIN)
        return Resolution(close, "fuzzy" if len(close) == 1 else "ambiguous")


def _goes_on(text: str, end: int) -> bool:
    """Whether a name goes on in a part of the compass that is none of the names known."""
    return bool(_COMPASS_BEHIND.match(text, end))


def _sets_off(text: str, before: int | None, start: int, end: int) -> bool:
    """Whether brackets or a dash set off the part of the compass in a name: “… (Bắc)”."""
    sign = text[before:start].strip()
    bracketed = sign == "(" and text[end : end + 1] in (")", "")
    dashed = sign in ("-", "–", "—") and not _NUMBER_BEHIND.match(text, end)
    return (bracketed or dashed) and fold(text[start:end]) in pack().places.compass


def _resolution(hits: tuple[tuple[Match, ...], ...], how: How) -> Resolution:
    codes = tuple(dict.fromkeys(match.code for hit in hits for match in hit))
    return Resolution(codes, how if len(codes) == 1 else "ambiguous")


@lru_cache(maxsize=1 << 12)
def _token_list(text: str) -> tuple[tuple[str, int, int], ...]:
    spans = ((fold(token[0]), *token.span()) for token in _TOKENS.finditer(text))
    return tuple(span for span in spans if span[0])


def _tokens(text: str) -> list[tuple[str, int, int]]:
    return list(_token_list(unicodedata.normalize("NFC", text)))


def _key(alias: str) -> str:
    return fold(alias).replace(" ", "")


def _may_run_over(alias: str) -> bool:
    """Whether a name may be written with a break in it ("Phòng Tài chính - Kế hoạch")."""
    return bool(_BREAK.search(alias)) or len(fold(alias).split()) >= LONG_NAME


def _is_initials(alias: str) -> bool:
    alias = alias.strip()
    return alias.isupper() and alias.isalpha() and len(alias) <= INITIALS


def _is_slip(wanted: str, name: str) -> bool:
    """Whether a text is a name mistyped, not another name: few edits, each word begins alike."""
    if len(name) < FUZZY_SHORTEST:
        return False
    words, others = wanted.split(), name.split()
    if len(words) == len(others) and any(a[0] != b[0] for a, b in zip(words, others, strict=True)):
        return False
    allowed = max(1, len(name) // 8 if len(name) >= 16 else 1)
    return has_few_edits(wanted, name, allowed)


def has_few_edits(text: str, other: str, most: int) -> bool:
    """Whether one text becomes the other by so many letters more, less, other or swapped."""
    return bool(_rapidfuzz().distance.OSA.distance(text, other, score_cutoff=most) <= most)


def _rapidfuzz() -> ModuleType:
    import rapidfuzz  # for what is misspelt, and for that alone

    return rapidfuzz
