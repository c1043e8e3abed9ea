"""Several reports in one sheet or document, and one report in several tables."""

import datetime as dt

import pytest
from making import HEAD, bare, mau01_lines, mau02, name, people, phone, word, workbook

ROWS = people([45, 38, 52])
NEXT = people([50, 40, 60])
THEIRS = [
    [i, name(40 + i), place, phone(50 + i), value]
    for i, (place, value) in enumerate(
        [("Khu phố Diễn Khánh", 10), ("Khu phố Lại Đức", 20), ("Khu phố Văn Cang", 30)], start=1
    )
]
MORE = [[i, name(30 + i), "Khu phố 2", phone(30 + i), v] for i, v in ((4, 50), (5, 40))]
SEVENTEENTH = {
    "day": "(ngày 17 tháng 8 năm 2021)",
    "signed": "Bồng Sơn, ngày 17 tháng 8 năm 2021",
}
OTHER_UNIT = {"unit": "PHƯỜNG HOÀI ĐỨC", "signed": "Hoài Đức, ngày 16 tháng 8 năm 2021"}
OURS = ("21640", "2021-08-16", 135)
BOTH = [OURS, ("21685", "2021-08-16", 60)]


def said(reports) -> list[tuple]:
    return [(r.unit_code, str(r.report_date), r.facts["numerator_cumulative"]) for r in reports]


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


def paragraphs(rows: list) -> list[str]:
    return [row[0] for row in rows if row and len(row) == 1]


# Stacked and side by side


def test_two_days_in_one_sheet_are_two_reports(reader):
    reports = reader.read(workbook([*mau02(ROWS), *mau02(NEXT, **SEVENTEENTH)]), "a.xlsx")

    assert said(reports) == [OURS, ("21640", "2021-08-17", 150)]
    assert [r.sources["numerator_cumulative"] for r in reports] == [
        "Sheet1!E12:E14", "Sheet1!E29:E31",
    ]  # fmt: skip
    assert all(report.findings == () for report in reports)


def test_two_communes_in_one_sheet_are_two_reports(reader):
    reports = reader.read(workbook([*mau02(ROWS), *mau02(THEIRS, **OTHER_UNIT)]), "a.xlsx")

    assert said(reports) == BOTH
    assert all(report.findings == () for report in reports)


def test_a_line_with_the_next_unit_begins_its_report_and_the_title_holds_for_both(reader):
    rows = [
        ["BÁO CÁO ngày 16/8/2021"],
        ["1. Phường Bồng Sơn"], *bare(ROWS), ["Tổng cộng", None, None, None, 135],
        ["2. Phường Hoài Đức"], *bare(THEIRS), ["Tổng cộng", None, None, None, 60],
    ]  # fmt: skip
    reports = reader.read(workbook(rows), "a.xlsx")

    assert said(reports) == BOTH
    assert all(report.findings == () for report in reports)


def test_a_line_with_the_next_day_begins_its_report_and_the_unit_holds_for_both(reader):
    rows = [
        ["UBND PHƯỜNG BỒNG SƠN"],
        ["Ngày 16/8/2021"],
        *bare(ROWS),
        ["Ngày 17/8/2021"],
        *bare(NEXT),
    ]

    assert said(reader.read(workbook(rows), "a.xlsx")) == [OURS, ("21640", "2021-08-17", 150)]


