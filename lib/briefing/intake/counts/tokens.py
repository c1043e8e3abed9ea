"""The words of a text as headings are compared: without marks, ages and ranges in one way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.intake.parsers.text import plain
from briefing.locale.pack import Worded

TOKEN = re.compile(r"[^\W\d_]+|\d+|[+%]|≥|>=")
ROMAN = {"i": "1", "ii": "2", "iii": "3"}
PLUS = "plus"
RANGE = Worded(r"(?<=\d) (?:«dates.until» )?(?:«counts.under» )?(?=\d)")
AGES = Worded(r"(?<=\d)(?: «counts.ages»\b)+|\b(?:«counts.ages» ){1,3}(?=(?:\w+ )?\d)")
OVER = Worded(rf"\b(\d+) (?:«counts.and_over»|{PLUS})(?!\w)")
FROM = re.compile(r"(?:≥|>=) (\d+)")


@dataclass(frozen=True)
class Token:
    """A word of a text, in the form in which words are compared, and where it stands."""

    word: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words of a text: digits apart from letters, an age or a range of ages in one way."""
    text = unicodedata.normalize("NFC", text)
    tokens = [Token(m[0], *m.span()) for m in TOKEN.finditer(plain(text))]
    tokens = [
        replace(token, word=ROMAN.get(token.word, token.word) if at else token.word)
        for at, token in enumerate(tokens)
    ]
    joined = " ".join(token.word.replace("+", PLUS) for token in tokens)
    for pattern, by in ((FROM, rf"\1 {PLUS}"), (OVER, rf"\1 {PLUS}"), (AGES, " "), (RANGE, " ")):
        joined = " ".join(pattern.sub(by, joined).split())
    joined = OVER.sub(rf"\1 {PLUS}", joined)
    return _placed(joined.split(), tokens)


def _placed(words: Sequence[str], tokens: Sequence[Token]) -> list[Token]:
    """Words with the places of the tokens that they came from, in their order."""
    placed: list[Token] = []
    at = 0
    for word in words:
        here = next((i for i in range(at, len(tokens)) if tokens[i].word == word), None)
        if here is None:  # “plus”, for words that say so
            last = placed[-1] if placed else Token("", 0, 0)
            placed.append(Token(word, last.end, last.end))
            continue
        placed.append(replace(tokens[here], word=word))
        at = here + 1
    return placed
