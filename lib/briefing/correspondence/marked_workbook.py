"""A copy of the sender's own workbook with each cell at fault coloured and commented."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from copy import copy
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import quote_sheetname
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange

from briefing.correspondence.cached_values import keep_values
from briefing.correspondence.list_sheet import add_list
from briefing.correspondence.narrowing import narrowed, widened
from briefing.correspondence.returns import Point, Remark, Return
from briefing.correspondence.wording import MARKED_SHEET, by_place, ground, note, sender
from briefing.messages import Message
from briefing.office.package import saved
from briefing.office.sheets import fill
from briefing.params import Campaign

ADDRESS = re.compile(r"(?P<sheet>.*)!(?P<cell>[A-Z]{1,3}[0-9]{1,7})")
NOTE_WIDTH, NOTE_LINE, NOTE_LETTERS = 320, 19, 42  # pixels; letters in a line
LEFT_HIDDEN = "text_hidden"


def marked_workbook(content: bytes, item: Return, campaign: Campaign) -> bytes:
    """The workbook with its faults marked and the list in front.

    Args:
        content: An .xlsx or .xlsm that holds reports of one sender alone.

    Raises:
        Exception: Whatever openpyxl makes of a workbook that it can't read or write back.
    """
    narrow = narrowed(content, _cells(item.remarks))
    source = narrow.content if narrow else content
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl leaves out
        book = load_workbook(io.BytesIO(source), keep_vba=has_macros(content), rich_text=True)
    for title, ranges in narrow.merged.items() if narrow else ():
        book[title].merged_cells = MultiCellRange(map(CellRange, ranges))
    links = mark_cells(book, item.points, sender(campaign))
    ask = Message(MARKED_SHEET.msgid, {"sender": sender(campaign)})
    add_list(book, item, campaign, links, str(ask))
    made = saved(book)
    return widened(made, narrow) if narrow else keep_values(made, content)


def _cells(remarks: Iterable[Remark]) -> dict[str, set[str]]:
    """Sheet → the cells that remarks point to."""
    cells: dict[str, set[str]] = {}
    for remark in remarks:
        if match := ADDRESS.fullmatch(remark.where):
            cells.setdefault(match["sheet"], set()).add(match["cell"])
    return cells


def has_macros(content: bytes) -> bool:
    """Whether an Office file carries macros, which its ending has to say."""
    return any(
        name.endswith("vbaProject.bin") for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    )


def mark_cells(book: Any, points: Iterable[Point], author: str) -> dict[str, str]:
    """Colour and comment the cells of an openpyxl workbook, numbered as the list has them.

    Returns:
        Address of the contract → where a click leads; an address that is no cell is left out.
    """
    links: dict[str, str] = {}
    sheets = {sheet.title: _Sheet(sheet) for sheet in book.worksheets}  # a chart has no cells

    def cell_at(where: str) -> tuple[str, str] | None:
        match = ADDRESS.fullmatch(where)
        if not match or match["sheet"] not in sheets:
            return None
        cell = sheets[match["sheet"]].anchor(match["cell"])
        links[where] = f"{quote_sheetname(match['sheet'])}!{cell}"
        return match["sheet"], cell

    for (name, cell), here in by_place(points, cell_at).items():
        sheets[name].mark(cell, here, author)
    return links


class _Sheet:
    """A sheet of the sender's, and what its cells at fault have in common."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._merged = [
            (merged.bounds, merged.coord.split(":")[0]) for merged in sheet.merged_cells.ranges
        ]
        self._like: dict[tuple[int, str], Any] = {}

    def anchor(self, coordinate: str) -> str:
        """The cell that shows the text: of a merged range the first."""
        row, column = coordinate_to_tuple(coordinate)
        for (left, top, right, bottom), first in self._merged:
            if left <= column <= right and top <= row <= bottom:
                return first
        return coordinate

    def mark(self, coordinate: str, here: list[tuple[int, Remark]], author: str) -> None:
        """Colour a cell by the worst that is said of it, hang a note on it, and show it."""
        cell = self._sheet[coordinate]
        self._colour(cell, ground(here))
        texts = [note(remark, number) for number, remark in here]
        if cell.comment:
            texts.insert(0, cell.comment.text)
        lines = sum(-(-len(line) // NOTE_LETTERS) for text in texts for line in text.split("\n"))
        height = NOTE_LINE * (lines + 1)
        cell.comment = Comment("\n".join(texts), author, width=NOTE_WIDTH, height=height)
        self._sheet.sheet_state = "visible"
        if {remark.rule for _n, remark in here} == {LEFT_HIDDEN}:
            return  # shown, it would be a part of the report when it comes back
        if cell.row in self._sheet.row_dimensions:  # one that is asked for is made, and written
            self._sheet.row_dimensions[cell.row].hidden = False
        if cell.column_letter in self._sheet.column_dimensions:
            self._sheet.column_dimensions[cell.column_letter].hidden = False

    def _colour(self, cell: Any, colour: str) -> None:
        """Cells that look alike get one style: openpyxl compares each new one with all it has."""
        key = (cell.style_id, colour)
        if key in self._like:
            cell._style = copy(self._like[key]._style)
        else:
            cell.fill = fill(colour)
            self._like[key] = cell
