"""Cells that say something of a count without giving one: yes, no, so many more; nothing has
changed: “không phát sinh”, “như hôm qua”, “vẫn 1.250”, which stands for the figure of the day
before, and never for zero.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefing.intake.values.text import clean, fold, plain

_YES = frozenset(
    ("x", "✓", "✔", "√", "☑", "v", "co", "da", "da cai", "da cai dat", "da cai xong", "roi")
)
_NO = frozenset(("khong", "ko", "k", "chua", "chua cai", "chua cai dat", "khong cai", "☐", "✗"))
_INCREASE = re.compile(r"(?:\+|(?:cai |tang )?(?:them|tang)[\s:])\s*\d")
_NOT = r"(?:khong|chua|ko|khg|kh|k)"
_WHOM = r"(?:(?:ai|nguoi(?: dan)?|truong hop|may|luot|so lieu|su)(?: nao)? )?"
_NEW = r"(?:(?:ai|nguoi(?: dan)?|truong hop|may|luot|so lieu|cai(?: dat)?|moi|them|tang|nao)\b\s?)*"
_BEFORE = r"(?:(?:hom|ngay hom|bua|h\.?) ?qua|(?:hom|ngay|bua|lan|ky) truoc|ngay [\d/. -]{2,}|cu\b)"
_SAID = re.compile(
    rf"\b{_NOT} (?:co )?{_WHOM}(?:co )?(?:phat sinh|ps)\b\s?{_NEW}"
    rf"|\b{_NOT} (?:co )?{_WHOM}(?:nao )?(?:cai |cai dat )?(?:moi|them)\b(?: nguoi| may)?"
    rf"|\b{_NOT} (?:co )?(?:gi |su )?(?:thay doi|bien dong|doi|tang(?: giam)?|khac)\b(?: gi| them)*"
    r"|\b(?:phat sinh|ps)(?: moi| them)?(?: trong ngay| trong ky)?\s*[:=]\s*(?:khong|ko|k)\b"
    r"|\b0 (?:truong hop |nguoi |may )?(?:phat sinh|ps)\b"
    r"|\b(?:van )?(?:giu )?(?:nhu|giong(?: nhu)?|bang|y nhu|nguyen nhu)(?: voi)? "
    rf"(?:(?:so lieu|so|bao cao|bc|luy ke|ket qua|cua) )*{_BEFORE}"
    r"|\b(?:van )?(?:giu nguyen|y nguyen|van (?:nhu )?(?:the|vay))\b(?: (?:so lieu|so|la|muc))*"
    r"|\bvan(?: (?:la|giu|o|dat|muc|so|bang))*\s*[:=]?\s*(?=\d)"
    r"(?!\d+ (?:thon|khu|kp|xa|phuong|to|don vi|co quan))"
    r"(?![\d.,]+ (?:nguoi |may |truong hop )?(?:chua|con|khong))"
)
_ELSEWHERE = re.compile(  # before the words: of another day, of a part, a condition, a request
    r"\b(?:neu|khi|de nghi|yeu cau|ghi(?! chu)|nao|doi voi|ke ca)\b"
    r"|\b(?:hom|h|bua) ?qua\b(?!.{0,200}\b(?:hom|h|bua) ?nay\b)|\b(?:hom|ngay|bua) truoc\b"
    r"|\b(?:thon|khu pho|kp|to|xom) (?:so )?\w+(?: \w+)?$"
)
_OF_ELSE = re.compile(  # around them: what does not happen is something else
    r"\b(?:ca|f[0-3]|benh|dich|duong tinh|mac|nhiem|tu vong|kho khan|vuong mac|kinh phi|chi phi"
    r"|ho ngheo|don thu|khieu nai|su co|van de|vi pham)\b"
)
_ASKED = re.compile(r"^[\W\d]*+(?:\w++ ){0,3}?(?:thi|phai|cung)\b")  # behind them
_ZERO = re.compile(
    r"(?:hom nay |so )?(?:trong ngay|phat sinh|ps|cai moi|tang)(?: moi| them)?\s*+[:=]?\s*+0"
)
_CLAUSE = re.compile(r"[.;!?\n](?!\d)")
NEAR = 25  # characters before or behind the words in which another subject is theirs
SAME_CLAUSE = 60  # characters before them


def is_marked(value: object) -> bool:
    """Whether a cell says “yes”: x, ✓, có. What a 1 says depends on the rest of its column."""
    return _says(value, _YES)


def is_denied(value: object) -> bool:
    """Whether a cell says “no”: không, chưa cài."""
    return _says(value, _NO)


def is_increase(value: object) -> bool:
    """Whether a cell says by how much something grew: +12, tăng 12."""
    return isinstance(value, str) and bool(_INCREASE.match(plain(clean(value))))


def _says(value: object, words: frozenset[str]) -> bool:
    if not isinstance(value, str):
        return False
    text = clean(value)
    return text in words or fold(text) in words


def nil_in(text: str) -> Iterator[tuple[int, int]]:
    """From where to where a text says of the whole, on its own day, that nothing has changed.

    Args:
        text: In plain letters, as `plain` leaves it.
    """
    for match in _SAID.finditer(text):
        before = _CLAUSE.split(text[: match.start()])[-1][-SAME_CLAUSE:]
        behind = _CLAUSE.split(text[match.end() :])[0]
        around = before[-NEAR:], behind[:NEAR]
        if _ELSEWHERE.search(before.rstrip()) or _ASKED.match(behind):
            continue
        if not any(map(_OF_ELSE.search, around)):
            yield match.span()


def without_nil(text: str) -> tuple[str, str]:
    """A cell's text without the words that say so, and the first of these, "" where there are
    none. “Phát sinh 0” says so as a whole."""
    text = unicodedata.normalize("NFC", text)
    low = plain(text)
    if _ZERO.fullmatch(low.strip()):
        return "", text.strip()
    found = list(nil_in(low))
    rest = text
    for start, end in reversed(found):
        rest = f"{rest[:start]} {rest[end:]}"
    return " ".join(rest.split()), text[slice(*found[0])].strip() if found else ""
