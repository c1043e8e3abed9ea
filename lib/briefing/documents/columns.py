"""How wide the columns of a printed table are: no word and no number is broken to fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Any, TypeAlias

from briefing.documents.lines import length

Json = dict[str, Any]
Part: TypeAlias = tuple[list[float], float]
"""The words of a text and all of it on one line: how long they are, of letters of one point."""

SMALLEST = 8.0  # points that paper can still be read at
STEP = 0.5
NOTE = 0.85  # the size of a cell's note, of that of its text
MARK = 1.3  # width of the mark of a tone with its space, of the size of the letters
MARKED = frozenset(("good", "warn", "bad"))
_LONGEST = 42  # letters of a cell that ask for width; more go on another line
LONGEST_WORD = 30  # letters; as in shared.typ
_TRIED = (3, 2, 1)  # lines of a cell
_CLOSE = 0.05  # of the size of the letters: near enough to the least width
_SPACE = 0.25  # its width, of the size of the letters
_HALVINGS = 40  # until a width is known far below what a printer shows
_SLACK = 1.0  # points: another face's letters may be a little wider


def fitted(
    columns: Sequence[Json],
    rows: Sequence[Sequence[Json]],
    total: float,
    size: float,
    inset: float,
    *,
    marked: bool = False,
) -> tuple[float, list[float]]:
    """The size of the letters and the width of each column, all in points.

    The columns share the page as the table says, or by what they hold; one that is too narrow for
    its longest word takes from the widest, and where none has anything left letters get smaller.
    Then one column after the other gets its phrases on three lines, on two, and on one, where that
    makes the table shorter.

    Args:
        columns, rows: Of a table block, as JSON.
        total: The width of the table.
        size: The size of the letters, if it can be.
        inset: Empty space at either side of a cell.
        marked: A cell that is good or bad has its mark in front, on the line of its first word.
    """
    cells = [_cells(column, rows, n, marked) for n, column in enumerate(columns)]
    names = next((n for n, column in enumerate(columns) if column["align"] == "left"), 0)
    words = [
        max((w for cell in column for part, _whole in cell for w in part), default=0.0)
        for column in cells
    ]

    def room(lengths: Sequence[float]) -> list[float]:
        return [size * length + 2 * inset + _SLACK for length in lengths]

    while sum(room(words)) > total and size - STEP >= SMALLEST:
        size -= STEP
    least = room(words)
    if sum(least) >= total:
        return size, [total * width / sum(least) for width in least]
    wanted = [total * share for share in _shares(columns, rows)]

    @cache
    def lines_of(n: int, width: float) -> list[int]:
        inside = (width - 2 * inset) / size
        return [_broken(text, inside) + _broken(note, inside) for text, note in cells[n]]

    def shared(least: Sequence[float]) -> tuple[list[float], tuple[int, int]]:
        widths = narrowed([*map(max, wanted, least)], least, total)
        return widths, _lines([*map(lines_of, range(len(cells)), widths)], names)

    best = shared(least)
    for lines, n in product(_TRIED, range(len(cells))):
        (asked,) = room([_least(cells[n][1:], words[n], lines)])
        raised = [*least[:n], max(asked, least[n]), *least[n + 1 :]]
        if sum(raised) <= total and (tried := shared(raised))[1] < best[1]:
            least, best = raised, tried
    return size, best[0]


def narrowed(wanted: Sequence[float], least: Sequence[float], total: float) -> list[float]:
    """Widths of no more than this sum: the widest give way first, none below what it needs."""
    if sum(wanted) <= total:
        return list(wanted)
    low, high = 0.0, max(wanted)
    for _step in range(_HALVINGS):
        level = (low + high) / 2
        made = [max(b, min(a, level)) for a, b in zip(wanted, least, strict=True)]
        low, high = (low, level) if sum(made) > total else (level, high)
    return [max(b, min(a, low)) for a, b in zip(wanted, least, strict=True)]


def _cells(
    column: Json, rows: Sequence[Sequence[Json]], place: int, marked: bool
) -> list[tuple[Part, Part]]:
    """A column's label and each of its cells, and their notes."""
    made = [(_part(_lengths(column["label"])), _part([]))]
    for row in rows:
        cell = row[place]
        text, note = _lengths(cell["text"]), [NOTE * word for word in _lengths(cell["note"])]
        if text and marked and cell["tone"] in MARKED:
            text[0] += MARK
        made.append((_part(text), _part(note)))
    return made


def _part(words: list[float]) -> Part:
    return words, sum(words) + _SPACE * (len(words) - 1)


def _lengths(text: str) -> list[float]:
    return [length(word, 1) for word in _apart(text)]


def _least(cells: Sequence[tuple[Part, Part]], word: float, lines: int) -> float:
    """The least width, from that of a column's longest word on, at which no text has more lines."""
    least = word
    for text in (part for cell in cells for part in cell):
        low, high = least, text[1] + _SPACE
        if _broken(text, low) <= lines:
            continue
        while high - low > _CLOSE:
            middle = (low + high) / 2
            low, high = (low, middle) if _broken(text, middle) <= lines else (middle, high)
        least = high
    return least


def _lines(columns: Sequence[Sequence[int]], names: int) -> tuple[int, int]:
    """Lines that a table of columns with so many takes, and those of all its cells.

    Those of the column that names the rows count twice: by it a row is found, and the rest of a
    name stands beside no figure.
    """
    return sum(map(max, zip(*columns, strict=True))) + sum(columns[names]), sum(map(sum, columns))


def _broken(text: Part, width: float) -> int:
    """Into how many lines of this width its words go."""
    words, whole = text
    if whole <= width:
        return min(len(words), 1)
    count, left = 0, -1.0
    for word in words:
        left -= _SPACE + word
        if left < 0:
            count, left = count + 1, width - word
    return count


def _apart(text: str) -> list[str]:
    """Words between which a line may break; a no-break space is none.

    One that is longer than any column may be broken anywhere, so its length asks for nothing.
    """
    return [word for word in re.split(r"[ \t\n]", text) if 0 < len(word) < LONGEST_WORD]


def _shares(columns: Sequence[Json], rows: Sequence[Sequence[Json]]) -> list[float]:
    if any(column["width"] > 0 for column in columns):
        weights = [column["width"] or 1.0 for column in columns]
    else:
        weights = [_need(column, [r[n]["text"] for r in rows]) for n, column in enumerate(columns)]
    return [weight / sum(weights) for weight in weights]


def _need(column: Json, texts: Sequence[str]) -> float:
    words = max(map(len, column["label"].split() or [""]))
    return max(3.0, words + 1, min(_LONGEST, max(map(len, texts), default=0)))
