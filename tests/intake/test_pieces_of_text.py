"""What is read of a text whose pieces are struck through, hidden or raised."""

import pytest

from briefing.intake.readers.flow import as_read
from briefing.intake.readers.grids import Unread


@pytest.mark.parametrize(
    ("pieces", "text", "left"),
    [
        ([("25", "")], "25", {}),
        ([("2", "struck"), ("5", "")], "5", {"struck": "2"}),
        ([("25", ""), ("9", "hidden")], "25", {"hidden": "9"}),
        ([("2", "struck"), ("7", ""), ("5", "struck")], "7", {"struck": "2 5"}),
        ([("25", "struck"), ("27", "hidden")], "", {"struck": "25", "hidden": "27"}),
        ([("25", ""), (" ", "struck")], "25", {}),
        ([("25", ""), ("1", "raised")], "25", {"raised": "1"}),
        ([("25 ", ""), ("(1)", "raised"), (" người", "")], "25  người", {"raised": "(1)"}),
        ([("1", "raised"), ("25", "")], "25", {"raised": "1"}),
        ([("25", ""), ("(*)", "raised")], "25", {}),  # not to be mistaken for a digit
        ([("Lũy kế", ""), ("1", "raised")], "Lũy kế", {}),
        ([("Đợt ", ""), ("2", "raised"), (" từ 16/8", "")], "Đợt  từ 16/8", {}),
        ([("25", "raised")], "25", {}),
        ([("15", ""), ("h", "raised"), ("30", "")], "15h30", {}),
    ],
)
def test_what_is_left_out_of_a_cell_is_told_with_its_look(pieces, text, left):
    told = tuple(Unread(3, 4, look, out) for look, out in left.items())

    assert as_read(pieces, 3, 4) == (text, told)
