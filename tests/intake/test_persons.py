"""Names and telephone numbers inside other text are hidden, whatever else stands there."""

import time

import pytest

from briefing.intake.parsers.disclosure import shown_cell, shown_code, shown_line, shown_place


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hỏi nguyễn văn an", "hỏi n.v.a."),
        ("Đơn vị: tran van binh O912345678", "Đơn vị: t.v.b. 0912xxx678"),
        ("khoảng 40 theo hồ văn chuẩn", "khoảng 40 theo h.v.c."),
        ("XÃ NGUYỄN VĂN AN", "XÃ N.V.A."),
        ("XÃ bui thi nghi", "XÃ b.t.n."),
        ("Người lập: Nguyễn Văn An", "Người lập: N.V.A."),
        ("TỔ TRƯỞNG LÊ THU HÀ", "TỔ TRƯỞNG L.T.H."),
        ("le minh tam", "l.m.t."),
        ("LÊ MINH TÂM +84 912 345 678", "L.M.T. +8491xxx678"),
        ("KP 9 (phạm thị xuân)", "KP 9 (p.t.x.)"),
    ],
)
def test_of_a_person_in_a_line_only_the_initials_are_shown(text, shown):
    assert shown_line(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Xã Hoài Châu Bắc", "ỦY BAN NHÂN DÂN XÃ ÂN HẢO", "THỊ TRẤN TĂNG BẠT HỔ", "công an thị xã",
        "Phòng Văn hóa và Thông tin", "Trường Cao đẳng nghề", "Thôn Lâm Trúc 1", "45 hộ dân",
        "xã Hoài Thanh Tây lũy kế 450",
    ],
)  # fmt: skip
def test_names_of_places_and_offices_are_shown(text):
    assert shown_line(text) == text


def test_a_persons_name_in_an_address_or_a_code_is_hidden_and_the_rest_stays():
    assert shown_place("thôn An Dưỡng, Trần Thị Cúc, +84 91 234 5678", "") == (
        "thôn An Dưỡng, T.T.C., +8491xxx678"
    )
    assert shown_code("BZ-2021-0045") == "BZ-2021-0045"
    assert "Cúc" not in shown_code("BZ hỏi Trần Thị Cúc 0912345678")
    assert shown_cell("nhà ông Tư 0912.345.678 (vợ là Hoa)") == "n.ô.T. 0912xxx678 (v.l.H.)"


@pytest.mark.parametrize(
    "piece", ["a ", "hỏi ", "0 ", "chị anh ", "Nguyễn Văn ", "0912345678 ", "O-"]
)
def test_a_long_text_is_hidden_in_time_that_grows_no_faster_than_it_does(piece):
    def seconds(times: int) -> float:
        start = time.process_time()
        shown_line(piece * times)
        return time.process_time() - start

    assert seconds(8000) < 20 * seconds(1000) + 0.2
