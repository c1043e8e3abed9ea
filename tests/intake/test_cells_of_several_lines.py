"""Several persons, or several numbers, written line by line into the cells of one row."""

import pytest
from making import HEAD, bare, name, people, phone, word, workbook

FILE = "BC Bong Son 16-8.xlsx"
OTHERS = people([38, 52], first=2)
BOTH = f"{name(7)}\n{name(8)}"
PHONES = f"{phone(7)}\n{phone(8)}"


def table(read, *first):
    return read(workbook(bare([list(first), *OTHERS])), FILE)


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


def test_two_persons_in_one_row_are_two_rows_at_the_same_cells(read):
    report = table(read, 1, BOTH, "Khu phố 1", PHONES, "12\n15")

    assert (report.rows_read, report.facts["numerator_cumulative"]) == (4, 117)
    assert report.facts["distinct_phones"] == 4 and found(report) == []
    assert report.sources["numerator_cumulative"] == "Sheet1!E2:E4"


def test_each_of_them_may_have_a_number_and_a_place_of_their_own(read):
    report = table(read, "1\n2", BOTH, "Khu phố 1\nXóm Lạ", PHONES, "12\n15")

    assert found(report) == [("place_unknown", "Sheet1!C2")]
    assert [row.place for row in report.rows[:2]] == ["1", None]


def test_a_mistake_of_one_of_them_is_said_at_the_cell(read):
    report = table(read, 1, BOTH, "Khu phố 1", f"{phone(7)}\n09123", "12\n15")

    assert found(report) == [("phone_invalid", "Sheet1!D2")]
    assert report.facts["numerator_cumulative"] == 117


def test_a_list_of_persons_without_counts_is_split_too(read):
    rows = [[1, BOTH, "Khu phố 1", PHONES, None], *people([None, None], first=3)]
    report = read(workbook([*bare(rows), ["Tổng cộng", None, None, None, 4]]), FILE)

    assert (report.reading, report.facts["numerator_cumulative"]) == ("roster_all", 4)


@pytest.mark.parametrize("counts", ["12\n15\n16", "12\n155", "1\n2\n3"])
def test_counts_that_are_not_one_for_each_person_are_a_finding_and_no_number(read, counts):
    report = table(read, 1, name(7), "Khu phố 1", phone(7), counts)

    assert found(report) == [("number_unreadable", "Sheet1!E2")]
    assert report.facts["numerator_cumulative"] == 90


def test_one_count_of_two_persons_is_counted_once_and_said(read):
    report = table(read, 1, BOTH, "Khu phố 1", PHONES, 27)

    assert ("several_persons", "Sheet1!B2") in found(report)
    assert report.facts["numerator_cumulative"] == 117
    assert name(7) not in repr(report.findings)


def test_a_name_over_two_lines_is_one_person(read):
    report = table(read, 1, "Nguyễn Văn\nAn", "Khu phố 1", phone(7), 27)

    assert (report.rows_read, found(report)) == (3, [])


def test_two_phones_of_one_person_are_one_person(read):
    report = table(read, 1, name(7), "Khu phố 1", PHONES, 27)

    assert found(report) == [("phone_several", "Sheet1!D2")]
    assert [f.severity for f in report.findings] == ["info"]
    assert report.facts["distinct_phones"] == 3


def test_the_total_below_rows_that_were_split_still_adds_up(read):
    rows = [[1, BOTH, "Khu phố 1", PHONES, "12\n15"], *OTHERS]
    total = ["Tổng cộng", None, None, None, 117]
    report = read(word("UBND PHƯỜNG BỒNG SƠN", "(ngày 16/8/2021)", [HEAD, *rows, total]), "a.docx")

    assert (report.rows_read, found(report)) == (4, [])
