"""Mẫu 01 in an agency's own words: other labels, a table of two rows, a sentence, bare numbers."""

import pytest
from making import HEAD, people, word, workbook

TITLE = ["BÁO CÁO", "Tình hình cài đặt ứng dụng Bluezone"]
NAME = "PHÒNG NỘI VỤ"
COUNTS = ("staff_total", "staff_denominator", "staff_numerator")


def counts(report) -> tuple:
    return tuple(report.facts.get(name) for name in COUNTS)


def rules(report) -> set[str]:
    return {f.rule for f in report.findings} - {
        "date_missing", "qr_missing", "qr_photo_missing",
    }  # fmt: skip


def assert_read(report, *, confidence=None, found=()):
    assert (report.form, report.unit_code) == ("mau01", "CQ003")
    assert counts(report) == (12, 11, 10)
    assert (report.reading_confidence, rules(report)) == (confidence, set(found))


@pytest.mark.parametrize(
    "lines",
    [
        ["Tổng số CB, CC, VC, NLĐ: 12", "Số CB có Smartphone: 11", "Số người đã cài: 10"],
        ["1. Tổng số CBGVNV: 12", "2. Số CBGVNV có ĐTTM: 11", "3. Số CBGVNV đã cài đặt: 10"],
        ["Tổng số cán bộ, nhân viên của đơn vị: 12", "Số có smartphone ..... 11", "Đã cài: 10/11"],
        ["Tổng số CB: 12", "Số CB dùng điện thoại thông minh: 11", "Đã cài đặt Bluezone: 10/11"],
        ["Tổng số CBCCVC-NLĐ: 12 người", "Có smartphone: 11 người", "Số CB cài Bluezone: 10 người"],
        ["TONG SO CB CC: 12", "SO CB CC CO SMARTPHONE: 11", "SO CB CC DA CAI BLUEZONE: 10"],
    ],
)
def test_labels_in_other_words_are_the_forms(read, lines):
    assert_read(read("\n".join([NAME, *TITLE, *lines]).encode(), "a.txt"))


LABELS = ["Tổng số CB", "Số CB có smartphone", "Số CB đã cài Bluezone"]
BESIDE = [[label, n] for label, n in zip(LABELS, (12, 11, 10), strict=True)]
MEASURED = [[label, "người", n] for label, n in BESIDE]
BELOW = [cell for label, n in BESIDE for cell in ([label], [n])]
NUMBERED = [["TT", "Nội dung", "Số lượng"], *[[i + 1, *row] for i, row in enumerate(BESIDE)]]
TWO_ROWS = [LABELS, [12, 11, 10]]


@pytest.mark.parametrize("rows", [BESIDE, MEASURED, BELOW, NUMBERED, TWO_ROWS])
def test_in_a_workbook_the_numbers_stand_beside_the_labels_or_below_them(read, rows):
    assert_read(read(workbook([[NAME], *[[t] for t in TITLE], *rows]), "a.xlsx"))


@pytest.mark.parametrize("rows", [BESIDE, NUMBERED, TWO_ROWS])
def test_in_a_document_too(read, rows):
    assert_read(read(word(NAME, *TITLE, rows), "a.docx"))


@pytest.mark.parametrize("head", [LABELS, ["Tổng số", "Có smartphone", "Đã cài"]])
def test_a_table_of_two_rows_may_name_the_agency_beside_its_numbers(read, head):
    assert_read(
        read(workbook([["Cơ quan, đơn vị", *head], ["Phòng Nội vụ", 12, 11, 10]]), "a.xlsx")
    )


def test_a_blank_form_takes_no_number_from_the_line_below(read):
    report = read("\n".join([NAME, *TITLE, *LABELS]).encode(), "a.txt")

    assert (report.unit_code, counts(report)) == ("CQ003", (None, None, None))


