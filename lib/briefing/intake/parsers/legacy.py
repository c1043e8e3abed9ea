"""Text typed in a Vietnamese font of the 1990s and read as if its bytes were Latin-1.

Two encodings are met: TCVN3 (the .VnTime fonts), a byte a letter, and VNI, a letter and a byte
for its marks. The same characters occur in real text, so a text is decoded only when it is not
spelt as Vietnamese is (`syllables`) and becomes so by decoding.

What cannot be told apart: a text whose every word happens to be a syllable as it stands
("Phó" is Phú in TCVN3). A caller that knows the encoding from the rest of the file gives it as
`hint`. Capital fonts (.VnTimeH) show the lower-case bytes as capitals: the font is not in the
text, so "céng" comes back as "cộng", in lower case, though "CéNG" gives "CỘNG". Compare by `fold`.
Text with any letter beyond Latin-1 is taken as Unicode, also when a part of it is not.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from briefing.locale.families import Syllables
from briefing.locale.pack import pack, remembered

_STOPS = ("c", "ch", "p", "t")
_LABIALS = frozenset({"b", "m", "p", "ph", "v"})  # no rounded glide after them: "boàng" is no word
_STROKED = "\N{LATIN CAPITAL LETTER D WITH STROKE}"
TCVN3, VNI = "tcvn3", "vni"

_BEYOND_LATIN1 = re.compile(r"[^\W\d_\u0000-\u00ff]")
_SYMBOLS = "¡¢£¤¥¦§¨©«¬\xad®·¸¶»×÷"  # letters in TCVN3 that are no letters in Unicode
_TOKENS = re.compile(rf"[§Ñ][/.][cCtT](?![^\W_])|(?:[^\W_]|[{_SYMBOLS}])+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_SHORT_FOR = re.compile(
    rf"(?=.{{2,5}}$)[B-DGHK-NP-TVX]*{_STROKED}[B-DGHK-NP-TVX{_STROKED}]*"
)  # SĐT, NLĐ, BCĐ
_MEASURES = ("µm", "µg", "µl")
_MISSING_SPACE = {0xAD: None}
_ETH = {0xD0: _STROKED, 0xF0: _STROKED.lower()}  # typed for the stroked letter


class Syllable(NamedTuple):
    """One syllable, lower case: "thủy" is ("th", "uy", hook)."""

    initial: str
    rhyme: str
    tone: str  # a combining mark, or ""


@remembered(maxsize=1)
def _composed() -> dict[str, tuple[str, str]]:
    """Letter with a tone → the letter without it, and the tone."""
    spelt = pack().syllables
    return {
        unicodedata.normalize("NFC", vowel + tone): (vowel, tone)
        for vowel in (spelt.vowels if spelt else "")
        for tone in (spelt.tones if spelt else "")
    }


@remembered(maxsize=1 << 13)
def split_syllable(word: str) -> Syllable | None:
    """The parts of a lower-case NFC word; None when it is not spelt as Vietnamese is.

    The tone mark may stand on any vowel: its place is a matter of style and of typing.
    """
    spelt = pack().syllables
    if spelt is None:
        return None
    composed = _composed()
    letters, tones = [], []
    for letter in word:
        vowel, tone = composed.get(letter, (letter, ""))
        letters.append(vowel)
        if tone:
            tones.append(tone)
    bare = "".join(letters)
    if len(tones) > 1 or not 0 < len(bare) <= 7 or not set(bare) <= spelt.letters:
        return None
    for initial in spelt.initials:
        if bare.startswith(initial) and _fits(initial, bare[len(initial) :], spelt):
            return Syllable(initial, bare[len(initial) :], "".join(tones))
    return None


def _fits(initial: str, rhyme: str, spelt: Syllables) -> bool:
    if initial == "qu":
        return rhyme in spelt.after_qu
    if rhyme not in spelt.simple:
        return (
            rhyme in spelt.glide and initial not in _LABIALS and initial not in ("gi", "gh", "ngh")
        )
    front = rhyme[0] in spelt.front
    if initial in ("k", "gh", "ngh"):
        return front
    if initial in ("c", "ng"):
        return not front
    if initial == "g":
        return rhyme[0] == "i" or not front
    if initial == "gi":
        return rhyme[0] != "i"
    if rhyme[0] == "y" and len(rhyme) > 1:
        return initial == ""
    return True


def is_syllable(word: str, *, strict: bool = False) -> bool:
    """Whether a word in any one case (lower, Capitalised, UPPER) is spelt as Vietnamese is.

    The tone mark must stand where the older or the newer rule puts it: "hòa" or "hoà".

    Args:
        word: NFC letters.
        strict: Also ask that a syllable closed by c, ch, p, t carries sắc or nặng, as it must.
    """
    if word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower()):
        syllable = split_syllable(word.lower())
        if syllable is None or word.lower() not in (toned(syllable), toned(syllable, newer=True)):
            return False
        return not strict or not syllable.rhyme.endswith(_STOPS) or syllable.tone in "\u0301\u0323"
    return False


def toned(syllable: Syllable, *, newer: bool = False) -> str:
    """The syllable spelt with its tone on the vowel that the older (or the newer) rule names."""
    initial, rhyme, tone = syllable
    at = 1 if newer and rhyme in ("oa", "oe", "uy") else _tone_place(rhyme)
    marked = unicodedata.normalize("NFC", rhyme[at] + tone)
    return initial + rhyme[:at] + marked + rhyme[at + 1 :]


def _tone_place(rhyme: str) -> int:
    spelt = pack().syllables
    vowels = len(rhyme) - len(rhyme.lstrip(spelt.vowels if spelt else ""))
    changed = [i for i in range(vowels) if spelt and rhyme[i] in spelt.marked]
    if changed:
        return changed[-1]
    if vowels < len(rhyme):
        return vowels - 1
    return 1 if vowels == 3 else 0


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """(TCVN3 → letter, VNI → letter), as characters of Latin-1."""
    tcvn3: dict[str, str] = {}
    vni: dict[str, str] = {}
    path = files("briefing.intake") / "data" / "legacy_encodings.csv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        for table, column in ((tcvn3, "tcvn3"), (vni, "vni")):
            if row[column]:
                table.setdefault(_characters(row[column]), row["letter"])
    return tcvn3, _with_mixed_case(vni)


def _characters(codepoints: str) -> str:
    return "".join(chr(int(code[2:], 16)) for code in codepoints.split())


def _with_mixed_case(vni: dict[str, str]) -> dict[str, str]:
    """VNI as it is typed: a capital letter with the mark of a small one, and the reverse."""
    pairs = {key: letter for key, letter in vni.items() if len(key) == 2}
    mixed = {key[0] + key[1].swapcase(): letter for key, letter in pairs.items()}
    return mixed | vni


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile("|".join(re.escape(key) for key in sorted(table, key=len, reverse=True)))
        for name, table in zip((TCVN3, VNI), _tables(), strict=True)
    }


@remembered(maxsize=1 << 14)
def decode_legacy(text: str, hint: str | None = None) -> tuple[str, str | None]:
    """Unicode of a text in an old encoding; any other text exactly as it came.

    Args:
        text: A cell, a line or a whole page; not stripped of U+00AD.
        hint: "tcvn3" or "vni" when the rest of the file shows it: then also words are decoded
            that could stand as they are.

    Returns:
        The text, and "tcvn3", "vni" or None when nothing was decoded.
    """
    if text.isascii() or _BEYOND_LATIN1.search(text) or pack().syllables is None:
        return text, None
    tokens = [t for t in _TOKENS.findall(text) if not t.isascii() and len(t) > 1]
    if hint in (TCVN3, VNI):
        return _with_hint(text, tokens, hint)
    if not tokens:
        return text, None
    as_it_is = sum(map(_is_fine, tokens))
    if as_it_is == len(tokens):
        return text, None
    scores = {name: sum(_is_fine_in(token, name) for token in tokens) for name in (TCVN3, VNI)}
    best = max(scores, key=scores.__getitem__)
    if scores[TCVN3] == scores[VNI]:
        best = VNI if text.isupper() else ""  # capitals in TCVN3 have small marked letters
    if not best or scores[best] <= as_it_is or 2 * scores[best] < len(tokens):
        return text, None
    return _decoded(text, best), best


def _with_hint(text: str, tokens: list[str], hint: str) -> tuple[str, str | None]:
    decoded = _decoded(text, hint)
    better = sum(_is_fine_in(t, hint) for t in tokens) >= sum(map(_is_fine, tokens))
    return (decoded, hint) if better and decoded != text else (text, None)


def _decoded(text: str, encoding: str) -> str:
    table = _tables()[0 if encoding == TCVN3 else 1]
    decoded = _patterns()[encoding].sub(lambda match: table[match[0]], text)
    if encoding == TCVN3:
        decoded = _upper_where_typed_so(text, decoded)
    return unicodedata.normalize("NFC", decoded)


def _upper_where_typed_so(text: str, decoded: str) -> str:
    """A capital font typed with capitals leaves the marked letters small: "CéNG" → "CỘNG"."""
    letters = "".join(_ASCII_LETTER.findall(text))
    whole_words = any(
        not token.isascii() and _ASCII_LETTER.search(token[1:]) for token in _TOKENS.findall(text)
    )
    return decoded.upper() if letters.isupper() and whole_words else decoded


@remembered(maxsize=1 << 13)
def _is_fine(token: str) -> bool:
    """Whether a word reads as Vietnamese (or plain ASCII) without decoding."""
    word = token.lstrip("«·").rstrip("»®©").translate(_MISSING_SPACE)
    word = word.translate(_ETH)
    return (
        (word.isascii() and "\xad" not in token) or word in _MEASURES or _reads(word, strict=False)
    )


@remembered(maxsize=1 << 13)
def _is_fine_in(token: str, encoding: str) -> bool:
    """Whether a word reads as Vietnamese once decoded, with no byte left over."""
    left_over = _patterns()[encoding].sub("", token)
    if not left_over.isascii():
        return False
    return _reads(_decoded(token, encoding), strict=True)


def _reads(word: str, *, strict: bool) -> bool:
    if word[:2] in (f"{_STROKED}/", f"{_STROKED}."):
        return True
    return is_syllable(word, strict=strict) or bool(_SHORT_FOR.fullmatch(word))


def letters_beyond_vietnamese() -> str:
    """Characters that stand for letters in an old encoding, and for none in Vietnamese."""
    spelt = pack().syllables
    letters = [*_composed(), *(spelt.vowels if spelt else "")]
    own = {char for table in _tables() for key in table for char in key if char > "\x7f"}
    return "".join(sorted(own - set("".join(letters) + "".join(letters).upper())))
