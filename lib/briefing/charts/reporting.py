"""Who reported on which day."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.charts import style
from briefing.messages import _

_MARKS = {
    "on_time": {"marker": "s", "facecolor": style.ACCENT, "edgecolor": style.ACCENT},
    "late": {"marker": "s", "facecolor": style.PAPER, "edgecolor": style.ACCENT},
    "empty": {"marker": "o", "facecolor": style.PAPER, "edgecolor": style.MUTED},
    "unreadable": {"marker": "^", "facecolor": style.PAPER, "edgecolor": style.TARGET},
    "missing": {"marker": "x", "color": style.TARGET},
}
"""Shape tells the status without colour."""

_ROOM = 0.96
"""Share of the figure's width that the legend may take."""


def reporting_grid(statuses: pd.DataFrame) -> Drawing:
    """One mark per unit and day; at the right how many days were reported on time.

    Args:
        statuses: Index unit_name, columns dates; values `on_time`, `late`, `empty`, `unreadable`,
            `missing`, or missing for a day that is not due yet.
    """
    with style.style():
        figure = style.drawing(0.4 + 0.205 * max(len(statuses), 1))
        axes = figure.subplots()
        for status, mark in _MARKS.items():
            rows, columns = (statuses == status).to_numpy().nonzero()
            if len(rows):
                axes.scatter(
                    columns, rows, s=52 if status != "missing" else 34, linewidth=1.5,
                    label=f"{status_word(status)} ({formats.integer(len(rows))})", **mark,
                )  # fmt: skip
        _frame(axes, statuses)
        _legend(figure, *axes.get_legend_handles_labels())
    return figure


def reporting_grid_alt(statuses: pd.DataFrame) -> str:
    """How many reports there are of each status, and which units have any missing."""
    counts = "; ".join(
        f"{status_word(s)}: {formats.integer(int((statuses == s).to_numpy().sum()))}"
        for s in _MARKS
    )
    missing = (statuses == "missing").sum(axis=1)
    names = ", ".join(f"{name} ({formats.integer(n)})" for name, n in missing.items() if n)
    return _(
        "Grid of reports by unit and day. {counts}. Missing by unit: {names}.",
        counts=counts,
        names=names or formats.MISSING,
    )


def status_word(status: str) -> str:
    """A reporting status in the language in force."""
    return {
        "on_time": _("on time"),
        "late": _("late"),
        "empty": _("empty or copied"),
        "unreadable": _("unreadable"),
        "missing": _("missing"),
    }[status]


def _legend(figure: Drawing, handles: list, labels: list[str]) -> None:
    """In as many columns as there is width for; the figure grows by the legend's rows."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    for columns in range(min(3, len(labels)), 0, -1):
        legend = figure.legend(
            handles, labels, loc="outside lower left", ncols=columns, frameon=False,
            handletextpad=0.2, columnspacing=1.2,
        )  # fmt: skip
        if columns == 1 or legend.get_window_extent(renderer).width <= _ROOM * figure.bbox.width:
            rows = math.ceil(len(labels) / columns)
            figure.set_figheight(figure.get_figheight() + 0.1 + 0.18 * rows)
            return
        legend.remove()


def _frame(axes: Axes, statuses: pd.DataFrame) -> None:
    due = statuses.notna().sum(axis=1)
    in_time = (statuses == "on_time").sum(axis=1)
    for row, (done, of) in enumerate(zip(in_time, due, strict=True)):
        axes.text(
            statuses.shape[1] - 0.4, row, f"{formats.integer(done)}/{formats.integer(of)}",
            va="center", color=style.MUTED, size=8,
        )  # fmt: skip
    axes.set_yticks(range(len(statuses)), statuses.index, color=style.INK)
    names = [formats.day_short(day) for day in statuses.columns]
    step = _label_step(names)
    axes.set_xticks(range(len(names))[::step], names[::step])
    axes.xaxis.tick_top()
    axes.set_ylim(len(statuses) - 0.4, -0.6)
    axes.set_xlim(-0.6, statuses.shape[1] + 0.1)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)


def _label_step(names: list[str]) -> int:
    """Every how many days the day is written, so that two do not meet."""
    widest = max((style.text_width(name, 8.5) for name in names), default=0) + 5
    return max(1, math.ceil(len(names) * widest / (72 * style.WIDTH * 0.6)))
