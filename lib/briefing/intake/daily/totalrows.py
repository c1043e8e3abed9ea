"""Rows of totals: what they say, and where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.intake.daily.rows import DataRows
from briefing.intake.opening.grids import Grid
from briefing.intake.recognition.vocabulary import Vocabulary
from briefing.intake.values.numbers import Number, Unreadable, parse_number
from briefing.intake.values.text import clean, fold

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
    others = {columns.get(n) for n in ("stt", "trong_ngay", "ghi_chu", "so_smartphone", "ty_le")}
    for column in reversed(range(len(line))):
        if column not in others - {wanted} and count_of(line[column]) is not None:
            return parse_number(line[column]), column
    return stated, wanted


def count_of(value: object) -> int | None:
    """The count in a cell (persons), `None` where it holds none."""
    number = parse_number(value)
    return int(number.value) if isinstance(number, Number) and number.kind == "count" else None
