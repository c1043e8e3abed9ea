"""Messages to paste into a chat: who, what is needed, by when."""

from __future__ import annotations

import pytest

from briefing.correspondence.reminders import write_reminders
from tests.correspondence.desk import faulty, sound
from tests.correspondence.test_returns import BROKEN, mau01

REPORTING = ("An Bình", "Bình Minh", "Cát Tường", "Đông Hải")


def everybody(desk, about: int = 16, at: str = "14:00", but: tuple[str, ...] = ()) -> None:
    for name in REPORTING:
        if name not in but:
            desk.put(f"{name} {about}-8.xlsx", sound(f"Xã {name}", about), f"{about} {at}")


@pytest.mark.slow
def test_before_the_deadline_who_has_not_reported_is_reminded_of_it_and_of_nothing_else(desk):
    everybody(desk, but=("Cát Tường",))

    (reminder, _bodies) = desk.reminders("16 14:30")

    assert reminder.heading == "Xã Cát Tường – chưa đến hạn"
    assert reminder.text == (
        "Kính gửi xã Cát Tường,\n"
        "PHÒNG kính nhắc đơn vị báo cáo Chiến dịch nhỏ ngày 16/8/2021 (Mẫu 02). "
        "Đề nghị đơn vị gửi trước 15 giờ 00 ngày 16/8/2021.\n"
        "Trân trọng cảm ơn./."
    )


@pytest.mark.slow
def test_after_the_deadline_it_is_asked_for_at_once_and_the_next_in_time(desk):
    everybody(desk, but=("Cát Tường",))

    (reminder, _bodies) = desk.reminders("16 15:00")

    assert reminder.heading == "Xã Cát Tường – chưa báo cáo"
    assert "PHÒNG chưa nhận được báo cáo" in reminder.text
    assert "Đề nghị đơn vị gửi ngay khi nhận được tin này." in reminder.text
    assert "Báo cáo ngày 17/8/2021 đề nghị gửi trước 15 giờ 00 ngày 17/8/2021." in reminder.text


@pytest.mark.slow
def test_a_run_made_days_later_asks_for_no_deadline_that_is_past(desk):
    everybody(desk, but=("Cát Tường", "An Bình"))
    desk.put("An Binh 16-8.xlsx", sound("Xã An Bình"), "16 15:42")

    late, missing, bodies = desk.reminders("21 09:00")

    assert "gửi ngay" in missing.text and "17/8" not in missing.text
    assert "17/8" not in late.text and "gửi ngay" not in late.text
    assert "Thời hạn gửi là hết ngày 19/8/2021, đã quá 2 ngày. Đề nghị gửi ngay" in bodies.text


@pytest.mark.slow
def test_on_the_last_day_no_next_report_is_spoken_of(desk):
    everybody(desk, 19, but=("Cát Tường",))

    (reminder, _bodies) = desk.reminders("19 15:30", 19)

    assert "20/8" not in reminder.text and "gửi ngay" in reminder.text


@pytest.mark.slow
def test_who_was_late_is_told_when_and_asked_for_nothing_but_the_next(desk):
    everybody(desk, but=("An Bình",))
    desk.put("An Binh 16-8.xlsx", sound("Xã An Bình"), "16 15:42")

    (reminder, _bodies) = desk.reminders("16 16:00")

    assert reminder.heading == "Xã An Bình – trễ hạn"
    assert "lúc 15 giờ 42 ngày 16/8/2021, sau thời hạn quy định" in reminder.text
    assert "gửi ngay" not in reminder.text and "Báo cáo ngày 17/8/2021" in reminder.text


@pytest.mark.slow
def test_who_has_faults_gets_one_message_that_names_the_attached_copy(desk):
    everybody(desk, but=("An Bình",))
    desk.put("An Binh 16-8.xlsx", faulty("Xã An Bình"), "16 14:00")

    (reminder, _bodies) = desk.reminders("16 14:30")

    assert reminder.heading == "Xã An Bình – 2 nội dung cần sửa"
    assert "mở tệp “An Binh 16-8 (cần sửa).xlsx” gửi kèm, sửa những chỗ tô màu" in reminder.text
    assert "Đề nghị đơn vị gửi lại trước 15 giờ 00 ngày 16/8/2021." in reminder.text


@pytest.mark.slow
def test_a_report_that_could_not_be_read_says_why_and_what_to_do(desk):
    everybody(desk, but=("An Bình",))
    desk.put("An Binh 16-8.xlsx", BROKEN, "16 14:00")

    (reminder, _bodies) = desk.reminders("16 16:00")

    assert reminder.heading == "Xã An Bình – đã nhận, chưa dùng được, 1 nội dung cần sửa"
    assert "đã nhận báo cáo" in reminder.text
    assert "(tệp “An Binh 16-8.xlsx”) nhưng chưa dùng được" in reminder.text
    assert "tệp bị hỏng hoặc gửi chưa trọn. Mở bằng Excel hoặc Word" in reminder.text


