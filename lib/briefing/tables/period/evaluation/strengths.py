"""Ưu điểm. Nothing that falls, and nothing in doubt, is praised."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.formats import rounded_up
from briefing.labels import sentence
from briefing.messages import _
from briefing.tables.period.evaluation.figure_recorder import EACH, FigureRecorder
from briefing.tables.period.targets import LATER
from briefing.tables.period.units import REACHED
from briefing.tables.period.whole import BASELINE, DAY
from briefing.tables.reporting import holds

GOOD_TIMELINESS = 0.9
LEADERS = 3


def target_reached(of: FigureRecorder) -> str:
    """The highest target that the whole has reached."""
    reached = of.period.targets[of.period.targets["standing"].isin([REACHED, LATER])]
    if reached.empty:
        return ""
    day = reached["target_date"].iloc[-1]
    values = {
        "rate": sentence(_("{rate} of {whole}", rate=of.terms.rate, whole=of.campaign.area.whole)),
        "coverage": of.percent(of.target(day, "coverage_closing")),
        "target": formats.target(of.target(day, "target_coverage")),
        "date": formats.day(of.target(day, "target_date")),
    }
    if of.target(day, "standing") == LATER:
        return _("{rate} is {coverage}: the target of {target} is reached, after {date}.", **values)
    return _("{rate} is {coverage}: the target of {target} by {date} is reached.", **values)


def rise(of: FigureRecorder) -> str:
    """How much has been gained since the opening state, or since the first reports."""
    basis = of.whole("opening_basis")
    if of.whole("falls"):
        return ""
    text = _rise(of, basis)
    doubt = _("with what waits to be verified") if text and len(of.doubtful) else ""
    return f"{text.removesuffix('.')}, {doubt}." if doubt else text


def _rise(of: FigureRecorder, basis: str) -> str:
    values = {
        "whole": of.campaign.area.whole,
        "done": of.terms.done,
        "rate": _("{rate} of {whole}", rate=of.terms.rate, whole=of.campaign.area.whole),
    }
    if basis == DAY and _positive(of.whole("numerator_change")):
        return _(
            "Since {day}, {whole} has gained {n} {done} ({change}).",
            day=formats.day(of.whole("opening_date")),
            n=formats.integer(of.whole("numerator_change")),
            change=formats.by_points(of.whole("coverage_change")),
            **values,
        )
    if basis == BASELINE and _positive(of.whole("coverage_change")):
        return _(
            "Since {day} ({then}), {rate} has risen by {change}.",
            day=formats.day(of.whole("opening_date")),
            then=of.percent(of.whole("coverage_opening")),
            change=formats.by_points(of.whole("coverage_change")),
            **values,
        )
    if basis != DAY and _positive(of.whole("numerator_gained")):
        return _(
            "Since the first report of each unit in the period, {n} {done} have been gained "
            "(in {count} {units}).",
            n=formats.integer(of.whole("numerator_gained")),
            count=of.whole("units_gained"),
            units=of.terms.units,
            **values,
        )
    return ""


def pace_enough(of: FigureRecorder) -> str:
    """The whole gains as many people a day as its next target needs, no figure in doubt."""
    on_track = of.whole("outlook") == "on_track" and of.doubtful.empty
    if not on_track or of.whole("units_unknown"):
        return ""
    return _(
        "The pace of {observed} {persons} a day is enough for {target} by {date} ({required} "
        "needed).",
        observed=formats.integer(of.whole("pace_observed")),
        target=formats.target(of.whole("target_coverage")),
        date=formats.day(of.whole("target_date")),
        required=rounded_up(of.whole("pace_required")),
    )


def units_reached(of: FigureRecorder) -> str:
    """Units at or above the target of the period, the highest first."""
    units = of.period.units
    reached = units[units["period_target_standing"].eq(REACHED)]
    if reached.empty:
        return ""
    reached = reached.sort_values("coverage_closing", ascending=False, kind="stable")
    return _(
        "{n} of {all} {units} have reached {target} or more: {names}.",
        n=of.whole("units_reached"),
        all=of.whole("units"),
        units=of.terms.units,
        target=formats.target(of.whole("period_target")),
        names=of.named(reached, "coverage_closing", of.percent),
    )


def fastest(of: FigureRecorder) -> str:
    """The largest rises; a unit that fell on the way, or whose figure is in doubt, is not named."""
    units = of.period.units
    sound = units[~units["fell"] & ~units.index.isin(of.doubtful.index)]
    rose = sound[holds(sound["coverage_change"] > 0)]
    if len(rose) < 2:
        return ""
    best = rose.sort_values("coverage_change", ascending=False, kind="stable").head(LEADERS)
    return _(
        "Largest rises in the period: {names}.",
        names=of.named(best, "coverage_change", formats.by_points),
    )


def reports_on_time(of: FigureRecorder) -> str:
    """At least `GOOD_TIMELINESS` of the reports due came before their deadline."""
    timeliness = of.whole("timeliness")
    if pd.isna(timeliness) or timeliness < GOOD_TIMELINESS:
        return ""
    return _(
        "Reports are sent as they should be: {n} of {all} on time ({rate}).",
        n=of.whole("on_time"),
        all=of.whole("expected"),
        rate=formats.percent(timeliness),
    )


def always_on_time(of: FigureRecorder) -> str:
    """Units that sent every one of at least two reports before its deadline."""
    units = of.period.units
    always = units[(units["expected"] > 1) & units["on_time"].eq(units["expected"])]
    if always.empty:
        return ""
    return _(
        "{n} of {all} {units} have sent every report on time: {names}.",
        n=of.whole("units_always_on_time"),
        all=of.whole("units"),
        units=of.terms.units,
        names=of.named(always, most=EACH),
    )


def bodies_reached(of: FigureRecorder) -> str:
    """Bodies that have reached their target: all staff in the denominator."""
    if not of.whole("bodies_reached"):
        return ""
    return _(
        "{n} of {all} {bodies} that have reported have reached {target}.",
        n=of.whole("bodies_reached"),
        all=of.whole("bodies_reported"),
        bodies=of.terms.bodies,
        target=formats.target(of.whole("bodies_target")),
    )


def _positive(value: float) -> bool:
    return pd.notna(value) and value > 0
