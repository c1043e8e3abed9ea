"""Where the table begins; of which unit a report is, and about which day."""

import pytest
from making import (
    FIRST,
    HEAD,
    MOTTO,
    NATION,
    TITLES,
    bare,
    mau02,
    moved,
    people,
    word,
    workbook,
)

from briefing.intake.detection.vocabulary import vocabulary

ROWS = people([45, 38, 52])
BLANK = [[t] for t in TITLES]  # titles that say neither the unit nor the day


def found(report, *names: str) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings if not names or f.rule in names]


# The head of the table


@pytest.mark.parametrize("top", [1, 3, 12])
@pytest.mark.parametrize("left", [1, 2])
def test_the_table_is_found_wherever_it_begins(read, top, left):
    report = read(workbook(moved(bare(ROWS), top=top, left=left)), "BC Bong Son 16-8.xlsx")

    assert report.facts["numerator_cumulative"] == 135
    assert report.rows[0].cell == f"Sheet1!{'EF'[left - 1]}{top + 1}"
    assert report.findings == ()


GROUPED = [
    ["STT", "Họ và tên", "Địa chỉ", "Số điện thoại", "Kết quả", None, "Ghi chú"],
    [None, None, None, None, "Trong ngày", "Lũy kế", None],
]
GROUPS = ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1", "G1:G2"]


def grouped(rows: list) -> list:
    return [[*row[:4], day, row[4]] for day, row in enumerate(rows, start=1)]


def test_a_head_of_two_merged_rows_is_one_head(read):
    content = workbook([*GROUPED, *grouped(ROWS)], merge=GROUPS)
    report = read(content, "BC Bong Son 16-8.xlsx")

    assert report.facts == {"numerator_cumulative": 135, "numerator_new": 6, "distinct_phones": 3}
    assert report.sources["numerator_cumulative"] == "Sheet1!F3:F5"
    assert report.findings == ()


