"""Texts on streams that do not know every letter, and signs that a program would obey."""

from __future__ import annotations

import codecs
import json
import sys
import unicodedata
from functools import partial
from typing import Any

from briefing.intake.files import written_out

ALIKE = str.maketrans("“”„‘’–—−…•·→≥≤×✓đĐ", '"""\'\'---.*.>><xvdD')
FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a text begins that a program of tables may work out."""
TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def legible(text: str) -> str:
    r"""A text of one line in which nothing steers a terminal: such signs are written as in \x1b."""
    return written_out(text)


def write_legibly(*streams: Any) -> None:
    """Have streams write what their encoding lacks as the nearest that it has; none of it fails."""
    for stream in streams:
        if hasattr(stream, "reconfigure"):
            way = f"briefing.{stream.encoding}"  # what a code page raises does not say which it is
            codecs.register_error(way, partial(_nearest, encoding=stream.encoding))
            stream.reconfigure(errors=way)


def json_line(value: Any) -> str:
    """A value as one line of JSON for stdout, letters as escapes where that is not Unicode."""
    unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    return json.dumps(value, ensure_ascii=not unicode)


def _nearest(error: UnicodeError, encoding: str) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_near(sign, encoding) for sign in signs), error.end


def _near(sign: str, encoding: str) -> str:
    """A letter with its tone behind it, as Windows writes Vietnamese; else the bare letter."""
    if 0xDC80 <= ord(sign) <= 0xDCFF:  # a byte of a file's name that is no letter
        return f"\\x{ord(sign) - 0xDC00:02x}"
    marks = unicodedata.normalize("NFD", sign)
    tone = "".join(mark for mark in marks if mark in TONES)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
    bare = sign.translate(ALIKE) if len(marks) == 1 else marks[0].translate(ALIKE)
    plain = unicodedata.normalize("NFKD", sign)  # a space that does not break, a fraction
    return next(
        (text for text in (letter + tone, letter, bare, plain) if _fits(text, encoding)), "?"
    )


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
