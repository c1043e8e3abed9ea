"""Which reports go back, to which folder, in which form."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from openpyxl import load_workbook

from tests.correspondence.desk import BAD_COUNT, BAD_PHONE, faulty, list_rows, opened, sound, texts
from tests.correspondence.test_documents import document
from tests.intake.making import word, workbook
from tests.tables.tiny import AN, BINH

BROKEN = b"PK\x03\x04 cut short"
MAU_01 = [
    "PHÒNG NỘI VỤ", "BÁO CÁO", "- Mã QR Code cơ quan, đơn vị đã tạo: BZ-1",
    "- Tổng số cán bộ, CC, VC, người lao động: 20",
    "- Số cán bộ, CC, VC, người lao động có Smartphone: 18",
    "- Số cán bộ, CC, VC, người lao động đã cài đặt Bluezone: {}",
]  # fmt: skip


def mau01(installed: int) -> bytes:
    return word(*[line.format(installed) for line in MAU_01])


def folders(desk, about: int = 16) -> list[str]:
    return [one.path.relative_to(desk.returns).as_posix() for one in desk.send(about)]


@pytest.mark.slow
def test_a_file_that_cannot_be_opened_gives_the_list_and_the_rest_of_the_day_goes_on(desk):
    desk.put("An Binh 16-8.xlsx", BROKEN)
    desk.put("Binh Minh 16-8.xlsx", faulty("Xã Bình Minh"))

    assert folders(desk) == [
        f"{AN}/An Binh 16-8 (cần sửa).txt",
        f"{BINH}/Binh Minh 16-8 (cần sửa).xlsx",
    ]


def test_the_list_is_a_text_that_notepad_shows(desk):
    desk.put("An Binh 16-8.xlsx", BROKEN)

    content = desk.sent_one().path.read_bytes()

    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "DANH SÁCH NỘI DUNG CẦN SỬA",
        "",
        "Kính gửi: xã An Bình",
        "Báo cáo ngày 16/8/2021, tệp “An Binh 16-8.xlsx”, nhận lúc 14h00\xa0ngày\xa016/8/2021.",
        "Đề nghị đơn vị sửa tệp đã gửi theo danh sách dưới đây rồi gửi lại về PHÒNG.",
        "",
        "1. Toàn bộ báo cáo",
        "   Tệp bị hỏng hoặc gửi chưa trọn\xa0[F1].",
        "   Việc cần làm: Mở bằng Excel hoặc Word, lưu lại rồi gửi tệp mới.",
        "",
    ]


@pytest.mark.slow
def test_a_report_of_nobody_known_lies_in_a_folder_for_the_analyst(desk):
    desk.put("bao cao.xlsx", faulty("....."))

    sent = desk.sent_one()

    name = "_chua-ro-don-vi/bao cao (cần sửa).xlsx"
    assert sent.path.relative_to(desk.returns).as_posix() == name
    assert any("xác định đơn vị" in text for text in texts(opened(sent)))


@pytest.mark.slow
def test_what_a_newer_report_has_answered_does_not_go_back(desk):
    desk.put("An Binh 16-8.xlsx", BROKEN, "16 13:00")
    desk.put("An Binh 16-8 lan 2.xlsx", faulty("Xã An Bình"), "16 14:00")
    assert folders(desk) == [f"{AN}/An Binh 16-8 lan 2 (cần sửa).xlsx"]

    desk.put("An Binh 16-8 lan 3.xlsx", sound("Xã An Bình"), "16 16:00")

    assert desk.send() == []


@pytest.mark.slow
def test_a_broken_file_after_a_good_one_does_go_back(desk):
    """It was meant as a correction, and nobody would know."""
    desk.put("An Binh 16-8.xlsx", sound("Xã An Bình"), "16 13:00")
    desk.put("An Binh 16-8 sua.xlsx", BROKEN, "16 14:00")

    assert folders(desk) == [f"{AN}/An Binh 16-8 sua (cần sửa).txt"]


@pytest.mark.slow
def test_a_report_goes_back_with_its_own_day_alone(desk):
    desk.put("An Binh 15-8.xlsx", faulty("Xã An Bình", 15), "15 14:00")
    desk.put("An Binh 16-8.xlsx", sound("Xã An Bình", 16), "16 14:00")

    assert folders(desk, 15) == [f"{AN}/An Binh 15-8 (cần sửa).xlsx"]
    assert desk.send(16) == []


@pytest.mark.slow
def test_a_report_about_a_day_outside_the_campaign_goes_back_with_the_day_it_came(desk):
    desk.put("An Binh.xlsx", sound("Xã An Bình", 29), "16 14:00")

    assert [one.item.folder for one in desk.send(16)] == [AN]
    assert desk.send(17) == []


@pytest.mark.slow
def test_an_agency_s_report_goes_back_until_a_better_one_comes(desk):
    desk.put("Phong Noi vu.docx", mau01(19), "17 09:00")
    assert [folders(desk, about) for about in (16, 17, 18)] == [
        [],
        ["CQ1/Phong Noi vu (cần sửa).docx"],
        ["CQ1/Phong Noi vu (cần sửa) 2.docx"],
    ]

    desk.put("Phong Noi vu sua.docx", mau01(18), "18 09:00")

    assert [desk.send(about) for about in (17, 18, 19)] == [[], [], []]


@pytest.mark.slow
def test_a_file_saved_over_since_gives_the_list_alone(desk):
    """The cells that the findings name are no longer those of the file."""
    desk.put("An Binh 16-8.xlsx", faulty("Xã An Bình"), "16 14:00")
    desk.day()
    desk.put("An Binh 16-8.xlsx", BROKEN, "16 15:30")

    assert sorted(folders(desk)) == [
        f"{AN}/An Binh 16-8 (cần sửa) 2.txt",
        f"{AN}/An Binh 16-8 (cần sửa).txt",
    ]


@pytest.mark.slow
def test_of_an_archive_each_gets_its_own_report_marked(desk):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hom nay/An Binh 16-8.xlsx", workbook(faulty("Xã An Bình")))
        archive.writestr("hom nay/Binh Minh 16-8.docx", document("Xã Bình Minh"))
    desk.put("gui chung.zip", stream.getvalue())

    sent = desk.send()

    assert [one.path.relative_to(desk.returns).as_posix() for one in sent] == [
        f"{AN}/An Binh 16-8 (cần sửa).xlsx",
        f"{BINH}/Binh Minh 16-8 (cần sửa).docx",
    ]
    assert opened(sent[0])["Sheet1"][BAD_PHONE].comment


@pytest.mark.slow
def test_a_workbook_of_an_old_format_comes_back_as_a_copy_with_the_same_cells(desk):
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("Ngày 16")
    for r, row in enumerate(faulty("Xã An Bình")):
        for c, value in enumerate(row):
            sheet.write(r, c, value)
    stream = io.BytesIO()
    book.save(stream)
    desk.put("An Binh 16-8.xls", stream.getvalue())

    sent = desk.sent_one()

    copy = load_workbook(sent.path)
    assert sent.path.suffix == ".xlsx" and copy.sheetnames == ["Cần sửa", "Ngày 16"]
    assert copy["Ngày 16"][BAD_PHONE].value == "09123" and copy["Ngày 16"][BAD_PHONE].comment
    assert copy["Ngày 16"][BAD_COUNT].comment and copy["Ngày 16"]["E12"].value == 9
    assert any("không giữ định dạng" in text for text in texts(copy))


@pytest.mark.slow
def test_a_delimited_text_comes_back_as_a_sheet_with_its_lines_as_rows(desk):
    stream = io.StringIO()
    csv.writer(stream).writerows(faulty("Xã An Bình"))
    desk.put("An Binh 16-8.csv", stream.getvalue().encode("utf-8-sig"))

    copy = opened(desk.sent_one())

    assert copy["Số liệu"][BAD_PHONE].value == "09123" and copy["Số liệu"][BAD_PHONE].comment
    assert [row[0] for row in list_rows(copy)] == [
        "Trang “Số liệu”, ô D14",
        "Trang “Số liệu”, ô E16",
    ]


def test_two_files_of_one_name_do_not_overwrite_one_another(desk):
    desk.put("sang/An Binh.xlsx", BROKEN, "16 13:00")
    desk.put("chieu/An Binh.xlsx", BROKEN + b"!", "16 14:00")

    assert folders(desk) == [f"{AN}/An Binh (cần sửa).txt", f"{AN}/An Binh (cần sửa) 2.txt"]


@pytest.mark.slow
def test_a_name_that_windows_refuses_is_made_one_that_it_takes(desk):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr('An Binh: "16-8"?.xlsx', workbook(faulty("Xã An Bình")))
    desk.put("a.zip", stream.getvalue())

    assert desk.sent_one().path.name == "An Binh_ _16-8__ (cần sửa).xlsx"
