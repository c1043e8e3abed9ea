"""Text files: tables in them by any delimiter, lines else, in any encoding."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import HEAD, bare, mau02, people
from tests.corpus.makers.delimited import delimited, encoded

from briefing.errors import IntakeError
from briefing.intake.readers import read_parts
from briefing.intake.readers.grids import Grid

ROWS = people([45, 38, 52])
ZALO = "UBND phường Bồng Sơn báo cáo đến 15h ngày 16/8: lũy kế 5.432/10.130, đạt 53,6%"


def grid(content: bytes | str, suffix: str = ".csv") -> Grid:
    (part,) = read_parts(content.encode() if isinstance(content, str) else content, suffix)
    (only,) = part.grids
    return only


@pytest.mark.parametrize("by", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1258"])
def test_a_table_is_read_by_any_delimiter_and_in_any_encoding(by, encoding):
    opened = grid(delimited(bare(ROWS), by=by, encoding=encoding))

    assert opened.cells == [[str(value) for value in row] for row in bare(ROWS)]
    assert opened.where(2, 3) == "line 3, column 4"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_told_by_its_zeros(encoding):
    text = delimited(bare(ROWS), by=";", encoding="utf-8").decode()

    assert grid(text.encode(encoding)).cells[0] == HEAD


@pytest.mark.parametrize("suffix", [".csv", ".txt", ""])
def test_a_whole_form_has_its_facts(read, suffix):
    report = read(delimited(mau02(ROWS), by="\t"), f"a{suffix}")

    assert report.facts["numerator_cumulative"] == 135
    assert report.unit_code == "21640"


def test_a_cell_of_two_lines_moves_the_lines_below_it():
    opened = grid('a;"b\nc";d\r\n1;2;3\n\n"x ""y""";5;6\n')

    assert opened.cells == [["a", "b\nc", "d"], ["1", "2", "3"], [], ['x "y"', "5", "6"]]
    assert [opened.where(row, 0) for row in (0, 1, 3)] == [
        "line 1, column 1", "line 3, column 1", "line 5, column 1",
    ]  # fmt: skip


def test_the_delimiter_that_excel_names_is_taken_and_its_line_counts():
    opened = grid("sep=|\n1;2|a\n3;4|b\n")

    assert opened.cells == [[], ["1;2", "a"], ["3;4", "b"]]
    assert opened.where(1, 0) == "line 2, column 1"


def test_the_delimiter_that_gives_rows_alike_wins_over_commas_of_numbers():
    assert grid("1;Khu phố 1;42,85\n2;Khu phố 2;53,6\n").cells[0] == ["1", "Khu phố 1", "42,85"]


def test_rows_of_different_lengths_keep_their_cells():
    assert grid("Báo cáo\n1;2;3\n4;5;6;7\n8;9;0\n").cells == [
        ["Báo cáo"], ["1", "2", "3"], ["4", "5", "6", "7"], ["8", "9", "0"],
    ]  # fmt: skip


def test_a_quotation_mark_that_is_never_closed_swallows_nothing():
    rows = "".join(f"{i};x{i};{i}\n" for i in range(100))
    opened = grid('0;"chưa đóng;0\n' + rows)

    assert len(opened.cells) == 101
    assert opened.cells[0] == ["0", '"chưa đóng', "0"]


@pytest.mark.parametrize("suffix", [".csv", ".txt"])
@pytest.mark.parametrize(
    "text",
    [
        ZALO,
        f"{ZALO}\nUBND phường Hoài Đức báo cáo: lũy kế 3.210, đạt 44,8%\n",
        "Bồng Sơn: KP1 45; KP2 38; KP3 52\nHoài Đức: KP1 45; KP2 38; KP3 52\n",
    ],
)
def test_prose_is_lines_whatever_its_name(text, suffix):
    opened = grid(text, suffix)

    assert opened.kind == "lines" and opened.where(0, 0) == "line 1"
    assert [row[0] for row in opened.cells] == text.splitlines()


