"""Text files of cells, in the delimiters and encodings that offices save."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
from typing import Any

_MARKS = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}  # tones: their own bytes in 1258


def delimited(
    rows: Sequence[Sequence[Any]], *, by: str = ",", encoding: str = "utf-8-sig", ends: str = "\r\n"
) -> bytes:
    """Rows as text. `encoding` "cp1258" writes tones as the code page does, after their letter."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=by, lineterminator=ends).writerows(
        ["" if value is None else value for value in row] for row in rows
    )
    return encoded(stream.getvalue(), encoding)


def encoded(text: str, encoding: str) -> bytes:
    if encoding in ("utf-16-le", "utf-16-be"):
        return ("\ufeff" + text).encode(encoding)
    return (cp1258(text) if encoding == "cp1258" else text).encode(encoding)


def cp1258(text: str) -> str:
    """The text as code page 1258 holds it: a letter with its shape, then its tone."""
    out = []
    for char in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(part for part in parts if part in _MARKS)
        shape = unicodedata.normalize("NFC", "".join(p for p in parts if p not in _MARKS))
        out.append(shape + tones)
    return "".join(out)
