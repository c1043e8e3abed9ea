"""The rows under a head as columns, each cell with its address; what rows of totals say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import compress
from typing import Any

from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.own_papers import REPORTED
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.numbers import Number, Unreadable, parse_number
from briefing.intake.parsers.text import clean, fold
from briefing.intake.readers.grids import Grid, column_letters

SUMS = ("=SUM(", "=SUBTOTAL(", "=COUNTIF(", "=COUNTA(")
NOT_TOTALS = ("stt", "trong_ngay", "ghi_chu", "so_denominator", "ty_le", REPORTED)  # columns
CARRIED = re.compile(
    r"^(?:cong |so |tong )?(?:mang sang|chuyen (?:sang|trang)|trang truoc|luy ke trang)\b"
)


@dataclass(frozen=True)
class TotalRow:
    """A row of totals.

    Attributes:
        after: How many rows of data stand above it.
        grand: It is worded as the whole table's, not as that of a part.
        value: What it says under Lũy kế, or beside its label.
        in_day: What it says in the column of the day.
    """

    after: int
    grand: bool
    value: Number | Unreadable | None
    cell: str
    in_day: Number | Unreadable | None = None
    day_cell: str = ""

    @property
    def count(self) -> int | None:
        """In persons; of a ratio the numerator."""
        value = self.value
        if isinstance(value, Number) and value.kind in ("count", "ratio"):
            return int(value.value)
        return None

    @property
    def is_sum(self) -> bool:
        """Whether it is a formula over the rows that was saved without its value."""
        value = self.value
        return isinstance(value, Unreadable) and value.text.upper().startswith(SUMS)


def total_row(
    rows: DataRows, i: int, above: int, words: Vocabulary, kind: str = "total"
) -> TotalRow:
    """Read a row of totals.

    Args:
        above: How many rows of data stand above it.
        kind: `total` by its wording, `figure` without any, `group` at the head of its rows.
    """
    grid, row = rows.places[i]
    value, column = _total_value(rows, i, words)
    grand = kind == "figure" or any(map(words.is_grand_total, grid.cells[row]))
    return TotalRow(
        after=above,
        grand=kind != "group" and (grand or (kind == "total" and not _is_part(grid, row, words))),
        value=value,
        cell=grid.where(row, column),
        in_day=parse_number(rows.value("trong_ngay", i)) if "luy_ke" in rows.columns else None,
        day_cell=rows.where("trong_ngay", i),
    )


def _is_part(grid: Grid, row: int, words: Vocabulary) -> bool:
    """Whether a row is worded as the sum of a part: “Cộng khu phố 1”, “Mang sang”."""
    return any(words.is_total(value) or is_carried(value) for value in grid.cells[row])


def is_carried(value: object) -> bool:
    """Whether a cell marks a sum that is carried over from one page to the next."""
    return isinstance(value, str) and bool(CARRIED.match(fold(value)))


def _total_value(
    rows: DataRows, i: int, words: Vocabulary
) -> tuple[Number | Unreadable | None, int]:
    """The total under Lũy kế, or behind its label; else, where a merged cell moved it, the last."""
    grid, row = rows.places[i]
    columns = rows.columns
    wanted = columns.get("luy_ke", columns.get("trong_ngay", 0))
    line = grid.cells[row]
    stated = parse_number(grid.value(row, wanted))
    if isinstance(stated, Number):
        return stated, wanted
    for column, value in enumerate(line):
        behind = words.is_grand_total(value) and re.search(r"\d[\d., ]*", clean(value))
        if behind:
            return parse_number(behind[0].strip(" .,")), column
    others = {columns.get(n) for n in NOT_TOTALS}
    for column in reversed(range(len(line))):
        if column not in others - {wanted} and count_of(line[column]) is not None:
            return parse_number(line[column]), column
    return stated, wanted


def count_of(value: object) -> int | None:
    """The count in a cell (persons), `None` where it holds none."""
    number = parse_number(value)
    return int(number.value) if isinstance(number, Number) and number.kind == "count" else None


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
        columns = [*zip(*lines, strict=False)]  # a line may be longer than another
        for name, column in head.columns.items():
            values[name] += columns[column] if columns else []
    return DataRows(head.columns, places, values)
