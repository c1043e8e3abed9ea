"""The campaigns of the starters, each laid out and its first day due published, once for all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from briefing.params import Campaign
from tests.run.command import Finished, briefing
from tests.run.conftest import once

UNITS = {"kilifi": 14, "vaccination": 15, "vneid": 12}
DAYS = {"kilifi": "2024-05-13", "vaccination": "2022-04-18", "vneid": "2025-10-03"}
LEVELS = {"kilifi": "villages", "vaccination": "units", "vneid": "communes"}
WHOLES = {"kilifi": "ward", "vaccination": "district", "vneid": "province"}


@dataclass(frozen=True)
class Workplace:
    """A campaign laid out, its sample, and what was published of its first day due."""

    name: str
    folder: Path

    def briefing(self, *arguments: object) -> Finished:
        done = briefing(self.folder, [*map(str, arguments)])
        assert done.code == 0, done.err
        return done

    @property
    def campaign(self) -> Campaign:
        return Campaign.load(self.folder / "params")

    @property
    def published(self) -> Path:
        return self.folder / "outputs" / DAYS[self.name]

    @property
    def units(self) -> Path:
        """The pages of two units."""
        return self.published / "units"

    @property
    def period(self) -> Path:
        """The report of a period."""
        [folder] = (self.folder / "outputs").glob("*_*")
        return folder

    @property
    def forms(self) -> Path:
        """The forms of the day, for every unit."""
        return self.folder / "forms"

    @property
    def asked(self) -> list[str]:
        """The units that have pages."""
        return [row.unit_code for row in self.campaign.unit_rows[:2]]

    def table(self, name: str) -> pd.DataFrame:
        path = self.published / "tables" / f"{name}.csv"
        return pd.read_csv(path, dtype={"unit_code": str, "group": str}, encoding="utf-8-sig")


@pytest.fixture(scope="module", params=[*UNITS])
def place(request, tmp_path_factory) -> Workplace:
    def make(folder: Path) -> None:
        made = Workplace(request.param, folder)
        made.briefing("init", "params", "--like", made.name)
        made.briefing("sample", "inbox", "--units", UNITS[made.name], "--params", "params")
        made.briefing("daily", "--date", DAYS[made.name])

    return Workplace(request.param, once(tmp_path_factory, request.param, make))


@pytest.fixture(scope="module")
def further(place, tmp_path_factory) -> Workplace:
    """The same with pages of units, the report of a period and forms."""

    def make(_folder: Path) -> None:
        day, units = DAYS[place.name], [part for code in place.asked for part in ("--unit", code)]
        place.briefing("units", "--date", day, *units)
        place.briefing("period", "--from", day, "--to", day)
        place.briefing("forms", place.forms, "--date", day)

    once(tmp_path_factory, f"{place.name}_further", make)
    return place
