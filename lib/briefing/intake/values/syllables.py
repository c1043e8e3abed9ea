"""How a Vietnamese syllable is built: the test that tells real text from a wrongly read font.

A syllable is an initial, a rhyme and one tone. The sets below are the spelling rules of the
language, a little wider than the dictionary; words taken from other languages fall outside.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng
_VOWELS = "aăâeêioôơuưy"
_COMPOSED = {
    unicodedata.normalize("NFC", vowel + tone): (vowel, tone)
    for vowel in _VOWELS
    for tone in _TONES
}
TONELESS = frozenset("abcdefghijklmnopqrstuvwxyzđăâêôơư")

_INITIALS = (
    *("ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""),
)
_SIMPLE_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu
    iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt
    ư ưa ưc ưi ưng ưu ưt ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
"""
_GLIDE_RHYMES = """
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet
    uân uâng uât uây uê uêch uênh uêt uơ uy uya uych uyên uyêt uynh uyt uyu uyn uyp
"""
_AFTER_QU = """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt ân âng ât âu ây e en eng eo et
    ê ên ênh êt êch êu i it ơ ơi ôc y yên yêt ynh yt ych
"""
_SIMPLE = frozenset(_SIMPLE_RHYMES.split())
_GLIDE = frozenset(_GLIDE_RHYMES.split())
_QU = frozenset(_AFTER_QU.split())
_STOPS = ("c", "ch", "p", "t")
_LABIALS = frozenset({"b", "m", "p", "ph", "v"})  # no rounded glide after them: "boàng" is no word


class Syllable(NamedTuple):
    """One syllable, lower case: "thủy" is ("th", "uy", hook)."""

    initial: str
    rhyme: str
    tone: str  # a combining mark, or ""


@lru_cache(maxsize=1 << 13)
def split_syllable(word: str) -> Syllable | None:
    """The parts of a lower-case NFC word; None when it is not spelt as Vietnamese is.

    The tone mark may stand on any vowel: its place is a matter of style and of typing.
    """
    letters, tones = [], []
    for letter in word:
        vowel, tone = _COMPOSED.get(letter, (letter, ""))
        letters.append(vowel)
        if tone:
            tones.append(tone)
    bare = "".join(letters)
    if len(tones) > 1 or not 0 < len(bare) <= 7 or not TONELESS.issuperset(bare):
        return None
    for initial in _INITIALS:
        if bare.startswith(initial) and _fits(initial, bare[len(initial) :]):
            return Syllable(initial, bare[len(initial) :], "".join(tones))
    return None


def _fits(initial: str, rhyme: str) -> bool:
    if initial == "qu":
        return rhyme in _QU
    if rhyme not in _SIMPLE:
        return rhyme in _GLIDE and initial not in _LABIALS and initial not in ("gi", "gh", "ngh")
    front = rhyme[0] in "ieêy"
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
    vowels = len(rhyme) - len(rhyme.lstrip(_VOWELS))
    changed = [i for i in range(vowels) if rhyme[i] in "ăâêôơư"]
    if changed:
        return changed[-1]
    if vowels < len(rhyme):
        return vowels - 1
    return 1 if vowels == 3 else 0
