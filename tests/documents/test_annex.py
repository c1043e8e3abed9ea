"""annex.xlsx: the tables as a workbook for people, that holds numbers and runs nothing."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from briefing.catalog.figures import FIGURES
from briefing.documents.annex import annex, annex_of_period
from briefing.documents.annex.sheet import Tabled, add_sheet
from briefing.documents.columns import narrowed
from briefing.language import language
from briefing.office.package import fixed
from briefing.tables import build
from briefing.tables.exports import published
from briefing.tables.period import period_of
from tests.tables.test_period import with_baseline
from tests.tables.tiny import AN, BINH, CAT, campaign, day, moment, report, view

HEAD = 4
SHEETS = [
    "Giới thiệu", "Xã, phường", "Toàn thị xã", "Chờ xác minh, chờ báo cáo", "Từng chỉ tiêu",
    "Cơ quan, đơn vị", "Thôn, khu phố",
    "Đơn vị cần gọi", "Kết quả việc giao hôm trước", "Dự báo", "Mẫu số khác", "Báo cáo đã nhận",
    "Khi đó và hiện nay", "Đính chính", "Số liệu nghi vấn", "Vấn đề phát hiện",
    "Nguồn số liệu chi tiết",
]  # fmt: skip
OF_PERIOD = [
    "Kỳ báo cáo", "Từng đơn vị trong kỳ", "Từng ngày", "So với chỉ tiêu", "Theo khối",
    "Thiếu, không dùng được, trễ", "Câu đánh giá và số liệu",
]  # fmt: skip
MONDAY_EVENING = moment("16 23:00").to_pydatetime()
EVIL = {"file": "=cmd|'/c calc'!A1.xlsx"}
REPORTS = (
    report(AN, 16, "16 10:00", 40),
    report(BINH, 16, "16 11:00", 100),
    report(AN, 17, "17 10:00", 65),
    report(CAT, 17, "17 11:00", 60) | EVIL,
    report(
        "CQ1", 17, "17 09:00", form="mau01", staff_total=20, staff_denominator=16,
        staff_numerator=12
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def tuesday(tiny):
    return build(view(*REPORTS), tiny, day(17))


@pytest.fixture(scope="module")
def tables(tiny, tuesday):
    """Those of Tuesday, after a Monday of which An Bình's count has changed since."""
    seen = (REPORTS[0] | {"numerator_cumulative": 39}, REPORTS[1])
    return published(tuesday, build(view(*seen), tiny, day(16), as_of=MONDAY_EVENING))


@pytest.fixture(scope="module")
def content(tuesday, tables):
    return annex(tuesday, tables)


@pytest.fixture(scope="module")
def of_period(tuesday):
    made = annex_of_period(period_of(tuesday, day(16), day(17)))
    return openpyxl.load_workbook(io.BytesIO(made))


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


def test_every_column_that_is_published_has_a_heading(tuesday, tables):
    of_period = period_of(tuesday, day(16), day(17)).published()

    for frame in [*tables.values(), *of_period.values()]:
        assert all(FIGURES[name].label for name in frame)


def test_a_heading_may_break_at_every_space_as_its_column_is_narrow(book, of_period):
    sheets = [*book, *of_period]
    heads = [str(cell.value) for sheet in sheets for cell in sheet[HEAD]]

    assert sum("(điểm phần trăm)" in head for head in heads) > 2
    assert [head for head in heads if "\u00a0" in head] == []


def test_the_foot_of_a_printed_sheet_has_room_for_its_line(book):
    feet = [(sheet.page_margins.bottom, sheet.page_margins.footer) for sheet in book]

    assert all(bottom - footer >= 0.25 for bottom, footer in feet)  # inches


def test_a_word_keeps_away_from_the_number_on_its_left(book):
    of_units = column(book["Xã, phường"], "Tiến độ")

    assert {(c.alignment.horizontal, c.alignment.indent) for c in of_units} == {("left", 1)}


def test_no_two_columns_of_a_sheet_have_the_same_heading(book):
    for sheet in book.worksheets[1:]:
        headings = [words(cell.value) for cell in sheet[HEAD]]

        assert len(set(headings)) == len(headings), sheet.title


def test_a_column_is_called_what_it_is_in_that_table(book):
    assert {words(c.value) for c in book["Vấn đề phát hiện"][HEAD]} >= {"Loại vấn đề"}
    assert {words(c.value) for c in book["Số liệu nghi vấn"][HEAD]} >= {"Loại vấn đề", "Tình trạng"}
    assert {words(c.value) for c in book["Đính chính"][HEAD]} >= {"Tình trạng"}
    assert column(book["Nguồn số liệu chi tiết"], "Cách tính")


def test_a_rank_leads_to_the_column_that_it_is_taken_from(book):
    assert "cột “Tỷ lệ”" in {c.value for c in column(book["Nguồn số liệu chi tiết"], "Vị trí")}


