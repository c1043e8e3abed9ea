"""Letters of a page that are struck through, and raised marks of notes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefing.intake.opening.looks import NOTE_MARK
from briefing.intake.opening.page_annotations import Stroke

CROSSED = (0.28, 0.75)  # of a letter's height from below: where a line strikes it through
COVERED = 0.6  # of a letter's width: less, and a line only touches it
THICKEST = 3  # points: a higher bar is a ground and no line
STEEP = 0.35  # height over width: a steeper line is no stroke through a text
SMALLER = 0.85  # of the letters before: what is raised is set smaller
RAISED = 0.2  # of their height: how much higher it stands at least
BESIDE = 0.4  # of their height: how near it stands
Char = Mapping[str, Any]


def drawn_strokes(page: Any) -> Iterator[Stroke]:
    """The lines of a page that run level or nearly so, and bars so thin that they are lines."""
    for line in page.lines:
        (x0, y0), (x1, y1) = sorted((x, y) for x, y in line["pts"])
        yield (x0, y0), (x1, y1)
    for bar in (*page.rects, *page.curves):
        if bar["bottom"] - bar["top"] <= THICKEST:
            middle = (bar["top"] + bar["bottom"]) / 2
            yield (bar["x0"], middle), (bar["x1"], middle)


def struck(chars: Sequence[Char], strokes: Sequence[Stroke]) -> set[int]:
    """The numbers of the letters that a line crosses in their middle."""
    order = sorted(range(len(chars)), key=lambda i: chars[i]["bottom"])
    bottoms = [chars[i]["bottom"] for i in order]
    tallest = max((char["bottom"] - char["top"] for char in chars), default=0)
    found: set[int] = set()
    for (x0, y0), (x1, y1) in strokes:
        if x1 <= x0 or abs(y1 - y0) > STEEP * (x1 - x0):
            continue
        last = max(y0, y1) + tallest
        for i in order[bisect_left(bottoms, min(y0, y1)) : bisect_left(bottoms, last)]:
            if _crosses(chars[i], (x0, y0), (x1, y1)):
                found.add(i)
    return found


def _crosses(char: Char, start: tuple[float, float], end: tuple[float, float]) -> bool:
    (x0, y0), (x1, y1) = start, end
    height, width = char["bottom"] - char["top"], char["x1"] - char["x0"]
    if min(char["x1"], x1) - max(char["x0"], x0) < COVERED * width or not height:
        return False
    middle = (char["x0"] + char["x1"]) / 2
    here = y0 + (y1 - y0) * (middle - x0) / (x1 - x0)
    low, high = CROSSED
    return low <= (char["bottom"] - here) / height <= high


def note_marks(chars: Sequence[Char]) -> set[int]:
    """The numbers of the letters that make raised marks of notes behind a word or a number."""
    found: set[int] = set()
    run: list[int] = []
    base: Char | None = None
    for i, char in enumerate(chars):
        last = chars[run[-1]] if run else base
        if base and last and _is_raised(char, base) and _is_beside(char, last):
            run.append(i)
            continue
        found |= _if_note(chars, run)
        run, base = [], char
    return found | _if_note(chars, run)


def _if_note(chars: Sequence[Char], run: list[int]) -> set[int]:
    text = "".join(chars[i]["text"] for i in run)
    return set(run) if text.strip() and NOTE_MARK.fullmatch(text) else set()


def _is_raised(char: Char, base: Char) -> bool:
    height = base["bottom"] - base["top"]
    smaller = char["bottom"] - char["top"] < SMALLER * height
    lift = base["bottom"] - char["bottom"]
    return smaller and RAISED * height <= lift <= height and bool(base["text"].strip())


def _is_beside(char: Char, last: Char) -> bool:
    height = last["bottom"] - last["top"]
    return -BESIDE * height < char["x0"] - last["x1"] < BESIDE * height
