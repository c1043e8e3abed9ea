"""What the figures say together, in sentences."""

from __future__ import annotations

import pandas as pd

from briefing import formats, spoken
from briefing.catalog.codes import OUTCOME
from briefing.documents.blocks import Bullets
from briefing.documents.wording import (
    listed,
    over_days,
    partly_known,
    rounded_up,
    sentence,
    still_due,
)
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.follow_up import answered
from briefing.tables.reporting import holds


def summary(day: Day, eve: Day | None = None) -> Bullets:
    """What the figures say together, in sentences that a secretary would sign.

    Args:
        eve: The day before, as it was known at its own end, whose calls are looked back on.
    """
    last = day.town.iloc[-1]
    lines = (
        _standing(day, last),
        _pace(day),
        _best_and_last(day),
        _who_is_missing(day),
        _agencies_overdue(day),
        _what_is_doubtful(day),
        _what_came_of_the_calls(eve, day),
    )
    return Bullets(tuple(line for line in lines if line))


def _standing(day: Day, last: pd.Series) -> str:
    if pd.isna(last["coverage"]):
        return _("No figure is known yet for {day}.", day=formats.day(day.date))
    bounds = [target.coverage for target in day.campaign.targets]
    if partly := partly_known(day):
        return _(
            "{partly}: {coverage} of {people} there, not to be compared with the whole yet.",
            partly=sentence(partly),
            coverage=formats.percent(last["coverage"], bounds=bounds),
            people=day.campaign.terms.owners,
        )
    text = _(
        "{whole} has reached {coverage} of {people}",
        whole=sentence(str(day.campaign.area.whole)),
        coverage=formats.percent(last["coverage"], bounds=bounds),
        people=day.campaign.terms.owners,
    )
    baseline = day.campaign.baseline
    if baseline and day.date > baseline.at.date():
        text += _(
            " ({change} since {day})",
            change=formats.points(last["coverage"] - baseline.coverage),
            day=formats.day_short(baseline.at),
        )
    ahead = day.whole_ahead
    gap = ahead["target_coverage"] - last["coverage"]
    if gap > 0:
        text += _(
            "; {gap} short of the target of {target} by {day}",
            gap=formats.points(gap).lstrip("+"),
            target=formats.target(ahead["target_coverage"]),
            day=formats.day(ahead["target_date"]),
        )
    return text + "."


def _pace(day: Day) -> str:
    """How fast, and how likely it is enough; figures in doubt are in both."""
    said = " ".join(filter(None, (_speed(day), _chance(day))))
    doubt = _("This holds only if the figures in doubt are right.")
    return f"{said} {doubt}" if said and len(day.in_doubt) else said


def _speed(day: Day) -> str:
    last = day.whole_ahead
    if pd.isna(last["pace_observed"]) or last["outlook"] == "reached" or partly_known(day):
        return ""
    values = {
        "observed": formats.integer(last["pace_observed"]),
        "required": rounded_up(last["pace_required"]),
        "target": formats.target(last["target_coverage"]),
    }
    if pd.isna(last["pace_required"]):
        return _("The pace is {observed} people a day; the target's date is past.", **values)
    if last["outlook"] == "on_track":
        return _(
            "The pace of {observed} people a day is enough for {target} ({required} needed).",
            **values,
        )
    if last["outlook"] == "behind" and last["pace_observed"] >= last["pace_required"]:
        return _(
            "The total has fallen; the pace of {observed} people a day ({required} needed for "
            "{target}) counts only once the figures are checked.",
            **values,
        )
    if last["outlook"] == "behind":
        return _(
            "The pace of {observed} people a day is below the {required} needed for {target}.",
            **values,
        )
    return _(
        "The pace of {observed} people a day, even that of the best day, falls short of the "
        "{required} needed for {target}.",
        **values,
    )


def _chance(day: Day) -> str:
    """How likely the target ahead is reached in time, of the same errors as the range."""
    target, chance = day.whole_ahead, day.chance_ahead
    if chance is None or target["outlook"] == "reached" or partly_known(day):
        return ""
    return _(
        "The chance to reach {target} by {day}: {chance}.",
        target=formats.target(target["target_coverage"]),
        day=formats.day_short(target["target_date"]),
        chance=spoken.odds(chance),
    )


