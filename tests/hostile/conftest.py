"""An office with three reports, whose figures nothing hostile may change."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from briefing.intake.reader import Reader
from briefing.params import Campaign, RunParams
from briefing.register import Arrival, Register
from briefing.run.snapshot import Snapshot, take_snapshot
from briefing.tables import build
from tests.intake.making import PARAMS, mau02, people, workbook

DAY = "2021-08-16"
AT = datetime(2021, 8, 16, 14, tzinfo=timezone(timedelta(hours=7))).timestamp()
COUNTS = {
    "PHƯỜNG BỒNG SƠN": [45, 38, 52],
    "PHƯỜNG HOÀI HƯƠNG": [10, 20],
    "PHƯỜNG TAM QUAN BẮC": [17, 4, 30],
}
SUMS = {"Phường Bồng Sơn": 135, "Phường Hoài Hương": 30, "Phường Tam Quan Bắc": 51}


@dataclass(frozen=True)
class Desk:
    """A folder with an inbox and outputs, and the campaign of the project."""

    folder: Path

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def outputs(self) -> Path:
        return self.folder / "outputs"

    @property
    def register(self) -> Path:
        return self.outputs / "register"

    @property
    def run(self) -> RunParams:
        folders = {"inbox": str(self.inbox), "outputs": str(self.outputs)}
        return RunParams.checked({"report_date": DAY, **folders})

    def snapshot(self) -> Snapshot:
        return take_snapshot(self.run)

    @property
    def arrivals(self) -> tuple[Arrival, ...]:
        """What came, in order, before anything hostile did: a day is a function of it."""
        register = Register(self.register, self.run.campaign)
        return tuple(sorted(register.arrivals(), key=lambda arrival: Path(arrival.path)))

    def figures(self, snapshot: Snapshot | None = None) -> dict[str, int]:
        """What the day says of each unit that has a figure, worked out from the register anew."""
        view = (snapshot or self.snapshot()).view
        units = build(view, self.run.campaign, date(2021, 8, 16)).units
        known = units[units["numerator_cumulative"].notna()]
        return {r.unit_name: int(r.numerator_cumulative) for r in known.itertuples()}


def report(folder: Path, unit: str, counts: list[int]) -> Path:
    """A Mẫu 02 that came at 14:00, an hour before the deadline."""
    path = folder / f"BC {unit} 16-8.xlsx"
    path.write_bytes(workbook(mau02(people(counts), unit=unit)))
    os.utime(path, (AT, AT))
    return path


@pytest.fixture(scope="session")
def opened(tmp_path_factory) -> Desk:
    """An office whose reports are in the register; not to be changed."""
    made = Desk(tmp_path_factory.mktemp("opened"))
    made.inbox.mkdir()
    for unit, counts in COUNTS.items():
        report(made.inbox, unit, counts)
    made.snapshot()
    return made


@pytest.fixture
def desk(tmp_path: Path, opened: Desk) -> Desk:
    """The same, to be changed at will."""
    shutil.copytree(opened.folder, tmp_path, dirs_exist_ok=True)
    return Desk(tmp_path)


def said(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Rule and file, by its true name, of what is wrong with the inbox itself."""
    return [(one.rule, snapshot.register.names.named(one.file)) for one in snapshot.scan.findings]


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    return Campaign.load(PARAMS)


@pytest.fixture(scope="session")
def reader(campaign: Campaign) -> Reader:
    return Reader(campaign, b"a key of the tests")
