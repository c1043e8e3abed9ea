"""What is wrong with a row of Mẫu 02: said at its cell."""

import io

import pytest
from making import FIRST, HEAD, bare, mau02, people, phone, saved, workbook
from openpyxl import load_workbook

from briefing.intake.reader import Reader
from briefing.params.readings import Override

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
    assert report.facts["numerator_cumulative"] == 135
    assert report.rows_set_aside == 0


@pytest.mark.parametrize(
    ("value", "rule"),
    [("0912345678 - 0987654321", "phone_several"), ("09l2345678", "phone_letter_replaced")],
)
def test_what_was_done_with_a_phone_is_remarked(read, value, rule):
    report = one(read, 3, value)

    assert [(f.severity, f.rule, f.where) for f in report.findings] == [("info", rule, "Sheet1!D3")]
    assert report.facts["distinct_phones"] == 3


@pytest.mark.parametrize(("value", "rule"), [("3O", "number_repaired"), (1.03, "number_unreadable"),
                                             ("1,030", "number_thousands")])  # fmt: skip
def test_what_was_done_with_a_count_is_remarked(read, value, rule):
    assert found(one(read, 4, value)) == [(rule, "Sheet1!E3")]


def test_a_number_that_is_a_day_is_no_count(read):
    report = one(read, 4, 44424)  # 16/8/2021, in a workbook

    assert found(report) == [("number_unreadable", "Sheet1!E3")]
    assert report.facts["numerator_cumulative"] == 97


def test_a_count_that_is_more_than_the_unit_has_is_said_at_its_cell(read):
    assert found(one(read, 4, 38_000)) == [("over_denominator", "Sheet1!E3")]


@pytest.mark.parametrize("mark", ['"', "〃", "-nt-", "như trên", "nt"])
def test_a_ditto_mark_stands_for_the_address_above_but_for_no_phone_and_no_count(read, mark):
    address, number, count = (one(read, column, mark) for column in (2, 3, 4))

    assert found(address) == [] and address.rows[1].place == "1"
    assert found(number) == [("phone_invalid", "Sheet1!D3")]
    assert found(count) == [("number_unreadable", "Sheet1!E3")]


MANY = people([45 + i % 7 for i in range(60)])
WRONG = {
    "phone_missing": (3, None), "phone_zero_restored": (3, 912345678), "name_missing": (1, None),
    "place_unknown": (2, "Xóm Lạ"), "number_unreadable": (4, None),
}  # fmt: skip


@pytest.mark.parametrize("rule", WRONG)
def test_what_is_wrong_in_nearly_every_row_is_said_once_of_the_column(read, rule):
    column, value = WRONG[rule]
    rows = [[*row] for row in MANY]
    for i, row in enumerate(rows[:50]):
        row[column] = value + 37 * i if isinstance(value, int) else value
    report = table(read, rows)
    said = [f for f in report.findings if f.rule == rule]

    assert [f.where for f in said] == [f"Sheet1!{'ABCDE'[column]}1"]
    assert "50 trên 60" in str(said[0].message)


@pytest.mark.parametrize("rule", WRONG)
def test_what_is_wrong_in_some_rows_is_said_at_each(read, rule):
    column, value = WRONG[rule]
    rows = [[*row] for row in MANY]
    for i, row in enumerate(rows[:20]):
        row[column] = value + 37 * i if isinstance(value, int) else value
    report = table(read, rows)

    at = [f.where for f in report.findings if f.rule == rule]
    assert at == [f"Sheet1!{'ABCDE'[column]}{row}" for row in range(2, 22)]


@pytest.mark.parametrize(("wrong", "findings"), [(20, 20), (21, 1)])
def test_more_than_twenty_of_a_kind_are_said_once(read, wrong, findings):
    rows = [[*row[:3], None, row[4]] for row in MANY[:wrong]]
    said = [f for f in table(read, rows).findings if f.rule == "phone_missing"]

    assert len(said) == findings


def test_a_long_list_of_unknown_places_is_said_once(read):
    rows = [[*row] for row in people([25 + i % 7 for i in range(300)])]
    for row in rows[:30]:
        row[2] = "Xóm Lạ"

    assert found(table(read, rows)) == [("place_unknown", "Sheet1!C1")]


def test_a_name_typed_in_the_column_of_places_comes_out_as_initials(read):
    report = one(read, 2, "Kiều Văn Tám")

    assert [(f.rule, f.found) for f in report.findings] == [("place_unknown", "K.V.T.")]


