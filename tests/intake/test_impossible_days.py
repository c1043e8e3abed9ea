"""Days that are written, and that no calendar has."""

import pytest
from making import MOTTO, NATION, bare, people, word, workbook

from briefing.intake.parsers.impossible_days import impossible_days


@pytest.mark.parametrize(
    "written",
    ["31/9/2021", "ngày 31/9", "ngày 30/2/2021", "32/8", "ngày 31 tháng 9 năm 2021",
     "29-2-2021", "ngày 0/8/2021", "ngày 32.8", "30/2"],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_found(written):
    text = f"Bồng Sơn {written}: lk 5432"

    assert [day.text for day in impossible_days(text, year=2021)] == [written]


@pytest.mark.parametrize(
    "text",
    ["ngày 31/8/2021", "35/12 người", "29/2/2024", "8/16/2021", "45/50",
     "phiên bản 31.9.1", "đạt 31/9%", "5.432/10.130", "0912/345/678", "16-22/8"],
)  # fmt: skip
def test_what_exists_and_what_is_no_day_is_left(text):
    assert impossible_days(text, year=2021) == []


def found(report) -> list[tuple[str, str, str]]:
    return [(f.rule, f.where, f.found) for f in report.findings]


def test_a_message_of_no_day_in_the_calendar_says_so_where_it_stands(read):
    report = read("Bồng Sơn ngày 31/9/2021: lk 5432".encode(), "zalo.txt")

    assert (report.report_date, report.facts["numerator_cumulative"]) == (None, 5432)
    assert found(report) == [("date_missing", "line 1", "ngày 31/9/2021")]
    assert "không có trên lịch" in str(report.findings[0].message)


def test_the_parts_of_such_a_day_are_no_figures(read):
    report = read("Bồng Sơn 32/8: lk 45".encode(), "zalo.txt")

    assert report.facts["numerator_cumulative"] == 45


def test_the_day_of_the_files_name_is_taken_and_said(read):
    report = read("Bồng Sơn ngày 31/9/2021: lk 5432".encode(), "Bong Son 16-8.txt")

    assert str(report.report_date) == "2021-08-16"
    assert found(report) == [("date_conflict", "line 1", "ngày 31/9/2021")]


def test_so_it_is_in_the_title_of_a_table(read):
    rows = [["UBND PHƯỜNG BỒNG SƠN"], ["BÁO CÁO"], ["(ngày 31 tháng 9 năm 2021)"],
            *bare(people([45, 38, 52]))]  # fmt: skip
    report = read(workbook(rows), "a.xlsx")

    assert ("date_missing", "Sheet1!A3", "ngày 31 tháng 9 năm 2021") in found(report)


def test_and_in_a_form_of_an_agency(read):
    lines = ["PHÒNG Y TẾ", NATION, MOTTO, "Hoài Nhơn, ngày 31 tháng 9 năm 2021", "BÁO CÁO",
             "Tổng số người: 45", "Số người có smartphone: 43", "Số người đã cài đặt: 40",
             "Mã QR: BZ-45"]  # fmt: skip
    report = read(word(*lines), "a.docx")

    assert ("date_missing", "paragraph 4", "ngày 31 tháng 9 năm 2021") in found(report)
