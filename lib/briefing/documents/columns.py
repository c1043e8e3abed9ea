"""How wide the columns of a printed table are: no word and no number is broken to fit."""

from __future__ import annotations

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
_LABEL = 2.6  # a label of three lines is that much longer than its longest
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
    its longest word takes from the others, and where none has anything left letters get smaller.
    Where every cell can have one line, every cell has.

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
    cells = [max(words[n], *_cells(column, rows, n, marked)) for n, column in enumerate(columns)]
    least = room(cells if sum(room(cells)) <= whole else words)
    return size, _raised([whole * share for share in _shares(columns, rows)], least, whole)


def _cells(
    column: Json, rows: Sequence[Sequence[Json]], place: int, marked: bool
) -> Iterator[float]:
    """The length of each cell of a column, of letters of one point; a label may have some lines."""
    yield length(column["label"], 1) / _LABEL
    for row in rows:
        cell = row[place]
        mark = MARK if marked and cell["tone"] in MARKED else 0.0
        yield mark + length(" ".join(_apart(cell["text"])), 1)
        yield NOTE * length(" ".join(_apart(cell["note"])), 1)


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


def _raised(wanted: Sequence[float], least: Sequence[float], whole: float) -> list[float]:
    """Widths of this sum as near to the wanted ones as the least ones let them be."""
    if sum(least) >= whole:
        return [whole * width / sum(least) for width in least]
    held: set[int] = set()
    while True:
        free = whole - sum(least[n] for n in held)
        open_share = sum(width for n, width in enumerate(wanted) if n not in held)
        widths = [
            least[n] if n in held else free * width / open_share for n, width in enumerate(wanted)
        ]
        narrow = {n for n, width in enumerate(widths) if width < least[n]} - held
        if not narrow:
            return widths
        held |= narrow
