"""What tables, columns and rules are called outside: by the codes and names of a campaign.

Inside, whatever is counted stands in columns `numerator_…`, of how many in `denominator`; the units
that report are `units`, all of them the `whole`, what lies below them `places`, who reports once
`bodies`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from briefing.catalog.codes import ASK, KIND, READING
from briefing.catalog.figures import FIGURES
from briefing.catalog.rules import RULES
from briefing.catalog.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

NUMERATOR, DENOMINATOR, UNITS, WHOLE = "numerator", "denominator", "units", "whole"
WORDS = (NUMERATOR, UNITS, WHOLE, "places", "place", "bodies", "body")
"""Words of names that a campaign may put others in the place of, wherever they stand."""
OF_LEVEL = (UNITS, *(f"{UNITS}_{suffix}" for suffix in (
    "opening", "carried", "unknown", "compared", "gained", "reported", "counted",
)), "phone_in_two_units", "people_in_two_units")  # fmt: skip
"""Names that speak of the units by the level that they are of; others say units of any."""
OF_DENOMINATOR = (DENOMINATOR, f"{DENOMINATOR}_status")
HOLD_NAMES = ("table", "column", "rule", "reading", "kind", "ask")
"""Columns of published tables whose cells are names."""
OF_ANY = "indicator"  # a table with this column says in it what its figures are of
WORD = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z]\w*")
KNOWN = frozenset(
    {*FIGURES, *TABLES, *RULES, *READING, *KIND, *ASK, *WORDS, *OF_LEVEL, *OF_DENOMINATOR}
)
"""Names inside that a campaign may put others in the place of."""


@dataclass(frozen=True)
class Naming:
    """The names that a campaign gives.

    Attributes:
        indicator, denominator: Codes of what is counted, and of how many.
        names: Word or name inside → outside, of all else.
        further: Whether the indicator is not the first: its code then stands behind its tables'.
    """

    indicator: str = NUMERATOR
    denominator: str = DENOMINATOR
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    further: bool = False

    @cached_property
    def _called(self) -> Mapping[str, str]:
        """Every name inside → outside."""
        words = {NUMERATOR: self.indicator} | {w: self.names[w] for w in WORDS if w in self.names}
        either = "|".join(sorted(words, key=len, reverse=True))
        word = re.compile(rf"(?<![A-Za-z0-9])(?:{either})(?![A-Za-z0-9])")
        names = KNOWN - {name for name in KNOWN if UNITS in name.split("_")} | {*OF_LEVEL}
        codes = {name: self.denominator + name.removeprefix(DENOMINATOR) for name in OF_DENOMINATOR}
        return {n: word.sub(lambda m: words[m[0]], n) for n in names} | codes | {**self.names}

    @cached_property
    def _inside(self) -> Mapping[str, str]:
        return {own: name for name, own in self._called.items()}

    def outside(self, name: str) -> str:
        """A column, a table, or a formula of such, as it is called outside."""
        return WORD.sub(lambda word: self._called.get(word[0], word[0]), name)

    def table(self, name: str) -> str:
        """A table about the indicator, as it is called outside."""
        return f"{self.outside(name)}_{self.indicator}" if self.further else self.outside(name)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The file of every published table, as it is called inside → outside."""
        return {f"{name}.csv": f"{self.table(name)}.csv" for name in TABLES}

    def inside(self, name: str) -> str:
        """The same as it is called inside; a name that is neither stays."""
        return self._inside.get(name, name)

    def columns(self, names: Iterable[str]) -> Mapping[str, str]:
        """The columns of a table, each with what it is called outside."""
        own = [*names]
        return {name: name if OF_ANY in own else self.outside(name) for name in own}

    def frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A published table with its names outside."""
        how = {name: self.table if name == "table" else self.outside for name in HOLD_NAMES}
        named = {name: _each_once(frame[name], put) for name, put in how.items() if name in frame}
        if "told_by" in frame:  # a figure told by telephone is its name and number
            named["value"] = frame["value"].map(self.outside, na_action="ignore")
        out = frame.assign(**named).rename(columns=self.columns(frame))
        if "source_file" not in frame:
            return out
        ours = frame["source_file"].isin(self.files)
        where = _each_once(frame["where"].where(ours), self.outside)
        return out.assign(
            source_file=frame["source_file"].replace(self.files),
            where=frame["where"].mask(ours, where),
        )

    def record(self, value: Any) -> Any:
        """Plain JSON values with the names that keys and cells hold outside."""
        if isinstance(value, list):
            return [self.record(item) for item in value]
        if not isinstance(value, dict):
            return value
        return {
            self.outside(key): self.outside(own)
            if key in HOLD_NAMES and isinstance(own, str)
            else self.record(own)
            for key, own in value.items()
        }


def _each_once(column: pd.Series, put: Callable[[str], str]) -> pd.Series:
    """A column with each of its values put otherwise; there are few that differ."""
    known = {value: put(value) for value in column.dropna().unique()}
    return column.map(known.get, na_action="ignore")
