"""A row of a table with one row for each unit that reports daily."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.intake.chat.statement import Statement, daily_of
from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.sections import Section
from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.labels.rows import PERSONAL
from briefing.intake.labels.staff import Answer
from briefing.intake.parsers.disclosure import shown_count
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid
from briefing.intake.submission import Finding, Submission
from briefing.intake.tables.nil import remark_in_row


def own_row(section: Section) -> tuple[Grid, int] | None:
    """The row that is all a unit says, in a table with one row for each; `None` in any other."""
    head = section.head
    if head is None or section.unit is None:
        return None
    rows = [(g, r) for g, r in head.rows() if sum(bool(clean(v)) for v in g.cells[r]) > 1]
    personal = any(clean(g.value(r, head.columns[f])) for g, r in rows for f in PERSONAL
                   if f in head.columns)  # fmt: skip
    return rows[0] if len(rows) == 1 and not personal else None


def read_row(
    known: Submission, head: TableHead, grid: Grid, row: int, denominator: int | None
) -> Submission:
    """What the row of one unit says: its cumulative, alone or with the denominator.

    Args:
        known: Whose report it is and about which day.
        denominator: The unit's denominator (persons), for a row that gives a rate alone.
    """
    cells = {
        name: Answer(grid.value(row, column), grid.where(row, column))
        for name, column in head.columns.items()
    }
    count = cells.get("luy_ke") or cells.get("m01_numerator") or cells.get("trong_ngay")
    only_day = "luy_ke" not in cells and "m01_numerator" not in cells
    where = count.where if count else grid.where(row, 0)
    number = parse_number(count.value) if count and not only_day else None
    below, rate = _number(cells.get("so_denominator")), _number(cells.get("ty_le"))
    in_day = _number(cells.get("trong_ngay"))
    new = in_day and in_day.value
    nil = None
    if not (isinstance(number, Number) or new):
        nil = remark_in_row(grid, row, head.columns.get("luy_ke"), head.columns.get("trong_ngay"))
    if nil and nil.own is not None:
        number = Number(nil.own, "count")
    statement = Statement(
        where,
        cumulative=number if isinstance(number, Number) else None,
        stated=int(below.value) if below and below.kind == "count" else None,
        rate=rate,
        in_day=0 if nil else int(in_day.value) if in_day and in_day.kind == "count" else None,
        in_day_where=nil.where if nil else "",
        nil=nil,
        denominator_where=cells["so_denominator"].where if below else where,
        rate_where=cells["ty_le"].where if rate else where,
    )
    silent = not (only_day or nil) and statement.cumulative is None
    faults = _faults(count, number, where) if silent else ()
    return daily_of(known, statement, denominator, tuple(faults) if rate is None else ())


def total_findings(
    head: TableHead, values: Sequence[int | None], words: Vocabulary
) -> Iterator[Finding]:
    """Whether the row of totals of a table of units is the sum of their figures, all known."""
    column = head.columns.get("luy_ke")
    if column is None or None in values:
        return
    added = sum(value or 0 for value in values)
    for grid, row in head.rows():
        number = parse_number(grid.value(row, column))
        if not any(map(words.is_grand_total, grid.cells[row])) or not isinstance(number, Number):
            continue
        if number.kind in ("count", "ratio") and number.value != added:
            both = {"total": int(number.value), "sum": added}
            where = grid.where(row, column)
            yield Finding("total_mismatch.rows", where, str(number.value), both)


def _number(cell: Answer | None) -> Number | None:
    number = parse_number(cell.value, count=False) if cell else None
    if isinstance(number, Number) and number.kind == "decimal":
        return Number(number.value, "percent")  # 53,6 under “Tỷ lệ (%)”
    return number if isinstance(number, Number) else None


def _faults(count: Answer | None, number: object, where: str) -> Iterator[Finding]:
    code = "number_unreadable.unit_blank" if number is None else "number_unreadable.unit_unread"
    found = "" if number is None or not count else shown_count(count.value)
    yield Finding(code, where, found)
