"""A figure and what makes it, down to the cells: a tree whose joints can be worked out again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from briefing.catalog.lineage import LEAVES, RULES, SUM, Number

EXACT = 1e-9
Row = dict[str, Any]  # of a published table, with what its figures rest on


class At(NamedTuple):
    """A row of a published table; `day` is missing where the table has no days."""

    table: str
    key: str
    day: pd.Timestamp | None = None


@dataclass(frozen=True)
class Source:
    """A place that a figure stands at.

    Attributes:
        file: Path in the inbox, or `params/…`.
        member: Path inside it, where it is an archive or an e-mail; else "".
        where: The cells, as the contract writes an address; of params, the row or entry.
        received_at: ISO moment of arrival; "" of params.
        superseded: Files of the same unit and day that an earlier moment would have used.
    """

    file: str
    sha256: str = ""
    where: str = ""
    member: str = ""
    received_at: str = ""
    superseded: tuple[str, ...] = ()


@dataclass(frozen=True)
class Step:
    """One figure: its value, the rule that gives it, and the figures or cells that it is made of.

    Attributes:
        value: `None` where it is not known.
        rule: How the parts give the value; of `lineage.RULES`, or a leaf (`lineage.LEAVES`).
        table, key, column: Which figure of the published tables; "" for a part of one.
        date: ISO day that the figure is about, where it is about one.
        reading: How the report was read, where a report gives the figure.
        note: The reason of a correction, the standing of a denominator.
        source: The report or params file that it comes from.
    """

    value: Number | None
    rule: str
    table: str = ""
    key: str = ""
    column: str = ""
    date: str = ""
    reading: str = ""
    note: str = ""
    source: Source | None = None
    parts: Sequence[Step] = ()

    def named(self, table: str, key: str, column: str, date: str = "") -> Step:
        """The same as a figure of a published table."""
        return replace(self, table=table, key=key, column=column, date=date)

    @property
    def adds_up(self) -> bool:
        """Whether the parts give the value, here and all the way down."""
        if self.value is None:
            return True
        return self._joint_holds() and all(part.adds_up for part in self.parts)

    def _joint_holds(self) -> bool:
        if self.rule in LEAVES:
            return True
        values = [part.value for part in self.parts]
        if self.value is None or any(value is None for value in values):
            return False
        return math.isclose(RULES[self.rule].work(values), self.value, rel_tol=0, abs_tol=EXACT)

    def leaves(self) -> Iterator[Step]:
        """The cells, entries of params and counts that everything rests on."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def sourced(self) -> Iterator[Step]:
        """The steps that name a place, those of the newest report first."""
        if self.source and self.source.file:
            yield self
        for part in reversed(self.parts) if self.rule == SUM else self.parts:
            yield from part.sourced()

    def to_json(self) -> dict[str, Any]:
        """The tree in plain JSON types; what is empty is left out."""
        names = ("table", "key", "column", "date", "value", "rule", "reading", "note")
        out: dict[str, Any] = {n: getattr(self, n) for n in names if getattr(self, n) != ""}
        if self.source:
            out["source"] = {name: v for name, v in vars(self.source).items() if v}
        if self.parts:
            out["adds_up"] = self.adds_up
            out["parts"] = [part.to_json() for part in self.parts]
        return out


class Figures(Sequence[Step]):
    """Figures that are made when they are looked at: in a sum over a country few are."""

    def __init__(self, make: Callable[[Any], Step], of: Sequence[Any]) -> None:
        self._make, self._of = make, of

    def __len__(self) -> int:
        return len(self._of)

    def __getitem__(self, number: Any) -> Any:
        if isinstance(number, slice):
            return Figures(self._make, self._of[number])
        return self._make(self._of[number])


def added(parts: Sequence[Step]) -> Step:
    """The sum of figures, which is no column's own."""
    return Step(sum(part.value or 0 for part in parts), SUM, parts=parts)
