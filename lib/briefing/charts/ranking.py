"""The units' places by coverage, day by day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.charts import style
from briefing.charts.labels import spread
from briefing.messages import _

LIMIT = 24
"""More units than this can't be told apart: then the best, the last and the movers are drawn."""

MOVERS = 2
"""Units in each direction that are drawn strong: those that gained or lost the most places.

Twice as many at most, where several gained the same."""

_TOP, _BOTTOM, _ROW, _HIGH = 10.0, 18.0, 15.0, 330.0
_NAME, _PLACE, _DAY = 8.0, 8.0, 8.0


@dataclass(frozen=True)
class _Line:
    code: str
    name: str
    places: pd.Series
    carried: pd.Series
    strong: str

    @property
    def gained(self) -> int:
        """Places gained from the first known day to the last; negative when lost."""
        return int(self.places.iloc[0] - self.places.iloc[-1])


def rank_lines(history: pd.DataFrame, limit: int = LIMIT) -> Drawing:
    """The place of each unit by day, the highest coverage on top, names at the last day.

    Those that gained the most places are blue, those that lost the most orange and dashed; a
    carried figure is a hollow point. With more than `limit` units the best, the last and those
    that moved the most are drawn.

    Args:
        history: One row per unit and day. `report_date`, `unit_code`, `unit_name`, `rank` (1 the
            highest; missing without a figure), `carried` (bool).
        limit: How many units are drawn at most.
    """
    lines = _drawn(_lines(history), limit)
    lowest = max((int(line.places.max()) for line in lines), default=1)
    height = _TOP + min(max(_ROW * (len(lines) - 1), 30), max(_HIGH, _ROW * limit)) + _BOTTOM
    dates = pd.to_datetime(history["report_date"])
    names = [_label(line) for line in lines]
    right = max((style.text_width(n, _NAME, "bold") for n in names), default=0) + 14
    right = min(right, 0.5 * style.POINTS)
    left = 12 + style.text_width(formats.integer(lowest), _PLACE, "bold")
    with style.style():
        figure, axes = style.framed(height, left, right, _TOP, _BOTTOM)
        axes.set_ylim(lowest + 0.5 if lowest > 1 else 2, 0.5)
        axes.set_yticks([])
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        if len(lines):
            _days(axes, dates.min(), dates.max(), style.POINTS - left - right)
            _draw(axes, lines, height, lowest, right - 12)
    return figure


def rank_lines_alt(history: pd.DataFrame) -> str:
    """The place of each unit on the last day, and how many places it has gained or lost."""
    lines = sorted(_lines(history), key=lambda line: line.places.iloc[-1])
    places = "; ".join(f"{_label(line)} ({_moved(line)})" for line in lines)
    return _("Line chart of the units' places by day. Last day: {places}.", places=places)


def rank_lines_note(history: pd.DataFrame, limit: int = LIMIT) -> str:
    """How to read `rank_lines`; only what it really holds is explained."""
    lines = _lines(history)
    notes = []
    if any(line.strong == "up" for line in lines):
        notes.append(_("Solid blue line: gained the most places."))
    if any(line.strong == "down" for line in lines):
        notes.append(_("Dashed orange line: lost the most places."))
    if any(line.carried.any() for line in _drawn(lines, limit)):
        notes.append(_("Hollow point: carried over from an earlier day."))
    if len(lines) > limit:
        drawn = len(_drawn(lines, limit))
        notes.append(
            _("{n} of {all} units are drawn: the best, the last, and those that moved the most.",
              n=drawn, all=len(lines))
        )  # fmt: skip
    return " ".join(notes)


def _lines(history: pd.DataFrame) -> list[_Line]:
    known = history[history["rank"].notna()].sort_values("report_date", kind="stable")
    found = []
    for code, unit in known.groupby("unit_code", sort=True):
        days = pd.DatetimeIndex(pd.to_datetime(unit["report_date"]))
        places = pd.Series(unit["rank"].astype(int).to_numpy(), index=days)
        carried = pd.Series(unit["carried"].astype("boolean").fillna(False).to_numpy(bool), days)
        found.append(_Line(str(code), str(unit["unit_name"].iloc[0]), places, carried, ""))
    return _with_movers(found)


def _with_movers(lines: list[_Line]) -> list[_Line]:
    """The same, those that moved the most marked `up` or `down`."""
    up = _most({line.code: line.gained for line in lines})
    down = _most({line.code: -line.gained for line in lines})
    strong = {**dict.fromkeys(up, "up"), **dict.fromkeys(down, "down")}
    return [replace(line, strong=strong.get(line.code, "")) for line in lines]


