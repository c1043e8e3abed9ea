"""Coverage of the whole over days, against its targets."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter

from briefing import formats
from briefing.charts import style
from briefing.charts.chart import Chart
from briefing.charts.labels import DOUBTFUL, Labels, Spot
from briefing.messages import _

Target = tuple[float, dt.date]
"""A fraction, and the day by which it has to be reached."""

Baseline = tuple[float, dt.datetime]

_HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 178, 34, 10, 14, 20
_DAY = 8.0
_BELOW = (
    Spot(2, -6, "left", "top"), Spot(0, -7, "center", "top"), Spot(0, 8, "right", "bottom"),
    Spot(-2, -7, "right", "top"), Spot(0, 9, "center", "bottom"), Spot(-9, 2, "right", "center"),
    Spot(9, -1, "left", "center"),
)  # fmt: skip
_ABOVE = (
    Spot(3, 8, "right", "bottom"), Spot(0, 9, "center", "bottom"), Spot(2, -8, "left", "top"),
    Spot(-4, -8, "right", "top"), Spot(0, 8, "left", "bottom"), Spot(6, -14, "left", "top"),
    Spot(0, 20, "center", "bottom"), Spot(0, -20, "center", "top"),
)  # fmt: skip
_FIRST = (
    Spot(-4, -6, "left", "top"), Spot(-4, 7, "left", "bottom"), Spot(0, -8, "center", "top"),
    Spot(-4, -15, "left", "top"),
)  # fmt: skip
_TARGET = (
    Spot(0, 5, "right", "bottom"), Spot(-8, -5, "right", "top"), Spot(0, 5, "left", "bottom"),
    Spot(0, -7, "center", "top"), Spot(-60, 4, "right", "bottom"), Spot(-60, -4, "right", "top"),
    Spot(-120, 4, "right", "bottom"), Spot(0, 16, "right", "bottom"),
)  # fmt: skip
_RANGE = (
    Spot(0, -4, "right", "top"), Spot(6, -4, "left", "top"), Spot(0, -5, "center", "top"),
    Spot(0, -16, "right", "top"), Spot(8, 12, "left", "bottom"), Spot(0, -28, "right", "top"),
    Spot(0, -40, "right", "top"), Spot(0, -52, "right", "top"), Spot(0, 34, "right", "bottom"),
    Spot(4, -24, "left", "top"),
)  # fmt: skip
"""Where each kind of label may stand, the best first: a rising line has room above to the left,
and below to the right."""


def whole_trend(
    whole: pd.DataFrame,
    targets: Sequence[Target],
    baseline: Baseline | None = None,
    projection: pd.DataFrame | None = None,
    size: tuple[float, float] = (style.POINTS, _HEIGHT),
) -> Chart:
    """Coverage by day, the targets at their dates, and the path that leads to each from here.

    A day without a figure leaves a gap. A point that rests partly on carried figures is hollow.

    Args:
        whole: One row per day. `report_date`, `coverage` (fraction), `numerator_carried` (persons).
        targets: Each a fraction and the day by which it has to be reached.
        baseline: A figure known from before the reports: fraction and moment.
        projection: Where it goes from here, drawn as a fan: `report_date`, `low`, `median`, `high`
            (fractions), days after the last figure.
        size: Width and height, in points.
    """
    return Chart(
        partial(_drawn, whole, targets, baseline, projection, size),
        _alt(whole, targets, projection),
        _note(whole, targets, projection),
    )


def _drawn(
    whole: pd.DataFrame,
    targets: Sequence[Target],
    baseline: Baseline | None,
    projection: pd.DataFrame | None,
    size: tuple[float, float],
) -> Drawing:
    days, ahead = daily(whole), _fan(whole, projection)
    with style.style():
        figure, axes = style.framed(size[1], _LEFT, _RIGHT, _TOP, _BOTTOM, size[0])
        _scales(axes, size[0], days, targets, ahead, baseline)
        labels = Labels(axes)
        _range(axes, labels, ahead)
        target_lines(axes, labels, targets)
        _required_paths(axes, labels, days, targets)
        _line(axes, labels, days)
        if baseline is not None:
            _mark_baseline(axes, baseline)
        _write(labels, days, targets, baseline, ahead)
    return figure


def _alt(whole: pd.DataFrame, targets: Sequence[Target], projection: pd.DataFrame | None) -> str:
    """What it shows, in words and numbers."""
    known = daily(whole).dropna(subset="coverage")
    aims = "; ".join(target_text(target) for target in targets)
    if known.empty:
        return _("Line chart of coverage by day: no figures yet. Targets: {aims}.", aims=aims)
    values = each_figure(known, [fraction for fraction, _date in targets])
    text = _("Line chart of coverage by day. {values}. Targets: {aims}.", values=values, aims=aims)
    ahead = _fan(whole, projection)
    if ahead.empty:
        return text
    last = ahead.iloc[-1]
    return f"{text} " + _(
        "Projected for {day}: {median}, in four cases of five between {low} and {high}.",
        day=formats.day_short(ahead.index[-1]),
        median=formats.percent(last["median"], 1),
        low=formats.percent(last["low"], 1),
        high=formats.percent(last["high"], 1),
    )


def _note(whole: pd.DataFrame, targets: Sequence[Target], projection: pd.DataFrame | None) -> str:
    """How to read it; only what the chart really holds is explained."""
    days, notes = daily(whole), []
    if any(_paths(days, targets)):
        notes.append(_("Dashed: the {rhythm} path that reaches each target on time."))
    if (days["numerator_carried"] > 0).any():
        notes.append(_("Hollow points rest partly on figures carried over from earlier {periods}."))
    notes += doubts_noted(days)
    if len(_fan(whole, projection)):
        notes.append(
            _("Pale fan: where the rate will lie in four cases of five if the pace goes on.")
        )
    return " ".join(notes)


def daily(table: pd.DataFrame) -> pd.DataFrame:
    """Coverage and carried persons by day; days between that are not in the table are missing."""
    days = pd.DataFrame(
        {
            "coverage": table["coverage"].astype("Float64").astype(float).to_numpy(),
            "numerator_carried": table["numerator_carried"].astype("Float64").fillna(0).to_numpy(),
            "in_doubt": table["in_doubt"].to_numpy(bool) if "in_doubt" in table else False,
        },
        index=pd.DatetimeIndex(pd.to_datetime(table["report_date"])),
    ).sort_index()
    if days.empty:
        return days
    days = days.asfreq(f"{spacing(days.index)}D")
    return days.assign(in_doubt=days["in_doubt"].eq(True))


def last_figure(days: pd.DataFrame, bounds: Sequence[float] = ()) -> str:
    """The last figure of `daily`, with the mark of one in doubt."""
    last = days.dropna(subset="coverage").iloc[-1]
    text = formats.percent(last["coverage"], bounds=bounds)
    return f"{text} {DOUBTFUL}" if last["in_doubt"] else text


def each_figure(known: pd.DataFrame, bounds: Sequence[float] = ()) -> str:
    """Every figure of `daily`, each after its day."""
    return "; ".join(
        f"{formats.day_short(day)}: {last_figure(known.loc[[day]], bounds)}" for day in known.index
    )


def mark_doubts(labels: Labels, days: pd.DataFrame) -> None:
    """A mark at every point in doubt but the last, whose figure bears it."""
    known = days.dropna(subset="coverage").iloc[:-1]
    for date, value in known.loc[known["in_doubt"], "coverage"].items():
        labels.write(
            DOUBTFUL, date, value, _ABOVE, must=True, color=style.TARGET, weight="bold", size=8.5
        )


def doubts_noted(days: pd.DataFrame) -> list[str]:
    """What the mark says, where there is one."""
    return [_("A question mark: to be checked.")] if days["in_doubt"].any() else []


def spacing(days: pd.DatetimeIndex) -> int:
    """Days from one report date to the next: 7 where all lie whole weeks apart, else 1."""
    apart = days.to_series().diff().dt.days.dropna()
    return 7 if len(apart) and (apart % 7).eq(0).all() else 1


def day_label(value: float, _position: int) -> str:
    return formats.day_short(dt.date(1970, 1, 1) + dt.timedelta(days=round(value)))


def _fan(whole: pd.DataFrame, projection: pd.DataFrame | None) -> pd.DataFrame:
    """The range by day, beginning as a point at the last figure; empty where there is none."""
    columns = ["low", "median", "high"]
    known = daily(whole)["coverage"].dropna()
    if projection is None or projection.empty or known.empty:
        return pd.DataFrame(columns=columns, dtype=float)
    days = pd.DatetimeIndex(pd.to_datetime(projection["report_date"]))
    ahead = projection[columns].astype("Float64").astype(float).set_index(days).sort_index()
    ahead = ahead[ahead.index > known.index[-1]].dropna()
    if ahead.empty:
        return ahead
    ahead.loc[known.index[-1]] = float(known.iloc[-1])
    return ahead.sort_index()


def target_text(target: Target) -> str:
    """A target and its day, as a chart names them."""
    fraction, date = target
    return f"{formats.target(fraction)} – {formats.day_short(date)}"


def _range(axes: Axes, labels: Labels, ahead: pd.DataFrame) -> None:
    if ahead.empty:
        return
    axes.fill_between(
        ahead.index, ahead["low"], ahead["high"], color=style.PALE, alpha=0.55, linewidth=0,
        zorder=1.5,
    )  # fmt: skip
    axes.plot(
        ahead.index, ahead["median"], color=style.ACCENT, linewidth=1.4,
        linestyle=(0, (1, 1.8)), zorder=2.5,
    )  # fmt: skip
    for edge in ("low", "median", "high"):
        labels.avoid(ahead.index, ahead[edge])


def target_lines(axes: Axes, labels: Labels, targets: Sequence[Target]) -> None:
    """A line for each target, marked on its day; nothing is written over it."""
    for fraction, date in targets:
        axes.axhline(fraction, color=style.TARGET, linewidth=0.9, alpha=0.9, zorder=1)
        axes.plot([pd.Timestamp(date)], [fraction], "D", color=style.TARGET, markersize=5)
        left, right = axes.get_xlim()
        labels.avoid([left, right], [fraction, fraction])


def _required_paths(
    axes: Axes, labels: Labels, days: pd.DataFrame, targets: Sequence[Target]
) -> None:
    for path in _paths(days, targets):
        axes.plot(*path, color=style.MUTED, linewidth=1, linestyle=(0, (4, 3)), zorder=2)
        labels.avoid(*path)


def _paths(days: pd.DataFrame, targets: Sequence[Target]) -> Iterator[tuple[list, list]]:
    """From the last figure to each target that is ahead, and above it."""
    known = days["coverage"].dropna()
    for fraction, date in targets if len(known) else ():
        if pd.Timestamp(date) > known.index[-1] and fraction > known.iloc[-1]:
            yield [known.index[-1], pd.Timestamp(date)], [known.iloc[-1], fraction]


def _line(axes: Axes, labels: Labels, days: pd.DataFrame) -> None:
    axes.plot(days.index, days["coverage"], color=style.ACCENT, linewidth=2, zorder=3)
    known = days.dropna(subset="coverage")
    labels.avoid(known.index, known["coverage"])
    hollow = known["numerator_carried"] > 0
    for points, inside in ((known[~hollow], style.ACCENT), (known[hollow], style.PAPER)):
        axes.plot(
            points.index, points["coverage"], "o", color=style.ACCENT, markerfacecolor=inside,
            markersize=5, markeredgewidth=1.4, zorder=4,
        )  # fmt: skip


def _moment(baseline: Baseline) -> pd.Timestamp:
    return pd.Timestamp(baseline[1]).tz_localize(None)


def _mark_baseline(axes: Axes, baseline: Baseline) -> None:
    axes.plot(
        [_moment(baseline)], [baseline[0]], "|", color=style.INK, markersize=13,
        markeredgewidth=1.4, zorder=5,
    )  # fmt: skip


def _write(
    labels: Labels,
    days: pd.DataFrame,
    targets: Sequence[Target],
    baseline: Baseline | None,
    ahead: pd.DataFrame,
) -> None:
    """The last figure and the targets always; the others where nothing is covered by them."""
    known = days["coverage"].dropna()
    aims = [fraction for fraction, _date in targets]
    if len(known):
        labels.write(
            last_figure(days, aims), known.index[-1], known.iloc[-1], _BELOW,
            must=True, color=style.ACCENT, weight="bold", size=10.5,
        )  # fmt: skip
    for target in targets:
        labels.write(
            target_text(target), pd.Timestamp(target[1]), target[0], _TARGET, must=True,
            color=style.TARGET, weight="bold", size=8.5,
        )  # fmt: skip
    if len(ahead):
        labels.write(
            _range_text(ahead), ahead.index[-1], ahead["low"].iloc[-1], _RANGE, must=True,
            color=style.INK, size=8,
        )  # fmt: skip
    first = known.iloc[: 1 if len(known) > 1 else 0]
    written = {day: formats.percent(value) for day, value in first.items()}
    if baseline is not None:
        at, text = _moment(baseline), formats.percent(baseline[0])
        if written.get(at.normalize()) != text:  # the same is written once
            labels.write(text, at, baseline[0], _ABOVE)
    for day, text in written.items():
        labels.write(text, day, first[day], _FIRST)
    mark_doubts(labels, days)


def _range_text(ahead: pd.DataFrame) -> str:
    last = ahead.iloc[-1]
    low, high = formats.percent(last["low"], 0), formats.percent(last["high"], 0)
    values = high if low == high else f"{low.removesuffix('%')}–{high}"
    return _("projected {day}: {range}", day=formats.day_short(ahead.index[-1]), range=values)


def _scales(
    axes: Axes,
    width: float,
    days: pd.DataFrame,
    targets: Sequence[Target],
    ahead: pd.DataFrame,
    baseline: Baseline | None,
) -> None:
    before = [] if baseline is None else [baseline[0]]
    values = [*days["coverage"], *(t for t, _d in targets), *ahead["high"], *before]
    top = style.next_step(values)
    style.percent_axis(axes, top, 0.2 if top <= 1.6 else 0.5)
    dates = [*days.index, *(pd.Timestamp(date) for _fraction, date in targets), *ahead.index]
    dates += [] if baseline is None else [_moment(baseline).normalize()]
    if not dates:
        return
    first, last = min(dates), max(dates)
    room = (last - first) / 24 + pd.Timedelta(hours=8)
    axes.set_xlim(first - 1.2 * room, last + room / 2)
    axes.set_xticks(_named_days(days.index, first, last, width))
    axes.xaxis.set_major_formatter(FuncFormatter(day_label))
    axes.tick_params(axis="x", labelsize=_DAY)


def _named_days(
    known: pd.DatetimeIndex, first: pd.Timestamp, last: pd.Timestamp, width: float
) -> list[pd.Timestamp]:
    """The first day and every so many after it that two labels do not meet; report dates only."""
    widest = max(style.text_width(formats.day_short(day), _DAY) for day in (first, last)) + 7
    at_most = max(1, int((width - _LEFT - _RIGHT) / widest) - 1)
    return ticks(known, first, last, at_most)


def ticks(
    known: pd.DatetimeIndex, first: pd.Timestamp, last: pd.Timestamp, at_most: int
) -> list[pd.Timestamp]:
    """At most so many steps from the first day to the last; report dates where they are weekly."""
    width = spacing(known)
    step = max(1, math.ceil((last - first).days / at_most / width)) * width
    return list(pd.date_range(first if width == 1 else known[0], last, freq=f"{step}D"))
