"""Nhiệm vụ trọng tâm: what the figures leave to be done."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.formats import rounded_up
from briefing.messages import _
from briefing.tables.period.evaluation.figure_recorder import EACH, FigureRecorder
from briefing.tables.reporting import NOT_DUE, holds

MOST_NEEDED = 5


def reach_target(of: FigureRecorder) -> str:
    """The target in force, while it is not reached."""
    needed = of.whole("numerator_needed")
    if pd.isna(needed) or not needed or of.whole("units_unknown"):
        return ""
    required = of.whole("pace_required")
    values = {
        "target": formats.target(of.whole("target_coverage")),
        "date": formats.day(of.whole("target_date")),
        "n": formats.integer(needed),
        "required": rounded_up(required),
    }
    if pd.isna(required):
        return _("Go on until {target} is reached: {n} {persons} are still needed.", **values)
    return _(
        "Reach {target} by {date}: {n} {persons} are still needed, {required} a day on average.",
        **values,
    )


def focus(of: FigureRecorder) -> str:
    """The units that need most people."""
    units = of.period.units
    short = units[holds(units["numerator_needed"] > 0)]
    if len(short) < 2:
        return ""
    most = short.sort_values("numerator_needed", ascending=False, kind="stable").head(MOST_NEEDED)
    return _(
        "Concentrate on the {units} where most are still needed: {names}.",
        units=of.terms.units,
        names=of.named(
            most, "numerator_needed", lambda n: _("{n} {persons}", n=formats.integer(n))
        ),
    )


def report_last_day(of: FigureRecorder) -> str:
    """Units without a figure of the last day, where one was due and its deadline is past."""
    units, last = of.period.units, pd.Timestamp(of.period.covered_to)
    last_day = of.period.day.units
    awaited = last_day.loc[holds(last_day["status"].eq(NOT_DUE)), "unit_code"]
    lacking = units[~holds(units["closing_date"].eq(last)) & ~units["unit_code"].isin(awaited)]
    if lacking.empty or not of.period.days["expected"].iloc[-1]:
        return ""
    for code in lacking["unit_code"]:
        of.unit(code, "closing_date")
    return _(
        "Send the report of {day} without delay: {names}.",
        day=formats.day(last),
        names=of.named(lacking, most=EACH),
    )


def report_in_time(of: FigureRecorder) -> str:
    """Reports go on, and not all came in time."""
    last = of.campaign.reporting.last
    owed = of.whole("expected")
    if of.period.covered_to >= last or not owed or of.whole("on_time") == owed:
        return ""
    return _(
        "All {units} send their {rhythm} report before {deadline}, until {last}.",
        units=of.terms.units,
        deadline=formats.clock(of.campaign.reporting.deadline_of(last)),
        last=formats.day(last),
    )


def bodies_report(of: FigureRecorder) -> str:
    """Bodies that still owe a usable report: at once if it is due, else by its date."""
    lacking = of.whole("bodies_missing") + of.whole("bodies_unreadable")
    if lacking:
        return _(
            "{n} {bodies} without a usable report send it without delay (annex III).",
            n=lacking,
            bodies=of.terms.bodies,
        )
    if of.whole("bodies_not_due"):
        return _(
            "{n} {bodies} that have not reported send their report by the end of {due}.",
            n=of.whole("bodies_not_due"),
            bodies=of.terms.bodies,
            due=formats.day(of.campaign.once.due),
        )
    return ""


def bodies_complete(of: FigureRecorder) -> str:
    """Bodies below their target, and the persons that they lack."""
    if not of.whole("bodies_below"):
        return ""
    return _(
        "{n} {bodies} below {target} have the remaining {people} people {act} (annex II).",
        n=of.whole("bodies_below"),
        bodies=of.terms.bodies,
        target=formats.target(of.whole("bodies_target")),
        people=formats.integer(of.whole("bodies_numerator_needed")),
    )


def verify(of: FigureRecorder) -> str:
    """Figures that nobody has answered for yet."""
    doubtful = of.doubtful
    if doubtful.empty:
        return ""
    for code in doubtful["unit_code"]:
        of.unit(code, "numerator_closing")
    return _(
        "Check the figures of {names}, and correct them where they are wrong.",
        names=of.named(doubtful, most=EACH),
    )
