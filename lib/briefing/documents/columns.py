"""How wide the columns of a printed table are: no word and no number is broken to fit."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from briefing.documents.lines import length

Json = dict[str, Any]

SMALLEST = 8.0  # points that paper can still be read at
STEP = 0.5
NOTE = 0.85  # the size of a cell's note, of that of its text
MARK = 1.3  # width of the mark of a tone with its space, of the size of the letters
MARKED = frozenset(("good", "warn", "bad"))
_LONGEST = 42  # letters of a cell that ask for width; more go on another line
LONGEST_WORD = 30  # letters; as in shared.typ
_HALVINGS = 40  # until a width is known far below what a printer shows
_SLACK = 1.0  # points: another face's letters may be a little wider


def fitted(
    columns: Sequence[Json],
    rows: Sequence[Sequence[Json]],
    whole: float,
    size: float,
    inset: float,
    *,
    marked: bool = False,
) -> tuple[float, list[float]]:
    """The size of the letters and the width of each column, all in points.

    The columns share the page as the table says, or by what they hold; one that is too narrow for
    its longest word takes from the widest, and where none has anything left letters get smaller.
    Then one column after the other, the nearest to it first, gets its phrases on one line each, if
    that makes the table shorter.

    Args:
        columns, rows: Of a table block, as JSON.
        whole: The width of the table.
        size: The size of the letters, if it can be.
        inset: Empty space at either side of a cell.
        marked: A cell that is good or bad has its mark in front, on the line of its first word.
    """
    words = [max(_words(column, rows, n, marked), default=0.0) for n, column in enumerate(columns)]

    def room(lengths: Sequence[float]) -> list[float]:
        return [size * length + 2 * inset + _SLACK for length in lengths]

    while sum(room(words)) > whole and size - STEP >= SMALLEST:
        size -= STEP
    least = room(words)
    if sum(least) >= whole:
        return size, [whole * width / sum(least) for width in least]
    cells = [_cells(column, rows, n, marked) for n, column in enumerate(columns)]
    wanted = [whole * share for share in _shares(columns, rows)]

    def shared(least: Sequence[float]) -> tuple[list[float], tuple[int, int]]:
        widths = narrowed([*map(max, wanted, least)], least, whole)
        return widths, _lines(cells, [(width - 2 * inset) / size for width in widths])

    best = shared(least)
    asked = room(
        [max(pair) for pair in zip(words, (max(c[1:], default=0.0) for c in cells), strict=True)]
    )
    for n in sorted(range(len(columns)), key=lambda n: asked[n] - least[n]):
        raised = [*least[:n], asked[n], *least[n + 1 :]]
        if sum(raised) <= whole and (tried := shared(raised))[1] < best[1]:
            least, best = raised, tried
    return size, best[0]


def narrowed(wanted: Sequence[float], least: Sequence[float], whole: float) -> list[float]:
    """Widths of no more than this sum: the widest give way first, none below what it needs."""
    if sum(wanted) <= whole:
        return list(wanted)
    low, high = 0.0, max(wanted)
    for _step in range(_HALVINGS):
        level = (low + high) / 2
        made = [max(b, min(a, level)) for a, b in zip(wanted, least, strict=True)]
        low, high = (low, level) if sum(made) > whole else (level, high)
    return [max(b, min(a, low)) for a, b in zip(wanted, least, strict=True)]


def _cells(column: Json, rows: Sequence[Sequence[Json]], place: int, marked: bool) -> list[float]:
    """The length of a column's label and of each cell, of letters of one point."""
    made = [length(column["label"], 1)]
    for row in rows:
        cell = row[place]
        mark = MARK if marked and cell["tone"] in MARKED else 0.0
        text = mark + length(" ".join(_apart(cell["text"])), 1)
        made.append(max(text, NOTE * length(" ".join(_apart(cell["note"])), 1)))
    return made


def _lines(cells: Sequence[Sequence[float]], widths: Sequence[float]) -> tuple[int, int]:
    """Lines that a table of these cells takes, and those of all its cells."""
    lines = [
        [math.ceil(length / width) for length in column]
        for column, width in zip(cells, widths, strict=True)
    ]
    return sum(map(max, zip(*lines, strict=True))), sum(map(sum, lines))


def _words(
    column: Json, rows: Sequence[Sequence[Json]], place: int, marked: bool
) -> Iterator[float]:
    """The length of each word of a column, of letters of one point."""
    yield from (length(word, 1) for word in _apart(column["label"]))
    for row in rows:
        cell = row[place]
        first = MARK if marked and cell["tone"] in MARKED else 0.0
        for word in _apart(cell["text"]):
            yield first + length(word, 1)
            first = 0.0
        yield from (NOTE * length(word, 1) for word in _apart(cell["note"]))


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
