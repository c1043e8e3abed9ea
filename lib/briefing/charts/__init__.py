"""Tables as charts: each function takes a table and returns a `Chart`, which has no title.

The title is a sentence of the block that shows it (`documents.figures.figure_block`).
"""

from briefing.charts.agencies import agency_dots
from briefing.charts.bars import commune_bars
from briefing.charts.chart import Chart
from briefing.charts.findings import findings_bars
from briefing.charts.hamlets import hamlet_bars
from briefing.charts.reporting import reporting_grid
from briefing.charts.small_multiples import small_multiples
from briefing.charts.style import BESIDE, as_svg
from briefing.charts.tiles import tile_map
from briefing.charts.trend import town_trend
from briefing.charts.unit import unit_trend

__all__ = [
    "BESIDE",
    "Chart",
    "agency_dots",
    "as_svg",
    "commune_bars",
    "findings_bars",
    "hamlet_bars",
    "reporting_grid",
    "small_multiples",
    "tile_map",
    "town_trend",
    "unit_trend",
]