def _best_and_last(day: Day) -> str:
    """Of the units whose figure is not in doubt."""
    known = day.communes[~day.communes["unit_code"].isin(day.in_doubt["unit_code"])]
    known = known.dropna(subset=["coverage"]).sort_values("coverage", ascending=False)
    if len(known) < 2:
        return ""
    best, worst = known.iloc[0], known.iloc[-1]
    moved = known[~known["unit_code"].isin(_fallen_before(day))]
    moved = moved.dropna(subset=["coverage_change"])
    a_day = moved["coverage_change"] / moved["installs_new_days"]
    moved = moved.assign(a_day=a_day).sort_values("a_day")
    text = _(
        "Highest: {best} ({best_rate}); lowest: {worst} ({worst_rate})",
        best=best["unit_name"],
        best_rate=formats.percent(best["coverage"]),
        worst=worst["unit_name"],
        worst_rate=formats.percent(worst["coverage"]),
    )
    if len(moved) and moved.iloc[-1]["coverage_change"] > 0:
        text += _(
            "; largest rise: {unit} ({change})",
            unit=moved.iloc[-1]["unit_name"],
            change=" ".join(filter(None, (
                formats.points(moved.iloc[-1]["coverage_change"]),
                over_days(moved.iloc[-1]["installs_new_days"]),
            ))),
        )  # fmt: skip
    return text + "."


def _fallen_before(day: Day) -> pd.Series:
    """Units whose figure fell the day before: what they gain now may only undo a mistake."""
    yesterday = pd.Timestamp(day.date) - pd.Timedelta(days=1)
    before = day.history[day.history["report_date"] == yesterday]
    return before.loc[holds(before["installs_new"] < 0), "unit_code"]


def _who_is_missing(day: Day) -> str:
    """Who has sent nothing, and who something that can't be used: two things, never one."""
    status = day.communes["status"]
    silent = list(day.communes.loc[holds(status.eq("missing")), "unit_name"])
    received = list(day.communes.loc[holds(status.isin(["empty", "unreadable"])), "unit_name"])
    parts = [
        _("Not reported: {names}.", names=listed(silent, most=8)) if silent else "",
        _("Received, not usable yet: {names}.", names=listed(received, most=8)) if received else "",
        still_due(day),
    ]
    return " ".join(filter(None, parts))


def _what_is_doubtful(day: Day) -> str:
    """The units whose newest figures nobody has answered for yet, and what is wrong with each."""
    if day.in_doubt.empty:
        known = day.communes["installs_cumulative"].notna().any()
        return _("No figure is waiting to be checked.") if known else ""
    names = day.communes.set_index("unit_code")["unit_name"]
    most = day.in_doubt.sort_values("installs_moved", key=abs, ascending=False, kind="stable")
    wrong = {names[one.unit_code]: str(one.doubts).split() for one in most.itertuples()}
    said = [
        f"{name} ({', '.join(str(spoken.RULE[rule]) for rule in rules)})"
        for name, rules in wrong.items()
    ]
    return _("To be checked: {names}.", names=listed(said, most=4))


def _agencies_overdue(day: Day) -> str:
    """How many of the bodies that report once are overdue, once their day is past."""
    bodies, asked = day.agencies, day.campaign.agency_reporting
    overdue = int(bodies["status"].eq("missing").sum())
    if not overdue:
        return ""
    return _(
        "{agencies}: {n} of {all} overdue (due by the end of {day}), {reached} at {target}.",
        agencies=sentence(str(day.campaign.terms.agencies)),
        n=overdue,
        all=len(bodies),
        day=formats.day_short(asked.due),
        reached=int((bodies["coverage"] >= asked.target).sum()),
        target=formats.target(asked.target),
    )


def _what_came_of_the_calls(eve: Day | None, day: Day) -> str:
    outcomes = answered(eve, day)["outcome"]
    if eve is None or outcomes.empty:
        return ""
    came = outcomes.value_counts()
    counts = [
        _("{n} {outcome}", n=int(came[outcome]), outcome=said)
        for outcome, said in OUTCOME.items()
        if outcome in came
    ]
    return _(
        "Of the {all} calls of {day}: {counts}.",
        all=len(outcomes),
        day=formats.day_short(eve.date),
        counts=", ".join(counts),
    )
