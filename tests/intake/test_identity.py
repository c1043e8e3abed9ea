"""Of which unit a report is, and about which day."""

import pytest
from making import TITLES, bare, mau02, people, workbook

ROWS = people([45, 38, 52])
BLANK = [[t] for t in TITLES]  # titles that say neither the unit nor the day


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


# The unit


def test_the_unit_comes_from_the_letterhead(read):
    assert read(workbook(mau02(ROWS, unit="XÃ HOÀI SƠN"))).unit_code == "21643"


def test_the_longest_name_wins(read):
    assert read(workbook(mau02(ROWS, unit="PHƯỜNG TAM QUAN BẮC"))).unit_code == "21655"


def test_a_misspelt_letterhead_is_recognised_when_it_can_be_one_unit_only(read):
    assert read(workbook(mau02(ROWS, unit="PHƯỜNG BỒNG SƠM", signed="....."))).unit_code == "21640"


@pytest.mark.parametrize(
    "file",
    [
        "BC phường Bồng Sơn 16-8.xlsx", "BongSon_1608.xlsx", "BC BS 16-8.xlsx",
        "Phường Bồng Sơn/16-8.xlsx",
    ],
)  # fmt: skip
def test_the_unit_comes_from_the_name_or_the_folder_where_the_content_is_silent(read, file):
    report = read(workbook([*BLANK, *bare(ROWS)]), file)

    assert (report.unit_code, report.unit_name) == ("21640", "Phường Bồng Sơn")
    assert report.findings == ()


@pytest.mark.parametrize("file", ["BC Hoai Duc 16-8.xlsx", "Hoài Đức/bao cao.xlsx"])
def test_a_content_that_disagrees_with_the_name_is_taken_and_said(read, file):
    report = read(workbook(mau02(ROWS)), file)

    assert report.unit_code == "21640"
    assert found(report) == [("unit_conflict", "Sheet1!A3")]
    assert "Phường Hoài Đức" in str(report.findings[0].message)


def test_a_name_that_disagrees_with_its_folder_is_taken_and_said(read):
    report = read(workbook([*BLANK, *bare(ROWS)]), "Hoài Đức/BC Bong Son 16-8.xlsx")

    assert report.unit_code == "21640"
    assert found(report) == [("unit_conflict", "BC Bong Son 16-8.xlsx")]


@pytest.mark.parametrize(
    ("initials", "names"),
    [("HT", ("Hoài Thanh", "Hoài Tân")), ("HH", ("Hoài Hảo", "Hoài Hương", "Hoài Hải"))],
)
def test_initials_of_several_units_are_refused_naming_them(read, initials, names):
    file = f"BC {initials} 16-8.xlsx"
    report = read(workbook([*BLANK, *bare(ROWS)]), file)

    assert report.unit_code is None
    assert found(report) == [("unit_ambiguous", file)]
    assert all(name in str(report.findings[0].message) for name in names)


def test_two_units_in_a_report_are_refused(read):
    report = read(workbook([["Bồng Sơn và Hoài Đức"], *bare(ROWS)]), "16-8.xlsx")

    assert report.unit_code is None
    assert found(report) == [("unit_ambiguous", "Sheet1!A1")]


def test_of_two_units_in_a_report_the_one_that_the_name_says_is_taken(read):
    report = read(workbook([["Bồng Sơn và Hoài Đức"], *bare(ROWS)]), "Hoai Duc 16-8.xlsx")

    assert report.unit_code == "21685"


@pytest.mark.parametrize("unit", ["XÃ ÂN HẢO TÂY", "PHƯỜNG BÌNH ĐỊNH", "THỊ TRẤN TĂNG BẠT HỔ"])
@pytest.mark.parametrize("file", ["BC.xlsx", "BC Bong Son.xlsx"])
def test_a_unit_of_another_district_is_unknown_whatever_the_file_is_called(read, unit, file):
    report = read(workbook(mau02(ROWS, unit=unit, signed="....., ngày 16 tháng 8 năm 2021")), file)

    assert (report.unit_code, report.unit_name) == (None, unit)
    assert found(report) == [("unit_unknown", "Sheet1!A3")]