def test_the_lines_of_a_text_are_those_that_an_editor_counts():
    first = "Báo cáo\u2028của phường\x0bngày 16 tháng 8 năm 2021, gửi Phòng Văn hóa và Thông tin"
    opened = grid(f"{first}\r\nd\re\n\nf", ".txt")

    assert opened.cells == [[first], ["d"], ["e"], [], ["f"]]


def test_a_text_in_windows_1258_comes_composed():
    opened = grid(encoded("Tiếng Việt: Ủy ban, Hoài Đức", "cp1258"), ".txt")

    assert opened.cells == [["Tiếng Việt: Ủy ban, Hoài Đức"]]


def test_a_text_cut_off_inside_a_letter_is_still_utf_8():
    assert grid("Bồng Sơn báo cáo số".encode()[:-1], ".txt").cells[0][0].startswith("Bồng Sơn báo")


def test_a_blank_text_is_an_empty_report(read):
    assert [f.rule for f in read(b"\r\n \r\n", "a.txt").findings] == ["empty_report"]


@pytest.mark.parametrize(
    ("piece", "times"), [(b"a", 40_000_000), (b'"a;', 10_000_000), (b"\n", 5_000_000)]
)
def test_a_text_no_office_wrote_is_refused_in_no_time(piece, times):
    content = piece * times
    began = time.process_time()
    with pytest.raises(IntakeError) as caught:
        read_parts(content, ".csv")

    assert caught.value.rule == "file_too_large"
    assert time.process_time() - began < 5


CELL = st.text(st.sampled_from("aB1 ốĐ,;|\t\"'\n"), max_size=8).map(str.strip)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=3, max_size=8))
def test_whatever_a_table_says_it_comes_back(rows):
    rows = [[f"k{number}", *row] for number, row in enumerate(rows)]

    opened = grid(b"sep=;\n" + delimited(rows, by=";", encoding="utf-8", ends="\n"))

    assert [row for row in opened.cells if row] == rows


@given(st.binary(max_size=400), st.sampled_from([".csv", ".txt", ".tsv"]))
def test_any_bytes_give_a_grid_or_say_why_not(content, suffix):
    try:
        assert all(grid.cells for part in read_parts(content, suffix) for grid in part.grids)
    except IntakeError as error:
        assert error.rule in {"file_unreadable", "empty_report", "file_encrypted"}


def test_a_damaged_text_opens_or_says_why_not():
    chance = random.Random(1)
    base = delimited(mau02(ROWS), by=";", encoding="cp1258")
    for _time in range(200):
        data = bytearray(base)
        for _change in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            assert read_parts(bytes(data[: chance.randrange(1, len(data))]), ".csv")
        except IntakeError as error:
            assert error.rule == "file_unreadable"


@pytest.mark.parametrize(
    "counts",
    [["1,045", "980", "1,002"], ["1,000", "1,001", "1,999"]],
)
def test_a_number_cut_at_its_comma_is_whole_again(read, counts):
    rows = ["Phường Bồng Sơn 18/8/2021", "STT,Họ và tên,Địa chỉ,SĐT,Lũy kế"]
    rows += [f"{i},Trần Thị {i},Khu phố {i},091234567{i},{n}" for i, n in enumerate(counts, 1)]
    report = read("\n".join(rows).encode(), "a.csv")

    total = sum(int(count.replace(",", "")) for count in counts)
    assert report.facts["numerator_cumulative"] == total
    assert {f.severity for f in report.findings} == {"info"}


def test_pairs_of_numbers_in_a_row_of_the_right_width_stay_apart(read):
    rows = ["Phường Bồng Sơn 18/8/2021", "STT,Khu phố,Trong ngày,Lũy kế"]
    rows += ["1,Khu phố 1,12,345", "2,Khu phố 2,13,400", "3,Khu phố 3,9,512"]
    report = read("\n".join(rows).encode(), "a.csv")

    assert report.facts["numerator_cumulative"] == 1257
    assert report.facts["numerator_new"] == 34
