"""Text as it is read: without what is struck through, hidden or raised; and a document without
pages: lines of it with tables between them, numbered as they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Literal

from briefing.intake.readers.budget import budget
from briefing.intake.readers.grids import Grid, Part, Unread

Look = Literal["", "struck", "hidden", "raised"]
Piece = tuple[str, Look]
Pieces = list[Piece]  # runs of text, in order
BREAK: Piece = ("\n", "")
RANK: tuple[Look, ...] = ("", "raised", "struck", "hidden")
NOTE_MARK = re.compile(r"[\d\s*†‡§()\[\].,;+#]+")  # raised; the h of 15ʰ00 is none

# What is struck through in plain text: ~~1.150~~, ~1.150~, <s>1.150</s>, a stroke over each letter.
STRUCK = re.compile(
    "~~(?=[^\\s~])[^~\n]{1,200}~~|~\\d(?:[\\d., ]{0,20}\\d)?~(?!\\d)"
    "|<(?P<tag>s|del|strike)>[^<]{0,200}</(?P=tag)>|(?:[^\u0335\u0336][\u0335\u0336])+"
)
SIGNS = re.compile("[~<\u0335\u0336]")  # that stand in all of these


def in_plain_text(part: Part) -> Part:
    """The part without what is struck through by the signs of a chat, in its lines of text and in
    the tables among them."""
    return replace(part, grids=tuple(map(_lines_as_read, part.grids)))


def _lines_as_read(grid: Grid) -> Grid:
    marked = {
        (row, column): value
        for row, line in enumerate(grid.cells if grid.kind in ("lines", "csv") else ())
        if any(map(SIGNS.search, filter(None, line)))
        for column, value in enumerate(line)
        if isinstance(value, str) and STRUCK.search(value)
    }
    if not marked:
        return grid
    cells: list[list[Any]] = [list(line) for line in grid.cells]
    unread = list(grid.unread)
    for (row, column), value in marked.items():
        text, left = as_read(_pieces(value), row, column)
        cells[row][column] = text.strip() or None
        unread += left
    return replace(grid, cells=cells, unread=tuple(unread))


def _pieces(text: str) -> Iterable[tuple[str, Look]]:
    at = 0
    for match in STRUCK.finditer(text):
        yield text[at : match.start()], ""
        yield re.sub("[~\u0335\u0336]|</?[a-z]+>", "", match[0]), "struck"
        at = match.end()
    yield text[at:], ""


def strongest(*looks: Look) -> Look:
    """What a text looks like that stands in several looks: what is hidden shows no line."""
    return max(looks, key=RANK.index) if any(looks) else ""


def inherited(style: Any, styles: Mapping[Any, tuple[Any, Mapping[str, Any]]]) -> dict[str, Any]:
    """What a style says, with what it takes over from those that it is based on.

    Args:
        styles: By their names: which each is based on, if any, and what it says itself.
    """
    found: dict[str, Any] = {}
    seen: set[Any] = set()
    while style and style not in seen:
        seen.add(style)
        style, properties = styles.get(style, (None, {}))
        found = {**properties, **found}
    return found


def under_each_other(lines: Iterable[Pieces]) -> Pieces:
    """The pieces of lines, with breaks between those."""
    pieces = [piece for line in lines for piece in (BREAK, *line)]
    return pieces[1:]


def as_read(pieces: Iterable[Piece], row: int, column: int = 0) -> tuple[str, tuple[Unread, ...]]:
    """The text of a cell or paragraph as it is read, and what was left out of it.

    Struck and hidden text is left out and told; the raised mark of a note is no part of what it
    stands behind, and told where a digit of it could be taken for one of a number. A cell that is
    raised as a whole is no note.

    Args:
        pieces: Runs of text, in order, each with its look.
        row, column: Where the cell stands in its grid.
    """
    pieces = list(pieces)
    if not any([look for _text, look in pieces]):
        return "".join([text for text, _look in pieces]), ()
    plain = any(text.strip() for text, look in pieces if not look)
    kept, left, before = "", dict[Look, str](), ""
    for (text, look), (after, _look) in zip(pieces, [*pieces[1:], BREAK], strict=True):
        beside = kept.rstrip()[-1:] + after.lstrip()[:1]
        if not look or _is_read(text, look, plain):
            kept += text
        elif look != "raised" or (_has_digit(text) and _has_digit(beside)):
            gap = " " if look in left and look != before else ""
            left[look] = left.get(look, "") + gap + text
        before = look
    return kept, tuple(
        Unread(row, column, look, text) for look, text in left.items() if look and text.strip()
    )


def _is_read(text: str, look: Look, plain: bool) -> bool:
    return look == "raised" and not (plain and NOTE_MARK.fullmatch(text))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


class Flow:
    """Collects a flow of text as grids: the body of a document, a cell, a text box.

    Args:
        line: What a line of it is called in addresses.
        before_number: Before the numbers of its tables.
        tables: How many tables have been numbered already.
    """

    def __init__(self, line: str = "paragraph", before_number: str = "", tables: int = 0):
        self.tables = tables
        self._line = line
        self._before_number = before_number
        self._grids: list[Grid] = []
        self._lines: list[list[Any]] = []
        self._unread: list[Unread] = []
        self._count = 0

    def add_line(self, pieces: Pieces) -> None:
        """The next line; one without text counts too."""
        text, unread = as_read(pieces, self._count)
        self._count += 1
        self._lines.append([text or None])
        self._unread += unread

    def add_table(self, read: Callable[[str], Iterable[Grid]]) -> None:
        """The next table. `read`: the table's number as addresses write it → its grids."""
        self.tables += 1
        self.add(read(f"{self._before_number}{self.tables}"))

    def add(self, grids: Iterable[Grid]) -> None:
        """Grids of another flow that stands here, such as a text box."""
        self._take_lines()
        self._grids += grids

    def done(self) -> list[Grid]:
        """The grids, in order. Lines keep their numbers though tables stand between them."""
        self._take_lines()
        return self._grids

    def _take_lines(self) -> None:
        if self._lines:
            budget().spread(self._count - len(self._lines) + 1, 1)
            before: list[list[Any]] = [[] for _line in range(self._count - len(self._lines))]
            unread = tuple(self._unread)
            self._grids.append(Grid("lines", self._line, before + self._lines, unread=unread))
        self._lines, self._unread = [], []


def is_written(grid: Grid) -> bool:
    """Whether a grid holds anything, and be it struck through."""
    return is_filled(grid) or bool(grid.unread)


def is_filled(grid: Grid) -> bool:
    return any(True for _cell in grid.filled())


def cell_of(grids: Iterable[Grid], row: int, column: int) -> tuple[str | None, list[Unread]]:
    """What a flow is as a cell: its lines, one under the other, and what was left out of them."""
    stories = [grid for grid in grids if grid.kind == "lines"]
    lines = (line for grid in stories for line in grid.cells if line)
    left_out = [
        replace(unread, row=row, column=column) for grid in stories for unread in grid.unread
    ]
    return "\n".join(line[0] or "" for line in lines).strip() or None, left_out


def as_parts(grids: list[Grid]) -> list[Part]:
    """A document as its one part; none where nothing is written in it, not even struck through."""
    return [Part("", tuple(grids))] if any(map(is_written, grids)) else []
