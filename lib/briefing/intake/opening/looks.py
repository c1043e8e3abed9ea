"""What a reader of a page takes from text that is struck through, hidden or raised."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from typing import Literal

from briefing.intake.opening.grids import Unread

Look = Literal["", "struck", "hidden", "raised"]
Pieces = list[tuple[str, Look]]  # runs of text, in order
NOTE_MARK = re.compile(r"[\d\s*†‡§()\[\].,;+#]+")  # raised; the h of 15ʰ00 is none


def as_read(
    pieces: Iterable[tuple[str, Look]], row: int, column: int = 0
) -> tuple[str, tuple[Unread, ...]]:
    """The text of a cell or paragraph as it is read, and what was left out of it.

    Struck and hidden text is left out and told; the raised mark of a note is no part of what it
    stands behind, and told where a digit of it could be taken for one of a number. A cell that is
    raised as a whole is no note.

    Args:
        pieces: Runs of text, in order, each with its look.
        row, column: Where the cell stands in its grid.
    """
    pieces = list(pieces)
    plain = any(text.strip() for text, look in pieces if not look)
    is_read = [not look or _is_read(text, look, plain) for text, look in pieces]
    kept = "".join(text for text, _look in itertools.compress(pieces, is_read))
    left: dict[Look, str] = {"struck": "", "hidden": "", "raised": ""}
    for (text, look), read in zip(pieces, is_read, strict=True):
        if not read:
            left[look] += text
    return kept, tuple(
        Unread(row, column, look, text)
        for look, text in left.items()
        if text.strip() and (look != "raised" or _has_digit(text) and _has_digit(kept))
    )


def _is_read(text: str, look: Look, plain: bool) -> bool:
    return look == "raised" and not (plain and NOTE_MARK.fullmatch(text))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
