"""How near, how thick, how small: the measures by which letters on a page are put together.

Every letter here is 10 points wide and high, and stands on y = 10, unless it is said otherwise.
"""

from types import SimpleNamespace
from typing import Any

import pytest

from briefing.intake.readers.page_marks import drawn_strokes, note_marks, struck
from briefing.intake.readers.page_tables import PageTable, split_tables
from briefing.intake.readers.page_words import Word, cell_text, lines_of, pieces_of, words_of


def letter(text: str = "a", x: float = 0, *, high: float = 10, lift: float = 0) -> dict[str, Any]:
    bottom = 10 - lift
    box = {"x0": x, "x1": x + 10, "top": bottom - high, "bottom": bottom}
    return {
        "text": text,
        "upright": True,
        "doctop": box["top"],
        "size": high,
        "struck": False,
        **box,
    }


def word(text: str, x: float, *, wide: float = 10, top: float = 0, run: int = 0) -> Word:
    return Word(text, x, top, x + wide, top + 10, run=run)


def row(*gaps: float, top: float = 0, texts: str = "1abcd", runs: bool = False) -> list[Word]:
    """Words side by side, with these gaps between them."""
    words, x = [word(texts[0], 0, top=top)], 10.0
    for n, gap in enumerate(gaps, start=1):
        words.append(word(texts[n], x + gap, top=top, run=n if runs else 0))
        x += gap + 10
    return words


@pytest.mark.parametrize(("high", "line"), [(3, True), (3.5, False)])
def test_a_bar_is_a_line_up_to_three_points(high, line):
    bar = {"x0": 0, "x1": 50, "top": 10, "bottom": 10 + high}
    page = SimpleNamespace(lines=[], rects=[bar], curves=[])

    assert bool([*drawn_strokes(page)]) == line


@pytest.mark.parametrize(
    ("start", "end", "crossed"),
    [
        ((0, 5), (6, 5), True), ((0, 5), (5.9, 5), False),  # covers 60 % of its width
        ((0, 3.25), (10, 6.75), True), ((0, 3.2), (10, 6.8), False),  # rises by 35 %
        ((0, 7.1), (10, 7.1), True), ((0, 7.3), (10, 7.3), False),  # above 28 % of its height
        ((0, 2.5), (10, 2.5), True), ((0, 2.4), (10, 2.4), False),  # below 75 %
    ],
)  # fmt: skip
def test_a_line_strikes_a_letter_through_in_its_middle(start, end, crossed):
    assert (struck([letter()], [(start, end)]) == {0}) == crossed


@pytest.mark.parametrize(
    ("mark", "raised"),
    [
        ({"x": 10, "high": 8.4, "lift": 2}, True), ({"x": 10, "high": 8.5, "lift": 2}, False),
        ({"x": 10, "high": 5, "lift": 1.9}, False), ({"x": 10, "high": 5, "lift": 10}, True),
        ({"x": 13.9, "high": 5, "lift": 2}, True), ({"x": 14, "high": 5, "lift": 2}, False),
        ({"x": 6.1, "high": 5, "lift": 2}, True), ({"x": 6, "high": 5, "lift": 2}, False),
    ],
)  # fmt: skip
def test_a_mark_of_a_note_is_smaller_higher_and_beside(mark, raised):
    assert (note_marks([letter(), letter("1", **mark)]) == {1}) == raised


@pytest.mark.parametrize(("gap", "words"), [(1.4, ["ab"]), (1.6, ["a", "b"])])
def test_the_pen_was_set_anew_where_the_gap_is_wider(gap, words):
    assert [w.text for w in words_of([letter("a"), letter("b", 10 + gap)])] == words


@pytest.mark.parametrize(("gap", "pieces"), [(12, 1), (12.1, 2)])
def test_pieces_of_a_line_stand_more_than_a_letter_apart(gap, pieces):
    assert len(pieces_of(row(gap))) == pieces


@pytest.mark.parametrize(("texts", "read"), [("abcd", ["abcd"]), ("abc", ["a", "b", "c"])])
def test_four_letters_in_a_row_are_a_word_printed_with_gaps(texts, read):
    line = row(*[3] * (len(texts) - 1), texts=texts)

    assert [w.text for w in lines_of(line)[0]] == read


@pytest.mark.parametrize(("gap", "read"), [(3, ["abcde"]), (3.1, ["abcd", "e"])])
def test_a_gap_half_as_wide_again_parts_two_words_printed_with_gaps(gap, read):
    assert [w.text for w in lines_of(row(2, 2, 2, gap, texts="abcde"))[0]] == read


@pytest.mark.parametrize(
    ("first", "read"), [("91234567", "912345678"), ("912345678", "912345678\n8")]
)
def test_a_number_of_nine_digits_goes_on_in_no_other_line(first, read):
    upper, lower = word(first, 0, wide=90), word("8", 0, top=12)

    assert cell_text([upper, lower], 91) == read


def tables(*lines: list[Word]) -> list[list[list[Any]]]:
    return [one.cells for one in split_tables(lines) if isinstance(one, PageTable)]


@pytest.mark.parametrize(
    ("gaps", "table"),
    [
        ([40, 40], True), ([40], False),  # three columns are a table, two a letterhead
        ([10, 10], True), ([9.9, 9.9], False),  # no two words of a text stand so far apart
        ([4.5, 2, 4.5], True), ([4.4, 2, 4.4], False),
        ([5.6, 4, 5.6], True), ([5.5, 4, 5.5], False),  # 1.4 times the narrowest space
    ],
)  # fmt: skip
def test_lines_with_gutters_are_a_table(gaps, table):
    assert bool(tables(row(*gaps), row(*gaps, top=15))) == table


@pytest.mark.parametrize(("gap", "table"), [(1, True), (0.9, False)])
def test_between_texts_set_apart_a_narrow_gutter_is_enough(gap, table):
    lines = row(gap, gap, runs=True), row(gap, gap, top=15, runs=True)

    assert bool(tables(*lines)) == table


def test_a_single_line_is_no_table():
    assert tables(row(40, 40)) == []


@pytest.mark.parametrize(("top", "rows"), [(18.9, 2), (19.1, 3)])
def test_a_row_goes_on_in_a_line_that_is_near(top, rows):
    below = [word("b", 50, top=top)]
    (table,) = tables(row(40, 40), below, row(40, 40, top=top + 15, texts="2ab"))

    assert len(table) == rows
