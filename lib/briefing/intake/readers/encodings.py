"""Text in the wrong letters, put right once for a whole file.

Two things are met: text typed in a font of the 1990s (TCVN3, VNI; see `legacy`), and UTF-8 that
some program took for Windows-1252 or 1258 (“BÃ¡o cÃ¡o”). A file of neither costs one search.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, zip_longest
from typing import Any

from briefing.intake.parsers.legacy import decode_legacy, is_syllable, letters_beyond_vietnamese
from briefing.intake.readers.grids import Grid, Part

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
MISREAD = "utf-8"
NAMES = {"tcvn3": "TCVN3", "vni": "VNI", MISREAD: "UTF-8 → Windows-1252"}
_NO_BLANK = re.compile("(?<=[\u00c3\u00c6\u0102]) |(?<=\u00e1[\u00ba\u00bb]) ")  # a byte once
_LEAD = re.compile("[\u00c2-\u00c6\u00e1\u00e2\u00ef\u0102][^\x00-\x7f]")
_UNICODE_LETTER = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9]")
Column = tuple[int, int]  # number of the grid, of the column


def text_of(content: bytes) -> str:
    """The text: UTF-8 or UTF-16 with or without its mark, Windows-1258, or another single-byte
    encoding as Latin-1, which is how text of old fonts is decoded later (`encodings`).
    """
    for mark, name in MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace")
    if wide := wide_encoding(content):
        return content.decode(wide, "replace")
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


@dataclass(frozen=True)
class Decoded:
    """The parts of a file in Unicode.

    Attributes:
        parts: With the addresses and names of grids as they were.
        encoding: The one that most of what was decoded was in; `None` where nothing was.
        wheres: The first of the cells that were decoded in each part that holds any.
    """

    parts: list[Part]
    encoding: str | None = None
    wheres: tuple[str, ...] = ()


def decoded(parts: Sequence[Part]) -> Decoded:
    """The parts with every text in Unicode; the very same where all of it is."""
    lines = (line for part in parts for grid in part.grids for line in grid.cells)
    values = chain.from_iterable(lines)
    all_texts = {value for value in values if type(value) is str and not value.isascii()}
    if not all_texts or not _suspect().search("\n".join(all_texts)):
        return Decoded(list(parts))
    alone = {text: readable(text) for text in all_texts}
    votes = Counter(encoding for _text, encoding in alone.values() if encoding)
    if not votes:
        return Decoded(list(parts))
    encoding = max(sorted(votes), key=votes.__getitem__)
    hints = {column: _hint(texts, alone, encoding) for column, texts in _columns(parts, all_texts)}
    return _in_unicode(parts, encoding, alone, hints)


def readable(text: str) -> tuple[str, str | None]:
    """One text in Unicode, judged alone: a file's name, a cell.

    Returns:
        The text, and the encoding that it was in, `None` where it stands as it came.
    """
    if text.isascii():
        return text, None
    if _LEAD.search(text) and (repaired := _repaired(text)):
        return repaired, MISREAD
    return decode_legacy(text)


def _columns(parts: Sequence[Part], texts: set[str]) -> Iterator[tuple[Column, set[str]]]:
    """Those of some texts that stand in each column."""
    for number, grid in enumerate(grid for part in parts for grid in part.grids):
        for column, values in enumerate(zip_longest(*grid.cells)):
            yield (number, column), texts.intersection(values)


@cache
def _suspect() -> re.Pattern[str]:
    """Characters that Vietnamese in Unicode is not written with, and old encodings are."""
    return re.compile(
        f"[{re.escape(letters_beyond_vietnamese())}\u00ba]|[\u00c2\u00c3\u0102][\u0080-\u00bf]"
    )


def _hint(texts: set[str], alone: dict[str, Any], encoding: str) -> str | None:
    """The encoding that a column is in, where its texts are in it rather than in Unicode."""
    old = sum(alone[text][1] == encoding for text in texts)
    new = sum(bool(_UNICODE_LETTER.search(text)) for text in texts)
    return encoding if old > new and encoding != MISREAD else None


def _in_unicode(
    parts: Sequence[Part], encoding: str, alone: dict[str, Any], hints: dict[Column, str | None]
) -> Decoded:
    wheres: list[str] = []
    done: list[Part] = []
    number = 0
    for part in parts:
        grids = []
        before = len(wheres)
        for grid in part.grids:
            own = {column: hint for (of, column), hint in hints.items() if of == number}
            cells, first = _cells(grid, alone, own)
            if first and len(wheres) == before:
                wheres.append(grid.where(*first))
            grids.append(replace(grid, cells=cells) if first else grid)
            number += 1
        done.append(replace(part, name=readable(part.name)[0], grids=tuple(grids)))
    return Decoded(done, encoding if wheres else None, tuple(wheres))


def _cells(
    grid: Grid, alone: dict[str, Any], hints: dict[int, str | None]
) -> tuple[list[list[Any]], tuple[int, int] | None]:
    """The cells in Unicode, and the first one that was not."""
    first: tuple[int, int] | None = None
    rows = []
    for row, line in enumerate(grid.cells):
        changed = line
        for column, value in enumerate(line):
            if type(value) is not str or value.isascii():
                continue
            text, encoding = alone[value]
            if not encoding and hints[column]:
                text, encoding = decode_legacy(value, hints[column])
            if encoding:
                changed = list(line) if changed is line else changed
                changed[column] = text
                first = first or (row, column)
        rows.append(changed)
    return rows, first


def _repaired(text: str) -> str | None:
    """UTF-8 that was read as a code page of Windows; `None` unless all of it is Vietnamese."""
    for page in ("cp1252", "cp1258"):
        numbers = _bytes_of(page)
        for variant in (text, _NO_BLANK.sub("\xa0", text)):
            try:
                content = bytes(ord(c) if c < "\x80" else numbers[c] for c in variant)
                fixed = unicodedata.normalize("NFC", content.decode("utf-8").lstrip("\ufeff"))
            except (KeyError, UnicodeDecodeError):
                continue
            if _LEAD.search(fixed) and (twice := _repaired(fixed)):
                return twice
            if all(map(_is_ordinary, fixed)):
                return fixed
    return None


@cache
def _bytes_of(page: str) -> dict[str, int]:
    """Character → byte, of the code page or of Latin-1: programs mix the two, since a code page
    leaves some of them out."""
    latin = {chr(byte): byte for byte in range(0x80, 0x100)}
    own = {bytes([byte]).decode(page, "ignore"): byte for byte in range(0x80, 0x100)}
    return {**latin, **own}


def _is_ordinary(char: str) -> bool:
    """Whether a letter is one of Vietnamese, or a sign is no letter at all."""
    if char < "\x80" or _UNICODE_LETTER.match(char) or unicodedata.category(char)[0] in "PSZM":
        return True
    return char.lower() in "àáâãèéêìíòóôõùúý"
