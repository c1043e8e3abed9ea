"""What a person sees in JupyterLab: one line where a cell fails, one line of imports."""

from __future__ import annotations

import ast

import nbformat
import pytest
from nbclient import NotebookClient

from tests.run.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
OPENED = "from briefing import RunParams, show\nrun = RunParams.checked(globals())"
CELLS = {
    'report_date: str = "16/8/2021"': "",
    OPENED: "sổ tay này: “report_date” là '16/8/2021': phải viết năm trước",
    "day = open_the_day(run)": "ô [3]: chưa biết “open_the_day”: ô phía trên chưa chạy",
    "report_date: str = 2021-08-17": "ô [4], dòng 1: viết chưa đúng cú pháp Python",
    "open('nowhere/x')": "nowhere/x: tệp hoặc thư mục này không còn",
    "raise KeyboardInterrupt": "ô [6]: đã dừng.",
    "[][3]": "ô [7]: IndexError: list index out of range. Hãy sửa ô này rồi chạy lại",
}


@pytest.fixture(scope="module")
def failing(tmp_path_factory) -> list[nbformat.NotebookNode]:
    """Cells that fail one after the other, as executed, and one that asks where."""
    cells = [nbformat.v4.new_code_cell(source) for source in [*CELLS, "%tb"]]
    book = nbformat.v4.new_notebook(cells=cells)
    where = {"metadata": {"path": str(tmp_path_factory.mktemp("cells"))}}
    NotebookClient(book, allow_errors=True, resources=where).execute()
    return book.cells


@pytest.mark.slow
def test_a_cell_that_fails_says_so_in_one_line_of_vietnamese(failing):
    for cell, said in zip(failing, CELLS.values(), strict=False):
        shown = [line for output in cell.outputs for line in output.get("traceback", [])]

        assert [line.splitlines()[0][: len(said)] for line in shown] == [said] * bool(said)
        assert not said or len(shown[0].splitlines()) == 1


def test_where_in_the_program_it_failed_is_still_to_be_had(failing):
    [output] = failing[-1].outputs

    assert output.ename == "IndexError" and len(output.traceback) > 1


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_imports_of_a_notebook_are_one_line(path):
    code = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    lines = [
        ast.get_source_segment(source, statement)
        for source in code
        for statement in ast.parse(source).body
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]

    assert len(lines) == 1 and "\n" not in lines[0] and "*" not in lines[0]
