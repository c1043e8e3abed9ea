"""The whole area over time."""

from __future__ import annotations

import pandas as pd

from briefing import charts, formats
from briefing.catalog.codes import OUTLOOK
from briefing.documents.blocks import Figure
from briefing.documents.figures import figure_block
from briefing.documents.sections.head import if_right, with_all, with_doubtful
from briefing.documents.wording import partly_known, rate_of_whole, rounded_up, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.chart_data import comparable, projection_of
from briefing.tables.forecast import tried
from briefing.tables.headline import rests_on_doubt
from briefing.tables.projection import steps_ahead


def whole_trend(day: Day, ahead: bool = True, beside: bool = False) -> Figure:
    """The whole's coverage day by day, with both targets and the path to them.

    Args:
        ahead: With the projection, where there is one.
        beside: Narrow, to stand beside the key figures; how the projection has held is left out.
    """
    campaign = day.campaign
    targets = [(target.coverage, target.date) for target in campaign.targets]
    baseline = (campaign.baseline.coverage, campaign.baseline.at) if campaign.baseline else None
    whole, projection = comparable(day), projection_of(day)
    projection = projection if ahead and not rests_on_doubt(day) else projection.head(0)
    more = [if_projected(day) if len(projection) else ""]
    more += [_held(day)] if len(projection) and not beside else []
    return figure_block(
        charts.whole_trend(
            whole, targets, baseline, projection, *([charts.BESIDE] if beside else [])
        ),
        id="whole-trend",
        title=_finding(day) if beside else _title(day),
        more=" ".join(filter(None, more)),
    )


def if_projected(day: Day) -> str:
    """That the projection goes on from figures in doubt; else nothing."""
    if day.in_doubt.empty:
        return ""
    return _("The projection includes figures that wait to be verified.")


def _finding(day: Day) -> str:
    """How fast it goes, beside how fast it must, and what that comes to."""
    last = day.whole_ahead
    known = pd.notna(last["pace_observed"]) and pd.notna(last["pace_required"])
    if rests_on_doubt(day):
        return sentence(with_all(day))
    if not known or not last["numerator_needed"] or partly_known(day):
        return _title(day)
    pace = _(
        "{now} {persons} a day lately, {required} needed: {outlook} {target}",
        now=formats.integer(last["pace_observed"]),
        required=rounded_up(last["pace_required"]),
        outlook=OUTLOOK[last["outlook"]],
        target=formats.target(last["target_coverage"]),
    )
    doubt = if_right(day) if OUTLOOK[last["outlook"]].tone == "good" else ""
    return ", ".join(filter(None, (pace, doubt)))


def _held(day: Day) -> str:
    """How often the ranges of this campaign have held so far."""
    step = day.campaign.reporting.step.days
    past = tried(day.history, step)
    if past.empty:
        return _("It is too early to check the range on the figures of this campaign.")
    return _(
        "Checked on the figures of the {units} so far: the range of {days} days ahead has held "
        "{n} of {all} times ({rate}).",
        units=day.campaign.terms.units,
        days=steps_ahead(step) * step,
        n=int(past["hit"].sum()),
        all=len(past),
        rate=formats.percent(past["hit"].mean(), 0),
    )


def _title(day: Day) -> str:
    known = comparable(day).dropna(subset=["coverage"])
    if known.empty:
        return _("No figure is known yet")
    first, last = known.iloc[0], known.iloc[-1]
    if len(known) == 1 or partly_known(day):
        return sentence(
            _("{rate}: {now}", rate=rate_of_whole(day), now=formats.percent(last["coverage"]))
        )
    values = {
        "rate": sentence(rate_of_whole(day)),
        "day": formats.day_short(first["report_date"]),
        "then": formats.percent(first["coverage"]),
        "now": formats.percent(last["coverage"]),
    }
    if last["coverage"] > first["coverage"]:
        text = _("{rate} has risen from {then} on {day} to {now}", **values)
    else:
        text = _("{rate} has not risen since {day}: {then} then, {now} now", **values)
    return ", ".join(filter(None, (text, with_doubtful(day))))