def hiding_the_third_row(filtered: bool) -> bytes:
    book = load_workbook(io.BytesIO(workbook(bare(people([45, 38, 52])))))
    book.active.row_dimensions[3].hidden = True
    if filtered:
        book.active.auto_filter.ref = "A1:E4"
        book.active.auto_filter.add_filter_column(0, ["1", "3"])
    return saved(book)


def test_a_row_hidden_by_hand_is_no_part_of_the_report_and_that_is_said(read):
    report = read(hiding_the_third_row(filtered=False), FILE)

    assert report.facts["numerator_cumulative"] == 45 + 52
    assert report.facts["distinct_phones"] == 2
    assert found(report) == [("text_hidden", "Sheet1!E3")]


def test_a_row_that_a_filter_hides_is_counted_and_said(read):
    report = read(hiding_the_third_row(filtered=True), FILE)

    assert report.facts["numerator_cumulative"] == 135
    assert found(report) == [("rows_hidden", "Sheet1!A3")]


def test_a_hamlet_listed_twice_counts_once_with_the_larger_count(campaign):
    changed = campaign.model_copy(update={"readings": {"21640": (Override(reading="per_place"),)}})
    changed.__dict__.pop("fingerprint", None)
    rows = people([120, 80, 110], places=["Khu phố 1", "Khu phố 2", "KP 1"])
    (report,) = Reader(changed, b"key").read(workbook(bare(rows)), FILE)

    assert report.facts["numerator_cumulative"] == 200
    assert found(report) == [("place_duplicate", "Sheet1!C4")]


def test_a_person_listed_twice_counts_once_with_the_larger_count(read):
    rows = people([45, 38, 52])
    rows.append([4, rows[0][1], rows[0][2], rows[0][3], 47])
    report = table(read, rows)

    assert found(report) == [("phone_duplicate", "Sheet1!D5")]
    assert report.facts["numerator_cumulative"] == 137
    assert report.rows_set_aside == 1


def test_a_person_without_a_phone_listed_twice_is_said(read):
    rows = people([45, 38, 52])
    rows[0][3] = None
    rows.append([4, *rows[0][1:4], 47])
    report = table(read, rows)

    assert ("person_duplicate", "Sheet1!B2") in found(report)
    assert report.facts["numerator_cumulative"] == 137


def test_a_row_without_a_name_is_said_and_counted(read):
    report = one(read, 1, None)

    assert found(report) == [("name_missing", "Sheet1!B3")]
    assert report.facts["numerator_cumulative"] == 135


def test_rows_with_neither_name_nor_phone_are_not_taken_for_one_person(read):
    rows = [[i, None, "Khu phố 1", None, 10 * i] for i in (3, 1, 4)]

    assert table(read, rows).facts["numerator_cumulative"] == 80


def test_a_place_that_is_not_in_the_list_is_said(read):
    report = one(read, 2, "Thôn Không Có")

    assert found(report) == [("place_unknown", "Sheet1!C3")]


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


def test_a_sum_over_the_units_denominator_is_said_at_the_column(read):
    report = table(read, people([4100, 3020, 5300]))  # 12,420 of 10,130

    assert found(report) == [("over_denominator", "Sheet1!E1")]
    assert report.findings[0].found == "12420"


def test_a_total_over_the_units_denominator_is_said_at_its_cell(read):
    report = table(read, people([None] * 3), ["Tổng cộng", None, None, None, 254_992])

    assert ("over_denominator", "Sheet1!E5") in found(report)


def test_a_sentence_over_the_units_denominator_is_said_at_its_line(read):
    said = "UBND phường Bồng Sơn báo cáo ngày 16/8: lũy kế 12.420 người".encode()

    assert found(read(said, "zalo.txt")) == [("over_denominator", "line 1")]


def test_a_sum_up_to_the_denominator_is_not_said(read):
    assert found(table(read, people([4130, 3000, 3000]))) == []  # 10,130 of 10,130


@pytest.mark.parametrize(
    ("value", "shown"),
    [("1.234.567", "1.234.567"), (1234567, "1234567"), ("12 345 678", "12 345 678"),
     ("0912345678", "0912xxx678"), ("912.345.678", "912xxx678")],
)  # fmt: skip
def test_a_count_is_shown_as_it_is_and_a_phone_in_its_place_is_masked(read, value, shown):
    report = one(read, 4, value)

    assert [f.found for f in report.findings if f.where == "Sheet1!E3"] == [shown]
