"""Cells of a column of counts that hold no count: yes, no, so many more."""

from __future__ import annotations

import re

from briefing.intake.values.text import clean, fold, plain

_YES = frozenset(
    ("x", "✓", "✔", "√", "☑", "v", "co", "da", "da cai", "da cai dat", "da cai xong", "roi")
)
_NO = frozenset(("khong", "ko", "k", "chua", "chua cai", "chua cai dat", "khong cai", "☐", "✗"))
_INCREASE = re.compile(r"(?:\+|(?:cai |tang )?(?:them|tang)[\s:])\s*\d")


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
