"""From a chart to the block that shows it."""

from __future__ import annotations

from pathlib import Path

from briefing import charts
from briefing.documents import svg
from briefing.documents.blocks import Figure
from briefing.language import current_language
from briefing.register import Kept, key_of

DRAWN = "drawn"  # inside the register
SVG = "drawing.svg"

_drawings: list[Kept] = []  # where drawings are kept, if anywhere


def keep_drawings(register: Path) -> None:
    """From now on find in a register what was drawn of the same figures, and keep what was not."""
    _drawings[:] = [Kept(register / DRAWN)]


def figure_block(chart: charts.Chart, *, id: str, title: str, more: str = "") -> Figure:
    """The chart as a block, its SVG cleaned so that it can stand inside a page.

    Args:
        id: Unique on the page; letters, digits and hyphens.
        title: The sentence that says what the chart shows (it is not drawn in the chart).
        more: What it rests on, said after the chart's own note.

    Raises:
        DocumentError: The chart has no alt text.
    """
    note = " ".join(filter(None, (chart.note, more)))
    return Figure(id=id, title=title, svg=_drawn(chart, id), alt=chart.alt, note=note)


def _drawn(chart: charts.Chart, id: str) -> str:
    key = key_of(id, current_language(), chart.made_of.hex())
    for kept in _drawings:
        if known := kept.get(key):
            return known[SVG].decode()
    drawn = svg.clean(charts.as_svg(chart.draw(), salt=id), id)
    for kept in _drawings:
        kept.put(key, {SVG: drawn.encode()})
    return drawn
