"""A copy of the sender's own workbook with each cell at fault coloured and commented."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from typing import Any

from briefing.correspondence.cached_values import keep_values
from briefing.correspondence.list_sheet import COLOURS, add_list
from briefing.correspondence.returns import Remark, Return
from briefing.correspondence.wording import MARKED_SHEET, note, sender
from briefing.messages import Message
from briefing.params import Campaign

ADDRESS = re.compile(r"(?P<sheet>.*)!(?P<cell>[A-Z]{1,3}[0-9]{1,7})")
NOTE_WIDTH, NOTE_LINE, NOTE_LETTERS = 320, 19, 42  # pixels; letters in a line
LEFT_HIDDEN = "text_hidden"
WEIGHT = {"error": 0, "warning": 1, "info": 2}


def marked_workbook(content: bytes, item: Return, campaign: Campaign) -> bytes:
    """The workbook with its faults marked and the list in front.

    Args:
        content: An .xlsx or .xlsm that holds reports of one sender alone.

    Raises:
        Exception: Whatever openpyxl makes of a workbook that it can't read or write back.
    """
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that openpyxl leaves out
        book = load_workbook(io.BytesIO(content), keep_vba=has_macros(content), rich_text=True)
    links = mark_cells(book, item.remarks, sender(campaign))
    ask = Message(MARKED_SHEET.msgid, {"sender": sender(campaign)})
    add_list(book, item, campaign, links, str(ask))
    stream = io.BytesIO()
    book.save(stream)
    return keep_values(stream.getvalue(), content)


def has_macros(content: bytes) -> bool:
    """Whether an Office file carries macros, which its ending has to say."""
    return any(
        name.endswith("vbaProject.bin") for name in zipfile.ZipFile(io.BytesIO(content)).namelist()
    )


def mark_cells(book: Any, remarks: Iterable[Remark], author: str) -> dict[str, str]:
    """Colour and comment the cells of an openpyxl workbook.

    Returns:
        Address of the contract → where a click leads; an address that is no cell is left out.
    """
    from openpyxl.utils import quote_sheetname

    links: dict[str, str] = {}
    at_cell: dict[tuple[str, str], list[tuple[int, Remark]]] = {}
    for number, remark in enumerate(remarks, start=1):
        match = ADDRESS.fullmatch(remark.where)
        if match and match["sheet"] in book.sheetnames and _is_cell_sheet(book[match["sheet"]]):
            cell = _anchor(book[match["sheet"]], match["cell"])
            at_cell.setdefault((match["sheet"], cell), []).append((number, remark))
            links[remark.where] = f"{quote_sheetname(match['sheet'])}!{cell}"
    for (name, cell), here in at_cell.items():
        _mark(book[name], cell, here, author)
    return links


def _is_cell_sheet(sheet: Any) -> bool:
    """A chart sheet has no cells."""
    return hasattr(sheet, "merged_cells")


def _anchor(sheet: Any, coordinate: str) -> str:
    """The cell that shows the text: of a merged range the first."""
    for merged in sheet.merged_cells.ranges:
        if coordinate in merged:
            return merged.start_cell.coordinate
    return coordinate


def _mark(sheet: Any, coordinate: str, here: list[tuple[int, Remark]], author: str) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet[coordinate]
    worst = min((remark.severity for _n, remark in here), key=WEIGHT.__getitem__)
    cell.fill = PatternFill("solid", fgColor=COLOURS[worst])
    texts = [note(remark, number) for number, remark in here]
    if cell.comment:
        texts.insert(0, cell.comment.text)
    comment = Comment("\n".join(texts), author, width=NOTE_WIDTH)
    lines = sum(-(-len(line) // NOTE_LETTERS) for text in texts for line in text.split("\n"))
    comment.height = NOTE_LINE * (lines + 1)
    cell.comment = comment
    sheet.sheet_state = "visible"
    if {remark.rule for _n, remark in here} == {LEFT_HIDDEN}:
        return  # shown, it would be a part of the report when it comes back
    sheet.row_dimensions[cell.row].hidden = False
    if cell.column_letter in sheet.column_dimensions:
        sheet.column_dimensions[cell.column_letter].hidden = False
