"""Who reported on which day."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.catalog.codes import STATUS
from briefing.charts import style
from briefing.charts.chart import Chart
from briefing.charts.labels import flow, gutter
from briefing.messages import _

_AWAITED = "not_due"
_MARKS: dict[str, dict[str, Any]] = {
    "on_time": {"marker": "s", "facecolor": style.ACCENT, "edgecolor": style.ACCENT},
    "late": {"marker": "s", "facecolor": style.PAPER, "edgecolor": style.ACCENT},
    "empty": {"marker": "o", "facecolor": style.PAPER, "edgecolor": style.MUTED},
    "unreadable": {"marker": "^", "facecolor": style.PAPER, "edgecolor": style.TARGET},
    "missing": {"marker": "x", "color": style.TARGET},
    _AWAITED: {"marker": "_", "color": style.MUTED},
}
"""Shape tells the status without colour."""

_DAYS, _ROW, _LINE, _KEY, _KEY_GAP = 16.0, 14.8, 9.5, 13.5, 8.0
_SIDE, _DAY, _COUNT, _WORDS = 32.0, 8.0, 8.0, 8.0
_SHARE = 0.4
_LONGEST = 100  # names of which one may need two lines; to measure a country's takes seconds
_PALE = 0.4


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


def reporting_grid(statuses: pd.DataFrame, due: Sequence | None = None, limit: int = 0) -> Chart:
    """One mark per unit and day; at the right how many days were reported on time.

    Only days on which reports were due are counted; the marks of others are pale. With more units
    than `limit` those with the fewest reports in time are drawn, the worst first, and the others
    are counted.

    Args:
        statuses: Index unit_name, columns dates; values `on_time`, `late`, `empty`, `unreadable`,
            `missing`, `not_due`, or missing where none has come and none was due.
        due: The columns that are days on which reports were due; all if not given.
        limit: How many units are drawn at most; 0: as many as a page holds.
    """
    return Chart(partial(_drawn, statuses, due, limit), _alt(statuses, due), _note(statuses, due))


def _drawn(statuses: pd.DataFrame, due: Sequence | None, limit: int) -> Drawing:
    longest = sorted(map(str, statuses.index), key=len)[-_LONGEST:]
    row = _ROW + _LINE * (gutter(longest, share=_SHARE).lines - 1)
    counted = _due(statuses, due)
    most = limit or int((style.TALLEST - _DAYS - 3 * _KEY) / row) - 1
    chosen = _worst(counted, most)
    drawn, rest = statuses.iloc[chosen], counted.iloc[sorted({*range(len(counted))} - {*chosen})]
    names = gutter([*map(str, drawn.index)], share=_SHARE)
    columns = max(drawn.shape[1], 1)
    pitch = min((style.POINTS - names.width - _SIDE) / columns, 24)
    cells = _Cells(names.width, pitch, row)
    used = [s for s in _MARKS if (statuses == s).to_numpy().any()]
    key = [_words(status, counted) for status in used]
    places = flow([12 + style.text_width(words, _WORDS) for words in key], style.POINTS - 4)
    below = _DAYS + row * (len(drawn) + bool(len(rest))) + _KEY_GAP
    height = below + _KEY * (max((r for r, _x in places), default=-1) + 1) + 2
    with style.style():
        figure, axes = style.sheet(height)
        _frame(axes, drawn.columns, names.names, cells)
        _counts(axes, counted.iloc[chosen], cells)
        for status in used:
            _marks(axes, drawn, counted.iloc[chosen].notna(), status, cells)
        if len(rest):
            _others(axes, rest, len(drawn), cells)
        for status, words, (line, x) in zip(used, key, places, strict=True):
            y = below + _KEY * (line + 0.5)
            _mark(axes, [x + 5], [y], status, 6.8)
            axes.text(x + 12, y, words, size=_WORDS, va="center")
    return figure


def _alt(statuses: pd.DataFrame, due: Sequence | None) -> str:
    """How many reports due there are of each status, and which units have any missing."""
    counted = _due(statuses, due)
    awaited = statuses.isin([_AWAITED]).to_numpy().any()
    marks = [status for status in _MARKS if awaited or status != _AWAITED]
    counts = "; ".join(_words(status, counted) for status in marks)
    missing = (counted == "missing").sum(axis=1)
    names = ", ".join(f"{name} ({formats.integer(n)})" for name, n in missing.items() if n)
    return _(
        "Grid of reports by unit and day. {counts}. Missing by unit: {names}.",
        counts=counts,
        names=names or formats.MISSING,
    )


def _note(statuses: pd.DataFrame, due: Sequence | None) -> str:
    """How to read it; only what it really holds is explained."""
    counted, notes = _due(statuses, due), []
    if counted.notna().to_numpy().any():
        notes.append(_("At the right: days reported on time, of the days due."))
    apart = statuses.notna() & counted.isna() & ~statuses.isin([_AWAITED])
    if apart.to_numpy().any():
        notes.append(_("Pale marks: days on which no report was due; they are not counted."))
    if statuses.isna().to_numpy().any():
        notes.append(_("Empty: none was due, and none has come."))
    return " ".join(notes)


def _due(statuses: pd.DataFrame, due: Sequence | None) -> pd.DataFrame:
    """The statuses of days that are due; missing on the others, and before the deadline."""
    counted = statuses.astype(object).mask(statuses.isin([_AWAITED]), None)
    if due is not None:
        counted.loc[:, ~statuses.columns.isin(list(due))] = None
    return counted


def _words(status: str, counted: pd.DataFrame) -> str:
    """The status, with how many reports due have it, once any has been due."""
    if status == _AWAITED or not counted.notna().to_numpy().any():
        return str(STATUS[status])
    count = int((counted == status).to_numpy().sum())
    return f"{STATUS[status]} ({formats.integer(count)})"


def _worst(counted: pd.DataFrame, limit: int) -> list[int]:
    """Positions of the units to be drawn, the worst first where not all are."""
    if len(counted) <= limit:
        return list(range(len(counted)))
    lacking = counted.notna().sum(axis=1) - (counted == "on_time").sum(axis=1)
    return sorted(range(len(lacking)), key=lambda n: (-lacking.iloc[n], n))[:limit]


def _marks(axes: Axes, drawn: pd.DataFrame, due: pd.DataFrame, status: str, cells: _Cells) -> None:
    for strong in (True, False):
        rows, columns = ((drawn == status) & (due == strong)).to_numpy().nonzero()
        if len(rows):
            x, y = [cells.x(c) for c in columns], [cells.y(r) for r in rows]
            _mark(axes, x, y, status, cells.mark, 1.0 if strong else _PALE)


def _mark(
    axes: Axes, x: list[float], y: list[float], status: str, side: float, alpha: float = 1.0
) -> None:
    size = side**2 * (0.7 if status == "missing" else 1.0)
    look = _MARKS[status] | ({} if alpha == 1 else {"alpha": alpha})
    axes.scatter(x, y, s=size, linewidth=min(1.5, side / 4.5), **look)


def _frame(axes: Axes, columns: pd.Index, names: tuple[str, ...], cells: _Cells) -> None:
    for row, name in enumerate(names):
        axes.text(
            cells.left - 6, cells.y(row), name, size=8.5, ha="right", va="center", linespacing=1.0
        )
    days = [formats.day_short(day) for day in columns]
    step = _label_step(days, cells.pitch)
    for column, day in enumerate(days):
        if column % step == 0:
            axes.text(cells.x(column), _DAYS - 4, day, size=_DAY, color=style.MUTED, ha="center")


def _counts(axes: Axes, counted: pd.DataFrame, cells: _Cells) -> None:
    """Days in time, of those due, at the right of each unit for which any was due."""
    due = counted.notna().sum(axis=1)
    in_time = (counted == "on_time").sum(axis=1)
    x = cells.left + cells.pitch * counted.shape[1] + 5
    for row, (done, of) in enumerate(zip(in_time, due, strict=True)):
        if of:
            text = f"{formats.integer(int(done))}/{formats.integer(int(of))}"
            axes.text(x, cells.y(row), text, size=_COUNT, color=style.MUTED, va="center")


def _others(axes: Axes, rest: pd.DataFrame, row: int, cells: _Cells) -> None:
    """The units that are not drawn, counted together."""
    count, due = formats.integer(len(rest)), int(rest.notna().to_numpy().sum())
    words = _("{count} other units", count=count)
    if due:
        words = _(
            "{count} other units: {in_time} of {due} on time",
            count=count,
            in_time=formats.integer(int((rest == "on_time").to_numpy().sum())),
            due=formats.integer(due),
        )
    axes.text(4, cells.y(row), f"⋮  {words}", size=8, color=style.MUTED, va="center")


def _label_step(names: list[str], pitch: float) -> int:
    """Every how many days the day is written, so that two do not meet."""
    widest = max((style.text_width(name, _DAY) for name in names), default=0) + 4
    return max(1, math.ceil(widest / pitch))
