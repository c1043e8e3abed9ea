"""What only a person can decide: listed, accepted by one act, made again, and gone."""

from __future__ import annotations

import dataclasses

import pytest

from briefing import decide
from briefing.errors import ParamsError
from briefing.params import Campaign, RunParams
from briefing.run.day import open_day
from briefing.tables.decisions import Decision, decisions
from tests.intake.making import mau02, people, workbook
from tests.register.office import Office
from tests.run.test_day import run_of
from tests.tables.tiny import AN, BINH, CAT, DONG

DAY = "2021-08-17"
SIGNED = {"day": "(ngày 17 tháng 8 năm 2021)", "signed": ""}
TOTAL = ["Tổng cộng", None, None, None, 160]
POOR = [["DANH SÁCH HỘ NGHÈO"], ["STT", "Họ và tên", "Địa chỉ"], [1, "A B", "Thôn 1"]]


@pytest.fixture
def office(tmp_path) -> Office:
    """An Bình has fallen, Bình Minh adds up to 150 and states 160, of Cát Tường a damaged file
    came, of Đông Hải one that calls it otherwise; and a list about something else."""
    made = Office.open(tmp_path)
    made.workbook("an16.xlsx", "Xã An Bình", 16, [10, 20, 5], "16 14:00")
    made.workbook("an17.xlsx", "Xã An Bình", 17, [8, 10, 2], "17 14:00")
    rows = mau02(people([40, 50, 60]), unit="XÃ BÌNH MINH", after=[TOTAL], **SIGNED)
    made.put("Binh Minh 17-8.xlsx", workbook(rows), "17 13:00")
    made.put("BC Cat Tuong 17-8.xlsx", b"PK\x03\x04 damaged", "17 14:20")
    made.put(
        "BC 17-8.xlsx", workbook(mau02(people([7, 8]), unit="XÃ LẠ HOẮC", **SIGNED)), "17 14:10"
    )
    made.put("ho ngheo.xlsx", workbook(POOR), "17 14:30")
    return made


def run(office: Office, **more: str) -> RunParams:
    return run_of(office, report_date=DAY, **more)


def opened(office: Office) -> dict[str, Decision]:
    """What is to be decided, by the first thing that was found."""
    return {one.messages[0]: one for one in decisions(open_day(run(office)))}


def about(office: Office, words: str) -> Decision:
    [one] = [one for said, one in opened(office).items() if words in said]
    return one


def accept(office: Office, words: str, says: str, **given) -> str:
    """Accept a choice of what was found; what is said back."""
    [choice] = [c for c in about(office, words).choices if says in c.says]
    return decide(run(office), open_day(run(office)), accept=choice.code, **given).text


def figures(office: Office) -> dict[str, int]:
    frame = open_day(run(office)).units.dropna(subset="numerator_cumulative")
    return dict(zip(frame["unit_code"], frame["numerator_cumulative"], strict=True))


ONCE_KNOWN = "cột Lũy kế có thể hiểu theo nhiều cách"  # asked once it is known whose figure it is
ODD = {
    "fell": ("giảm 15 người", "số liệu đúng", {}, {AN: 20}),
    "typo": ("giảm 15 người", "số đúng là số khác", {"value": 38}, {AN: 38}),
    "withdrawn": ("giảm 15 người", "không dùng", {}, {AN: 35}),
    "total": ("dòng Tổng cộng ghi 160", "lấy số ở dòng Tổng cộng", {}, {BINH: 160}),
    "rows": ("dòng Tổng cộng ghi 160", "số liệu đúng", {}, {BINH: 150}),
    "damaged": ("tệp bị hỏng", "qua điện thoại", {"value": 30}, {CAT: 30}),
    "damaged_draft": ("tệp bị hỏng", "không phải báo cáo", {}, {CAT: None}),
    "unit": ("“XÃ LẠ HOẮC”", "báo cáo của đơn vị khác", {"value": "Đông Hải"}, {DONG: 15}),
    "alias": ("“XÃ LẠ HOẮC”", "luôn là tên", {"value": "Xã Đông Hải"}, {DONG: 15}),
    "stray": ("không thấy bảng", "không phải báo cáo", {}, {}),
}


@pytest.mark.slow
@pytest.mark.parametrize(("words", "says", "given", "right"), ODD.values(), ids=ODD)
def test_what_is_accepted_is_written_said_back_and_settled(office, words, says, given, right):
    open_before = set(opened(office))

    said = accept(office, words, says, **given)

    after = figures(office)
    assert {unit: after.get(unit) for unit in right} == right
    left = {text for text in opened(office) if not text.startswith(ONCE_KNOWN)}
    assert left == {text for text in open_before if words not in text}
    assert "Đã ghi vào params/" in said and "dòng" in said
    assert not open_day(run(office)).corrections["status"].eq("unmatched").any()


