"""The headings of columns in single rows: which field each names, and for which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from briefing.intake.detection.vocabulary import TOTAL, Vocabulary
from briefing.intake.parsers.dates import find_dates
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid

FIGURES = {"luy_ke", "trong_ngay", "m01_numerator"}
KEYS = {"don_vi", "dia_chi", "ho_ten", "so_dien_thoai"}  # what counts of several days may be of
UNNAMED = (9, 0)  # the rank of a column that is told by its day alone
LONGEST_DAY = 25  # characters: a day with its word and the name of the weekday
MOST = 0.8  # of the rows, whose counts tell what the columns hold


@dataclass(frozen=True)
class Headed:
    """A column by its heading; of two columns for one field the smaller rank counts.

    Attributes:
        day: The day that the heading, or the one over it, gives the column to.
    """

    field: str
    column: int
    rank: tuple[int, int]
    day: date | None = None


def headings(grid: Grid, row: int, words: Vocabulary, *, above: int | None = None) -> list[Headed]:
    """The headings in one row; `above`: the first row of the head, where days may stand."""
    found: list[Headed] = []
    for column, value in enumerate(grid.cells[row] if row < len(grid.cells) else []):
        heading = words.heading(value)
        if heading and heading.field != TOTAL and not _is_grouped(grid, row, column, above, words):
            day = _day_of(value, words) if heading.field in FIGURES else None
            if day is None and above is not None and heading.field in FIGURES:
                day = next(
                    (d for r in range(above, row) if (d := _day_over(grid, r, column, words))), None
                )
            found.append(Headed(heading.field, column, heading.rank, day))
    return found


def _is_grouped(grid: Grid, row: int, column: int, above: int | None, words: Vocabulary) -> bool:
    """Whether a heading stands under a group of another subject: “Lũy kế” under “Tiêm vắc xin”."""
    for over in range(row if above is None else above, row):
        line = grid.cells[over]
        group = next((c for c in range(min(column, len(line) - 1), -1, -1) if clean(line[c])), None)
        if group is None or not (group == column or clean(grid.value(row, group))):
            continue  # nothing over it, or the heading of a single column beside it
        if isinstance(line[group], str) and words.subjects.other(line[group]):
            return True
    return False


def chosen(headed: list[Headed]) -> dict[str, int]:
    """Field → column: the surest heading; of those of several days the last."""
    best: dict[str, Headed] = {}
    for item in headed:
        other = best.get(item.field)
        if other is None or _order(item) < _order(other):
            best[item.field] = item
    return {name: item.column for name, item in best.items()}


def _order(item: Headed) -> tuple:
    return (item.rank[0] if item.day is None else 1, -item.day.toordinal() if item.day else 0,
            item.rank, item.column)  # fmt: skip


def by_day(headed: list[Headed]) -> dict[str, dict[date, int]]:
    """Field → day → column, of the fields whose headings name several days."""
    days: dict[str, dict[date, int]] = {}
    for item in headed:
        if item.day:
            days.setdefault(item.field, {}).setdefault(item.day, item.column)
    undated = {item.field for item in headed if item.day is None}
    return {name: own for name, own in days.items() if len(own) > 1 or name not in undated}


def days_under(grid: Grid, row: int, headed: list[Headed], words: Vocabulary) -> list[Headed]:
    """Columns of single days under a heading of counts: “Lũy kế” over “14/8 | 15/8 | 16/8”."""
    cells = grid.cells[row] if row < len(grid.cells) else []
    days = [(c, day) for c, value in enumerate(cells) if (day := _is_day(value, words))]
    texts = sum(1 for value in cells if clean(value))
    if len(days) < 2 or texts > len(days):
        return []
    groups = sorted((h for h in headed), key=lambda h: h.column)
    found = []
    for column, day in days:
        group = next((h for h in reversed(groups) if h.column <= column), None)
        if group and group.field in FIGURES:
            found.append(Headed(group.field, column, group.rank, day))
    return found if len(found) > 1 else []


def days_alone(grid: Grid, row: int, headed: list[Headed], words: Vocabulary) -> list[Headed]:
    """Columns of single days that no heading says the meaning of: “Đơn vị | 14/8 | 15/8 | 16/8”.

    Counts that don't fall from day to day are cumulative, others are those of each day. Without
    a column of what is counted, or without counts, it is no such table.
    """
    fields = {item.field for item in headed}
    if FIGURES & fields or not KEYS & fields:
        return []
    taken = {item.column for item in headed if item.field in KEYS}
    cells = grid.cells[row] if row < len(grid.cells) else []
    days = {c: day for c, value in enumerate(cells) if (day := _is_day(value, words))}
    days = {column: day for column, day in days.items() if column not in taken}
    if len(set(days.values())) < 2:
        return []
    ordered = sorted(days, key=lambda column: days[column])
    rows = [_counts(grid, r, ordered) for r in range(row + 1, len(grid.cells))]
    known = [counts for counts in rows if len(counts) > 1]
    rising = sum(counts == sorted(counts) for counts in known)
    if not any(rows):
        return []
    field = "luy_ke" if rising >= MOST * len(known) else "trong_ngay"
    return [Headed(field, column, UNNAMED, day) for column, day in days.items()]


def _counts(grid: Grid, row: int, columns: list[int]) -> list[int]:
    numbers = [parse_number(grid.value(row, column)) for column in columns]
    return [int(n.value) for n in numbers if isinstance(n, Number) and n.kind in ("count", "ratio")]


def _is_day(value: object, words: Vocabulary) -> date | None:
    """The day that a cell consists of, but for a word before it."""
    if isinstance(value, str) and len(clean(value)) > LONGEST_DAY:
        return None
    return _day_of(value, words)


def _day_of(value: object, words: Vocabulary) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    found = find_dates(clean(value), year=words.campaign.dates.start.year)
    return found[-1].date if found else None


def _day_over(grid: Grid, row: int, column: int, words: Vocabulary) -> date | None:
    """The day in the cell over a column, which may be merged over several."""
    line = grid.cells[row]
    for c in range(min(column, len(line) - 1), -1, -1):
        if line[c] not in ("", None):
            return _is_day(line[c], words)
    return None


def beside_a_rate(grid: Grid, row: int, headed: list[Headed], below: list[Headed]) -> list[Headed]:
    """The column of persons under a heading of counts that spans a rate too.

    Under “Lũy kế” stand “Tỷ lệ %” and “Số người”: the count is in the second.
    """
    rates = {item.column for item in below if item.field == "ty_le"}
    named = {item.column for item in below}
    moved: list[Headed] = []
    for group in headed:
        if group.field in FIGURES and group.column in rates:
            beside = group.column + 1
            if clean(grid.value(row, beside)) and beside not in named:
                moved.append(Headed(group.field, beside, group.rank, group.day))
    return moved
