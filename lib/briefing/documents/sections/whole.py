"""The whole area over time."""

from __future__ import annotations

from briefing import charts, formats
from briefing.documents.blocks import Figure
from briefing.documents.figures import figure_block
from briefing.documents.sections.wording import partly_known, rate_of_whole, sentence
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.charted import comparable, projected


def town_trend(day: Day) -> Figure:
    """The whole's coverage day by day, with both targets and the path to them."""
    campaign = day.campaign
    targets = [(target.coverage, target.date) for target in campaign.targets]
    baseline = (campaign.baseline.coverage, campaign.baseline.at) if campaign.baseline else None
    town, ahead = comparable(day), projected(day)
    return figure_block(
        charts.town_trend(town, targets, baseline, ahead),
        id="town-trend",
        title=_title(day),
        alt=charts.town_trend_alt(town, targets, ahead),
        note=charts.town_trend_note(town, ahead),
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
        return _("{rate} has risen from {then} on {day} to {now}", **values)
    return _("{rate} has not risen since {day}: {then} then, {now} now", **values)
