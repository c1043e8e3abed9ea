"""Whatever the file: cells with the address that a person would look for."""

import datetime as dt
import io

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from making import saved, word, workbook
from openpyxl import Workbook

from briefing.errors import IntakeError
from briefing.intake.readers import read_parts
from briefing.intake.readers.grids import Grid, column_letters, compress


def grids(content: bytes) -> tuple[Grid, ...]:
    (part,) = read_parts(content, "")
    return part.grids


def test_a_cell_keeps_its_address_wherever_the_sheet_begins():
    (grid,) = grids(workbook([[], [], [None, None, "x"]]))

    assert list(grid.filled()) == [(2, 2, "x")]
    assert grid.where(2, 2) == "Sheet1!C3"


@given(st.integers(0, 16_383))
def test_the_letters_of_a_column_are_those_of_excel(column):
    from openpyxl.utils import get_column_letter

    assert column_letters(column) == get_column_letter(column + 1)


def test_cells_come_with_their_types():
    row = ["chữ", 45, 0.4285, dt.date(2021, 8, 16), True]

    assert list(grids(workbook([row]))[0].cells[0]) == row


def test_a_merged_cell_holds_its_value_once_and_its_range_is_known():
    (grid,) = grids(workbook([["x"], [None], [1]], merge=["A1:A2"]))

    assert grid.value(0, 0) == "x" and not grid.value(1, 0)
    assert grid.merged == ((0, 0, 1, 0),)


def sheet_with(**cells: object) -> bytes:
    book = Workbook()
    for address, value in cells.items():
        book.active[address] = value
        if isinstance(value, str) and value.startswith("#"):
            book.active[address].data_type = "e"
    return saved(book)


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"])
def test_an_error_cell_is_not_empty(error):
    (grid,) = grids(sheet_with(A1="x", B2=error))

    assert grid.value(1, 1) == error


def test_an_error_cell_outside_the_other_cells_is_kept():
    (grid,) = grids(sheet_with(A1="x", D9="#REF!"))

    assert list(grid.filled()) == [(0, 0, "x"), (8, 3, "#REF!")]


def test_a_formula_saved_without_its_value_is_not_empty():
    (grid,) = grids(sheet_with(A1=4, A2=5, A3="=LARGE(A1:A2,1)", B3="sau"))

    assert grid.value(2, 0) == "=LARGE(A1:A2,1)"
    assert grid.value(2, 1) == "sau"


def test_a_styled_empty_cell_before_an_error_stays_empty():
    book = Workbook()
    book.active["A1"].number_format = "0.00"
    book.active["B1"] = "#REF!"
    book.active["B1"].data_type = "e"
    (grid,) = grids(saved(book))

    assert list(grid.filled()) == [(0, 1, "#REF!")]


def test_each_sheet_that_holds_anything_is_a_part_in_order():
    parts = read_parts(workbook({"một": [["x"]], "hai": [], "ba": [["y"]]}), ".xlsx")

    assert [part.name for part in parts] == ["một", "ba"]


def test_paragraphs_and_tables_keep_their_order_and_their_numbers():
    first, table, second = grids(word("a", "b", [["x", "y"], ["z", "t"]], "c"))

    assert [(first.where(r, c), v) for r, c, v in first.filled()] == [
        ("paragraph 1", "a"),
        ("paragraph 2", "b"),
    ]
    assert table.where(1, 1) == "table 1, row 2, column 2"
    assert table.cells == [["x", "y"], ["z", "t"]]
    assert [(second.where(r, c), v) for r, c, v in second.filled()] == [("paragraph 3", "c")]


def test_line_breaks_and_tabs_of_a_paragraph_are_kept():
    (grid,) = grids(word("a\nb\tc"))

    assert grid.cells == [["a\nb\tc"]]


def test_merged_cells_of_a_word_table_hold_their_text_once():
    document = Document()
    table = document.add_table(rows=3, cols=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "dọc"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "ngang"
    table.cell(2, 2).text = "cuối"
    grid = next(g for g in grids(saved(document)) if g.kind == "table")

    assert grid.cells == [["dọc", "ngang", None], [None, None, None], [None, None, "cuối"]]
    assert sorted(grid.merged) == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_a_row_that_begins_further_right_keeps_its_columns():
    document = Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "x"
    row = table.rows[1]._tr
    row.remove(row.tc_lst[0])
    before = OxmlElement("w:gridBefore")
    before.set(qn("w:val"), "1")
    row.get_or_add_trPr().append(before)
    grid = next(g for g in grids(saved(document)) if g.kind == "table")

    assert grid.value(1, 1) == "x"


@pytest.mark.parametrize(
    ("content", "rule", "says"),
    [
        (b"", "empty_report", "rỗng"),
        (b"PK\x03\x04", "file_unreadable", "hỏng"),
        (b"%PDF-1.7", "file_unreadable", "hỏng"),
        (b"\0\1\2" * 50, "file_unreadable", "chưa đọc được loại tệp “.pdf”"),
    ],
)
def test_what_cannot_be_opened_says_why(content, rule, says):
    with pytest.raises(IntakeError, match=says) as caught:
        read_parts(content, ".pdf")

    assert caught.value.rule == rule


def test_neighbouring_cells_of_a_column_are_written_as_a_range():
    assert compress(["S!E8", "S!E9", "S!E10", "S!E12", "T!E13", "T!F14"]) == (
        "S!E8:E10; S!E12; T!E13; T!F14"
    )
    assert compress(["table 1, row 2, column 3"]) == "table 1, row 2, column 3"
    assert compress([]) == ""


def test_a_workbook_without_its_list_of_sheets_is_damaged():
    import zipfile

    source = zipfile.ZipFile(io.BytesIO(workbook([["x"]])))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in source.namelist():
            if "rels/workbook" not in name:
                archive.writestr(name, source.read(name))
    with pytest.raises(IntakeError) as caught:
        read_parts(stream.getvalue(), ".xlsx")

    assert caught.value.rule == "file_unreadable"
