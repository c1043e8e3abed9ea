"""Nguyên nhân: only what the data themselves show about why they are as they are.

Why people are not counted is nothing that a report says: that is for the analyst to write.
"""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.labels import sentence
from briefing.messages import _
from briefing.tables.period.evaluation.figure_recorder import FigureRecorder


def denominator_assumed(of: FigureRecorder) -> str:
    """Rates that rest on an assumed denominator: each page that shows one has to say so."""
    if not of.whole("denominator_assumed"):
        return ""
    return _(
        "The rates are for orientation only, since the number of {denominator} of {n} of {all} "
        "{units} "
        "is assumed and not official.",
        denominator=of.terms.denominator,
        n=of.whole("denominator_assumed"),
        all=of.whole("units"),
        units=of.terms.units,
    )


def carried(of: FigureRecorder) -> str:
    """Units without a usable report of the last day, and the share of the total they leave old."""
    if not of.whole("units_carried") or pd.isna(of.whole("share_carried")):
        return ""
    return _(
        "The closing figures are not complete, since {n} {units} have no usable report of {day}: "
        "{share} of the total is carried over from earlier {periods}.",
        n=of.whole("units_carried"),
        units=of.terms.units,
        day=formats.day(of.whole("covered_to")),
        share=formats.percent(of.whole("share_carried"), digits=1),
    )


def not_in_time(of: FigureRecorder) -> str:
    """Reports that were late or did not come, so that the figures of a deadline lacked them."""
    late, missing = of.whole("late"), of.whole("missing")
    if pd.isna(late) or not late + missing:
        return ""
    parts = [
        _("{n} reports came after it", n=late) if late else "",
        _("{n} did not come", n=missing) if missing else "",
    ]
    return _(
        "The figures at the {rhythm} deadline ({deadline}) were not complete, since {parts}.",
        deadline=of.deadlines,
        parts=", ".join(filter(None, parts)),
    )


def not_usable(of: FigureRecorder) -> str:
    """Reports that came and gave no figure: unreadable, empty, or a copy of an earlier one."""
    unreadable, empty = of.whole("unreadable"), of.whole("empty")
    parts = [
        _("{n} reports came, but could not be used", n=unreadable) if unreadable else "",
        _("{n} reports were empty or a copy of an earlier day's", n=empty) if empty else "",
    ]
    if not any(parts):
        return ""
    return sentence(
        _("{parts}; they are not in the figures.", parts=", ".join(filter(None, parts)))
    )


def readings_doubtful(of: FigureRecorder) -> str:
    """Reports whose reading of “Lũy kế” is uncertain: the form does not define it."""
    if not of.whole("reports_doubtful"):
        return ""
    return _(
        "{n} reports leave open what their cumulative counts; the likeliest reading is used.",
        n=of.whole("reports_doubtful"),
    )
