"""Forms of counts: a cell for each figure that a unit is asked for, checked, in its language."""

from __future__ import annotations

from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from briefing.forms import write_forms
from briefing.forms.counts import Figure
from briefing.forms.wording import Last
from briefing.intake.reader import Reader
from briefing.locale.pack import reading_by
from briefing.params import Campaign
from briefing.starters import lay_out, starters

DAY = date(2024, 5, 14)
REPORTED = {
    Figure("registered", "", "cumulative"): 120,
    Figure("registered", "", "new"): 7,
}


def campaign(name: str) -> Campaign:
    return Campaign.load(starters()[name])


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    write_forms(folder, campaign("kilifi"), DAY)
    return folder / "Household registration"


def sheet_of(folder, name):
    return load_workbook(folder / f"{name}.xlsx").active


def test_every_unit_has_the_form_as_excel_and_as_word(forms):
    assert len([*forms.glob("*.xlsx")]) == len([*forms.glob("*.docx")]) == 14


def test_places_are_rows_figures_are_columns_and_totals_add_up_once_there_are_any(forms):
    sheet = sheet_of(forms, "Household registration - Bahati Village")

    assert [cell.value for cell in sheet[10]] == ["Zone", "New today", "Registered to date"]
    assert [sheet.cell(row, 1).value for row in range(11, 16)] == [
        "Beach Zone", "Borehole Zone", "Farm Zone", "Market Zone", "Total",
    ]  # fmt: skip
    assert sheet["C15"].value == '=IF(COUNT(C11:C14)=0,"",SUM(C11:C14))'


def test_only_what_is_to_be_filled_in_is_open_and_takes_whole_numbers_alone(forms):
    sheet = sheet_of(forms, "Household registration - Bahati Village")
    open_ = {c.coordinate for row in sheet for c in row if not c.protection.locked}
    checks = {
        str(rule.sqref): (rule.type, rule.operator, rule.formula1)
        for rule in sheet.data_validations.dataValidation
    }

    assert sheet.protection.sheet
    assert open_ == {"A8", "B8", "C8", *(f"{c}{n}" for c in "BC" for n in range(11, 15))}
    assert checks["C11:C14"] == ("whole", "greaterThanOrEqual", "0")


def test_a_form_of_an_english_speaking_office_bears_no_word_of_another_state(forms):
    document = Document(forms / "Household registration - Bahati Village.docx")
    told = "\n".join(
        [*(p.text for p in document.element.body.iter() if p.tag.endswith("}t") and p.text)]
    )

    assert "13" not in told and "14 May 2024" in told
    assert "How to fill in:" in told
    assert not any(ord(letter) > 0x2022 or 0xC0 <= ord(letter) < 0x2000 for letter in told)
    assert document.core_properties.language == "en-GB"


@pytest.mark.slow
def test_where_the_month_comes_first_a_form_says_and_takes_days_so(tmp_path):
    folder = tmp_path / "params"
    lay_out(folder, "kilifi")
    settings = folder / "campaign.yaml"
    settings.write_text(settings.read_text("utf-8").replace("locale: en_KE", "locale: en_US"))
    american = Campaign.load(folder)
    with reading_by(american.locale):
        write_forms(tmp_path / "forms", american, date(2024, 5, 9))
        form = tmp_path / "forms/Household registration/Household registration - Bahati Village"
        [read] = Reader(american).read(form.with_suffix(".xlsx").read_bytes(), "a.xlsx")
    book = load_workbook(form.with_suffix(".xlsx"))
    told = Document(form.with_suffix(".docx")).element.xpath("string(//w:body)")

    rules = book.active.data_validations.dataValidation
    assert any("5/9/2024" in f"{rule.prompt} {rule.error}" for rule in rules)
    assert book.active["A8"].number_format == "mmmm d, yyyy"
    assert "May 9, 2024" in told and "9/5/2024" not in told
    assert (read.unit_code, read.report_date) == ("V01", date(2024, 5, 9))


@pytest.mark.slow
def test_what_was_last_reported_stands_beside_and_cannot_be_gone_below(tmp_path):
    last = {"V01": Last(date(2024, 5, 13), "", 120, figures=REPORTED)}
    write_forms(tmp_path, campaign("kilifi"), DAY, last)
    folder = tmp_path / "Household registration"
    sheet = sheet_of(folder, "Household registration - Bahati Village")
    heads = [cell.value for cell in sheet[10]]

    assert heads == ["Zone", "New today", "Reported last time", "Registered to date"]
    assert "13 May 2024" in sheet["A9"].value
    assert sheet["C15"].value == 120
    assert [cell.value for cell in sheet_of(folder, "Household registration - Chanika Village")[10]
            ] == ["Zone", "New today", "Registered to date"]  # fmt: skip


@pytest.mark.slow
def test_a_form_without_rows_of_its_own_asks_for_one_figure_a_row(tmp_path):
    write_forms(tmp_path, campaign("vneid"), date(2025, 10, 3))
    sheet = sheet_of(tmp_path / "VNeID", "VNeID - Xã Bình Đông")

    assert [cell.value for cell in sheet[10]] == ["Nội dung", "Số liệu"]
    assert [sheet.cell(row, 1).value for row in range(11, 14)] == [
        "Số công dân từ đủ 14 tuổi", "Kích hoạt mới trong tuần", "Lũy kế tài khoản đã kích hoạt",
    ]  # fmt: skip


@pytest.mark.slow
def test_a_unit_is_asked_for_the_groups_that_it_has(tmp_path):
    write_forms(tmp_path, campaign("vaccination"), date(2022, 4, 18))
    folder = tmp_path / "Tiêm chủng"
    school = sheet_of(folder, "Tiêm chủng - Trường Tiểu học Hoa Mai")
    unit = sheet_of(folder, "Tiêm chủng - Xã Bàu Sen")

    assert [school.cell(row, 1).value for row in (11, 12)] == ["5–11 tuổi", None]
    assert [unit.cell(row, 1).value for row in (11, 12, 13, 14)] == [
        "5–11 tuổi", "12–17 tuổi", "Từ 18 tuổi", "Tổng cộng",
    ]  # fmt: skip
