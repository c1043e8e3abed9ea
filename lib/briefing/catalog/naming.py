"""What tables and columns are called outside: by the codes of a campaign, where they name them.

Inside, whatever is counted stands in columns `installs_…`, of how many in `smartphone_owners`, and
the units that report in `units`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from briefing.catalog.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

COUNT, DENOMINATOR, UNITS = "installs", "smartphone_owners", "communes"
HOLD_NAMES = ("table", "column", "rule")
"""Columns of published tables whose cells name tables and columns."""


@dataclass(frozen=True)
class Naming:
    """The names that a campaign gives.

    Attributes:
        indicator, denominator: Codes of what is counted, and of how many.
        level: Code of the units that report.
        further: Whether the indicator is not the first: its code then stands behind its tables'.
    """

    indicator: str = COUNT
    denominator: str = DENOMINATOR
    level: str = UNITS
    further: bool = False

    @cached_property
    def _outside(self) -> Mapping[str, str]:
        return {COUNT: self.indicator, DENOMINATOR: self.denominator, UNITS: self.level}

    def outside(self, name: str) -> str:
        """A column, a table, or a formula of such, as it is called outside."""
        return _put(name, self._outside)

    def table(self, name: str) -> str:
        """A table about the indicator, as it is called outside."""
        return f"{self.outside(name)}_{self.indicator}" if self.further else self.outside(name)

    def inside(self, name: str) -> str:
        """The same as it is called inside; a name that is neither stays."""
        return _put(name, {own: known for known, own in self._outside.items()})

    def frame(self, frame: pd.DataFrame) -> pd.DataFrame:
        """A published table with its names outside."""
        if self == Naming():
            return frame
        how = {name: self.table if name == "table" else self.outside for name in HOLD_NAMES}
        named = {
            name: frame[name].map(put, na_action="ignore")
            for name, put in how.items()
            if name in frame
        }
        out = frame.assign(**named).rename(columns=self.outside)
        if "source_file" not in frame:
            return out
        files = {f"{table}.csv": f"{self.table(table)}.csv" for table in TABLES}
        where = frame["where"].map(self.outside, na_action="ignore")
        return out.assign(
            source_file=frame["source_file"].replace(files),
            where=frame["where"].mask(frame["source_file"].isin(files), where),
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


def _put(text: str, names: Mapping[str, str]) -> str:
    """A text with whole words, as of identifiers, in the place of others."""
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.sub(rf"(?<![A-Za-z0-9])(?:{words})(?![A-Za-z0-9])", lambda m: names[m[0]], text)