@pytest.mark.slow
def test_a_copy_of_the_day_before_is_asked_for_the_figures_of_the_day(desk):
    desk.put("An Binh 15-8.xlsx", sound("Xã An Bình", 15), "15 14:00")
    everybody(desk)

    (reminder, _bodies) = desk.reminders("16 16:00")

    assert reminder.heading == "Xã An Bình – không có số liệu mới"  # and nothing else to correct
    assert "Đề nghị đơn vị bổ sung số liệu của đúng ngày này." in reminder.text


@pytest.mark.slow
def test_agencies_that_have_not_reported_share_one_message_near_their_day(desk):
    everybody(desk)

    (reminder,) = desk.reminders("16 14:30")

    assert reminder.heading == "Cơ quan, đơn vị: 2 nơi chưa đến hạn"
    assert reminder.text == (
        "Kính gửi các cơ quan, đơn vị,\n"
        "PHÒNG kính nhắc các cơ quan, đơn vị sau đây gửi báo cáo Chiến dịch nhỏ (Mẫu 01):\n"
        "1. Phòng Nội vụ\n"
        "2. Phòng Tư pháp\n"
        "Đề nghị gửi chậm nhất hết ngày 19/8/2021. Còn 3 ngày.\n"
        "Trân trọng cảm ơn./."
    )


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (15, None),
        (16, "Đề nghị gửi chậm nhất hết ngày 19/8/2021."),
        (19, "Đề nghị gửi chậm nhất hết ngày 19/8/2021."),
        (20, "Thời hạn gửi là hết ngày 19/8/2021, đã quá 1 ngày. Đề nghị gửi ngay"),
        (21, "Thời hạn gửi là hết ngày 19/8/2021, đã quá 2 ngày. Đề nghị gửi ngay"),
    ],
)
def test_agencies_are_reminded_from_three_days_before_their_day(desk, about, said):
    everybody(desk, about)

    texts = [r.text for r in desk.reminders(f"{about} 16:00", about) if "Mẫu 01" in r.text]

    assert len(texts) == (said is not None)
    assert all(said in text for text in texts)


@pytest.mark.slow
def test_an_agency_with_faults_gets_a_message_of_its_own(desk):
    everybody(desk)
    desk.put("Phong Noi vu.docx", mau01(19), "16 09:00")

    own, group = desk.reminders("16 16:00")

    assert own.heading.startswith("Phòng Nội vụ – ") and "Kính gửi Phòng Nội vụ," in own.text
    assert "Đề nghị gửi chậm nhất hết ngày 19/8/2021." in own.text
    assert "Phòng Nội vụ" not in group.text


def test_on_a_day_without_reports_due_nobody_is_missing(desk):
    assert desk.reminders("15 16:00", 15) == []


def test_the_file_says_so_when_nobody_needs_a_reminder(desk, tmp_path):
    path = tmp_path / "reminders.txt"

    write_reminders(desk.day(15), [], desk.moment("15 16:00"), path)

    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"\r\n" in content
    assert "Không có đơn vị nào cần đôn đốc" in content.decode("utf-8-sig")


def test_messages_are_numbered_and_set_apart(desk, tmp_path):
    path = tmp_path / "reminders.txt"

    found = write_reminders(desk.day(), [], desk.moment("16 16:00"), path)

    lines = path.read_text("utf-8-sig").splitlines()
    heads = [line.lstrip("─ ") for line in lines if line.startswith("──")]
    assert heads == [f"{n}. {r.heading}" for n, r in enumerate(found, start=1)]
    assert len(found) == 5
    assert sum(line.startswith("Kính gửi") for line in lines) == 5


@pytest.mark.slow
def test_a_report_of_nobody_known_is_named_to_the_analyst(desk, tmp_path):
    everybody(desk)
    desk.put("bao cao.xlsx", faulty("....."))
    path = tmp_path / "reminders.txt"

    write_reminders(desk.day(), desk.send(), desk.moment("16 16:00"), path)

    text = path.read_text("utf-8-sig")
    assert "Tệp chưa rõ đơn vị gửi: bao cao (cần sửa).xlsx (thư mục returns/_chua-ro" in text


@pytest.mark.slow
@pytest.mark.parametrize(("files", "rest"), [(6, 0), (7, 1)])
def test_six_reports_of_nobody_known_are_named_and_the_rest_is_counted(desk, tmp_path, files, rest):
    everybody(desk)
    for n in range(files):
        desk.put(f"bao cao {n}.xlsx", faulty("." * (n + 5)))
    path = tmp_path / "reminders.txt"

    write_reminders(desk.day(), desk.send(), desk.moment("16 16:00"), path)

    text = path.read_text("utf-8-sig")
    assert [n for n in range(files) if f"bao cao {n} (cần sửa).xlsx" in text] == [*range(6)]
    assert (f"và {rest} tệp khác" in text) == bool(rest)
