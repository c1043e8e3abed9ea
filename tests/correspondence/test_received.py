"""Nobody who has sent something is told that it has not come: on no page and in no letter."""

from __future__ import annotations

import pytest

from briefing.correspondence.reminders import reminders
from briefing.documents import sections
from briefing.documents.sections.report import lacking_units
from briefing.documents.sections.unit import asked_today, unit_arrived
from briefing.documents.terminal import print_status
from briefing.documents.wording import report_state, with_file
from briefing.language import language
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.period import period_of
from briefing.tables.unit import unit_of
from tests.correspondence.desk import sound
from tests.correspondence.test_reminders import everybody
from tests.correspondence.test_returns import BROKEN
from tests.tables.tiny import AN

RISEN = (9, 9, 12, 9, 9, 6)
HIS_OWN = [
    *("UBND THỊ XÃ", "PHÒNG TƯ PHÁP", "BÁO CÁO"),
    "Toàn thể cán bộ của Phòng đã cài đặt xong.",
]


def yesterdays(desk) -> None:
    """All report on the 16th; on the 17th An Bình sends the form with the 16th still on it."""
    everybody(desk, 16)
    for name in ("Bình Minh", "Cát Tường", "Đông Hải"):
        desk.put(f"{name} 17-8.xlsx", sound(f"Xã {name}", 17, RISEN), "17 13:00")


def told(day: Day) -> str:
    """Everything that the day's pages say of An Bình's report."""
    unit = unit_of(day, AN)
    blocks = [
        sections.units_table(day), sections.waiting_for(day), sections.calls(day),
        sections.drafts(day), sections.summary(day), sections.arrived(day),
        unit_arrived(unit), asked_today(unit),
    ]  # fmt: skip
    caption = str(_("Not reported, not usable, late"))  # of the table of all three kinds
    return "\n".join(map(str, blocks)).replace(caption, "")


def state(day: Day, code: str = AN) -> str:
    return with_file(report_state(day.units.set_index("unit_code").loc[code]))


@pytest.mark.slow
def test_a_form_with_yesterdays_day_counts_for_the_day_of_its_name_and_its_arrival(desk):
    yesterdays(desk)
    desk.put("17-8/An Bình 17-8.xlsx", sound("Xã An Bình", 16, RISEN), "17 14:00")
    then, now = desk.day(16), desk.day(17)

    assert (then.units["status"] == "on_time").all() and (now.units["status"] == "on_time").all()
    figures = [d.units.set_index("unit_code").at[AN, "numerator_cumulative"] for d in (then, now)]
    assert figures == [40, sum(RISEN)]
    for day in (then, now):
        (found,) = day.findings[day.findings["rule"].eq("date_conflict")].to_dict("records")
        assert found["message"].endswith("tính cho ngày 17/8")


@pytest.mark.slow
def test_where_it_is_not_clear_both_days_say_that_it_came_and_what_it_says(desk):
    yesterdays(desk)
    desk.put("BC.xlsx", sound("Xã An Bình", 16, RISEN), "17 14:00")
    then, now = desk.day(16), desk.day(17)

    assert state(now) == "đã nhận, ghi ngày 16/8 (“BC.xlsx”)"
    assert "chưa báo cáo" not in told(now).lower() and "chưa nhận được" not in told(now)
    assert "đã nhận tệp “BC.xlsx” lúc" in told(now)
    for day in (then, now):
        (found,) = day.findings[day.findings["rule"].eq("date_conflict")].to_dict("records")
        assert "có thể là ngày 17/8; tính cho ngày 16/8" in found["message"]


@pytest.mark.slow
def test_the_reminder_asks_for_the_right_day_and_not_for_a_report_that_came(desk):
    yesterdays(desk)
    desk.put("BC.xlsx", sound("Xã An Bình", 16, RISEN), "17 14:00")

    reminder = desk.reminders("17 15:30", 17)[0]

    assert reminder.heading == "Xã An Bình – đã nhận, chưa dùng được"
    assert "chưa nhận được" not in reminder.text
    assert (
        "Tệp “BC.xlsx” ghi ngày 16/8/2021. Nếu đây là báo cáo ngày 17/8/2021: đề nghị ghi đúng "
        "ngày rồi gửi lại. Nếu không phải: đề nghị gửi báo cáo ngày 17/8/2021."
    ) in reminder.text


@pytest.mark.slow
def test_it_is_said_in_english_too(desk):
    yesterdays(desk)
    desk.put("BC.xlsx", sound("Xã An Bình", 16, RISEN), "17 14:00")

    day = desk.day(17)
    with language("en"):
        assert state(day) == "received, says 16 Aug (“BC.xlsx”)"
        assert "not reported" not in told(day).lower()
        reminder = reminders(day, [], desk.moment("17 15:30"))[0]
        assert "“BC.xlsx”, which says 16 Aug 2021, is the report of 17 Aug 2021" in reminder.text


@pytest.mark.slow
def test_a_file_that_cannot_be_used_is_received_on_every_page_with_its_name(
    desk, capsys, monkeypatch
):
    everybody(desk, but=("An Bình",))
    desk.put("An Binh 16-8.xlsx", BROKEN, "16 14:00")
    day = desk.day()

    assert state(day) == "đã nhận, chưa dùng được (“An Binh 16-8.xlsx”)"
    said = told(day)
    assert "chưa báo cáo" not in said.lower() and "chưa nhận được" not in said
    assert said.count("An Binh 16-8.xlsx") >= 5
    assert "Đã nhận, chưa dùng được: Xã An Bình." in said
    monkeypatch.setenv("COLUMNS", "160")
    print_status(day.date, day.units.to_dict("records"))
    assert "đã nhận, chưa dùng được (“An Binh 16-8.xlsx”)" in capsys.readouterr().out
    annex = str(lacking_units(period_of(day, day.date, day.date)))
    assert "16/8 (“An Binh 16-8.xlsx”)" in annex


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Tu phap.docx", BROKEN),
        ("tin.txt", "Phòng Tư pháp: đã cài đầy đủ".encode()),
        ("tin.txt", "\n".join(HIS_OWN).encode()),
    ],
)
def test_an_agency_that_has_sent_anything_is_not_among_those_waited_for(desk, name, content):
    everybody(desk)
    desk.put(name.replace("Tu phap", "Phòng Tư pháp"), content, "16 14:00")
    file = name.replace("Tu phap", "Phòng Tư pháp")

    day = desk.day()
    row = day.bodies.set_index("body_code").loc["CQ2"]
    assert (row["status"], row["unused_file"]) == ("unreadable", file)
    own, others = desk.reminders("16 16:00")
    assert own.heading.startswith("Phòng Tư pháp – đã nhận, chưa dùng được")
    assert f"(tệp “{file}”) nhưng chưa dùng được" in own.text
    assert "Phòng Nội vụ" in others.text and "Phòng Tư pháp" not in others.text
    note = str(sections.bodies_below(day))
    assert "Đã nhận, chưa dùng được: Phòng Tư pháp." in note
    assert "1 nơi chưa báo cáo" in note
