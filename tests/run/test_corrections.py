"""Corrections through the public surface: typed into params, seen on the page."""

from __future__ import annotations

import json

import pytest

from briefing.run.day import day_of, open_day
from briefing.run.manifest import manifest, write_manifest
from briefing.run.snapshot import take_snapshot
from tests.register.office import Office
from tests.run.test_day import run_of
from tests.tables.tiny import AN

ENTRY = """
- unit: An Bình
  date: 2021-08-16
  column: installs_cumulative
  found: {found}
  value: 36
  reason: Gõ nhầm hàng chục
  by: Cán bộ tổng hợp
  when: 2021-08-16T16:00
"""


@pytest.fixture
def office(tmp_path):
    made = Office.open(tmp_path)
    made.workbook("an.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 14:00")
    return made


def correct(office: Office, found: int = 35) -> None:
    path = office.folder / "params/corrections.yaml"
    path.write_text(ENTRY.format(found=found), encoding="utf-8")


def figure(day) -> int:
    return int(day.units.set_index("unit_code").at[AN, "numerator_cumulative"])


@pytest.mark.slow
def test_a_correction_changes_the_figure_and_no_file_is_read_again(office):
    assert figure(open_day(run_of(office))) == 35

    correct(office)

    assert take_snapshot(run_of(office)).parsed == 0
    assert figure(open_day(run_of(office))) == 36
    assert figure(open_day(run_of(office, as_of="2021-08-16T15:00"))) == 35


@pytest.mark.slow
def test_a_report_sent_again_leaves_the_correction_without_effect_and_that_is_said(office):
    correct(office)
    office.workbook("an.xlsx", "Xã An Bình", 16, [10, 20, 7], "16 17:00")
    day = open_day(run_of(office))

    assert figure(day) == 37
    assert list(day.corrections["status"]) == ["unmatched"]
    assert "correction_unmatched" in set(day.findings["rule"])


@pytest.mark.slow
def test_a_manifest_gives_the_same_day_whatever_has_been_corrected_since(office):
    correct(office)
    run = run_of(office)
    snapshot = take_snapshot(run)
    content = manifest(run, snapshot, day_of(run, snapshot))
    path = write_manifest(content, office.folder)
    assert [one["value"] for one in content["params"]["corrections"]] == [36]

    correct(office, found=99)
    again = open_day(run_of(office, manifest=str(path)))

    assert figure(again) == 36
    assert figure(open_day(run_of(office))) == 35


@pytest.mark.slow
def test_a_manifest_of_before_there_were_corrections_has_none(office):
    run = run_of(office)
    snapshot = take_snapshot(run)
    content = manifest(run, snapshot, day_of(run, snapshot))
    del content["params"]["corrections"]
    path = write_manifest(json.loads(json.dumps(content)), office.folder)
    correct(office)

    assert figure(open_day(run_of(office, manifest=str(path)))) == 35


@pytest.mark.slow
def test_the_page_and_the_tables_of_a_day_say_what_was_corrected(republished):
    office = republished
    with (office.folder / "params/corrections.yaml").open("a", encoding="utf-8") as stream:
        stream.write(
            "  - {unit: Hoài Sơn, date: 2021-08-16, column: installs_cumulative, value: 2650,\n"
            "     reason: Xã đọc lại số, by: NVA, when: 2021-08-21}\n"
        )
    done = office.briefing("daily", "--date", "2021-08-16")

    assert done.code == 0, done.err
    page = (office.day / "briefing.html").read_text("utf-8")
    assert "Số liệu đã đính chính" in page and "Xã đọc lại số" in page
    assert "* đính chính" in page
    assert office.table("corrections")["status"].to_list() == ["applied"]
    units = office.table("communes").set_index("unit_code")
    assert units.at["21643", "installs_cumulative"] == 2650
    reports = office.table("reports")
    assert reports["corrected"].dropna().str.contains("-> 2650").to_list() == [True]
