"""Counts as bars with their names at the left, in groups under a heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle

from briefing.charts import style
from briefing.charts.labels import gutter

LOOKS: dict[str, dict[str, Any]] = {
    "full": {"facecolor": style.ACCENT, "edgecolor": style.ACCENT},
    "carried": {"facecolor": style.PAPER, "edgecolor": style.ACCENT, "hatch": "/////"},
    "error": {"facecolor": style.TARGET, "edgecolor": style.TARGET},
    "warning": {"facecolor": style.PAPER, "edgecolor": style.TARGET, "hatch": "/////"},
    "info": {"facecolor": style.PALE, "edgecolor": style.PALE},
}
"""How a bar is filled: pattern as well as colour."""

_ROW, _LINE, _HEAD, _RIGHT, _EDGE = 14.8, 9.5, 18.0, 6.0, 3.0
_NAME, _VALUE, _HEADING = 8.5, 8.0, 8.5


@dataclass(frozen=True)
class Bar:
    """One bar: without a value there is only its text."""

    name: str
    value: float | None
    text: str
    look: str = "full"


@dataclass(frozen=True)
class Group:
    """Bars under a heading; an empty heading takes no room."""

    heading: str
    bars: tuple[Bar, ...]


def lengths(groups: Sequence[Group], *, one_scale: bool = False) -> Drawing:
    """Each bar with its text at the end; the bars of one group, or of all, are on one scale."""
    bars = [bar for group in groups for bar in group.bars]
    names = gutter([bar.name for bar in bars], share=0.44)
    pitches = [_ROW + _LINE * name.count("\n") for name in names.names]
    widest = max((style.text_width(bar.text, _VALUE) for bar in bars), default=0) + 6
    room = style.POINTS - names.width - _RIGHT - widest
    height = 2 * _EDGE + sum(pitches) + _HEAD * sum(bool(g.heading) for g in groups)
    written, y = iter(zip(names.names, pitches, strict=True)), _EDGE
    with style.style():
        figure, axes = style.sheet(max(height, 20))
        for group in groups:
            if group.heading:
                axes.text(2, y + 12, group.heading, size=_HEADING, weight="bold")
                y += _HEAD
            alike = bars if one_scale else group.bars
            scale = room / (max(bar.value or 0 for bar in alike) or 1)
            for bar in group.bars:
                name, pitch = next(written)
                _bar(axes, bar, name, (names.width, y + pitch / 2), scale)
                y += pitch
    return figure


def _bar(axes: Axes, bar: Bar, name: str, at: tuple[float, float], scale: float) -> None:
    left, middle = at
    axes.text(left - 5, middle, name, size=_NAME, ha="right", va="center", linespacing=1.0)
    length = 0.0
    if bar.value:
        length = max(scale * bar.value, 1.2)
        axes.add_patch(Rectangle((left, middle - 5), length, 10, linewidth=0.8, **LOOKS[bar.look]))
    missing = bar.value is None
    axes.text(
        left + length + 4, middle, bar.text, size=_VALUE, va="center",
        color=style.MUTED if missing else style.INK, style="italic" if missing else "normal",
    )  # fmt: skip
