"""Mẫu 02: which rows are data, what is wrong with each of them, and where."""

import pytest
from making import HEAD, bare, name, people, phone, saved, word, workbook

ROWS = people([45, 38, 52])
FILE = "BC Bong Son 16-8.xlsx"


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


def table(read, rows, *after, head=HEAD):
    return read(workbook([*bare(rows, head), *after]), FILE)


def same(report, *, rows: int = 3, numerator: int = 135) -> None:
    assert (report.facts["numerator_cumulative"], report.rows_read) == (numerator, rows)
    assert found(report) == []


# What is data


UNDER = [
    [["Ghi chú: số liệu tính đến 15h00 ngày 16/8/2021"]],
    [[None, "NGƯỜI LẬP BIỂU", None, None, "TM. UBND"], [], [None, "Nguyễn Văn A"]],
    [[None, None, None, "TM. ỦY BAN NHÂN DÂN"], [None, None, None, "CHỦ TỊCH"]],
    [[None, "NGƯỜI LẬP BIỂU", "CHỦ TỊCH"], [None, "Nguyễn Văn A", "Trần Thị B"]],
    [[], [None, None, None, "Bồng Sơn, ngày 16 tháng 8 năm 2021"]],
    [[None, None, None, "SĐT liên hệ: 0912345678"]],
    [["....."], ["(Ký tên, đóng dấu)"], ["....."]],
    [[None, "Nơi nhận:"], [None, "- UBND thị xã;"], [None, "- Lưu: VT."]],
]  # fmt: skip


@pytest.mark.parametrize("after", UNDER)
@pytest.mark.parametrize("total", [False, True])
def test_what_stands_under_the_table_is_no_data(read, after, total):
    totals = [["Tổng cộng", None, None, None, 135]] if total else []
    same(table(read, ROWS, *totals, *after))


def test_remarks_with_numbers_under_the_total_are_no_data(read):
    after = [
        ["Tổng cộng", None, None, None, 135],
        [None, "Trong đó: nữ", None, None, 70],
        [None, "So với hôm qua tăng", None, None, 12],
    ]
    same(table(read, ROWS, *after))


def test_blank_rows_between_data_do_not_matter(read):
    same(table(read, [ROWS[0], [], [], ROWS[1], [], ROWS[2]]))


def test_numbered_rows_that_are_not_filled_in_are_no_data(read):
    same(table(read, ROWS, [4], [5], [6]))


def test_a_subheading_of_a_hamlet_is_no_data(read):
    rows = [["Khu phố 1"], ROWS[0], ["Khu phố 2"], *ROWS[1:]]
    content = workbook(bare(rows), merge=["A2:E2", "A4:E4"])

    same(read(content, FILE))


def test_a_subheading_with_its_sum_is_not_added_to_its_rows(read):
    rows = [
        ["I", "Khu phố 1", None, None, 83],
        *ROWS[:2],
        ["II", "Khu phố 2", None, None, 52],
        ROWS[2],
        ["Tổng cộng", None, None, None, 135],
    ]
    same(table(read, rows))


@pytest.mark.parametrize("label", ["Cộng", "Cộng khu phố", "Tổng khu phố"])
def test_sums_of_hamlets_between_the_rows_are_not_added(read, label):
    rows = [
        *ROWS[:2],
        [label, None, None, None, 83],
        ROWS[2],
        [label, None, None, None, 52],
        ["Tổng cộng", None, None, None, 135],
    ]
    same(table(read, rows))


def test_a_total_right_under_the_head_closes_nothing(read):
    same(table(read, [["Tổng cộng", None, None, None, 135], *ROWS]))


def test_a_person_whose_name_sounds_like_a_total_is_a_person(read):
    rows = [[1, "Công", "Khu phố 1", phone(1), 45], [2, "Tống", "Khu phố 2", phone(2), 38]]
    same(table(read, rows), rows=2, numerator=83)


def test_rows_without_serial_numbers_are_data(read):
    same(table(read, [row[1:] for row in ROWS], head=HEAD[1:]))


def test_a_last_row_with_nothing_but_name_and_address_is_data(read):
    report = table(read, [*ROWS, [None, name(9), "Khu phố 1", None, None]])

    assert report.rows_read == 4 and report.rows_used == 3
    assert found(report) == [("phone_missing", "Sheet1!D5"), ("number_unreadable", "Sheet1!E5")]


# The total


def test_a_total_that_adds_up_is_no_finding(read):
    same(table(read, ROWS, ["Tổng cộng", None, None, None, 135]))


