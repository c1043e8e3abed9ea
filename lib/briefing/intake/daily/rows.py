"""The rows under a head as columns, each cell with its address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import Any

from briefing.intake.opening.grids import Grid, column_letters
from briefing.intake.recognition.forms import TableHead


@dataclass(frozen=True)
class DataRows:
    """Rows of a table, column by column.

    Attributes:
        columns: Field → column of the grids.
        places: Of each row the grid and the number there; two rows that were written in one
            (line by line in the same cells) have the same place.
        values: Field → the cells of that column, as they were read, one for each row.
    """

    columns: Mapping[str, int]
    places: Sequence[tuple[Grid, int]]
    values: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Where the rows stand, in their order; nearly always in one."""
        if len(self) and self.places[0][0] is self.places[-1][0]:
            return (self.places[0][0],)
        return tuple({id(grid): grid for grid, _row in self.places}.values())

    def value(self, field: str, position: int) -> Any:
        return self.values[field][position] if field in self.values else None

    def where(self, field: str, position: int) -> str:
        """The address of a cell; of a field without a column, that of the row's first cell."""
        grid, row = self.places[position]
        return grid.where(row, self.columns.get(field, 0))

    def cells(self, field: str) -> list[str]:
        """The address of every row's cell."""
        if len(self.grids) == 1 and self.grids[0].kind == "sheet":
            grid, column = self.grids[0], self.columns.get(field, 0)
            start = f"{grid.name}!{column_letters(column + grid.left)}"
            return [f"{start}{row + 1}" for _grid, row in self.places]
        return [self.where(field, position) for position in range(len(self))]

    def addresses(self, field: str, positions: Iterable[int]) -> str:
        """Cells as a person writes them: `Sheet1!E8:E12; Sheet1!E14`."""
        positions = list(positions)
        runs = [[positions[0], positions[-1]]] if self._is_run(positions) else []
        for position in positions if not runs else ():
            grid, row = self.places[position]
            last = self.places[runs[-1][1]] if runs else (None, 0)
            if last[0] is grid and row == last[1] + 1 and grid.kind == "sheet":
                runs[-1][1] = position
            elif (grid, row) != last:
                runs.append([position, position])
        column = column_letters(self.columns.get(field, 0) + self.places[0][0].left) if runs else ""
        return "; ".join(
            self.where(field, first)
            + (f":{column}{self.places[last][1] + 1}" if last > first else "")
            for first, last in runs
        )

    def _is_run(self, positions: list[int]) -> bool:
        """Whether these are rows of a sheet one under the other, as nearly all of them are."""
        if not positions:
            return False
        first, last = positions[0], positions[-1]
        (grid, top), (other, bottom) = self.places[first], self.places[last]
        if grid is not other or grid.kind != "sheet" or bottom - top != last - first:
            return False
        rows = [row for _grid, row in self.places[first : last + 1]]
        return positions == list(range(first, last + 1)) and rows == list(range(top, bottom + 1))

    def only(self, wanted: Sequence[bool]) -> DataRows:
        """These rows alone."""
        values = {name: list(compress(column, wanted)) for name, column in self.values.items()}
        return replace(self, places=list(compress(self.places, wanted)), values=values)


def rows_under(head: TableHead) -> DataRows:
    """Every row under the head, blank ones too."""
    width = max(head.columns.values(), default=-1) + 1
    values: dict[str, list[Any]] = {name: [] for name in head.columns}
    places: list[tuple[Grid, int]] = []
    for segment in head.segments:
        grid = segment.grid
        lines = grid.cells[segment.first_row :]
        if min(map(len, lines), default=width) < width:
            lines = [[*line, *[None] * (width - len(line))] for line in lines]
        places += [(grid, segment.first_row + i) for i in range(len(lines))]
        for name, column in head.columns.items():
            values[name] += [line[column] for line in lines]
    return DataRows(head.columns, places, values)
