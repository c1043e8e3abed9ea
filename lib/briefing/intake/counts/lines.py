"""Counts in text: labels with values, lines of a letter, messages of a chat.

A line is cut into clauses, a clause into labels and numbers. A number belongs to the label before
it, or, where the clause begins with the number, to the one behind; what a label leaves unsaid, the
lines before it say.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from briefing.intake.counts.annotations import Annotation
from briefing.intake.counts.carried import Carried
from briefing.intake.counts.cells import Cell, Key, number_in
from briefing.intake.counts.combined import numbers_in, pieces_of
from briefing.intake.counts.meaning import NOTHING, Meaning
from briefing.intake.counts.wording import Terms, without_days
from briefing.intake.detection.lines import Line
from briefing.intake.detection.marks import is_addressed, is_letterhead, is_signed, office_start
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.numbers import Number, Unreadable
from briefing.intake.parsers.text import clean, plain
from briefing.locale.pack import Worded

ROUNDED = Worded(r"\s?(?:«counts.thousands»)\b")
NUMBER = Worded(
    r"(?<![\w.,/])(?:\d{1,3}(?:[., ]\d{3})+|\d+)(?:[.,]\d+)?"
    r"(?:(?:\s?/\s?|\s«numbers.out_of»\s)(?:\d{1,3}(?:[.,]\d{3})+|\d+))?(?:\s?%)?(?:(?![\w/]|[.,]\d)|(?=\s?(?:«counts.thousands»)\b))"
)
SEVERAL = re.compile(r"(?<![\w/.,-])\d[\d.,]*(?:\s?/\s?\d[\d.,]*){1,7}(?![\w/%-])")
CLAUSE = re.compile(r"[;\n•|]|[.,](?=\s|$)")
CLOCK = Worded(
    r"(?<!\d)\d{1,2}\s?(?:[:h]\s?\d{2}|«times.hour»(?!\w)|«times.short_hour»\d{0,2}(?!\w))"
)
PHONE = re.compile(r"(?<![\w+])(?:\+|0)\d(?:[ .-]?\d){7,12}(?!\d)")
ITEM = re.compile(r"^\s*(?:\d{1,2}[.)]|[-–•*+])\s+")  # the number or the bullet of a line
HIDDEN = "¦"  # in the place of what is no number and no word of a label


@dataclass
class _Clause:
    """What one clause says: its numbers, and the text between them."""

    text: str
    numbers: list[re.Match[str]]
    between: list[str]


@dataclass
class _Kinds:
    """What a label says, in the way in which rows of a table are carried on."""

    kinds: dict[str, tuple[object, int]] = field(default_factory=dict)
    total: bool = False
    column: int = 0


@dataclass(frozen=True)
class _Label:
    """What the words around a number say.

    Attributes:
        tail: What stands on its other side.
        of, total_of: What it is of, and a total of which kinds, with what the lines before say.
        follows: It is the number that a label before was waiting for, or that number's rate.
        another: A label of something else is waiting for its number.
    """

    meaning: Meaning
    tail: Meaning
    row: _Kinds
    of: Mapping[str, object]
    total_of: frozenset[str]
    follows: bool = False
    another: bool = False

    @property
    def is_noisy(self) -> bool:
        """Whether words around it are not understood, or speak of something else."""
        behind = bool(self.tail.rest or self.tail.excluded) and not self.tail.counts
        return bool(self.meaning.rest) or behind or self.another


@dataclass
class LineReader:
    """Reads the lines of one message or letter."""

    terms: Terms
    words: Vocabulary
    around: Meaning = NOTHING
    waiting: Meaning = NOTHING  # a label whose number is still to come
    apart: bool = False
    of_group: bool = False  # a line counted a group itself: “Pupils of 12 to 17: 434”

    def cells(self, lines: Iterable[Line]) -> list[Cell]:
        carried = Carried()
        found: list[Cell] = []
        for line in lines:
            if is_addressed(line.key) or is_signed(line.text) or is_letterhead(line.key):
                carried.at(_Kinds(self._units(line.text)))
                continue
            for clause in self._clauses(line.text):
                found += self._of(clause, line.where, carried)
            if self.of_group:
                carried.end("group")
                self.of_group = False
        return found

    def _clauses(self, text: str) -> Iterator[str]:
        text = unicodedata.normalize("NFC", ITEM.sub("", clean(text)))
        yield from filter(str.strip, CLAUSE.split(text))

    def _units(self, text: str) -> dict[str, tuple[object, int]]:
        own = [m for m in self.words.units.find(text) if office_start(text, m, self.words) is None]
        if len({match.code for match in own}) > 1:
            return {"unit": ("", 0)}  # of several: it is said whose the numbers are, not here
        return {"unit": (text[own[0].start : own[0].end], 0)} if own else {}

    def _of(self, text: str, where: str, carried: Carried) -> Iterator[Cell]:
        """The numbers of a clause."""
        units = self._units(text)
        clause = self._cut(text)
        meanings = [self.terms.read(piece) for piece in clause.between]
        if not clause.numbers:
            row = self._row(meanings[0], units)
            self.apart = meanings[0].excluded or (self.apart and not meanings[0].words)
            self.waiting = meanings[0] if row.kinds.keys() - {"unit"} else self.waiting
            carried.at(row)
            return
        if self.apart:
            return  # under “Planned:”, which no field asks for
        if several := [*self._several(clause, units, carried)]:
            yield from (replace(cell, where=where) for cell in several)
            return
        waiting, self.waiting = self.waiting, NOTHING
        behind = not meanings[0].counts and any(each.counts for each in meanings[1:])
        for at, number in enumerate(clause.numbers):
            meaning = meanings[at + 1] if behind else meanings[at]
            row = self._row(meaning, units if not at else {})
            label = _Label(
                meaning,
                self._beside(meanings, at, behind),
                row,
                *carried.at(row),
                follows=bool(waiting.counts and not at) or (at > 0 and "%" in number[0]),
                another=bool(meaning.indicators and {*waiting.indicators} - {*meaning.indicators}),
            )
            counted = label.of.get("indicator") or self.around.indicators
            self.of_group |= "group" in row.kinds and not counted
            rounded = ROUNDED.match(plain(clause.text), number.end())
            if cell := self._cell(number[0] + (rounded[0] if rounded else ""), label):
                yield replace(cell, where=where)

    def _several(
        self, clause: _Clause, units: dict[str, tuple[object, int]], carried: Carried
    ) -> Iterator[Cell]:
        """The numbers of “5-11 / 12-17 / 18+: 100/200/1300”, each of its piece of the label."""
        for match in SEVERAL.finditer(clause.text):
            numbers = numbers_in(match[0])
            pieces = pieces_of(_trimmed(clause.text[: match.start()]), self._annotate)
            if len(pieces) == len(numbers):
                for piece, number in zip(pieces, numbers, strict=True):
                    row = self._row(piece.meaning, units)
                    label = _Label(piece.meaning, NOTHING, row, *carried.at(row))
                    yield from filter(None, [self._cell(str(number), label)])
                return
            if len(numbers) > 2:  # two may be a share of all
                meaning = self.terms.read(_trimmed(clause.text[: match.start()]))
                row = self._row(meaning, units)
                label = _Label(meaning, NOTHING, row, *carried.at(row))
                yield from filter(None, [self._cell(match[0], label)])
                return

    def _annotate(self, value: object) -> Annotation:
        meaning = self.terms.read(str(value))
        return Annotation(
            meaning, {kind: v for kind, (v, _c) in self._row(meaning, {}).kinds.items()}
        )

    def _beside(self, meanings: Sequence[Meaning], at: int, behind: bool) -> Meaning:
        """What stands on the other side of a number than its label, where that is no label too."""
        if behind:
            return NOTHING if at else meanings[0]
        return NOTHING if at < len(meanings) - 2 else meanings[-1]

    def _row(self, meaning: Meaning, units: dict[str, tuple[object, int]]) -> _Kinds:
        kinds = dict(units)
        if meaning.group is not None and not meaning.excluded:
            kinds["group"] = (meaning.group, 0)
        if meaning.part and not meaning.excluded:
            kinds["part"] = (meaning.part, 0)
        if meaning.indicators and not meaning.excluded:
            kinds["indicator"] = (meaning, 0)
        return _Kinds(kinds, meaning.total and meaning.group is None)

    def _cell(self, text: str, label: _Label) -> Cell | None:
        """A number under its label, `None` where it is none that a form asks for."""
        meaning, number = label.meaning, number_in(text, share=False)
        if meaning.excluded or number is None:
            return None
        if isinstance(number, Number) and ROUNDED.search(plain(text)):
            number = Unreadable("text", text)  # “8k”: the rest of the digits is not said
        named = meaning.counts or meaning.total or label.follows
        counted = label.of.get("indicator")
        full = meaning.under(counted) if isinstance(counted, Meaning) else meaning
        codes = set(full.indicators) or set(self.around.indicators)
        worded, only = bool(codes), self.terms.campaign.indicators
        if not codes and len(only) == 1:
            codes = {only[0].code}
        plainly = "unit" in label.row.kinds or (meaning.near and not meaning.rest)
        if len(codes) != 1 or not (named or plainly):
            return None
        rate = isinstance(number, Number) and number.kind in ("percent", "fraction")
        if full.share and not rate and not (isinstance(number, Number) and number.denominator):
            number, rate = number_in(text, share=True), True
        group = "" if "group" in label.total_of else label.of.get("group", self.around.group)
        key = Key(
            codes.pop(),
            meaning.measure or full.measure or "cumulative",
            group if group is None else str(group),
            rate,
            str(label.of.get("unit", "")),
            part="" if "part" in label.total_of else str(label.of.get("part", "")),
        )
        sure = bool(named and (worded or meaning.measure)) and not label.is_noisy
        return Cell(key, number, "", sure=sure, worded=worded)

    def _cut(self, text: str) -> _Clause:
        """The numbers of a clause, with what is no number blanked, and the text between them."""
        shown = without_days(text, self.words.campaign.dates)
        units = [(m.start, m.end) for m in self.words.units.find(text)]
        for start, end in units:
            shown = shown[:start] + " " * (end - start) + shown[end:]
        masked = _masked(shown, [*units, *((f.start, f.end) for f in self.terms.find(shown))])
        for pattern in (CLOCK, PHONE):
            masked = _masked(masked, [m.span() for m in pattern.finditer(plain(masked))])
        numbers = list(NUMBER.finditer(plain(masked)))
        edges = [0, *(edge for m in numbers for edge in m.span()), len(shown)]
        between = [_trimmed(shown[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        return _Clause(shown, numbers, between)


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + HIDDEN * (end - start) + text[end:]
    return text


def _trimmed(text: str) -> str:
    return text.strip(" :=–-.,()[]")
