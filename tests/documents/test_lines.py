"""Lines and columns of print: how long, where broken, how wide."""

import pytest

from briefing.documents import blocks, formal, page
from briefing.documents.columns import fitted
from briefing.documents.lines import balanced, breakable, length

from . import demo, formal_demo


def test_a_line_is_as_long_as_the_metrics_of_its_letters_say():
    assert length("AV", 10) == pytest.approx(14.44)  # A and V of Times Bold: 722 each
    assert length("Ắ Đđ", 10) == pytest.approx(length("A Dd", 10))
    assert length("a", 10, "Times-Roman") == pytest.approx(4.44)


def test_the_horn_of_a_letter_is_part_of_its_width():
    # n g ư ờ i of Liberation Serif Bold, which is as wide as Times New Roman
    assert length("người", 10) == pytest.approx((556 + 500 + 600 + 554 + 278) / 100, abs=0.02)
    assert length("ƯƠ", 10) == pytest.approx((796 + 778) / 100, abs=0.02)


def test_lines_are_as_few_as_they_can_be_and_of_about_the_same_length():
    text = "Kết quả thực hiện tuần cao điểm đẩy mạnh cài đặt ứng dụng Bluezone (từ ngày 16/8)"
    lines = balanced(text, 400, 14)

    assert " ".join(lines) == text
    assert lines[-1] == "(từ ngày 16/8)"
    assert len(lines) == 3
    assert abs(length(lines[0], 14) - length(lines[1], 14)) < 60
    assert balanced("ngắn (một)", 400, 14) == ["ngắn (một)"]


def test_no_break_spaces_stay_beside_numbers_only():
    text = "tăng\u00a01,59\u00a0điểm\u00a0phần\u00a0trăm, ngày\u00a016/8"

    assert breakable(text) == "tăng\u00a01,59\u00a0điểm phần trăm, ngày\u00a016/8"


def test_only_running_text_of_a_document_is_made_breakable():
    words = "điểm\u00a0phần\u00a0trăm"
    lines = blocks.Bullets((words,)).to_json()
    heading = blocks.Heading(words).to_json()

    assert formal.running(lines)["items"] == ["điểm phần trăm"]
    assert formal.running(heading) == heading


def table(*labels: str, width: float = 0, cell: str = "1") -> dict:
    columns = tuple(blocks.Column(f"c{n}", text, width=width) for n, text in enumerate(labels))
    row = tuple(blocks.Cell(cell) for _label in labels)
    return blocks.Table("t", "", columns, (row,)).to_json()


def longest_words(made: dict, size: float) -> list[float]:
    columns = range(len(made["columns"]))
    texts = [
        [made["columns"][n]["label"], *(row[n]["text"] for row in made["rows"])] for n in columns
    ]
    return [max(length(word, size) for text in column for word in text.split()) for column in texts]


@pytest.mark.parametrize("paper", [formal, page])
@pytest.mark.parametrize("made", [demo.ranking(), demo.bodies(), formal_demo.lacking()])
def test_no_column_is_narrower_than_its_longest_word(made, paper):
    data = made.to_json()
    size, widths = paper.columns(data)

    assert sum(widths) == pytest.approx(paper.WIDTH)
    for word, width in zip(longest_words(data, size), widths, strict=True):
        assert word + 2 * paper.INSET <= width


def test_columns_keep_the_shares_that_they_ask_for_where_their_words_fit():
    made = table("A", "B", width=1)
    made["columns"][1]["width"] = 3

    assert fitted(made["columns"], made["rows"], 400, 12, 4) == (12, [100, 300])


def test_a_column_too_narrow_for_its_word_takes_from_the_others():
    made = table("Nghiêng", "B", "C", width=1)
    made["columns"][1]["width"] = made["columns"][2]["width"] = 20
    size, (first, second, third) = fitted(made["columns"], made["rows"], 400, 12, 4)

    assert size == 12 and first >= length("Nghiêng", 12) + 8
    assert second == pytest.approx(third) and first + second + third == pytest.approx(400)


