"""What a row of a table says of its numbers, and what the rows above it say of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from briefing.intake.counts.annotations import LONGEST_KEY, Annotation
from briefing.intake.counts.meaning import NOTHING, Meaning
from briefing.intake.readers.grids import Grid

ADDED = ("unit", "place", "group", "part")  # over which counts add up


@dataclass
class Row:
    """What the key cells of a row say together.

    Attributes:
        kinds: Kind → what it is, with the column that says so.
        total: The column of a word for a total; −1 where there is none.
        unknown: A text among them is not understood.
    """

    grid: Grid
    row: int
    kinds: dict[str, tuple[object, int]] = field(default_factory=dict)
    meaning: Meaning = NOTHING
    total: bool = False
    column: int = -1
    unknown: bool = False
    text: str = ""
    unit_where: str = ""
    is_note: bool = False
    first: int = 0

    @property
    def is_a_name(self) -> bool:
        """Whether its text is none of what a form asks for: a name, of a place perhaps."""
        return self.unknown and self.says_nothing

    @property
    def says_nothing(self) -> bool:
        return not (self.kinds or self.total or self.meaning.counts)

    def total_at(self, column: int) -> None:
        if not self.total:
            self.total, self.column = True, column

    def add(self, column: int, kind: str, annotation: Annotation, text: str) -> None:
        meaning, by_kind = annotation.meaning, dict(annotation.by_kind)
        if len(text) > LONGEST_KEY:
            self.is_note = True
            return
        self.first = self.first if self.text else column
        self.text = f"{self.text} {text}".strip()
        known = bool(by_kind)
        if kind in ("unit", "place") and not meaning.counts:
            if meaning.total and not meaning.rest and not (by_kind.keys() & {"unit", "place"}):
                self.total_at(column)
                return
            by_kind = {kind: text}
            meaning, known = NOTHING, True
        if kind == "unit" or "unit" in by_kind:
            self.unit_where = self.unit_where or annotation.where
        for name, value in by_kind.items():
            self.kinds.setdefault(name, (value, column))
        if meaning.total and meaning.group is None:
            self.total_at(column)
        elif not known and not meaning.says_something and meaning.rest:
            self.unknown = self.unknown or kind in ("label", "group", "unit")
            meaning = replace(meaning, rest="")
        self.meaning = replace(meaning, role="", indicators=()).under(self.meaning)


class Carrying(Protocol):
    """What a row, or a clause, says itself."""

    kinds: dict[str, tuple[object, int]]
    total: bool
    column: int


class Carried:
    """What rows above say of those below them that do not say it themselves."""

    def __init__(self) -> None:
        self.rank: dict[str, int] = {}  # kind → the row, counted, in which it came first
        self.now: dict[str, tuple[object, int]] = {}
        self.rows = self.blocks = self.totals = 0

    def at(self, row: Carrying) -> tuple[dict[str, object], frozenset[str]]:
        """What a row is of, and of which kinds it is the total.

        A kind that came later than another is inside it: it ends where the other changes.
        """
        self.rows += 1
        for kind in row.kinds:
            self.rank.setdefault(kind, self.rows)
        if row.kinds:
            self.blocks += min(self.rank, key=self.rank.__getitem__) in row.kinds
            outer = min(self.rank[kind] for kind in row.kinds)
            inside = [kind for kind in self.now if self.rank[kind] > outer]
            for kind in {*inside, *row.kinds} & self.now.keys():
                del self.now[kind]
        if row.total:
            return self._total(row)
        self.now |= row.kinds
        return {kind: value for kind, (value, _c) in self.now.items()}, frozenset()

    def end(self, kind: str) -> None:
        """What was said of a kind holds no longer."""
        self.now.pop(kind, None)

    def _closes_all(self, here: Sequence[str]) -> bool:
        """Whether a total is over all blocks of a column, as not each of them has one before it."""
        self.totals += 1
        return len(here) < 2 or (self.blocks > 1 and self.totals != self.blocks)

    def _total(self, row: Carrying) -> tuple[dict[str, object], frozenset[str]]:
        columns = {kind: column for kind, (_v, column) in self.now.items()}
        of_place = [k for k in self.rank if k in ADDED and k not in row.kinds]
        here = [k for k in of_place if columns.get(k, row.column) == row.column]
        inner = set(here if self._closes_all(here) else here[-1:])
        behind = {k for k in of_place if columns.get(k, row.column) > row.column}
        total_of = inner | behind
        kinds = {k: v for k, (v, _c) in (self.now | row.kinds).items() if k not in total_of}
        return kinds, frozenset(total_of)
