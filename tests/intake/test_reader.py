"""Both forms as the letter prints them, through the command; and files that are no reports."""

import io
import json
import zipfile
from itertools import product

import pytest
from making import (
    ANSWERS_01,
    BODY,
    LABELS_01,
    MOTTO,
    NATION,
    PARAMS,
    as_word,
    bare,
    lines_of_mau02,
    mau01_lines,
    mau02,
    people,
    word,
    workbook,
)
from photographing import as_file, poster

from briefing.intake.apart import read_report

ROWS = people([45, 38, 52])
FACTS_02 = {"installs_cumulative": 135, "installs_new": None, "distinct_phones": 3}
FACTS_01 = {
    "staff_total": 45,
    "staff_smartphone": 43,
    "staff_installed": 40,
    "qr_code": "BZ-2021-0045",
    "qr_creator_phone": "0912xxx678",
    "qr_photo": False,
    "qr_photo_decoded": None,
}
FILLED = [
    ": {}",
    ": ……{}……",
    ": ..... {} .....",
    ":{}",
    ": .....{}",
    ": {} .....",
    "………{}",
    ": {}.",
]


def rules(report: dict) -> list[str]:
    return [finding["rule"] for finding in report["findings"]]


@pytest.mark.parametrize("layout", ["paragraphs", "breaks", "two columns"])
def test_mau_02_typed_into_word_as_printed_comes_through_without_a_finding(check, layout):
    report = check(as_word(lines_of_mau02(), layout, bare(ROWS)), "mau 02.docx")

    assert report["findings"] == []
    assert report["form"] == "mau02"
    assert (report["unit_code"], report["unit_name"]) == ("21640", "Phường Bồng Sơn")
    assert report["report_date"] == "2021-08-16"
    assert (report["reading"], report["reading_confidence"]) == ("per_person", "high")
    assert report["facts"] == FACTS_02
    assert (report["rows_read"], report["rows_used"], report["rows_set_aside"]) == (3, 3, 0)


@pytest.mark.parametrize("two_columns", [False, True])
def test_mau_02_typed_into_excel_as_printed_comes_through_without_a_finding(check, two_columns):
    rows = mau02(ROWS)
    if two_columns:
        rows[1:7] = [
            ["ỦY BAN NHÂN DÂN", None, None, NATION],
            ["PHƯỜNG BỒNG SƠN", None, None, MOTTO],
            [".....", None, None, "....."],
            [None, None, None, "Bồng Sơn, ngày 16 tháng 8 năm 2021"],
        ]
    report = check(workbook(rows), "mau 02.xlsx")

    assert report["findings"] == []
    assert (report["unit_code"], report["report_date"]) == ("21640", "2021-08-16")
    assert report["facts"] == FACTS_02


@pytest.mark.parametrize(("filled", "layout"), [*product(FILLED, ["paragraphs", "breaks"])])
def test_mau_01_typed_into_word_as_printed_lacks_only_its_photo(check, filled, layout):
    report = check(as_word(mau01_lines(filled), layout), "mau 01.docx")

    assert rules(report) == ["qr_photo_missing"]
    assert report["form"] == "mau01"
    assert (report["unit_code"], report["unit_name"]) == ("CQ005", "Phòng Văn hóa và Thông tin")
    assert report["report_date"] == "2021-08-18"
    assert report["facts"] == FACTS_01
    assert (report["rows_read"], report["rows_used"]) == (3, 3)


@pytest.mark.parametrize("filled", [": {} người", ": ……{} người……", ": {} (người)"])
def test_a_number_of_mau_01_may_be_followed_by_what_is_counted(check, filled):
    lines = mau01_lines()
    for i, (label, answer) in enumerate(zip(LABELS_01[2:], ANSWERS_01[2:], strict=True)):
        lines[9 + i] = label + filled.format(answer)
    report = check(as_word(lines, "paragraphs"), "mau 01.docx")

    assert rules(report) == ["qr_photo_missing"]
    assert report["facts"] == FACTS_01


@pytest.mark.parametrize("layout", ["paragraphs", "breaks", "two columns"])
def test_the_printed_words_above_the_agencys_name_do_not_matter(check, layout):
    lines = mau01_lines(body=("TÊN CƠ QUAN, ĐƠN VỊ", BODY))
    report = check(as_word(lines, layout), "mau 01.docx")

    assert rules(report) == ["qr_photo_missing"]
    assert report["unit_code"] == "CQ005"
    assert report["facts"] == FACTS_01


