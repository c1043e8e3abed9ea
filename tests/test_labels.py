"""Addresses are said in words, in the language of the run."""

from pathlib import Path

import pytest

from briefing import labels

LIB = Path(__file__).parents[1] / "lib" / "briefing"


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
    assert str(labels.address(where)) == said


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("line 12, column 3", "dòng 12, cột 3"),
        ("page 2, line 5", "trang 2, dòng 5"),
        ("page 2, table 1, row 4, column 3", "trang 2, bảng 1, dòng 4, cột 3"),
        ("table 1.1, row 4, column 3", "bảng 1.1, dòng 4, cột 3"),
        ("header paragraph 1", "đầu trang, đoạn 1"),
        ("footer paragraph 2", "chân trang, đoạn 2"),
        ("table header 1, row 2, column 3", "đầu trang, bảng 1, dòng 2, cột 3"),
        ("text box 1, paragraph 2", "hộp văn bản 1, đoạn 2"),
        ("table text box 1.1, row 2, column 3", "hộp văn bản 1, bảng 1, dòng 2, cột 3"),
    ],
)
def test_an_address_inside_a_page_a_box_or_a_table_is_said_from_the_outside_in(where, said):
    assert str(labels.address(where)) == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.0, "dưới 1 trong 20"),
        (0.049, "dưới 1 trong 20"),
        (0.05, "khoảng 1 trong 10"),
        (0.12, "khoảng 1 trong 10"),
        (0.5, "khoảng 5 trong 10"),
        (0.95, "khoảng 9 trong 10"),
        (0.951, "trên 19 trong 20"),
    ],
)
def test_a_chance_is_said_no_surer_than_past_errors_can_tell(chance, said):
    assert labels.odds(chance) == said
