"""The campaign worked out by hand in `tests/tables/six_days`, from files to published tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from briefing.catalog.tables import COLUMNS
from briefing.params import Campaign, RunParams
from briefing.run.day import day_of
from briefing.run.snapshot import take_snapshot
from briefing.tables.exports import contract_tables
from tests.run.conftest import ROOT, Office, once
from tests.run.test_daily import digests
from tests.tables import six_days, six_days_files
from tests.tables.six_days import (
    BODIES_NOW,
    BODIES_THEN,
    SENT,
    UNITS_NOW,
    UNITS_THEN,
    WHOLE_NOW,
    WHOLE_THEN,
)
from tests.tables.tiny import assert_table

pytestmark = pytest.mark.slow

THEN, NOW = "2021-08-19T15:00", "2021-08-22T09:00"
LAST = "2021-08-21"
TABLES = {"units": UNITS_NOW, "whole": WHOLE_NOW, "bodies": BODIES_NOW}


def filled(folder: Path) -> None:
    six_days_files.fill(folder / "inbox", SENT)
    publish(folder)


def publish(folder: Path) -> None:
    """Publish the 21st of these four communes from the folder's inbox."""
    six_days.params_folder(folder)
    shutil.copy(ROOT / "params/daily.yaml", folder / "params")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    done = Office(folder).briefing("daily", "--date", LAST, "--as-of", NOW)
    assert done.code == 0, done.err


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Office:
    return Office(once(tmp_path_factory, "six-days", filled))


def published(office: Office, name: str) -> pd.DataFrame:
    """A table as anybody reads it, its days and moments parsed, its columns as inside."""
    naming = Campaign.load(office.folder / "params").naming
    frame = pd.read_csv(
        office.folder / "outputs" / LAST / "tables" / f"{naming.outside(name)}.csv",
        encoding="utf-8-sig", dtype_backend="numpy_nullable",
        dtype={"unit_code": "string", "agency_code": "string"},
    )  # fmt: skip
    for column in {"report_date", "target_date", "carried_from"} & {*frame}:
        frame[column] = pd.to_datetime(frame[column])
    for column in {"received_at"} & {*frame}:
        frame[column] = pd.to_datetime(frame[column]).dt.tz_convert("Asia/Ho_Chi_Minh")
    return frame.rename(columns=naming.inside)


@pytest.mark.parametrize("name", TABLES)
def test_every_published_cell_is_as_worked_out_by_hand(office, name):
    table = published(office, name)

    assert [*table] == COLUMNS[name]
    assert_table(table, TABLES[name])


def test_the_meeting_of_the_19th_is_known_from_the_same_register(office):
    run = RunParams.checked(
        {
            "report_date": "2021-08-19",
            "as_of": THEN,
            **{name: str(office.folder / name) for name in ("inbox", "outputs", "params")},
        }
    )
    snapshot = take_snapshot(run)
    tables = contract_tables(day_of(run, snapshot))

    assert snapshot.parsed == 0
    assert_table(tables["units"], UNITS_THEN)
    assert_table(tables["whole"], WHOLE_THEN)
    assert_table(tables["bodies"], BODIES_THEN)


def test_a_run_in_a_fresh_folder_gives_the_same_bytes(office, tmp_path):
    """With a register, and so a key of the phone hashes, of its own; files have another age."""
    shutil.copytree(office.inbox, tmp_path / "inbox", copy_function=shutil.copyfile)
    publish(tmp_path)
    first, second = (folder / "outputs" / LAST for folder in (office.folder, tmp_path))

    assert digests(first / "tables") == digests(second / "tables")
    assert (first / "briefing.html").read_bytes() == (second / "briefing.html").read_bytes()
