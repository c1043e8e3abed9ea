"""How the text of a cell looks in a workbook: struck through, raised, or shown as nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.intake.opening.looks import Look

Runs = tuple[tuple[str, Look | None], ...]  # pieces of a text; None: looks as its cell does
QUOTED = re.compile(r'"([^"]*)"|\\(.)')
UNSEEN = re.compile(r"\[[^\[\]]*\]|[_*].")  # colours and conditions, gaps and what fills them


@dataclass(frozen=True)
class CellStyle:
    """Where a cell as a whole is no part of what is seen.

    Attributes:
        struck: Its font is struck through.
        hides_numbers, hides_texts: Its number format shows nothing of them, as “;;;” does.
    """

    struck: bool = False
    hides_numbers: bool = False
    hides_texts: bool = False

    def look(self, value: Any) -> Look:
        hidden = self.hides_texts if isinstance(value, str) else self.hides_numbers
        return "hidden" if hidden else "struck" if self.struck else ""


def cell_style(struck: bool, number_format: str = "") -> CellStyle | None:
    """The style of a font and a number format of Excel; `None` for cells that are read as usual."""
    numbers, texts = _hides(number_format) if ";" in number_format else (False, False)
    return CellStyle(struck, numbers, texts) if struck or numbers or texts else None


def _hides(number_format: str) -> tuple[bool, bool]:
    """Whether a format shows neither numbers of any sign, and whether it shows no texts."""
    shown = QUOTED.sub(lambda q: "x" if (q[1] or q[2] or "").strip() else "", number_format)
    sections = [section.strip() for section in UNSEEN.sub("", shown).split(";")]
    return not any(sections[:3]), len(sections) > 3 and not sections[3]


def runs_at(text: str, starts: Iterable[tuple[int, int]], fonts: Mapping[int, Look]) -> Runs:
    """The pieces of a text of Excel's binary formats.

    Args:
        starts: Where a piece begins (in units of UTF-16) and the number of its font, in order;
            what stands before the first has the font of its cell.
        fonts: Number → look, of the fonts that have one.
    """
    units = text.encode("utf-16-le")
    marks: list[tuple[int, Look | None]] = [(0, None)]
    marks += [(start, fonts.get(font, "")) for start, font in starts]
    ends = [start for start, _look in marks[1:]] + [len(units) // 2]
    pieces = (
        (units[2 * start : 2 * end].decode("utf-16-le", "replace"), look)
        for (start, look), end in zip(marks, ends, strict=True)
    )
    return tuple((piece, look) for piece, look in pieces if piece)
