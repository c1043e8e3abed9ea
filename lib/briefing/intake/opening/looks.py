"""What a reader of a page takes from text that is struck through, hidden or raised."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from briefing.intake.opening.grids import Grid, Part, Unread

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
        Unread(row, column, look, text) for look, text in left.items() if text.strip()
    )


def _is_read(text: str, look: Look, plain: bool) -> bool:
    return look == "raised" and not (plain and NOTE_MARK.fullmatch(text))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