@pytest.mark.parametrize(
    "message",
    [
        "Phòng Nội vụ: tổng 12, có smartphone 11, đã cài 10",
        "Phòng Nội vụ báo cáo: tổng số CBCC 12 người, 11 người có smartphone, 10 người đã cài",
        "Phòng Nội vụ có 12 CBCC, trong đó 11 đ/c dùng ĐTTM và 10 đ/c đã cài Bluezone ạ",
        "Kính gửi Phòng VHTT. Phòng Nội vụ: 12 cán bộ; 11 có smartphone; đã cài 10/11",
        "[18/8 9:05] Lan: P. Nội vụ gửi báo cáo 18/8: 12 CBCC, 11 có smartphone, 10 đã cài",
        "[18/8 9:05] Phòng Nội vụ: tổng 12, smartphone 11, cài 10",
        "Phòng Nội vụ\n- Tổng: 12\n- Smartphone: 11\n- Đã cài: 10\nSĐT liên hệ 0912345678",
    ],
)
def test_a_message_says_the_three_numbers_in_a_sentence(read, message):
    assert_read(read(message.encode(), "zalo.txt"))


def test_a_body_of_two_fields_may_be_called_by_the_first(read):
    report = read("Phòng Tài chính: tổng 12, có smartphone 11, đã cài 10".encode(), "zalo.txt")

    assert (report.unit_code, counts(report)) == ("CQ002", (12, 11, 10))


def test_several_agencies_in_one_message_are_read_each(reader):
    said = (
        "Phòng Nội vụ: tổng 12, smartphone 11, cài 10\nPhòng Tư pháp: tổng 6, smartphone 6, cài 5"
    )
    reports = reader.read(said.encode(), "zalo.txt")

    assert [(r.unit_code, counts(r)) for r in reports] == [
        ("CQ003", (12, 11, 10)), ("CQ004", (6, 6, 5)),
    ]  # fmt: skip


def test_a_log_holds_messages_of_communes_and_agencies(reader):
    said = (
        "[18/8 9:05] An: Phòng Nội vụ: tổng 12, smartphone 11, cài 10\n"
        "[18/8 9:07] Bình: Phường Bồng Sơn 18/8 lũy kế 5432"
    )
    reports = reader.read(said.encode(), "zalo.txt")

    assert {(r.form, r.unit_code) for r in reports} == {("mau01", "CQ003"), ("mau02", "21640")}


@pytest.mark.parametrize(
    ("content", "file"),
    [
        ("Phòng Nội vụ\n12\n11\n10".encode(), "a.txt"),
        (word("Phòng Nội vụ", "12", "11", "10"), "a.docx"),
        (workbook([["Phòng Nội vụ"], [12], [11], [10]]), "a.xlsx"),
        (workbook([["Phòng Nội vụ", 12, 11, 10]]), "a.xlsx"),
        (b"12\n11\n10", "Phòng Nội vụ.txt"),
        ("Phòng Nội vụ: 12, 11, 10".encode(), "a.txt"),
    ],
)
def test_three_bare_numbers_under_a_name_are_read_with_low_confidence(read, content, file):
    assert_read(read(content, file), confidence="low", found={"reading_low_confidence"})


def test_a_lone_part_of_a_whole_is_read_with_low_confidence(read):
    report = read("PHÒNG NỘI VỤ\nĐã cài đặt Bluezone: 45/50".encode(), "a.txt")

    assert (report.unit_code, counts(report)) == ("CQ003", (None, 50, 45))
    assert report.reading_confidence == "low"


@pytest.mark.parametrize(
    "message",
    [
        "Phòng Nội vụ\n10\n11\n12",  # in no order that can be all staff, smartphones, installed
        "Phòng Nội vụ đã cài đặt đầy đủ cho toàn thể cán bộ",
        "Phòng Nội vụ đã cài 10",
        "Phòng Nội vụ: tổng 12, tổng 13, đã cài 10, đã cài 9",
    ],
)
def test_what_cannot_be_read_is_received_and_named(read, message):
    report = read(message.encode(), "zalo.txt")

    assert (report.unit_code, report.usable) == ("CQ003", False)
    assert "error" in {f.severity for f in report.findings}


def test_a_document_of_no_form_is_its_letterheads(read):
    report = read(word("UBND THỊ XÃ HOÀI NHƠN", NAME, "THÔNG BÁO", "Về việc nghỉ lễ"), "a.docx")

    assert (report.form, report.unit_code, rules(report)) == (None, "CQ003", {"form_unknown"})


def test_the_tables_of_communes_are_still_theirs(read):
    report = read(workbook([["UBND PHƯỜNG BỒNG SƠN"], HEAD, *people([7, 11, 13])]), "a.xlsx")

    assert (report.form, report.unit_code) == ("mau02", "21640")