def test_no_cell_has_two_lines_where_the_page_has_room_for_one():
    made = table("A", "B", width=1, cell="chưa đủ số liệu")
    made["columns"][1]["width"] = 9
    made["rows"][0][1]["text"] = "12"

    _size, widths = fitted(made["columns"], made["rows"], 200, 12, 4)
    assert widths[0] >= length("chưa đủ số liệu", 12) + 8
    _size, widths = fitted(made["columns"], made["rows"], 90, 12, 4)
    assert widths[0] < length("chưa đủ số liệu", 12)  # a narrower page has none


def test_a_number_stays_on_one_line_with_the_mark_in_front_of_it():
    made = table("Đơn vị", "%", width=30, cell="54,43%")
    made["columns"][1]["width"] = 1
    made["rows"][0][1]["tone"] = "warn"
    plain, marked = (
        fitted(made["columns"], made["rows"], 400, 12, 4, marked=on)[1][1] for on in (False, True)
    )

    assert marked >= plain + 12


def test_a_no_break_space_keeps_its_words_in_one_column_width():
    made = table("A", "B", width=1, cell="▲1\u00a012.345")
    made["columns"][0]["width"] = 60
    _size, widths = fitted(made["columns"], made["rows"], 400, 12, 4)

    assert widths[1] >= length("▲1\u00a012.345", 12) + 8


def test_a_word_that_may_break_anywhere_takes_nothing_from_the_others():
    made = table("Đơn vị", "Số", width=1, cell="ĐồngÝ" * 9)
    made["rows"][0][1]["text"] = "12"

    size, widths = fitted(made["columns"], made["rows"], 400, 12, 4)
    assert size == 12 and widths == pytest.approx([200, 200])


def test_letters_get_smaller_only_where_nothing_else_helps():
    made = table(*["+13.666.000"] * 8)

    size, widths = fitted(made["columns"], made["rows"], 467, 12, 4)
    assert 8 <= size < 12
    assert all(width >= length("+13.666.000", size) + 8 for width in widths)


def test_a_table_that_cannot_fit_still_fills_the_page_and_no_more():
    made = table(*["+13.666.000"] * 30)
    size, widths = fitted(made["columns"], made["rows"], 467, 12, 4)

    assert size == 8 and sum(widths) == pytest.approx(467)


def listed(names: list[str], outlooks: list[str], shares: tuple[int, int] = (9, 1)) -> dict:
    name, outlook = shares
    columns = (blocks.Column("a", "Tên", width=name), blocks.Column("b", "Tiến độ", width=outlook))
    rows = tuple((blocks.Cell(a), blocks.Cell(b)) for a, b in zip(names, outlooks, strict=True))
    return blocks.Table("t", "", columns, rows).to_json()


def test_a_short_phrase_gets_one_line_from_a_wide_column_that_has_room():
    made = listed(["Xã A", "Xã B"], ["nguy cơ không đạt"] * 2)
    size, widths = fitted(made["columns"], made["rows"], 200, 10, 4)

    assert size == 10
    assert widths[1] >= length("nguy cơ không đạt", 10) + 8
    assert sum(widths) == pytest.approx(200)


def test_a_phrase_stays_on_two_lines_where_one_would_make_another_column_longer():
    # bold letters of 10 points: the phrase takes 82 points in one line and 43 in two; the name,
    # of four words, takes 82 in one. 150 points less the insets have room for one of both.
    made = listed(["Phường Tam Quan Bắc"], ["nguy cơ không đạt"])
    _size, widths = fitted(made["columns"], made["rows"], 150, 10, 4)
    inside = [width - 8 for width in widths]

    assert inside[1] < length("nguy cơ không đạt", 10)  # two lines, as the name has
    assert inside[0] >= length("Phường Tam", 10) and inside[1] >= length("không đạt", 10)


def test_where_one_of_both_has_to_break_it_is_the_phrase_and_not_the_name_of_the_row():
    # 170 points less the insets have room for the name or for the phrase; the phrase asks for more.
    made = listed(["Phường Tam Quan Bắc"] * 3, ["nguy cơ không đạt"] * 3, shares=(1, 9))
    _size, widths = fitted(made["columns"], made["rows"], 170, 10, 4)

    assert widths[0] - 8 >= length("Phường Tam Quan Bắc", 10)
    assert length("không đạt", 10) <= widths[1] - 8 < length("nguy cơ không đạt", 10)
