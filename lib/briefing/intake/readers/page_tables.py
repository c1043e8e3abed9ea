"""Tables of a printed page: those with ruled cells, and those that only their columns show."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from briefing.intake.readers.grids import Grid, Unread
from briefing.intake.readers.page_words import Word, cell_text, pieces_of, span

COLUMNS_NEEDED = 3  # of a table without rules: two may be a letterhead
LINES_NEEDED = 2
GUTTER = 0.45  # of the letters' height: a space so wide may be one between two columns
LEAST_GUTTER = 0.1  # of the letters' height: what must stay free between two columns
WIDE = 1.0  # of the letters' height: no space between two words is so wide
WIDER = 1.4  # of the line's narrowest space: the words of a line may stand wide apart
BUCKET = 20  # points
NEAR = 1.9  # of the letters' height: lines of one heading or one row lie no further apart

Box = tuple[float, float, float, float]
Gap = tuple[float, float]


@dataclass(frozen=True)
class PageTable:
    """A table on a page.

    Attributes:
        tops, lefts: Where its rows and columns begin (points).
        merged, unread: As in `Grid`.
        comments: What was written beside it once it was printed.
    """

    tops: list[float]
    lefts: list[float]
    cells: list[list[Any]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    unread: tuple[Unread, ...] = ()
    comments: tuple[Word, ...] = ()

    @property
    def top(self) -> float:
        return self.tops[0]

    def grid(self, name: str, page: int) -> Grid:
        """The table as a grid, each comment at the cell that it stands in or beside.

        What can be seen beside a figure may correct it: the cell then says both.
        """
        cells = [list(row) for row in self.cells]
        unread = list(self.unread)
        for comment in self.comments:
            x, y = comment.middle
            row, column = _last(self.tops, y), _last(self.lefts, x)
            unread.append(Unread(row, column, "comment", comment.text))
            if comment.seen and any(map(str.isdigit, comment.text)):
                cells[row][column] = f"{cells[row][column] or ''} {comment.text}".strip()
        unread.sort(key=lambda each: (each.row, each.column))
        return Grid("table", name, cells, self.merged, page=page, unread=tuple(unread))


@dataclass(frozen=True)
class PageLine:
    """A line of a page outside of tables."""

    words: list[Word]
    comments: tuple[Word, ...] = ()

    @property
    def top(self) -> float:
        return self.words[0].top if self.words else 0

    def cells(self) -> list[str]:
        """One cell for each piece that stands apart."""
        return [piece.text for piece in pieces_of(_apart(self.words)[0])]

    def unread(self, row: int) -> list[Unread]:
        """What is struck through in it, at the piece behind it, and the comments beside it."""
        read, struck = _apart(self.words)
        before = [piece for piece in pieces_of(read) if struck and piece.x1 < struck[0].x0]
        comments = [Unread(row, 0, "comment", comment.text) for comment in self.comments]
        return [*_struck(struck, row, len(before)), *comments]


def _last(starts: Sequence[float], place: float) -> int:
    """The number of the row or column that a place on the page is in."""
    return max(0, bisect_left(starts, place) - 1)


def _apart(words: Iterable[Word]) -> tuple[list[Word], list[Word]]:
    """The words that are read, and those that are struck through."""
    words = list(words)
    return [w for w in words if not w.struck], [w for w in words if w.struck]


def _struck(words: Sequence[Word], row: int, column: int) -> list[Unread]:
    return [Unread(row, column, "struck", span(words).text)] if words else []


# Ruled tables


def ruled_tables(page: Any, words: Sequence[Word]) -> list[RuledTable]:
    """The tables that are drawn with lines, of at least two columns; frames are none."""
    return [
        RuledTable(table.cells, words)
        for table in page.find_tables()
        if len({cell[0] for cell in table.cells}) > 1
    ]


class RuledTable:
    """A table by its ruled cells.

    Attributes:
        inside: The words that stand in its cells.
    """

    def __init__(self, boxes: Sequence[Box], words: Sequence[Word]):
        self._boxes = boxes
        self._buckets: dict[int, list[Box]] = defaultdict(list)
        for box in boxes:
            for bucket in range(int(box[1] // BUCKET), int(box[3] // BUCKET) + 1):
                self._buckets[bucket].append(box)
        self._held: dict[Box, list[Word]] = defaultdict(list)
        self.inside: set[Word] = set()
        for word in words:
            if cell := self._cell_of(word):
                self._held[cell].append(word)
                self.inside.add(word)

    def _cell_of(self, word: Word) -> Box | None:
        """The cell that most of a word stands in: it may reach over its cell's edge."""
        middle = word.middle[1]
        shared = {
            box: min(box[2], word.x1) - max(box[0], word.x0)
            for box in self._buckets.get(int(middle // BUCKET), ())
            if box[1] <= middle <= box[3]
        }
        box = max(shared, key=lambda box: shared[box], default=None)
        return box if box and shared[box] > 0 else None

    def fill(self, word: Word) -> bool:
        """Put a word into its cell if that is empty; whether it was."""
        box = self._cell_of(word)
        if box is None or self._held.get(box):
            return False
        self._held[box].append(word)
        return True

    def read(self) -> PageTable:
        """The table's texts by row and column."""
        lefts = sorted({box[0] for box in self._boxes})
        tops = sorted({box[1] for box in self._boxes})
        cells: list[list[Any]] = [[None] * len(lefts) for _row in tops]
        merged: list[tuple[int, int, int, int]] = []
        unread: list[Unread] = []
        for box in self._boxes:
            row, column = tops.index(box[1]), lefts.index(box[0])
            read, struck = _apart(self._held.get(box, []))
            last_row = bisect_left(tops, box[3] - 1) - 1
            last_column = bisect_left(lefts, box[2] - 1) - 1
            cells[row][column] = cell_text(read, box[2]) or None
            unread += _struck(struck, row, column)
            if last_row > row or last_column > column:
                merged.append((row, column, last_row, last_column))
        return PageTable(tops, lefts, cells, tuple(merged), tuple(unread))


# Tables without rules


def split_tables(lines: Sequence[list[Word]]) -> Iterator[PageTable | PageLine]:
    """The lines of a page in order, those of a table without rules put together as one."""
    block = _best_block(lines)
    if block is None:
        yield from map(PageLine, lines)
        return
    first, last, gaps = block
    yield from split_tables(lines[:first])
    yield _unruled(lines[first : last + 1], gaps)
    yield from split_tables(lines[last + 1 :])


def _best_block(lines: Sequence[list[Word]]) -> tuple[int, int, list[Gap]] | None:
    """The run of lines that fill the most cells: its first and last line, and its gutters."""
    best, most = None, 0
    taken: set[int] = set()
    for seed in sorted(range(len(lines)), key=lambda i: -len(_gaps(lines[i]))):
        gaps = _gaps(lines[seed])
        if len(gaps) < COLUMNS_NEEDED - 1:
            break
        if seed in taken:
            continue
        first, last, gaps = _grown(lines, seed, gaps)
        taken.update(range(first, last + 1))
        full = sum(len(_gaps(line)) + 1 >= COLUMNS_NEEDED for line in lines[first : last + 1])
        if full >= LINES_NEEDED and full * len(gaps) > most:
            best, most = (first, last, gaps), full * len(gaps)
    return best


def _gaps(line: Sequence[Word]) -> list[Gap]:
    """Free spaces between words that could be gutters."""
    height = median(word.height for word in line)
    within = [b.x0 - a.x1 for a, b in pairwise(line) if a.run == b.run]
    least = min(max(GUTTER * height, WIDER * min(within, default=0)), WIDE * height)
    return [
        (a.x1, b.x0)
        for a, b in pairwise(line)
        if b.x0 - a.x1 >= (least if a.run == b.run else LEAST_GUTTER * height)
    ]


def _grown(lines: Sequence[list[Word]], seed: int, gaps: list[Gap]) -> tuple[int, int, list[Gap]]:
    """Let a table reach up and down as far as no line closes one of its gutters."""
    ends = [seed, seed]
    for end, step in ((1, 1), (0, -1)):
        while 0 <= (number := ends[end] + step) < len(lines):
            line, near = lines[number], lines[ends[end]]
            height = median(word.height for word in near)
            apart = abs(line[0].top - near[0].top) > 4 * height
            narrowed = [kept for gap in gaps if (kept := _free(gap, line))]
            if apart or len(narrowed) < len(gaps):
                break
            gaps, ends[end] = narrowed, number
    while ends[1] > seed and _is_stray(lines[ends[1] - 1], lines[ends[1]], gaps):
        ends[1] -= 1
    while ends[0] < seed and len(_cells(lines[ends[0]], gaps)) < 2:
        ends[0] += 1
    return ends[0], ends[1], gaps


def _is_stray(above: Sequence[Word], line: Sequence[Word], gaps: list[Gap]) -> bool:
    """Whether a line under a table only happens to stand in one of its columns."""
    columns = _cells(line, gaps)
    (column, *others), over = columns, _cells(above, gaps)
    if others:
        return False
    goes_on = 0 < column < len(gaps) and column in over
    aligned = goes_on and abs(over[column][0].x0 - line[0].x0) < 0.3 * line[0].height
    return not (aligned and line[0].top - above[0].top < NEAR * line[0].height)


def _free(gap: Gap, line: Sequence[Word]) -> Gap | None:
    """What a line leaves of a gutter; nothing where it runs on across."""
    left, right = gap
    middle = (left + right) / 2
    before = max((w for w in line if w.middle[0] < middle), key=lambda w: w.x1, default=None)
    after = min((w for w in line if w.middle[0] >= middle), key=lambda w: w.x0, default=None)
    if before and after:
        least = GUTTER if before.run == after.run else LEAST_GUTTER
        if after.x0 - before.x1 < least * before.height:
            return None
    left = max(left, before.x1) if before else left
    right = min(right, after.x0) if after else right
    return (left, right) if right - left >= LEAST_GUTTER * line[0].height else None


def _cells(line: Iterable[Word], gaps: Sequence[Gap]) -> dict[int, list[Word]]:
    """Column → its words."""
    cells: dict[int, list[Word]] = defaultdict(list)
    for word in line:
        cells[sum(word.middle[0] > (left + right) / 2 for left, right in gaps)].append(word)
    return cells


def _unruled(lines: Sequence[list[Word]], gaps: list[Gap]) -> PageTable:
    cells = [_cells(line, gaps) for line in lines]
    filled: list[list[Any]] = []
    unread: list[Unread] = []
    tops: list[float] = []
    for group in _rows(lines, cells, len(gaps)):
        row: dict[int, list[str]] = defaultdict(list)
        for number in group:
            for column, words in cells[number].items():
                read, struck = _apart(words)
                row[column] += [span(read).text] if read else []
                unread += _struck(struck, len(filled), column)
        filled.append([" ".join(row.get(c, [])) or None for c in range(len(gaps) + 1)])
        tops.append(min(word.top for word in lines[group[0]]))
    lefts = [0, *(sum(gap) / 2 for gap in gaps)]
    return PageTable(tops, lefts, filled, unread=tuple(unread))


def _rows(
    lines: Sequence[list[Word]], cells: list[dict[int, list[Word]]], last: int
) -> list[list[int]]:
    """Lines that make one row: those of the heading, and those that a numbered row goes on in."""
    starts = [i for i, line in enumerate(cells) if _is_number(line.get(0))]
    if not starts:
        return [[i] for i in range(len(lines))]
    heading = [i for i in range(starts[0]) if _is_near(lines, i, starts[0] - 1)]
    groups = [[i] for i in range(starts[0]) if i not in heading]
    groups += [heading] if heading else []
    rows = {start: [start] for start in starts}
    for i in range(starts[0] + 1, len(lines)):
        if i in rows:
            continue
        start = max(start for start in starts if start < i)
        goes_on = not cells[i].get(0) and not cells[i].get(last) and _is_near(lines, start, i)
        if goes_on:
            rows[start].append(i)
        else:
            rows[i] = [i]
    return groups + [rows[start] for start in sorted(rows)]


def _is_number(words: list[Word] | None) -> bool:
    return bool(words and span(words).text.strip(" .)").isdigit())


def _is_near(lines: Sequence[list[Word]], first: int, last: int) -> bool:
    """Whether lines follow one another closely."""
    steps = range(first, last)
    return all(
        lines[i + 1][0].top - lines[i][0].top < NEAR * median(word.height for word in lines[i])
        for i in steps
    )