def test_tables_of_two_hamlets_under_one_title_are_one_report(read):
    first, second = ROWS, [[r[0], name(20 + i), "Khu phố 2", phone(20 + i), r[4]]
                           for i, r in enumerate(NEXT)]  # fmt: skip
    rows = [["UBND PHƯỜNG BỒNG SƠN"], ["Ngày 16/8/2021"], ["Khu phố 1"], *bare(first),
            ["Khu phố 2"], *bare(second)]  # fmt: skip
    report = read(workbook(rows), "a.xlsx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (285, 6)
    assert report.findings == ()


def test_two_letterheads_in_word_are_two_reports(reader):
    first, second = mau02([]), mau02([], **OTHER_UNIT)
    content = word(
        *paragraphs(first)[:10], bare(ROWS), "(Ký tên, đóng dấu)", "Nguyễn Văn A",
        *paragraphs(second)[:10], bare(THEIRS), "(Ký tên, đóng dấu)",
    )  # fmt: skip
    reports = reader.read(content, "a.docx")

    assert said(reports) == BOTH
    assert reports[1].rows[0].cell == "table 2, row 2, column 5"
    assert all(report.findings == () for report in reports)


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_that_runs_over_a_page_is_one_report_with_addresses_in_both(read, repeated):
    rest = bare(MORE) if repeated else MORE
    content = word("UBND PHƯỜNG BỒNG SƠN", "(ngày 16/8/2021)", bare(ROWS), rest)
    report = read(content, "a.docx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (225, 5)
    assert report.rows[-1].cell == f"table 2, row {2 + repeated}, column 5"
    assert report.findings == ()


def test_a_further_table_of_other_columns_is_not_read_and_said(read):
    other = [["STT", "Đơn vị", "Trong ngày"], [1, "Tổ 1", 5], [2, "Tổ 2", 6]]
    content = word("UBND PHƯỜNG BỒNG SƠN", "(ngày 16/8/2021)", bare(ROWS), "Ghi chú", other)
    report = read(content, "a.docx")

    assert report.facts["numerator_cumulative"] == 135
    assert found(report) == [("table_left_out", "table 2, row 1, column 1")]


def beside(right: list, title: str | None = None) -> bytes:
    rows = [
        ["PHƯỜNG BỒNG SƠN", *[None] * 5, title],
        ["ngày 16/8/2021"],
        [*HEAD, None, *HEAD],
        *[[*a, None, *b] for a, b in zip(ROWS, right, strict=True)],
    ]
    return workbook(rows)


def test_two_communes_side_by_side_are_two_reports(reader):
    reports = reader.read(beside(THEIRS, "PHƯỜNG HOÀI ĐỨC"), "a.xlsx")

    assert said(reports) == BOTH
    assert reports[1].rows[0].cell == "Sheet1!K4"
    assert all(report.findings == () for report in reports)


def test_a_list_in_two_columns_of_tables_is_one_report(read):
    rest = [[i + 4, name(30 + i), "Khu phố 2", phone(30 + i), v] for i, v in enumerate([5, 6, 7])]
    report = read(beside(rest), "a.xlsx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (153, 6)
    assert [row.cell for row in report.rows][3] == "Sheet1!K4"


# Rows of several days or units


def test_a_column_of_days_gives_a_report_for_each(reader):
    rows = [
        [r[0], dt.date(2021, 8, 16 + later), *r[1:4], r[4] + later]
        for later in (0, 1)
        for r in ROWS
    ]
    head = ["STT", "Ngày", *HEAD[1:]]
    reports = reader.read(workbook([["PHƯỜNG BỒNG SƠN"], head, *rows]), "a.xlsx")

    assert said(reports) == [OURS, ("21640", "2021-08-17", 138)]
    assert all(report.findings == () for report in reports)


def test_a_diary_of_a_row_a_day_gives_a_report_for_each(reader):
    rows = [["Ngày", "Trong ngày", "Lũy kế"], ["14/8", 50, 5100], ["15/8", 200, 5300]]
    reports = reader.read(workbook([["PHƯỜNG BỒNG SƠN"], *rows]), "a.xlsx")

    assert said(reports) == [("21640", "2021-08-14", 5100), ("21640", "2021-08-15", 5300)]
    assert [r.facts["numerator_new"] for r in reports] == [50, 200]


def test_the_day_on_which_each_person_installed_does_not_part_a_list(read):
    rows = [[r[0], f"{14 + i}/8/2021", *r[1:4], None] for i, r in enumerate(ROWS)]
    content = workbook([["PHƯỜNG BỒNG SƠN ngày 16/8"], ["STT", "Ngày", *HEAD[1:]], *rows])

    assert (read(content).facts["distinct_phones"], read(content).rows_read) == (3, 3)


CONSOLIDATED = ["STT", "Đơn vị", "Số người có smartphone", "Lũy kế", "Tỷ lệ"]


def test_a_row_for_each_unit_gives_a_report_for_each(reader):
    rows = [
        ["BÁO CÁO ngày 16/8/2021"], CONSOLIDATED,
        [1, "Bồng Sơn", 10130, 5432, "53,6%"], [2, "P. Tam Quan", 6702, 3210, "47,9%"],
        [None, "Tổng cộng", 16832, 8642, None],
    ]  # fmt: skip
    first, second = reader.read(workbook(rows), "a.xlsx")

    assert said([first, second]) == [
        ("21640", "2021-08-16", 5432), ("21637", "2021-08-16", 3210),
    ]  # fmt: skip
    assert (first.reading, first.reading_confidence) == ("ratio", "high")
    assert first.facts["denominator_reported"] == 10130
    assert first.sources["numerator_cumulative"] == "Sheet1!D3"
    assert first.findings == second.findings == ()


def test_what_is_wrong_in_the_row_of_a_unit_is_said_at_its_cell(reader):
    rows = [
        ["BÁO CÁO ngày 16/8/2021"], CONSOLIDATED,
        [1, "Bồng Sơn", 10130, 5432, "63,6%"], [2, "HT", 6918, 1000, None],
        [3, "Hoài Mĩ", 6750, None, None], [4, "xã Mỹ Trinh", 100, 50, None],
        [5, "Hoài Sơn", 4667, "abc", None],
    ]  # fmt: skip
    reports = reader.read(workbook(rows), "a.xlsx")

    assert [found(report) for report in reports] == [
        [("total_mismatch", "Sheet1!E3")],
        [("unit_ambiguous", "Sheet1!B4")],
        [("number_unreadable", "Sheet1!D5")],
        [("unit_unknown", "Sheet1!B6")],
        [("number_unreadable", "Sheet1!D7")],
    ]
    assert reports[2].facts["numerator_cumulative"] is None  # missing, not zero
    assert "xã Mỹ Trinh" in str(reports[3].findings[0].message)


def test_the_total_of_all_units_is_compared_with_their_sum(reader):
    rows = [["Ngày 16/8/2021"], ["Xã, phường", "Lũy kế"], ["Bồng Sơn", 5432], ["Tam Quan", 3210],
            ["Tổng cộng", 8600]]  # fmt: skip
    reports = reader.read(workbook(rows), "a.xlsx")

    assert [report.reading for report in reports] == ["total", "total"]
    assert [found(report) for report in reports] == [[], [("total_mismatch", "Sheet1!B5")]]


@pytest.mark.parametrize("between", [True, False])
def test_persons_of_several_units_in_one_table_are_parted(reader, between):
    if between:
        rows = [HEAD, ["I", "Phường Bồng Sơn"], *ROWS, ["II", "Phường Hoài Đức"], *THEIRS]
    else:
        ours = [[r[0], None if i else "Bồng Sơn", *r[1:]] for i, r in enumerate(ROWS)]
        theirs = [[r[0], "Hoài Đức", *r[1:]] for r in THEIRS]
        rows = [["STT", "Đơn vị", *HEAD[1:]], *ours, *theirs]
    reports = reader.read(workbook([["Ngày 16/8/2021"], *rows]), "a.xlsx")

    assert said(reports) == BOTH
    assert all(report.findings == () for report in reports)


# Sheets


def test_sheets_named_after_units_are_reports_of_these(reader):
    sheets = {"Bồng Sơn": bare(ROWS), "Hoài Đức 16.8": bare(THEIRS)}
    reports = reader.read(workbook(sheets), "Tong hop Bong Son 16-8.xlsx")

    assert said(reports) == BOTH
    assert all(report.findings == () for report in reports)


def test_sheets_named_after_the_places_of_a_unit_are_one_report(read):
    second = [[r[0], name(20 + i), "Khu phố 2", phone(20 + i), r[4]] for i, r in enumerate(NEXT)]
    content = workbook({"KP1": bare(ROWS), "KP2": bare(second)})
    report = read(content, "BC Bong Son 16-8.xlsx")

    assert (report.facts["numerator_cumulative"], report.rows_read) == (285, 6)
    assert report.sources["numerator_cumulative"] == "KP1!E2:E4; KP2!E2:E4"


def test_of_two_reports_of_one_unit_and_day_the_first_says_that_the_other_is_used(reader):
    content = workbook({"Sheet1": mau02(ROWS), "Sheet2": mau02(NEXT)})
    first, second = reader.read(content, "a.xlsx")

    assert found(first) == [("report_repeated", "Sheet1!E12")]
    assert second.findings == ()


# Mẫu 01


def test_two_forms_of_agencies_in_one_document_are_two_reports(reader):
    content = word(*mau01_lines(), "Nguyễn Văn A", *mau01_lines(body=("PHÒNG Y TẾ",)))
    reports = reader.read(content, "a.docx")

    assert [(r.form, r.unit_code, r.facts["staff_numerator"]) for r in reports] == [
        ("mau01", "CQ005", 40), ("mau01", "CQ007", 40),
    ]  # fmt: skip
    assert reports[1].sources["staff_numerator"] == "paragraph 29"


def test_both_forms_in_one_document_are_two_reports(reader):
    content = word(*mau01_lines(), *paragraphs(mau02([]))[:10], bare(ROWS))
    body, unit = reader.read(content, "a.docx")

    assert (body.form, body.unit_code) == ("mau01", "CQ005")
    assert (unit.form, *said([unit])[0]) == ("mau02", *OURS)


def test_a_table_of_agencies_gives_a_report_for_each(reader):
    rows = [
        ["Ngày 18/8/2021"],
        ["STT", "Tên cơ quan, đơn vị", "Tổng số CBCCVC-NLĐ", "Có smartphone", "Đã cài"],
        [1, "Phòng Y tế", 10, 9, 8], [2, "Phòng Nội vụ", 12, 12, 13], [None, "Cộng", 22, 21, 21],
    ]  # fmt: skip
    reports = reader.read(workbook(rows), "a.xlsx")

    assert [(r.unit_code, *(r.facts[f"staff_{n}"] for n in ("total", "denominator", "numerator")))
            for r in reports] == [("CQ007", 10, 9, 8), ("CQ003", 12, 12, 13)]  # fmt: skip
    assert ("numerator_over_denominator", "Sheet1!E4") in found(reports[1])