def test_the_sheet_of_the_sources_names_each_sheet_as_it_is_called(book, of_period):
    for made in (book, of_period):
        named = {c.value for c in column(made["Nguồn số liệu chi tiết"], "Bảng")}

        assert {"Xã, phường", "Toàn thị xã"} <= named <= set(made.sheetnames)


def test_a_value_beside_the_name_of_its_figure_is_written_as_that_figure(book):
    sheet = book["Khi đó và hiện nay"]

    assert [c.value for c in column(sheet, "Số liệu")][:1] == ["Lũy kế đã cài đặt"]
    then, now = column(sheet, "Khi đó")[0], column(sheet, "Hiện nay")[0]
    assert (then.value, now.value, now.number_format) == (39, 40, "[$-42A]#,##0")


def test_whom_to_call_is_said_in_words(book):
    sheet = book["Đơn vị cần gọi"]

    asked = [c.value for c in column(sheet, "Nội dung yêu cầu")]
    assert set(asked) <= {"gửi số liệu", "kiểm tra lại số liệu", "vận động thêm người"}
    assert asked[0] == "gửi số liệu"  # Đông Hải, which needs most and has never reported


# Of a period


def test_a_period_has_its_own_tables_before_those_of_its_last_day(of_period):
    own = len(OF_PERIOD)

    assert of_period.sheetnames[1 : own + 1] == OF_PERIOD
    assert of_period.sheetnames[own + 1 : own + 3] == ["Xã, phường", "Toàn thị xã"]
    assert of_period.sheetnames[-1] == "Nguồn số liệu chi tiết"


def test_the_figures_of_the_period_stand_one_below_the_other_each_as_what_it_is(of_period):
    sheet = of_period["Kỳ báo cáo"]
    names, values = column(sheet, "Số liệu"), column(sheet, "Giá trị")
    known = {words(n.value): v for n, v in zip(names, values, strict=True)}

    assert known["Lũy kế cuối kỳ"].value == 225  # 65 + 100 + 60
    assert known["Ngày đầu"].value.isoformat() == "2021-08-16T00:00:00"
    assert known["Tỷ lệ cuối kỳ"].number_format == "[$-42A]0.00%"
    assert known["Giảm trong ngày cuối"].value == "không"


def test_a_sentence_of_the_report_stands_beside_the_figures_it_rests_on(of_period):
    sheet = of_period["Câu đánh giá và số liệu"]
    rows = [[words(c.value) for c in row] for row in sheet.iter_rows(min_row=HEAD + 1)]

    about_target = [r for r in rows if r[1].startswith("1/4 xã, phường chưa đạt 60%")]
    assert ["Đơn vị dưới chỉ tiêu", "1"] in [r[-2:] for r in about_target]
    in_doubt = [r for r in rows if r[1].startswith("2 xã, phường có số liệu chờ xác minh")]
    assert ["Đơn vị có số liệu cần xác minh", "2"] in [r[-2:] for r in in_doubt]
    assert not any("đạt từ 60% trở lên" in r[1] for r in rows)  # both that have are in doubt
    keys = [c.value for c in column(sheet, "Đơn vị hoặc ngày") if c.value]
    assert not any("_" in key for key in keys)


