"""Open a workbook: each sheet a grid, with what a fast reader leaves out put back."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from briefing.errors import IntakeError
from briefing.intake.opening.grids import Grid, Part
from briefing.intake.opening.limits import MAX_CELLS
from briefing.messages import Message


def open_workbook(content: bytes) -> list[Part]:
    """One part for each sheet that holds anything.

    A cell whose formula failed holds the error's sign (`#REF!`), a formula that was saved
    without its value holds its text (`=SUM(E5:E9)`): neither may pass for an empty cell.

    Raises:
        IntakeError: `file_unreadable`, or `file_too_large` for a sheet of too many cells.
    """
    from python_calamine import CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            left_out = _LeftOut(content)
            sheets = [sheet.name for sheet in book.sheets_metadata if "Work" in str(sheet.typ)]
            return [part for name in sheets if (part := _sheet(book, name, left_out))]
    except IntakeError:
        raise
    except Exception as error:  # whatever a damaged workbook makes of the parsers
        raise IntakeError(
            "file_unreadable", Message("the workbook is damaged: {error}", {"error": str(error)})
        ) from error


def _sheet(book: Any, name: str, left_out: _LeftOut) -> Part | None:
    sheet = book.get_sheet_by_name(name)
    if sheet.width * sheet.height > MAX_CELLS:
        raise IntakeError(
            "file_too_large",
            Message(
                "sheet “{name}” spans {n} cells", {"name": name, "n": sheet.width * sheet.height}
            ),
        )
    cells: list[list[Any]] = []
    if sheet.start is not None:
        top, left = sheet.start
        rows = sheet.to_python(skip_empty_area=True)
        cells = [[] for _row in range(top)] + [[None] * left + row for row in rows]
    for row, column, text in left_out.of(name):
        _put(cells, row, column, text)
    merged = tuple((r0, c0, r1, c1) for (r0, c0), (r1, c1) in sheet.merged_cell_ranges or ())
    return Part(name, (Grid("sheet", name, cells, merged),)) if cells else None


def _put(cells: list[list[Any]], row: int, column: int, text: str) -> None:
    """Write a text into a cell that was read as empty."""
    cells += [[] for _row in range(row + 1 - len(cells))]
    cells[row] += [None] * (column + 1 - len(cells[row]))
    if cells[row][column] in ("", None):
        cells[row][column] = text


_XML_CELL = re.compile(
    rb'<(?:\w+:)?c\s([^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?)(?<!/)>(.*?)</(?:\w+:)?c>', re.DOTALL
)
_XML_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)<")
_XML_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)<")


class _LeftOut:
    """Cells of a workbook that the fast reader takes for empty, read from its XML."""

    def __init__(self, content: bytes):
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._paths = self._sheet_paths()

    def of(self, name: str) -> Iterator[tuple[int, int, str]]:
        """Row, column and text of each error and of each formula saved without its value."""
        xml = self._archive.read(self._paths[name]) if name in self._paths else b""
        if b't="e"' not in xml and not re.search(rb"<(?:\w+:)?f[ >]", xml):
            return
        for attributes, letters, row, inside in _XML_CELL.findall(xml):
            value, formula = _XML_VALUE.search(inside), _XML_FORMULA.search(inside)
            if value and b't="e"' in attributes:
                yield int(row) - 1, _column(letters), value[1].decode("utf-8", "replace")
            elif formula and not value and b't="str"' not in attributes:
                text = "=" + formula[1].decode("utf-8", "replace")
                yield int(row) - 1, _column(letters), text

    def _sheet_paths(self) -> dict[str, str]:
        """Sheet's name → its place in the archive."""
        book = self._tree("xl/workbook.xml")
        links = {
            link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))
            for link in self._tree("xl/_rels/workbook.xml.rels")
        }
        return {
            sheet.get("name", ""): links[key].lstrip("/")
            for sheet in book.iter()
            if sheet.tag.endswith("}sheet") and (key := _relation(sheet)) in links
        }

    def _tree(self, path: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._archive.read(path))


def _relation(sheet: ElementTree.Element) -> str | None:
    return next((value for key, value in sheet.items() if key.endswith("}id")), None)


def _column(letters: bytes) -> int:
    """A → 0, AA → 26."""
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1
