"""What stands on the pages of a PDF, and where: letters, lines of text, rules, tables.

Places are in millimetres from the left and the top, sizes of letters in points.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import pdfplumber

MM = 72 / 25.4
CHARTS = "DejaVu"  # the fonts of charts and of code
BANNER = "SỐ LIỆU MINH HỌA"


class Margins(NamedTuple):
    """Of a page, in millimetres."""

    top: float
    right: float
    bottom: float
    left: float


class Mark(NamedTuple):
    """A letter with the family of its font, or a shape, which has neither."""

    text: str
    family: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Line:
    """A line of text. `style`: "", "bold", "italic", "bold italic", or "mixed"."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    style: str
    families: frozenset[str]
    colours: frozenset[Any]

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    top: float

    @property
    def length(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class Page:
    """`lines` are those of the text: not of charts, nor the banner of made-up figures.

    `letters` are all there are, in the order in which the file holds them; so are `shapes`.
    """

    width: float
    height: float
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    table_tops: tuple[float, ...]
    table_bottoms: tuple[float, ...]
    letters: tuple[Mark, ...]
    shapes: tuple[Mark, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    def find(self, beginning: str) -> Line:
        return next(line for line in self.lines if line.text.startswith(beginning))


def pages(content: bytes, charts: str = CHARTS) -> list[Page]:
    """The pages of a PDF as measured by pdfplumber; `charts`: fonts that are not of the text."""
    with pdfplumber.open(io.BytesIO(content)) as document:
        return [_page(page, charts) for page in document.pages]


def _page(page: Any, charts: str) -> Page:
    letters = page.filter(lambda o: charts not in o.get("fontname", ""))
    found = letters.extract_words(
        keep_blank_chars=True, x_tolerance=25, return_chars=True, use_text_flow=False
    )
    lines = [_line(word, page.height) for word in found if word["text"].strip()]
    tables = page.find_tables()
    return Page(
        page.width / MM,
        page.height / MM,
        tuple(line for line in lines if BANNER not in line.text),
        tuple(Rule(r["x0"] / MM, r["x1"] / MM, r["top"] / MM) for r in page.lines),
        tuple(tuple(_row(row) for row in table.extract()) for table in tables),
        tuple(table.bbox[1] / MM for table in tables),
        tuple(table.bbox[3] / MM for table in tables),
        tuple(_mark(char) for char in page.chars),
        tuple(_mark(shape) for shape in (*page.rects, *page.lines, *page.curves)),
    )


def _mark(item: Any) -> Mark:
    places = (item[side] / MM for side in ("x0", "x1", "top", "bottom"))
    return Mark(item.get("text", ""), _family(item.get("fontname", "")), *places)


def _family(font: str) -> str:
    return re.split("[-,]", font.rpartition("+")[2])[0]


def _line(word: Any, height: float) -> Line:
    chars = [c for c in word["chars"] if c["text"].strip()]
    styles = {_style(c) for c in chars}
    return Line(
        re.sub(r"\s+", " ", word["text"]).strip(),
        chars[0]["x0"] / MM,
        chars[-1]["x1"] / MM,
        (height - chars[0]["matrix"][5]) / MM,
        round(chars[0]["size"], 1),
        styles.pop() if len(styles) == 1 else "mixed",
        frozenset(_family(c["fontname"]) for c in chars),
        frozenset(c["non_stroking_color"] for c in chars),
    )


def _style(char: Any) -> str:
    """A face that has no bold italic is slanted by its matrix."""
    name = char["fontname"].lower()
    slanted = "italic" in name or abs(char["matrix"][2]) > 0.1
    return " ".join(w for w, is_so in (("bold", "bold" in name), ("italic", slanted)) if is_so)


def _row(cells: list[str | None]) -> tuple[str, ...]:
    return tuple(re.sub(r"\s+", " ", cell or "") for cell in cells)
