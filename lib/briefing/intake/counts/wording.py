"""What a heading, a label or a key says of the numbers under, beside or behind it.

Texts are compared word by word with the headings that params give for fields and groups. Words of
a heading that params don't know, and that add nothing (`counts.fillers` of the pack), are kept: a
figure under “Round 1 refused” is not one under “Round 1”.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from briefing.intake.counts.meaning import NOTHING, Meaning
from briefing.intake.counts.tokens import PLUS, Token, tokens_of
from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.places import has_few_edits
from briefing.intake.parsers.weeks import find_weeks
from briefing.locale.pack import Worded, pack
from briefing.params import Campaign
from briefing.params.forms import Role
from briefing.params.settings import Dates

LONGEST = 160  # characters of a heading or a label; longer texts are prose
SHORTEST_SLIP = 8  # letters of a wording that may be misspelt
ITEM = re.compile(r"^\s*\(?(?:\d{1,2}(?:\.\d{1,2})?|[IVXivx]{1,4}|[a-zA-Z])[.)/:]\s*(?=[^\W\d])")
CUT = "|"  # where a known wording stood

BEFORE = Worded(r"\b«headings.of_before»\b")
EXCLUDED = Worded(r"\b«counts.excluded»\b")
CUMULATIVE = Worded(r"\b(?:«headings.cumulative»|«counts.so_far»)\b")
NEW = Worded(r"\b(?:«headings.in_a_day»|«counts.new»)\b")
SHARE = Worded(r"\b«counts.share»\b|%")
TOTAL = Worded(r"\b«counts.total»\b")
SEX = Worded(r"«counts.sexes»")
ALL = Worded(r"^(?:«counts.all»)$")
SERIAL = Worded(r"^(?:«counts.serial»)$")
FILLERS = Worded(r"\b(?:«counts.values»|«counts.fillers»|«numbers.units»|«counts.ages»)\b")


@dataclass(frozen=True)
class Wording:
    """What a wording of params stands for; see `FormField`. `group`: of a group alone, too."""

    role: Role
    indicator: str = ""
    group: str | None = None
    measure: str = ""


@dataclass(frozen=True)
class Found:
    """A wording found in a text, from where to where."""

    wordings: tuple[Wording, ...]
    start: int
    end: int
    first: int = 0
    last: int = 0


@dataclass
class Terms:
    """The wordings of a campaign's forms of counts, prepared once."""

    campaign: Campaign
    known: dict[tuple[str, ...], tuple[Wording, ...]] = field(default_factory=dict)
    own: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    titles: set[str] = field(default_factory=set)
    reported: str = ""  # over what a form of this program shows as reported before

    def __post_init__(self) -> None:
        found: dict[tuple[str, ...], dict[Wording, None]] = {}
        for text, wording in self._wordings():
            if key := tuple(token.word for token in tokens_of(text)):
                found.setdefault(key, {}).setdefault(wording)
        self.known = {key: tuple(wordings) for key, wordings in found.items()}
        self.longest = max(map(len, self.known), default=0)
        self.own = self._own_words()
        self.reported = " ".join(token.word for token in tokens_of(pack().printed.reported))
        self.read = lru_cache(maxsize=1 << 13)(self._read)

    @property
    def first(self) -> str:
        return self.campaign.indicators[0].code

    def form_of(self, indicators: Iterable[str]) -> str | None:
        """The form that asks for most of these indicators; of several the first."""
        asked = set(indicators)
        best = None
        for code, form in self.campaign.forms.items():
            own = {one.indicator or self.first for one in form.fields if one.role == "count"}
            if form.reads == "counts" and (best is None or len(own & asked) > best[1]):
                best = (code, len(own & asked))
        return best[0] if best else None

    def _wordings(self) -> Iterator[tuple[str, Wording]]:
        for form in self.campaign.forms.values():
            for one in form.fields:
                counted = one.role in ("count", "share")
                wording = Wording(
                    one.role,
                    (one.indicator or self.first) if counted else "",
                    one.group or None,
                    one.measure if counted else "",
                )
                yield from ((heading, wording) for heading in one.headings)
        for indicator in self.campaign.indicators:
            names = {str(indicator.name.vi), str(indicator.name.en)} if indicator.name else ()
            yield from ((name, Wording("count", indicator.code)) for name in names)
            for group in indicator.groups:
                wording = Wording("group", group=group.code)
                for text in dict.fromkeys((group.vi, group.en, *group.headings)):
                    yield text, wording

    def _own_words(self) -> dict[tuple[str, str], set[str]]:
        """Indicator and measure → the words that their headings use, and the forms' titles."""
        forms = self.campaign.forms.values()
        texts = (text for form in forms for text in (*form.title, *form.subject))
        titles = {t.word for text in texts for t in tokens_of(text) if not t.word.isdigit()}
        self.titles = titles
        own: dict[tuple[str, str], set[str]] = {}
        for key, wordings in self.known.items():
            for one in wordings:
                if one.role in ("count", "share"):
                    kind = one.indicator, one.measure or "cumulative"
                    own.setdefault(kind, set(titles)).update(w for w in key if not w.isdigit())
        return own

    def find(self, text: str) -> list[Found]:
        """The wordings in a text, the longest first, not overlapping, with their places in it."""
        return self._found(tokens_of(text))

    def _found(self, tokens: Sequence[Token]) -> list[Found]:
        found: list[Found] = []
        at = 0
        while at < len(tokens):
            widths = range(min(self.longest, len(tokens) - at), 0, -1)
            words = tuple(token.word for token in tokens[at : at + self.longest])
            width = next((w for w in widths if words[:w] in self.known), 0)
            if width:
                last = tokens[at + width - 1]
                wordings = self.known[words[:width]]
                found.append(Found(wordings, tokens[at].start, last.end, at, at + width))
            at += width or 1
        return found

    def _read(self, text: str) -> Meaning:
        if len(text) > LONGEST:
            return Meaning(rest=text[:LONGEST])
        text = ITEM.sub("", without_days(text, self.campaign.dates))
        tokens = tokens_of(text)
        found = self._found(tokens)
        if not found and (slip := self._misspelt(tokens)):
            return slip
        words = _rest(tokens, found)
        meaning = _meaning([_one(each.wordings) for each in found])
        meaning = replace(meaning, role="") if _names_one(words) else meaning
        read = _qualified(meaning, words, " ".join(token.word for token in tokens))
        only = self.first if len(self.campaign.indicators) == 1 else ""
        kinds = (read.indicator or only, read.measure or "cumulative")
        own = self.own.get(kinds, self.titles)
        left = [word for word in read.rest.split() if word not in own]
        reported = self.reported and self.reported in read.words
        near = bool(only) and any(w in own and not FILLERS.fullmatch(w) for w in words.split())
        excluded = read.excluded or bool(reported)
        return replace(read, rest=" ".join(left), near=near, excluded=excluded)

    def _misspelt(self, tokens: Sequence[Token]) -> Meaning | None:
        """The meaning of a text that is a wording but for a slip, where it can be one only."""
        text = " ".join(token.word for token in tokens)
        digits = [token.word for token in tokens if token.word.isdigit()]
        near = set()
        for key, wordings in self.known.items():
            other = " ".join(key)
            if len(other) < SHORTEST_SLIP or digits != [word for word in key if word.isdigit()]:
                continue
            most = 1 if len(other) < 2 * SHORTEST_SLIP else 2
            if has_few_edits(text, other, most):
                near.add(wordings)
        if len(near) != 1:
            return None
        return replace(_meaning([_one(near.pop())]), words=text)


