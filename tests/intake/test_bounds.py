"""Where reading changes its mind: just inside each bound, and just outside."""

from __future__ import annotations

import pytest
from making import people, workbook

from briefing.intake.detection.body import sender_of
from briefing.intake.detection.forms import Segment, TableHead
from briefing.intake.detection.harmless import Harmless
from briefing.intake.detection.lines import Line
from briefing.intake.labels.photos import with_photos_beside
from briefing.intake.labels.rows import answers_in_a_row
from briefing.intake.parsers.dates import file_name_dates
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.reader import Reader
from briefing.intake.readers import read_parts
from briefing.intake.readers.drawn_tables import WIDEST, drawn_table, lined_up_table
from briefing.intake.readers.earlier import own_lines
from briefing.intake.readers.grids import Grid
from briefing.intake.readers.plain_text import delimiter_of, table_of
from briefing.intake.readers.sniff import kind_of
from briefing.intake.submission import Submission
from briefing.intake.tables.nil import Remark, remark_in_row

# Texts and their tables


@pytest.mark.parametrize(("controls", "kind"), [(20, "text"), (21, "unknown")])
def test_bytes_of_which_more_than_2_in_100_are_no_letters_are_no_text(controls, kind):
    assert kind_of(b"a" * (1000 - controls) + b"\x01" * controls, ".txt") == kind


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (["1;An;12", "2;Binh;25"], ";"),
        (["1;An;12"], None),
        (["An;12", "Binh;25", "Chau;8"], None),  # two cells may be a sentence
        (["An\t12", "Binh\t25", "Chau\t8"], "\t"),
        (["An\t12", "Binh\t25"], None),
        (["1, An, 12", "2, Binh, 25", "3, Chau, 8"], None),
    ],
)
def test_a_text_is_a_table_with_2_rows_of_3_cells_or_by_tabs_with_3_rows(lines, sign):
    assert delimiter_of([f"{line}\n" for line in lines], surely=True) == sign


@pytest.mark.parametrize(
    ("lines", "sign"),
    [
        (["a;b", "c;d"], ";"),
        (["a;b;c"], ";"),
        (["a;b"], None),
        (["a, b", "c, d", "e, f"], None),
        (["a, b, c", "d, e, f"], None),  # as sentences have commas
        (["a, b, c", "d, e, f", "g, h, i"], ","),
    ],
)
def test_a_file_named_as_a_table_is_one_with_2_rows_alike_or_one_of_3_cells(lines, sign):
    assert delimiter_of([f"{line}\n" for line in lines], surely=False) == sign


def test_300_rows_tell_the_delimiter():
    def cut(into: int) -> str:
        return "\t".join("x" * into) + "\n"

    alike, others = [cut(3)] * 149, [cut(into) for into in range(4, 154)]

    assert delimiter_of([*alike, *others, cut(3), cut(200)], surely=True) == "\t"  # 150 of 300
    assert delimiter_of([*alike, *others, cut(200), cut(3)], surely=True) is None


@pytest.mark.parametrize(("lines", "rows"), [(30, 1), (31, 31)])
def test_a_cell_of_more_than_30_lines_has_a_mark_that_was_never_closed(lines, rows):
    typed = ['1;"a\n', *["b\n"] * (lines - 2), 'c"\n']

    assert len(table_of(typed, ";").cells) == rows


@pytest.mark.parametrize(("row", "cells"), [("000000002", [[None], ["a"]]), ("0000000002", None)])
def test_a_row_of_a_sylk_sheet_is_counted_by_up_to_9_digits(row, cells):
    parts = read_parts(f'ID;P\nC;Y{row};X1;K"a"\nE\n'.encode(), ".slk")

    assert (parts[0].grids[0].cells if parts else None) == cells


@pytest.mark.parametrize(("rows", "is_one"), [(3, True), (2, False)])
def test_three_lines_whose_columns_stand_one_under_the_other_are_a_table(rows, is_one):
    lines = ["1  An    12", "2  Binh  25", "3  Chau   8"][:rows]

    assert (lined_up_table(lines) is not None) == is_one


@pytest.mark.parametrize(
    ("lines", "is_one"),
    [
        (["1  An  12", "22  Binh  25", "333  Chau  8"], True),
        (["1  An", "22  Binh", "333  Chau"], False),
        (["1  An  12", "22  Binh  25"], False),
    ],
)
def test_gaps_alone_make_a_table_of_three_lines_with_three_cells(lines, is_one):
    assert (lined_up_table(lines) is not None) == is_one


