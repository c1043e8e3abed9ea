"""Forms of counts, in the layouts and wordings in which offices send them."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.styles import Font
from tests.intake.counting import ACCOUNTS, HOUSEHOLDS, VACCINATION, campaign

from briefing.intake.reader import Reader
from briefing.intake.submission import Submission

DOSES = [["UBND XÃ BÀU SEN"], ["KẾT QUẢ TIÊM CHỦNG"], ["Ngày 20/4/2022"], []]
WEEK = [["UBND XÃ BÌNH ĐÔNG"], ["KÍCH HOẠT VNeID"], ["Tuần đến ngày 10/10/2025"], []]
RETURN = [["KIBOKONI VILLAGE"], ["HOUSEHOLD REGISTRATION RETURN"], ["Date: 15 May 2024"], []]
GROUPS = {"a5": 100, "a12": 200, "a18": 1300}


@cache
def reader(settings: str) -> Reader:
    with TemporaryDirectory() as folder:
        return Reader(campaign(Path(folder), settings), b"k" * 16)


def workbook(rows: Iterable[Sequence[Any]], merged: Iterable[str] = ()) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append([*row])
    for cells in merged:
        book.active.merge_cells(cells)
    return saved(book)


def saved(document: Any) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def word(lines: Iterable[str], rows: Sequence[Sequence[Any]] = ()) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, values in zip(table.rows, rows, strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = str(value)
    return saved(document)


def read(settings: str, content: bytes | str, file: str = "a.xlsx") -> list[Submission]:
    given = content if isinstance(content, bytes) else content.encode()
    return reader(settings).read(given, file)


def one(settings: str, content: bytes | str, file: str = "a.xlsx") -> Submission:
    [report] = read(settings, content, file)
    return report


def doses(rows: Iterable[Sequence[Any]], merged: Iterable[str] = ()) -> Submission:
    return one(VACCINATION, workbook([*DOSES, *rows], merged))


def told(report: Submission, indicator: str, measure: str = "cumulative") -> dict[str, int]:
    return {
        value.group: value.value
        for value in report.values
        if (value.indicator, value.measure) == (indicator, measure)
    }


def rules(report: Submission) -> set[str]:
    return {finding.rule for finding in report.findings if finding.severity != "info"}


def test_a_report_is_of_the_form_unit_and_day_that_it_names():
    report = doses([["Nhóm tuổi", "Mũi 1"], ["5-11 tuổi", 1], ["12-17", 2], ["18+", 3]])

    assert (report.form, report.owed_by) == ("daily", "units")
    assert (report.unit_code, report.report_date) == ("X01", date(2022, 4, 20))
    assert report.facts["numerator_cumulative"] == 6


ROWS = {
    "groups as rows, the total last": [
        ["Nhóm tuổi", "Mũi 1", "Mũi 2"],
        ["5-11 tuổi", 100, 10], ["12-17 tuổi", 200, 20], ["Từ 18 tuổi", "1.300", 30],
        ["Tổng cộng", 1600, 60],
    ],
    "the total first": [
        ["Độ tuổi", "Số người đã tiêm mũi 1", "Số người đã tiêm mũi 2"],
        ["Tổng số", 1600, 60], ["Trong đó:"],
        ["Từ 5 đến 11 tuổi", 100, 10], ["12-17t", 200, 20], ["≥ 18 tuổi", 1300, 30],
    ],
    "groups as columns under the doses": [
        ["Mũi 1", "", "", "Mũi 2", "", ""],
        ["5-11", "12-17", "18+", "5-11", "12-17", "18+"],
        [100, 200, 1300, 10, 20, 30],
    ],
    "group and dose in two columns": [
        ["Mũi", "Nhóm tuổi", "Số người"],
        ["Mũi 1", "5-11", 100], ["Mũi 1", "12-17", 200], ["Mũi 1", "18+", 1300],
        ["Mũi 2", "5-11", 10], ["", "12-17", 20], ["", "18+", 30],
    ],
    "a label and its value": [
        ["Mũi 1 (5-11 tuổi)", 100], ["Mũi 1 (12-17 tuổi)", 200], ["Mũi 1 (18 tuổi trở lên)", 1300],
        ["Mũi 2 (5-11 tuổi)", 10], ["Mũi 2 (12-17 tuổi)", 20], ["Mũi 2 (18 tuổi trở lên)", 30],
    ],
    "chapters of doses": [
        ["Nội dung", "Số lượng"],
        ["I. Mũi 1"], ["5-11", 100], ["12-17", 200], ["18+", 1300],
        ["II. Mũi 2"], ["5-11", 10], ["12-17", 20], ["18+", 30],
    ],
    "a table for each dose": [
        ["1. Mũi 1"], ["Nhóm tuổi", "Số người"], ["5-11", 100], ["12-17", 200], ["18+", 1300], [],
        ["2. Mũi 2"], ["Nhóm tuổi", "Số người"], ["5-11", 10], ["12-17", 20], ["18+", 30],
    ],
    "doses below each group": [
        ["Nội dung", "Kết quả"],
        ["5-11 tuổi"], ["- Mũi 1", 100], ["- Mũi 2", 10],
        ["12-17 tuổi"], ["- Mũi 1", 200], ["- Mũi 2", 20],
        ["18 tuổi trở lên"], ["- Mũi 1", 1300], ["- Mũi 2", 30],
    ],
    "schools in rows, groups in columns": [
        ["STT", "Trường", "Mũi 1", "", "", "Mũi 2", "", ""],
        ["", "", "5-11", "12-17", "18+", "5-11", "12-17", "18+"],
        [1, "Trường A", 60, 150, 300, 4, 15, 10], [2, "Trường B", 40, 50, 1000, 6, 5, 20],
        ["", "Tổng", 100, 200, 1300, 10, 20, 30],
    ],
    "schools over their groups": [
        ["Trường", "Nhóm tuổi", "Mũi 1", "Mũi 2"],
        ["Trường A", "5-11", 60, 4], ["", "12-17", 150, 15], ["", "18+", 300, 10],
        ["Trường B", "5-11", 40, 6], ["", "12-17", 50, 5], ["", "18+", 1000, 20],
    ],
    "planned and refused beside": [
        ["Nhóm tuổi", "Kế hoạch mũi 1", "Mũi 1", "Từ chối mũi 1", "Mũi 2", "Tổng số mũi"],
        ["5-11", 400, 100, 5, 10, 110], ["12-17", 400, 200, 5, 20, 220],
        ["18+", 7000, 1300, 9, 30, 1330],
    ],
}  # fmt: skip


@pytest.mark.parametrize("layout", ROWS)
def test_every_layout_gives_each_group_of_each_dose(layout: str):
    report = doses(ROWS[layout])

    assert told(report, "dose1") == {**GROUPS, "": 1600}
    assert told(report, "dose2") == {"a5": 10, "a12": 20, "a18": 30, "": 60}
    assert report.facts["numerator_cumulative"] == 1600
    assert (report.reading_confidence, rules(report)) == ("high", set())


def test_a_table_of_word_and_one_of_a_text_read_as_a_sheets_does():
    rows = ROWS["groups as rows, the total last"]
    lines = [row[0] for row in DOSES if row]
    text = "\n".join([*lines, *("\t".join(map(str, row)) for row in rows)])

    assert told(one(VACCINATION, word(lines, rows), "a.docx"), "dose1") == {**GROUPS, "": 1600}
    assert told(one(VACCINATION, text, "a.txt"), "dose1") == {**GROUPS, "": 1600}


def test_places_below_the_unit_add_up_to_it_and_stay_known():
    report = doses([["Thôn", "Mũi 1"], ["Thôn 1", 10], ["Thôn 2", 20], ["Cộng", 30]])

    assert report.facts["numerator_cumulative"] == 30
    assert (report.reading, [*report.rows.value]) == ("per_place", [10, 20])


def test_places_may_be_the_columns():
    report = doses([["Nội dung", "Thôn 1", "Thôn 2", "Tổng"], ["Mũi 1", 10, 20, 30]])

    assert (told(report, "dose1"), [*report.rows.value]) == ({"": 30}, [10, 20])


def test_a_total_that_its_places_do_not_add_up_to_is_told_and_the_places_count():
    report = doses([["Thôn", "Mũi 1"], ["Thôn 1", 10], ["Thôn 2", 20], ["Tổng cộng", 31]])

    assert report.facts["numerator_cumulative"] == 30
    assert "total_mismatch" in rules(report)
    assert report.reading_confidence == "low"


def test_groups_that_do_not_add_up_are_told_and_count():
    report = doses([["Nhóm tuổi", "Mũi 1"], ["5-11", 1], ["12-17", 2], ["18+", 3], ["Tổng", 7]])

    assert told(report, "dose1") == {"a5": 1, "a12": 2, "a18": 3, "": 6}
    assert "groups_mismatch" in rules(report)
    assert report.reading_confidence == "low"


def test_a_group_left_blank_is_missing_and_not_zero():
    report = doses([["Nhóm tuổi", "Mũi 1"], ["5-11", 1], ["12-17", None], ["18+", 3]])

    assert told(report, "dose1") == {"a5": 1, "a18": 3, "": 4}
    assert {"number_unreadable", "groups_missing"} <= rules(report)
    assert report.reading_confidence == "low"


def test_a_group_that_no_form_asks_for_is_left_out_and_told():
    report = doses(
        [["Nhóm tuổi", "Mũi 1"], ["5-11", 1], ["12-17", 2], ["18+", 3], ["Khác", 4], ["Tổng", 10]]
    )

    assert told(report, "dose1") == {"a5": 1, "a12": 2, "a18": 3, "": 6}
    assert {"row_left_out", "groups_mismatch"} <= rules(report)


@pytest.mark.parametrize("value", ["10 - 12", "6.5", "-7", "nghỉ", "0912345678"])
def test_a_cell_that_is_no_count_gives_no_figure(value: str):
    report = doses([["", "Mũi 1", "Mũi 2"], ["Tổng cộng", value, 20]])

    assert told(report, "dose1") == {}
    assert told(report, "dose2") == {"": 20}
    assert "number_unreadable" in rules(report)


def test_who_signs_below_a_column_of_numbers_is_no_number():
    report = doses([["Mũi 1", "Mũi 2"], [47, 21], [None, "Người lập biểu"], [None, "....."]])

    assert (told(report, "dose1"), told(report, "dose2")) == ({"": 47}, {"": 21})
    assert (report.reading_confidence, rules(report)) == ("high", set())


def test_two_numbers_for_one_figure_give_none():
    report = doses([["Nội dung", "Kết quả"], ["Mũi 1", 10], ["Mũi 1", 12], ["Mũi 2", 3]])

    assert (told(report, "dose1"), told(report, "dose2")) == ({}, {"": 3})
    assert "figure_twice" in rules(report)


def test_a_heading_with_words_that_are_not_understood_is_taken_with_a_doubt():
    report = doses([["Nội dung", "Kết quả"], ["Mũi 1 tại trạm lưu động", 10]])

    assert told(report, "dose1") == {"": 10}
    assert (report.reading_confidence, rules(report)) == (
        "low",
        {"heading_assumed", "number_unreadable"},
    )


def test_what_was_planned_is_no_figure():
    report = doses([["Nội dung", "Kết quả"], ["Kế hoạch mũi 1", 10], ["Mũi 2", 4]])

    assert (told(report, "dose1"), told(report, "dose2")) == ({}, {"": 4})


def test_a_sum_over_doses_is_no_figure_of_one():
    report = read(VACCINATION, "Xã Bàu Sen 20/4/2022 tổng mũi 1 + mũi 2: 2.000", "a.txt")[0]

    assert (report.values, report.form) == ((), None)


def test_new_ones_stand_beside_the_cumulative():
    report = doses(
        [
            ["Nhóm tuổi", "Mũi 1", ""], ["", "Trong ngày", "Lũy kế"],
            ["5-11", 1, 100], ["12-17", 3, 200], ["18+", 0, 1300], ["Cộng", 4, 1600],
        ]
    )  # fmt: skip

    assert told(report, "dose1") == {**GROUPS, "": 1600}
    assert told(report, "dose1", "new") == {"a5": 1, "a12": 3, "a18": 0, "": 4}
    assert report.facts["numerator_new"] == 4


def test_more_second_doses_than_first_ones_are_told_group_by_group():
    report = doses(
        [["Nhóm tuổi", "Mũi 1", "Mũi 2"], ["5-11", 9, 10], ["12-17", 9, 9], ["18+", 9, 0]]
    )

    assert [(f.where, f.found) for f in report.findings] == [("Sheet!C6", "10")]
    assert rules(report) == {"over_another"}


def test_a_ratio_gives_the_denominator_of_its_group():
    report = doses([["Nhóm tuổi", "Mũi 1"], ["5-11", "35/120"], ["12-17", "10/20"], ["18+", "1/9"]])

    assert told(report, "dose1") == {"a5": 35, "a12": 10, "a18": 1, "": 46}
    assert told(report, "dose1", "denominator") == {"a5": 120, "a12": 20, "a18": 9}


def test_a_rate_alone_is_worked_out_from_the_denominator_and_told():
    report = one(
        ACCOUNTS, workbook([*WEEK, ["Đơn vị", "Tỷ lệ kích hoạt"], ["Xã Bình Đông", "41,2%"]])
    )

    assert told(report, "accounts") == {"": 4120}
    assert "percent_only" in rules(report)
    assert report.reading_confidence == "low"


def test_labels_with_values_give_denominator_new_and_cumulative():
    report = one(
        ACCOUNTS,
        workbook(
            [
                *WEEK,
                ["STT", "Nội dung", "Kết quả"],
                [1, "Số công dân từ đủ 14 tuổi", "9.414"],
                [2, "Kích hoạt mới trong tuần", 120],
                [3, "Lũy kế tài khoản đã kích hoạt", "8.000"],
                [4, "Chưa kích hoạt", "1.414"],
            ]
        ),
    )

    assert [(v.measure, v.value) for v in report.values] == [
        ("denominator", 9414),
        ("new", 120),
        ("cumulative", 8000),
    ]
    assert (report.reading_confidence, rules(report)) == ("high", set())


def test_a_table_of_units_is_a_report_of_each():
    table = [
        ["TỔNG HỢP VNeID TUẦN ĐẾN 10/10/2025"],
        ["TT", "Xã, phường", "Lũy kế đã kích hoạt"],
        [1, "Xã Bình Cường", "5.000"],
        [2, "Xã Bình Đông", None],
        [3, "Xã Cẩm Hà", 300],
        ["Tổng", "", "5.300"],
    ]
    first, second, third = read(ACCOUNTS, workbook(table))

    assert [told(r, "accounts") for r in (first, second, third)] == [{"": 5000}, {}, {"": 300}]
    assert [r.unit_code for r in (first, second, third)] == ["90001", "90004", "90007"]
    assert (second.usable, rules(second)) == (False, {"number_unreadable"})


def test_a_total_of_units_that_does_not_add_up_is_told():
    table = [["VNeID 10/10/2025"], ["Xã", "Lũy kế"], ["Bình Cường", 5], ["Cẩm Hà", 3], ["Tổng", 9]]

    assert "total_mismatch" in rules(read(ACCOUNTS, workbook(table))[-1])


MESSAGES = {
    "Bàu Sen báo cáo ngày 20/4: mũi 1 1.234, mũi 2 980": (1234, 980),
    "Xã Bàu Sen 20/4/2022\nMũi 1: 1.234 (24,7%)\nMũi 2: 980 (tăng 20)\nLH 0912345678": (1234, 980),
    "Tính đến 17h ngày 20/4/2022, xã Bàu Sen đã tiêm được 1.234 mũi 1 và 980 mũi 2.": (1234, 980),
    "UBND xã Bàu Sen\n20/4/2022\n1.234 người đã tiêm mũi 1\n980 người đã tiêm mũi 2": (1234, 980),
    "Bàu Sen 20/4: mũi 1: 5-11t 10, 12-17t 20, 18+ 30. mũi 2: 5-11t 5, 12-17t 6, 18+ 7": (60, 18),
    "Bàu Sen 20/4/2022: chưa tiêm mũi 1: 300; đã tiêm mũi 1: 1.000; mũi 2: 5": (1000, 5),
}


@pytest.mark.parametrize("text", MESSAGES)
def test_a_message_gives_each_number_to_its_label(text: str):
    report = one(VACCINATION, text, "a.txt")

    assert (report.unit_code, report.report_date) == ("X01", date(2022, 4, 20))
    assert (told(report, "dose1")[""], told(report, "dose2")[""]) == MESSAGES[text]
    assert (report.reading_confidence, rules(report)) == ("high", set())


def test_a_line_of_each_unit_is_a_report_of_each():
    text = "20/4/2022\nBàu Sen: mũi 1 1.234, mũi 2 980\nCẩm Tuyền: mũi 1 500, mũi 2 300"
    reports = read(VACCINATION, text, "a.txt")

    assert [(r.unit_code, told(r, "dose1")) for r in reports] == [
        ("X01", {"": 1234}),
        ("X02", {"": 500}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kibokoni village, 15 May 2024\nHouseholds registered: 1,234\nNew today: 35",
        "Good evening sir, Kibokoni 1,234 households registered, 35 new today. 15th May",
        "Kibokoni, 15/05/2024 - registered to date 1,234; registered today 35",
    ],
)
def test_an_english_message_is_read_by_its_own_marks_and_months(text: str):
    report = one(HOUSEHOLDS, text, "a.txt")

    assert (report.unit_code, report.report_date) == ("V01", date(2024, 5, 15))
    assert (told(report, "registered"), told(report, "registered", "new")) == ({"": 1234}, {"": 35})
    assert (report.reading_confidence, rules(report)) == ("high", set())


def test_columns_of_days_give_the_day_of_the_report():
    rows = [
        ["Household registration - Kibokoni"],
        ["", "13 May", "14 May", "15 May"],
        ["Households registered", 100, 120, 150],
        ["New today", 20, 20, 30],
    ]
    report = one(HOUSEHOLDS, workbook(rows), "15-5-2024.xlsx")

    assert (told(report, "registered"), report.report_date) == ({"": 150}, date(2024, 5, 15))
    assert told(report, "registered", "new") == {"": 30}


def test_zones_of_a_village_add_up():
    rows = [["Zone", "New today", "Registered to date"], ["A", 10, "1,234"], ["B", 5, 200]]
    report = one(HOUSEHOLDS, workbook([*RETURN, *rows, ["Total", 15, "1,434"]]))

    assert (told(report, "registered"), told(report, "registered", "new")) == ({"": 1434}, {"": 15})
    assert report.reading_confidence == "high"


def test_what_is_about_something_else_is_set_aside():
    report = one(
        ACCOUNTS, workbook([["UBND XÃ BÌNH ĐÔNG"], ["HỘ NGHÈO"], ["Thôn", "Số hộ"], [1, 9]])
    )

    assert (report.form, report.values, rules(report)) == (None, (), {"subject_other"})


def test_nothing_new_is_a_report_without_a_figure():
    report = one(ACCOUNTS, "Xã Bình Đông tuần 10/10/2025 VNeID không phát sinh", "a.txt")

    assert (report.reading, report.values, report.facts["numerator_new"]) == ("nil", (), 0)


def test_a_form_without_a_number_is_empty():
    assert doses([["Nhóm tuổi", "Mũi 1"], ["5-11", None], ["12-17", None]]).values == ()


def test_check_says_figures_by_the_codes_of_the_campaign():
    report = doses(ROWS["groups as rows, the total last"])
    said = reader(VACCINATION).campaign.naming.record(report.to_json())

    assert (said["facts"]["dose1_cumulative"], said["facts"]["dose2_cumulative"]) == (1600, 60)
    assert {"numerator_cumulative", "numerator_new"}.isdisjoint(said["facts"])
    assert {value["group"] for value in said["values"]} == {"", "a5", "a12", "a18"}


def test_a_form_of_word_without_a_number_is_empty_too():
    lines = ["XÃ BÀU SEN", "TIÊM CHỦNG ngày 20/4/2022"]
    report = one(VACCINATION, word(lines, [["Nhóm tuổi", "Mũi 1"], ["5-11", ""]]), "a.docx")

    assert (report.unit_code, report.blank) == ("X01", True)


def test_who_signs_below_a_column_of_places_is_no_place():
    rows = [["Zone", "Registered to date"], ["A", 10], ["B", 20], ["Prepared by", None]]
    report = one(HOUSEHOLDS, workbook([*RETURN, *rows]))

    assert (told(report, "registered"), rules(report)) == ({"": 30}, set())


def test_no_finding_shows_the_name_of_a_person_in_a_row():
    rows = [["Name", "Count"], ["Amina Hassan", "x"], ["John Karisa", 4], ["Total", 9]]
    report = one(HOUSEHOLDS, workbook([*RETURN, *rows]))
    said = json.dumps(report.to_record(), default=str) + json.dumps(report.to_json(), default=str)

    assert {"number_unreadable", "heading_assumed"} <= rules(report)
    assert not any(name in said for name in ("Amina", "Hassan", "John", "Karisa"))


@pytest.mark.parametrize("value", ["nghỉ", "x", None])
def test_a_table_may_begin_with_a_row_that_gives_no_number(value: str | None):
    report = doses([["Nhóm tuổi", "Mũi 1"], ["5-11", value], ["12-17", 2], ["18+", 3]])

    assert told(report, "dose1") == {"a12": 2, "a18": 3, "": 5}
    assert {"number_unreadable", "groups_missing"} <= rules(report)


@pytest.mark.parametrize("parts", [("Ca sáng", "Ca chiều"), ("Điểm A", "Điểm B")])
def test_columns_for_parts_that_are_no_group_give_no_figure(parts: tuple[str, str]):
    head = [["Nhóm tuổi", "Mũi 1", ""], ["", *parts]]
    report = doses([*head, ["5-11", 50, 51], ["12-17", 100, 101], ["18+", 600, 700]])

    assert told(report, "dose1") == {}
    assert "figure_twice" in rules(report)


SEXES = {
    "as columns": [["", "Nam", "Nữ"], ["Mũi 1", 50, 51]],
    "with their total": [["", "Nam", "Nữ", "Cộng"], ["Mũi 1", 50, 51, 101]],
    "as rows": [["Giới", "Mũi 1"], ["Nam", 50], ["Nữ", 51], ["Tổng", 101]],
    "of hamlets": [
        ["Thôn", "Mũi 1", ""], ["", "Nam", "Nữ"], ["Thôn 1", 20, 21], ["Thôn 2", 30, 30],
    ],
    "women among all": [["", "Mũi 1", ""], ["", "Tổng", "Trong đó: nữ"], ["Cộng", 101, 51]],
}  # fmt: skip


@pytest.mark.parametrize("layout", SEXES)
def test_sexes_that_are_no_groups_add_up(layout: str):
    report = doses([*SEXES[layout]])

    assert told(report, "dose1") == {"": 101}
    assert rules(report) == {"number_unreadable"}  # of the second dose


def test_sexes_that_do_not_add_up_to_the_total_stated_are_told():
    report = doses([["", "Nam", "Nữ", "Cộng"], ["Mũi 1", 50, 51, 110]])

    assert told(report, "dose1") == {"": 101}
    assert (report.reading_confidence, "total_mismatch" in rules(report)) == ("low", True)


def test_one_sex_alone_is_not_taken_for_all_without_a_doubt():
    report = doses([["", "Nữ"], ["Mũi 1", 51]])

    assert report.reading_confidence == "low"


COMBINED = {
    "in the order of its heading": [
        ["", "5-11 tuổi / 12-17 tuổi / 18+"], ["Mũi 1", "100/200/1300"],
    ],
    "in the order of the row's words": [
        ["Nội dung", "Kết quả"], ["Mũi 1 (5-11/12-17/18+)", "100 / 200 / 1.300"],
    ],
    "of doses, in rows of ages": [
        ["Nhóm tuổi", "Mũi 1/Mũi 2"], ["5-11", "100/9"], ["12-17", "200/8"], ["18+", "1300/7"],
    ],
}  # fmt: skip


@pytest.mark.parametrize("layout", COMBINED)
def test_several_numbers_in_a_cell_are_told_apart_by_the_words_beside_them(layout: str):
    report = doses(COMBINED[layout])

    assert told(report, "dose1") == {**GROUPS, "": 1600}
    assert report.reading_confidence == "high"


@pytest.mark.parametrize("head", ["Kết quả", "5-11 / 12-17", "Một / hai / ba"])
def test_several_numbers_in_a_cell_that_nothing_tells_apart_give_no_figure(head: str):
    report = doses([["", head], ["Mũi 1", "100/200/1300"]])

    assert told(report, "dose1") == {}
    assert "number_unreadable" in rules(report)


def test_a_row_that_is_the_sum_of_all_others_is_their_total_whatever_it_is_called():
    report = doses([["Thôn", "Mũi 1"], ["Khu vực xã", 90], ["A", 20], ["B", 30], ["C", 40]])

    assert told(report, "dose1") == {"": 90}
    assert (report.reading_confidence, "row_left_out" in rules(report)) == ("low", True)


def test_a_place_of_the_unit_is_none_even_where_its_count_is_the_sum_of_the_others():
    report = doses([["Thôn", "Mũi 1"], ["Thôn 1", 20], ["Thôn 2", 30], ["Thôn 3", 50]])

    assert told(report, "dose1") == {"": 100}
    assert rules(report) == {"number_unreadable"}  # of the second dose


def test_a_column_of_numbers_without_a_heading_is_told():
    report = doses([["Nhóm tuổi", "Mũi 1", ""], ["5-11", 1, 4], ["12-17", 2, 5], ["18+", 3, 6]])

    assert told(report, "dose1")[""] == 6
    assert (report.reading_confidence, "row_left_out" in rules(report)) == ("low", True)


def test_several_forms_in_one_document_are_a_report_of_each_unit():
    document = Document()
    for name, count in (("BÀU SEN", "5"), ("CẨM TUYỀN", "7")):
        for line in (f"UBND XÃ {name}", "TIÊM CHỦNG ngày 20/4/2022"):
            document.add_paragraph(line)
        table = document.add_table(2, 2)
        for cell, text in zip(table._cells, ["", "Mũi 1", "Tổng", count], strict=True):
            cell.text = text
    reports = read(VACCINATION, saved(document), "a.docx")

    assert [(r.unit_code, told(r, "dose1")) for r in reports] == [
        ("X01", {"": 5}),
        ("X02", {"": 7}),
    ]


def test_forms_below_one_another_in_a_sheet_are_a_report_of_each_unit():
    rows: list[list[Any]] = []
    for name, count in (("BÀU SEN", 5), ("CẨM TUYỀN", 7)):
        rows += [[f"UBND XÃ {name}"], ["TIÊM CHỦNG 20/4/2022"], ["", "Mũi 1"], ["Tổng", count], []]
    reports = read(VACCINATION, workbook(rows))

    assert [(r.unit_code, told(r, "dose1")) for r in reports] == [
        ("X01", {"": 5}),
        ("X02", {"": 7}),
    ]


def test_what_is_struck_through_or_hidden_is_no_figure_and_told():
    book = Workbook()
    for row in [*DOSES, ["", "Mũi 1", "Mũi 1", "Mũi 2"], ["Tổng", 5, 7, 9]]:
        book.active.append([*row])
    book.active.column_dimensions["B"].hidden = True
    book.active["D6"].font = Font(strike=True)
    report = one(VACCINATION, saved(book))

    assert (told(report, "dose1"), told(report, "dose2")) == ({"": 7}, {})
    assert {"text_hidden", "text_struck"} <= {finding.rule for finding in report.findings}


def test_a_later_message_with_the_same_figure_is_a_report_of_its_own():
    text = (
        "[15/05/2024, 16:02] Elder Kibokoni: Households registered 1,234\n"
        "[15/05/2024, 16:30] Elder Kibokoni: correction: households registered 1,243"
    )
    first, second = read(HOUSEHOLDS, text, "chat.txt")

    assert (told(first, "registered"), told(second, "registered")) == ({"": 1234}, {"": 1243})
    assert "report_repeated" in rules(first)


def test_messages_that_go_on_are_one_report():
    text = "[18:02, 20/4/2022] Xã Bàu Sen: mũi 1: 1.234\n[18:03, 20/4/2022] Xã Bàu Sen: mũi 2: 980"
    report = one(VACCINATION, text, "chat.txt")

    assert (told(report, "dose1"), told(report, "dose2")) == ({"": 1234}, {"": 980})


def test_a_number_may_say_what_it_counts():
    report = doses([["", "Mũi 1", "Mũi 2"], ["Tổng", "1.234 trẻ", "300 người"]])

    assert (told(report, "dose1"), told(report, "dose2")) == ({"": 1234}, {"": 300})


def test_a_column_that_only_begins_as_one_of_the_form_is_told_and_left_out():
    report = doses([["", "Mũi 1", "Mũi 1 lưu động", "Mũi 2"], ["Tổng", 10, 3, 5]])

    assert told(report, "dose1") == {"": 10}
    assert [(f.rule, f.where) for f in report.findings] == [("row_left_out", "Sheet!C6")]


def test_what_a_form_shows_as_reported_before_is_no_figure():
    rows = [["", "Mũi 1", ""], ["", "Đã báo cáo lần trước", "Nay"], ["Tổng", 10, None]]
    report = doses([*rows, ["Mũi 2", None, None]], merged=["B5:C5"])

    assert told(report, "dose1") == {}
