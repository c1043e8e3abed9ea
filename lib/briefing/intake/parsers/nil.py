"""Cells that say something of a count without giving one: yes, no, so many more; nothing has
changed: “không phát sinh”, “như hôm qua”, “vẫn 1.250”, which stands for the figure of the day
before, and never for zero.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from briefing.intake.parsers.text import clean, fold, plain
from briefing.locale.pack import Worded, pack

_INCREASE = Worded(r"(?:\+|«nil.increase»)\s*\d")
_SAID = Worded("«nil.said»")
_ELSEWHERE = Worded("«nil.elsewhere»")  # before the words: of another day, of a part, a condition
_OF_ELSE = Worded(r"\b«nil.of_else»\b")  # around them: what does not happen is something else
_ASKED = Worded(r"^[\W\d]*+(?:\w++ ){0,3}?«nil.asked»\b")  # behind them
_ZERO = Worded(r"«nil.zero»\s*+[:=]?\s*+0")
_CLAUSE = re.compile(r"[.;!?\n](?!\d)")
NEAR = 25  # characters before or behind the words in which another subject is theirs
SAME_CLAUSE = 60  # characters before them


def is_marked(value: object) -> bool:
    """Whether a cell says “yes”: x, ✓, có. What a 1 says depends on the rest of its column."""
    return _says(value, pack().nil.yes)


def is_denied(value: object) -> bool:
    """Whether a cell says “no”: không, chưa cài."""
    return _says(value, pack().nil.no)


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
