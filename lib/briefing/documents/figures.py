"""From a drawing to the block that shows it."""

from __future__ import annotations

from matplotlib.figure import Figure as Drawing

from briefing import charts
from briefing.documents import svg
from briefing.documents.blocks import Figure


def figure_block(figure: Drawing, *, id: str, title: str, alt: str, note: str = "") -> Figure:
    """The drawing as a block, its SVG cleaned so that it can stand inside a page.

    Args:
        figure: A matplotlib figure.
        id: Unique on the page; letters, digits and hyphens.
        title: The sentence that says what the chart shows (it is not drawn in the chart).
        alt: The same for those who cannot see it, with the numbers.
        note: How to read it, or what it rests on.

    Raises:
        DocumentError: The alt text is empty.
    """
    drawn = svg.clean(charts.as_svg(figure, salt=id), id)
    return Figure(id=id, title=title, svg=drawn, alt=alt, note=note)
