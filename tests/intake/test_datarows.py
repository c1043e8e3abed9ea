"""Totals, sums of parts and groups among the rows of Mẫu 02: told from the data, and checked."""

import pytest
from making import HEAD, bare, people, phone, workbook

ROWS = people([45, 38, 52, 7])  # 142
FILE = "BC Bong Son 16-8.xlsx"
NONE = (None, None, None)


def table(read, rows, head=HEAD):
    return read(workbook(bare(rows, head)), FILE)


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


def same(report, numerator: int = 142) -> None:
    assert (report.facts["numerator_cumulative"], report.rows_read) == (numerator, 4)
    assert found(report) == []


@pytest.mark.parametrize(
    "total",
    [
        [None, *NONE, 142], [5, "Tổng cộng", *NONE[:2], 142], [None, "TC", *NONE[:2], 142],
        ["Toàn phường", *NONE, 142], [None, "Toàn địa bàn", *NONE[:2], 142],
        ["TỔNG CÔNG", *NONE, 142], [None, None, "Cộng:", None, 142], ["T/C", *NONE, "142 người"],
    ],
)  # fmt: skip
def test_a_total_is_no_row_of_data_however_it_is_labelled(read, total):
    same(table(read, [*ROWS, total]))


@pytest.mark.parametrize(
    "total",
    [[None, *NONE, 141], [5, "Tổng cộng", *NONE[:2], 141], [None, "Gộp lại", *NONE[:2], 141]],
)
def test_a_total_without_its_label_that_is_wrong_is_said_and_never_added(read, total):
    report = table(read, [*ROWS, total])

    assert found(report) == [("total_mismatch", "Sheet1!E6")]
    assert report.facts["numerator_cumulative"] == 142


@pytest.mark.parametrize(("last", "total"), [(113, False), (114, True), (170, True), (171, False)])
def test_a_last_figure_within_a_fifth_of_the_sum_is_a_wrong_total_and_another_is_a_count(
    read, last, total
):
    """The rows add up to 142, a fifth of which is 28.4."""
    report = table(read, [*ROWS, [None, "Gộp lại", *NONE[:2], last]])

    assert report.facts["numerator_cumulative"] == (142 if total else 142 + last)
    assert (("total_mismatch", "Sheet1!E6") in found(report)) == total


def test_a_row_that_numbers_the_columns_has_three_numbers_at_least(read):
    head = [HEAD[0], HEAD[2], HEAD[4]]
    rows = [[1, "Khu phố 1", 45], [2, "Khu phố 2", 38]]

    assert table(read, [[1, 2, 3], *rows], head).rows_read == 2
    assert table(read, [[1, None, 2], [2, "Khu phố 2", 38]], head).rows_read == 2


def test_the_row_right_above_a_total_is_data_though_it_has_a_count_alone(read):
    rows = [["Khu phố 1", 45], ["Khu phố 2", 38], ["Khu phố 3", 52], ["Tổng cộng", 135]]

    assert table(read, rows, [HEAD[2], HEAD[4]]).facts["numerator_cumulative"] == 135


def test_a_number_over_all_rows_is_the_total_too(read):
    same(table(read, [[None, *NONE, 142], *ROWS]))


def test_a_numbered_person_called_cong_is_a_person(read):
    rows = [[1, "Công", "Khu phố 1", None, 45], [2, "Tống Cộng", "Khu phố 2", None, 38]]

    assert table(read, rows).facts["numerator_cumulative"] == 83


def test_sums_of_parts_worded_as_totals_are_no_total_of_the_table(read):
    same(table(read, [*ROWS[:2], ["Cộng", *NONE, 83], *ROWS[2:], ["Cộng", *NONE, 59]]))


@pytest.mark.parametrize("label", ["Khu phố 1", "I", "A", "KP 1"])
def test_the_count_of_a_group_over_its_rows_is_not_added_to_them(read, label):
    other = {"I": "II", "A": "B"}.get(label, "Khu phố 2")
    rows = [[label, *NONE, 83], *ROWS[:2], [other, *NONE, 59], *ROWS[2:]]

    same(table(read, rows))


