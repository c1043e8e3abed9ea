"""Open a PDF that holds text: the tables and the lines of each page, as grids."""

from __future__ import annotations

import io
import itertools
import logging
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdftypes import stream_value
from pdfplumber.page import Page
from pdfplumber.utils.text import dedupe_chars

from briefing.errors import IntakeError
from briefing.intake.readers import limits
from briefing.intake.readers.budget import demand_memory, piece_too_large
from briefing.intake.readers.flow import as_parts
from briefing.intake.readers.grids import Grid, Part, Unread
from briefing.intake.readers.page_limits import bounded, within
from briefing.intake.readers.page_marks import (
    Stroke,
    annotations_of,
    drawn_strokes,
    note_marks,
    struck,
)
from briefing.intake.readers.page_tables import PageLine, PageTable, ruled_tables, split_tables
from briefing.intake.readers.page_words import Word, lines_of, words_of

SECONDS = 12  # of processor time, for one file
MOST_DRAWN = 2 * 2**20  # bytes of drawing on one page
SCANNED = 0.85  # share of a page that a picture covers when the page was scanned
NAMELESS = 0.2  # share of letters that the file has no names for
STRAIGHT = 0.01  # points
DOUBLED = 0.14  # of the letters' size
MARGIN = 0.09  # of the page's height, above and below
PAGE_NUMBER = re.compile(
    r"\W*+(?:(?:trang|page)\s*+)?\d{1,3}\s*+(?:(?:/|of|trên)\s*+\d{1,3})?\W*+", re.I
)
TURNS = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}  # where a line of text runs to


