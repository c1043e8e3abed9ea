"""Addresses are said in words, in the language of the run."""

import pytest

from briefing import spoken


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("Sheet1!D14", "trang “Sheet1”, ô D14"),
        ("Ngày 16!AB7", "trang “Ngày 16”, ô AB7"),
        ("table 2, row 7, column 5", "bảng 2, dòng 7, cột 5"),
        ("paragraph 7", "đoạn 7"),
        ("line 12", "dòng 12"),
        ("BC Tam Quan 17-8.xlsx", "BC Tam Quan 17-8.xlsx"),
    ],
)
def test_an_address_is_said_in_words(where, said):
    assert str(spoken.address(where)) == said
