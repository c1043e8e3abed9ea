"""Receipts to paste into a chat: what was received, how it was read, until when to mend it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from briefing.correspondence.receipts import receipts, write_receipts
from briefing.correspondence.reminders import reminders
from briefing.params.files import Localized
from tests.correspondence.desk import BAD_COUNT, COUNTS, faulty, sound
from tests.correspondence.test_returns import mau01


@pytest.mark.slow
def test_a_sender_is_told_the_figure_the_reading_and_the_deadline(desk):
    desk.put("An Binh.xlsx", sound("Xã An Bình"), "16 14:20")

    (receipt,) = desk.receipts("16 14:30")

    assert receipt.heading == "Xã An Bình – 40"  # 9 + 4 + 12 + 3 + 7 + 5
    assert receipt.text == (
        "Kính gửi xã An Bình,\n"
        "PHÒNG đã nhận lúc 14 giờ 20 ngày 16/8/2021 báo cáo Chiến dịch nhỏ ngày 16/8/2021 của đơn "
        "vị: lũy kế 40 người. Cách hiểu: mỗi dòng là một người vận động, ghi số lũy kế của người "
        "đó. Nếu không đúng, đề nghị đơn vị gửi lại trước 15 giờ 00 ngày 16/8/2021.\n"
        "Trân trọng cảm ơn./."
    )


@pytest.mark.slow
def test_after_the_deadline_it_is_to_be_sent_again_at_once(desk):
    desk.put("An Binh.xlsx", sound("Xã An Bình"), "16 15:20")

    (receipt,) = desk.receipts("16 15:30")

    assert "nhận lúc 15 giờ 20" in receipt.text
    assert "Nếu không đúng, đề nghị đơn vị gửi lại ngay." in receipt.text


def test_at_the_deadline_itself_it_is_too_late_to_mend_in_time(desk):
    desk.put("An Binh.xlsx", sound("Xã An Bình"), "16 14:20")

    assert "gửi lại trước 15 giờ 00" in desk.receipts("16 14:59")[0].text
    assert "gửi lại ngay" in desk.receipts("16 15:00")[0].text


@pytest.mark.slow
def test_the_difference_to_the_report_before_is_said_with_its_days_and_a_fall_with_its_doubt(desk):
    desk.put("16/An Binh.xlsx", sound("Xã An Bình"), "16 14:00")
    desk.put("18/An Binh.xlsx", sound("Xã An Bình", 18, [n + 1 for n in COUNTS]), "18 14:00")
    desk.put("16/Binh Minh.xlsx", sound("Xã Bình Minh"), "16 14:00")
    desk.put("18/Binh Minh.xlsx", sound("Xã Bình Minh", 18, [n - 1 for n in COUNTS]), "18 14:00")

    rise, fall = desk.receipts("18 14:30", 18)

    assert "lũy kế 46 người, tăng 6 người so với báo cáo trước (2 ngày)." in rise.text
    assert "chờ xác minh" not in rise.text
    assert "lũy kế 34 người, giảm 6 người so với báo cáo trước (2 ngày)." in fall.text
    assert "Số liệu này đang chờ xác minh: " in fall.text


def test_rows_that_were_not_counted_are_told(desk):
    desk.put("An Binh.xlsx", faulty("Xã An Bình"), "16 14:00")

    (receipt,) = desk.receipts("16 14:30")

    assert BAD_COUNT == "E16"  # one count in words
    assert "Đã tính 5/6 dòng." in receipt.text


def test_the_newest_report_of_a_unit_has_the_receipt_and_one_that_cannot_be_used_has_none(desk):
    desk.put("1.xlsx", sound("Xã An Bình"), "16 10:00")
    desk.put("2.xlsx", sound("Xã An Bình", 16, [n + 2 for n in COUNTS]), "16 11:00")
    desk.put("Binh Minh 16-8.xlsx", b"PK broken", "16 12:00")

    (receipt,) = desk.receipts("16 14:30")

    assert "lũy kế 52 người" in receipt.text and "nhận lúc 11 giờ 00" in receipt.text


@pytest.mark.slow
def test_an_agency_has_its_receipt_on_the_day_that_its_report_came(desk):
    desk.put("phong.docx", mau01(38), "16 09:00")

    (receipt,) = desk.receipts("16 14:30")

    assert "(Mẫu 01)" in receipt.text and "38 người đạt được" in receipt.text
    assert desk.receipts("17 14:30", 17) == []


@pytest.mark.slow
def test_the_file_says_whose_receipts_it_holds_and_that_there_are_none(desk, tmp_path):
    desk.put("An Binh.xlsx", sound("Xã An Bình"), "16 14:20")
    path = tmp_path / "receipts.txt"

    write_receipts(desk.day(), desk.moment("16 14:30"), path)
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "TIN NHẮN XÁC NHẬN ĐÃ NHẬN BÁO CÁO NGÀY 16/8/2021"
    assert "Kính gửi xã An Bình," in lines

    write_receipts(desk.day(15), desk.moment("15 16:00"), path)
    assert "Chưa nhận được báo cáo nào dùng được." in path.read_text(encoding="utf-8-sig")


@pytest.mark.slow
def test_nobody_writes_a_letter_to_himself(desk):
    """The agency that sends the letters is one of those that report."""
    desk.put("phong.docx", mau01(38), "16 09:00")
    day = desk.day()
    name = day.bodies.loc[day.bodies["report"].notna(), "body_name"].iloc[0]
    writes = day.campaign.correspondence.model_copy(update={"sender": Localized(vi=name, en=name)})
    own = replace(day, campaign=day.campaign.model_copy(update={"correspondence": writes}))

    assert len(receipts(day, desk.moment("16 14:30"))) == 1
    assert receipts(own, desk.moment("16 14:30")) == []
    late = replace(own, bodies=own.bodies.assign(status="missing"))
    (everybody,) = [r for r in reminders(late, [], desk.moment("21 09:00")) if "Mẫu 01" in r.text]
    assert everybody.text.count(name) == 1  # as who writes
