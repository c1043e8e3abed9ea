"""The units as tiles, each about where it lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from briefing import formats
from briefing.charts import bands, style
from briefing.charts.chart import Chart
from briefing.messages import _

_GAP, _HIGH, _SMALL, _KEY_GAP = 4.0, 44.0, 26.0, 8.0
_NAME, _VALUE = 7.5, 10.0
_NARROW = 52.0
"""Points: a tile that is narrower holds no name."""

_OTHERS = 40
"""As many units without a place as a page holds."""

_HEADING, _ACROSS = 15.0, 4


@dataclass(frozen=True)
class _Place:
    row: int
    column: int


@dataclass(frozen=True)
class _Grid:
    """Where tiles stand, in points; what lies below the layout is moved down by its heading."""

    across: int
    rows: int
    below: float

    @property
    def size(self) -> tuple[float, float]:
        width = (style.POINTS - 2 - (self.across - 1) * _GAP) / self.across
        return width, _HIGH if width >= _NARROW else _SMALL

    def at(self, place: _Place) -> tuple[float, float]:
        width, high = self.size
        moved = self.below if place.row >= self.rows else 0
        return 1 + place.column * (width + _GAP), 1 + place.row * (high + _GAP) + moved


def tile_map(units: pd.DataFrame, targets: Sequence[float]) -> Chart:
    """One tile per unit in the layout of units.csv: short name, coverage, shade by target.

    A carried figure has a dashed edge and its date; a unit without any figure a dotted one. Units
    without a place in the layout, or on one that is taken, stand below it, the lowest first.

    Args:
        units: One row per unit: `short_label`, `coverage` (fraction, nullable), `carried_from`
            (date, missing when reported that day), `tile_row`, `tile_col` (from 0, nullable).
        targets: Fractions.
    """
    return Chart(partial(_drawn, units, targets), _alt(units, targets), _note(units))


def _drawn(units: pd.DataFrame, targets: Sequence[float]) -> Drawing:
    units = units.reset_index(drop=True)
    among = bands.bands(targets)
    placed, others = _layout(units)
    grid = _Grid(
        across=max([place.column + 1 for place in placed.values()] or [_ACROSS]),
        rows=max([place.row + 1 for place in placed.values()], default=0),
        below=_HEADING if others else 0,
    )
    shown = others[:_OTHERS]
    after = {n: _Place(grid.rows + k // grid.across, k % grid.across) for k, n in enumerate(shown)}
    bottom = grid.at(_Place(grid.rows + math.ceil(len(shown) / grid.across), 0))[1]
    counted = bands.counts(list(units["coverage"]), among)
    with style.style():
        figure, axes = style.sheet(bottom + _KEY_GAP + bands.key_height(counted))
        for n, place in (placed | after).items():
            _tile(axes, units.iloc[n], grid.at(place), grid.size, among)
        if shown:
            words = _without_place(len(others) - len(shown))
            axes.text(1, grid.rows * (grid.size[1] + _GAP) + 11, words, size=8, color=style.MUTED)
        bands.draw_key(axes, bottom + _KEY_GAP, counted)
    return figure


def _alt(units: pd.DataFrame, targets: Sequence[float]) -> str:
    """How many units are in each band, and the figure of each unit."""
    counted = bands.counts(list(units["coverage"]), bands.bands(targets))
    shades = "; ".join(f"{band.words()}: {formats.integer(count)}" for band, count in counted)
    ordered = units.sort_values("coverage", ascending=False, na_position="last", kind="stable")
    each = "; ".join(
        f"{unit['short_label']}: {value_text(unit, targets)}" for _i, unit in ordered.iterrows()
    )
    return _("Map of the units by coverage. {shades}. {units}.", shades=shades, units=each)


def _note(units: pd.DataFrame) -> str:
    """How to read the map; only what it really holds is explained."""
    notes = [_("The darker, the nearer to the targets.")]
    if units["carried_from"].notna().any():
        notes.append(_("Dashed edge: carried over from the day in brackets."))
    if units["coverage"].isna().any():
        notes.append(_("Dotted edge: no figures yet."))
    return " ".join(notes)


def value_text(unit: pd.Series, targets: Sequence[float]) -> str:
    """The coverage of a unit, with the day that it is from if it is carried."""
    if formats.is_missing(unit["coverage"]):
        return _("no figures yet")
    text = formats.percent(unit["coverage"], 1, bounds=targets)
    if formats.is_missing(unit["carried_from"]):
        return text
    return f"{text} ({formats.day_short(unit['carried_from'])})"


def _layout(units: pd.DataFrame) -> tuple[dict[int, _Place], list[int]]:
    """Place of each unit (by position) that has one of its own; those without, lowest first."""
    placed: dict[int, _Place] = {}
    others = []
    for n, unit in enumerate(units[["tile_row", "tile_col"]].itertuples(index=False)):
        given = not (formats.is_missing(unit.tile_row) or formats.is_missing(unit.tile_col))
        place = _Place(int(unit.tile_row), int(unit.tile_col)) if given else None
        if place is None or place in placed.values():
            others.append(n)
        else:
            placed[n] = place
    coverage = units["coverage"].astype("Float64").astype(float).fillna(-1.0)
    return placed, sorted(others, key=lambda n: (coverage[n], n))


def _without_place(rest: int) -> str:
    if not rest:
        return _("Without a place on the layout, the lowest first")
    return _(
        "Without a place on the layout, the lowest first; {count} others are not drawn",
        count=formats.integer(rest),
    )


def _tile(
    axes: Axes,
    unit: pd.Series,
    at: tuple[float, float],
    size: tuple[float, float],
    among: Sequence[bands.Band],
) -> None:
    coverage, carried = unit["coverage"], not formats.is_missing(unit["carried_from"])
    axes.add_patch(Rectangle(at, *size, **bands.look(coverage, carried, among)))
    missing = formats.is_missing(coverage)
    ink = style.MUTED if missing else bands.band_of(coverage, among).ink
    x, y = at[0] + size[0] / 2, at[1]
    marks = [band.low for band in among]
    if size[0] < _NARROW:
        text = formats.MISSING if missing else formats.percent(coverage, 0, bounds=marks)
        axes.text(x, y + size[1] / 2, text, size=8, color=ink, ha="center", va="center")
        return
    name = style.wrapped(str(unit["short_label"]), size[0] - 8, _NAME)
    axes.text(x, y + 13, name, size=_NAME, color=ink, ha="center", va="center", linespacing=1.05)
    value = value_text(unit, marks)
    fits = style.text_width(value, _VALUE, "bold") <= size[0] - 6
    axes.text(
        x, y + 33, value, size=_VALUE if fits else 8, color=ink, ha="center", va="center",
        weight="normal" if missing else "bold", style="italic" if missing else "normal",
    )  # fmt: skip