def test_a_sum_of_a_part_below_its_rows_that_does_not_add_up_is_said(read):
    rows = [
        *ROWS[:2], ["Cộng KP 1", *NONE, 84], *ROWS[2:], ["Cộng KP 2", *NONE, 59],
        ["Tổng cộng", *NONE, 142],
    ]  # fmt: skip
    report = table(read, rows)

    assert [(f.rule, f.where, f.found) for f in report.findings] == [
        ("total_mismatch", "Sheet1!E4", "84")
    ]
    assert report.facts["numerator_cumulative"] == 142


def test_a_sum_of_a_part_over_its_rows_that_does_not_add_up_is_said(read):
    rows = [
        ["I", "Khu phố 1", *NONE[:2], 83], *ROWS[:2], ["II", "Khu phố 2", *NONE[:2], 60], *ROWS[2:],
        ["Tổng cộng", *NONE, 142],
    ]  # fmt: skip

    assert found(table(read, rows)) == [("total_mismatch", "Sheet1!E5")]


@pytest.mark.parametrize("carried", ["Mang sang", "Cộng mang sang", "Chuyển trang sau"])
def test_sums_of_pages_and_what_is_carried_over_are_no_data(read, carried):
    rows = [
        *ROWS[:2], ["Cộng trang 1", *NONE, 83], [carried, *NONE, 83], *ROWS[2:],
        ["Tổng cộng", *NONE, 142],
    ]  # fmt: skip

    same(table(read, rows))


def test_a_sum_of_sums_adds_up(read):
    rows = [
        *ROWS[:2], ["Cộng KP 1", *NONE, 83], *ROWS[2:], ["Cộng KP 2", *NONE, 59],
        ["Cộng hai khu phố", *NONE, 142], ["Tổng cộng", *NONE, 142],
    ]  # fmt: skip

    same(table(read, rows))


def test_the_days_total_is_compared_too(read):
    head = [*HEAD[:4], "Trong ngày", "Lũy kế"]
    rows = [[*row[:4], 1, row[4]] for row in ROWS]
    report = table(read, [*rows, ["Tổng cộng", *NONE, 5, 142]], head)

    assert found(report) == [("total_mismatch", "Sheet1!E6")]
    assert (report.facts["numerator_new"], report.facts["numerator_cumulative"]) == (4, 142)
    assert str(report.findings[0].message) == (
        "ở cột số trong ngày, dòng tổng cộng ghi 5, cộng các dòng được 4; "
        "số lũy kế không dựa vào hai số này"
    )


def test_rows_below_a_signature_are_read_where_they_have_a_number(read):
    rows = [*ROWS[:2], [None, "NGƯỜI LẬP BIỂU"], [None, "Nguyễn Văn A"], *ROWS[2:]]

    same(table(read, rows))


def test_gaps_in_the_serial_numbers_and_numbers_that_begin_again_are_no_mistake(read):
    rows = [[number, *row[1:]] for number, row in zip((1, 4, 1, 9), ROWS, strict=True)]

    same(table(read, rows))


def test_serial_numbers_with_a_dot_or_as_text_are_numbers(read):
    same(table(read, [[f"{row[0]}.", *row[1:]] for row in ROWS]))


@pytest.mark.parametrize("far", [-1, 1])
def test_a_row_typed_one_column_too_far_is_said_at_its_cells(read, far):
    first, row, *rest = [[*r, None] for r in ROWS]
    slipped = [row[0], *row[2:], None] if far < 0 else [row[0], None, *row[1:5]]
    report = table(read, [first, slipped, *rest])

    assert {("phone_invalid", "Sheet1!D3"), ("number_unreadable", "Sheet1!E3")} <= set(
        found(report)
    )
    (said,) = (f for f in report.findings if f.rule == "phone_invalid")
    assert "lệch" in str(said.message)
    assert report.facts["numerator_cumulative"] == 104
    assert row[1] not in repr(report.findings) and phone(1) not in repr(report.findings)
