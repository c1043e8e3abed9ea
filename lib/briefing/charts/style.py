"""One style for every chart, on screen, on paper and in the dark.

The colours are few and named, because the page's style sheet exchanges them for a dark screen.
They keep apart for colour-blind readers and in grey; what matters is also told by shape or text.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import FuncFormatter, MultipleLocator

from briefing import formats

INK = "#1b2733"
MUTED = "#505d6a"
GRID = "#dde3e9"
PALE = "#b9c6d3"
ACCENT = "#17508c"
TARGET = "#b3440f"
PAPER = "#fefefe"

WIDTH = 5.2
"""Inches. At a phone's width the letters can still be read, at that of a sheet's text (170 mm) they
are not much larger than the text's own."""

POINTS = 72 * WIDTH

BESIDE = (262.0, 132.0)
"""Points: the size of a chart that stands beside key figures."""

TALLEST = 540.0
"""Points. On a sheet (215 mm are left beside a title) its letters are still those of the text."""

_NO_LAYOUT: Any = "none"  # which the stubs of matplotlib do not know

_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 8.5,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": PALE,
    "axes.labelcolor": MUTED,
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "figure.facecolor": "none",
    "figure.constrained_layout.use": False,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "xtick.color": PALE,
    "ytick.color": PALE,
    "xtick.labelcolor": MUTED,
    "ytick.labelcolor": MUTED,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "hatch.linewidth": 0.7,
    "lines.solid_capstyle": "round",
    "svg.fonttype": "none",
}


@contextmanager
def style(salt: str = "briefing") -> Iterator[None]:
    """Draw and save inside this block; `salt` makes the SVG's inner ids the same every time."""
    with matplotlib.rc_context({**_STYLE, "svg.hashsalt": salt}):
        yield


def sheet(height: float) -> tuple[Drawing, Axes]:
    """An empty sheet of the style, without any state of pyplot.

    Its coordinates are points from the upper left corner, so that what is drawn can be measured
    before it is drawn; a frame that fits itself to its contents is drawn several times.

    Args:
        height: Points.
    """
    figure = Drawing(figsize=(WIDTH, height / 72), layout=_NO_LAYOUT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, POINTS)
    axes.set_ylim(height, 0)
    return figure, axes


def framed(
    height: float, left: float, right: float, top: float, bottom: float, width: float = POINTS
) -> tuple[Drawing, Axes]:
    """An empty figure of the style and its axes, with fixed margins; all in points."""
    figure = Drawing(figsize=(width / 72, height / 72), layout=_NO_LAYOUT)
    inside = (width - left - right, height - top - bottom)
    axes = figure.add_axes((left / width, bottom / height, inside[0] / width, inside[1] / height))
    return figure, axes


def as_svg(figure: Drawing, salt: str) -> str:
    """The drawing as SVG with real text: the same bytes for the same drawing and salt."""
    stream = io.StringIO()
    with style(salt):
        figure.savefig(stream, format="svg", metadata={"Date": None}, facecolor="none")
    return stream.getvalue()


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Points that one line of text takes in the charts' own font, which is a wide one."""
    font = FontProperties(family=_STYLE["font.family"], size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]


def wrapped(text: str, width: float, size: float, weight: str = "normal", lines: int = 2) -> str:
    """The text broken between words into lines of at most `width` points; the last may end in …"""
    done: list[str] = []
    rest = text.split()
    while rest and len(done) < lines:
        last = len(done) == lines - 1
        count = len(rest)
        while count > 1 and text_width(" ".join(rest[:count]), size, weight) > width:
            count -= 1
        line = " ".join(rest if last else rest[:count])
        done.append(_cut(line, width, size, weight))
        rest = rest[count:]
    return "\n".join(done)


def _cut(line: str, width: float, size: float, weight: str) -> str:
    if text_width(line, size, weight) <= width:
        return line
    kept = len(line) - 1
    while kept > 1 and text_width(line[:kept].rstrip() + "…", size, weight) > width:
        kept -= 1
    return line[:kept].rstrip() + "…"


def percent_axis(axes: Axes, top: float, step: float = 0.2) -> None:
    """A vertical scale of shares from 0, with quiet lines."""
    axes.set_ylim(0, top)
    axes.yaxis.set_major_locator(MultipleLocator(step))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _position: formats.target(value)))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def next_step(values: Sequence[float]) -> float:
    """The first multiple of a fifth that leaves room above the largest value."""
    largest = max((v for v in values if v == v), default=1.0)
    return max(1.0, 0.2 * (int(largest * 1.02 / 0.2) + 1))
