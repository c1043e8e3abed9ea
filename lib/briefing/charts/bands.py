"""How near a unit is to the targets, as a shade: the darker, the nearer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from briefing import formats
from briefing.charts import style
from briefing.charts.labels import flow
from briefing.messages import _

NEAR = 0.1
"""Short of the first target by at most this fraction, a unit has a shade of its own."""

KEY = 13.5
_WORDS, _SWATCH = 8.0, 9.0


@dataclass(frozen=True)
class Band:
    """Coverage from `low` (fraction) to below `high`; `shade` is the opacity of its colour."""

    low: float
    high: float
    shade: float

    @property
    def ink(self) -> str:
        """Colour of words on the shade."""
        return style.PAPER if self.shade > 0.7 else style.INK

    def holds(self, coverage: float) -> bool:
        return self.low <= coverage < self.high

    def words(self) -> str:
        if self.low == 0:
            return _("below {high}", high=formats.target(self.high))
        if self.high == float("inf"):
            return _("from {low}", low=formats.target(self.low))
        values = {"low": formats.target(self.low), "high": formats.target(self.high)}
        return _("{low} to below {high}", **values)


def bands(targets: Sequence[float]) -> tuple[Band, ...]:
    """Far below the first target, near it, then from each target to the next."""
    marks = sorted({*targets})
    near = [round(marks[0] - NEAR, 4)] if marks[0] > NEAR else []
    edges = [0.0, *near, *marks, float("inf")]
    shades = {3: (0.0, 0.3, 1.0), 4: (0.0, 0.16, 0.42, 1.0)}.get(len(edges) - 1)
    shades = shades or tuple(n / (len(edges) - 2) for n in range(len(edges) - 1))
    return tuple(map(Band, edges, edges[1:], shades))


def band_of(coverage: float, among: Sequence[Band]) -> Band:
    return next(band for band in among if band.holds(max(coverage, 0.0)))


def look(coverage: Any, carried: bool, among: Sequence[Band]) -> dict[str, Any]:
    """How the area of a unit is drawn: dotted edge without a figure, dashed if it is carried."""
    if formats.is_missing(coverage):
        return {
            "facecolor": "none", "edgecolor": style.MUTED, "linewidth": 1,
            "linestyle": (0, (1, 1.6)),
        }  # fmt: skip
    shade = band_of(coverage, among).shade
    return {
        "facecolor": (style.ACCENT, shade) if shade else "none",
        "edgecolor": style.ACCENT,
        "linewidth": 1.4 if carried else 0.9,
        "linestyle": (0, (3.5, 2)) if carried else "-",
    }


def counts(coverage: Sequence[Any], among: Sequence[Band]) -> list[tuple[Band, int]]:
    """How many units are in each band."""
    known = [value for value in coverage if not formats.is_missing(value)]
    return [(band, sum(band_of(value, among) is band for value in known)) for band in among]


def key_height(counted: Sequence[tuple[Band, int]]) -> float:
    """Points that `draw_key` takes."""
    return KEY * (1 + max(row for row, _x in _places(counted)))


def draw_key(axes: Axes, top: float, counted: Sequence[tuple[Band, int]]) -> None:
    """The shades in words, each with its number of units."""
    for (band, count), (row, x) in zip(counted, _places(counted), strict=True):
        y = top + KEY * row
        axes.add_patch(
            Rectangle((x + 0.5, y + 2), _SWATCH, _SWATCH, **look(band.low, False, [band]))
        )
        axes.text(
            x + _SWATCH + 5, y + 2 + _SWATCH / 2, _item(band, count), size=_WORDS, va="center"
        )


def _item(band: Band, count: int) -> str:
    return f"{band.words()} ({formats.integer(count)})"


def _places(counted: Sequence[tuple[Band, int]]) -> list[tuple[int, float]]:
    widths = [_SWATCH + 5 + style.text_width(_item(*one), _WORDS) for one in counted]
    return flow(widths, style.POINTS - 4)
