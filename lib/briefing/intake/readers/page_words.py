"""Words and lines of a printed page, from the positions of its letters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pdfplumber.utils.text import extract_words

SPACE = 0.2  # of the letters' height: a wider gap parts two words
JUMP = 0.15  # of the letters' height: the pen was set anew
APART = 1.2  # of the letters' height: a wider gap parts two pieces of a line
SPACED_LETTERS = 4  # single letters in a row that make one word printed l i k e t h i s
WORD_GAP = 1.5  # of the usual gap between spaced letters: a wider one parts two words
COMPLETE = 9  # digits that make a number of a telephone, not the first half of one

Char = Mapping[str, Any]


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the page's top left corner.

    Attributes:
        run: Words of one run were printed in one stroke; 0 where that can't be told.
        struck: Whether a line runs through it.
        seen: Whether the page shows it without a click.
    """

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    run: int = 0
    struck: bool = False
    seen: bool = True

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def words_of(chars: Sequence[Char]) -> list[Word]:
    """The words that letters make, in reading order; struck and other letters make none together.

    Args:
        chars: As pdfplumber has them, each with `struck` besides.
    """
    spaced = any(char["text"].isspace() for char in chars)
    found = extract_words(
        _composed(chars), x_tolerance_ratio=SPACE, y_tolerance=2, extra_attrs=["run", "struck"]
    )
    return [
        Word(
            w["text"],
            w["x0"],
            w["top"],
            w["x1"],
            w["bottom"],
            w["run"] if spaced else 0,
            w["struck"],
        )
        for w in found
    ]


def _composed(chars: Iterable[Char]) -> list[dict[str, Any]]:
    """The letters with accents that were printed as signs of their own put onto them.

    Each says the `run` of text that it was printed in: the texts of two cells are two runs, even
    where nearly nothing is between them.
    """
    composed: list[dict[str, Any]] = []
    run = 0
    for char in chars:
        text = char["text"]
        last = composed[-1] if composed else None
        if last and text and all(unicodedata.combining(c) for c in text):
            last["text"] = unicodedata.normalize("NFC", last["text"] + text)
            continue
        run += bool(last and _jumps(last, char))
        composed.append({**char, "run": run})
    return composed


def _jumps(last: Char, char: Char) -> bool:
    height = char["bottom"] - char["top"]
    gap = char["x0"] - last["x1"]
    apart = abs(char["bottom"] - last["bottom"]) > 0.5 * height
    return apart or not -0.5 * height < gap < JUMP * height


def lines_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words by lines, from above; each line from the left."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.middle[1]):
        last = lines[-1] if lines else []
        if last and _on_line(word, last):
            last.append(word)
        else:
            lines.append([word])
    return [_despaced(sorted(line, key=lambda word: word.x0)) for line in lines]


def _on_line(word: Word, line: list[Word]) -> bool:
    middle = median(other.middle[1] for other in line)
    height = min(word.height, median(other.height for other in line))
    return abs(word.middle[1] - middle) < 0.5 * height


def _despaced(line: list[Word]) -> list[Word]:
    """A line with words that are printed with gaps between their letters put together."""
    words: list[Word] = []
    run: list[Word] = []
    for word in [*line, None]:
        if word and len(word.text) == 1 and word.text.isalpha():
            run.append(word)
            continue
        words += _joined(run) if len(run) >= SPACED_LETTERS else run
        words += [word] if word else []
        run = []
    return words


def _joined(letters: list[Word]) -> list[Word]:
    gaps = [b.x0 - a.x1 for a, b in pairwise(letters)]
    if len({letter.text.lower() for letter in letters}) < SPACED_LETTERS - 1:
        return letters  # marks such as x x x x
    words = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > WORD_GAP * max(median(gaps), 0.1):
            words.append(letter)
        else:
            words[-1] = span([words[-1], letter], "")
    return words


def span(words: Sequence[Word], between: str = " ") -> Word:
    """Words as one."""
    return Word(
        between.join(word.text for word in words),
        min(word.x0 for word in words),
        min(word.top for word in words),
        max(word.x1 for word in words),
        max(word.bottom for word in words),
    )


def pieces_of(line: Sequence[Word]) -> list[Word]:
    """The pieces of a line that stand apart, such as the two halves of a letterhead."""
    pieces: list[list[Word]] = []
    for word in line:
        last = pieces[-1][-1] if pieces else None
        if last and word.x0 - last.x1 <= APART * max(word.height, last.height):
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return [span(piece) for piece in pieces]


def cell_text(words: Iterable[Word], right: float) -> str:
    """The text of a cell. A line that was broken only because the cell is narrow goes on.

    Args:
        right: Where the cell ends (points).
    """
    text = ""
    last: list[Word] = []
    for line in lines_of(words):
        if last:
            text += _between(last, line, right)
        text += " ".join(word.text for word in line)
        last = line
    return text


def _between(upper: list[Word], lower: list[Word], right: float) -> str:
    """What stands between two lines of a cell: nothing, a space, or a break that was meant."""
    first, room = lower[0], right - upper[-1].x1
    a, b = upper[-1].text, first.text
    if len(upper) == 1 and a.isdigit() and b.isdigit() and len(a) < COMPLETE:
        digit = (first.x1 - first.x0) / len(b)
        return "" if room < digit * 3 else "\n"
    fits = first.x1 - first.x0 + SPACE * first.height + _margin(upper, right) < room
    return "\n" if fits or (a.isdigit() and b.isdigit() and len(a) >= COMPLETE) else " "


def _margin(line: list[Word], right: float) -> float:
    """Room that a cell keeps free at its edge (points)."""
    return 0.4 * line[-1].height
