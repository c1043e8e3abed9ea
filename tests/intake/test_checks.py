"""What is wrong with a row of Mẫu 02: said at its cell."""

import pytest
from making import FIRST, HEAD, bare, mau02, people, phone, workbook

ROWS = people([45, 38, 52])
FILE = "BC Bong Son 16-8.xlsx"


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


def table(read, rows, *after, head=HEAD):
    return read(workbook([*bare(rows, head), *after]), FILE)


def one(read, column: int, value: object):
    rows = people([45, 38, 52])
    rows[1][column] = value
    return table(read, rows)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("09123", "phone_invalid"),
        ("9.12E+08", "phone_invalid"),
        ("0256 3861 234", "phone_invalid"),
        ("nt", "phone_invalid"),
        (None, "phone_missing"),
        ("không có", "phone_missing"),
        (912345678, "phone_zero_restored"),
        ("01234567890", "phone_converted"),
        ("0562345678", "phone_ambiguous"),
        (phone(0), "phone_duplicate"),
    ],
)
def test_what_is_wrong_with_a_phone_is_said_and_the_count_is_kept(read, value, expected):
    report = one(read, 3, value)

    assert found(report) == [(expected, "Sheet1!D3")]
    assert report.facts["installs_cumulative"] == 135
    assert report.rows_set_aside == 0


def test_a_person_listed_twice_counts_once_with_the_larger_count(read):
    rows = people([45, 38, 52])
    rows.append([4, rows[0][1], rows[0][2], rows[0][3], 47])
    report = table(read, rows)

    assert found(report) == [("phone_duplicate", "Sheet1!D5")]
    assert report.facts["installs_cumulative"] == 137
    assert report.rows_set_aside == 1


def test_a_person_without_a_phone_listed_twice_is_said(read):
    rows = people([45, 38, 52])
    rows[0][3] = None
    rows.append([4, *rows[0][1:4], 47])
    report = table(read, rows)

    assert ("person_duplicate", "Sheet1!B2") in found(report)
    assert report.facts["installs_cumulative"] == 137


def test_a_row_without_a_name_is_said_and_counted(read):
    report = one(read, 1, None)

    assert found(report) == [("name_missing", "Sheet1!B3")]
    assert report.facts["installs_cumulative"] == 135


def test_rows_with_neither_name_nor_phone_are_not_taken_for_one_person(read):
    rows = [[i, None, "Khu phố 1", None, 10 * i] for i in (3, 1, 4)]

    assert table(read, rows).facts["installs_cumulative"] == 80


def test_a_place_that_is_not_in_the_list_is_said(read):
    report = one(read, 2, "Thôn Không Có")

    assert found(report) == [("hamlet_unknown", "Sheet1!C3")]


def test_a_table_without_data_is_empty_and_has_no_figure(read):
    report = table(read, [])

    assert found(report) == [("empty_report", "Sheet1!E1")]
    assert set(report.facts.values()) == {None}
    assert not report.usable


def test_the_printed_form_with_nothing_filled_in_is_empty(read):
    report = read(workbook(mau02([[i] for i in range(1, 6)])), FILE)

    assert found(report) == [("empty_report", f"Sheet1!E{FIRST - 1}")]


def test_a_copy_has_the_same_letter_and_another_figure_another(read):
    first, copy, other = (
        table(read, people(values)).letter for values in ([45, 38], [45, 38], [45, 39])
    )

    assert first == copy != other