def test_a_report_that_names_no_unit_is_unknown(read):
    report = read(workbook([*BLANK, *bare(ROWS)]), "16-8.xlsx")

    assert report.unit_code is None
    assert found(report) == [("unit_unknown", "16-8.xlsx")]


def test_the_addressee_is_not_the_sender(read):
    rows = [["UBND PHƯỜNG BỒNG SƠN"], ["Kính gửi: UBND phường Hoài Đức"], *bare(ROWS)]

    assert read(workbook(rows), "16-8.xlsx").unit_code == "21640"


# The day


def on(read, *lines: str, file: str = "BC Bong Son.xlsx", below: tuple[str, ...] = ()):
    return read(workbook([*[[x] for x in lines], *bare(ROWS), [], *[[x] for x in below]]), file)


@pytest.mark.parametrize(
    "line",
    [
        "(ngày 16 tháng 8 năm 2021)", "Ngày 16/8", "Tính đến 15h00 ngày 16/8/2021", "(16.8.2021)",
        "Bồng Sơn, ngày 16 tháng 8 năm 2021", "Từ 15h ngày 15/8 đến 15h ngày 16/8/2021",
    ],
)  # fmt: skip
def test_the_day_comes_from_the_title_or_the_signing_line(read, line):
    report = on(read, line)

    assert str(report.report_date) == "2021-08-16"
    assert report.findings == ()


def test_the_day_may_stand_in_a_cell_of_its_own(read):
    import datetime as dt

    content = workbook([["Ngày báo cáo", dt.date(2021, 8, 16)], *bare(ROWS)])

    assert str(read(content, "BC Bong Son.xlsx").report_date) == "2021-08-16"


def test_a_signing_line_under_the_table_says_the_day_where_the_head_does_not(read):
    report = on(read, below=("Bồng Sơn, ngày 16 tháng 8 năm 2021",))

    assert str(report.report_date) == "2021-08-16"
    assert (report.findings, report.rows_read) == ((), 3)


@pytest.mark.parametrize(
    "file", ["BC Bong Son 16-8.xlsx", "Bong Son 16082021.xlsx", "16.8/Bong Son.xlsx"]
)
def test_the_day_comes_from_the_name_or_the_folder_where_the_content_is_silent(read, file):
    report = on(read, file=file)

    assert str(report.report_date) == "2021-08-16"
    assert report.findings == ()


def test_the_week_of_the_campaign_in_a_title_is_not_the_day(read):
    report = on(read, "Tuần cao điểm (từ ngày 16/8 đến ngày 22/8)", "(ngày 17/8/2021)")

    assert str(report.report_date) == "2021-08-17"
    assert report.findings == ()


def test_the_title_goes_before_the_signing_line_and_the_difference_is_said(read):
    report = on(read, "Bồng Sơn, ngày 17 tháng 8 năm 2021", "(ngày 16 tháng 8 năm 2021)")

    assert str(report.report_date) == "2021-08-16"
    assert found(report) == [("date_conflict", "Sheet1!A1")]
    assert report.findings[0].found == "ngày 17 tháng 8 năm 2021"


def test_a_name_that_says_another_day_is_said(read):
    report = on(read, "(ngày 16 tháng 8 năm 2021)", file="BC Bong Son 15-8.xlsx")

    assert str(report.report_date) == "2021-08-16"
    assert found(report) == [("date_conflict", "BC Bong Son 15-8.xlsx")]
    assert str(report.findings[0].message) == (
        "tên tệp ghi ngày 15/8/2021, báo cáo ghi ngày 16/8/2021; lấy ngày 16/8/2021"
    )


def test_a_folder_that_says_another_day_is_said_to_be_the_folder(read):
    report = on(read, "(ngày 16 tháng 8 năm 2021)", file="15-8/BC Bong Son.xlsx")

    assert str(report.report_date) == "2021-08-16"
    assert str(report.findings[0].message).startswith("thư mục hoặc tệp nén chứa tệp này ghi")


