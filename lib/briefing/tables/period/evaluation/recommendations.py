"""Kiến nghị, đề xuất: what the office itself can't settle."""

from __future__ import annotations

from briefing import formats
from briefing.messages import _
from briefing.tables.period.evaluation import shortcomings
from briefing.tables.period.evaluation.figure_recorder import EACH, FigureRecorder
from briefing.tables.period.units import REACHED


def official_denominator(of: FigureRecorder) -> str:
    """The official denominator, which neither form gives: asked for where it is assumed."""
    if not of.whole("denominator_assumed"):
        return ""
    return _(
        "Provide the official number of {denominator} of each unit, in place of the assumed one of "
        "{n} {units}.",
        denominator=of.terms.denominator,
        n=of.whole("denominator_assumed"),
        units=of.terms.units,
    )


def keep_reporting(of: FigureRecorder) -> str:
    """The daily reports end before the last target's date, and it is not reached."""
    target, reporting = of.campaign.targets[-1], of.campaign.reporting
    if of.period.covered_to < reporting.last or reporting.last >= target.date:
        return ""
    if of.period.covered_to >= target.date or of.target(target.date, "standing") == REACHED:
        return ""
    return _(
        "Go on with the {rhythm} reports until {date}, the date of the target of {target}; they "
        "are due until {last} only.",
        date=formats.day(of.target(target.date, "target_date")),
        target=formats.target(of.target(target.date, "target_coverage")),
        last=formats.day(reporting.last),
    )


def remind(of: FigureRecorder) -> str:
    """Units that are least often on time, see `shortcomings.not_in_time`."""
    often = shortcomings.not_in_time(of)
    if often.empty:
        return ""
    for code in often["unit_code"]:
        of.unit(code, "timeliness")
    return _(
        "The units that are least often on time are to be reminded: {names}.", names=of.named(often)
    )


def remind_bodies(of: FigureRecorder) -> str:
    """Bodies that owe the one report of the letter (the staff form)."""
    if not of.whole("bodies_missing"):
        return ""
    return _(
        "Remind the {n} {bodies} that have not reported (annex III).",
        n=of.whole("bodies_missing"),
        bodies=of.terms.bodies,
    )


def commend(of: FigureRecorder) -> str:
    """Units that have reached the target, never fell, and sent every report on time."""
    units = of.period.units
    good = units[
        units["period_target_standing"].eq(REACHED)
        & ~units["fell"]
        & (units["coverage_closing"] <= 1)
        & (units["expected"] > 1)
        & units["on_time"].eq(units["expected"])
    ]
    if good.empty:
        return ""
    for code in good["unit_code"]:
        of.unit(code, "timeliness")
    return _(
        "Commend the units that have reached {target} and sent every report on time: {names}.",
        target=formats.target(of.whole("period_target")),
        names=of.named(good, "coverage_closing", of.percent, most=EACH),
    )
