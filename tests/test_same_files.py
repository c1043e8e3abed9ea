"""The comparison of workbooks and documents finds what differs, and nothing else."""

import docx
import openpyxl
from docx.shared import Pt
from openpyxl.styles import Font

from tests.same_files import differences


def workbook(path, value=12, **marks):
    book = openpyxl.Workbook()
    book.active["A1"] = value
    book.active["A1"].font = Font(name="Times New Roman", **marks)
    book.save(path)
    return path


def document(path, size=13):
    made = docx.Document()
    made.add_paragraph().add_run("Tổng cộng").font.size = Pt(size)
    made.save(path)
    return path


def test_a_value_and_a_font_that_differ_are_found_at_their_cell(tmp_path):
    before = workbook(tmp_path / "a.xlsx")

    assert differences(before, workbook(tmp_path / "b.xlsx")) == {}
    assert [*differences(before, workbook(tmp_path / "c.xlsx", value=13))] == ["value"]
    (said,) = differences(before, workbook(tmp_path / "d.xlsx", bold=True))["font"]
    assert said.startswith("Sheet!A1: ")


def test_a_size_of_letters_that_differs_is_found_in_a_document(tmp_path):
    before = document(tmp_path / "a.docx")

    assert differences(before, document(tmp_path / "b.docx")) == {}
    assert [*differences(before, document(tmp_path / "c.docx", size=14))] == ["sz"]
