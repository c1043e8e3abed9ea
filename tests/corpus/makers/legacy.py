"""Text as the fonts of the 1990s hold it, and other ways in which letters arrive changed."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from importlib.resources import files


@cache
def _letters(column: str) -> dict[str, str]:
    path = files("briefing.intake") / "data" / "legacy_encodings.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        known = {row["letter"]: _text(row[column]) for row in csv.DictReader(stream)}
    return {letter: old or known[letter.lower()] for letter, old in known.items()}


def _text(points: str) -> str:
    """U+0061 U+00F8 → aø."""
    return "".join(chr(int(point.removeprefix("U+"), 16)) for point in points.split())


def tcvn3(text: str) -> str:
    """As .VnTime shows it to a program that knows Latin-1 only; ư is U+00AD.

    Capitals are typed in a font of capitals (.VnTimeH), that is in the bytes of small letters.
    """
    return _mapped(text.lower() if text.isupper() else text, "tcvn3")


def vni(text: str) -> str:
    """As a VNI font holds it: a letter, then a byte for its marks."""
    return _mapped(text, "vni")


def _mapped(text: str, column: str) -> str:
    letters = _letters(column)
    return "".join(letters.get(char, char) for char in unicodedata.normalize("NFC", text))


def decomposed(text: str) -> str:
    """NFD, as a Mac writes the names of files and many phones write messages."""
    return unicodedata.normalize("NFD", text)


def bare(text: str) -> str:
    """Without diacritics."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in parts if not unicodedata.combining(c)))
