"""Tables that a text draws or lines up: Markdown, frames of signs, columns of blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import HEAD, people

from briefing.intake.readers import read_parts
from briefing.intake.readers.drawn_tables import drawn_table, lined_up_table

ROWS = people([12, 25, 8, 31, 14])  # sum to 90
TOP = ["UBND PHƯỜNG BỒNG SƠN báo cáo ngày 16/8/2021", ""]
TABLE = [[str(cell) for cell in row] for row in [HEAD, *ROWS]]
WIDTHS = [max(map(len, column)) for column in zip(*TABLE, strict=True)]


def padded(row: list[str], by: str, *, right: bool = False) -> str:
    cells = zip(row, WIDTHS, strict=True)
    return by.join(cell.rjust(width) if right else cell.ljust(width) for cell, width in cells)


def rule(left: str, by: str, right: str, sign: str) -> str:
    return left + by.join(sign * (width + 2) for width in WIDTHS) + right


def markdown(table: list[list[str]], mark: str = "{}", outer: str = "|") -> list[str]:
    lines = [outer + " | ".join(mark.format(cell) for cell in row) + outer for row in table]
    return [lines[0], outer + "|".join([":---", "---", ":-:", "---", "--:"]) + outer, *lines[1:]]


def framed(each: bool, sign: str = "|", corners: str = "+++", dash: str = "-") -> list[str]:
    between = rule(corners[0], corners[1], corners[2], dash)
    rows = [f"{sign} {padded(row, f' {sign} ')} {sign}" for row in TABLE]
    inside = [line for row in rows for line in ((row, between) if each else (row,))]
    return [between, rows[0], between, *(inside[2:] if each else [*inside[1:], between])]


DRAWN = {
    "Markdown": markdown(TABLE),
    "Markdown in bold": markdown(TABLE, "**{}**"),
    "Markdown without a frame": markdown(TABLE, outer=""),
    "a frame around the table": framed(each=False),
    "a frame around each row": framed(each=True),
    "a frame of box signs": framed(True, "│", "├┼┤", "─"),
    "lined up": [padded(row, "  ") for row in TABLE],
    "lined up and ruled": [padded(TABLE[0], "  "), rule("", "  ", "", "-"),
                           *(padded(row, "  ") for row in TABLE[1:])],
    "lined up to the right": [padded(row, "   ", right=True) for row in TABLE],
    "gaps alone": ["   ".join(row) for row in TABLE],
    "semicolons": [";".join(row) for row in TABLE],
    "tabs": ["\t".join(row) for row in TABLE],
}  # fmt: skip


@pytest.mark.parametrize("suffix", ["txt", "prn", "md", "xls"])
@pytest.mark.parametrize("drawing", DRAWN)
def test_a_table_is_read_however_a_text_draws_it(read, drawing, suffix):
    report = read("\n".join([*TOP, *DRAWN[drawing]]).encode(), f"BC.{suffix}")

    assert (report.unit_code, str(report.report_date)) == ("21640", "2021-08-16")
    assert report.facts == {
        "numerator_cumulative": 90, "numerator_new": None, "distinct_phones": 5,
    }  # fmt: skip
    assert [f for f in report.findings if f.severity == "error"] == []


@pytest.mark.parametrize("by", [" | ", "\t", ";"])
def test_what_is_struck_in_a_cell_by_the_signs_of_a_chat_is_no_part_of_it(read, by):
    table = [[cell.replace("25", "~~35~~ 25") for cell in row] for row in TABLE]
    report = read("\n".join([*TOP, *map(by.join, table)]).encode(), "BC.txt")
    struck = [(f.where, f.found) for f in report.findings if f.rule == "text_struck"]

    assert report.facts["numerator_cumulative"] == 90
    assert struck == [("line 5, column 5", "35")]


def test_a_cell_is_found_at_its_line_and_column():
    (part,) = read_parts("\n".join([*TOP, *markdown(TABLE)]).encode(), ".txt")
    (grid,) = part.grids
    at = next((row, column) for row, column, value in grid.filled() if value == "25")

    assert grid.where(*at) == "line 6, column 5"


def test_a_heading_closer_to_the_next_column_than_two_blanks_is_one_cell():
    grid = lined_up_table([
        "STT  Số điện thoại Lũy kế",
        "1    0912345678    12",
        "2    0912345679    125",
    ])  # fmt: skip

    assert grid and grid.cells[0] == ["STT", "Số điện thoại", "Lũy kế"]
    assert grid.cells[2] == ["2", "0912345679", "125"]


def test_names_whose_words_stand_one_under_the_other_are_one_column():
    grid = lined_up_table([
        "STT   Họ tên            Thôn     Lũy kế",
        " 1    Nguyễn Văn A      Thôn 1       12",
        " 2    Trần Thị B        Thôn 2      125",
        "      Tổng cộng                      137",
    ])  # fmt: skip

    assert grid and grid.cells[1] == ["1", "Nguyễn Văn A", "Thôn 1", "12"]
    assert grid.cells[3] == ["", "Tổng cộng", "", "137"]


def test_a_row_that_goes_on_over_lines_is_one_row_of_its_frame():
    grid = drawn_table([
        "+-----+----------+--------+", "| STT | Họ tên   | Lũy kế |",
        "+=====+==========+========+", "| 1   | Nguyễn   | 12     |",
        "|     | Văn An   |        |", "+-----+----------+--------+",
        "| 2   | Trần Bảy | 25     |", "+-----+----------+--------+",
    ])  # fmt: skip

    assert grid and [row for row in grid.cells if row] == [
        ["STT", "Họ tên", "Lũy kế"], ["1", "Nguyễn Văn An", "12"], ["2", "Trần Bảy", "25"],
    ]  # fmt: skip


def test_two_counts_one_under_the_other_are_never_joined_into_one():
    grid = drawn_table([
        "+--+--+--+", "|a |b |c |", "+--+--+--+", "|x |y |12|", "|  |  |5 |", "+--+--+--+",
        "|u |v |7 |", "+--+--+--+",
    ])  # fmt: skip

    assert grid and ["", "", "5"] in grid.cells


@pytest.mark.parametrize("text", [
    "ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI\nXÃ HOÀI SƠN                Độc lập - Tự do\n"
    "Chào anh chị, xã em báo cáo 16/8: lũy kế 1.250 người.",
    "Bồng Sơn 16/8 | lũy kế 45\nCảm ơn anh",
    "- Thôn An Đỗ: 12\n- Thôn An Hội: 25\n-----\nTổng: 37",
])  # fmt: skip
def test_prose_with_blanks_and_strokes_is_lines(text):
    (part,) = read_parts(text.encode(), ".txt")

    assert [grid.kind for grid in part.grids] == ["lines"]


CELL = st.text(alphabet="abcđêộ0123456789", min_size=1, max_size=12)


@given(st.lists(st.lists(CELL, min_size=4, max_size=4), min_size=3, max_size=8))
def test_whatever_is_lined_up_comes_back_in_its_columns(rows):
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]
    grid = lined_up_table(lines)

    assert grid and grid.cells == rows


@pytest.mark.parametrize(
    "line", ["| " * 900, "-" * 2000, "a  " * 600, "**" * 900, "|" + " -" * 900]
)
def test_signs_without_end_are_told_in_no_time(line):
    from time import process_time

    began = process_time()
    drawn_table([line] * 300)
    lined_up_table([line] * 300)

    assert process_time() - began < 3  # seconds


@pytest.mark.parametrize(("rows", "drawn"), [(1, False), (2, True)])
def test_two_rows_between_strokes_are_a_table(rows, drawn):
    assert (drawn_table(["|---|---|", *["| 1 | Lê An |"] * rows]) is not None) == drawn
