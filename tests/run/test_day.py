"""From the inbox of a run to its day: what is taken, and what stays known."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest

from briefing.errors import ParamsError
from briefing.params import RunParams
from briefing.params.forms import UNITS
from briefing.run.day import day_of, previous_day_of
from briefing.run.manifest import manifest, write_manifest
from briefing.run.snapshot import newest_day, take_snapshot
from tests.register.office import Office
from tests.tables.tiny import AN, BINH, moment


def run_of(office: Office, **more: str) -> RunParams:
    folders = {
        "inbox": str(office.inbox),
        "outputs": str(office.folder / "outputs"),
        "params": str(office.folder / "params"),
    }
    return RunParams.checked({"report_date": "2021-08-16", **folders, **more})


def of_an(office: Office, **more: str) -> tuple[str, int]:
    run = run_of(office, **more)
    day = day_of(run, take_snapshot(run))
    unit = day.units.set_index("unit_code").loc[AN]
    return unit["status"], unit["numerator_cumulative"]


@pytest.mark.parametrize(("about", "before"), [(15, None), (16, date(2021, 8, 15))])
def test_a_day_is_compared_with_the_one_before_unless_it_is_the_campaigns_first(
    tmp_path, about, before
):
    """The campaign begins on 15 August."""
    run = run_of(Office.open(tmp_path), report_date=f"2021-08-{about}")
    snapshot = take_snapshot(run)
    previous_day = previous_day_of(run, snapshot, day_of(run, snapshot))

    assert (previous_day.date if previous_day else None) == before


@pytest.mark.parametrize(("days", "newest"), [((14, 15), 15), ((24, 25, 26), 25)])
def test_the_newest_day_lies_in_the_campaign_its_first_and_last_day_too(tmp_path, days, newest):
    """15 to 25 August."""
    known = [(None, SimpleNamespace(owed_by=UNITS, report_date=date(2021, 8, day))) for day in days]
    snapshot = SimpleNamespace(submissions=known)

    assert newest_day(snapshot, run_of(Office.open(tmp_path))).day == newest


@pytest.mark.slow
def test_a_correction_saved_over_the_file_changes_the_figure_and_not_the_status(tmp_path):
    """Sent at 14:00, corrected at 16:30 under the same name: on time, with the new figure."""
    office = Office.open(tmp_path)
    office.workbook("an.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 14:00")
    assert of_an(office) == ("on_time", 35)

    office.workbook("an.xlsx", "Xã An Bình", 16, [12, 20, 5], "16 16:30")

    assert of_an(office) == ("on_time", 37)
    assert of_an(office, as_of="2021-08-16T15:00") == ("on_time", 35)
    run = run_of(office)
    assert sorted(day_of(run, take_snapshot(run)).reports["verdict"]) == ["superseded", "used"]


@pytest.mark.slow
def test_a_file_that_was_taken_away_is_no_longer_known(tmp_path):
    """The inbox is the truth: what the analyst removed is not a report."""
    office = Office.open(tmp_path)
    path = office.workbook("an.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 14:00")
    assert of_an(office)[0] == "on_time"

    path.unlink()

    assert of_an(office)[0] == "missing"


@pytest.mark.slow
def test_a_file_that_gets_its_first_content_back_is_read_as_it_is(tmp_path):
    office = Office.open(tmp_path)
    first = office.workbook("an.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 14:00").read_bytes()
    assert of_an(office) == ("on_time", 35)
    office.workbook("an.xlsx", "Xã An Bình", 16, [99, 20, 5], "16 14:20")
    assert of_an(office) == ("on_time", 124)

    office.put("an.xlsx", first, "16 14:40")
    status, figure = of_an(office)

    assert (status, figure) == ("on_time", 35)


@pytest.mark.slow
def test_a_manifest_gives_the_same_day_whatever_came_since(tmp_path):
    office = Office.open(tmp_path)
    office.workbook("an.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 14:00")
    run = run_of(office)
    inputs = [
        {"path": a.path, "sha256": a.sha256, "received_at": a.received_at.isoformat()}
        for a in take_snapshot(run).scan.arrivals
    ]
    (tmp_path / "manifest.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    office.workbook("an.xlsx", "Xã An Bình", 16, [12, 20, 5], "16 16:30")

    again = run.model_copy(update={"manifest": tmp_path / "manifest.json"})

    assert day_of(again, take_snapshot(again)).date == date(2021, 8, 16)
    assert of_an(office, manifest=str(tmp_path / "manifest.json")) == ("on_time", 35)


@pytest.mark.slow
def test_a_fault_of_the_inbox_is_said_by_a_run_on_its_manifest_too(tmp_path):
    """The notebooks of a run read its manifest, not the inbox: they must say the same."""
    office = Office.open(tmp_path)
    office.workbook("an.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 14:00")
    office.received("an.xlsx,hôm qua")
    run = run_of(office)
    snapshot = take_snapshot(run)
    day = day_of(run, snapshot)
    path = write_manifest(manifest(run, snapshot, day), tmp_path)

    again = run.model_copy(update={"manifest": path})

    assert "received_unreadable" in set(day.findings["rule"])
    pd.testing.assert_frame_equal(day_of(again, take_snapshot(again)).findings, day.findings)


@pytest.mark.slow
@pytest.mark.parametrize(("at", "status"), [("16 14:00", "not_due"), ("16 15:00", "missing")])
def test_without_a_moment_asked_for_the_clock_says_who_is_missing_in_its_notebooks_too(
    tmp_path, at, status
):
    """Run before the deadline, with no `as_of`: nobody is missing yet, whenever a notebook runs."""
    office = Office.open(tmp_path)
    office.workbook("an.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 13:00")
    run = run_of(office)
    snapshot = replace(take_snapshot(run), at=moment(at).to_pydatetime())
    day = day_of(run, snapshot)
    path = write_manifest(manifest(run, snapshot, day), tmp_path)
    again = run.model_copy(update={"manifest": path})

    for made in (day, day_of(again, take_snapshot(again))):
        stands = made.units.set_index("unit_code")["status"]
        assert (stands[AN], stands[BINH]) == ("on_time", status)
        assert made.whole.iloc[-1][f"reports_{status}"] == 3


def test_a_manifest_whose_moment_is_none_is_refused(tmp_path):
    office = Office.open(tmp_path)
    (tmp_path / "m.json").write_text('{"inputs": [], "taken_at": "chiều"}', encoding="utf-8")
    run = run_of(office, manifest=str(tmp_path / "m.json"))

    with pytest.raises(ParamsError, match=r"m\.json can't be read|không đọc được"):
        take_snapshot(run)