def without_days(text: str, dates: Dates) -> str:
    """A text with each day and each week of the campaign in it blanked, its length kept."""
    text = unicodedata.normalize("NFC", text)
    days = [(day.start, day.end) for day in find_dates(text, year=dates.start.year)]
    weeks = find_weeks(text, first=dates.start, last=dates.end)
    for start, end in (*days, *((week.start, week.end) for week in weeks)):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _one(wordings: Sequence[Wording]) -> Wording:
    """What a wording stands for that two forms have: what both say of it."""
    first = wordings[0]
    counted = [each for each in wordings if each.role == "count"]
    return counted[0] if counted else first


def _meaning(found: Iterable[Wording]) -> Meaning:
    meaning = NOTHING
    counted: dict[str, None] = {}
    measures: list[str] = []
    for one in found:
        group = one.group if one.group is not None else meaning.group
        counted |= dict.fromkeys(filter(None, [one.indicator]))
        measures += [one.measure] if one.measure else []
        role = one.role if one.role not in ("count", "share") else meaning.role
        own_role = "" if one.role == "group" and one.group is not None else role
        meaning = replace(
            meaning, group=group, role=own_role, share=meaning.share or one.role == "share"
        )
    several = set(measures)
    measure = next((m for m in ("new", "denominator", "cumulative") if m in several), "")
    if {"denominator", "cumulative"} <= several:  # “registered / listed”: a rate
        return replace(meaning, indicators=tuple(counted), measure="cumulative", share=True)
    return replace(meaning, indicators=tuple(counted), measure=measure)


def _names_one(rest: str) -> bool:
    """Whether words beside a role's heading make it a name: “Zone 4”, “Trường A”."""
    left = FILLERS.sub(" ", rest).replace(CUT, " ").split()
    return bool(left)


def _qualified(meaning: Meaning, rest: str, words: str) -> Meaning:
    """The meaning with what the words around the known wordings add to it."""
    share, total = bool(SHARE.search(rest)), bool(TOTAL.search(rest))
    cumulative, new = bool(CUMULATIVE.search(rest)), bool(NEW.search(rest))
    excluded = bool(BEFORE.search(rest) or EXCLUDED.search(rest))
    group = "" if ALL.match(words) else meaning.group
    if meaning.measure != "denominator":
        qualifier = "cumulative" if cumulative or CUMULATIVE.search(words) else "new" if new else ""
        measure = qualifier or meaning.measure.replace("cumulative", "")
    else:
        measure = meaning.measure
    role = "key" if SERIAL.match(words) else meaning.role
    left, part = _without_sex(rest)
    for pattern in (BEFORE, EXCLUDED, CUMULATIVE, NEW, SHARE, TOTAL, FILLERS):
        left = pattern.sub(" ", left)
    left = re.sub(rf"[{CUT}%]|\b{PLUS}\b|\b[^\W\d]\b|\b\d{{4}}\b", " ", left)
    return Meaning(
        role,
        meaning.indicators,
        measure,
        group,
        part,
        meaning.share or share,
        total and not part,
        excluded,
        " ".join(left.split()),
        words,
    )


def _without_sex(rest: str) -> tuple[str, str]:
    """Words without the sex that they name, and that: where nothing else is left of them."""
    left = TOTAL.sub(" ", FILLERS.sub(" ", rest)).replace(CUT, " ").split()
    if len(left) != 1 or not SEX.fullmatch(left[0]):
        return rest, ""
    return re.sub(rf"\b{left[0]}\b", " ", rest), left[0]


def _rest(tokens: Sequence[Token], found: Sequence[Found]) -> str:
    words: list[str] = []
    at = 0
    for each in found:
        words += [token.word for token in tokens[at : each.first]] + [CUT]
        at = each.last
    words += [token.word for token in tokens[at:]]
    return " ".join(words)
