"""A day of two doses and three age groups, from workbooks to what is published."""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pandas as pd
import pytest
from openpyxl import Workbook

from tests.params.campaigns import WARDS, A, B, C, D, vaccination
from tests.run.command import briefing
from tests.run.conftest import ROOT, once

pytestmark = pytest.mark.slow
AGES = ("5–11 tuổi", "12–17 tuổi", "18 tuổi trở lên")
SENT = {  # ward → by age: first doses, second doses
    (A, 9): [(50, 10), (50, 10), (400, 80)],
    (B, 9): [(100, 20), (100, 20), (800, 160)],
    (D, 9): [(300, 100), (200, 100), (1400, 500)],
    (A, 10): [(90, 20), (70, 20), (480, 140)],
    (B, 10): [(180, 20), (120, 30), (1000, 250)],
    (C, 10): [(50, 5), (30, 5), (230, 40)],
    (D, 10): [(400, 120), (200, 120), (1400, 560)],
}


def send(inbox: Path, ward: str, day: int, counts: list[tuple[int, int]]) -> None:
    """A workbook with a row per age and a total, come at 10 o'clock."""
    book = Workbook()
    rows = [
        [f"UBND XÃ {WARDS[ward].upper()}"], ["KẾT QUẢ TIÊM CHỦNG"], [f"Ngày {day}/5/2022"], [],
        ["Nhóm tuổi", "Mũi 1", "Mũi 2"],
        *([age, *of_age] for age, of_age in zip(AGES, counts, strict=True)),
        ["Tổng cộng", *map(sum, zip(*counts, strict=True))],
    ]  # fmt: skip
    for row in rows:
        book.active.append(row)
    path = inbox / f"{day:02}" / f"{WARDS[ward]}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    come = datetime(2022, 5, day, 10, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")).timestamp()
    os.utime(path, (come, come))


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Path:
    def make(folder: Path) -> None:
        vaccination(folder / "params")
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        for (ward, day), counts in SENT.items():
            send(folder / "inbox", ward, day, counts)
        done = briefing(folder, ["daily", "--date", "2022-05-10"])
        assert done.code == 0, done.err

    return once(tmp_path_factory, "indicators", make) / "outputs" / "2022-05-10"


def table(published: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(published / "tables" / f"{name}.csv", encoding="utf-8-sig")


def test_each_indicator_has_its_tables_by_the_codes_of_params(published):
    """310 of 500 and 50 of 500 in Cát Lâm; 4250 of 7500 and 1330 of 7500 in all."""
    first, second = table(published, "wards"), table(published, "wards_dose2")

    assert first.set_index("unit_code").at[C, "dose1_cumulative"] == 310
    assert second.set_index("unit_code").at[C, "dose2_cumulative"] == 50
    assert table(published, "district")["dose1_cumulative"].iloc[-1] == 4250
    assert table(published, "district_dose2")["coverage"].iloc[-1] == round(1330 / 7500, 6)
    assert not (published / "tables" / "communes.csv").exists()


def test_every_group_stands_in_one_table(published):
    values = table(published, "values")
    now = values[values["report_date"].eq("2022-05-10") & values["unit_code"].eq(B)]
    told = now.set_index(["indicator", "group"])["cumulative"]

    assert told[("dose1", "a12")] == 120
    assert told[("dose2", "a18")] == 250
    assert now.set_index(["indicator", "group"]).at[("dose2", "a5"), "coverage"] == 0.05


def test_every_figure_of_an_indicator_or_group_names_the_cells_that_hold_it(published):
    values = table(published, "values").dropna(subset="cumulative")
    own = values[values["where"].str.fullmatch(r"Sheet![A-Z]+\d+")]
    inbox = published.parents[1] / "inbox"
    books = {file: openpyxl.load_workbook(inbox / file)["Sheet"] for file in {*own["source_file"]}}

    assert len(own) == len(values) == 2 * 4 * len(SENT)
    for row in own.itertuples():
        assert books[row.source_file][row.where.partition("!")[2]].value == row.cumulative


def test_page_and_annex_tell_both(published):
    page = (published / "briefing.html").read_text(encoding="utf-8")
    sheets = openpyxl.load_workbook(published / "annex.xlsx", read_only=True).sheetnames

    assert "Mũi 1: toàn huyện đạt 56,67%." in page
    assert "Mũi 2: toàn huyện đạt 17,73%" in page
    assert "cài đặt" not in page
    assert {"Xã, phường", "Mũi 2  xã, phường", "Mọi chỉ số, mọi nhóm"} <= {*sheets}


def test_a_receipt_says_both(published):
    receipts = (published / "receipts.txt").read_text(encoding="utf-8-sig")

    assert "lũy kế Mũi 1: 310 người. Mũi 2: lũy kế 50 người." in receipts


def test_a_figure_of_the_second_leads_to_its_cell(published):
    office = published.parents[1]
    args = ["trace", "--date", "2022-05-10", "--unit", A, "dose2_cumulative"]
    done = briefing(office, args)

    assert done.code == 0, done.err
    assert "Lũy kế đã tiêm – Xã An Hòa, 10/5/2022 = 180" in done.out
    assert "ô C9" in done.out


def test_tables_of_the_second_are_those_of_the_first(published):
    """Of 500 people in Cát Lâm 50 have had the second dose; 40 of 100 points are asked."""
    named = {path.stem for path in (published / "tables").glob("*.csv")}
    charts = {path.stem for path in (published / "tables" / "charts").glob("*.csv")}
    tested = table(published, "denominators_dose2").set_index("unit_code")
    bars = table(published, "charts/units-bars-dose2").set_index("unit_code")

    assert {f"{name}_dose2" for name in ("changes", "denominators", "projection", "goals")} <= named
    assert {"whole-trend-dose2", "units-bars-dose2", "units-trends-dose2"} <= charts
    assert tested.at[C, "dose2_cumulative"] == 50
    assert tested.at[C, "coverage_params"] == bars.at[C, "coverage"] == 0.1
