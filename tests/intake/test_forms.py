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

ROWS = people([45, 38, 52])
BLANK = [[t] for t in TITLES]  # titles that say neither the unit nor the day


def found(report, *names: str) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings if not names or f.rule in names]


# The head of the table


@pytest.mark.parametrize("top", [1, 3, 12])
@pytest.mark.parametrize("left", [1, 2])
def test_the_table_is_found_wherever_it_begins(read, top, left):
    report = read(workbook(moved(bare(ROWS), top=top, left=left)), "BC Bong Son 16-8.xlsx")

    assert report.facts["installs_cumulative"] == 135
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

    assert report.facts == {"installs_cumulative": 135, "installs_new": 6, "distinct_phones": 3}
    assert report.sources["installs_cumulative"] == "Sheet1!F3:F5"
    assert report.findings == ()


@pytest.mark.parametrize("again", [GROUPED, GROUPED[:1]])
def test_a_head_of_two_rows_repeated_on_each_page_is_no_data(read, again):
    rows = grouped(people([45, 38, 52, 60]))
    content = workbook([*GROUPED, *rows[:2], *again, *rows[2:]])
    report = read(content, "BC Bong Son 16-8.xlsx")

    assert (report.facts["installs_cumulative"], report.rows_read) == (195, 4)
    assert report.findings == ()


def test_a_head_without_serial_numbers_repeated_on_each_page_is_no_data(read):
    rows = [row[1:] for row in ROWS]
    content = workbook([HEAD[1:], *rows[:1], HEAD[1:], *rows[1:]])
    report = read(content, "BC Bong Son 16-8.xlsx")

    assert (report.facts["installs_cumulative"], report.rows_read) == (135, 3)


def test_the_first_row_of_data_is_not_taken_for_a_second_row_of_the_head(read):
    head = ["STT", "Tên tổ", "Số điện thoại", "Lũy kế"]
    rows = [[row[0], row[2], row[3], row[4]] for row in ROWS]
    report = read(workbook(bare(rows, head)), "BC Bong Son 16-8.xlsx")

    assert (report.facts["installs_cumulative"], report.rows_read) == (135, 3)


def test_columns_may_stand_in_any_order_with_others_between(read):
    head = ["Lũy kế", "Giới tính", "Số ĐT", "TT", "Năm sinh", "Họ tên", "Thôn/KP", "Ghi chú"]
    rows = [[r[4], "Nam", r[3], r[0], 1990, r[1], r[2], "tốt"] for r in ROWS]
    report = read(workbook(bare(rows, head)), "BC Bong Son 16-8.xlsx")

    assert (report.facts["installs_cumulative"], report.facts["distinct_phones"]) == (135, 3)
    assert report.findings == ()


@pytest.mark.parametrize("before", [True, False])
def test_of_two_columns_that_could_be_the_cumulative_the_one_that_says_so_counts(read, before):
    extra = ["Tổng số nhân khẩu", 1000]
    at = 4 if before else 5
    head = [*HEAD[:at], extra[0], *HEAD[at:]]
    rows = [[*row[:at], extra[1], *row[at:]] for row in ROWS]
    report = read(workbook(bare(rows, head)), "BC Bong Son 16-8.xlsx")

    assert report.facts["installs_cumulative"] == 135


@pytest.mark.parametrize(
    "numbers",
    [["(1)", "(2)", "(3)", "(4)", "(5)"], [1, 2, 3, 4, 5], ["A", "B", 1, 2, 3]],
)
def test_a_row_that_numbers_the_columns_is_no_data(read, numbers):
    report = read(workbook([HEAD, numbers, *ROWS]), "BC Bong Son 16-8.xlsx")

    assert (report.facts["installs_cumulative"], report.rows_read) == (135, 3)
    assert report.findings == ()


def test_a_letterhead_in_a_table_of_word_is_not_the_table(read):
    letterhead = [["ỦY BAN NHÂN DÂN\nPHƯỜNG BỒNG SƠN", f"{NATION}\n{MOTTO}"]]
    report = read(word(letterhead, "(ngày 16 tháng 8 năm 2021)", bare(ROWS)), "a.docx")

    assert report.rows[0].cell == "table 2, row 2, column 5"
    assert (report.unit_code, report.findings) == ("21640", ())


def test_data_under_a_repeated_title_keep_their_addresses(read):
    assert read(workbook(mau02(ROWS))).rows[0].cell == f"Sheet1!E{FIRST}"