@pytest.mark.parametrize("label", ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "Tổng"])
def test_a_total_that_does_not_add_up_is_a_finding_at_its_cell(read, label):
    report = table(read, ROWS, [label, None, None, None, 130])

    assert found(report) == [("total_mismatch", "Sheet1!E5")]
    assert report.facts["numerator_cumulative"] == 135
    assert report.findings[0].found == "130"


def test_a_total_written_behind_its_label_is_read(read):
    report = table(read, ROWS, ["Tổng cộng: 1.130"])

    assert found(report) == [("total_mismatch", "Sheet1!A5")]
    assert report.findings[0].found == "1130"


def test_a_total_in_word_is_located_by_row_and_column(read):
    rows = [*bare(ROWS), ["Tổng cộng", None, None, None, 130]]
    report = read(word("UBND PHƯỜNG BỒNG SƠN", "(ngày 16/8/2021)", rows), "a.docx")

    assert found(report) == [("total_mismatch", "table 1, row 5, column 5")]


@pytest.mark.parametrize("value", ["=SUM(Tháng!E2:E4)", "#REF!"])
def test_a_total_without_a_number_is_said_and_the_rows_are_taken(read, value):
    content = workbook([*bare(ROWS), ["Tổng cộng", None, None, None, value]])
    if value == "#REF!":
        content = with_error(content, "E5", value)
    report = read(content, FILE)

    assert report.facts["numerator_cumulative"] == 135
    assert [(f.severity, f.rule, f.where) for f in report.findings] == [
        ("info", "total_unreadable", "Sheet1!E5")
    ]


# Numbers


@pytest.mark.parametrize("value", ["abc", "#REF!", "16/8/2021", "09123", "50-60", "=E3+1"])
def test_a_count_that_cannot_be_read_is_a_finding_at_its_cell_and_never_zero(read, value):
    rows = people([45, None, 52])
    rows[1][4] = value
    if value == "09123":
        rows[1][4] = phone(1)
    content = workbook(bare(rows))
    if value == "#REF!":
        content = with_error(content, "E3", value)
    report = read(content, FILE)

    assert found(report) == [("number_unreadable", "Sheet1!E3")]
    assert report.facts["numerator_cumulative"] == 97
    assert (report.rows_read, report.rows_used, report.rows_set_aside) == (3, 2, 1)


def with_error(content: bytes, cell: str, sign: str) -> bytes:
    import io

    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content))
    book.active[cell] = sign
    book.active[cell].data_type = "e"
    return saved(book)


def test_a_rate_among_counts_is_a_finding_and_is_not_left_out_in_silence(read):
    report = table(read, people([45, "42,85%", 52]))

    assert found(report) == [("number_unreadable", "Sheet1!E3")]
    assert report.facts["numerator_cumulative"] == 97


def test_when_no_count_can_be_read_there_is_no_figure(read):
    report = table(read, people(["abc", "def", None]))

    assert report.facts["numerator_cumulative"] is None
    assert found(report) == [("number_unreadable", f"Sheet1!E{row}") for row in (2, 3, 4)]


def test_a_blank_count_among_others_is_set_aside_with_a_finding_and_is_not_zero(read):
    report = table(read, people([45, None, 38, 52]))

    assert report.facts["numerator_cumulative"] == 135 and report.rows_set_aside == 1
    assert found(report) == [("number_unreadable", "Sheet1!E3")]


def test_an_estimate_is_counted_and_said(read):
    report = table(read, people([45, "khoảng 50", 38]))

    assert report.facts["numerator_cumulative"] == 133 and report.rows_set_aside == 0
    assert found(report) == [("number_approximate", "Sheet1!E3")]


def test_a_dotted_number_is_thousands(read):
    same(table(read, people(["1.045", 38, "2.052"])), numerator=3135)


DAY_HEAD = [*HEAD[:4], "Trong ngày", "Lũy kế"]


def test_the_days_installs_have_their_own_column(read):
    rows = [[*row[:4], day, row[4]] for row, day in zip(ROWS, [3, 0, 4], strict=True)]
    report = table(read, rows, ["Tổng cộng", None, None, None, 7, 135], head=DAY_HEAD)

    same(report)
    assert report.facts["numerator_new"] == 7


def test_a_days_count_that_cannot_be_read_is_a_finding_at_its_cell(read):
    rows = [[*row[:4], day, row[4]] for row, day in zip(ROWS, [3, "ba", 4], strict=True)]
    report = table(read, rows, head=DAY_HEAD)

    assert found(report) == [("number_unreadable", "Sheet1!E3")]
    assert report.facts["numerator_new"] == 7


def test_the_days_count_alone_gives_no_cumulative(read):
    report = table(read, ROWS, head=[*HEAD[:4], "Trong ngày"])

    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (None, 135)
    assert report.findings[-1].rule == "header_missing"
