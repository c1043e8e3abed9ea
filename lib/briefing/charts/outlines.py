"""The units as they lie on a map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from briefing import formats
from briefing.charts import bands, style
from briefing.charts.labels import LEADING
from briefing.charts.tiles import value_text

Shape = Sequence[Sequence[Sequence[tuple[float, float]]]]
"""Polygons; of each the outer ring, then its holes; longitude and latitude in degrees."""

_HIGHEST, _EDGE, _KEY_GAP = 340.0, 3.0, 8.0
_NAME, _VALUE, _NUMBER, _LISTED = 7.0, 8.5, 7.0, 8.0
_STEP = 0.2
"""Points: what is finer than this is not drawn."""

_SCANS = 25
_HALF = (_NAME + _VALUE) * LEADING / 2


def outline_map(
    communes: pd.DataFrame, outlines: Mapping[str, Shape], targets: Sequence[float]
) -> Drawing:
    """The units in their outlines, shaded as the tiles are; names inside where there is room.

    A unit that is too small for its name has a number, and stands in a list below; of more than
    fit there, the lowest. The projection is equirectangular, true to scale at the middle latitude.

    Args:
        communes: As for `tile_map`, with `unit_code`.
        outlines: Unit code → polygons, for every unit of `communes`.
        targets: Fractions.
    """
    units = communes.reset_index(drop=True)
    among = bands.bands(targets)
    shapes, height = _projected([outlines[code] for code in units["unit_code"]])
    middles = [_middle(shape, _HALF) for shape in shapes]
    inside = [_fits(u, m[2], targets) for (_n, u), m in zip(units.iterrows(), middles, strict=True)]
    numbers = _numbers(units, inside, int((style.TALLEST - height - 4 * bands.KEY) / bands.KEY))
    listed = [
        f"{k}  {units.at[n, 'short_label']}: {value_text(units.loc[n], targets)}"
        for n, k in numbers.items()
    ]
    places = _columns(listed)
    rows = max((row for row, _x in places), default=-1) + 1
    below = height + _KEY_GAP + bands.KEY * rows + _KEY_GAP * bool(rows)
    counted = bands.counts(list(units["coverage"]), among)
    with style.style():
        figure, axes = style.sheet(below + bands.key_height(counted))
        for n, shape in enumerate(shapes):
            _area(axes, shape, units.loc[n], among)
        for n, middle in enumerate(middles):
            if inside[n] or n in numbers:
                _label(axes, units.loc[n], middle[:2], targets, among, numbers.get(n))
        for text, (row, x) in zip(listed, places, strict=True):
            y = height + _KEY_GAP + bands.KEY * (row + 0.5)
            axes.text(x + 1, y, text, size=_LISTED, va="center")
        bands.draw_key(axes, below, counted)
    return figure


def _numbers(units: pd.DataFrame, inside: Sequence[bool], most: int) -> dict[int, int]:
    """A number for each unit (by position) whose name does not fit, the lowest first."""
    coverage = units["coverage"].astype("Float64").astype(float).fillna(-1.0)
    small = [n for n, fits in enumerate(inside) if not fits]
    lowest = sorted(small, key=lambda n: (coverage[n], n))[:most]
    return {n: k for k, n in enumerate(lowest, 1)}


def _columns(listed: Sequence[str]) -> list[tuple[int, float]]:
    """Row and left edge of each of the texts, set in columns that are read downward."""
    widest = max((style.text_width(text, _LISTED) for text in listed), default=0) + 12
    across = max(1, int(style.POINTS / widest))
    rows = math.ceil(len(listed) / across)
    return [(n % rows, n // rows * style.POINTS / across) for n in range(len(listed))]


def _projected(shapes: Sequence[Shape]) -> tuple[list[list[list[np.ndarray]]], float]:
    """The shapes in points of the sheet, and the height that they take."""
    rings = [np.asarray(ring, float) for shape in shapes for polygon in shape for ring in polygon]
    every = np.vstack(rings)
    (west, south), (east, north) = every.min(axis=0), every.max(axis=0)
    stretch = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * stretch, 1e-9), max(north - south, 1e-9)
    scale = min((style.POINTS - 2 * _EDGE) / wide, _HIGHEST / high)
    left = (style.POINTS - wide * scale) / 2

    def placed(ring: Sequence[tuple[float, float]]) -> np.ndarray:
        degrees = np.asarray(ring, float)
        x = left + (degrees[:, 0] - west) * stretch * scale
        y = _EDGE + (north - degrees[:, 1]) * scale
        return _thinned(np.column_stack([x, y]))

    drawn = [[[placed(ring) for ring in polygon] for polygon in shape] for shape in shapes]
    return drawn, high * scale + 2 * _EDGE


def _thinned(ring: np.ndarray) -> np.ndarray:
    """The ring without points that fall on the one before; shared borders stay shared."""
    rounded = np.round(ring / _STEP) * _STEP
    moved = np.r_[True, (np.diff(rounded, axis=0) != 0).any(axis=1)]
    return rounded[moved]


def _middle(shape: Sequence[Sequence[np.ndarray]], half: float) -> tuple[float, float, float]:
    """A place inside for words that reach `half` up and down: x, y, and how wide there is room.

    The room is 0 where words of that height fit nowhere.
    """
    best = (-1e9, *map(float, shape[0][0].mean(axis=0)), 0.0)
    for polygon in shape:
        low, high = polygon[0][:, 1].min(), polygon[0][:, 1].max()
        middle = (low + high) / 2
        for y in np.linspace(low, high, _SCANS + 2)[1:-1]:
            for start, end in _across(polygon, y, half):
                merit = float(end - start) - 0.4 * abs(y - middle)
                if merit > best[0]:
                    best = (merit, float(start + end) / 2, float(y), float(end - start))
    if best[3] or not half:
        return best[1:]
    return (*_middle(shape, half / 3 if half > 1 else 0.0)[:2], 0.0)


def _across(polygon: Sequence[np.ndarray], y: float, half: float) -> list[tuple[float, float]]:
    """What is inside at the height `y` and also at `half` above and below it."""
    spans = _inside(polygon, y)
    for at in (y - half, y + half) if half else ():
        spans = [
            (max(a, c), min(b, d))
            for a, b in spans
            for c, d in _inside(polygon, at)
            if a < d and c < b
        ]
    return [(a, b) for a, b in spans if b > a]


def _inside(polygon: Sequence[np.ndarray], y: float) -> list[tuple[float, float]]:
    """Where the level line at `y` runs inside the polygon, holes left out."""
    crossings: list[float] = []
    for ring in polygon:
        start, end = ring, np.roll(ring, -1, axis=0)
        hit = (start[:, 1] <= y) != (end[:, 1] <= y)
        a, b = start[hit], end[hit]
        crossings += list(a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]))
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _fits(unit: pd.Series, room: float, targets: Sequence[float]) -> bool:
    widths = (
        style.text_width(str(unit["short_label"]), _NAME),
        style.text_width(value_text(unit, targets), _VALUE, "bold"),
    )
    return room >= max(widths) + 2


def _area(
    axes: Axes,
    shape: Sequence[Sequence[np.ndarray]],
    unit: pd.Series,
    among: Sequence[bands.Band],
) -> None:
    carried = not formats.is_missing(unit["carried_from"])
    missing = formats.is_missing(unit["coverage"])
    path = Path.make_compound_path(
        *(_ring(ring, hole=number > 0) for polygon in shape for number, ring in enumerate(polygon))
    )
    look, order = bands.look(unit["coverage"], carried, among), 1
    if carried or missing:  # its edge must not run over that of the neighbours
        under = {"facecolor": "none", "edgecolor": style.PAPER, "linewidth": 2.6}
        axes.add_patch(PathPatch(path, **under, zorder=2))
        order = 3
    axes.add_patch(PathPatch(path, **look, zorder=order))


def _ring(ring: np.ndarray, *, hole: bool) -> Path:
    """A closed path; holes run the other way round, so that they stay empty."""
    ring = ring if len(ring) > 1 else np.vstack([ring, ring])
    x, y = ring[:, 0], ring[:, 1]
    turning = float(x @ np.roll(y, -1) - y @ np.roll(x, -1))
    ring = ring[::-1] if (turning < 0) != hole else ring
    codes = [Path.MOVETO, *[Path.LINETO] * (len(ring) - 1), Path.CLOSEPOLY]
    return Path(np.vstack([ring, ring[:1]]), codes)


def _label(
    axes: Axes,
    unit: pd.Series,
    at: tuple[float, float],
    targets: Sequence[float],
    among: Sequence[bands.Band],
    number: int | None,
) -> None:
    missing = formats.is_missing(unit["coverage"])
    ink = style.MUTED if missing else bands.band_of(unit["coverage"], among).ink
    x, y = at
    if number is not None:
        axes.text(
            x, y, str(number), size=_NUMBER, weight="bold", color=ink, ha="center", va="center"
        )
        return
    axes.text(x, y - 0.5, str(unit["short_label"]), size=_NAME, color=ink, ha="center", va="bottom")
    axes.text(
        x, y + 0.5, value_text(unit, targets), size=_VALUE, color=ink, ha="center", va="top",
        weight="normal" if missing else "bold",
    )  # fmt: skip
