"""A workbook made anew from what was read: the same cells, nothing else."""

from __future__ import annotations

import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from briefing.correspondence.rebuilt_workbook import rebuilt_workbook
from briefing.correspondence.returns import Remark, Return
from briefing.intake.readers import Grid, Part


def item(*wheres: str) -> Return:
    remarks = [
        Remark(w, "error", "number_unreadable", "=x", "không đọc được", f"Sửa{mark}.")
        for mark, w in zip(("", " ô kia"), wheres, strict=False)
    ]
    return Return(
        "00001", "00001", "Xã An Bình", "mau02", date(2021, 8, 16), datetime(2021, 8, 16, 14),
        "a.xls", "", "0" * 64, True, tuple(remarks),
    )  # fmt: skip


def rebuilt(desk, *grids: Grid, wheres: tuple[str, ...] = (), only=None):
    parts = [Part(grid.name, (grid,)) for grid in grids]
    content = rebuilt_workbook(parts, item(*wheres), desk.office.campaign, only)
    return load_workbook(io.BytesIO(content)) if content else None


def test_values_stand_at_the_cells_where_they_stood_with_their_types(desk):
    cells = [[], [None, "0912345678", 5.0, 2.5, date(2021, 8, 16), "=SUM(C2:C9)", True]]

    sheet = rebuilt(desk, Grid("sheet", "Ngày 16", cells))["Ngày 16"]

    row = [cell.value for cell in sheet[2]]
    assert row == [None, "0912345678", 5, 2.5, datetime(2021, 8, 16), "=SUM(C2:C9)", True]
    assert sheet["F2"].data_type == "s" and sheet["E2"].number_format == "dd/mm/yyyy"
    assert sheet.column_dimensions["B"].width == pytest.approx(12)


def test_merged_ranges_and_hidden_rows_stay_but_a_fault_is_shown(desk):
    grid = Grid("sheet", "A", [["rộng", None], ["x"], ["y"]], ((0, 0, 0, 1),), frozenset({1, 2}))

    sheet = rebuilt(desk, grid, wheres=("A!A3",))["A"]

    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:B1"]
    assert [sheet.row_dimensions[row].hidden for row in (2, 3)] == [True, False]
    assert sheet["A3"].comment.text == "1. Không đọc được\xa0[C8]. Sửa."


def test_lines_and_columns_of_a_delimited_text_become_rows_and_columns(desk):
    grid = Grid("csv", "", [["a", "b"], ["hai\ndòng", "c"], ["d", ""]], first_lines=(1, 2, 4))

    book = rebuilt(desk, grid, wheres=("line 4, column 2", "line 2, column 1"))

    sheet = book["Số liệu"]
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A4"].value) == ("a", "hai\ndòng", "d")
    assert sheet["B4"].comment and sheet["A2"].comment
    links = [c.hyperlink.location for row in book.worksheets[0] for c in row if c.hyperlink]
    assert links == ["'Số liệu'!B4", "'Số liệu'!A2"]


def test_only_the_sheets_asked_for_are_copied_and_none_gives_no_workbook(desk):
    grids = [Grid("sheet", name, [[name]]) for name in ("của tôi", "của họ")]

    assert rebuilt(desk, *grids, only={"của tôi"}).sheetnames == ["Cần sửa", "của tôi"]
    assert rebuilt(desk, *grids, only=frozenset()) is None
    assert rebuilt(desk, Grid("lines", "line", [["văn bản"]])) is None


def test_a_workbook_made_anew_names_no_author(desk):
    assert rebuilt(desk, Grid("sheet", "A", [["x"]])).properties.creator == "openpyxl"
