"""Lines of print: how long they are in Times New Roman, and where they may break.

The widths are those of Adobe's Times, with which Times New Roman was drawn to agree, so the machine
need not have the font; an accented letter is as wide as its plain one, but for the horn of ơ and ư.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from briefing.documents import fonts
from briefing.own_files import read_once

FACES = ("Times-Roman", "Times-Bold", "Times-Italic")
_UNKNOWN = 1000  # a sign from another font may be as wide as it is high
_WIDER = {"o\u031b": 54, "u\u031b": 45, "U\u031b": 74}  # by its horn, in the widest face
_BETWEEN_WORDS = re.compile(r"(?<=[^\W\d])\u00a0(?=[^\W\d])")


def breakable(text: str) -> str:
    """The text with no-break spaces only beside numbers: justified lines need room to break."""
    return _BETWEEN_WORDS.sub(" ", text)


@lru_cache(maxsize=4096)
def length(text: str, size: float, face: str = "Times-Bold") -> float:
    """Points from the first letter of a line to the end of its last; `face`: one of `FACES`."""
    table = _widths(face)
    plain = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    horns = sum(_WIDER.get(pair, 0) for pair in map("".join, pairwise(plain)))
    return (sum(table.get(letter, _UNKNOWN) for letter in letters) + horns) * size / 1000


def balanced(text: str, width: float, size: float) -> list[str]:
    """The text in as few lines as the width (points) allows, of about the same length.

    What stands in brackets at its end has lines of its own. The Typst template does the same.
    """
    words = text.split(" ")
    best = _broken(words, width, size)
    before, *bracket = text.split(" (")
    if len(bracket) == 1 and len(best) > 1:
        return balanced(before, width, size) + balanced(f"({bracket[0]}", width, size)
    narrower = width
    while narrower > 20:
        narrower -= 3
        tried = _broken(words, narrower, size)
        if len(tried) > len(best):
            break
        best = tried
    return best


def _broken(words: list[str], width: float, size: float) -> list[str]:
    lines, line = [], ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and length(longer, size) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    return [*lines, line]


@cache
def _widths(face: str) -> dict[str, int]:
    """Thousandths of the size per character, from the metrics that matplotlib carries."""
    path = fonts.chart_folder().parent / "pdfcorefonts" / f"{face}.afm"
    widths: dict[str, int] = read_once(face, [path], lambda: _read(path))
    return widths | {"\u00a0": widths[" "]}


def _read(path: Path) -> dict[str, int]:
    from fontTools.afmLib import AFM  # once on a machine
    from fontTools.agl import AGL2UV

    metrics = AFM(str(path))
    names = (name for name in metrics.chars() if name in AGL2UV)
    return {chr(AGL2UV[name]): metrics[name][1] for name in names}