@pytest.mark.parametrize(("longer", "is_one"), [(0, True), (1, False)])
def test_a_line_of_more_than_2000_letters_is_not_lined_up(longer, is_one):
    lines = [
        f"{line}  {'a' * (2000 - len(line) - 2 + longer)}" for line in ("1  b", "2  c", "3  d")
    ]

    assert len(lines[0]) - longer == WIDEST
    assert (lined_up_table(lines) is not None) == is_one


@pytest.mark.parametrize(("rows", "is_one"), [(2, True), (1, False)])
def test_two_rows_between_strokes_are_a_drawn_table(rows, is_one):
    lines = ["| STT | Lũy kế |", "|-----|--------|", "| 1   | 12     |"][: rows + 1]

    assert (drawn_table(lines) is not None) == is_one


@pytest.mark.parametrize(("rules", "second"), [(3, []), (2, ["", "Thị Bình", ""])])
def test_three_strokes_part_rows_so_that_a_line_between_two_goes_on(rules, second):
    stroke = "+---+----------+----+"
    lines = [stroke, "| 1 | Trần     | 12 |", "|   | Thị Bình |    |", stroke]
    lines += [stroke] * (rules - 2)
    table = drawn_table(lines)

    assert table is not None
    assert table.cells[2] == second


# Mẫu 02


@pytest.mark.parametrize(("letters", "is_one"), [(200, True), (201, False)])
def test_a_remark_that_nothing_is_new_has_up_to_200_letters(letters, is_one):
    said = "Không phát sinh".ljust(letters, ".")
    remark = remark_in_row(Grid("sheet", "S", [["Bồng Sơn", said]]), 0, None, None)

    assert remark == (Remark("S!B1", "Không phát sinh") if is_one else None)


@pytest.mark.parametrize(
    ("serial", "is_a_day"), [(44357, False), (44358, True), (44498, True), (44499, False)]
)
def test_a_day_up_to_60_before_or_after_the_campaign_is_no_count(read, serial, is_a_day):
    report = read(workbook([["STT", "Họ và tên", "Địa chỉ", "Số điện thoại", "Lũy kế"],
                            *people([12, 25, 8, serial])]), "Bong Son 16-8.xlsx")  # fmt: skip
    unread = [f.where for f in report.findings if f.rule == "number_unreadable"]

    assert unread == (["Sheet1!E5"] if is_a_day else [])


# Mẫu 01


@pytest.mark.parametrize(
    ("columns", "answered"),
    [
        ({"m01_numerator": 1}, set()),
        ({"m01_denominator": 0, "m01_numerator": 1}, {"m01_denominator", "m01_numerator"}),
    ],
)
def test_two_of_the_three_counts_in_a_row_are_an_agencys_answers(columns, answered):
    grid = Grid("sheet", "S", [["Có ĐTTM", "Đã cài"], ["45", "40"]])
    head = TableHead((Segment(grid, 1),), 0, columns)

    assert answers_in_a_row(head).keys() == answered


@pytest.mark.parametrize(
    ("numbers", "installed"), [("45 có ĐTTM, 40 đã cài Bluezone", 40), ("40 đã cài Bluezone", None)]
)
def test_two_numbers_called_by_their_names_are_an_agencys_answers(read, numbers, installed):
    report = read(f"Trường THCS Bồng Sơn: {numbers}. 18/8/2021".encode(), "zalo.txt")

    assert report.facts.get("staff_numerator") == installed


@pytest.mark.parametrize(("stem", "joined"), [("y te", "y te.docx"), ("yte", "")])
def test_a_photo_is_known_by_the_name_of_a_report_of_at_least_4_letters(stem, joined):
    forms = [
        Submission(f"{name}.docx", "", form="mau01", owed_by="bodies") for name in (stem, "noi vu")
    ]
    photo = Submission(f"{stem} anh.jpg", "", facts={"qr_photo": True})

    assert with_photos_beside([*forms, photo])[2].joined_to == joined


# Whose it is


@pytest.mark.parametrize(("line", "sender"), [(8, "CQ037"), (9, None)])
def test_the_sender_of_a_text_of_no_form_stands_in_its_first_8_lines(reader: Reader, line, sender):
    texts = ["Nội dung khác"] * (line - 1) + ["Trường THCS Bồng Sơn", "Nội dung khác"]
    lines = [Line(text, f"line {n}") for n, text in enumerate(texts, start=1)]

    assert sender_of(lines, reader.words) == sender


