"""Sheets and columns that the sender's program does not show: what is read of them, and said.

A hidden sheet is yesterday's more often than today's: it is read only where no visible one holds a
report. A hidden column is no part of one. Names, addresses and phones are often hidden to make a
list fit on its page: they are read all the same, to tell persons apart, and no figure is taken from
them. A hidden column of figures is read only where no other column could hold them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from briefing.intake.detection.forms import TableHead, heads_in
from briefing.intake.detection.headings import FIGURES
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid, Part, Unread
from briefing.intake.submission import Finding, Submission

OF_ROWS = {"stt", "ho_ten", "dia_chi", "so_dien_thoai", "don_vi"}  # whose the figures are


def with_hidden_sheets(
    read: Callable[[Sequence[Part]], list[Submission]], parts: Sequence[Part]
) -> list[Submission]:
    """The reports in the visible parts; in the hidden ones where those hold none."""
    hidden = [part for part in parts if not part.visible]
    found = read([part for part in parts if part.visible])
    if not hidden:
        return found
    unseen, where = [*filter(_is_sure, read(hidden))], hidden[0].grids[0].where(0, 0)
    if not any(report.form for report in found):
        only = Finding("sheet_hidden.read", where)
        return found + [report.with_findings(only) for report in unseen]
    if unseen:
        left_out = Finding("sheet_hidden.left_out", where, str(len(hidden)))
        found[0] = found[0].with_findings(left_out)
    return found


def _is_sure(report: Submission) -> bool:
    """Whether a report stands in a sheet, and not only a list that might be one."""
    return report.usable and report.reading_confidence != "low"


def without_hidden_columns(part: Part, words: Vocabulary) -> Part:
    """The part as it is seen, but for hidden columns that say whose the figures are.

    A grid without a table is left as it is, and so is one whose figures stand in hidden columns
    alone: that they are read is said of the report (`hidden_figures`).
    """
    if not any(grid.hidden_columns for grid in part.grids):
        return part
    return replace(part, grids=tuple(_seen(grid, words) for grid in part.grids))


def _seen(grid: Grid, words: Vocabulary) -> Grid:
    heads = list(heads_in(grid, words)) if grid.hidden_columns else []
    if not heads:
        return grid
    kept = {head.columns[name] for head in heads for name in OF_ROWS & head.columns.keys()}
    seen = without_columns(grid, grid.hidden_columns - kept)
    of_seen = list(heads_in(seen, words))
    if list(map(_has_figures, of_seen)) == list(map(_has_figures, heads)):
        return seen
    return grid


def _has_figures(head: TableHead) -> bool:
    return bool(FIGURES & head.columns.keys())


def without_columns(grid: Grid, columns: frozenset[int]) -> Grid:
    """The grid with these columns blank, but for what shows in a merged cell."""
    shown = {
        (top, left)
        for top, left, _bottom, right in grid.merged
        if not all(column in grid.hidden_columns for column in range(left, right + 1))
    }
    cells = [
        [
            None if column in columns and (row, column) not in shown else value
            for column, value in enumerate(line)
        ]
        for row, line in enumerate(grid.cells)
    ]
    left = tuple(
        unread for column in sorted(columns) for unread in _column_left_out(grid, column, shown)
    )
    return replace(
        grid, cells=cells, unread=(*grid.unread, *left),
        hidden_columns=grid.hidden_columns - columns,
    )  # fmt: skip


def _column_left_out(grid: Grid, column: int, shown: set[tuple[int, int]]) -> Iterator[Unread]:
    """What is said of a column of numbers that is left out: once, at its heading."""
    filled = [
        (row, line[column])
        for row, line in enumerate(grid.cells)
        if column < len(line) and (row, column) not in shown and line[column] not in ("", None)
    ]
    if any(isinstance(value, (int, float)) or clean(value).isdigit() for _row, value in filled):
        yield Unread(filled[0][0], column, "hidden", clean(filled[0][1]))


def hidden_figures(head: TableHead) -> Iterator[Finding]:
    """The hidden columns that the figures of a table come from, since no other holds them."""
    hidden = {head.columns[name] for name in FIGURES & head.columns.keys()}
    for column in sorted(hidden & head.grid.hidden_columns):
        yield Finding("text_hidden.read", head.grid.where(head.top, column))