@pytest.mark.parametrize("again", [GROUPED, GROUPED[:1]])
def test_a_head_of_two_rows_repeated_on_each_page_is_no_data(read, again):
    rows = grouped(people([45, 38, 52, 60]))
    content = workbook([*GROUPED, *rows[:2], *again, *rows[2:]])
    report = read(content, "BC Bong Son 16-8.xlsx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (195, 4)
    assert report.findings == ()


def test_a_head_without_serial_numbers_repeated_on_each_page_is_no_data(read):
    rows = [row[1:] for row in ROWS]
    content = workbook([HEAD[1:], *rows[:1], HEAD[1:], *rows[1:]])
    report = read(content, "BC Bong Son 16-8.xlsx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (135, 3)


def test_the_first_row_of_data_is_not_taken_for_a_second_row_of_the_head(read):
    head = ["STT", "Tên tổ", "Số điện thoại", "Lũy kế"]
    rows = [[row[0], row[2], row[3], row[4]] for row in ROWS]
    report = read(workbook(bare(rows, head)), "BC Bong Son 16-8.xlsx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (135, 3)


def test_columns_may_stand_in_any_order_with_others_between(read):
    head = ["Lũy kế", "Giới tính", "Số ĐT", "TT", "Năm sinh", "Họ tên", "Thôn/KP", "Ghi chú"]
    rows = [[r[4], "Nam", r[3], r[0], 1990, r[1], r[2], "tốt"] for r in ROWS]
    report = read(workbook(bare(rows, head)), "BC Bong Son 16-8.xlsx")

    assert (report.facts["numerator_cumulative"], report.facts["distinct_phones"]) == (135, 3)
    assert report.findings == ()


@pytest.mark.parametrize("before", [True, False])
def test_of_two_columns_that_could_be_the_cumulative_the_one_that_says_so_counts(read, before):
    extra = ["Tổng số nhân khẩu", 1000]
    at = 4 if before else 5
    head = [*HEAD[:at], extra[0], *HEAD[at:]]
    rows = [[*row[:at], extra[1], *row[at:]] for row in ROWS]
    report = read(workbook(bare(rows, head)), "BC Bong Son 16-8.xlsx")

    assert report.facts["numerator_cumulative"] == 135


@pytest.mark.parametrize(
    "numbers",
    [["(1)", "(2)", "(3)", "(4)", "(5)"], [1, 2, 3, 4, 5], ["A", "B", 1, 2, 3]],
)
def test_a_row_that_numbers_the_columns_is_no_data(read, numbers):
    report = read(workbook([HEAD, numbers, *ROWS]), "BC Bong Son 16-8.xlsx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (135, 3)
    assert report.findings == ()


def test_a_letterhead_in_a_table_of_word_is_not_the_table(read):
    letterhead = [["ỦY BAN NHÂN DÂN\nPHƯỜNG BỒNG SƠN", f"{NATION}\n{MOTTO}"]]
    report = read(word(letterhead, "(ngày 16 tháng 8 năm 2021)", bare(ROWS)), "a.docx")

    assert report.rows[0].cell == "table 2, row 2, column 5"
    assert (report.unit_code, report.findings) == ("21640", ())


def test_data_under_a_repeated_title_keep_their_addresses(read):
    assert read(workbook(mau02(ROWS))).rows[0].cell == f"Sheet1!E{FIRST}"


# Headings as they vary

TOP = [["UBND PHƯỜNG BỒNG SƠN"], ["ngày 15/8/2021"]]
DAYS = ["STT", "Họ và tên", "Địa chỉ", "Số điện thoại"]


def by_day(head: list, *below: list) -> bytes:
    rows = [[*row[:4], row[4], row[4] + 1, row[4] + 2] for row in ROWS]
    return workbook([*TOP, head, *below, *rows], merge=["E3:G3"] if below else [])


@pytest.mark.parametrize(
    ("head", "below"),
    [
        ([*DAYS, "Lũy kế", None, None], [[None] * 4 + ["14/8", "15/8", "16/8"]]),
        ([*DAYS, "Lũy kế 14/8", "Lũy kế 15/8", "Lũy kế 16/8"], []),
        ([*DAYS, "LK đến ngày 14/8", "LK đến ngày 15/8", "LK đến ngày 16/8"], []),
    ],
)
def test_of_columns_for_several_days_the_one_of_the_report_counts(read, head, below):
    report = read(by_day(head, *below), "a.xlsx")

    assert report.facts["numerator_cumulative"] == 138
    assert report.sources["numerator_cumulative"].startswith("Sheet1!F")
    assert found(report) == [("other_days_columns", "Sheet1!E3")]


def test_without_a_day_the_last_column_with_figures_is_the_reports(read):
    rows = [[*row[:4], row[4], row[4] + 1, None] for row in ROWS]
    head = [*DAYS, "LK 14/8", "LK 15/8", "LK 16/8"]
    report = read(workbook([TOP[0], head, *rows]), "a.xlsx")

    assert (str(report.report_date), report.facts["numerator_cumulative"]) == ("2021-08-15", 138)


@pytest.mark.parametrize("before", ["Lũy kế đến ngày hôm trước", "Lũy kế tuần trước"])
def test_the_cumulative_of_the_day_before_is_not_the_cumulative(read, before):
    rows = [[*row[:4], row[4] - 3, 3, row[4]] for row in ROWS]
    head = [*DAYS, before, "Trong ngày", "Lũy kế đến nay"]
    report = read(workbook([*TOP, head, *rows]), "a.xlsx")

    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (135, 9)
    assert report.findings == ()


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Kết quả trong ngày", "trong_ngay"), ("Số lượng cài mới", "trong_ngay"),
        ("Tổng số người đã cài", "luy_ke"), ("Lũy kế/Cumulative", "luy_ke"),
        ("Họ và tên\nFull name", "ho_ten"), ("Lũy kế đến 15h ngày 16/8", "luy_ke"),
        ("Tổng số hộ dân", None), ("Số lượng chưa cài", None), ("Tổng số dân số", None),
        ("Tổng số điện thoại thông minh", "so_denominator"), ("Lũy kế hôm qua", None),
    ],
)  # fmt: skip
def test_a_heading_is_told_by_what_it_counts(campaign, heading, field):
    found = vocabulary(campaign).heading(heading)

    assert (found.field if found else None) == field


def test_a_head_far_down_a_sheet_is_found(read):
    content = workbook([*TOP, *[[] for _ in range(150)], *bare(ROWS)])

    assert read(content, "a.xlsx").sources["numerator_cumulative"] == "Sheet1!E154:E156"


def test_a_table_of_two_columns_is_a_table(read):
    rows = [["Thôn, khu phố", "Lũy kế"], ["Khu phố 1", 45], ["Khu phố 2", 38], ["Tổng cộng", 83]]

    assert read(workbook([*TOP, *rows]), "a.xlsx").facts["numerator_cumulative"] == 83
