"""Nil reports: nothing new, in the words of offices, wherever a report may stand."""

import pytest
from making import DAY, HEAD, TITLES, letterhead, mau02, people, phone, word, workbook

from briefing.intake.parsers.nil import nil_in
from briefing.intake.parsers.text import plain

UNIT = "UBND xã Hoài Sơn báo cáo đến 15h ngày 16/8/2021: "
NOTHING = "Không phát sinh"


def found(report) -> list[tuple[str, str]]:
    return [(f.rule, f.where) for f in report.findings]


def is_nil(report, where: str, own: int | None = None) -> bool:
    facts = report.facts["numerator_cumulative"], report.facts["numerator_new"]
    return (report.form, report.reading, report.reading_confidence) == (
        "mau02",
        "nil",
        "high",
    ) and (facts == (own, 0) and found(report) == [("nil_report", where)])


SAYINGS = [
    "Không phát sinh", "không có phát sinh mới", "chưa phát sinh", "ko phát sinh", "0 phát sinh",
    "Phát sinh: không", "Không phát sinh thêm trường hợp nào", "không có người cài mới",
    "không có ai cài thêm", "không tăng", "không thay đổi", "số liệu không đổi",
    "không có biến động", "như hôm qua", "số liệu như ngày hôm qua", "giống hôm qua",
    "bằng hôm trước", "như báo cáo ngày 15/8", "vẫn như cũ", "giữ nguyên", "phát sinh 0",
    "trong ngày 0", "cài mới: 0 người", "không phát sinh: 0 người",
]  # fmt: skip


@pytest.mark.parametrize("saying", SAYINGS)
def test_a_message_that_nothing_is_new_is_a_report(read, saying):
    assert is_nil(read((UNIT + saying).encode(), "zalo.txt"), "line 1")


@pytest.mark.parametrize(
    "saying",
    ["vẫn 1.250", "vẫn là 1.250 người", "giữ nguyên 1.250", "như hôm qua (1.250)",
     "không tăng, vẫn 1.250", "không phát sinh, lũy kế 1.250"],
)  # fmt: skip
def test_a_number_that_it_says_all_the_same_is_its_own(read, saying):
    assert is_nil(read((UNIT + saying).encode(), "zalo.txt"), "line 1", own=1250)


def test_a_cumulative_of_zero_is_a_number(read):
    report = read((UNIT + "lũy kế: 0").encode(), "zalo.txt")

    assert (report.reading, report.facts["numerator_cumulative"]) == ("total", 0)


@pytest.mark.parametrize(
    "talk",
    [
        "không phát sinh ca F0 mới", "khó khăn, vướng mắc: không phát sinh",
        "nếu không phát sinh thì ghi: không phát sinh", "hôm qua không phát sinh",
        "thôn 5 không phát sinh", "trường hợp không phát sinh thì vẫn phải báo cáo",
        "vẫn còn 300 người chưa cài", "vẫn 12 người chưa cài", "phát sinh không đáng kể",
    ],
)  # fmt: skip
def test_words_about_something_else_do_not_say_so(talk):
    assert list(nil_in(plain(talk))) == []


@pytest.mark.parametrize("figures", ["trong ngày 12, thôn 5 không phát sinh, lũy kế 1.250"])
def test_installs_of_the_day_go_before_the_words(read, figures):
    report = read((UNIT + figures).encode(), "zalo.txt")

    assert report.reading == "total"
    assert (report.facts["numerator_cumulative"], report.facts["numerator_new"]) == (1250, 12)


def test_each_unit_of_a_message_may_say_so(reader):
    text = "Lũy kế 16/8\nBồng Sơn: 5432\nHoài Sơn: không phát sinh\nHoài Mỹ như hôm qua"
    reports = reader.read(text.encode(), "zalo.txt")

    assert [(r.unit_code, r.reading) for r in reports] == [
        ("21640", "total"), ("21643", "nil"), ("21682", "nil"),
    ]  # fmt: skip


def test_talk_of_nobody_is_no_report(read):
    report = read("Dạ vẫn như hôm qua anh ạ".encode(), "zalo.txt")

    assert found(report) == [("form_unknown", "zalo.txt")]


# In the table of Mẫu 02


