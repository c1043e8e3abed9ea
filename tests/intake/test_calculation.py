"""Formulas that were saved without being calculated: what is calculated, what stays unknown."""

import re

import pytest
from tests.corpus.makers.workbooks import Formula, Pieces, ods, xls, xlsb, xlsx, xml2003

from briefing.intake.readers import read_parts
from briefing.intake.readers.calculation import calculated
from briefing.intake.readers.formula_tokens import BIFF_8, in_words
from briefing.intake.readers.grids import Grid, Unread
from briefing.intake.readers.ods_sheets import in_a1
from briefing.intake.readers.surveys import Formula as Saved
from briefing.intake.readers.surveys import Survey
from briefing.intake.readers.xlsx_cells import cells_of, cells_with
from briefing.intake.readers.xlsx_sheets import FORMULA
from briefing.intake.readers.xml_workbooks import in_a1 as of_xml

MAKERS = {"xlsx": xlsx, "xls": xls, "xlsb": xlsb, "ods": ods, "xml": xml2003}
CELLS = [
    ["12", 12.0, 3.0, None, "#REF!"],
    ["25", 25.0, 4.0, "sáu", True],
    ["8", 8.0, None, "6", None],
]


def value_of(text: str, cells=CELLS, **survey) -> float | None:
    """What a formula in F1 gives."""
    formulas = {(0, 5): Saved(text, 0.0)}
    return calculated(cells, Survey(formulas=formulas, **survey), "Tháng 8")[0, 5]


@pytest.mark.parametrize(("text", "value"), [
    ("SUM(B1:B3)", 45), ("SUM($B$1:$B$3)", 45), ("SUM(B3:B1)", 45), ("SUM(B1,B2)", 37),
    ("SUM(B1:C3)", 52), ("SUM(B1:B3,10)", 55), ("B1+B2", 37), ("B1-C1*2", 6), ("(B1-C1)*2", 18),
    ("+B1", 12), ("-B1+C1", -9), ("B1/C1", 4), ("20+18", 38), ("1.5*2", 3), ("B1", 12),
    ("SUM(A1:A3)", 0), ("A1+A2", 37),  # texts of digits: a sum passes over them, as in Excel
    ("SUM(D1:D3)", 0), ("D1+1", 1), ("D3+1", 7), ("SUM(Z1:Z9)", 0), ("SUM(B1:B900000)", 45),
    ("SUBTOTAL(9,B1:B3)", 45), ("SUBTOTAL(109,B1:B3)", 45), ("COUNT(B1:D3)", 5),
    ("COUNTA(A1:D3)", 10), ("MAX(B1:B3)", 25), ("MIN(B1:B3)", 8), ("AVERAGE(B1:B3)", 15),
    ("PRODUCT(C1:C3)", 12), ("ROW()-1", 0), ("'Tháng 8'!B1+1", 13), ("sum(b1:b3)", 45),
])  # fmt: skip
def test_a_simple_formula_is_calculated_as_excel_does(text, value):
    assert value_of(text) == value


@pytest.mark.parametrize("text", [
    "SUM(E1:E3)", "E1+1", "D2+1", "E2+1",  # an error, a word, TRUE
    "F1+1", "SUM(F1:F2)",  # itself
    "IF(B1>3,1,0)", "VLOOKUP(B1,A:B,2)", "SUMIF(B1:B3,8)", "COUNTIF(B1:B3,8)",
    "Sheet2!B1", "SUM('Tháng 7'!B1:B3)", "[1]Sheet1!B1", "SUM(B:B)", "Tổng", "SUM(Tổng)",
    "B1/0", "B1/C3", "AVERAGE(D1:D2)", "B1&C1", "B1=C1", "B1%", "B1^2", "{1,2}", "SUM(B1:B3)*B1:B3",
    "SUM(B1 B2)", "SUM(B1;B2)", "…", "", "(", "B1+", "+".join(["B1"] * 600), "(" * 300,
    "__import__('os')", "SUM(B1).x", "lambda:1",
])  # fmt: skip
def test_what_cannot_be_told_stays_unknown(text):
    assert value_of(text) is None


def test_what_a_filter_hides_is_no_part_of_a_subtotal_and_what_is_hidden_of_one_over_100():
    unseen = {"filtered": frozenset({0}), "hidden_rows": frozenset({1})}

    assert value_of("SUBTOTAL(9,B1:B3)", **unseen) == 25 + 8
    assert value_of("SUBTOTAL(109,B1:B3)", **unseen) == 8
    assert value_of("SUM(B1:B3)", **unseen) == 45


def test_formulas_that_rest_on_one_another_are_calculated_in_any_order():
    down = {(r, 1): Saved(f"B{r}+A{r + 1}", 0.0) for r in range(1, 5_000)}
    cells = [[1.0, 1.0], *([1.0, 0.0] for _row in range(5_000))]
    total = {(0, 3): Saved("SUM(B1:B5000)", 0.0)}
    values = calculated(cells, Survey(formulas=total | down), "")

    assert values[4_999, 1] == 5_000
    assert values[0, 3] == 5_000 * 5_001 / 2


def test_formulas_in_a_circle_are_unknown():
    formulas = {(0, 0): Saved("B1", 0.0), (0, 1): Saved("A1+1", 0.0)}

    assert calculated([[0.0, 0.0]], Survey(formulas=formulas), "") == {(0, 0): None, (0, 1): None}


@pytest.mark.slow
def test_more_cells_than_an_office_adds_up_are_not_looked_at():
    cells = [[1.0] * 100 for _row in range(100)]
    formulas = {(200 + i, 0): Saved("SUM(A1:CV100)", 0.0) for i in range(400)}
    values = calculated(cells, Survey(formulas=formulas), "")

    assert values[200, 0] == 10_000 and values[599, 0] is None


