"""The pictures of a formal report, numbered: the whole by day, the units at the period's close."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from briefing import charts, formats
from briefing.documents.blocks import Figure
from briefing.documents.figures import figure_block
from briefing.documents.sections.whole import whole_trend
from briefing.documents.wording import sentence
from briefing.messages import _
from briefing.tables.period import Period
from briefing.tables.period.units import REACHED


def whole_picture(period: Period) -> Figure:
    """Picture 1: the whole day by day up to the period's close, with the targets; no projection."""
    trend = whole_trend(period.day, ahead=False)
    return replace(trend, title=_numbered(1, trend.title))


def units_picture(period: Period) -> Figure:
    """Picture 2: the units at the close, each beside where it stood at the opening; of more than a
    page lists, the level below the whole."""
    target = float(period.whole.iloc[0]["period_target"])
    others = [t.coverage for t in period.day.campaign.targets if t.coverage != target]
    units = _at_close(period.shown)
    mark = _("The small mark in a bar is the position at the opening.")
    return figure_block(
        charts.unit_bars(units, target, others, mark=mark),
        id="units-closing",
        title=_numbered(2, sentence(_standing(period, target))),
    )


def _numbered(number: int, title: str) -> str:
    return _("Picture {n}. {title}", n=number, title=title)


def _at_close(period: Period) -> pd.DataFrame:
    """The units as `unit_bars` reads them; a figure of before the close is a carried one."""
    units = period.units
    doubtful = units["unit_code"].isin(period.day.in_doubt["unit_code"])
    old = units["closing_date"] < pd.Timestamp(period.covered_to)
    return pd.DataFrame(
        {
            "unit_name": units["unit_name"],
            "coverage": units["coverage_closing"],
            "coverage_change": units["coverage_change"],
            "carried_from": units["closing_date"].where(old),
            "in_doubt": doubtful,
        }
    )


def _standing(period: Period, target: float) -> str:
    reached = int(period.units["period_target_standing"].eq(REACHED).sum())
    return _(
        "{n} of {all} {units} at or above {target} on {day}",
        n=reached,
        all=len(period.units),
        units=period.day.campaign.terms.units,
        target=formats.target(target),
        day=formats.day(period.covered_to),
    )