@pytest.mark.parametrize(("letters", "count"), [(25, 5432), (26, None)])
def test_a_unit_named_up_to_25_letters_after_an_address_is_the_sender(read, letters, count):
    opening = "em xin gửi báo cáo".ljust(letters - 1, "o") + " "
    said = f"Kính gửi anh Nam, {opening}phường Bồng Sơn ngày 16/8: lũy kế 5.432"
    report = read(said.encode(), "zalo.txt")

    assert report.facts.get("numerator_cumulative") == count


@pytest.mark.parametrize(("labels", "own"), [(3, 1), (2, 4)])
def test_three_labels_over_an_earlier_letter_are_its_head(labels, own):
    head = ["From: van phong", "Sent: 15/8/2021", "To: phong VHTT"][:labels]
    lines = ["Kinh gui so lieu.", *head, "luy ke 100"]

    assert sum(map(bool, own_lines(lines))) == own


@pytest.mark.parametrize(("lines", "own"), [(8, 1), (9, 11)])
def test_the_head_of_an_earlier_letter_is_told_by_8_lines(lines, own):
    head = ["From: van phong", *["To: phong VHTT"] * (lines - 2), "Sent: 15/8/2021"]

    assert sum(map(bool, own_lines(["So lieu.", *head, "luy ke 100"]))) == own


@pytest.mark.parametrize(("lines", "own"), [(3, 1), (4, 4)])
def test_on_such_a_day_somebody_wrote_is_broken_over_up_to_3_lines(lines, own):
    broken = ["On Mon, Aug 16, 2021 at 3:00 PM", *["van phong"] * (lines - 2), "<a@b.vn> wrote:"]

    assert sum(map(bool, own_lines(["So lieu.", *broken, "luy ke 100"]))) == own


# Messages


@pytest.mark.parametrize(("letters", "count"), [(600, 5432), (601, None)])
def test_a_line_of_more_than_600_letters_is_no_message(read, letters, count):
    said = "UBND phường Bồng Sơn báo cáo ngày 16/8: lũy kế 5.432. ".ljust(letters, "o")

    assert read(said.encode(), "zalo.txt").facts.get("numerator_cumulative") == count


@pytest.mark.parametrize(("letters", "installed"), [(3000, 40), (3001, None)])
def test_a_message_of_more_than_3000_letters_is_a_letter(read, letters, installed):
    said = "Trường THCS Bồng Sơn: 45 có ĐTTM, 40 đã cài Bluezone. 18/8/2021"
    lines = [said, *["o" * 500] * 5, "o" * (letters - 2500 - len(said))]
    report = read("\n".join(lines).encode(), "zalo.txt")

    assert report.facts.get("staff_numerator") == installed


@pytest.mark.parametrize(("letters", "reading"), [(300, "nil"), (301, None)])
def test_a_long_letter_has_to_say_what_it_is_that_has_not_grown(read, letters, reading):
    said = "UBND phường Bồng Sơn báo cáo ngày 16/8: không phát sinh. ".ljust(letters, "o")

    assert read(said.encode(), "zalo.txt").reading == reading


# Single values and names


@pytest.mark.parametrize(("digits", "is_one"), [("12345678", True), ("123456789", False)])
def test_a_count_has_up_to_8_digits(digits, is_one):
    assert isinstance(parse_number(digits), Number) == is_one


@pytest.mark.parametrize(("year", "days"), [(2016, 1), (2015, 0), (2026, 1), (2027, 0)])
def test_a_year_in_a_name_is_up_to_5_from_the_campaigns(year, days):
    assert len(file_name_dates(f"BC 16.8.{year}", year=2021)) == days


@pytest.mark.parametrize(("letters", "field"), [(90, "so_dien_thoai"), (91, None)])
def test_a_heading_has_up_to_90_letters(reader: Reader, letters, field):
    heading = reader.words.heading("Số điện thoại ".ljust(letters, "o"))

    assert (heading.field if heading else None) == field


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("123456", True),
        ("1234567", False),
        ("20210816", True),
        ("202108161", False),
        ("20210816 123456", True),
    ],
)
def test_a_name_of_more_than_6_digits_beside_a_day_may_be_somebodys_telephone(
    reader: Reader, name, shown
):
    assert Harmless(reader.words)(f"Báo cáo {name}.xlsx") == shown