def test_a_day_outside_the_campaign_is_an_error_at_its_line(read):
    report = on(read, "(ngày 16 tháng 9 năm 2021)")

    assert str(report.report_date) == "2021-09-16"
    assert found(report) == [("date_outside_campaign", "Sheet1!A1")]


def test_of_two_days_the_one_inside_the_campaign_is_taken_and_the_other_said(read):
    report = on(read, "(ngày 16 tháng 8 năm 2020)", file="BC Bong Son 16-8.xlsx")

    assert str(report.report_date) == "2021-08-16"
    assert found(report) == [("date_conflict", "Sheet1!A1")]


def test_a_report_without_a_day_says_so(read):
    report = on(read, "(ngày    tháng    năm 2021)")

    assert report.report_date is None
    assert found(report) == [("date_missing", "BC Bong Son.xlsx")]


def test_the_day_of_the_letter_that_is_answered_is_not_the_day(read):
    report = on(read, "Thực hiện Công văn số 1169/UBND-VX ngày 15/8/2021", "(ngày 16/8/2021)")

    assert (str(report.report_date), report.findings) == ("2021-08-16", ())


def test_initials_count_in_the_files_name_but_not_in_a_folders(read):
    by_name = read(workbook([*BLANK, *bare(ROWS)]), "BC BS 16-8.xlsx")
    by_folder = read(workbook([*BLANK, *bare(ROWS)]), "BS/BC 16-8.xlsx")

    assert by_name.unit_code == "21640"
    assert by_folder.unit_code is None and found(by_folder) == [("unit_unknown", "BC 16-8.xlsx")]


# Further spellings and places of the unit


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("BC_BS_160821_final - Copy (1).xlsx", "21640"),
        ("BaoCaoBongSon16082021.xlsx", "21640"),
        ("BaoCaoBongSonn16082021.xlsx", "21640"),
        ("BC_21640_160821.xlsx", "21640"),
        ("1608 TQB.xlsx", "21655"),
        ("TQ Bac 16.8.xlsx", "21655"),
        ("HT Tây 16.8.xlsx", "21664"),
        ("UBNDphuongHoaiXuan16.8.xlsx", "21679"),
    ],
)
def test_names_of_files_are_read_as_people_write_them(read, name, code):
    report = read(workbook([*BLANK, *bare(ROWS)]), name)

    assert (report.unit_code, str(report.report_date)) == (code, "2021-08-16")
    assert {rule for rule, _where in found(report)} <= {"place_unknown"}


@pytest.mark.parametrize(
    "line",
    [
        ["Mã đơn vị", 21640], ["Mã xã: 21640"], ["Người gửi: UBND phường Bồng Sơn"],
        ["Đơn vị báo cáo: P. Bồng Sơn"], ["TT. Bồng Sơn"],
        ["UBND PHƯỜNG BỒNG SƠN, THỊ XÃ HOÀI NHƠN, TỈNH BÌNH ĐỊNH"],
    ],
)  # fmt: skip
def test_the_unit_is_told_by_its_code_and_by_the_line_of_the_sender(read, line):
    report = read(workbook([line, *bare(ROWS)]), "16-8.xlsx")

    assert (report.unit_code, report.findings) == ("21640", ())


@pytest.mark.parametrize(
    ("lines", "where", "named"),
    [
        (["UBND HUYỆN PHÙ MỸ", "UBND XÃ HOÀI SƠN"], "A2", "UBND XÃ HOÀI SƠN, HUYỆN PHÙ MỸ"),
        (["THÀNH PHỐ QUY NHƠN", "PHƯỜNG BỒNG SƠN"], "A2", "PHƯỜNG BỒNG SƠN, THÀNH PHỐ QUY NHƠN"),
        (["UBND xã Mỹ Trinh, huyện Phù Mỹ"], "A1", "UBND xã Mỹ Trinh, huyện Phù Mỹ"),
    ],
)
def test_a_unit_of_another_district_is_named_with_it_though_one_of_ours_is_called_so(
    read, lines, where, named
):
    report = read(workbook([*[[line] for line in lines], *bare(ROWS)]), "BC Bong Son 16-8.xlsx")

    assert (report.unit_code, report.unit_name) == (None, named)
    assert found(report) == [("unit_unknown", f"Sheet1!{where}")]
    assert named in str(report.findings[0].message)


