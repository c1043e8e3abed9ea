"""readings.yaml: how a unit uses the column Lũy kế, of which days, in which file."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from briefing.catalog.naming import Naming
from briefing.params.files import InboxPath, Strict, checked, read_yaml

FILE = "readings.yaml"
Reading = Literal[
    "per_person", "per_place", "roster_all", "roster_today", "running",
    "total", "flag", "ratio", "percent", "increment",
]  # fmt: skip


class Override(Strict):
    """One reading of a unit that goes before every detection.

    Attributes:
        first, last: The days of reports for which it holds; `None`: from the first, to the last.
        file: Path in the inbox, or the name alone, of the only file for which it holds.
    """

    reading: Reading
    first: date | None = Field(None, alias="from")
    last: date | None = Field(None, alias="to")
    file: InboxPath = ""

    @field_validator("reading", mode="before")
    @classmethod
    def _called_inside(cls, value: Any, info: ValidationInfo) -> Any:
        return info.context.inside(value) if info.context and isinstance(value, str) else value

    @model_validator(mode="after")
    def _in_order(self) -> Override:
        if self.first and self.last and self.last < self.first:
            raise ValueError("from is after to")
        return self

    @property
    def narrow(self) -> tuple[bool, bool]:
        """One for a file goes before one for days, and that before one for always."""
        return bool(self.file), bool(self.first or self.last)

    def names(self, file: str, member: str = "") -> bool:
        """Whether it is meant for a file: by its path or its name, be it inside another."""
        if not self.file:
            return True
        paths = [_nfc(path) for path in (file, member, f"{file}/{member}") if path]
        names = [path.rsplit("/", 1)[-1] for path in paths]
        return _nfc(self.file) in (*paths, *names)

    def holds(self, day: date | None, file: str, member: str = "") -> bool:
        """Whether it is meant for a report; one of an unknown day is of no limited days."""
        if not self.names(file, member):
            return False
        if day is None:
            return self.first is None and self.last is None
        return (self.first or day) <= day <= (self.last or day)


Overrides = Mapping[str, tuple[Override, ...]]


def override_of(
    overrides: Iterable[Override], day: date | None, file: str, member: str = ""
) -> Override | None:
    """The override of one unit that is meant for a report: the narrowest, of equals the last."""
    fitting = [one for one in overrides if one.holds(day, file, member)]
    return max(reversed(fitting), key=lambda one: one.narrow, default=None)


def read_overrides(
    path: Path, codes: Collection[str], naming: Naming | None = None
) -> dict[str, tuple[Override, ...]]:
    """Unit → its overrides, as the file has them; none where it is missing or empty.

    Args:
        codes: The units'. One without quotes is known where YAML has left its digits as they are.
        naming: What the file calls readings.

    Raises:
        ParamsError: Names the file, the unit, the key, the value, and what is known.
    """
    content = read_yaml(path) if path.exists() else {}
    content = {str(key) if str(key) in codes else key: entry for key, entry in content.items()}
    naming = naming or Naming()
    values = {"readings": content}
    return checked(_Readings, values, where=path, context=naming, called=naming.outside).readings


class _Readings(Strict):
    readings: dict[str, tuple[Override, ...]]

    @field_validator("readings", mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        """A reading alone stands for every day; one entry need not be a list."""
        if not isinstance(value, dict):
            return value
        return {
            key: [
                {"reading": one} if isinstance(one, str) else one
                for one in (overrides if isinstance(overrides, list) else [overrides])
            ]
            for key, overrides in value.items()
        }


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path)
