"""The list that goes back with a report: known again when the corrected report comes in.

What is written on the list is of this program, not of the sender: it must not be read as a report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.intake.opening.grids import Grid, Part
from briefing.intake.values.text import clean, fold
from briefing.language import catalog, languages
from briefing.messages import Message

TITLE = Message("What to correct in this report")
BODY = {"paragraph", "line"}  # names of grids of lines that are the text itself
END = Message("End of the list; the report itself follows")


def without_list(parts: Iterable[Part]) -> list[Part]:
    """The parts without the list that an earlier return put in front; addresses stay the same.

    The list begins with its title and ends with its closing line, or, where a document has lost
    that, with its table. A sheet or a text without a closing line is the list alone.
    """
    return [cut for part in parts if (cut := _cut(part))]


def _cut(part: Part) -> Part | None:
    body = [grid for grid in part.grids if grid.name in BODY or grid.kind == "sheet"]
    first = next((text for grid in body if (text := _first_text(grid))), "")
    if not _says(first, TITLE):
        return part
    closed = any(_says(_text(line), END) for grid in _lines(body) for line in grid.cells)
    if not closed and not any(grid.kind == "table" for grid in part.grids):
        return None
    return replace(part, grids=tuple(_below_list(part.grids, closed=closed)))


def _below_list(grids: tuple[Grid, ...], *, closed: bool) -> Iterator[Grid]:
    """The grids around the list: headers of pages before it, the report after it."""
    inside = False
    done = False
    for grid in grids:
        inside = inside or (not done and _says(_first_text(grid), TITLE))
        if not inside:
            yield grid
        elif grid.kind == "lines" and closed:
            end = next((i for i, line in enumerate(grid.cells) if _says(_text(line), END)), None)
            if end is not None:
                inside, done = False, True
                yield replace(grid, cells=[[] for _line in range(end + 1)] + grid.cells[end + 1 :])
        elif grid.kind == "table" and not closed:
            inside, done = False, True


def _lines(grids: Iterable[Grid]) -> Iterator[Grid]:
    return (grid for grid in grids if grid.kind == "lines")


def _first_text(grid: Grid) -> str:
    return next((clean(value) for _row, _column, value in grid.filled()), "")


def _text(line: list) -> str:
    return clean(line[0]) if line else ""


def _says(text: str, wanted: Message) -> bool:
    """Whether a text is this one, in any language that a list may have been written in."""
    return bool(text) and fold(text) in {
        fold(catalog(code).get(wanted.msgid, wanted.msgid)) for code in languages()
    }
