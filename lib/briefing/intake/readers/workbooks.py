"""Open a workbook: each sheet a grid, with what a fast reader leaves out put back."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from briefing.errors import IntakeError
from briefing.intake.readers import ods_sheets, repairs, xls_records, xlsb_records, xlsx_sheets
from briefing.intake.readers.budget import demand_memory
from briefing.intake.readers.grids import Grid, Part, Unread, column_letters
from briefing.intake.readers.limits import MAX_CELLS
from briefing.intake.readers.seen import put, sheet_grid, value_at
from briefing.intake.readers.surveys import Survey

Surveying = Callable[[bytes], list[Survey]]
Mending = Callable[[bytes], tuple[bytes, tuple[str, ...]]]


def read_workbook(content: bytes) -> list[Part]:
    """One part for each sheet of an .xlsx or .xlsm that holds anything.

    A cell whose formula failed holds the error's sign (`#REF!`): it may not pass for an empty
    one. A formula that its program did not calculate is calculated where it is simple, and else
    holds its text (`=VLOOKUP(E5,A:B,2)`). What is struck through or hidden is left out.

    Raises:
        IntakeError: `file_unreadable`, `file_encrypted`, or `file_too_large` for a sheet of too
            many cells.
    """
    return _open(content, xlsx_sheets.surveys, repairs.mended)


def read_old_workbook(content: bytes) -> list[Part]:
    """The same of an .xls of Excel 5 to 2003."""
    return _open(content, xls_records.surveys, xls_records.without_blanks)


def read_binary_workbook(content: bytes) -> list[Part]:
    """The same of an .xlsb."""
    return _open(content, xlsb_records.surveys, xlsb_records.without_blanks)


def read_calc(content: bytes) -> list[Part]:
    """The same of an .ods."""
    return _open(content, ods_sheets.surveys, repairs.mended_calc)


def _open(content: bytes, surveys: Surveying, mend: Mending | None = None) -> list[Part]:
    try:
        return _parts(content, surveys(content))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # whatever an odd workbook makes of the parsers, panics too
        demand_memory(error)
        if isinstance(error, IntakeError) and not isinstance(error, _Far):
            raise
        parts = _mended(content, surveys, mend) if mend else None
        if parts is not None:
            return parts
        if isinstance(error, IntakeError):
            raise
        raise IntakeError("file_unreadable.damaged") from error


def _mended(content: bytes, surveys: Surveying, mend: Mending) -> list[Part] | None:
    """The parts with what is odd about them put right; `None` where they can't be had so either."""
    try:
        content, lost = mend(content)
        parts = _parts(content, surveys(content))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the first error says more than this one
        demand_memory(error)
        return None
    return [*parts, *(Part(name, (_lost(name),)) for name in lost)] if parts or not lost else None


def _lost(name: str) -> Grid:
    return Grid("sheet", name, [], unread=(Unread(0, 0, "unopened", name),))


def _parts(content: bytes, surveys: list[Survey]) -> list[Part]:
    largest = max(surveys, key=lambda survey: survey.cells, default=Survey())
    if largest.cells > MAX_CELLS:  # before a reader makes room for so many
        raise _far(largest)
    parts = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for sheet, survey in zip(book.sheets_metadata, surveys, strict=True):
            if sheet.typ == SheetTypeEnum.WorkSheet:
                grid = _grid(book.get_sheet_by_name(sheet.name), sheet.name, survey)
                if grid.cells:
                    visible = sheet.visible == SheetVisibleEnum.Visible
                    parts.append(Part(sheet.name, (grid,), visible))
    return parts


def _grid(sheet: Any, name: str, survey: Survey) -> Grid:
    cells: list[list[Any]] = []
    if sheet.start is not None:
        top, left = sheet.start
        rows = sheet.to_python(skip_empty_area=True)
        if left:
            rows = [[None] * left + row for row in rows]
        cells = [[] for _row in range(top)] + rows if top else rows
    for row, column, text in survey.texts:
        if value_at(cells, row, column) in ("", None):
            put(cells, row, column, text)
    merged = survey.merged
    if merged is None:
        merged = [(r0, c0, r1, c1) for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or ()]
    return sheet_grid(name, cells, survey, merged)


class _Far(IntakeError):
    """Cells stand far from the others; they may show nothing, and then need not be read."""


def _far(survey: Survey) -> IntakeError:
    last = f"{column_letters(survey.columns - 1)}{survey.rows}"
    return _Far("file_too_large.far", last=last)
