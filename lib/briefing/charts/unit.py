"""One unit's coverage over time, beside that of the whole and the targets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter

from briefing.charts import style
from briefing.charts.chart import Chart
from briefing.charts.labels import Labels, Spot
from briefing.charts.trend import (
    Target,
    daily,
    day_label,
    doubts_noted,
    each_figure,
    last_figure,
    mark_doubts,
    target_lines,
    target_text,
    ticks,
)
from briefing.messages import _

_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 10, 14, 20
_SMALL = 8.0
_BESIDE = (
    Spot(8, 0, "left", "center"), Spot(8, 1, "left", "bottom"), Spot(8, -1, "left", "top"),
    Spot(8, 6, "left", "bottom"), Spot(8, -6, "left", "top"), Spot(8, 14, "left", "bottom"),
    Spot(8, -14, "left", "top"), Spot(-2, 9, "right", "bottom"), Spot(-2, -9, "right", "top"),
    Spot(-2, -20, "right", "top"), Spot(-2, 20, "right", "bottom"),
)  # fmt: skip
_TARGET = (
    Spot(0, 5, "right", "bottom"), Spot(8, -5, "left", "top"), Spot(-8, -5, "right", "top"),
    Spot(0, 5, "left", "bottom"), Spot(-60, 4, "right", "bottom"),
)  # fmt: skip
"""Where each kind of label may stand, the best first."""
_OPPOSITE = {"top": "bottom", "bottom": "top", "center": "center"}
_BESIDE_BELOW = tuple(Spot(s.dx, -s.dy, s.ha, _OPPOSITE[s.va]) for s in _BESIDE)


def unit_trend(
    unit: pd.DataFrame, total: pd.DataFrame, targets: Sequence[Target], name: str, whole: str
) -> Chart:
    """The unit as a strong line, the whole as a quiet one, and the targets at their dates.

    A day without a figure leaves a gap; a figure that is carried over is hollow.

    Args:
        unit, total: One row per day. `report_date`, `coverage` (fraction), `numerator_carried`
            (persons).
        targets: Each a fraction and the day by which it has to be reached.
        name, whole: How the two lines are called.
    """
    return Chart(
        partial(_drawn, unit, total, targets, name, whole),
        _alt(unit, total, targets, name, whole),
        _note(unit),
    )


def _drawn(
    unit: pd.DataFrame, total: pd.DataFrame, targets: Sequence[Target], name: str, whole: str
) -> Drawing:
    own, all_of_it = daily(unit), daily(total)
    with style.style():
        width, height = style.BESIDE
        figure, axes = style.framed(height, _LEFT, _RIGHT, _TOP, _BOTTOM, width)
        _scales(axes, own, all_of_it, targets)
        labels = Labels(axes)
        _targets(axes, labels, targets)
        _whole(axes, labels, all_of_it)
        _own(axes, labels, own)
        _names(labels, own, all_of_it, name, whole)
    return figure


def _alt(
    unit: pd.DataFrame, total: pd.DataFrame, targets: Sequence[Target], name: str, whole: str
) -> str:
    """What it shows, in words and numbers."""
    return _(
        "Line chart of coverage by day. {name}: {own}. {whole}: {all}. Targets: {aims}.",
        name=name,
        own=_values(daily(unit)),
        whole=whole,
        all=_values(daily(total)),
        aims="; ".join(target_text(target) for target in targets),
    )


def _note(unit: pd.DataFrame) -> str:
    """What its marks mean; hollow points, where there are some."""
    marks = _("Solid: the unit; dotted: the whole; diamonds: targets and their days.")
    days, notes = daily(unit), [marks]
    if (days["numerator_carried"] > 0).any():
        notes.append(_("Hollow points are carried over from {before}: no report of the {period}."))
    return " ".join([*notes, *doubts_noted(days)])


def _values(days: pd.DataFrame) -> str:
    return each_figure(days.dropna(subset="coverage")) or _("no figures yet")


def _targets(axes: Axes, labels: Labels, targets: Sequence[Target]) -> None:
    target_lines(axes, labels, targets)
    for fraction, date in targets:
        labels.write(
            target_text((fraction, date)), pd.Timestamp(date), fraction, _TARGET, must=True,
            color=style.TARGET, weight="bold",
        )  # fmt: skip


def _whole(axes: Axes, labels: Labels, days: pd.DataFrame) -> None:
    axes.plot(
        days.index, days["coverage"], color=style.MUTED, linewidth=1.4,
        linestyle=(0, (1.5, 1.5)), zorder=2,
    )  # fmt: skip
    known = days["coverage"].dropna()
    axes.plot(known.index[-1:], known.iloc[-1:], "s", color=style.MUTED, markersize=4, zorder=3)
    labels.avoid(days.index, days["coverage"])


def _own(axes: Axes, labels: Labels, days: pd.DataFrame) -> None:
    axes.plot(days.index, days["coverage"], color=style.ACCENT, linewidth=2.2, zorder=4)
    for date, day in days.dropna(subset="coverage").iterrows():
        inside = style.PAPER if day["numerator_carried"] > 0 else style.ACCENT
        axes.plot(
            [date], [day["coverage"]], "o", color=style.ACCENT, markerfacecolor=inside,
            markersize=5, markeredgewidth=1.4, zorder=5,
        )  # fmt: skip
    labels.avoid(days.index, days["coverage"])


def _scales(axes: Axes, own: pd.DataFrame, whole: pd.DataFrame, targets: Sequence[Target]) -> None:
    """The axes from the first day known to the last target."""
    values = [*own["coverage"], *whole["coverage"], *(t for t, _d in targets)]
    style.percent_axis(axes, style.next_step(values))
    known = [*own["coverage"].dropna().index, *whole["coverage"].dropna().index]
    dates = [*known, *own.index[-1:], *(pd.Timestamp(date) for _fraction, date in targets)]
    if not dates:
        return
    first, last = min(dates), max(dates)
    axes.set_xticks(ticks(own.index, first, last, 8))
    axes.xaxis.set_major_formatter(FuncFormatter(day_label))
    room = (last - first) / 24 + pd.Timedelta(hours=8)
    axes.set_xlim(first - room, last + room / 2)


def _names(
    labels: Labels, own: pd.DataFrame, whole: pd.DataFrame, name: str, whole_name: str
) -> None:
    """Each line is called by its name and last figure; the higher one looks above first."""
    coverage, all_of_it = own["coverage"].dropna(), whole["coverage"].dropna()
    above = coverage.empty or all_of_it.empty or coverage.iloc[-1] >= all_of_it.iloc[-1]
    for days, known, called, color, weight, higher in (
        (own, coverage, name, style.ACCENT, "bold", above),
        (whole, all_of_it, whole_name, style.MUTED, "normal", not above),
    ):
        if len(known):
            labels.write(
                f"{called}: {last_figure(days)}", known.index[-1], known.iloc[-1],
                _BESIDE if higher else _BESIDE_BELOW,
                must=True, color=color, weight=weight, size=_SMALL,
            )  # fmt: skip
    mark_doubts(labels, own)
