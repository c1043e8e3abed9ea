"""Many units small, each over days in a panel of its own, on one scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.charts import style
from briefing.charts.chart import Chart
from briefing.charts.trend import Target, daily
from briefing.messages import _

ROWS = 7
"""More rows of panels than this do not fit a page."""

_LEFT, _RIGHT, _BETWEEN = 32.0, 4.0, 12.0
_PANEL, _NAME_LINE, _VALUE_LINE, _UNDER, _DAYS, _STRIP = 38.0, 9.2, 10.0, 11.0, 12.0, 22.0
_NAME, _VALUE, _DAY = 7.5, 7.5, 7.0


@dataclass(frozen=True)
class _Unit:
    name: str
    last: float | None
    days: pd.DataFrame


@dataclass(frozen=True)
class _Scale:
    """From a day and a fraction to points inside a panel whose lower left corner is given."""

    first: pd.Timestamp
    last: pd.Timestamp
    top: float
    width: float

    def x(self, day: pd.Timestamp) -> float:
        if self.last == self.first:
            return self.width / 2
        return 4 + (self.width - 8) * ((day - self.first) / (self.last - self.first))

    def y(self, fraction: float) -> float:
        return -_PANEL * fraction / self.top


def small_multiples(
    history: pd.DataFrame,
    targets: Sequence[Target] = (),
    across: int = 0,
) -> Chart:
    """One small panel per unit on one scale, the highest last figure first.

    A day that stands alone between days without a figure is a point; a carried one is hollow.
    Of more units than a page holds those in the middle are left out, and their number is said.

    Args:
        history: One row per unit and day. `report_date`, `unit_code`, `unit_name`, `coverage`
            (fraction, nullable), `carried` (bool).
        targets: Drawn as quiet lines in each panel.
        across: Panels in a row; 0 chooses by the width of the names.
    """
    return Chart(partial(_drawn, history, targets, across), _alt(history), _note(history))


def _drawn(
    history: pd.DataFrame,
    targets: Sequence[Target],
    across: int,
) -> Drawing:
    units = _units(history)
    across = across or _across([unit.name for unit in units])
    width = _width(across)
    scale = _scale(history, units, width)
    upper, lower, skipped = _parts(units, ROWS * across, across)
    rows = [*_rows(upper, across), *_rows(lower, across)]
    named = [[style.wrapped(u.name, width, _NAME, "bold") for u in row] for row in rows]
    heads = [_NAME_LINE * (1 + any("\n" in n for n in names)) + _VALUE_LINE for names in named]
    height = sum(head + _PANEL + _UNDER for head in heads) + _DAYS + _STRIP * bool(skipped)
    with style.style():
        figure, axes = style.sheet(max(height, 20))
        draw, y = _Panels(axes, scale, [fraction for fraction, _date in targets]), 0.0
        for number, (row, names, head) in enumerate(zip(rows, named, heads, strict=True)):
            if skipped and number == len(_rows(upper, across)):
                words = _("{count} units between are not drawn", count=formats.integer(skipped))
                axes.text(_LEFT, y + _STRIP / 2, f"⋮  {words}", size=8, color=style.MUTED)
                y += _STRIP
            floor = y + head + _PANEL
            below = rows[number + 1] if number + 1 < len(rows) else []
            for column, (unit, name) in enumerate(zip(row, names, strict=True)):
                left = _LEFT + column * (width + _BETWEEN)
                draw.panel(unit, name, left, floor, days=column >= len(below))
            draw.fractions(floor)
            y = floor + _UNDER
        draw.lines()
    return figure


def _alt(history: pd.DataFrame) -> str:
    """The last figure of each unit, in the order of the panels."""
    lasts = "; ".join(f"{name}: {formats.percent(last)}" for _code, name, last in _last(history))
    return _("Small line charts, one per unit, on one scale. Last figures: {lasts}.", lasts=lasts)


def _note(history: pd.DataFrame) -> str:
    """How to read it; hollow points are explained only where there are some."""
    notes = [_("All panels have one scale; the lines across are the targets.")]
    if history["carried"].astype("boolean").fillna(False).any():
        notes.append(_("Hollow point: carried over from an earlier day."))
    return " ".join(notes)


def _width(across: int) -> float:
    return (style.POINTS - _LEFT - _RIGHT - (across - 1) * _BETWEEN) / across


def _across(names: Sequence[str]) -> int:
    """Three panels in a row; four where the names are short, or three would not hold all."""
    longest = max((style.text_width(name, _NAME, "bold") for name in names), default=0)
    return 4 if longest <= _width(4) or len(names) > 3 * ROWS else 3


def _last(history: pd.DataFrame) -> list[tuple[str, str, float | None]]:
    """Code, name and last figure of each unit, in the order of the panels."""
    figures = history["coverage"].astype("Float64").astype(float)
    grouped = history.assign(coverage=figures).sort_values("report_date").groupby("unit_code")
    lasts = grouped["coverage"].last()  # of those that are known
    names = history.drop_duplicates("unit_code").set_index("unit_code")["unit_name"]
    units = [
        (code, str(names[code]), None if pd.isna(last) else float(last))
        for code, last in lasts.items()
    ]
    return sorted(units, key=lambda unit: (-(unit[2] or -1), unit[1]))


def _units(history: pd.DataFrame) -> list[_Unit]:
    carried = history["carried"].astype("boolean").fillna(False).astype(int)
    own = dict(iter(history.assign(numerator_carried=carried).groupby("unit_code")))
    return [_Unit(name, last, daily(own[code])) for code, name, last in _last(history)]


def _scale(history: pd.DataFrame, units: Sequence[_Unit], width: float) -> _Scale:
    dates = pd.to_datetime(history["report_date"])
    values = [float(value) for unit in units for value in unit.days["coverage"].dropna()]
    return _Scale(dates.min(), dates.max(), style.next_step(values), width)


def _parts(units: list[_Unit], limit: int, across: int) -> tuple[list[_Unit], list[_Unit], int]:
    """All units; or whole rows of the highest and of the lowest, and how many are between."""
    if len(units) <= limit:
        return units, [], 0
    half = max(across, limit // 2 // across * across)
    return units[:half], units[-half:], len(units) - 2 * half


def _rows(units: Sequence[_Unit], across: int) -> list[list[_Unit]]:
    return [list(units[n : n + across]) for n in range(0, len(units), across)]


class _Panels:
    """Draws panel by panel; the lines of all are kept and drawn at once, which is far faster."""

    def __init__(self, axes: Axes, scale: _Scale, targets: Sequence[float]) -> None:
        self.axes, self.scale, self.targets = axes, scale, targets
        step = 0.5 if scale.top <= 2 else 1.0
        self.marks = [step * n for n in range(int(scale.top / step + 1e-9) + 1)]
        self.grid: list = []
        self.aims: list = []
        self.curves: list = []
        self.points: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
        self.named = self._named_days()

    def panel(self, unit: _Unit, name: str, left: float, floor: float, *, days: bool) -> None:
        """One unit; `days` names the first and last day below it."""
        self.grid += [self._across(mark, left, floor) for mark in self.marks]
        self.aims += [self._across(target, left, floor) for target in self.targets]
        top = floor - _PANEL
        self.axes.text(
            left, top - _VALUE_LINE - 1, name, size=_NAME, weight="bold", linespacing=1.02
        )
        self.axes.text(left, top - 2.5, formats.percent(unit.last), size=_VALUE, color=style.ACCENT)
        self._curve(unit.days, left, floor)
        if days:
            for day, side in self.named:
                self.axes.text(
                    left + self.scale.x(day), floor + 9, formats.day_short(day), size=_DAY,
                    color=style.MUTED, ha=side,
                )  # fmt: skip

    def fractions(self, floor: float) -> None:
        """The scale at the left of a row."""
        for mark in self.marks:
            self.axes.text(
                _LEFT - 4, floor + self.scale.y(mark), formats.target(mark), size=_DAY,
                color=style.MUTED, ha="right", va="center",
            )  # fmt: skip

    def lines(self) -> None:
        for lines, colour, width, order in (
            (self.grid, style.GRID, 0.7, 1),
            (self.aims, style.TARGET, 0.7, 2),
            (self.curves, style.ACCENT, 1.6, 3),
        ):
            collection = LineCollection(lines, colors=colour, linewidths=width, zorder=order)
            self.axes.add_collection(collection, autolim=False)
        for carried, points in self.points.items():
            if points:
                self.axes.plot(
                    *zip(*points, strict=True), "o", color=style.ACCENT, markersize=3.2,
                    markerfacecolor=style.PAPER if carried else style.ACCENT,
                    markeredgewidth=1, zorder=4,
                )  # fmt: skip

    def _across(self, fraction: float, left: float, floor: float) -> list[tuple[float, float]]:
        y = floor + self.scale.y(fraction)
        return [(left, y), (left + self.scale.width, y)]

    def _curve(self, days: pd.DataFrame, left: float, floor: float) -> None:
        carried = days["numerator_carried"] > 0
        for run in _runs(days["coverage"]):
            places = [(left + self.scale.x(day), floor + self.scale.y(value)) for day, value in run]
            if len(places) > 1:
                self.curves.append(places)
            for (day, _value), place in zip(run, places, strict=True):
                if carried[day] or len(places) == 1:
                    self.points[bool(carried[day])].append(place)

    def _named_days(self) -> list[tuple[pd.Timestamp, str]]:
        """The first and the last day, or the last alone where two labels would meet."""
        first, last = self.scale.first, self.scale.last
        if pd.isna(first):
            return []
        if first == last:
            return [(last, "center")]
        both = [(first, "left"), (last, "right")]
        wide = sum(style.text_width(formats.day_short(day), _DAY) for day, _side in both)
        return both if wide + _DAY <= 0.9 * self.scale.width else both[1:]


def _runs(values: pd.Series) -> Iterator[list[tuple[pd.Timestamp, float]]]:
    """Days and values, in parts between days without a value."""
    for known, run in groupby(values.items(), lambda one: pd.notna(one[1])):
        if known:
            yield list(run)
