"""What one unit's report says of each of its hamlets."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.charts.chart import Chart
from briefing.charts.lengths import Bar, Group, lengths
from briefing.messages import _

LIMIT = 32
"""More hamlets than this do not fit a page: then the highest and the lowest are drawn."""


def hamlet_bars(hamlets: pd.DataFrame) -> Chart:
    """Installs of each hamlet, the most first; those that the report does not name come last.

    Args:
        hamlets: One row per hamlet of one unit: `hamlet` (missing for rows whose hamlet was not
            recognised), `installs_cumulative` (persons; missing where the report does not name
            it), `carried_from` (date, missing when reported that day).
    """
    return Chart(partial(_drawn, hamlets), _alt(hamlets), _note(hamlets))


def _drawn(hamlets: pd.DataFrame) -> Drawing:
    bars = tuple(map(_bar, _ordered(hamlets).to_dict("records")))
    if len(bars) <= LIMIT:
        return lengths([Group("", bars)] if bars else [])
    words = _("{count} hamlets between are not drawn", count=formats.integer(len(bars) - LIMIT))
    parts = [Group("", bars[: LIMIT // 2]), Group(f"⋮  {words}", bars[-LIMIT // 2 :])]
    return lengths(parts, one_scale=True)


def _alt(hamlets: pd.DataFrame) -> str:
    """The hamlets and their figures in the order of the bars."""
    bars = map(_bar, _ordered(hamlets).to_dict("records"))
    said = "; ".join(f"{bar.name}: {bar.text}" for bar in bars)
    return _("Bar chart of installs by hamlet. {hamlets}.", hamlets=said or formats.MISSING)


def _note(hamlets: pd.DataFrame) -> str:
    """How to read it; only what it really holds is explained."""
    notes = [_("People who have installed so far, by the unit's own report.")]
    if hamlets["carried_from"].notna().any():
        notes.append(_("Hatched: carried over from the day in brackets, no report on this day."))
    return " ".join(notes)


def _ordered(hamlets: pd.DataFrame) -> pd.DataFrame:
    return hamlets.sort_values(
        ["installs_cumulative", "hamlet"], ascending=[False, True], kind="stable"
    )


def _bar(row: dict) -> Bar:
    name = _("not recognised") if formats.is_missing(row["hamlet"]) else str(row["hamlet"])
    if formats.is_missing(row["installs_cumulative"]):
        return Bar(name, None, _("not in the report"))
    installs = int(row["installs_cumulative"])
    carried = not formats.is_missing(row["carried_from"])
    day = f" ({formats.day_short(row['carried_from'])})" if carried else ""
    return Bar(name, installs, formats.integer(installs) + day, "carried" if carried else "full")
