"""A campaign: who reports, on what, by when, against which targets. One folder of params."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

from pydantic import Field

from briefing.errors import ParamsError
from briefing.messages import _
from briefing.params.corrections import FILE as CORRECTIONS
from briefing.params.corrections import Correction, read_corrections
from briefing.params.files import checked, read_rows, read_yaml
from briefing.params.readings import FILE as READINGS
from briefing.params.readings import Override, override_of, read_overrides
from briefing.params.roster import Roster
from briefing.params.rows import Agency, Alias, Commune, Hamlet
from briefing.params.settings import OtherSubject, Settings, Target

SETTINGS = "campaign.yaml"


class Campaign(Roster):
    """A campaign with its tables. `Campaign.load("params")` reads and checks a whole folder."""

    readings: dict[str, tuple[Override, ...]] = Field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @classmethod
    def load(cls, folder: Path | str) -> Campaign:
        """Read and check every file of a params folder.

        Raises:
            ParamsError: Names file, key or line, value, and what is known.
        """
        folder = Path(folder)
        if not (folder / SETTINGS).exists():
            raise ParamsError(
                _(
                    "{file}: no such file. Go to the folder of the project, where params and "
                    "notebooks lie, or give the campaign's folder with --params. Nothing was run.",
                    file=folder / SETTINGS,
                )
            )
        return cls._read(folder, _content(folder))

    @classmethod
    @lru_cache(maxsize=4)
    def _read(cls, folder: Path, _content: str) -> Campaign:
        """The campaign of a folder with this content: read and checked once in a process."""
        settings = checked(Settings, read_yaml(folder / SETTINGS), where=folder / SETTINGS)
        communes = tuple(read_rows(folder / "communes.csv", Commune))
        codes = [row.unit_code for row in communes]
        campaign = cls.model_construct(
            **{name: getattr(settings, name) for name in Settings.model_fields},
            commune_rows=communes,
            hamlet_rows=_optional_rows(folder / "hamlets.csv", Hamlet),
            agency_rows=_optional_rows(folder / "agencies.csv", Agency),
            alias_rows=_optional_rows(folder / "aliases.csv", Alias),
            readings=read_overrides(folder / READINGS, codes),
        )
        campaign._check_codes(folder)
        return campaign.corrected(read_corrections(folder / CORRECTIONS, campaign))

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other values, without what was worked out of the old ones."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied

    @property
    def files_named(self) -> list[str]:
        """The files, in the inbox or not, that corrections and readings are about."""
        readings = (one.file for own in self.readings.values() for one in own)
        return [file for file in (*(one.file for one in self.corrections), *readings) if file]

    def corrected(self, corrections: tuple[Correction, ...]) -> Campaign:
        """The same campaign with these corrections in place of its own."""
        if corrections == self.corrections:
            return self
        return self.model_copy(update={"corrections": corrections})

    def _check_codes(self, folder: Path) -> None:
        codes = [row.unit_code for row in self.commune_rows]
        _demand_unique(folder / "communes.csv", "unit_code", codes)
        _demand_unique(
            folder / "agencies.csv", "agency_code", [r.agency_code for r in self.agency_rows]
        )
        if not codes:
            raise ParamsError(
                _("{file}: holds no unit. Nothing was run.", file=folder / "communes.csv")
            )
        named = [("hamlets.csv", row.unit_code) for row in self.hamlet_rows]
        named += [
            ("aliases.csv", row.target) for row in self.alias_rows if row.kind.endswith("unit")
        ]
        named += [(READINGS, code) for code in self.readings]
        for file, code in named:
            if code not in codes:
                raise ParamsError(
                    _(
                        "{file}: unit code “{code}” is not in communes.csv. Nothing was run.",
                        file=folder / file,
                        code=code,
                    )
                )

    @property
    def owners_assumed(self) -> bool:
        """Whether any denominator is an assumption, which every page must then say."""
        return any(row.smartphone_owners_status == "assumed" for row in self.commune_rows)

    def sector(self, name: str) -> str:
        """A sector of agencies.csv in the language of the page."""
        return next((str(known) for known in self.sectors if known.vi == name), name)

    def other_subject(self, name: str) -> OtherSubject:
        """What rows `other_subject` of aliases.csv call so, in each language."""
        known = (subject for subject in self.other_subjects if subject.vi == name)
        return next(known, OtherSubject(vi=name, en=name))

    def override_of(
        self, unit: str | None, day: date | None, file: str, member: str = ""
    ) -> Override | None:
        """What readings.yaml says of a report; `None` where it says nothing."""
        return override_of(self.readings.get(unit or "", ()), day, file, member)

    def deadline_of(self, day: date) -> datetime:
        """The moment before which the report about `day` is on time."""
        return datetime.combine(day, self.reporting.deadline_of(day), tzinfo=self.tz)

    def target_for(self, day: date) -> Target:
        """The target in force on `day`: the first whose date is not past, else the last."""
        return next((t for t in self.targets if day <= t.date), self.targets[-1])

    @cached_property
    def fingerprint(self) -> str:
        """Changes whenever anything in the params folder that reading a file depends on changes.

        Corrections, the words of the formal report and the names of sectors are not in it: they
        change what is made of what was read, not how it is read.
        """
        apart = {"corrections", "report", "sectors"}
        content = self.model_dump_json(exclude=apart)
        return hashlib.blake2b(content.encode(), digest_size=8).hexdigest()


def _content(folder: Path) -> str:
    """Changes with every change of a file of the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    content = hashlib.blake2b(digest_size=16)
    for path in files:
        with suppress(OSError):  # who reads what it says will say why it can't be read
            content.update(repr((str(path), path.read_bytes())).encode())
    return content.hexdigest()


def _optional_rows(path: Path, model: type) -> tuple:
    return tuple(read_rows(path, model)) if path.exists() else ()


def _demand_unique(path: Path, column: str, values: list[str]) -> None:
    twice = sorted({value for value in values if values.count(value) > 1})
    if twice:
        raise ParamsError(
            _(
                "{file}: {column} {values} stands twice. Nothing was run.",
                file=path,
                column=column,
                values=", ".join(twice),
            )
        )
