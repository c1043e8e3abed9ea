"""Tables as charts: each function takes a table and returns a `Chart`, which has no title.

The title is a sentence of the block that shows it (`documents.figures.figure_block`).
"""

import briefing.charts.loading  # noqa: F401  # before all else that loads matplotlib
from briefing.charts.bars import unit_bars
from briefing.charts.bodies import body_dots
from briefing.charts.chart import Chart
from briefing.charts.findings import findings_bars
from briefing.charts.places import place_bars
from briefing.charts.reporting import reporting_grid
from briefing.charts.small_multiples import small_multiples
from briefing.charts.style import BESIDE, as_svg
from briefing.charts.tiles import tile_map
from briefing.charts.trend import whole_trend
from briefing.charts.unit import unit_trend

__all__ = [
    "BESIDE",
    "Chart",
    "as_svg",
    "body_dots",
    "findings_bars",
    "place_bars",
    "reporting_grid",
    "small_multiples",
    "tile_map",
    "unit_bars",
    "unit_trend",
    "whole_trend",
]
