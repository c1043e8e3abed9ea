"""What the figures say together, in sentences."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.catalog.codes import STATUS
from briefing.catalog.rules import label
from briefing.documents.blocks import Bullets
from briefing.documents.wording import (
    carried_note,
    listed,
    over_days,
    partly_known,
    rounded_up,
    sentence,
    still_due,
)
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.denominators import of_adults
from briefing.tables.reporting import holds


def summary(day: Day) -> Bullets:
    """What the figures say together, in sentences that a secretary would sign."""
    named = f"{sentence(day.name)}: " if day.others else ""
    lines = (
        *(f"{named}{line}" for line in (_fallen(day), _best_and_last(day)) if line),
        _who_is_missing(day),
        _what_is_doubtful(day),
        " ".join(filter(None, (_bodies(day), _of_adults(day)))),
    )
    return Bullets(tuple(line for line in lines if line))


def _fallen(day: Day) -> str:
    """That a pace which is enough on paper counts for nothing while the total falls."""
    last = day.whole_ahead
    if last["outlook"] != "behind" or partly_known(day) or pd.isna(last["pace_required"]):
        return ""
    if not last["pace_observed"] >= last["pace_required"]:
        return ""
    return _(
        "The total has fallen; the pace of {observed} {persons} a day ({required} needed for "
        "{target}) counts only once the figures are checked.",
        observed=formats.integer(last["pace_observed"]),
        required=rounded_up(last["pace_required"]),
        target=formats.target(last["target_coverage"]),
    )


def _of_adults(day: Day) -> str:
    """How near the whole is to what the campaign works from."""
    rule = day.campaign.effective
    whole = of_adults(day) if rule and not partly_known(day) else None
    if rule is None or whole is None:
        return ""
    return _(
        "Of {people}: {rate}; it has its effect from {share} on.",
        people=rule.of,
        rate=formats.percent(whole.coverage, bounds=[rule.coverage]),
        share=formats.target(rule.coverage),
    )


def _bodies(day: Day) -> str:
    """How many bodies have reported, and have nobody left."""
    bodies, due = day.bodies, day.campaign.once
    if bodies.empty:
        return ""
    overdue = int(bodies["status"].eq("missing").sum())
    reported = int(bodies["staff_numerator"].notna().sum())
    values = {
        "bodies": sentence(str(day.campaign.terms.bodies)),
        "n": reported,
        "all": len(bodies),
        "reached": int(holds(bodies["coverage"].between(due.target, 1)).sum()),
        "target": formats.target(due.target),
        "late": overdue,
        "due": formats.day_short(due.due),
    }
    text = _("{bodies}: {n} of {all} have reported, {reached} stand at {target}", **values)
    if overdue:
        return text + _("; {late} are overdue.", **values)
    to_come = reported < len(bodies) and day.date <= due.due
    return text + (_("; due until the end of {due}.", **values) if to_come else ".")


def _best_and_last(day: Day) -> str:
    """Of the units whose figure is not in doubt."""
    known = day.units[~day.units["unit_code"].isin(day.in_doubt["unit_code"])]
    known = known.dropna(subset=["coverage"])
    if len(known) < 2:
        return ""
    rates = known["coverage"]
    best, worst = (known[rates.eq(end)] for end in (rates.max(), rates.min()))
    moved = known[~known["unit_code"].isin(_fallen_before(day))]
    moved = moved.dropna(subset=["coverage_change"])
    a_day = moved["coverage_change"] / moved["numerator_new_days"]
    moved = moved.assign(a_day=a_day).sort_values("a_day")
    text = _(
        "Highest: {best} ({best_rate}); lowest: {worst} ({worst_rate})",
        best=_level(best),
        best_rate=formats.percent(best["coverage"].iloc[0]),
        worst=_level(worst),
        worst_rate=formats.percent(worst["coverage"].iloc[0]),
    )
    if len(moved) and moved.iloc[-1]["coverage_change"] > 0:
        text += _(
            "; largest rise: {unit} ({change})",
            unit=moved.iloc[-1]["unit_name"],
            change=" ".join(filter(None, (
                formats.by_points(moved.iloc[-1]["coverage_change"]),
                over_days(moved.iloc[-1]["numerator_new_days"], day.campaign.reporting.step),
            ))),
        )  # fmt: skip
    return text + "."


def _level(units: pd.DataFrame) -> str:
    """Those that stand level at an end, in the order of params; a carried figure names its day."""
    names = [
        f"{unit.unit_name}, {_('figure {carried}', carried=of_day)}"
        if (of_day := carried_note(unit.carried_from))
        else unit.unit_name
        for unit in units.sort_index().itertuples()
    ]
    return listed(names, most=3)


def _fallen_before(day: Day) -> pd.Series:
    """Units whose figure fell on the report date before: a gain now may only undo a mistake."""
    previous = pd.Timestamp(day.date) - day.campaign.reporting.step
    before = day.history[day.history["report_date"] == previous]
    return before.loc[holds(before["numerator_new"] < 0), "unit_code"]


def _who_is_missing(day: Day) -> str:
    """Who has sent nothing, and who something that can't be used or holds nothing new."""
    codes = day.units["status"]
    sentences = [
        f"{sentence(str(STATUS[code]))}: {listed(names, most=8)}."
        for code in ("missing", "unreadable", "empty")
        if (names := list(day.units.loc[holds(codes.eq(code)), "unit_name"]))
    ]
    return " ".join(filter(None, (*sentences, still_due(day))))


def _what_is_doubtful(day: Day) -> str:
    """The units whose newest figures nobody has answered for yet, and what is wrong with each."""
    by_indicator = {one.name: doubts for one in day.each if (doubts := _doubts(one))}
    if not by_indicator:
        known = day.units["numerator_cumulative"].notna().any()
        return _("No figure is waiting to be checked.") if known else ""
    if day.others:
        return _(
            "To be checked: {names}.", names="; ".join(f"{n}: {t}" for n, t in by_indicator.items())
        )
    return _("To be checked: {names}.", names=by_indicator[day.name])


def _doubts(day: Day) -> str:
    """The same of one indicator."""
    names = day.campaign.full_names
    most = day.in_doubt.sort_values("numerator_moved", key=abs, ascending=False, kind="stable")
    wrong = {names[one.unit_code]: str(one.doubts).split() for one in most.itertuples()}
    texts = [
        f"{name} ({', '.join(str(label(rule)) for rule in rules)})" for name, rules in wrong.items()
    ]
    return listed(texts, most=4)
