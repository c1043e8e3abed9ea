"""What one unit's report says of each of its places."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure as Drawing

from briefing import formats
from briefing.charts.chart import Chart
from briefing.charts.lengths import Bar, Group, lengths
from briefing.messages import _

LIMIT = 32
"""More places than this do not fit a page: then the highest and the lowest are drawn."""


def place_bars(places: pd.DataFrame) -> Chart:
    """Counts of each place, the most first; those that the report does not name come last.

    Args:
        places: One row per place of one unit: `place` (missing for rows whose place was not
            recognised), `numerator_cumulative` (persons; missing where the report does not name
            it), `carried_from` (date, missing when reported that day).
    """
    return Chart(partial(_drawn, places), _alt(places), _note(places))


def _drawn(places: pd.DataFrame) -> Drawing:
    bars = tuple(map(_bar, _ordered(places).to_dict("records")))
    if len(bars) <= LIMIT:
        return lengths([Group("", bars)] if bars else [])
    words = _(
        "{count} {localities} between are not drawn", count=formats.integer(len(bars) - LIMIT)
    )
    parts = [Group("", bars[: LIMIT // 2]), Group(f"⋮  {words}", bars[-LIMIT // 2 :])]
    return lengths(parts, one_scale=True)


def _alt(places: pd.DataFrame) -> str:
    """The places and their figures in the order of the bars."""
    bars = map(_bar, _ordered(places).to_dict("records"))
    figures = "; ".join(f"{bar.name}: {bar.text}" for bar in bars)
    return _(
        "Bar chart of those {counted}, by {locality}. {places}.", places=figures or formats.MISSING
    )


def _note(places: pd.DataFrame) -> str:
    """How to read it; only what it really holds is explained."""
    notes = [_("{Counted} so far, by the unit's own report.")]
    if places["carried_from"].notna().any():
        notes.append(
            _("Hatched: carried over from the day in brackets, no report of the {period}.")
        )
    return " ".join(notes)


def _ordered(places: pd.DataFrame) -> pd.DataFrame:
    return places.sort_values(
        ["numerator_cumulative", "place"], ascending=[False, True], kind="stable"
    )


def _bar(row: dict) -> Bar:
    name = _("not recognised") if formats.is_missing(row["place"]) else str(row["place"])
    if formats.is_missing(row["numerator_cumulative"]):
        return Bar(name, None, _("not in the report"))
    numerator = int(row["numerator_cumulative"])
    carried = not formats.is_missing(row["carried_from"])
    day = f" ({formats.day_short(row['carried_from'])})" if carried else ""
    return Bar(name, numerator, formats.integer(numerator) + day, "carried" if carried else "full")
