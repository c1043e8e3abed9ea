"""What a unit between the whole and those that report is asked to pass on to those below it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from briefing.correspondence.letters import Letter
from briefing.correspondence.reminders import reminders
from briefing.correspondence.returns import to_return
from briefing.correspondence.sending import write_returns
from briefing.params import RunParams
from briefing.run.day import day_of
from briefing.run.snapshot import take_snapshot
from tests.intake.making import HEAD, people, workbook
from tests.params.provinces import AN_HOA, AN_LAO, AN_TRUNG, HOAI_AN, province_folder

SENT = {  # file → its head, when it came, and its rows
    "An Hoa.xlsx": ("UBND XÃ AN HÒA, HUYỆN AN LÃO", "14:00", [*people([15, 25])]),
    "Bok Toi.xlsx": ("UBND XÃ BOK TỚI", "15:30", [*people([0] * 6 + [100, 110])[6:]]),
}
SENT["An Hoa.xlsx"][2][1][3] = "09123"  # a telephone of five digits


@pytest.fixture
def letters(tmp_path):
    """The reminders of 16 August, in a province of two districts of two communes each."""
    province_folder(tmp_path / "params")
    (inbox := tmp_path / "inbox").mkdir()
    for name, (head, _at, rows) in SENT.items():
        lines = [[head], ["BÁO CÁO cài đặt App"], ["(ngày 16 tháng 8 năm 2021)"]]
        (inbox / name).write_bytes(workbook([*lines, HEAD, *rows]))
    arrivals = [f"{name},2021-08-16T{at}" for name, (_head, at, _rows) in SENT.items()]
    (inbox / "received.csv").write_text("\n".join(["path,received_at", *arrivals]))

    def found(at: str) -> list[Letter]:
        moment = datetime.fromisoformat(f"2021-08-{at}").replace(
            tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")
        )
        folders = {name: str(tmp_path / name) for name in ("inbox", "outputs", "params")}
        run = RunParams.checked({"report_date": "2021-08-16", **folders})
        day = day_of(run, take_snapshot(run))
        sent = write_returns(to_return(day), inbox, day.campaign, tmp_path / "returns")
        return reminders(day, sent, moment)

    return found


@pytest.mark.slow
def test_a_district_is_asked_to_remind_its_communes_and_each_has_its_own_message_behind(letters):
    found = letters("16T16:00")

    codes = [letter.code for letter in found]
    assert codes[:3] == [AN_LAO, AN_HOA, AN_TRUNG] and codes[3] == HOAI_AN
    assert found[0].heading == "Huyện An Lão – 1 cần sửa, 1 chưa báo cáo"
    assert found[0].text == (
        "Kính gửi huyện An Lão,\n"
        "SỞ đề nghị đơn vị đôn đốc xã trực thuộc về báo cáo Chiến dịch nhỏ ngày 16/8/2021 "
        "(Mẫu 02):\n"
        "- Cần sửa (1): Xã An Hòa (Huyện An Lão) (1 nội dung cần sửa).\n"
        "- Chưa báo cáo (1): Xã An Trung.\n"
        "Đề nghị các nơi nêu trên gửi ngay.\n"
        "Trân trọng cảm ơn./."
    )
    assert "- Trễ hạn (1): Xã Bok Tới" in found[3].text


@pytest.mark.slow
def test_before_the_deadline_a_district_is_told_until_when(letters):
    found = {letter.code: letter.text for letter in letters("16T14:30")}

    assert "gửi trước 15 giờ 00 ngày 16/8/2021" in found[AN_LAO]


@pytest.mark.slow
def test_the_message_to_a_district_names_no_person_telephone_or_file(letters):
    text = letters("16T16:00")[0].text

    _number, name, _place, phone, _count = SENT["An Hoa.xlsx"][2][1]
    assert not [told for told in (name, phone, ".xlsx") if told in text]