@pytest.mark.slow
def test_a_figure_that_is_not_known_is_an_empty_cell_beside_its_sentence(tiny):
    """Two of four units have never reported: the whole has no change from the town's baseline."""
    known = [report(u, d, f"{d} 10:00", n + d) for u, n in ((AN, 20), (BINH, 80)) for d in (16, 17)]
    of_two = build(view(*known), with_baseline(tiny, 14), day(17))

    made = annex_of_period(period_of(of_two, day(16), day(17)))

    sheet = openpyxl.load_workbook(io.BytesIO(made))["Câu đánh giá và số liệu"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    rise = {words(r[-2]): r[-1] for r in rows if "tăng thêm 2 đã cài" in words(r[1])}
    assert rise["Tăng của các đơn vị có số liệu đầu kỳ và cuối kỳ"] == 2
    assert rise["Tăng, giảm tỷ lệ"] is None


def test_the_figures_of_a_period_lead_to_their_files_too(of_period):
    sheet = of_period["Nguồn số liệu chi tiết"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    (closing,) = [r for r in rows if r[:3] == ["Từng đơn vị trong kỳ", AN, "Lũy kế cuối kỳ"]]
    whole = [r for r in rows if r[0] == "Kỳ báo cáo" and r[2] == "Lũy kế cuối kỳ"]

    assert (closing[3], closing[4]) == (65, REPORTS[2]["file"])
    assert sorted(r[3] for r in whole) == [60, 65, 100]
    assert {r[1] for r in whole} == {"16/8/2021 – 17/8/2021"}


# Of a day


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


@pytest.mark.parametrize("sheet", ["actions", "denominators", "goals", "changes"])
@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "\x01=", "\x00\x0b@"])
def test_a_name_like_a_formula_stays_a_text_on_every_sheet(sheet, sign):
    """A control character is not written: what stands behind it is then the first letter."""
    frame = pd.DataFrame({"unit_name": [f"{sign}1+1"]})

    (cell,) = written(Tabled(sheet, "Tên", "", frame, (), "vi"))[HEAD + 1]

    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def written(table: Tabled):
    """A table as a workbook's only sheet."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    rows = add_sheet(book.active, table)
    book.save(stream)
    place = book.active.path.lstrip("/")
    made = fixed(stream.getvalue(), MONDAY_EVENING, {place: rows.put_into})
    return openpyxl.load_workbook(io.BytesIO(made)).active


def test_a_text_stays_as_it_is_whatever_signs_it_holds():
    """Carriage returns, signs of markup and spaces at its ends among them."""
    texts = [" a <b> & 'c' \"d\"\r\ne\tf ", "ệ \u00a0 😀", ""]
    frame = pd.DataFrame({"unit_name": texts})

    page = written(Tabled("actions", "Tên", "", frame, (), "vi"))

    assert [page.cell(HEAD + n, 1).value for n in (1, 2, 3)] == [*texts[:2], None]
    assert page.dimensions == f"A1:A{HEAD + 3}"


def test_a_row_is_as_high_as_its_longest_text_and_no_value_passes_for_another():
    """46 letters fit a column, less 1.5: 100 take three lines. 1 is no "1" and not true."""
    frame = pd.DataFrame({"note": ["n" * 100, "n"], "unit_name": [1, True], "rank": [1, 1.0]})

    page = written(Tabled("actions", "Tên", "", frame.astype(object), (), "vi"))

    heights = [page.row_dimensions[HEAD + n].height for n in (1, 2)]
    assert heights == [3 * 14.5, 14.5]
    assert [c.value for c in page[HEAD + 1]][1:] == ["1", 1]
    assert [c.value for c in page[HEAD + 2]] == ["n", "True", 1]


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

    assert 'AND($H5<>"",$H5>=$N5)' in rules  # column H: the rate, N: the target in force
    assert any("đúng hạn" in formula for formula in rules)


def test_the_trend_is_a_chart_of_excels_own_over_the_cells_of_the_table(book):
    (chart,) = book["Toàn thị xã"]._charts
    rate, target = chart.series

    assert rate.val.numRef.f == "'Toàn thị xã'!$F$5:$F$7"  # 15 to 17 August
    assert target.val.numRef.f == "'Toàn thị xã'!$H$5:$H$7"


def test_the_last_sheet_leads_to_the_file_its_cells_and_the_rule(book):
    sheet = book["Nguồn số liệu chi tiết"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEAD + 1)]
    (row,) = [r for r in rows if r[1] == AN and r[2] == "Lũy kế đã cài đặt"]

    assert row[3] == 65 and row[4] == REPORTS[2]["file"]
    assert row[6] == "trang “Sheet1”, các ô E12 đến E16"
    assert row[7].startswith("mỗi dòng là một người vận động")


def test_the_same_day_gives_the_same_bytes(tuesday, tables, content):
    assert annex(tuesday, tables) == content


def test_the_annex_comes_in_english_too(tuesday, tables):
    with language("en"):
        made = openpyxl.load_workbook(io.BytesIO(annex(tuesday, tables)))

    assert made.sheetnames[0] == "About"
    assert "Rate" in [c.value for c in made["Communes"][HEAD]]


PAPER = {"landscape": 297.0, "portrait": 210.0}  # mm of A4
LETTER = 7 / 96 * 25.4  # mm of a column's unit: seven pixels, by Excel


def scale(sheet):
    """What a sheet is made smaller to, so that its columns fit an A4 across."""
    columns = range(1, sheet.max_column + 1)
    wide = sum(sheet.column_dimensions[get_column_letter(n)].width for n in columns) * LETTER
    margins = sheet.page_margins
    room = PAPER[sheet.page_setup.orientation] - (margins.left + margins.right) * 25.4
    return min(1.0, room / wide)


def test_every_sheet_fits_an_a4_across_in_letters_of_6_points_at_least(book, of_period):
    sheets = [*book.worksheets, *of_period.worksheets]

    assert {s.title: round(scale(s), 2) for s in sheets if scale(s) * 10.5 < 6.3} == {}
    assert all(s.page_setup.fitToWidth == 1 and s.page_setup.fitToHeight == 0 for s in sheets)
    assert all(s.print_title_rows == "$4:$4" for s in sheets if s.title != "Giới thiệu")


def test_the_widest_columns_give_way_to_the_paper_and_none_below_what_it_needs():
    assert narrowed([10, 40, 30], [10, 12, 28], 60) == pytest.approx([10, 22, 28])
    assert narrowed([10, 40, 30], [10, 38, 28], 60) == pytest.approx([10, 38, 28])
    assert narrowed([10, 20], [5, 5], 60) == [10, 20]
