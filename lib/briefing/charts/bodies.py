"""The bodies that report once: a dot each, by sector."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.charts import style
from briefing.charts.chart import Chart
from briefing.messages import _

_DOT, _STEP = 5.0, 6.2
_LEFT, _RIGHT, _EDGE, _FEWEST_HIGH = 13.0, 6.0, 4.0, 2
_HEAD, _LABEL, _GAP, _AXIS = 13.0, 12.0, 6.0, 16.0
_REACHED_HIGH = 4
_NAME, _SMALL = 8.5, 7.5


@dataclass(frozen=True)
class _Sector:
    name: str
    bodies: int
    below: pd.DataFrame
    reached: pd.DataFrame

    @property
    def silent(self) -> int:
        return self.bodies - len(self.below) - len(self.reached)


@dataclass(frozen=True)
class _Scale:
    """Coverage below the target in points; beyond `right` stand those that have reached it."""

    low: float
    target: float
    right: float

    def x(self, coverage: float) -> float:
        share = (coverage - self.low) / (self.target - self.low)
        return _LEFT + share * (self.right - _LEFT)


def body_dots(bodies: pd.DataFrame, target: float) -> Chart:
    """Each body that has reported as a dot at its coverage, a row per sector, the worst first.

    Hollow dots are below the target, the lowest of each sector with its name; those that have
    reached it stand beyond the line, each as a dot, a triangle above 100 %.

    Args:
        bodies: One row per body: `body_name`, `sector`, `coverage` (fraction; missing
            where it has not reported).
        target: Fraction.
    """
    return Chart(partial(_drawn, bodies, target), _alt(bodies, target), _note(bodies, target))


def _drawn(bodies: pd.DataFrame, target: float) -> Drawing:
    sectors = _sectors(bodies, target)
    scale = _scale(sectors, target)
    stacks = [_stacked(sector.below, scale) for sector in sectors]
    highs = [_levels(s, stack) * _STEP for s, stack in zip(sectors, stacks, strict=True)]
    labels = [_LABEL if len(sector.below) else 2.0 for sector in sectors]
    rows = [_HEAD + high + label + _GAP for high, label in zip(highs, labels, strict=True)]
    height = _AXIS + sum(rows)
    with style.style():
        figure, axes = style.sheet(max(height, 24))
        _axis(axes, scale, height)
        top = _AXIS
        for sector, stack, high, row in zip(sectors, stacks, highs, rows, strict=True):
            _row(axes, sector, stack, top, top + _HEAD + high, scale)
            top += row
    return figure


def _alt(bodies: pd.DataFrame, target: float) -> str:
    """Of each sector: how many have reported, how many of them are below the target, the lowest."""
    sectors = "; ".join(_sector_words(sector, target) for sector in _sectors(bodies, target))
    return _(
        "Dot chart of the coverage of bodies by sector, against {target}. {sectors}.",
        target=formats.target(target),
        sectors=sectors,
    )


def _note(bodies: pd.DataFrame, target: float) -> str:
    """How to read it; only what it really holds is explained."""
    notes = [
        _(
            "One dot per body that has reported: hollow below {target}, filled from there on; "
            "the lowest of each sector is named.",
            target=formats.target(target),
        )
    ]
    if (bodies["coverage"].astype("Float64") > 1).fillna(False).any():
        notes.append(_("Triangle: above 100%, to be checked."))
    return " ".join(notes)


def _sector_words(sector: _Sector, target: float) -> str:
    words = _(
        "{sector}: {reported} of {all} reported, {below} of them below {target}",
        sector=sector.name,
        reported=sector.bodies - sector.silent,
        all=sector.bodies,
        below=len(sector.below),
        target=formats.target(target),
    )
    if sector.below.empty:
        return words
    return f"{words}, " + _("lowest {body}", body=_lowest(sector))


def _lowest(sector: _Sector) -> str:
    worst = sector.below.iloc[0]
    return f"{worst['body_name']} {formats.percent(worst['coverage'], 1)}"


def _sectors(bodies: pd.DataFrame, target: float) -> list[_Sector]:
    plain = pd.DataFrame(
        {
            "body_name": bodies["body_name"].astype(str).to_numpy(),
            "sector": bodies["sector"].astype(str).to_numpy(),
            "coverage": bodies["coverage"].astype("Float64").astype(float).to_numpy(),
        }
    ).sort_values(["coverage", "body_name"], ignore_index=True)
    sectors = []
    for name, group in plain.groupby("sector", sort=True):
        known = group.dropna(subset="coverage")
        below = known["coverage"] < target
        sectors.append(_Sector(str(name), len(group), known[below], known[~below]))
    return sorted(sectors, key=_worst_first)


def _worst_first(sector: _Sector) -> tuple[float, str]:
    reported = len(sector.below) + len(sector.reached)
    return (-len(sector.below) / reported if reported else 1.0, sector.name)


def _scale(sectors: Sequence[_Sector], target: float) -> _Scale:
    lowest = min([target * 0.6, *(v for s in sectors for v in s.below["coverage"])])
    most = max((len(sector.reached) for sector in sectors), default=0)
    beyond = 16 + _STEP * math.ceil(most / _REACHED_HIGH)
    right = max(style.POINTS - _RIGHT - max(beyond, 30), 0.55 * style.POINTS)
    return _Scale(math.floor(lowest / 0.1 + 1e-9) * 0.1, target, right)


def _stacked(below: pd.DataFrame, scale: _Scale) -> list[tuple[float, int]]:
    """Place and level of each dot; one that would cover another stands above it."""
    ends: list[float] = []
    places = []
    for coverage in below["coverage"]:
        x = scale.x(coverage)
        level = next((n for n, end in enumerate(ends) if x - end >= _DOT + 0.8), len(ends))
        ends[level:] = [x, *ends[level + 1 :]]
        places.append((x, level))
    return places


def _columns(count: int, scale: _Scale) -> int:
    """Columns in which those that have reached the target stand."""
    room = int((style.POINTS - _RIGHT - scale.right - 8) / _STEP)
    return max(1, min(math.ceil(count / _REACHED_HIGH), room))


def _levels(sector: _Sector, stack: Sequence[tuple[float, int]]) -> int:
    high = max((level for _x, level in stack), default=0) + 1
    return max(_FEWEST_HIGH, high, min(_REACHED_HIGH, len(sector.reached)))


def _axis(axes: Axes, scale: _Scale, height: float) -> None:
    step = 0.1 if scale.target - scale.low <= 0.45 else 0.2
    mark = math.ceil(scale.low / step - 1e-9) * step
    while mark < scale.target - 0.4 * step:
        x = scale.x(mark)
        axes.plot([x, x], [_AXIS, height - 2], color=style.GRID, linewidth=0.7, zorder=1)
        axes.text(x, _AXIS - 5, formats.target(round(mark, 4)), size=8, color=style.MUTED,
                  ha="center")  # fmt: skip
        mark += step
    axes.plot([scale.right] * 2, [_AXIS, height - 2], color=style.TARGET, linewidth=1.2, zorder=2)
    axes.text(
        scale.right, _AXIS - 5, formats.target(scale.target), size=8.5, color=style.TARGET,
        weight="bold", ha="center",
    )  # fmt: skip


def _row(
    axes: Axes,
    sector: _Sector,
    stack: Sequence[tuple[float, int]],
    top: float,
    floor: float,
    scale: _Scale,
) -> None:
    """Levels grow upward from `floor`; the name of the lowest stands under it."""
    _head(axes, sector, top, scale)
    base = floor - _STEP / 2
    axes.plot([_LEFT, style.POINTS - _RIGHT], [floor + 1] * 2, color=style.GRID, linewidth=0.7)
    _dots(axes, [(x, base - _STEP * level) for x, level in stack], "o", hollow=True)
    columns = _columns(len(sector.reached), scale)
    places = [
        (scale.right + 10 + _STEP * (n % columns), base - _STEP * (n // columns))
        for n in range(len(sector.reached))
    ]
    over = list(sector.reached["coverage"] > 1)
    _dots(axes, [p for p, o in zip(places, over, strict=True) if not o], "o")
    _dots(axes, [p for p, o in zip(places, over, strict=True) if o], "^")
    if len(sector.below):
        _name_lowest(axes, sector, stack[0][0], floor, scale)


def _head(axes: Axes, sector: _Sector, top: float, scale: _Scale) -> None:
    text = _("{n} of {all} reported", n=sector.bodies - sector.silent, all=sector.bodies)
    room = scale.right - _LEFT - style.text_width(text, _SMALL) - 14
    name = style.wrapped(sector.name, room, _NAME, "bold", lines=1)
    axes.text(_EDGE, top + 10, name, size=_NAME, weight="bold")
    wide = style.text_width(name, _NAME, "bold")
    axes.text(_EDGE + wide + 7, top + 10, text, size=_SMALL, color=style.MUTED)


def _dots(
    axes: Axes, places: Sequence[tuple[float, float]], marker: str, *, hollow: bool = False
) -> None:
    if places:
        colour = style.TARGET if hollow else style.ACCENT
        axes.plot(
            *zip(*places, strict=True), marker, linestyle="none", markersize=_DOT, color=colour,
            markerfacecolor=style.PAPER if hollow else colour, markeredgewidth=1.2, zorder=4,
        )  # fmt: skip


def _name_lowest(axes: Axes, sector: _Sector, x: float, floor: float, scale: _Scale) -> None:
    worst = sector.below.iloc[0]
    value = f" {formats.percent(worst['coverage'], 1)}"
    room = style.POINTS - _LEFT - _RIGHT - style.text_width(value, _SMALL)
    name = style.wrapped(str(worst["body_name"]), room, _SMALL, lines=1)
    wide = style.text_width(name + value, _SMALL)
    edge = scale.right - 5 if wide <= scale.right - 5 - _EDGE else style.POINTS - _RIGHT
    left = max(min(x - _DOT / 2, edge - wide), _EDGE)
    axes.text(left, floor + 10, name + value, size=_SMALL)
