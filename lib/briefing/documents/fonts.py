"""Which fonts a PDF is set in, so that it looks the same on every machine that has the same ones.

A face is used only if it has every letter of Vietnamese: two fonts mixed in a word is a defect.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

FALLBACK = "Libertinus Serif"
"""Carried by typst itself; its bold italic has no ớ and no ứ."""

SANS = "DejaVu Sans"
"""Carried by matplotlib: the text of charts."""

_BASES = "aăâeêioôơuưy"
_TONES = "\u0300\u0309\u0303\u0301\u0323"


class Face(NamedTuple):
    """A family, and the files that it needs beside those that typst carries.

    `bold_italic`: whether that style, too, has every letter of Vietnamese.
    """

    family: str
    files: tuple[Path, ...]
    bold_italic: bool = True


@cache
def body() -> Face:
    """ "Times New Roman" where the machine has a whole one, else Libertinus Serif."""
    for folder in _folders():
        faces = [
            folder / name for name in ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")
        ]
        for files in (faces, [folder / f"Times New Roman{s}.ttf" for s in _STYLES]):
            if all(f.is_file() and covers_vietnamese(f) for f in files):
                return Face("Times New Roman", tuple(files))
    return Face(FALLBACK, (), bold_italic=False)


def chart_folder() -> Path:
    """matplotlib's folder of fonts, found without importing matplotlib."""
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib, which carries the font of the charts")
    return Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"


def vietnamese_letters() -> set[str]:
    """Every letter of Vietnamese with every tone, in both cases, as one code point each."""
    marked = {unicodedata.normalize("NFC", base + tone) for base in _BASES for tone in _TONES}
    lower = marked | set(_BASES) | {"đ"}
    return lower | {letter.upper() for letter in lower}


def covers_vietnamese(path: Path) -> bool:
    """Whether a font file has every letter of Vietnamese; a file that is no font has none."""
    from fontTools.ttLib import TTFont, TTLibError  # which few machines' fonts need

    try:
        with TTFont(path, lazy=True, fontNumber=0) as font:
            known = font.getBestCmap() or {}
    except (TTLibError, OSError):
        return False
    return all(ord(letter) in known for letter in vietnamese_letters())


_STYLES = ("", " Bold", " Italic", " Bold Italic")


def _folders() -> Iterator[Path]:
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield Path("/System/Library/Fonts/Supplemental")
        yield Path("/Library/Fonts")
    else:
        yield Path("/usr/share/fonts/truetype/msttcorefonts")
        yield Path("/usr/share/fonts/msttcorefonts")
        yield Path.home() / ".local/share/fonts"
        yield Path.home() / ".fonts"