def _most(gained: Mapping[str, int]) -> list[str]:
    """Those that gained the most; of many that gained the same none is singled out."""
    gains = sorted((places for places in gained.values() if places > 0), reverse=True)
    for least in dict.fromkeys(gains[:MOVERS][::-1]):
        found = [code for code, places in gained.items() if places >= least]
        if len(found) <= 2 * MOVERS:
            return found
    return []


def _drawn(lines: list[_Line], limit: int) -> list[_Line]:
    if len(lines) <= limit:
        return sorted(lines, key=_now)
    part = limit // 3
    ranked = sorted(lines, key=_now)
    movers = [line for line in lines if line.strong]
    chosen = {line.code: line for line in [*movers, *ranked[:part], *ranked[-part:]]}
    for line in sorted(lines, key=lambda line: (-abs(line.gained), line.name)):
        if len(chosen) < limit:
            chosen.setdefault(line.code, line)
    return sorted(chosen.values(), key=_now)


def _now(line: _Line) -> tuple[int, str]:
    return int(line.places.iloc[-1]), line.name


def _label(line: _Line) -> str:
    return f"{formats.integer(int(line.places.iloc[-1]))} {line.name}"


def _moved(line: _Line) -> str:
    if not line.gained:
        return _("no change")
    return _("{n} places", n=formats.signed_integer(line.gained))


def _draw(axes: Axes, lines: list[_Line], height: float, lowest: int, room: float) -> None:
    inside = height - _TOP - _BOTTOM
    span = lowest if lowest > 1 else 1.5
    own = [(float(line.places.iloc[-1]) - 0.5) / span * inside for line in lines]
    names = spread(own, 0.8 * _ROW, 4, inside - 4)
    starts = _starts(lines, inside / span)
    for line, at, name in zip(lines, own, names, strict=True):
        colour = {"up": style.ACCENT, "down": style.TARGET}.get(line.strong, style.PALE)
        axes.plot(
            line.places.index, line.places, color=colour, linewidth=2.2 if line.strong else 1.3,
            linestyle=(0, (4, 1.6)) if line.strong == "down" else "-",
            zorder=3 if line.strong else 2,
        )  # fmt: skip
        _points(axes, line, colour)
        _name(axes, line, colour, at - name, room)
        if line.code in starts:
            axes.annotate(
                formats.integer(int(line.places.iloc[0])),
                (line.places.index[0], line.places.iloc[0]), (-6, starts[line.code]),
                textcoords="offset points", va="center", ha="right", size=_PLACE, color=colour,
                weight="bold",
            )  # fmt: skip


def _starts(lines: list[_Line], pitch: float) -> dict[str, float]:
    """Where the first place of each mover is written: points above its first point.

    Args:
        pitch: Points from one place to the next.
    """
    movers = [line for line in lines if line.strong]
    own = [pitch * float(line.places.iloc[0] - 0.5) for line in movers]
    apart = spread(own, 0.8 * _ROW, -_ROW, max([*own, 0]) + _ROW)
    return {line.code: at - to for line, at, to in zip(movers, own, apart, strict=True)}


def _name(axes: Axes, line: _Line, colour: str, moved: float, room: float) -> None:
    """The unit beside its last point, or `moved` points above it."""
    weight = "bold" if line.strong else "normal"
    text = style.wrapped(_label(line), room, _NAME, "bold", lines=1)
    last = line.places.index[-1], line.places.iloc[-1]
    axes.annotate(
        text, last, (9, moved), textcoords="offset points", va="center", size=_NAME,
        color=colour if line.strong else style.INK, weight=weight,
    )  # fmt: skip
    if abs(moved) > 1:
        leader = {"arrowstyle": "-", "color": style.PALE, "linewidth": 0.7, "shrinkA": 0}
        axes.annotate("", last, (8, moved), textcoords="offset points", arrowprops=leader)


def _points(axes: Axes, line: _Line, colour: str) -> None:
    for carried, inside in ((False, colour), (True, style.PAPER)):
        shown = line.places[line.carried == carried]
        if len(shown):
            axes.plot(
                shown.index, shown, "o", color=colour, markerfacecolor=inside, markersize=4,
                markeredgewidth=1.2, zorder=4,
            )  # fmt: skip


def _days(axes: Axes, first: pd.Timestamp, last: pd.Timestamp, room: float) -> None:
    """The first and the last day, and those between for which there is room."""
    pad = (last - first) / 60 if last > first else pd.Timedelta(days=1)
    axes.set_xlim(first - pad, last + pad)
    widest = style.text_width(formats.day_short(last), _DAY) + 8
    step = max(1, -(-int(((last - first).days or 1) * widest) // int(room)))
    days = list(pd.date_range(last, first, freq=f"-{step}D"))
    axes.set_xticks(days, [formats.day_short(day) for day in days], size=_DAY)
