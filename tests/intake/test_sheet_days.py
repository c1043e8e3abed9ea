"""A sheet copied from the day before, with its heading left as it was."""

import time

import pytest
from making import HEAD, people, workbook

TITLE = [["UBND PHƯỜNG BỒNG SƠN"], ["BÁO CÁO HÀNG NGÀY"], ["(ngày 16 tháng 8 năm 2021)"], HEAD]


def sheet(first: int) -> list:
    return [*TITLE, *people([first, first + 3, first + 9])]


@pytest.mark.parametrize("names", [("ngày 16.8", "ngày 17.8"), ("16", "17"), ("16-8", "17-8")])
def test_a_sheet_named_after_another_day_than_its_heading_is_found(reader, names):
    content = workbook(dict(zip(names, (sheet(10), sheet(20)), strict=True)))
    reports = reader.read(content, "Bồng Sơn.xlsx")

    conflicts = [[f.found for f in r.findings if f.rule == "date_conflict"] for r in reports]
    assert conflicts == [[], [names[1]]]


def test_sheets_that_are_a_days_number_tell_the_day(reader):
    bare = [["UBND PHƯỜNG BỒNG SƠN"], HEAD]
    content = workbook({d: [*bare, *people([int(d), 30])] for d in ("16", "17", "18")})
    reports = reader.read(content, "a.xlsx")

    assert [str(report.report_date) for report in reports] == [
        "2021-08-16", "2021-08-17", "2021-08-18",
    ]  # fmt: skip


@pytest.mark.slow
def test_as_many_sheets_as_may_be_are_read_in_the_time_that_a_file_has(reader):
    content = workbook({f"Nguyễn Văn Bình {n}": sheet(n) for n in range(1, 301)})
    begun = time.process_time()
    reports = reader.read(content, "a.xlsx")

    assert len(reports) == 300
    assert time.process_time() - begun < 5  # 18 where each sheet judges the names of all again


@pytest.mark.parametrize("name", ["16-22.8", "Sheet1", "KP 1-5", "T8.2021"])
def test_a_sheets_name_that_is_no_single_day_of_the_campaign_says_nothing(read, name):
    report = read(workbook({name: sheet(10)}), "Bồng Sơn.xlsx")

    assert (str(report.report_date), report.findings) == ("2021-08-16", ())


@pytest.mark.parametrize("label", ["T/cộng", "Sum", "Toàn phường", "Σ"])
def test_a_total_under_any_name_in_the_first_column_is_not_added(read, label):
    rows = [*TITLE, *people([7, 11, 13, 17]), [label, None, None, None, 48]]

    assert read(workbook(rows), "a.xlsx").facts["numerator_cumulative"] == 48


def test_the_column_of_an_earlier_month_is_not_the_cumulative(read):
    rows = [[*person, person[-1] + 40] for person in people([7, 11, 13, 17])]
    head = [*HEAD[:4], "Lũy kế tháng 7", "Lũy kế tháng 8"]

    assert read(workbook([*TITLE[:3], head, *rows]), "a.xlsx").facts["numerator_cumulative"] == 208
