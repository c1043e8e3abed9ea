"""Tables without headings, and lines of text that stand in columns."""

import pytest
from making import HEAD, bare, mau02, people, workbook

ROWS = people([45, 38, 52])
TOP = [["UBND PHƯỜNG BỒNG SƠN"], ["ngày 16/8/2021"]]


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (0, 3, 1, 2, 4), (0, 1, 3, 4)])
def test_columns_without_headings_are_told_by_what_stands_in_them(read, order):
    rows = [[row[i] for i in order] for row in ROWS]
    report = read(workbook([*TOP, *rows]), "a.xlsx")

    assert (report.facts["numerator_cumulative"], report.facts["distinct_phones"]) == (135, 3)
    assert (report.reading_confidence, report.unit_code) == ("low", "21640")
    assert found(report)[-1] == ("header_missing", "Sheet1!A3")


def test_a_letterhead_over_the_columns_does_not_change_what_they_are(read):
    rows = [row for row in mau02(ROWS) if row[:1] != ["STT"]]
    rows[1:7] = [["UBND PHƯỜNG BỒNG SƠN", None, None, "CỘNG HÒA"], ["x", None, None, "Độc lập"]]
    report = read(workbook(rows), "a.xlsx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (135, 3)


@pytest.mark.parametrize(("heading", "phones"), [("Số đ", 3), ("Zalo", 3), ("Năm sinh", None)])
def test_a_column_of_phones_needs_no_heading_that_says_so_unless_it_says_else(
    read, heading, phones
):
    head = [*HEAD[:3], heading, HEAD[4]]
    report = read(workbook(mau02(ROWS, head=head)), "a.xlsx")

    assert (report.facts["numerator_cumulative"], report.facts["distinct_phones"]) == (135, phones)


def test_a_table_of_nothing_that_can_be_told_is_no_report(read):
    report = read(workbook([["a", "b"], ["c", "d"], ["e", "f"]]), "a.xlsx")

    assert report.form is None
    assert found(report) == [("form_unknown", "a.xlsx")]


@pytest.mark.parametrize("between", ["\t", " | ", "     "])
def test_a_table_pasted_into_a_text_is_read_line_by_line(read, between):
    table = [between.join(map(str, row)) for row in bare(ROWS)]
    text = "\n".join(["UBND phường Bồng Sơn", "Ngày 16/8/2021", *table])
    report = read(text.encode(), "a.txt")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (135, 3)
    assert report.rows[0].cell.startswith("line 4")
    assert report.findings == ()
