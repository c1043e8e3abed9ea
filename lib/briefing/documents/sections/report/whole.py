"""II.1: the whole area over the period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.codes import OUTLOOK
from briefing.documents.blocks import Bullets, Cell, Table
from briefing.documents.sections.head import if_right, verified
from briefing.documents.sections.listing import listing
from briefing.documents.sections.report.units import on_time
from briefing.documents.wording import rounded_up, sentence
from briefing.messages import _
from briefing.tables.period import Period
from briefing.tables.period.targets import LATER, MISSED, OPEN
from briefing.tables.period.units import IN_DOUBT, REACHED
from briefing.tables.period.whole import BASELINE, NONE


def whole_results(period: Period) -> Bullets:
    """Opening and closing state, change, targets, best and worst day, reports."""
    return Bullets((*rate_results(period).items, _reports(period)))


def rate_results(period: Period) -> Bullets:
    """The same but for the reports, which are those of every indicator."""
    lines = (
        _opening(period),
        _closing(period),
        _with_doubtful(period, _change(period)),
        *_targets(period),
        _extremes(period),
    )
    return Bullets(tuple(line for line in lines if line))


def _opening(period: Period) -> str:
    whole, campaign = period.whole.iloc[0], period.day.campaign
    if whole["opening_basis"] == NONE:
        return _("Opening state: no figure is known.")
    if whole["opening_basis"] == BASELINE and campaign.baseline:
        return _(
            "Opening state ({moment}, {source}): {coverage}.",
            moment=formats.moment(campaign.baseline.at),
            source=campaign.baseline.source,
            coverage=_percent(period, whole["coverage_opening"]),
        )
    return _(
        "Opening state ({day}): {n} {done}, {coverage} of {denominator}{partly}.",
        day=formats.day(whole["opening_date"]),
        n=formats.integer(whole["numerator_opening"]),
        done=campaign.terms.done,
        coverage=_percent(period, whole["coverage_opening"]),
        denominator=campaign.terms.denominator,
        partly=_partly(period, whole["units_opening"]),
    )


def _closing(period: Period) -> str:
    whole, terms = period.whole.iloc[0], period.day.campaign.terms
    day = formats.day(period.covered_to)
    if pd.isna(whole["numerator_closing"]):
        return _("Closing state ({day}): no figure is known.", day=day)
    text = _(
        "Closing state ({day}): {n} {done}, {coverage} of {denominator}{partly}",
        day=day,
        n=formats.integer(whole["numerator_closing"]),
        done=terms.done,
        coverage=_percent(period, whole["coverage_closing"]),
        denominator=terms.denominator,
        partly=_partly(period, whole["units_counted"]),
    )
    if whole["units_carried"]:
        text += _(
            "; of these, {n} {persons} ({share}) are of earlier {periods}, in {count} {units}",
            n=formats.integer(whole["numerator_carried"]),
            share=formats.percent(whole["share_carried"], digits=1),
            count=whole["units_carried"],
            units=terms.units,
        )
    return "; ".join(filter(None, (text, verified(period.day)))) + "."


def _partly(period: Period, counted: int) -> str:
    everyone = len(period.units)
    if counted == everyone:
        return ""
    units = period.day.campaign.terms.units
    return ", " + _("figures of {n} of {all} {units} only", n=counted, all=everyone, units=units)


def _change(period: Period) -> str:
    whole, terms = period.whole.iloc[0], period.day.campaign.terms
    points, people = whole["coverage_change"], whole["numerator_change"]
    if pd.notna(points) and pd.notna(people):
        text = _by(
            people,
            n=formats.integer(abs(people)),
            done=terms.done,
            points=formats.by_points(points),
        )
        if whole["units_compared"] < whole["units"]:
            text += _(
                ", in the {n} {units} with figures on both days",
                n=whole["units_compared"],
                units=terms.units,
            )
        return text + "."
    if pd.notna(points):
        return _("Change: {points}.", points=formats.points(points))
    if pd.notna(whole["numerator_gained"]):
        return _(
            "Change: not comparable with an opening state; since the first report of each unit in "
            "the period {n} {done}, in {count} {units}.",
            n=formats.signed_integer(whole["numerator_gained"]),
            done=terms.done,
            count=whole["units_gained"],
            units=terms.units,
        )
    return _("Change: not known, since there are no two figures to compare.")


def _with_doubtful(period: Period, text: str) -> str:
    """The change, and that it holds figures in doubt, where it does."""
    known = period.whole.iloc[0][["coverage_change", "numerator_gained"]].notna().any()
    if not known or period.day.in_doubt.empty:
        return text
    return f"{text.removesuffix('.')}, {_('with what waits to be verified')}."


def _by(people: int, **values: object) -> str:
    """A change of the whole, in the word that fits it."""
    if people > 0:
        return _("In the period: {n} {done} more ({points})", **values)
    if people < 0:
        return _("In the period: {n} {done} fewer ({points}); to be checked", **values)
    return _("In the period: no change")


def _targets(period: Period) -> Iterator[str]:
    whole = period.whole.iloc[0]
    for row in period.targets.to_dict("records"):
        text = _("Target of {target} by {date}: {standing}", **_standing(period, row))
        if row["target_date"] == whole["target_date"] and row["standing"] == OPEN:
            text += _pace(period)
        yield text + "."


def _standing(period: Period, row: dict) -> dict[str, str]:
    values = {
        "now": _percent(period, row["coverage_closing"]),
        "then": _percent(period, row["coverage_at_date"]),
        "gap": formats.by_points(row["gap"]),
        "n": formats.integer(row["numerator_needed"]),
    }
    standing = row["standing"]
    if standing == REACHED:
        text = _("reached ({now})", **values)
    elif standing == LATER:
        text = _("reached after its date ({then} then, {now} now)", **values)
    elif standing == IN_DOUBT and not period.whole.iloc[0]["falls"]:
        text = _not_settled(period, row)
    elif standing == IN_DOUBT:
        text = _("in doubt ({now}), since the figure falls", **values)
    elif standing == MISSED and formats.is_missing(row["coverage_at_date"]):
        text = _("not reached, {gap} short ({n} {persons})", **values)
    elif standing == MISSED:
        text = _("not reached ({then} then), {gap} short by now ({n} {persons})", **values)
    elif standing == OPEN:
        text = _("not due yet, {gap} short ({n} {persons})", **values)
    else:
        text = _("can't be judged, since figures are missing", **values)
    return {
        "target": formats.target(row["target_coverage"]),
        "date": formats.day(row["target_date"]),
        "standing": text,
    }


def _not_settled(period: Period, row: dict) -> str:
    """Above a target only with figures that nobody has answered for."""
    on = min(pd.Timestamp(row["target_date"]), pd.Timestamp(period.covered_to))
    sure = period.day.whole.set_index("report_date")["coverage_sure"]
    rate = _percent(period, row["coverage_closing"])
    without = _("; {rate} without the figures that wait to be verified",
                rate=_percent(period, sure[on]))  # fmt: skip
    return f"{_('not settled, figures wait to be verified')} ({rate}{without})"


def _pace(period: Period) -> str:
    whole = period.whole.iloc[0]
    if pd.isna(whole["pace_observed"]) or pd.isna(whole["pace_required"]):
        return ""
    doubt = if_right(period.day) if OUTLOOK[whole["outlook"]].tone == "good" else ""
    return _(
        "; {required} {persons} a day are needed, the pace is {observed} ({outlook})",
        required=rounded_up(whole["pace_required"]),
        observed=formats.integer(whole["pace_observed"]),
        outlook=", ".join(filter(None, (str(OUTLOOK[whole["outlook"]]), doubt))),
    )


def _extremes(period: Period) -> str:
    whole = period.whole.iloc[0]
    if pd.isna(whole["best_day"]):
        return ""
    values = {
        "best": _of_day(period, whole["best_day"]),
        "worst": _of_day(period, whole["worst_day"]),
    }
    if whole["best_day_numerator_new"] <= 0:
        return _("No day brought an increase; largest fall: {worst}.", **values)
    if whole["worst_day_numerator_new"] < 0:
        return _("Largest daily increase: {best}; largest fall: {worst}.", **values)
    return _("Largest daily increase: {best}; smallest: {worst}.", **values)


def _of_day(period: Period, day: pd.Timestamp) -> str:
    row = period.days[period.days["report_date"].eq(day)].iloc[0]
    doubt = period.day.in_doubt["since"].eq(day).any()
    text = _(
        "{day} ({n} {persons}, figures of the day from {reported} of {all} {units})",
        day=formats.day_short(day),
        n=formats.signed_integer(row["numerator_new"]),
        reported=row["units_reported"],
        all=len(period.units),
        units=period.day.campaign.terms.units,
    )
    return f"{text}, {_('with what waits to be verified')}" if doubt else text


def _reports(period: Period) -> str:
    whole = period.whole.iloc[0]
    if not whole["expected"]:
        return _("Reports: none was due on these days.")
    unusable = whole["empty"] + whole["unreadable"]
    parts = (
        (whole["late"], _("{n} late", n=whole["late"])),
        (whole["missing"], _("{n} not reported", n=whole["missing"])),
        (unusable, _("{n} not usable", n=unusable)),
    )
    lacking = ", ".join(text for n, text in parts if n) or _("all complete")
    return _(
        "Reports: {n} of {all} on time ({rate}); {lacking}.",
        n=whole["on_time"],
        all=whole["expected"],
        rate=formats.percent(whole["timeliness"]),
        lacking=lacking,
    )


DAYS = (
    "report_date", "numerator_cumulative", "numerator_new", "coverage", "coverage_change",
    "units_reported", "on_time",
)  # fmt: skip


def whole_days(period: Period, columns: Sequence[str] = DAYS) -> Table:
    """The whole day by day, in columns of period_days.csv."""
    campaign = period.day.campaign
    return listing(
        "period-days",
        _("{whole}, day by day", whole=sentence(str(campaign.area.whole))),
        [row | _of_all(period, row) for row in period.days.to_dict("records")],
        columns,
        of="period_days",
        bounds=campaign.target_rates,
        note=_(
            "A dash: not known, or nothing was due. Rates are of {denominator}.",
            denominator=campaign.terms.denominator,
        ),
    )


def _of_all(period: Period, row: Mapping[str, Any]) -> dict[str, Any]:
    """Counts with what they are of; a sum over no unit is not known."""
    reported = f"{row['units_reported']}/{len(period.units)}"
    numerator = row["numerator_cumulative"] if row["units_counted"] > 0 else None
    return {
        "numerator_cumulative": numerator,
        "units_reported": Cell(reported, row["units_reported"]),
        "on_time": on_time(row),
    }


def _percent(period: Period, value: object) -> str:
    return formats.percent(value, bounds=period.day.campaign.target_rates)
