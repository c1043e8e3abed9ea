"""What a reader of a page takes from text that is struck through, hidden or raised."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from briefing.intake.opening.grids import Unread

Look = Literal["", "struck", "hidden", "raised"]
NOTE_MARK = re.compile(r"[\d\s*†‡§()\[\].,;+#]+")  # raised; the h of 15ʰ00 is none


def as_read(
    pieces: Iterable[tuple[str, Look]], row: int, column: int
) -> tuple[str, tuple[Unread, ...]]:
    """The text of a cell or paragraph as it is read, and what was left out of it.

    Struck and hidden text is left out and told; the raised mark of a note is no part of what it
    stands behind, and a cell that is raised as a whole is no note.

    Args:
        pieces: Runs of text, in order, each with its look.
        row, column: Where the cell stands in its grid.
    """
    pieces = list(pieces)
    plain = any(text.strip() for text, look in pieces if not look)
    kept = "".join(text for text, look in pieces if not look or _is_read(text, look, plain))
    left = (
        (look, "".join(text for text, other in pieces if other == look))
        for look in ("struck", "hidden")
    )
    return kept, tuple(Unread(row, column, look, text) for look, text in left if text.strip())


def _is_read(text: str, look: Look, plain: bool) -> bool:
    return look == "raised" and not (plain and NOTE_MARK.fullmatch(text))
