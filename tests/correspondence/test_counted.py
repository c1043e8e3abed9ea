"""What is wrong in the same way at many places is one line, and every place is marked."""

from __future__ import annotations

import pytest

from briefing.language import language
from briefing.places import places
from briefing.tables.alike import across, alike
from tests.correspondence.desk import list_rows, members, opened, sheet, sound
from tests.correspondence.test_reminders import everybody
from tests.intake.making import phone
from tests.tables.tiny import AN, BINH

COUNTS = [9, 4, 12, 3, 7, 5, 8, 6]
PHONES = [f"D{row}" for row in range(12, 20)]  # of the rows of `many`


def many(unit: str, wrong: int, about: int = 16) -> list:
    """A Mẫu 02 of 8 rows, of which so many have a phone of five digits."""
    rows = members(unit, COUNTS)
    for row in rows[:wrong]:
        row[3] = "09123"
    return sheet(unit, rows, about)


def shared(unit: str, number: str, at: int) -> list:
    """A Mẫu 02 in which one phone is another's, in the row `at`."""
    rows = members(unit, COUNTS)
    rows[at][3] = number
    return sheet(unit, rows)


@pytest.mark.slow
def test_many_wrong_phones_are_one_line_in_front_and_each_cell_is_marked(desk):
    desk.put("An Binh 16-8.xlsx", many("Xã An Bình", 6))

    book = opened(desk.sent_one())

    (line,) = list_rows(book)
    assert line == (
        "Trang “Sheet1”, ô D12–D17", "09123; …",
        "6 số: không phải số điện thoại đủ 10 chữ số; số liệu của dòng này vẫn được tính\xa0[P1]",
        "Sửa ô này rồi gửi lại báo cáo.",
    )  # fmt: skip
    own = book["Sheet1"]
    assert [cell for cell in PHONES if own[cell].comment] == PHONES[:6]
    assert {own[cell].comment.text.split(".")[0] for cell in PHONES[:6]} == {"1"}
    (link,) = [c.hyperlink.location for row in book.worksheets[0] for c in row if c.hyperlink]
    assert link == "'Sheet1'!D12"


@pytest.mark.slow
def test_a_letter_counts_them_with_an_example_that_is_masked(desk):
    everybody(desk, but=("An Bình",))
    rows = members("Xã An Bình", COUNTS)
    for row in rows[::2]:
        row[3] = "091234567"
    desk.put("An Binh 16-8.xlsx", sheet("Xã An Bình", rows), "16 14:00")

    (reminder, _bodies) = desk.reminders("16 14:30")

    assert "có 4 chỗ cần sửa:\n- 4 số: không phải số điện thoại đủ 10 chữ số" in reminder.text
    assert "ví dụ “091xxx567” (trang “Sheet1”, ô D12, D14, D16, D18)." in reminder.text
    assert "091234567" not in reminder.text


@pytest.mark.slow
def test_the_same_fault_of_many_units_is_one_line_that_says_of_how_many(desk):
    for name in ("An Bình", "Bình Minh", "Cát Tường", "Đông Hải"):
        desk.put(f"{name} 16-8.xlsx", many(f"Xã {name}", 5))
    found = desk.day().findings
    wrong = found[found["rule"].eq("phone_invalid")]

    assert [(len(one.units), len(one)) for one in alike(wrong)] == [(1, 5)] * 4
    (together,) = across(alike(wrong))
    assert (len(together.units), len(together), len(together.files)) == (4, 20, 4)


@pytest.mark.slow
def test_files_of_unknown_senders_with_the_same_fault_are_one_line(desk):
    for n in range(5):
        desk.put(f"khong ten {n}.xlsx", sound("....."))
    found = desk.day().findings
    (line,) = alike(found[found["rule"].eq("unit_unknown")])

    assert line.units == () and len(line.files) == 5


@pytest.mark.slow
def test_a_shared_number_is_marked_in_each_report_and_each_sender_sees_its_own_cell(desk):
    desk.put("An Binh 16-8.xlsx", shared("Xã An Bình", phone(7), 1), "16 14:00")
    desk.put("Binh Minh 16-8.xlsx", shared("Xã Bình Minh", phone(7), 4), "16 14:00")

    first, second = desk.send()

    hidden = f"{phone(7)[:4]}xxx{phone(7)[-3:]}"
    for sent, unit, cell, other in ((first, AN, "D13", "D16"), (second, BINH, "D16", "D13")):
        book = opened(sent)
        assert sent.item.unit_code == unit
        assert [row[:2] for row in list_rows(book)] == [(f"Trang “Sheet1”, ô {cell}", hidden)]
        assert book["Sheet1"][cell].comment and not book["Sheet1"][other].comment
    texts = [reminder.text for reminder in desk.reminders("16 14:30") if hidden in reminder.text]
    assert len(texts) == 2 and phone(7) not in "".join(texts)
    assert ["ô D13" in text for text in texts] == [True, False]
    assert ["ô D16" in text for text in texts] == [False, True]


@pytest.mark.parametrize(
    ("wheres", "said"),
    [
        (["S!D14"], "sheet “S”, cell D14"),
        (["S!D14", "S!D15", "S!D16"], "sheet “S”, cells D14–D16"),
        (["S!D1", "S!D3", "S!D5", "S!D7"], "sheet “S”, cells D1, D3, D5, D7"),
        (["S!D1", "S!D2", "S!D4", "S!D6", "S!D8", "S!D10"],
         "sheet “S”, cells D1–D2, D4, D6 and 2 more"),
        (["S!D1", "T; U!E2"], "sheet “S”, cells D1; sheet “T; U”, cells E2"),
        (["line 3, column 2", "line 3, column 2"], "line 3, column 2"),
    ],
)  # fmt: skip
def test_places_are_said_once_neighbours_together_and_the_rest_counted(wheres, said):
    with language("en"):
        assert places(wheres) == said