def sheet(*rows, head=HEAD, after=(("(Ký tên, đóng dấu)",),)) -> bytes:
    return workbook(mau02(rows, head=head, after=after))


OF_THE_DAY = [*HEAD[:4], "Số cài mới trong ngày", HEAD[4]]
PERSON = ["Nguyễn Văn An", "Khu phố 1", phone(1)]
TABLES = {
    "in the name's cell": (sheet([1, NOTHING, None, None, None]), "B12"),
    "across the row": (sheet([NOTHING]), "A12"),
    "in the count's cell": (sheet([1, "UBND phường", None, None, "như hôm qua"]), "E12"),
    "of each person": (sheet([1, *PERSON, "như hôm qua"], [2, *PERSON, "như hôm qua"]), "E12"),
    "in the total": (sheet(["Tổng cộng", None, None, None, "không tăng"]), "E12"),
    "beside zeros": (sheet([1, *PERSON, 0], after=((NOTHING,),)), "A13"),
    "with dashes": (sheet([1, NOTHING, "-", "-", "-"]), "B12"),
    "under no rows": (sheet(after=(("Ghi chú: hôm nay không phát sinh.",),)), "A12"),
    "a zero of the day": (sheet([1, "Phường", None, None, 0, None], head=OF_THE_DAY), "E12"),
}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_may_say_so_and_nothing_else(read, table):
    content, cell = TABLES[table]

    assert is_nil(read(content), f"Sheet1!{cell}")


def test_a_table_may_say_its_number_with_it(read):
    assert is_nil(read(sheet([1, "Phường", None, None, "vẫn 1.250"])), "Sheet1!E12", own=1250)


def test_the_rows_count_where_there_are_any(read):
    report = read(workbook(mau02(people([45, 38, 52]), after=((NOTHING,),))))

    assert (report.reading, report.facts["numerator_cumulative"]) == ("per_person", 135)


def test_a_row_that_says_so_among_counts_is_not_counted_as_anything(read):
    report = read(workbook(mau02(people([45, "như hôm qua", 52]))))

    assert report.facts["numerator_cumulative"] == 97
    assert found(report) == [("number_unreadable", "Sheet1!E13")]


def test_a_note_on_how_to_say_so_says_nothing(read):
    report = read(sheet(after=(("Ghi chú: nếu không phát sinh thì ghi rõ.",),)))

    assert [rule for rule, _where in found(report)] == ["empty_report"]


def test_zeros_without_a_word_are_numbers(read):
    report = read(workbook(mau02(people([0, 0, 0]))))

    assert (report.reading, report.facts["numerator_cumulative"]) == ("per_person", 0)


DOCUMENTS = {
    "a table": ([HEAD, ["", NOTHING, "", "", ""]], "table 1, row 2, column 2"),
    "a line": ("Trong ngày không phát sinh trường hợp cài đặt mới.", "paragraph 10"),
}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_may_say_so(read, document):
    block, where = DOCUMENTS[document]

    assert is_nil(read(word(*letterhead(), *TITLES, DAY, block), "a.docx"), where)


def test_a_sheet_without_a_table_may_say_so(read):
    rows = [["UBND PHƯỜNG BỒNG SƠN"], ["Ngày 16/8/2021"], ["Số liệu như hôm qua"]]

    assert is_nil(read(workbook(rows)), "Sheet1!A3")


def test_rows_of_units_may_say_so(reader):
    rows = [["Báo cáo ngày 16/8/2021"], ["STT", "Đơn vị", "Lũy kế"], [1, "Bồng Sơn", 5432],
            [2, "Hoài Sơn", "không phát sinh"], [3, "Hoài Mỹ", "vẫn 2.100"]]  # fmt: skip
    reports = reader.read(workbook(rows), "a.xlsx")

    assert [(r.reading, r.facts["numerator_cumulative"]) for r in reports] == [
        ("total", 5432), ("nil", None), ("nil", 2100),
    ]  # fmt: skip


@pytest.mark.slow
def test_what_is_checked_alone_has_no_cumulative_and_no_error(check):
    report = check((UNIT + NOTHING).encode(), "zalo.txt")

    assert (report["reading"], report["facts"]["installs_cumulative"]) == ("nil", None)
    assert [f["severity"] for f in report["findings"]] == ["info"]