@pytest.mark.parametrize("district", ["UBND HUYỆN HOÀI NHƠN", "UBND TX. HOÀI NHƠN"])
def test_the_campaigns_own_area_may_be_called_by_its_former_type(read, district):
    report = read(workbook([[district], ["UBND PHƯỜNG BỒNG SƠN"], *bare(ROWS)]), "16-8.xlsx")

    assert (report.unit_code, report.findings) == ("21640", ())


def test_a_sheet_goes_before_the_name_of_its_file(read):
    report = read(workbook({"Hoài Đức": [*BLANK, *bare(ROWS)]}), "BC Bong Son 16-8.xlsx")

    assert report.unit_code == "21685"
    assert ("unit_conflict", "BC Bong Son 16-8.xlsx") in found(report)


# Further ways of writing the day


@pytest.mark.parametrize(
    "cells",
    [
        ["Ngày", 44424], ["Ngày báo cáo:", "44424"], ["Ngày", 16, "tháng", 8, "năm", 2021],
        ["Ngày 16", "tháng 8", "năm 2021"], ["Ngày 8/16/2021"],
        ["Báo cáo kết quả từ ngày 10/8 đến ngày 16/8/2021"],
    ],
)  # fmt: skip
def test_the_day_may_be_a_serial_or_stand_in_several_cells_or_end_a_span(read, cells):
    report = read(workbook([cells, *bare(ROWS)]), "BC Bong Son.xlsx")

    assert (str(report.report_date), report.findings) == ("2021-08-16", ())


@pytest.mark.parametrize("year", [2012, 2201])
def test_a_year_that_is_a_slip_is_said_and_the_names_day_taken(read, year):
    line = f"(ngày 16 tháng 8 năm {year})"
    alone, named = on(read, line), on(read, line, file="BC Bong Son 16-8.xlsx")

    assert found(alone) == [("date_outside_campaign", "Sheet1!A1")]
    assert str(named.report_date) == "2021-08-16"
    assert found(named) == [("date_conflict", "Sheet1!A1")]


def test_a_name_that_says_two_days_contradicts_neither(reader):
    content = workbook({"16-8": bare(ROWS), "17-8": bare(ROWS)})
    reports = reader.read(content, "BC Bong Son 16-8 va 17-8.xlsx")

    assert [str(report.report_date) for report in reports] == ["2021-08-16", "2021-08-17"]
    assert all(report.findings == () for report in reports)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("BC Hoài Châu - Bắc 16-8", "21646"),
        ("Hoai Chau_Bac 16-8", "21646"),
        ("HoaiChau(Bac) 16-8", "21646"),
        ("Hoài Châu [Bắc] 16-8", "21646"),
        ("Tam Quan – Bắc 16-8", "21655"),
        ("Hoài Châu - bản 2 16-8", "21649"),
    ],
)
def test_the_longest_name_wins_over_the_breaks_in_a_files_or_a_sheets_name(read, name, code):
    table = [*BLANK, *bare(people([45, 38, 52], places=["Xóm Lạ"]))]

    assert read(workbook(table), f"{name}.xlsx").unit_code == code
    if "[" not in name:  # which Excel allows in no sheet's name
        assert read(workbook({name: table}), "16-8.xlsx").unit_code == code


def test_a_unit_written_in_parts_in_its_row_is_read_as_one(reader):
    rows = [["Đơn vị", "Lũy kế"], ["Tam Quan - Bắc", 50], ["Tam Quan", 60]]
    reports = reader.read(workbook(rows), "16-8.xlsx")

    assert [report.unit_code for report in reports] == ["21655", "21637"]
