"""Many units small, each over days in a panel of its own, on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter

from briefing import formats
from briefing.charts import style
from briefing.charts.trend import Target, daily, day_label
from briefing.messages import _

_LEFT, _RIGHT, _BETWEEN = 0.09, 0.99, 0.1
"""Edges as fractions of the figure's width, the space between panels as one of a panel's."""

_PANEL, _GAP, _TOP, _BOTTOM = 0.5, 0.5, 0.38, 0.22
"""Inches. `_GAP` and `_TOP` hold the name and the figure; `_LINE` more if a name needs two."""

_LINE = 0.13
_NAME, _DAY = 7.5, 7.0
"""Sizes of letters in points."""


def small_multiples(
    history: pd.DataFrame, targets: Sequence[Target] = (), across: int = 0
) -> Drawing:
    """One small panel per unit on one scale, the highest last figure first.

    A day that stands alone between days without a figure is a point; a carried one is hollow.

    Args:
        history: One row per unit and day. `report_date`, `unit_code`, `unit_name`, `coverage`
            (fraction, nullable), `carried` (bool).
        targets: Drawn as quiet lines in each panel.
        across: Panels in a row; 0 chooses by the width of the names.
    """
    units = _panels(history)
    dates = pd.to_datetime(history["report_date"])
    across = across or _across([name for name, _days in units])
    names = [style.wrapped(name, _width(across), _NAME, "bold") for name, _days in units]
    with style.style():
        figure, grid = _grid(names, across)
        for axes, name, (_name, days) in zip(grid, names, units, strict=False):
            _panel(axes, name, days, targets)
        for axes in grid[len(units) :]:
            axes.set_axis_off()
        if len(units):
            _scales(grid[: len(units)], across, history["coverage"], dates)
    return figure


def small_multiples_alt(history: pd.DataFrame) -> str:
    """The last figure of each unit, in the order of the panels."""
    lasts = "; ".join(f"{name}: {formats.percent(_last(days))}" for name, days in _panels(history))
    return _("Small line charts, one per unit, on one scale. Last figures: {lasts}.", lasts=lasts)


def _width(across: int) -> float:
    """Points of one panel."""
    return 72 * style.WIDTH * (_RIGHT - _LEFT) / (across + (across - 1) * _BETWEEN)


def _across(names: Sequence[str]) -> int:
    longest = max((style.text_width(name, _NAME, "bold") for name in names), default=0)
    return 4 if longest <= _width(4) else 3


def _grid(names: list[str], across: int) -> tuple[Drawing, list[Axes]]:
    """A fixed frame: far faster with many panels than one that is fitted to its contents."""
    rows = max(1, math.ceil(len(names) / across))
    top = _TOP + _LINE * any("\n" in name for name in names[:across])
    gap = _GAP + _LINE * any("\n" in name for name in names[across:])
    height = top + rows * _PANEL + (rows - 1) * gap + _BOTTOM
    figure = style.drawing(height, layout="none")
    figure.subplots_adjust(
        left=_LEFT, right=_RIGHT, top=1 - top / height, bottom=_BOTTOM / height,
        hspace=gap / _PANEL, wspace=_BETWEEN,
    )  # fmt: skip
    grid = figure.subplots(rows, across, sharex=True, sharey=True, squeeze=False)
    return figure, list(grid.ravel())


def _last(days: pd.DataFrame) -> float | None:
    known = days["coverage"].dropna()
    return None if known.empty else float(known.iloc[-1])


def _panels(history: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    carried = history["carried"].astype("boolean").fillna(False).astype(int)
    rows = history.assign(installs_carried=carried)
    panels = [
        (str(unit["unit_name"].iloc[0]), daily(unit)) for _code, unit in rows.groupby("unit_code")
    ]
    return sorted(panels, key=lambda panel: (-(_last(panel[1]) or -1), panel[0]))


def _panel(axes: Axes, name: str, days: pd.DataFrame, targets: Sequence[Target]) -> None:
    for fraction, _date in targets:
        axes.axhline(fraction, color=style.TARGET, linewidth=0.7, zorder=1)
    axes.plot(days.index, days["coverage"], color=style.ACCENT, linewidth=1.6, zorder=3)
    known, carried = days["coverage"].notna(), days["installs_carried"] > 0
    beside = known.shift(1, fill_value=False) | known.shift(-1, fill_value=False)
    for drawn, inside in ((known & carried, style.PAPER), (known & ~carried & ~beside, None)):
        axes.plot(
            days.index[drawn], days["coverage"][drawn], "o", color=style.ACCENT,
            markerfacecolor=inside or style.ACCENT, markersize=3.2, markeredgewidth=1, zorder=4,
        )  # fmt: skip
    axes.set_title(name, loc="left", size=_NAME, weight="bold", pad=13, linespacing=1.05)
    axes.annotate(
        formats.percent(_last(days)), (0, 1), (0, 3), xycoords="axes fraction",
        textcoords="offset points", size=7.5, color=style.ACCENT,
    )  # fmt: skip


def _scales(panels: list[Axes], across: int, values: pd.Series, dates: pd.Series) -> None:
    style.percent_axis(panels[0], style.next_step([float(v) for v in values.dropna()]), step=0.5)
    first, last = dates.min(), dates.max()
    room = (last - first) / 20 if last > first else pd.Timedelta(days=1)
    shown = _named_days(first, last, across)
    panels[0].set_xticks(shown)
    panels[0].set_xlim(first - room, last + room)
    panels[0].xaxis.set_major_formatter(FuncFormatter(day_label))
    sides = ("left", "right") if len(shown) > 1 else ("right" if last > first else "center",)
    for number, axes in enumerate(panels):
        axes.grid(axis="y")
        axes.spines["left"].set_visible(False)
        lowest = number + across >= len(panels)
        axes.tick_params(labelsize=_DAY, labelbottom=lowest)
        for label, side in zip(axes.get_xticklabels(), sides, strict=False):
            label.set_horizontalalignment(side)


def _named_days(first: pd.Timestamp, last: pd.Timestamp, across: int) -> list[pd.Timestamp]:
    """The first and the last day, or the last alone where two labels would meet."""
    days = [first, last] if last.date() > first.date() else [last]
    wide = sum(style.text_width(formats.day_short(day), _DAY) for day in days)
    return days if wide + _DAY <= 0.9 * _width(across) else days[-1:]