def read_pages(content: bytes) -> list[Part]:
    """The document's one part: `page 2, table 1, row 4, column 3` and `page 2, line 5`.

    Lines count from the top of their page, without those inside tables. A table that goes on over
    pages is one grid on each.

    Raises:
        IntakeError: `file_unreadable` (also of a scan), `file_encrypted`, `file_too_large`.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    logging.getLogger("pdfplumber").setLevel(logging.CRITICAL)
    try:
        bounded()
        return as_parts(within(SECONDS, _grids, content))
    except TimeoutError as error:
        raise IntakeError("file_too_large.slow", s=SECONDS) from error
    except Exception as error:  # whatever a damaged document makes of the parsers
        demand_memory(error)
        if refused := _refusal(error):
            raise refused from error
        if "Password" in repr(error) or "Encryption" in repr(error):
            raise IntakeError("file_encrypted.pdf") from error
        raise IntakeError("file_unreadable.damaged_pdf") from error


def _refusal(error: BaseException | None) -> IntakeError | None:
    """What was refused within the parsers, which wrap whatever they meet."""
    while error is not None:
        if isinstance(error, IntakeError):
            return error
        error = error.__cause__ or error.__context__
    return None


def _grids(content: bytes) -> list[Grid]:
    grids: list[Grid] = []
    seen: Counter[str] = Counter()
    with pdfplumber.open(io.BytesIO(content), raise_unicode_errors=False) as pdf:
        if len(pdf.pages) > limits.MAX_PAGES:
            raise IntakeError("file_too_large.pages", n=len(pdf.pages))
        for page in pdf.pages:
            _check_drawing(page.page_obj)
            upright = _turned_upright(page)
            _straighten(upright)
            chars = dedupe_chars(_Placed(upright.chars), tolerance=_twice(upright.chars))
            seen.update(_kinds(upright, chars))
            grids += _page_grids(upright, chars)
            page.close()
    _refuse_what_is_no_text(seen, grids)
    return grids


def _check_drawing(page: Any) -> None:
    """Refuse a page that draws more than any report: each stroke becomes an object."""
    if sum(len(stream_value(piece).get_data()) for piece in page.contents) > MOST_DRAWN:
        raise piece_too_large(MOST_DRAWN)


class _Placed(list[Any]):
    """A page's letters, each of which knows its place: the library asks for that of every letter,
    and compares it with all before it where a list is asked."""

    def __init__(self, chars: Sequence[Any]):
        super().__init__(chars)
        self._places = {id(char): place for place, char in enumerate(self)}

    def index(self, char: Any, *_between: Any) -> int:
        return self._places[id(char)]


def _twice(chars: Sequence[Any]) -> float:
    """How near (points) the same letter is printed again to look bold; no two letters are."""
    return max(1, DOUBLED * median(char["size"] for char in chars)) if chars else 1


def _kinds(page: Any, chars: Sequence[Any]) -> Counter[str]:
    """What a page holds: letters, those without a name or a width, other marks, or a scan."""
    area = page.width * page.height
    covered = max((_area(image) for image in page.images), default=0)
    nameless = sum("(cid:" in char["text"] or char["text"] == "\ufffd" for char in chars)
    return Counter(
        chars=len(chars),
        nameless=nameless,
        flat=sum(char["width"] <= 0 and char["text"].isalnum() for char in chars),
        drawn=len(page.images) + len(page.curves),
        scans=int(covered >= SCANNED * area > 0),
    )


def _area(image: Any) -> float:
    return max(0, image["x1"] - image["x0"]) * max(0, image["bottom"] - image["top"])


def _refuse_what_is_no_text(seen: Counter[str], grids: list[Grid]) -> None:
    if seen["scans"] or (not seen["chars"] and not grids and seen["drawn"]):
        raise IntakeError("file_unreadable.scan")
    if seen["flat"] > NAMELESS * seen["chars"]:  # nobody knows where a word of them ends
        raise IntakeError("file_unreadable.flat_letters")
    if seen["nameless"] > NAMELESS * seen["chars"]:
        raise IntakeError("file_unreadable.fonts")


def _turned_upright(page: Any) -> Any:
    """The page, turned where most of its text runs up, down or upside down."""
    runs: Counter[int] = Counter()
    for char in page.chars:
        a, b = char["matrix"][:2]
        length = max(abs(a), abs(b))
        if length:
            runs[TURNS.get((round(a / length), round(b / length)), 0)] += 1
    turn = runs.most_common(1)[0][0] if runs else 0
    if not turn:
        return page
    rotation = (page.rotation + turn) % 360
    page.page_obj.attrs["Rotate"] = page.page_obj.rotate = rotation
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _straighten(page: Any) -> None:
    """Make lines exactly level or upright that are so but for the rounding of a turned page."""
    for line in page.lines:
        for low, high in (("x0", "x1"), ("top", "bottom")):
            if abs(line[high] - line[low]) < STRAIGHT:
                line[high] = line[low]


def _page_grids(page: Any, chars: Sequence[Any]) -> Iterator[Grid]:
    """The grids of a page in their order from above."""
    added = annotations_of(page)
    words = [*words_of(_as_seen(page, chars, added.strokes)), *added.typed]
    ruled = ruled_tables(page, words)
    comments = [box for box in added.boxes if not any(table.fill(box) for table in ruled)]
    inside = set().union(*(table.inside for table in ruled))
    outside = [word for word in words if word not in inside]
    found: list[PageTable | PageLine] = [table.read() for table in ruled]
    tops = sorted(table.top for table in found)
    for group in _between(lines_of(outside), tops):
        found += split_tables(group)
    found.sort(key=lambda item: item.top)
    yield from _numbered(_with_comments(found, [*comments, *added.notes]), page)


def _as_seen(page: Any, chars: Sequence[Any], strokes: Sequence[Stroke]) -> list[Any]:
    """The letters without raised marks of notes, each with whether it is `struck` through."""
    crossed, marks = struck(chars, [*drawn_strokes(page), *strokes]), note_marks(chars)
    return [{**c, "struck": i in crossed} for i, c in enumerate(chars) if i not in marks]


def _between(lines: list[list[Word]], tops: list[float]) -> Iterator[list[list[Word]]]:
    """Lines in runs that no ruled table interrupts."""
    for upper, lower in zip([float("-inf"), *tops], [*tops, float("inf")], strict=True):
        yield [line for line in lines if upper <= line[0].top < lower]


def _with_comments(
    found: Sequence[PageTable | PageLine], comments: Sequence[Word]
) -> Iterator[PageTable | PageLine]:
    """What stands on a page, each with the comments that stand beside or under it."""
    beside: dict[int, list[Word]] = defaultdict(list)
    found = found or [PageLine([])] if comments else found
    for comment in comments:
        above = [i for i, item in enumerate(found) if item.top <= comment.middle[1]]
        beside[above[-1] if above else 0].append(comment)
    for i, item in enumerate(found):
        yield replace(item, comments=tuple(beside[i])) if beside[i] else item


def _numbered(found: Iterable[PageTable | PageLine], page: Any) -> Iterator[Grid]:
    """Grids with the numbers that tables and lines have on their page."""
    tables, lines = itertools.count(1), 0
    kinds: Iterator[tuple[type, Iterator[Any]]] = itertools.groupby(found, type)
    for kind, group in kinds:
        if kind is PageTable:
            yield from (item.grid(str(next(tables)), page.page_number) for item in group)
            continue
        cells: list[list[Any]] = [[] for _line in range(lines)]
        unread: list[Unread] = []
        for line in group:
            edge = min(line.top, page.height - line.top) < MARGIN * page.height
            own = line.cells()
            is_number = edge and len(own) == 1 and PAGE_NUMBER.fullmatch(own[0])
            unread += line.unread(len(cells))
            cells.append([] if is_number else own)
        lines = len(cells)
        if any(cells) or unread:
            yield Grid("lines", "line", cells, page=page.page_number, unread=tuple(unread))
