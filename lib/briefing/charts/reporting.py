"""Who reported on which day."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.charts import style
from briefing.charts.labels import flow, gutter
from briefing.messages import _

_MARKS = {
    "on_time": {"marker": "s", "facecolor": style.ACCENT, "edgecolor": style.ACCENT},
    "late": {"marker": "s", "facecolor": style.PAPER, "edgecolor": style.ACCENT},
    "empty": {"marker": "o", "facecolor": style.PAPER, "edgecolor": style.MUTED},
    "unreadable": {"marker": "^", "facecolor": style.PAPER, "edgecolor": style.TARGET},
    "missing": {"marker": "x", "color": style.TARGET},
}
"""Shape tells the status without colour."""

_DAYS, _ROW, _LINE, _KEY, _KEY_GAP = 16.0, 14.8, 9.5, 13.5, 8.0
_SIDE, _DAY, _COUNT, _WORDS = 32.0, 8.0, 8.0, 8.0
_SHARE = 0.4


@dataclass(frozen=True)
class _Cells:
    """Where the marks stand on the sheet, in points."""

    left: float
    pitch: float
    row: float

    def x(self, column: float) -> float:
        return self.left + (column + 0.5) * self.pitch

    def y(self, row: float) -> float:
        return _DAYS + (row + 0.5) * self.row

    @property
    def mark(self) -> float:
        """Side of a mark: smaller where the days stand close."""
        return min(7.2, 0.72 * self.pitch)


def reporting_grid(statuses: pd.DataFrame, limit: int = 0) -> Drawing:
    """One mark per unit and day; at the right how many days were reported on time.

    With more units than `limit` those with the fewest reports in time are drawn, the worst first,
    and the others are counted.

    Args:
        statuses: Index unit_name, columns dates; values `on_time`, `late`, `empty`, `unreadable`,
            `missing`, or missing for a day that is not due yet.
        limit: How many units are drawn at most; 0: as many as a page holds.
    """
    row = _ROW + _LINE * (gutter([*map(str, statuses.index)], share=_SHARE).lines - 1)
    drawn = _worst(statuses, limit or int((style.TALLEST - _DAYS - 3 * _KEY) / row) - 1)
    names = gutter([*map(str, drawn.index)], share=_SHARE)
    columns = max(drawn.shape[1], 1)
    pitch = min((style.POINTS - names.width - _SIDE) / columns, 24)
    cells = _Cells(names.width, pitch, row)
    rest = statuses.drop(index=drawn.index) if len(drawn) < len(statuses) else statuses.head(0)
    used = [s for s in _MARKS if (statuses == s).to_numpy().any()]
    key = [_words(status, statuses) for status in used]
    places = flow([12 + style.text_width(words, _WORDS) for words in key], style.POINTS - 4)
    below = _DAYS + row * (len(drawn) + bool(len(rest))) + _KEY_GAP
    height = below + _KEY * (max((r for r, _x in places), default=-1) + 1) + 2
    with style.style():
        figure, axes = style.sheet(height)
        _frame(axes, drawn, names.names, cells)
        for status in used:
            _marks(axes, drawn, status, cells)
        if len(rest):
            _others(axes, rest, len(drawn), cells)
        for status, words, (line, x) in zip(used, key, places, strict=True):
            y = below + _KEY * (line + 0.5)
            _mark(axes, [x + 5], [y], status, 6.8)
            axes.text(x + 12, y, words, size=_WORDS, va="center")
    return figure


def reporting_grid_alt(statuses: pd.DataFrame) -> str:
    """How many reports there are of each status, and which units have any missing."""
    counts = "; ".join(_words(status, statuses) for status in _MARKS)
    missing = (statuses == "missing").sum(axis=1)
    names = ", ".join(f"{name} ({formats.integer(n)})" for name, n in missing.items() if n)
    return _(
        "Grid of reports by unit and day. {counts}. Missing by unit: {names}.",
        counts=counts,
        names=names or formats.MISSING,
    )


def reporting_grid_note(statuses: pd.DataFrame) -> str:
    """How to read `reporting_grid`."""
    return _("At the right: days reported on time, of the days due. Empty: not due.")


def status_word(status: str) -> str:
    """A reporting status in the language in force."""
    return {
        "on_time": _("on time"),
        "late": _("late"),
        "empty": _("empty or copied"),
        "unreadable": _("unreadable"),
        "missing": _("missing"),
    }[status]


def _words(status: str, statuses: pd.DataFrame) -> str:
    count = int((statuses == status).to_numpy().sum())
    return f"{status_word(status)} ({formats.integer(count)})"


def _worst(statuses: pd.DataFrame, limit: int) -> pd.DataFrame:
    if len(statuses) <= limit:
        return statuses
    lacking = statuses.notna().sum(axis=1) - (statuses == "on_time").sum(axis=1)
    order = sorted(range(len(lacking)), key=lambda n: (-lacking.iloc[n], n))
    return statuses.iloc[order[:limit]]


def _marks(axes: Axes, drawn: pd.DataFrame, status: str, cells: _Cells) -> None:
    rows, columns = (drawn == status).to_numpy().nonzero()
    if len(rows):
        x, y = [cells.x(c) for c in columns], [cells.y(r) for r in rows]
        _mark(axes, x, y, status, cells.mark)


def _mark(axes: Axes, x: list[float], y: list[float], status: str, side: float) -> None:
    size = side**2 * (0.7 if status == "missing" else 1.0)
    axes.scatter(x, y, s=size, linewidth=min(1.5, side / 4.5), **_MARKS[status])


def _frame(axes: Axes, drawn: pd.DataFrame, names: tuple[str, ...], cells: _Cells) -> None:
    due = drawn.notna().sum(axis=1)
    in_time = (drawn == "on_time").sum(axis=1)
    right = cells.left + cells.pitch * drawn.shape[1] + 5
    for row, (name, done, of) in enumerate(zip(names, in_time, due, strict=True)):
        y = cells.y(row)
        axes.text(cells.left - 6, y, name, size=8.5, ha="right", va="center", linespacing=1.0)
        _count(axes, right, y, done, of)
    days = [formats.day_short(day) for day in drawn.columns]
    step = _label_step(days, cells.pitch)
    for column, day in enumerate(days):
        if column % step == 0:
            axes.text(cells.x(column), _DAYS - 4, day, size=_DAY, color=style.MUTED, ha="center")


def _count(axes: Axes, x: float, y: float, done: int, of: int) -> None:
    text = f"{formats.integer(done)}/{formats.integer(of)}"
    axes.text(x, y, text, size=_COUNT, color=style.MUTED, va="center")


def _others(axes: Axes, rest: pd.DataFrame, row: int, cells: _Cells) -> None:
    """The units that are not drawn, counted together."""
    words = _(
        "{count} other units: {in_time} of {due} on time",
        count=formats.integer(len(rest)),
        in_time=formats.integer(int((rest == "on_time").to_numpy().sum())),
        due=formats.integer(int(rest.notna().to_numpy().sum())),
    )
    axes.text(4, cells.y(row), f"⋮  {words}", size=8, color=style.MUTED, va="center")


def _label_step(names: list[str], pitch: float) -> int:
    """Every how many days the day is written, so that two do not meet."""
    widest = max((style.text_width(name, _DAY) for name in names), default=0) + 4
    return max(1, math.ceil(widest / pitch))
