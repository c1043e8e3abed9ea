"""Tables as charts: each function takes a table and returns a matplotlib figure without a title.

The title is a sentence of the caller's block (`figure_block`); the matching `..._alt` function
says in words what the chart shows, and `..._note` how to read it.
"""

from briefing.charts.agencies import agency_dots, agency_dots_alt, agency_dots_note
from briefing.charts.bars import commune_bars, commune_bars_alt, commune_bars_note
from briefing.charts.findings import findings_bars, findings_bars_alt
from briefing.charts.hamlets import hamlet_bars, hamlet_bars_alt, hamlet_bars_note
from briefing.charts.panels import small_multiples, small_multiples_alt, small_multiples_note
from briefing.charts.reporting import reporting_grid, reporting_grid_alt, reporting_grid_note
from briefing.charts.style import as_svg
from briefing.charts.tiles import tile_map, tile_map_alt, tile_map_note
from briefing.charts.trend import town_trend, town_trend_alt, town_trend_note
from briefing.charts.unit import unit_trend, unit_trend_alt, unit_trend_note

__all__ = [
    "agency_dots",
    "agency_dots_alt",
    "agency_dots_note",
    "as_svg",
    "commune_bars",
    "commune_bars_alt",
    "commune_bars_note",
    "findings_bars",
    "findings_bars_alt",
    "hamlet_bars",
    "hamlet_bars_alt",
    "hamlet_bars_note",
    "reporting_grid",
    "reporting_grid_alt",
    "reporting_grid_note",
    "small_multiples",
    "small_multiples_alt",
    "small_multiples_note",
    "tile_map",
    "tile_map_alt",
    "tile_map_note",
    "town_trend",
    "town_trend_alt",
    "town_trend_note",
    "unit_trend",
    "unit_trend_alt",
    "unit_trend_note",
]
