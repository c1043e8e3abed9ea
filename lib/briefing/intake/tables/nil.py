"""Nil reports: nothing new, so that the unit's last cumulative holds, which is not zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.intake.detection.forms import TableHead
from briefing.intake.detection.lines import Line
from briefing.intake.parsers.disclosure import shown_cell
from briefing.intake.parsers.nil import without_nil
from briefing.intake.parsers.numbers import Number, parse_number
from briefing.intake.parsers.text import clean
from briefing.intake.readers.grids import Grid
from briefing.intake.submission import Finding
from briefing.intake.tables.table import Table
from briefing.intake.tables.tallies import grand_total

NIL = "nil"
LONGEST_REMARK = 200  # characters


@dataclass(frozen=True)
class Remark:
    """What says that nothing is new.

    Attributes:
        where: Its cell or line.
        words: As they are written.
        own: The cumulative (persons) that is given all the same: “vẫn 1.250”.
    """

    where: str
    words: str
    own: int | None = None


def nil_remark(table: Table, head: TableHead, lines: Iterable[Line]) -> Remark | None:
    """What says that nothing is new, in a table that says nothing else; else `None`.

    Args:
        lines: Those around the table; looked at only where the table gives no figure.
    """
    counts = table.counts
    some_new = any(table.in_day.numbers)
    if any(table.count) or counts.marked or counts.increases or table.rates or some_new:
        return None
    stated = grand_total(table)
    if stated and (stated.count or (isinstance(stated.value, Number) and stated.count is None)):
        return None
    values = enumerate(table.rows.values.get("luy_ke", ()))
    cells = [(i, text) for i, value in values if value not in ("", None) and (text := clean(value))]
    if cells and (remark := _in_cells(table, cells)):
        return remark
    if table.reachable and not table.counted:
        return None  # a list of people is a report, whatever stands beside it
    remark = next(filter(None, map(_of_text, _texts(head, lines))), None)
    if remark is None and not table.counted and not cells:
        zero = next((i for i, count in enumerate(table.in_day.numbers) if count == 0), None)
        remark = None if zero is None else Remark(table.rows.where("trong_ngay", zero), "0")
    return remark


def _in_cells(table: Table, cells: list[tuple[int, str]]) -> Remark | None:
    """Where each cell under Lũy kế says so, all with a number of their own or none."""
    remarks = [(i, *without_nil(text)) for i, text in cells]
    if not all(words for _i, _rest, words in remarks):
        return None
    numbers = [parse_number(rest) for _i, rest, _words in remarks if rest]
    own = [int(n.value) for n in numbers if isinstance(n, Number) and n.kind == "count"]
    if len(own) not in (0, len(remarks)):
        return None
    i, _rest, words = remarks[0]
    return Remark(table.rows.where("luy_ke", i), words, sum(own) if own else None)


def _texts(head: TableHead, lines: Iterable[Line]) -> Iterator[tuple[str, str]]:
    """Every text under a head, then the lines around it, each with its address."""
    for grid, row in head.rows():
        for column, value in enumerate(grid.cells[row]):
            if isinstance(value, str):
                yield value, grid.where(row, column)
    yield from ((line.text, line.where) for line in lines)


def _of_text(line: tuple[str, str]) -> Remark | None:
    text, where = line
    words = without_nil(text)[1] if len(text) <= LONGEST_REMARK else ""
    return Remark(where, words) if words else None


def remark_in_row(grid: Grid, row: int, count: int | None, in_day: int | None) -> Remark | None:
    """What says that nothing is new, in the row of one unit that gives no cumulative.

    Args:
        count, in_day: The columns of the cumulative and of the day's count.
    """
    for column, value in enumerate(grid.cells[row]):
        if isinstance(value, str) and len(value) <= LONGEST_REMARK:
            rest, words = without_nil(value)
            own = parse_number(rest) if words and column == count else None
            if words:
                counted = own if isinstance(own, Number) and own.kind == "count" else None
                number = int(counted.value) if counted else None
                return Remark(grid.where(row, column), words, number)
    if in_day is None or parse_number(grid.value(row, in_day)) != Number(0, "count"):
        return None
    blank = count is None or not clean(grid.value(row, count))
    return Remark(grid.where(row, in_day), "0") if blank else None


def nil_finding(remark: Remark) -> Finding:
    """What is said of it: no fault, and nothing for the sender to do."""
    code = "nil_report.alone" if remark.own is None else "nil_report.with_count"
    return Finding(code, remark.where, shown_cell(remark.words))
