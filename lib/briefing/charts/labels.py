"""Where words stand in a drawing so that no two are written over each other. All in points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from briefing.charts import style

DOUBTFUL = "?"  # beside a figure in doubt
NAME_SIZE = 8.5
LEADING = 1.25
"""Height of a line of text against the size of its letters, with the marks over capitals."""


@dataclass(frozen=True)
class Gutter:
    """Names down the left side: as they are written, how wide they stand, lines of the longest."""

    names: tuple[str, ...]
    width: float
    lines: int


def gutter(names: Sequence[str], share: float) -> Gutter:
    """Names broken into two lines so that they take at most `share` of the sheet's width."""
    room = share * style.POINTS
    written = tuple(style.wrapped(name, room, NAME_SIZE, lines=2) for name in names)
    widths = [style.text_width(line, NAME_SIZE) for name in written for line in name.split("\n")]
    return Gutter(
        written,
        max(widths, default=0) + 9,
        max((name.count("\n") + 1 for name in written), default=1),
    )


def flow(widths: Sequence[float], room: float, gap: float = 14) -> list[tuple[int, float]]:
    """Row and left edge of each of these items, set one after the other in rows of `room`."""
    places: list[tuple[int, float]] = []
    row, at = 0, 0.0
    for width in widths:
        if at and at + width > room:
            row, at = row + 1, 0.0
        places.append((row, at))
        at += width + gap
    return places


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places at least `gap` apart between `low` and `high`, as near as possible to those wanted.

    The order is kept. Where there is not room for all, they stand evenly.
    """
    count = len(wanted)
    if count > 1 and (count - 1) * gap >= high - low:
        return [low + (high - low) * n / (count - 1) for n in range(count)]
    order = sorted(range(count), key=lambda n: wanted[n])
    groups: list[tuple[float, int]] = []  # centre and number of those that stand together
    for position in order:
        centre, size = wanted[position], 1
        while groups and centre - (size - 1) * gap / 2 < (
            groups[-1][0] + (groups[-1][1] + 1) * gap / 2
        ):
            before, many = groups.pop()
            centre = (before * many + centre * size) / (many + size)
            size += many
            centre = _within(centre, size, gap, low, high)
        groups.append((_within(centre, size, gap, low, high), size))
    places = [c + (n - (size - 1) / 2) * gap for c, size in groups for n in range(size)]
    return [place for _n, place in sorted(zip(order, places, strict=True))]


def _within(centre: float, size: int, gap: float, low: float, high: float) -> float:
    half = (size - 1) * gap / 2
    return min(max(centre, low + half), high - half)


@dataclass(frozen=True)
class Spot:
    """Where a label may stand beside its point: the offset and which of its sides is there."""

    dx: float
    dy: float
    ha: str
    va: str


class Labels:
    """Writes labels beside points of an axes with fixed margins, each where it covers least.

    Coordinates that lines pass through are given with `avoid`; labels never cover one another:
    one that has no free spot is left out unless it must be there.
    """

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        self.boxes: list[np.ndarray] = []
        self.points = np.empty((0, 2))
        box = axes.get_position()
        inches = axes.figure.get_size_inches()  # type: ignore[union-attr]  # no figure in a figure
        width, height = 72 * inches
        self.frame = np.array([box.x0 * width - 2, box.y0 * height, width, height])

    def avoid(self, x: Sequence, y: Sequence[float]) -> None:
        """A line through these places (data coordinates) had better not be covered."""
        places = [self._at(one, other) for one, other in zip(x, y, strict=True)]
        places = [place for place in places if np.isfinite(place).all()]
        for start, end in pairwise(places):
            steps = max(2, int(np.hypot(*(end - start)) / 3))
            line = start + (end - start) * np.linspace(0, 1, steps)[:, None]
            self.points = np.vstack([self.points, line])
        if places:
            self.points = np.vstack([self.points, places])

    def write(
        self, text: str, x: Any, y: float, spots: Sequence[Spot], *, must: bool = False, **look: Any
    ) -> bool:
        """The label at the first spot that covers least; whether it was written."""
        size, weight = look.setdefault("size", 8), look.get("weight", "normal")
        width, height = style.text_width(text, size, weight), size * LEADING
        at = self._at(x, y)
        boxes = [_box(at, spot, width, height) for spot in spots]
        costs = [self._cost(box) + 0.1 * n for n, box in enumerate(boxes)]
        best = int(np.argmin(costs))
        if costs[best] >= 1000 and not must:
            return False
        spot = spots[best]
        self.boxes.append(boxes[best])
        self.axes.annotate(
            text, (x, y), (spot.dx, spot.dy), textcoords="offset points", ha=spot.ha, va=spot.va,
            **look,
        )  # fmt: skip
        return True

    def _at(self, x: Any, y: float) -> np.ndarray:
        x = self.axes.convert_xunits(x)
        return self.axes.transData.transform((x, y)) * 72 / self.axes.figure.dpi

    def _cost(self, box: np.ndarray) -> float:
        """Lines that it covers, and far more for another label or what lies left or below."""
        outside = (box[:2] < self.frame[:2] - 0.5).any() or (box[2:] > self.frame[2:] + 0.5).any()
        met = any(
            box[0] < b[2] + 2 and b[0] < box[2] + 2 and box[1] < b[3] and b[1] < box[3]
            for b in self.boxes
        )
        inside = ((self.points > box[:2]) & (self.points < box[2:])).all(axis=1).sum()
        return 3000 * outside + 1000 * met + float(inside)


def _box(at: np.ndarray, spot: Spot, width: float, height: float) -> np.ndarray:
    left = at[0] + spot.dx - {"left": 0, "center": width / 2, "right": width}[spot.ha]
    low = at[1] + spot.dy - {"bottom": 0, "center": height / 2, "top": height}[spot.va]
    return np.array([left, low, left + width, low + height])
