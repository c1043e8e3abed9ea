"""Text of cells and names: one clean form for reading, one folded form for comparing.

A cell goes through `clean`, then, where its file may come from an old font, through
`decode_legacy` (module `legacy`); names are compared by `fold` alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache

from briefing.intake.parsers.legacy import split_syllable, toned
from briefing.locale.pack import pack, remembered

_NO_LETTERS = re.compile(r"[\W_]+")
_SOFT_HYPHEN = "\xad"
# Controls that are not white space, zero-width marks, bidi overrides, lone surrogates. Not U+00AD,
# which is a letter in one of the old encodings.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff]"
)
_ESCAPED_CONTROL = re.compile(r"_x00[01][0-9A-Fa-f]_")  # how workbooks escape a carriage return
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
# Besides, letters and digits that chat programs dress up: 𝟓, 6️⃣ (a digit, U+FE0F, U+20E3).
_DRESSED_UP = re.compile("[\uff01-\uff5e\ufe0f\u20e3\U0001d400-\U0001d7ff]")
_DRESS = re.compile("[\ufe0f\u20e3]")
_STYLED = re.compile("[\U0001d400-\U0001d7ff]+")
_UNICODE_LETTER = re.compile("[\u0100-\u024f\u1e00-\u1eff]")
_GAPS = re.compile(r"[\W_¹²³⁰⁴-⁹]+")  # a raised digit is the mark of a note, no part of a word
_WORDS = re.compile(r"[^\W\d_]+")
CAPITALS = r"A-Z\N{LATIN CAPITAL LETTER D WITH STROKE}"  # inside a class
JOINED = re.compile(rf"(?<=[^\W\d_{CAPITALS}])(?=[{CAPITALS}])")  # “BaoCao”


def as_spelt(text: str, name: str, units: Mapping[str, Sequence[str]]) -> list[str]:
    """Those of several units whose name has the accents that are written, as far as any are.

    Args:
        text: What the name stands in: where anything in it has accents, none on a name says that
            it has none.
        units: Code → the spellings that fold to the same.
    """
    if len(units) == 1 or plain(text) == text.lower():
        return [*units]
    written = _accented(name)
    fitting = {
        code: [_agreement(written, _accented(alias)) for alias in aliases]
        for code, aliases in units.items()
    }
    best = max(max(found) for found in fitting.values())
    return [code for code, found in fitting.items() if max(found) == best]


def _accented(name: str) -> str:
    """The letters of a name with their accents, lower case, each tone where the older rule has
    it."""
    return _NO_LETTERS.sub("", tidy_tone(name.lower()))


def _agreement(written: str, name: str) -> int:
    """How a name is spelt as another that folds to the same: 2 alike, 1 but for accents left
    out, 0 with others."""
    if written == name:
        return 2
    pairs = zip(written, name, strict=False)
    return int(all(letter == own or plain(letter) == letter for letter, own in pairs))


def clean(value: object) -> str:
    """What a cell says, as one line of NFC text.

    White space of any width (no-break, line breaks) becomes single spaces, invisible characters
    go, full-width letters and digits become ordinary. A whole number that came as a float loses
    its ".0". U+00AD stays where the text could be of an old font (there it is the letter ư) and
    goes otherwise.

    Args:
        value: A cell as a reader gives it: text, number, date, bool or None.

    Returns:
        The text, "" for None and NaN. Dates are ISO. Never raises.
    """
    if isinstance(value, str):
        return _clean_text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    try:
        return _clean_text(str(value))
    except Exception:  # an object that cannot say what it is, or an int of 5,000 digits
        return f"({type(value).__name__})"


def _float_text(value: float) -> str:
    if value != value:
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)


def _clean_text(text: str) -> str:
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    if "_x00" in text:
        text = _ESCAPED_CONTROL.sub(" ", text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if _DRESSED_UP.search(text):
            text = _DRESS.sub("", text.translate(_FULL_WIDTH))
            text = unicodedata.normalize("NFC", _STYLED.sub(_undressed, text))
        if _SOFT_HYPHEN in text and _UNICODE_LETTER.search(text):
            text = text.replace(_SOFT_HYPHEN, "")
    text = " ".join(text.split())
    if text.endswith(".0") and text[:-2].isdigit():
        return text[:-2]
    return text


def _undressed(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


class _Unmarked(dict):
    """Translation table, filled as letters are met: each letter without its diacritics."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if unicodedata.category(letter) in ("Mn", "Cf"):
            bare = ""
        else:
            parts = unicodedata.normalize("NFD", letter)
            kept = "".join(c for c in parts if unicodedata.category(c) != "Mn")
            bare = unicodedata.normalize("NFC", kept)
        self[code] = bare
        return bare


# The stroked letter of Vietnamese has no decomposition; the letter eth is typed for it by mistake.
_UNMARKED = _Unmarked({0x110: "d", 0x111: "d", 0xD0: "d", 0xF0: "d"})


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """Lower case without diacritics, everything else in its place: "Ngày 16/8" → "ngay 16/8".

    For NFC text each letter stays one letter, so positions in the result are positions in it.
    """
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFC", text).lower().translate(_UNMARKED).lower()


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """The key by which two spellings of one name are equal.

    Lower case, no diacritics (đ → d), every run of anything but letters and digits one space.
    Old encodings are left as they are: decode first.
    """
    return _GAPS.sub(" ", plain(text)).strip()


@remembered(maxsize=1 << 13)
def tidy_tone(text: str) -> str:
    """The text with every tone mark where the older rule puts it: hòa, thủy, úy; quý, hoàn, Hoài.

    For display. Only words that are Vietnamese syllables are touched; the result is NFC.
    """
    text = unicodedata.normalize("NFC", text)
    return text if text.isascii() else _WORDS.sub(_tidy_word, text)


def _tidy_word(match: re.Match[str]) -> str:
    word = match[0]
    language, syllable = pack().syllables, split_syllable(word.lower())
    if language is None or syllable is None or not syllable.tone:
        return word
    spelt = toned(syllable)
    at = next((i for i, c in enumerate(spelt) if c not in language.letters), None)
    now = next((i for i, c in enumerate(word.lower()) if c not in language.letters), None)
    if at == now:
        return word
    return "".join(c.upper() if old.isupper() else c for c, old in zip(spelt, word, strict=True))