@pytest.mark.parametrize(("text", "a1"), [
    ("of:=SUM([.E5:.E9])", "SUM(E5:E9)"), ("of:=[.F10]+[.G10]", "F10+G10"),
    ("of:=SUM([.E5:.E9];[.$E$12])", "SUM(E5:E9,$E$12)"), ("=SUM([.A1:.A2])", "SUM(A1:A2)"),
    ("of:=[$Sheet2.E5]+1", "Sheet2!E5+1"), ("of:=['Tháng 8'.E5]", "'Tháng 8'!E5"),
])  # fmt: skip
def test_a_formula_of_libreoffice_is_written_as_excel_writes_it(text, a1):
    assert in_a1(text) == a1


@pytest.mark.parametrize(("text", "a1"), [
    ("=SUM(R[-5]C:R[-1]C)", "SUM(C5:C9)"), ("=RC[1]+RC[2]", "D10+E10"), ("=R1C1*2", "A1*2"),
    ("=ROUND(RC[-1],0)", "ROUND(B10,0)"), ("=RC[-9]", "#REF!"),
])  # fmt: skip
def test_a_formula_of_a_file_of_xml_is_written_as_excel_shows_it(text, a1):
    assert of_xml(text, (9, 2)) == a1


def test_tokens_that_are_not_known_end_the_reading_of_a_formula():
    assert in_words(b"\x1e\x05\x00\x1e\x06\x00\x03", BIFF_8) == "5+6"
    assert in_words(b"\x1e\x05\x00\x17\x01\x00x\x08", BIFF_8) == "…"
    assert in_words(b"\x03", BIFF_8) == in_words(b"\x1e", BIFF_8) == in_words(b"", BIFF_8) == "…"


def test_a_formula_that_several_cells_of_an_old_workbook_share_is_read_for_each():
    near = b"\x4c\x00\x00\xff\xc0" + b"\x1e\x01\x00\x03"  # the cell to the left, and 1

    assert in_words(near, BIFF_8, (9, 4)) == "D10+1"
    assert in_words(near, BIFF_8, (10, 4)) == "D11+1"


def grid(content: bytes, kind: str) -> Grid:
    return read_parts(content, f".{kind}")[0].grids[0]


@pytest.mark.parametrize("kind", MAKERS)
def test_a_formula_of_every_format_is_calculated_where_it_was_saved_as_zero(kind):
    opened = grid(MAKERS[kind]([[20, 5, Formula("A1+B1", 0)]]), kind)

    assert opened.cells[0] == [20, 5, 25]
    assert opened.unread == (Unread(0, 2, "uncalculated", "=A1+B1"),)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_value_that_was_calculated_stands_and_a_true_zero_is_nothing_to_speak_of(kind):
    row = [20, 0, Formula("A1+B1", 30), Formula("B1+B1", 0)]
    opened = grid(MAKERS[kind]([row]), kind)

    assert opened.cells[0] == [20, 0, 30, 0]
    assert not opened.unread


@pytest.mark.parametrize(("text", "alone", "beside"), [
    ("VLOOKUP(A1,B:C,2)", "=VLOOKUP(A1,B:C,2)", 0),
    ("A1&B1", "=A1&B1", 0),
])  # fmt: skip
def test_a_zero_that_cannot_be_calculated_counts_only_where_the_program_calculates(
    text, alone, beside
):
    opened = grid(xlsx([[20, 5, Formula(text, 0)]]), "xlsx")
    among = grid(xlsx([[20, 5, Formula(text, 0), Formula("A1+B1", 25)]]), "xlsx")

    assert opened.value(0, 2) == alone
    assert among.value(0, 2) == beside


def test_a_struck_piece_is_no_part_of_a_sum_as_its_cell_is_a_text():
    rows = [[Pieces((("25", "struck"), ("27", "")))], [5], [Formula("SUM(A1:A2)", 0)]]
    opened = grid(xlsx(rows), "xlsx")

    assert [row[0] for row in opened.cells] == ["27", 5, 5]


def test_a_formula_of_another_cell_is_no_number_of_its_own(read):
    report = read("STT;Họ tên;Số điện thoại;Lũy kế\n1;A B;0912345678;=L5\n".encode(), "a.csv")

    assert report.facts.get("numerator_cumulative") is None
    assert "number_unreadable" in {finding.rule for finding in report.findings}


SHEETS = {
    "among others": b'<cols><col min="1"/></cols><row r="1"><c r="A1"><v>1</v></c>'
    b'<c r="B1" s="2"><f>A1*2</f><v>2</v></c><c r="C1"/></row>'
    b'<row r="9"><c r="D9"><f>A1</f></c></row><cfRule><formula>A1</formula></cfRule>',
    "two in one cell": b'<row r="1"><c r="A1"><f>1</f><f>2</f></c><c r="B1"><f/></c></row>',
    "without its place": b'<row r="3"><c r="A3"/><c><f>A3</f></c><c r="F3"><v>1</v></c></row>',
    "in no cell": b'<row r="1"><c r="A1"/><f>1</f><c r="B1"><v>1</v></c></row>',
    "with no end": b'<row r="1"><c r="A1"><f>1</f></c><c r="B1"><f>2</f>',
}


@pytest.mark.parametrize("xml", SHEETS.values(), ids=SHEETS)
@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_the_cells_with_a_formula_are_those_among_all_that_have_one(xml, prefix):
    xml = re.sub(rb"<(/?)(?=[a-z])", rb"<\1" + prefix, xml)

    among_all = [one for one in cells_of(xml, prefix) if FORMULA.search(one[3])]
    found = cells_with(FORMULA, xml, prefix)
    assert [one for one in found if FORMULA.search(one[3])] == among_all
