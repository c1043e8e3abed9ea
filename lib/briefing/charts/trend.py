"""Coverage of the whole over days, against its targets."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter

from briefing import formats
from briefing.charts import style
from briefing.messages import _

Target = tuple[float, dt.date]
"""A fraction, and the day by which it has to be reached."""

Baseline = tuple[float, dt.datetime]

_NEAR = 0.13
"""Share of the chart's width below which the figures of two days would touch."""


def town_trend(
    town: pd.DataFrame, targets: Sequence[Target], baseline: Baseline | None = None
) -> Drawing:
    """Coverage by day, the targets at their dates, and the path that leads to each from here.

    A day without a figure leaves a gap. A point that rests partly on carried figures is hollow.

    Args:
        town: One row per day. `report_date`, `coverage` (fraction), `installs_carried` (persons).
        targets: Each a fraction and the day by which it has to be reached.
        baseline: A figure known from before the reports: fraction and moment.
    """
    days = daily(town)
    with style.style():
        figure = style.drawing(2.75)
        axes = figure.subplots()
        _targets(axes, targets)
        _required_paths(axes, days, targets)
        _line(axes, days)
        if baseline is not None:
            _baseline(axes, baseline)
        _scales(axes, days, targets)
        _ends(axes, days)
    return figure


def town_trend_alt(town: pd.DataFrame, targets: Sequence[Target]) -> str:
    """What `town_trend` shows, in words and numbers."""
    known = daily(town).dropna(subset="coverage")
    aims = "; ".join(_aim(target) for target in targets)
    if known.empty:
        return _("Line chart of coverage by day: no figures yet. Targets: {aims}.", aims=aims)
    values = "; ".join(
        f"{formats.day_short(date)}: {formats.percent(value, bounds=[t for t, _date in targets])}"
        for date, value in known["coverage"].items()
    )
    return _("Line chart of coverage by day. {values}. Targets: {aims}.", values=values, aims=aims)


def town_trend_note(town: pd.DataFrame) -> str:
    """How to read `town_trend`; the hollow points are explained only when there are some."""
    carried = (daily(town)["installs_carried"] > 0).any()
    path = _("Dashed: the path that reaches each target on time.")
    if not carried:
        return path
    hollow = _("Hollow points rest partly on figures carried over from earlier days.")
    return f"{path} {hollow}"


def daily(table: pd.DataFrame) -> pd.DataFrame:
    """Coverage and carried persons by day; days between that are not in the table are missing."""
    days = pd.DataFrame(
        {
            "coverage": table["coverage"].astype("Float64").astype(float).to_numpy(),
            "installs_carried": table["installs_carried"].astype("Float64").fillna(0).to_numpy(),
        },
        index=pd.DatetimeIndex(pd.to_datetime(table["report_date"])),
    ).sort_index()
    return days if days.empty else days.asfreq("D")


def _aim(target: Target) -> str:
    fraction, date = target
    return f"{formats.target(fraction)} – {formats.day_short(date)}"


def _targets(axes: Axes, targets: Sequence[Target]) -> None:
    for fraction, date in targets:
        axes.axhline(fraction, color=style.TARGET, linewidth=0.9, alpha=0.9, zorder=1)
        axes.plot([pd.Timestamp(date)], [fraction], "D", color=style.TARGET, markersize=5)
        axes.annotate(
            _aim((fraction, date)),
            (pd.Timestamp(date), fraction),
            (0, 5),
            textcoords="offset points",
            ha="right",
            color=style.TARGET,
            weight="bold",
        )


def _required_paths(axes: Axes, days: pd.DataFrame, targets: Sequence[Target]) -> None:
    known = days["coverage"].dropna()
    if known.empty:
        return
    last, value = known.index[-1], known.iloc[-1]
    for fraction, date in targets:
        if pd.Timestamp(date) > last and fraction > value:
            axes.plot(
                [last, pd.Timestamp(date)], [value, fraction], color=style.MUTED,
                linewidth=1, linestyle=(0, (4, 3)), zorder=2,
            )  # fmt: skip


def _line(axes: Axes, days: pd.DataFrame) -> None:
    axes.plot(days.index, days["coverage"], color=style.ACCENT, linewidth=2, zorder=3)
    known = days.dropna(subset="coverage")
    for date, day in known.iterrows():
        inside = style.PAPER if day["installs_carried"] > 0 else style.ACCENT
        axes.plot(
            [date], [day["coverage"]], "o", color=style.ACCENT, markerfacecolor=inside,
            markersize=5, markeredgewidth=1.4, zorder=4,
        )  # fmt: skip


def _ends(axes: Axes, days: pd.DataFrame) -> None:
    """The last figure, and the first where it stands far enough from the last."""
    known = days["coverage"].dropna()
    if known.empty:
        return
    _latest(axes, known.index[-1], known.iloc[-1])
    left, right = axes.get_xlim()
    if (known.index[-1] - known.index[0]).days > _NEAR * (right - left):
        _label(axes, known.index[0], known.iloc[0], below=True)


def _latest(axes: Axes, date: pd.Timestamp, value: float) -> None:
    axes.annotate(
        formats.percent(value), (date, value), (2, -15), textcoords="offset points",
        color=style.ACCENT, weight="bold", size=10.5,
    )  # fmt: skip


def _label(axes: Axes, date: pd.Timestamp, value: float, below: bool = False) -> None:
    """Beside a rising line there is room above to the left, and below to the right."""
    axes.annotate(
        formats.percent(value), (date, value), (-4, -14) if below else (3, 8),
        textcoords="offset points", ha="left" if below else "right", size=8,
    )  # fmt: skip


def _baseline(axes: Axes, baseline: Baseline) -> None:
    fraction, moment = baseline
    date = pd.Timestamp(moment).tz_localize(None)
    axes.plot(
        [date], [fraction], "|", color=style.INK, markersize=13, markeredgewidth=1.4, zorder=5,
    )  # fmt: skip
    _label(axes, date, fraction)


def _scales(axes: Axes, days: pd.DataFrame, targets: Sequence[Target]) -> None:
    style.percent_axis(axes, style.next_step([*days["coverage"], *(t for t, _d in targets)]))
    dates = [*days.index, *(pd.Timestamp(date) for _fraction, date in targets)]
    if not dates:
        return
    first, last = min(dates), max(dates)
    at_most = 10 if len(formats.day_short(first)) <= 5 else 6
    step = max(1, math.ceil((last - first).days / at_most))
    axes.set_xticks(list(pd.date_range(first, last, freq=f"{step}D")))
    axes.xaxis.set_major_formatter(FuncFormatter(day_label))
    room = (last - first) / 24 + pd.Timedelta(hours=8)
    axes.set_xlim(first - 1.6 * room, last + room / 2)


def day_label(value: float, _position: int) -> str:
    return formats.day_short(dt.date(1970, 1, 1) + dt.timedelta(days=round(value)))