def test_mau_01_typed_into_excel_as_lines_lacks_only_its_photo(check):
    report = check(workbook([[line] for line in mau01_lines(": ……{}……")]), "mau 01.xlsx")

    assert rules(report) == ["qr_photo_missing"]
    assert report["unit_code"] == "CQ005"
    assert report["facts"] == FACTS_01


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_mau_01_as_a_table_of_two_columns_lacks_only_its_photo(check, kind):
    values = [ANSWERS_01[0], ANSWERS_01[1], 45, "43 người", "……40……"]
    table = [[label, value] for label, value in zip(LABELS_01, values, strict=True)]
    lines = mau01_lines()[:7]
    content = word(*lines, table) if kind == "docx" else workbook([*[[x] for x in lines], *table])
    report = check(content, f"mau 01.{kind}")

    assert rules(report) == ["qr_photo_missing"]
    assert report["facts"] == FACTS_01


def test_a_document_with_a_picture_has_its_photo(check):
    report = check(with_picture(as_word(mau01_lines(), "paragraphs")), "mau 01.docx")

    assert report["findings"] == []
    assert report["facts"]["qr_photo"] is True
    assert report["facts"]["qr_photo_decoded"] == ANSWERS_01[1]


def with_picture(content: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/media/image1.png", as_file(poster(ANSWERS_01[1]), "PNG"))
    return stream.getvalue()


# Several reports in a file


def test_a_second_sheet_that_is_empty_is_no_report(reader):
    reports = reader.read(workbook({"Sheet1": mau02(ROWS), "Sheet2": []}), "a.xlsx")

    assert [report.facts["numerator_cumulative"] for report in reports] == [135]


def test_two_days_on_two_sheets_are_two_submissions(reader):
    seventeen = mau02(
        people([50, 40, 60]),
        day="(ngày 17 tháng 8 năm 2021)",
        signed="Bồng Sơn, ngày 17 tháng 8 năm 2021",
    )
    reports = reader.read(workbook({"16-8": mau02(ROWS), "17-8": seventeen}), "a.xlsx")

    assert [
        (r.part, str(r.report_date), r.facts["numerator_cumulative"], r.findings) for r in reports
    ] == [(0, "2021-08-16", 135, ()), (1, "2021-08-17", 150, ())]


def test_the_command_prints_one_line_for_each_report_of_a_file(tmp_path, campaign):
    from click.testing import CliRunner

    from briefing.cli import main

    path = tmp_path / "hai ngay.xlsx"
    path.write_bytes(workbook({"16-8": bare(ROWS), "17-8": bare(ROWS)}))
    run = CliRunner().invoke(main, ["check", "--json", "--params", str(PARAMS), str(path)])
    days = [json.loads(line)["report_date"] for line in run.stdout.splitlines()]

    assert days == ["2021-08-16", "2021-08-17"]


def test_a_chart_sheet_is_no_hindrance(reader):
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(workbook(mau02(ROWS))))
    book.create_chartsheet("Biểu đồ", 0)
    stream = io.BytesIO()
    book.save(stream)
    (report,) = reader.read(stream.getvalue(), "a.xlsx")

    assert report.facts["numerator_cumulative"] == 135


def test_a_file_on_disk_is_read_by_its_path(tmp_path, campaign):
    path = tmp_path / "BC Bong Son 16-8.xlsx"
    path.write_bytes(workbook(bare(ROWS)))
    (report,) = read_report(path, campaign)

    assert (report.unit_code, report.file) == ("21640", path.as_posix())


def test_a_lock_file_given_by_hand_names_the_file_to_take_instead(read):
    (finding,) = read(b"\x06Nguyen", "~$C Bong Son 16-8.xlsx").findings

    assert (finding.severity, finding.rule) == ("info", "form_unknown")
    assert "Đóng tài liệu lại" in str(finding.suggestion)
    assert "“C Bong Son 16-8.xlsx”" in str(finding.suggestion)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.zip", b"PK\x03\x04 cut short"), ("a.rar", b"Rar!\x1a\x07\x00"), 
     ("a.mp4", bytes(range(99))), ("a.exe", b"MZ\x90\x00\x03" * 9)],
)  # fmt: skip
def test_nobody_is_told_to_open_in_excel_what_excel_does_not_open(read, name, content):
    (finding,) = read(content, name).findings

    assert finding.rule == "file_unreadable"
    assert "Mở bằng Excel" not in str(finding.suggestion)


def test_a_damaged_workbook_is_to_be_saved_again(read):
    (finding,) = read(b"PK\x03\x04 cut short", "a.xlsx").findings

    assert "Mở bằng Excel hoặc Word" in str(finding.suggestion)
