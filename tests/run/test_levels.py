"""A province with districts and without agencies, from its inbox to its pages: from outside."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from briefing.params import PeriodParams
from tests.intake.making import HEAD, people, workbook
from tests.params.provinces import (
    AN_HOA,
    AN_HOA_TOO,
    AN_LAO,
    AN_TRUNG,
    BOK_TOI,
    HOAI_AN,
    many,
    province_folder,
)
from tests.run.conftest import ROOT, Office, once
from tests.said import read

pytestmark = pytest.mark.slow
DAY = "2021-08-17"
SENT = {  # day and file → head, the first of its persons, and what is counted
    "16/BC An Hoa.xlsx": ("UBND XÃ AN HÒA, HUYỆN AN LÃO", 0, [15, 25]),
    "16/BC An Trung.xlsx": ("UBND XÃ AN TRUNG", 2, [40, 50]),
    "17/BC An Hoa.xlsx": ("UBND XÃ AN HÒA, HUYỆN AN LÃO", 0, [20, 30]),
    "17/An Hoa - Hoai An.xlsx": ("UBND XÃ AN HÒA", 4, [60, 70]),
    "17/BC Bok Toi.xlsx": ("UBND XÃ BOK TỚI", 6, [100, 110]),
}
BODIES = re.compile(r"agenc|cơ ?quan|mẫu ?01", re.IGNORECASE)


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> Office:
    """The 17th of August published, and the pages of all units; not to be changed."""

    def make(folder: Path) -> None:
        province_folder(folder / "params")
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        for path, (head, first, values) in SENT.items():
            day = path.partition("/")[0]
            lines = [[head], ["BÁO CÁO cài đặt App"], [f"(ngày {day} tháng 8 năm 2021)"]]
            file = folder / "inbox" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(workbook([*lines, HEAD, *people([0] * first + values)[first:]]))
        arrivals = [f"{path},2021-08-{path[:2]}T14:00" for path in SENT]
        (folder / "inbox/received.csv").write_text("\n".join(["path,received_at", *arrivals]))
        for command in ("daily", "units"):
            done = Office(folder, DAY).briefing(command, "--date", DAY)
            assert done.code == 0, done.err

    return Office(once(tmp_path_factory, "province", make), DAY)


def told(page: Path) -> str:
    """All that a published page says, in small letters without spaces."""
    return bare(" ".join(read(page).values()))


def bare(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()


def test_the_table_of_the_districts_adds_up_to_the_whole(province):
    districts, whole = province.table("districts"), province.table("province").iloc[-1]

    assert districts["unit_code"].to_list() == [AN_LAO, HOAI_AN]
    assert districts["installs_cumulative"].to_list() == [140, 340]  # 50 + 90 carried; 130 + 210
    for column in ("installs_cumulative", "smartphone_owners", "reports_missing"):
        assert districts[column].sum() == whole[column]


def test_every_district_and_every_commune_has_its_page(province):
    made = {path.parent.name for path in (province.day / "units").glob("*/page.pdf")}

    assert made == {AN_LAO, HOAI_AN, AN_HOA, AN_TRUNG, AN_HOA_TOO, BOK_TOI}


def test_the_page_of_a_district_holds_nothing_of_another(province):
    folder = province.day / "units" / AN_LAO
    texts = [told(folder / "page.html"), told(folder / "page.pdf")]

    assert all(bare("Xã An Trung") in text for text in texts)
    others = map(bare, ("Hoài Ân", "Bok Tới", BOK_TOI))
    assert not [name for name in others for text in texts if name in text]


def test_no_page_letter_or_table_has_a_word_of_agencies(province):
    texts = {
        path.name: path.read_text("utf-8-sig")
        for path in (province.day / "reminders.txt", province.day / "receipts.txt")
    }
    for form in ("html", "pdf", "docx"):
        texts[form] = told(province.day / f"briefing.{form}")
    book = openpyxl.load_workbook(province.day / "annex.xlsx")
    texts["annex"] = "\n".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )

    assert {name: BODIES.findall(text) for name, text in texts.items()} == {
        name: [] for name in texts
    }
    assert not list(province.day.glob("tables/**/agencies*"))


def test_a_figure_of_a_district_is_traced_to_the_cells_of_its_communes(province):
    named = province.briefing(
        "trace", "--date", DAY, "--unit", "Hoài Ân", "--json", "installs_cumulative"
    )

    tree = json.loads(named.out)
    assert (named.code, tree["value"]) == (0, 340)
    assert {part["key"] for part in tree["parts"]} == {AN_HOA_TOO, BOK_TOI}


def test_a_denominator_is_traced_to_its_line_of_denominators_csv(province):
    told = province.briefing("trace", "--date", DAY, "--unit", BOK_TOI, "smartphone_owners")

    assert "params/denominators.csv" in told.out and "dòng 5" in told.out


def test_status_of_a_district_names_its_own_communes_alone(province):
    shown = province.briefing("status", "--date", DAY, "--unit", "huyện an lão")

    assert shown.code == 0, shown.err
    assert "Xã An Trung" in shown.out
    assert "Bok Tới" not in shown.out


def test_status_of_more_than_60_communes_counts_the_reports_of_each_district(tmp_path):
    many(tmp_path / "params", 31)
    office = Office(tmp_path, DAY)
    office.inbox.mkdir()
    for unit in ("AL00", "AL01", "HA07"):
        lines = [[f"UBND XÃ {unit}"], ["BÁO CÁO cài đặt App"], ["(ngày 17 tháng 8 năm 2021)"]]
        (office.inbox / f"{unit}.xlsx").write_bytes(workbook([*lines, HEAD, *people([20])]))
    arrivals = [f"{path.name},2021-08-17T14:00" for path in office.inbox.glob("*.xlsx")]
    (office.inbox / "received.csv").write_text("\n".join(["path,received_at", *arrivals]))

    shown, one = office.briefing("status"), office.briefing("status", "--unit", HOAI_AN)

    rows = [re.split(r"\s*│\s*", line)[1:4] for line in shown.out.splitlines() if "Huyện" in line]
    assert rows == [["Huyện An Lão", "2/31", "–"], ["Huyện Hoài Ân", "1/31", "–"]], shown.out
    assert "--unit" in shown.out
    assert one.out.count("Xã HA") == 31 and "Xã AL" not in one.out


def test_a_district_has_its_own_report_of_a_period(province):
    made = province.briefing("period", "--from", "2021-08-16", "--to", DAY, "--unit", "An Lão")

    assert made.code == 0, made.err
    folder = province.folder / f"outputs/2021-08-16_{DAY}/units/{AN_LAO}"
    units = pd.read_csv(folder / "tables/period_units.csv", dtype=str, encoding="utf-8-sig")
    assert units["unit_code"].to_list() == [AN_HOA, AN_TRUNG]
    assert units["installs_closing"].to_list() == ["50", "90"]
    whole = pd.read_csv(folder / "tables/period.csv", encoding="utf-8-sig").iloc[0]
    assert (whole["installs_closing"], whole["expected"], whole["missing"]) == (140, 4, 1)
    for form in ("html", "pdf", "docx"):
        text = told(folder / f"report.{form}")
        assert bare("Huyện An Lão") in text and bare("Xã An Trung") in text, form
        assert not [n for n in ("Hoài Ân", "Bok Tới", BOK_TOI) if bare(n) in text], form
    named = "".join(path.read_text("utf-8-sig") for path in folder.glob("tables/*.csv"))
    assert "Bok" not in named and "Hoài Ân" not in named


def test_a_period_made_again_keeps_the_reports_of_districts(province, tmp_path):
    office = copied(province, tmp_path)
    days = ("--from", "2021-08-16", "--to", DAY)
    for of in (("--unit", HOAI_AN), ()):
        assert office.briefing("period", *days, *of).code == 0

    assert (office.folder / f"outputs/2021-08-16_{DAY}/units/{HOAI_AN}/report.pdf").is_file()
    assert (office.folder / f"outputs/2021-08-16_{DAY}/report.pdf").is_file()


def test_the_words_for_the_whole_are_not_put_into_the_report_of_a_district(province):
    run = {"params": str(province.folder / "params"), "texts": {"about": "Kết quả của tỉnh"}}

    assert PeriodParams.checked(run).texts.about == "Kết quả của tỉnh"
    assert PeriodParams.checked(run | {"unit_code": "an lao"}).texts.about == ""


def test_a_commune_has_no_report_of_a_period_and_is_told_where_its_page_is(province):
    made = province.briefing("period", "--unit", BOK_TOI)

    assert made.code == 2
    assert f"briefing units --unit {BOK_TOI}" in made.err


def test_forgetting_a_district_forgets_who_reports_below_it_and_says_whom(province, tmp_path):
    office = copied(province, tmp_path)
    assert (
        office.briefing("period", "--from", "2021-08-16", "--to", DAY, "--unit", AN_LAO).code == 0
    )

    done = office.briefing("forget", "--unit", "Huyện An Lão")

    assert done.code == 0, done.err
    assert "2 nơi báo cáo: Xã An Hòa (Huyện An Lão), Xã An Trung" in done.out
    assert "3 báo cáo" in done.out
    left = {path.parent.name for path in office.folder.glob("outputs/2021-08-1*/units/*/*.pdf")}
    assert left == {AN_LAO, HOAI_AN, AN_HOA, AN_TRUNG, AN_HOA_TOO, BOK_TOI}  # figures stay
    tables = [path.read_text("utf-8-sig") for path in office.folder.glob("outputs/**/*.csv")]
    named = {name for name in SENT for table in tables if name in table}
    assert named == {"17/An Hoa - Hoai An.xlsx", "17/BC Bok Toi.xlsx"}


def copied(province: Office, folder: Path) -> Office:
    """A copy to be changed at will."""
    shutil.copytree(province.folder, folder, dirs_exist_ok=True)
    return Office(folder, DAY)


def test_forms_and_a_period_go_without_agencies_too(province, tmp_path):
    forms = province.briefing("forms", str(tmp_path / "forms"), "--date", DAY)
    period = province.briefing("period", "--from", "2021-08-16", "--to", DAY)

    assert (forms.code, period.code) == (0, 0), forms.err + period.err
    names = [path.name for path in (tmp_path / "forms").rglob("*.*")]
    assert len(names) == 8 and not BODIES.findall(" ".join(names))  # Word and Excel of four
    report = province.folder / f"outputs/2021-08-16_{DAY}/report.docx"
    assert not BODIES.findall(told(report))
