"""annex.xlsx: the tables as a workbook for people, that holds numbers and runs nothing."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from briefing.documents.annex import annex
from briefing.documents.provenance.measures import measure_of
from briefing.messages import language
from briefing.tables import build
from briefing.tables.build import COLUMNS
from tests.tables.tiny import AN, BINH, CAT, campaign, day, report, view

HEAD = 4
SHEETS = [
    "Giới thiệu", "Xã, phường", "Toàn thị xã", "Cơ quan, đơn vị", "Thôn, khu phố", "Dự báo",
    "Báo cáo đã nhận", "Đính chính", "Số liệu nghi vấn", "Vấn đề phát hiện",
    "Nguồn số liệu chi tiết",
]  # fmt: skip
EVIL = {"file": "=cmd|'/c calc'!A1.xlsx"}
REPORTS = (
    report(AN, 16, "16 10:00", 40),
    report(BINH, 16, "16 11:00", 100),
    report(AN, 17, "17 10:00", 65),
    report(CAT, 17, "17 11:00", 60) | EVIL,
    report(
        "CQ1", 17, "17 09:00", form="mau01", staff_total=20, staff_smartphone=16, staff_installed=12
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def tuesday(tmp_path_factory):
    return build(view(*REPORTS), campaign(tmp_path_factory.mktemp("tiny")), day(17))


@pytest.fixture(scope="module")
def content(tuesday):
    return annex(tuesday)


@pytest.fixture(scope="module")
def book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def words(text: object) -> str:
    """A text with plain spaces."""
    return str(text).replace("\u00a0", " ")


def column(sheet, heading: str) -> list:
    number = next(c.column for c in sheet[HEAD] if words(c.value) == heading)
    return [row[number - 1] for row in sheet.iter_rows(min_row=HEAD + 1)]


def test_there_is_a_sheet_for_each_table_after_one_that_explains(book):
    assert book.sheetnames == SHEETS


def test_every_column_that_is_published_has_a_heading():
    for columns in COLUMNS.values():
        assert all(measure_of(name).label for name in columns)


def test_the_first_sheet_says_what_as_of_when_the_targets_and_what_columns_mean(book):
    said = " ".join(words(c.value) for row in book["Giới thiệu"] for c in row if c.value)

    assert "Phụ lục số liệu" in said and "Số liệu tính đến 11h00 ngày 17/8/2021" in said
    assert "60%" in said and "đến hết ngày 18/8/2021" in said and "90%" in said
    assert "Số đã cài đặt chia cho số người có điện thoại thông minh." in said
    assert "giả định" in said


def test_the_first_sheet_leads_to_every_other(book):
    links = [c.hyperlink.location or c.hyperlink.ref for r in book["Giới thiệu"] for c in r
             if c.hyperlink]  # fmt: skip

    assert len(links) == len(SHEETS) - 1


def test_figures_are_numbers_with_vietnamese_formats(book):
    sheet = book["Xã, phường"]
    installed, rate = column(sheet, "Lũy kế đã cài đặt")[0], column(sheet, "Tỷ lệ")[0]
    change = column(sheet, "Tăng, giảm tỷ lệ (điểm phần trăm)")[0]

    assert (installed.value, installed.number_format) == (65, "[$-42A]#,##0")
    assert (rate.value, rate.number_format) == (0.65, "[$-42A]0.00%")
    assert change.value == 25  # points: 65 less 40, of 100 people


def test_what_is_not_known_is_empty_and_not_zero(book):
    cells = column(book["Xã, phường"], "Lũy kế đã cài đặt")

    assert [c.value for c in cells] == [65, 100, 60, None]


def test_a_rate_below_a_target_is_not_shown_as_having_reached_it():
    from briefing.documents.annex.look import number_format

    assert number_format("share", "vi", 0.59996, (0.6,)) == "[$-42A]0.0000%"
    assert number_format("share", "vi", 0.6, (0.6,)) == "[$-42A]0.00%"
    assert number_format("share", "vi", 0.5994, (0.6,)) == "[$-42A]0.00%"


def test_a_text_that_begins_like_a_formula_stays_a_text(book, content):
    (cell,) = [c for c in column(book["Báo cáo đã nhận"], "Tệp") if c.value == EVIL["file"]]
    parts = zipfile.ZipFile(io.BytesIO(content))
    sheets = b"".join(parts.read(n) for n in parts.namelist() if n.startswith("xl/worksheets/"))

    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert b"<f>" not in sheets


@pytest.mark.parametrize("name", SHEETS[1:])
def test_a_sheet_is_frozen_filtered_and_set_to_print_on_a4_across(book, name):
    sheet = book[name]

    assert sheet.freeze_panes.endswith(str(HEAD + 1))
    assert sheet.auto_filter.ref.startswith(f"A{HEAD}:")
    assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.page_setup.fitToWidth == 1 and sheet.page_setup.fitToHeight == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_rates_are_coloured_against_the_target_in_force(book):
    rules = [
        rule.formula[0]
        for cells in book["Xã, phường"].conditional_formatting
        for rule in cells.rules
    ]

    assert 'AND($G5<>"",$G5>=$M5)' in rules  # column G: the rate, M: the target in force
    assert any("đúng hạn" in formula for formula in rules)


def test_the_trend_is_a_chart_of_excels_own_over_the_cells_of_the_table(book):
    (chart,) = book["Toàn thị xã"]._charts
    rate, target = chart.series

    assert rate.val.numRef.f == "'Toàn thị xã'!$E$5:$E$7"  # 15 to 17 August
    assert target.val.numRef.f == "'Toàn thị xã'!$G$5:$G$7"


def test_the_last_sheet_leads_to_the_file_its_cells_and_the_rule(book):
    sheet = book["Nguồn số liệu chi tiết"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    (row,) = [r for r in rows if r[1] == AN and r[2] == "Lũy kế đã cài đặt"]

    assert row[3] == 65 and row[4] == REPORTS[2]["file"]
    assert row[6] == "trang “Sheet1”, các ô E12 đến E16"
    assert row[7].startswith("mỗi dòng là một người vận động")


def test_the_same_day_gives_the_same_bytes(tuesday, content):
    assert annex(tuesday) == content


def test_the_annex_comes_in_english_too(tuesday):
    with language("en"):
        made = openpyxl.load_workbook(io.BytesIO(annex(tuesday)))

    assert made.sheetnames[0] == "About"
    assert "Rate" in [c.value for c in made["Communes"][HEAD]]
