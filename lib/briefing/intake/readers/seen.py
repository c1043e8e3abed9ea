"""What is seen of a sheet: its cells as the fast reader gives them, put right by a survey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefing.intake.parsers.text import clean
from briefing.intake.readers.flow import as_read
from briefing.intake.readers.grids import Grid, Unread
from briefing.intake.readers.surveys import Formula, Place, Survey

Merged = Sequence[tuple[int, int, int, int]]
OF_CELLS = ("SUM(", "SUBTOTAL(", "COUNT(", "COUNTA(", "COUNTIF(")  # never rightly empty


def see(cells: list[list[Any]], survey: Survey, name: str, merged: Merged) -> tuple[Unread, ...]:
    """Leave in the cells what is seen of them.

    Formulas are calculated first: a sum counts what is hidden too.

    Returns:
        What was left out, in order.
    """
    unread: list[Unread] = []
    if survey.formulas:
        unread += _calculate(cells, survey, name)
    if survey.styles or survey.runs:
        for row, column in sorted(survey.styles.keys() | survey.runs.keys()):
            unread += _look(cells, row, column, survey)
    if survey.hidden_rows:
        unread += _hide(cells, survey, merged)
    return tuple(sorted(unread, key=lambda u: (u.row, u.column)))


def sheet_grid(name: str, cells: list[list[Any]], survey: Survey, merged: Merged) -> Grid:
    """A sheet with what is seen of it in its cells."""
    unread = see(cells, survey, name, merged)
    return Grid(
        "sheet", name, cells, tuple(merged), frozenset(survey.filtered), unread=unread,
        hidden_columns=frozenset(survey.hidden_columns),
    )  # fmt: skip


def _calculate(cells: list[list[Any]], survey: Survey, name: str) -> Iterator[Unread]:
    from briefing.intake.readers.calculation import calculated  # with openpyxl, for few files

    values = calculated(cells, survey, name)
    for (row, column), formula in survey.formulas.items():
        value = values[row, column]
        if value is None and not _is_doubtful(formula, survey):
            continue
        if value == 0 and formula.held == 0:
            continue
        put(cells, row, column, f"={formula.text}" if value is None else value)
        if value is not None:
            yield Unread(row, column, "uncalculated", f"={formula.text}")


def _is_doubtful(formula: Formula, survey: Survey) -> bool:
    """Whether a formula that can't be calculated here has no value that counts."""
    if formula.held == "":
        return formula.text.startswith(OF_CELLS)
    return formula.held is None or not survey.calculates


def _look(cells: list[list[Any]], row: int, column: int, survey: Survey) -> Iterator[Unread]:
    value = value_at(cells, row, column)
    if value in ("", None):
        return
    style = survey.styles.get((row, column))
    own = style.look(value) if style else ""
    runs = survey.runs.get((row, column)) or ((clean(value), None),)
    pieces = [(text, own if own == "hidden" or look is None else look) for text, look in runs]
    if all(look in ("", "raised") for _text, look in pieces) and len(pieces) == 1:
        return
    kept, left = as_read(pieces, row, column)
    put(cells, row, column, kept.strip() or None)
    yield from left


def _hide(cells: list[list[Any]], survey: Survey, merged: Merged) -> Iterator[Unread]:
    """Blank the rows that were hidden by hand, but for what shows in a merged cell."""
    shown = {place for range_ in merged for place in _shown_in(range_, survey)}
    for row in sorted(survey.hidden_rows):
        for column, value in enumerate(cells[row] if row < len(cells) else ()):
            if value not in ("", None) and (row, column) not in shown:
                cells[row][column] = None
                if text := clean(value):
                    yield Unread(row, column, "hidden", text)


def _shown_in(range_: tuple[int, int, int, int], survey: Survey) -> Iterator[Place]:
    """The first cell of a merged range of which a part is seen."""
    top, left, bottom, _right = range_
    if bottom - top < len(survey.hidden_rows) and all(
        row in survey.hidden_rows for row in range(top, bottom + 1)
    ):
        return
    yield top, left


def value_at(cells: list[list[Any]], row: int, column: int) -> Any:
    """What a cell holds, `None` outside of what was read."""
    line = cells[row] if row < len(cells) else ()
    return line[column] if column < len(line) else None


def put(cells: list[list[Any]], row: int, column: int, value: Any) -> None:
    """Write a value into a cell, which may stand outside of what was read."""
    cells += [[] for _row in range(row + 1 - len(cells))]
    cells[row] += [None] * (column + 1 - len(cells[row]))
    cells[row][column] = value
