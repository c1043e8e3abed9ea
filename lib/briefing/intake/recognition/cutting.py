"""Pieces of a grid: rows or columns alone, each cell with the address that it has in the file."""

from __future__ import annotations

from dataclasses import replace

from briefing.intake.opening.grids import Grid


def columns_kept(grid: Grid, first: int, last: int | None) -> Grid:
    """The columns from `first` up to `last` as a grid of their own."""
    inside = [m for m in grid.merged if first <= m[1] and (last is None or m[3] < last)]
    return replace(
        grid,
        cells=[line[first:last] for line in grid.cells],
        merged=tuple((top, a - first, bottom, b - first) for top, a, bottom, b in inside),
        left=grid.left + first,
        unread=tuple(
            replace(unread, column=unread.column - first)
            for unread in grid.unread
            if first <= unread.column and (last is None or unread.column < last)
        ),
        hidden_columns=frozenset(column - first for column in grid.hidden_columns),
    )


def rows_kept(grid: Grid, rows: range | frozenset[int]) -> Grid:
    """The grid with all other rows blank."""
    if isinstance(rows, range) and rows.start <= 0 and rows.stop >= len(grid.cells):
        return grid
    cells = [line if row in rows else [] for row, line in enumerate(grid.cells)]
    while cells and not cells[-1]:
        cells.pop()
    return replace(
        grid,
        cells=cells,
        merged=tuple(m for m in grid.merged if m[0] in rows and m[2] in rows),
        unread=tuple(unread for unread in grid.unread if unread.row in rows),
    )
