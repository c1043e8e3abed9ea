"""Tables with a column for each of several days."""

import datetime as dt

import pytest
from making import workbook

DAYS = ["16/8", "17/8", "18/8"]
UNITS = [
    [1, "Bồng Sơn", 100, 110, 120],
    [2, "Hoài Đức", 200, 220, 240],
    [3, "Tam Quan", 300, 330, 360],
]
PLACES = [["Khu phố 1", 10, 11, 12], ["Khu phố 2", 20, 22, 24], ["Khu phố 3", 30, 33, 36]]
OF_THE_DAY = [["Khu phố 1", 9, 4, 7], ["Khu phố 2", 8, 6, 5], ["Khu phố 3", 7, 1, 3]]
LEAD = [["BÁO CÁO SỐ LIỆU CÀI ĐẶT BLUEZONE"], ["ngày 17/8/2021"]]
OWN = [["UBND PHƯỜNG BỒNG SƠN"], *LEAD]
HEAD = ["STT", "Đơn vị", *DAYS]


def said(reports) -> list[tuple]:
    return [(r.unit_code, str(r.report_date), r.facts["numerator_cumulative"]) for r in reports]


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


def test_each_unit_of_a_wide_table_is_read_in_the_column_of_the_reports_day(reader):
    reports = reader.read(workbook([*LEAD, HEAD, *UNITS]), "a.xlsx")

    assert said(reports) == [
        ("21640", "2021-08-17", 110), ("21685", "2021-08-17", 220), ("21637", "2021-08-17", 330),
    ]  # fmt: skip
    for report in reports:
        assert report.reading_confidence == "low"
        assert found(report) == [
            ("other_days_columns", "Sheet1!C3"), ("header_missing", "Sheet1!D3"),
        ]  # fmt: skip


@pytest.mark.parametrize("total", [660, 661])
def test_the_total_of_a_wide_table_is_compared_in_the_same_column(reader, total):
    reports = reader.read(
        workbook([*LEAD, HEAD, *UNITS, ["", "Tổng cộng", 600, total, 720]]), "a.xlsx"
    )
    wrong = [("total_mismatch", "Sheet1!D7")] if total != 110 + 220 + 330 else []

    assert [at for at in found(reports[-1]) if at[0] == "total_mismatch"] == wrong


def test_without_a_day_of_its_own_a_wide_table_is_of_the_last_one_filled_in(reader):
    days = [dt.date(2021, 8, day) for day in (16, 17, 18)]
    rows = [[*row[:4], None] for row in UNITS]
    reports = reader.read(workbook([["STT", "Đơn vị", *days], *rows]), "bluezone.xlsx")

    assert said(reports)[0] == ("21640", "2021-08-17", 110)
    assert len(reports) == 3


@pytest.mark.parametrize(
    "head",
    [
        [["Khu phố", *DAYS]],
        [["Khu phố", "Ngày", "", ""], ["", *DAYS]],
        [["Khu phố", "Số liệu các ngày", "", ""], ["", *DAYS]],
    ],
)
def test_days_that_no_heading_explains_are_read_and_said(read, head):
    report = read(workbook([*OWN, *head, *PLACES]))

    assert said([report]) == [("21640", "2021-08-17", 66)]  # 11 + 22 + 33
    assert report.reading_confidence == "low"
    assert ("header_missing", f"Sheet1!C{3 + len(head)}") in found(report)


def test_counts_that_fall_from_day_to_day_are_no_cumulative(read):
    report = read(workbook([*OWN, ["Khu phố", *DAYS], *OF_THE_DAY]))

    assert report.reading == "increment"
    assert report.facts["numerator_cumulative"] is None
    assert report.facts["numerator_new"] == 11  # 4 + 6 + 1
    assert "header_missing" in {f.rule for f in report.findings}


def test_days_under_a_heading_that_explains_them_are_sure(read):
    head = [["Khu phố", "Lũy kế", "", ""], ["", *DAYS]]
    report = read(workbook([*OWN, *head, *PLACES]))

    assert (report.facts["numerator_cumulative"], report.reading_confidence) == (66, "high")
    assert found(report) == [("other_days_columns", "Sheet1!B4")]
