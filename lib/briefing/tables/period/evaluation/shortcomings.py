"""Tồn tại, hạn chế: what has not been reached, not been reported, or can't be right."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.formats import rounded_up
from briefing.labels import sentence
from briefing.messages import _
from briefing.tables.period.evaluation.figure_recorder import EACH, FigureRecorder
from briefing.tables.period.targets import MISSED
from briefing.tables.period.units import BELOW
from briefing.tables.reporting import holds

SLOWED = 0.5  # of the best day's increase
AS_MANY = 0.9  # of the units counted: a day with fewer reports is slower by itself
OFTEN = 2 / 3  # of the reports on time; a unit with fewer is named
LOWEST = 5


def target_missed(of: FigureRecorder) -> str:
    """The last target whose date is past and that has not been reached."""
    missed = of.period.targets[of.period.targets["standing"].eq(MISSED)]
    if missed.empty:
        return ""
    day = missed["target_date"].iloc[-1]
    then = of.target(day, "coverage_at_date")
    values = {
        "target": formats.target(of.target(day, "target_coverage")),
        "date": formats.day(of.target(day, "target_date")),
        "then": of.percent(then),
        "last": formats.day(of.whole("covered_to")),
        "now": of.percent(of.target(day, "coverage_closing")),
        "gap": formats.by_points(of.target(day, "gap")),
        "n": formats.integer(of.target(day, "numerator_needed")),
    }
    if pd.isna(then) or day == of.whole("covered_to"):
        return _(
            "The target of {target} by {date} is not reached: {now} on {last}, {gap} short "
            "({n} {persons}).",
            **values,
        )
    return _(
        "The target of {target} by {date} is not reached: {then} on that day, {now} on {last}, "
        "{gap} short ({n} {persons}).",
        **values,
    )


def figure_falls(of: FigureRecorder) -> str:
    """The whole is below where it began, or falls at the end."""
    change = of.whole("coverage_change")
    rate = sentence(_("{rate} of {whole}", rate=of.terms.rate, whole=of.campaign.area.whole))
    if pd.notna(change) and change < 0:
        return _(
            "{rate} has fallen by {change} since {day}; the figures have to be checked.",
            rate=rate,
            change=formats.by_points(-change),
            day=formats.day(of.whole("opening_date")),
        )
    if of.whole("falls"):
        return _(
            "{rate} falls at the end of the period; the figures have to be checked.", rate=rate
        )
    return ""


def pace_short(of: FigureRecorder) -> str:
    """The whole gains fewer people a day than its next target needs; a fall is said elsewhere."""
    required = of.whole("pace_required")
    short = of.whole("outlook") in ("behind", "out_of_reach") and pd.notna(required)
    if not short or of.whole("units_unknown") or required <= 0:
        return ""
    if not 0 <= of.whole("pace_observed") < required:  # a fall, which is said
        return ""
    return _(
        "The pace of the last reported {periods} is {observed} {persons} a day, below the "
        "{required} needed for {target} by {date}.",
        observed=formats.integer(of.whole("pace_observed")),
        required=rounded_up(required),
        target=formats.target(of.whole("target_coverage")),
        date=formats.day(of.whole("target_date")),
    )


def slowing(of: FigureRecorder) -> str:
    """The last day's increase is less than half of the best day's, with as many reports."""
    days, best = of.period.days, of.whole("best_day")
    last = days.iloc[-1]
    if pd.isna(best) or pd.isna(last["numerator_new"]) or best >= last["report_date"]:
        return ""
    as_many = last["units_reported"] >= AS_MANY * last["units_counted"]
    if not as_many or last["numerator_new"] >= SLOWED * of.whole("best_day_numerator_new"):
        return ""
    return _(
        "The daily increase has gone down from {most} {persons} on {best} to {n} on {day}.",
        most=formats.integer(of.whole("best_day_numerator_new")),
        best=formats.day_short(best),
        n=formats.integer(of.of_day(last["report_date"], "numerator_new")),
        day=formats.day_short(last["report_date"]),
    )


def units_below(of: FigureRecorder) -> str:
    """Units below the target of the period, the lowest `LOWEST` by name."""
    units = of.period.units
    below = units[units["period_target_standing"].eq(BELOW)]
    if below.empty:
        return ""
    below = below.sort_values("coverage_closing", kind="stable").head(LOWEST)
    return _(
        "{n} of {all} {units} have not reached {target}; lowest: {names}.",
        n=of.whole("units_below"),
        all=of.whole("units"),
        units=of.terms.units,
        target=formats.target(of.whole("period_target")),
        names=of.named(below, "coverage_closing", of.percent),
    )


def units_doubtful(of: FigureRecorder) -> str:
    """Units with a figure in doubt that nobody has answered for."""
    if of.doubtful.empty:
        return ""
    return _(
        "The figures of {n} {units} wait to be verified: {names}.",
        n=of.whole("units_suspect"),
        units=of.terms.units,
        names=of.named(of.doubtful, most=EACH),
    )


def over_denominator(of: FigureRecorder) -> str:
    """Units with a rate above 1: it is kept, and the denominator too low."""
    units = of.period.units
    over = units[holds(units["coverage_closing"] > 1)]
    if over.empty:
        return ""
    return _(
        "{n} {units} report more {done} than {denominator}; the denominator has to be checked: "
        "{names}.",
        n=of.whole("units_over_denominator"),
        units=of.terms.units,
        done=of.terms.done,
        denominator=of.terms.denominator,
        names=of.named(over, "coverage_closing", of.percent),
    )


def units_unknown(of: FigureRecorder) -> str:
    """Units that have never sent a usable figure: missing, not zero."""
    units = of.period.units
    unknown = units[units["numerator_closing"].isna()]
    if unknown.empty:
        return ""
    return _(
        "{n} of {all} {units} have sent no usable figure so far: {names}.",
        n=of.whole("units_unknown"),
        all=of.whole("units"),
        units=of.terms.units,
        names=of.named(unknown, most=EACH),
    )


def reports_lacking(of: FigureRecorder) -> str:
    """Of the reports due: those late, missing or not usable."""
    if not of.whole("expected"):
        return ""
    late, missing = of.whole("late"), of.whole("missing")
    unusable = of.whole("empty") + of.whole("unreadable")
    parts = [
        _("{n} late", n=late) if late else "",
        _("{n} not reported", n=missing) if missing else "",
        _("{n} not usable", n=unusable) if unusable else "",
    ]
    if not any(parts):
        return ""
    return _(
        "Of {all} reports due: {parts} (annex {number}).",
        number=of.period.annex_of_lacking,
        all=of.whole("expected"),
        parts=", ".join(filter(None, parts)),
    )


def often_late(of: FigureRecorder) -> str:
    """Units that are least often on time, see `not_in_time`."""
    often = not_in_time(of)
    if often.empty:
        return ""
    return _(
        "Least often on time: {names}.",
        names="; ".join(_of_days(of, row) for row in often.to_dict("records")),
    )


def not_in_time(of: FigureRecorder) -> pd.DataFrame:
    """Units with at least two reports that were not on time, and less than two thirds that were."""
    units = of.period.units
    often = units[(units["expected"] - units["on_time"] > 1) & holds(units["timeliness"] < OFTEN)]
    return often.sort_values("timeliness", kind="stable").head(LOWEST)


def _of_days(of: FigureRecorder, row: dict) -> str:
    code = row["unit_code"]
    return _(
        "{unit} ({n} of {all} reports on time)",
        unit=row["unit_name"],
        n=of.unit(code, "on_time"),
        all=of.unit(code, "expected"),
    )


def bodies_missing(of: FigureRecorder) -> str:
    """Bodies whose one report is missing, late or not usable."""
    missing, late = of.whole("bodies_missing"), of.whole("bodies_late")
    unreadable = of.whole("bodies_unreadable")
    parts = [
        _("{n} not reported", n=missing) if missing else "",
        _("{n} late", n=late) if late else "",
        _("{n} not usable", n=unreadable) if unreadable else "",
    ]
    if not any(parts):
        return ""
    return _(
        "Of the reports of {all} {bodies}, due by the end of {due}: {parts} (annex III).",
        all=of.whole("bodies"),
        bodies=of.terms.bodies,
        due=formats.day(of.campaign.once.due),
        parts=", ".join(filter(None, parts)),
    )


def bodies_below(of: FigureRecorder) -> str:
    """Bodies that have reported and are below their target, and the persons they lack."""
    if not of.whole("bodies_below"):
        return ""
    return _(
        "{n} of {all} {bodies} that have reported have not reached {target}; {people} people "
        "are still needed.",
        n=of.whole("bodies_below"),
        all=of.whole("bodies_reported"),
        bodies=of.terms.bodies,
        target=formats.target(of.whole("bodies_target")),
        people=formats.integer(of.whole("bodies_numerator_needed")),
    )


def bodies_in_doubt(of: FigureRecorder) -> str:
    """Bodies that report a numerator above the denominator."""
    if not of.whole("bodies_in_doubt"):
        return ""
    return _(
        "{n} {bodies} report more {counted} than {those}; the figures have to be checked.",
        n=of.whole("bodies_in_doubt"),
        bodies=of.terms.bodies,
    )