@pytest.mark.slow
def test_a_reading_is_accepted_for_good(office):
    rows = mau02(people([7, 8]), unit="XÃ ĐÔNG HẢI", **SIGNED)
    office.put("BC 17-8.xlsx", workbook(rows), "17 14:10")

    said = accept(office, ONCE_KNOWN, "đúng như đã hiểu")

    [own] = Campaign.load(office.folder / "params").readings[DONG]
    assert (own.reading, figures(office)[DONG]) == ("per_person", 15)
    assert "params/readings.yaml, dòng 1" in said
    assert not [text for text in opened(office) if text.startswith(ONCE_KNOWN)]


@pytest.mark.slow
def test_the_figure_of_a_report_whose_unit_was_told_is_confirmed(office):
    accept(office, "“XÃ LẠ HOẮC”", "báo cáo của đơn vị khác", value="Đông Hải")

    accept(office, ONCE_KNOWN, "số liệu đúng")

    assert figures(office)[DONG] == 15
    assert not [text for text in opened(office) if text.startswith(ONCE_KNOWN)]


@pytest.mark.slow
def test_nothing_is_written_without_an_act(office):
    files = {p: p.read_bytes() for p in (office.folder / "params").iterdir()}
    day = open_day(run(office))

    said = [decide(run(office), day).text, decide(run(office), day, accept="00000g").text]

    assert said[0] == "Chưa nhận cách xử lý nào, chưa ghi gì. Còn 5 việc phải quyết định."
    assert said[1].startswith("00000g: đã quyết định rồi, hoặc không có mã này. Chưa ghi gì.")
    assert {p: p.read_bytes() for p in (office.folder / "params").iterdir()} == files


@pytest.mark.slow
def test_what_has_been_accepted_is_not_written_twice(office):
    [choice, *_others] = about(office, "giảm 15 người").choices
    before = open_day(run(office))
    decide(run(office), before, accept=choice.code)

    again = decide(run(office), open_day(run(office)), accept=choice.code)

    assert "đã quyết định rồi" in again.text
    assert len(Campaign.load(office.folder / "params").corrections) == 1


@pytest.mark.slow
def test_a_figure_that_is_asked_for_and_not_given_is_told(office):
    with pytest.raises(ParamsError, match=r"value=…\)\. Chưa ghi gì\."):
        accept(office, "tệp bị hỏng", "qua điện thoại")
    with pytest.raises(ParamsError, match="không có colour"):
        accept(office, "giảm 15 người", "số liệu đúng", colour="red")
    with pytest.raises(ParamsError, match="Xã Lạ"):
        accept(office, "“XÃ LẠ HOẮC”", "luôn là tên", value="Xã Lạ")

    assert Campaign.load(office.folder / "params").corrections == ()


@pytest.mark.slow
def test_the_entry_bears_who_says_so_and_why(office):
    accept(office, "giảm 15 người", "số liệu đúng", by="Phó phòng", reason="Phường rà lại")

    [entry] = Campaign.load(office.folder / "params").corrections
    assert (entry.by, entry.reason, entry.confirms) == ("Phó phòng", "Phường rà lại", True)


@pytest.mark.slow
def test_a_decision_keeps_its_code_in_every_language_and_loses_it_with_its_figure(office):
    before = about(office, "giảm 15 người")

    english = decisions(open_day(run(office, lang="en")))
    assert before.code in {one.code for one in english}

    office.workbook("an17.xlsx", "Xã An Bình", 17, [8, 10, 3], "17 15:00")
    run(office)
    assert before.code not in {one.code for one in decisions(open_day(run(office)))}


@pytest.mark.slow
def test_a_decision_names_no_file_that_may_bear_a_person_s_name(office):
    rows = workbook(POOR)
    office.put("Nguyễn Thị Ánh Tuyết.xlsx", rows + b" ", "17 14:40")
    (office.inbox / "ho ngheo.xlsx").unlink()

    texts = [str(dataclasses.asdict(one)) for one in decisions(open_day(run(office)))]
    assert "Tuyết" not in "".join(texts)

    accept(office, "không thấy bảng", "không phải báo cáo")
    [entry] = Campaign.load(office.folder / "params").corrections
    assert entry.file == "Nguyễn Thị Ánh Tuyết.xlsx"  # in params, as the office itself would write


@pytest.mark.slow
def test_an_entry_that_fits_nothing_any_more_is_to_be_looked_at(office):
    accept(office, "giảm 15 người", "số liệu đúng")
    office.workbook("an17.xlsx", "Xã An Bình", 17, [8, 10, 3], "17 15:00")

    one = about(office, "corrections.yaml")

    assert one.choices == () and "ghi 21" in one.messages[0]
