"""What stands in a drawing: its words, where each stands, and which are written over each other."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from briefing import charts
from briefing.documents.svg import clean


def svg(figure: Figure) -> str:
    return clean(charts.as_svg(figure, salt="x"), "x")


def words(figure: Figure) -> list[str]:
    """The texts of the SVG, each line of a broken one by itself."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg(figure))


@lru_cache(maxsize=1)
def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is shown and where it stands, in points from the lower left."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    with charts.style.style():
        figure.draw_without_rendering()
    points = 72 / figure.dpi
    shown = {html.unescape(word) for word in words(figure)}  # a tick beyond the axes is not drawn
    return [
        (text.get_text(), Bbox(text.get_window_extent(renderer).get_points() * points))
        for text in figure.findobj(lambda artist: isinstance(artist, Text))
        if text.get_visible() and text.get_text().split("\n")[0] in shown
    ]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """Pairs of texts that are written over each other, by more than half a point each way."""
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes(figure), 2)
        if min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1.5
    ]


def outside(figure: Figure) -> list[str]:
    """Texts that reach over an edge of the sheet."""
    wide, high = 72 * figure.get_size_inches()
    return [
        text
        for text, box in boxes(figure)
        if box.x0 < -0.5 or box.y0 < -0.5 or box.x1 > wide + 0.5 or box.y1 > high + 0.5
    ]
