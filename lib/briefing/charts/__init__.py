"""Tables as charts: each function takes a table and returns a matplotlib figure without a title.

The title is a sentence of the caller's block (`figure_block`); the matching `..._alt` function
says in words what the chart shows, and `..._note` how to read it.
"""

from briefing.charts.bars import commune_bars, commune_bars_alt, commune_bars_note
from briefing.charts.panels import small_multiples, small_multiples_alt
from briefing.charts.reporting import reporting_grid, reporting_grid_alt
from briefing.charts.style import as_svg
from briefing.charts.trend import town_trend, town_trend_alt, town_trend_note

__all__ = [
    "as_svg",
    "commune_bars",
    "commune_bars_alt",
    "commune_bars_note",
    "reporting_grid",
    "reporting_grid_alt",
    "small_multiples",
    "small_multiples_alt",
    "town_trend",
    "town_trend_alt",
    "town_trend_note",
]
