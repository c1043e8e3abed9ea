"""Units side by side: ranked bars against the targets."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Drawing
from matplotlib.ticker import FuncFormatter, MultipleLocator

from briefing import formats
from briefing.charts import style
from briefing.charts.chart import Chart
from briefing.charts.labels import DOUBTFUL, gutter
from briefing.messages import _

_ROW, _LINE, _TOP, _BOTTOM = 14.8, 9.5, 16, 18
_TARGET, _VALUE, _GAP, _SHARE = 8.5, 8, 7, 0.42


def unit_bars(
    units: pd.DataFrame,
    target: float,
    others: Sequence[float] = (),
    limit: int = 0,
    mark: str = "",
) -> Chart:
    """Coverage of each unit, the highest first, against the targets and the report before.

    Units of the same coverage, or of none, keep the order in which they come.

    The values stand in a column of their own, where no target's line runs through them. A figure
    carried over from an earlier day is a hatched bar with its date; a unit without any figure is
    named at the end. With more than `limit` units those in the middle are left out, and their
    number is said.

    Args:
        units: One row per unit. `unit_name`, `coverage` and `coverage_change` (fractions,
            nullable), `carried_from` (date, missing when reported that day), `in_doubt`.
        target: Fraction; the one in force.
        others: Fractions; the targets of other days, drawn thinner.
        limit: How many units are drawn at most; 0: as many as a page holds.
        mark: What the small mark in a bar is; if empty, where the report before stood.
    """
    return Chart(
        partial(_drawn, units, target, others, limit),
        _alt(units, target, others),
        _note(units, mark),
    )


def _drawn(units: pd.DataFrame, target: float, others: Sequence[float], limit: int) -> Drawing:
    ranked = _ranked(units)
    pitch = _ROW + _LINE * (gutter(list(ranked["unit_name"]), share=_SHARE).lines - 1)
    limit = limit or int((style.TALLEST - _TOP - _BOTTOM) / pitch) - 1
    drawn, skipped = _within(ranked, limit)
    names = gutter(list(drawn["unit_name"]), share=_SHARE)
    rows = _rows(len(drawn), limit // 2 if skipped else 0)
    top = _TOP + _LINE * 1.2 * _high_targets([target, *others])
    height = top + pitch * max(len(drawn) + bool(skipped), 1) + _BOTTOM
    with style.style():
        share, widest = _column(drawn, target)
        figure, axes = style.framed(height, names.width, _GAP + widest, top, _BOTTOM)
        _scales(axes, drawn, names.names, rows, [target, *others])
        _target_lines(axes, target, others)
        for row, unit in zip(rows, drawn.itertuples(), strict=True):
            _bar(axes, row, unit)
            _written(axes, row, unit, target, share)
        if skipped:
            words = _("{count} units between are not drawn", count=formats.integer(skipped))
            plain = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 1}
            axes.text(
                0, limit // 2, f"⋮  {words}", size=8, color=style.MUTED, va="center", bbox=plain
            )
    return figure


def _alt(units: pd.DataFrame, target: float, others: Sequence[float]) -> str:
    """The units and their coverage in the order of the bars."""
    each = "; ".join(f"{u.unit_name}: {_value(u, target)}" for u in _ranked(units).itertuples())
    return _(
        "Bar chart of coverage by unit against the target of {target}. {units}.",
        target=", ".join(formats.target(mark) for mark in [target, *others]),
        units=each,
    )


def _note(units: pd.DataFrame, mark: str) -> str:
    """How to read it; only what the chart really holds is explained.

    Args:
        mark: What the small mark in a bar is; if empty, where the report before stood.
    """
    ranked = _ranked(units)
    notes = []
    if (ranked["coverage"].notna() & ranked["coverage_change"].notna()).any():
        notes.append(mark or _("The small mark in a bar is where the report before stood."))
    if ranked["carried_from"].notna().any():
        notes.append(
            _("Hatched: carried over from the day in brackets, no report of the {period}.")
        )
    if ranked["in_doubt"].any():
        notes.append(_("Hollow, with {mark}: in doubt, to be verified.", mark=DOUBTFUL))
    return " ".join(notes)


def _ranked(units: pd.DataFrame) -> pd.DataFrame:
    plain = pd.DataFrame(
        {
            "unit_name": units["unit_name"].astype(str).to_numpy(),
            "coverage": units["coverage"].astype("Float64").astype(float).to_numpy(),
            "coverage_change": units["coverage_change"].astype("Float64").astype(float).to_numpy(),
            "carried_from": pd.to_datetime(units["carried_from"]).to_numpy(),
            "in_doubt": units.get("in_doubt", pd.Series(False, units.index)).to_numpy(bool),
        }
    )
    return plain.sort_values("coverage", ascending=False, kind="stable", ignore_index=True)


def _within(ranked: pd.DataFrame, limit: int) -> tuple[pd.DataFrame, int]:
    skipped = max(0, len(ranked) - limit)
    if not skipped:
        return ranked, 0
    kept = [ranked.head(limit // 2), ranked.tail(limit - limit // 2)]
    return pd.concat(kept, ignore_index=True), skipped


def _rows(count: int, gap_after: int) -> list[int]:
    """Where each bar stands; one place is left free where units are left out."""
    return [row + (1 if gap_after and row >= gap_after else 0) for row in range(count)]


def _value(unit: Any, target: float) -> str:
    if formats.is_missing(unit.coverage):
        return _("no figures yet")
    text = _share(unit, target)
    beside = [] if formats.is_missing(unit.carried_from) else [formats.day_short(unit.carried_from)]
    beside += [DOUBTFUL] if unit.in_doubt else []
    return f"{text} ({', '.join(beside)})" if beside else text


def _share(unit: Any, target: float) -> str:
    return formats.percent(unit.coverage, bounds=[target])


def _column(drawn: pd.DataFrame, target: float) -> tuple[float, float]:
    """Points that the widest rate takes, and the widest value with the date of a carried one."""
    known = [unit for unit in drawn.itertuples() if not formats.is_missing(unit.coverage)]
    texts = [(_share(unit, target), _value(unit, target)) for unit in known]
    share = max((style.text_width(text, _VALUE) for text, _full_text in texts), default=0)
    beside = (style.text_width(full_text.removeprefix(text), _VALUE) for text, full_text in texts)
    return share, share + max(beside, default=0) + 1


def _bar(axes: Axes, row: int, unit: Any) -> None:
    if formats.is_missing(unit.coverage):
        return
    carried = not formats.is_missing(unit.carried_from)
    axes.barh(
        row, unit.coverage, height=0.68, linewidth=0.8,
        color=style.PAPER if carried or unit.in_doubt else style.ACCENT,
        edgecolor=style.TARGET if unit.in_doubt else style.ACCENT,
        hatch="/////" if carried else None, linestyle=(0, (2, 1)) if unit.in_doubt else "-",
    )  # fmt: skip
    _yesterday(axes, row, unit, carried)


def _written(axes: Axes, row: int, unit: Any, target: float, share: float) -> None:
    """The value right of the frame, all rates ending below each other."""
    look: dict[str, Any] = {"textcoords": "offset points", "va": "center", "size": _VALUE}
    if formats.is_missing(unit.coverage):
        look |= {"color": style.MUTED, "style": "italic"}
        look["bbox"] = {"facecolor": style.PAPER, "edgecolor": "none", "pad": 0.8}
        axes.annotate(_value(unit, target), (0, row), (4, 0), **look)
        return
    indent = _GAP + share - style.text_width(_share(unit, target), _VALUE)
    edge: dict[str, Any] = {"xy": (1, row), "xycoords": ("axes fraction", "data")}
    axes.annotate(_value(unit, target), xytext=(indent, 0), color=style.INK, **edge, **look)


def _yesterday(axes: Axes, row: int, unit: Any, carried: bool) -> None:
    if formats.is_missing(unit.coverage_change):
        return
    before = unit.coverage - unit.coverage_change
    inside = before <= unit.coverage and not carried and not unit.in_doubt
    axes.plot(
        [before, before], [row - 0.34, row + 0.34], linewidth=1.6, solid_capstyle="butt",
        color=style.PAPER if inside else style.INK, zorder=5,
    )  # fmt: skip


def _target_lines(axes: Axes, target: float, others: Sequence[float]) -> None:
    """The target in force strong, the others thin; of names that would meet one stands higher."""
    marks = sorted({target, *others})
    for mark, step in zip(marks, _steps(marks), strict=True):
        strong = mark == target
        axes.axvline(
            mark, color=style.TARGET, linewidth=1.4 if strong else 0.8, zorder=2.5,
            linestyle="-" if strong else (0, (5, 2)),
        )  # fmt: skip
        axes.annotate(
            formats.target(mark), (mark, 1), (0, 3 + step * 1.2 * _LINE),
            xycoords=("data", "axes fraction"), textcoords="offset points", ha="center",
            color=style.TARGET, weight="bold" if strong else "normal", size=_TARGET,
        )  # fmt: skip


def _steps(marks: Sequence[float]) -> list[int]:
    """0, or 1 for a mark whose name stands above that of the one before it."""
    steps: list[int] = []
    for n, mark in enumerate(marks):
        near = n and mark - marks[n - 1] < 0.14 * max(1.0, marks[-1])
        steps.append(1 - steps[-1] if near else 0)
    return steps


def _high_targets(marks: Sequence[float]) -> int:
    return max(_steps(sorted({*marks})), default=0)


def _scales(
    axes: Axes, drawn: pd.DataFrame, names: Sequence[str], rows: list[int], targets: list[float]
) -> None:
    before = drawn["coverage"] - drawn["coverage_change"].fillna(0)
    values = [*drawn["coverage"].dropna(), *before.dropna()]
    top = max([*(1.02 * v for v in values), *(1.06 * t for t in targets)])
    axes.set_xlim(0, top)
    axes.set_ylim(max(rows, default=0) + 0.6, -0.6)
    axes.set_yticks(rows, names, color=style.INK, linespacing=1.0)
    axes.tick_params(axis="x", labelsize=8)
    axes.xaxis.set_major_locator(MultipleLocator(0.2 if top <= 1.6 else 0.5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _position: formats.target(value)))
    axes.grid(axis="x")
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
