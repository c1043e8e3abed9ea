"""The text in the bytes of a file that does not say how its letters are written."""

from __future__ import annotations

import codecs
import re
import unicodedata

from briefing.intake.values.legacy import decode_legacy
from briefing.intake.values.syllables import is_syllable

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before the mark of UTF-16, which it begins with
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 20_000  # bytes by which an encoding is told
WIDE = 0.3  # share of zeros among every second byte that is not met in other encodings
PRINTED = 0.98  # share of characters that a text shows
MOST_WRONG = 0.1  # share of letters that may be damaged in what is still UTF-8
WORD = re.compile(r"[^\W\d_]+")
WINDOWS = {
    byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)
}


def text_of(content: bytes) -> str:
    """The text: UTF-8 or UTF-16 with or without its mark, Windows-1258, or another single-byte
    encoding as Latin-1, which is how text of old fonts is decoded later (`encodings`).
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if name := wide_encoding(content):
        return content.decode(name, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(content) or _single_bytes(content)


def wide_encoding(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of Latin letters is zero."""
    sample = content[: SAMPLE // 2 * 2]
    for name, high in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sample and sample[high::2].count(0) > WIDE * len(sample) / 2:
            text = sample.decode(name, "replace")
            if sum(c.isprintable() or c in "\t\r\n\xad" for c in text) > PRINTED * len(text):
                return name
    return None


def _damaged_utf8(content: bytes) -> str | None:
    """UTF-8 with few bytes wrong, or cut off within a letter."""
    text = content.decode("utf-8", "replace")
    letters = sum(char > "\x7f" for char in text)
    wrong = text.rstrip("\ufffd").count("\ufffd")
    return text if wrong <= MOST_WRONG * letters else None


def _single_bytes(content: bytes) -> str:
    """Windows-1258 or Latin-1: whichever gives more Vietnamese words."""
    plain, vietnamese = _latin1(content[:SAMPLE]), _cp1258(content[:SAMPLE])
    decoded = "\n".join(decode_legacy(line)[0] for line in plain.splitlines())
    return _latin1(content) if _words(decoded) > _words(vietnamese) else _cp1258(content)


def _latin1(content: bytes) -> str:
    return content.decode("latin-1").translate(WINDOWS)


def _cp1258(content: bytes) -> str:
    """A letter and its tone are two bytes there."""
    return unicodedata.normalize("NFC", content.decode("cp1258", "replace"))


def _words(text: str) -> int:
    """Words of a text that only Vietnamese has."""
    return sum(
        not word.isascii() and is_syllable(word, strict=False) for word in WORD.findall(text)
    )
