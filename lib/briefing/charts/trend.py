"""Coverage over days against the targets: one unit large, or many units small."""

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

SHORT, LONG = 15, 24
"""Letters of a unit's name that fit over a panel with four, and with three, in a row."""


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
    days = _daily(town)
    with style.style():
        figure = style.drawing(2.75)
        axes = figure.subplots()
        _targets(axes, targets)
        _required_paths(axes, days, targets)
        _line(axes, days)
        if baseline is not None:
            _baseline(axes, baseline)
        _scales(axes, days, targets)
    return figure


def town_trend_alt(town: pd.DataFrame, targets: Sequence[Target]) -> str:
    """What `town_trend` shows, in words and numbers."""
    known = _daily(town).dropna(subset="coverage")
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
    carried = (_daily(town)["installs_carried"] > 0).any()
    path = _("Dashed: the path that reaches each target on time.")
    if not carried:
        return path
    hollow = _("Hollow points rest partly on figures carried over from earlier days.")
    return f"{path} {hollow}"


def small_multiples(
    history: pd.DataFrame, targets: Sequence[Target] = (), across: int = 0
) -> Drawing:
    """One small panel per unit on one scale, the highest last figure first.

    Args:
        history: One row per unit and day. `report_date`, `unit_code`, `unit_name`, `coverage`
            (fraction, nullable), `carried` (bool).
        targets: Drawn as quiet lines in each panel.
        across: Panels in a row; 0 chooses by the length of the names.
    """
    units = _panels(history)
    dates = pd.to_datetime(history["report_date"])
    longest = max((len(name) for name, _days in units), default=0)
    across = across or (4 if longest <= SHORT else 3)
    with style.style():
        rows = max(1, math.ceil(len(units) / across))
        height = 0.3 + 0.98 * rows
        figure = style.drawing(height, layout="none")  # a fixed frame: far faster with many panels
        figure.subplots_adjust(
            left=0.09,
            right=0.99,
            top=1 - 0.36 / height,
            bottom=0.22 / height,
            hspace=0.95,
            wspace=0.1,
        )
        grid = figure.subplots(rows, across, sharex=True, sharey=True, squeeze=False).ravel()
        for axes, (name, days) in zip(grid, units, strict=False):
            _panel(axes, name, days, targets)
        for axes in grid[len(units) :]:
            axes.set_axis_off()
        if len(units):
            _panel_scales(list(grid[: len(units)]), across, history["coverage"], dates)
    return figure


def small_multiples_alt(history: pd.DataFrame) -> str:
    """The last figure of each unit, in the order of the panels."""
    lasts = "; ".join(f"{name}: {formats.percent(_last(days))}" for name, days in _panels(history))
    return _("Small line charts, one per unit, on one scale. Last figures: {lasts}.", lasts=lasts)


def _daily(table: pd.DataFrame) -> pd.DataFrame:
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
    if len(known):
        _latest(axes, known.index[-1], known["coverage"].iloc[-1])
    if len(known) > 1:
        _label(axes, known.index[0], known["coverage"].iloc[0], below=True)


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
    axes.xaxis.set_major_formatter(FuncFormatter(_day_label))
    room = (last - first) / 24 + pd.Timedelta(hours=8)
    axes.set_xlim(first - 1.6 * room, last + room / 2)


def _day_label(value: float, _position: int) -> str:
    return formats.day_short(dt.date(1970, 1, 1) + dt.timedelta(days=round(value)))


def _last(days: pd.DataFrame) -> float | None:
    known = days["coverage"].dropna()
    return None if known.empty else float(known.iloc[-1])


def _panels(history: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    carried = history["carried"].astype("boolean").fillna(False).astype(int)
    rows = history.assign(installs_carried=carried)
    panels = [
        (str(unit["unit_name"].iloc[0]), _daily(unit)) for _code, unit in rows.groupby("unit_code")
    ]
    return sorted(panels, key=lambda panel: (-(_last(panel[1]) or -1), panel[0]))


def _panel(axes: Axes, name: str, days: pd.DataFrame, targets: Sequence[Target]) -> None:
    for fraction, _date in targets:
        axes.axhline(fraction, color=style.TARGET, linewidth=0.7, zorder=1)
    axes.plot(days.index, days["coverage"], color=style.ACCENT, linewidth=1.6, zorder=3)
    carried = days[days["installs_carried"] > 0]
    axes.plot(
        carried.index, carried["coverage"], "o", color=style.ACCENT,
        markerfacecolor=style.PAPER, markersize=3.2, markeredgewidth=1, zorder=4,
    )  # fmt: skip
    short = name if len(name) <= LONG else name[: LONG - 1].rstrip() + "…"
    axes.set_title(short, loc="left", size=7.5, weight="bold", pad=13)
    axes.annotate(
        formats.percent(_last(days)), (0, 1), (0, 3), xycoords="axes fraction",
        textcoords="offset points", size=7.5, color=style.ACCENT,
    )  # fmt: skip


def _panel_scales(panels: list[Axes], across: int, values: pd.Series, dates: pd.Series) -> None:
    style.percent_axis(panels[0], style.next_step([float(v) for v in values.dropna()]), step=0.5)
    first, last = dates.min(), dates.max()
    panels[0].set_xticks([first, last] if last > first else [first])
    panels[0].xaxis.set_major_formatter(FuncFormatter(_day_label))
    for number, axes in enumerate(panels):
        axes.grid(axis="y")
        axes.spines["left"].set_visible(False)
        lowest = number + across >= len(panels)
        axes.tick_params(labelsize=7, labelbottom=lowest)
        for label, side in zip(axes.get_xticklabels(), ("left", "right"), strict=False):
            label.set_horizontalalignment(side)
