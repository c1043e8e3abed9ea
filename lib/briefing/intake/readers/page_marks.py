"""What stands on the letters of a page of a PDF, or beside them: lines through them, raised marks
of notes, fields filled in, comments, lines drawn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from briefing.intake.readers.flow import NOTE_MARK
from briefing.intake.readers.page_words import Word

CROSSED = (0.28, 0.75)  # of a letter's height from below: where a line strikes it through
COVERED = 0.6  # of a letter's width: less, and a line only touches it
THICKEST = 3  # points: a higher bar is a ground and no line
STEEP = 0.35  # height over width: a steeper line is no stroke through a text
SMALLER = 0.85  # of the letters before: what is raised is set smaller
RAISED = 0.2  # of their height: how much higher it stands at least
BESIDE = 0.4  # of their height: how near it stands
Char = Mapping[str, Any]
HIDDEN = 0b100010  # flags of an annotation: hidden, not to be viewed
DEEPEST = 16  # fields above a field
LINE_HEIGHT = 12  # points; of a text in a field or a box that is higher
Point = tuple[float, float]
Stroke = tuple[Point, Point]


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


@dataclass
class Annotations:
    """The annotations of a page, in points from its top left corner.

    Attributes:
        typed: What is typed into fields, or with a typewriter onto the page: text like any other.
        boxes: Boxes of text on the page.
        notes: What opens at a click: notes, and words on a marked place.
        strokes: Lines drawn, from left to right.
    """

    typed: list[Word] = field(default_factory=list)
    boxes: list[Word] = field(default_factory=list)
    notes: list[Word] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)


def annotations_of(page: Any) -> Annotations:
    """The annotations of a page; one that can't be read is left out, not the page."""
    found = Annotations()
    for data in _shown(page):
        try:
            _take(found, data, _Paper(page))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            continue
    return found


def _shown(page: Any) -> Iterator[Mapping[str, Any]]:
    entries = resolve1(page.page_obj.annots)
    for entry in entries if isinstance(entries, list) else ():
        data = resolve1(entry)
        if isinstance(data, dict) and not _number(data.get("F")) & HIDDEN:
            yield data


def _take(found: Annotations, data: Mapping[str, Any], paper: _Paper) -> None:
    kind = _name(data.get("Subtype"))
    if kind == "Widget":
        found.typed += paper.word(_typed(data), data)
        return
    words = paper.word(_text(data.get("Contents")), data)
    if kind == "FreeText":
        typewriter = _name(data.get("IT")) == "FreeTextTypeWriter"
        found.typed += words if typewriter else []
        found.boxes += [] if typewriter else words
    elif kind != "Popup":
        found.notes += [replace(word, seen=False) for word in words]
        found.strokes += paper.strokes(kind, data)


def _typed(widget: Mapping[str, Any]) -> str:
    """The value of a field, or of the one whose widget it is; buttons and signatures have none."""
    node: Any = widget
    for _above in range(DEEPEST):
        if not isinstance(node, dict):
            return ""
        if "V" in node:
            return _text(node["V"])
        node = resolve1(node.get("Parent"))
    return ""


class _Paper:
    """Where the places of a page's file are on the page as it is shown."""

    def __init__(self, page: Any):
        self._page = page
        self._left, self._low = page.mediabox[:2]

    def point(self, x: Any, y: Any) -> Point:
        page, turns = self._page, self._page.rotation // 90
        x, y = _number(x) - self._left, _number(y) - self._low
        wide, high = page.width, page.height
        return [(x, high - y), (y, x), (wide - x, y), (wide - y, high - x)][turns % 4]

    def points(self, numbers: Any) -> list[Point]:
        flat = [resolve1(number) for number in resolve1(numbers) or ()]
        return [self.point(*pair) for pair in zip(flat[::2], flat[1::2], strict=False)]

    def word(self, text: str, data: Mapping[str, Any]) -> list[Word]:
        """A text in the box of its annotation, on one line in the middle of it; none without."""
        if not text:
            return []
        (x0, top), (x1, bottom) = _corners(self.points(data["Rect"]))
        half, middle = min(bottom - top, LINE_HEIGHT) / 2, (top + bottom) / 2
        return [Word(text, x0, middle - half, x1, middle + half)]

    def strokes(self, kind: str, data: Mapping[str, Any]) -> list[Stroke]:
        if kind == "StrikeOut":
            corners = self.points(data["QuadPoints"])
            quads = (corners[at : at + 4] for at in range(0, len(corners), 4))
            return [_through(_corners(quad)) for quad in quads]
        if kind == "Line":
            return [_rising(self.points(data["L"]))]
        if kind == "PolyLine":
            return [_rising(pair) for pair in pairwise(self.points(data["Vertices"]))]
        if kind == "Ink":
            return [_through(_corners(self.points(path))) for path in resolve1(data["InkList"])]
        return []


def _corners(points: Sequence[Point]) -> tuple[Point, Point]:
    """The top left and the bottom right of the box around points."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def _through(box: tuple[Point, Point]) -> Stroke:
    """The line that runs through the middle of a box."""
    (x0, top), (x1, bottom) = box
    return (x0, (top + bottom) / 2), (x1, (top + bottom) / 2)


def _rising(ends: Sequence[Point]) -> Stroke:
    return min(ends), max(ends)


def _text(value: Any) -> str:
    value = resolve1(value)
    return decode_text(value).strip() if isinstance(value, bytes) else ""


def _name(value: Any) -> str:
    return str(getattr(value, "name", value) or "").strip("/'")


def _number(value: Any) -> Any:
    return value if isinstance(value, (int, float)) else 0
