"""The unit's figures to remember."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.catalog.codes import OUTLOOK, STATUS, Tone
from briefing.documents.blocks import KeyFigure, KeyFigures
from briefing.documents.sections.head import (
    if_right,
    of_indicator,
    unknown_figure,
    with_doubtful,
)
from briefing.documents.sections.sources import opening
from briefing.documents.wording import (
    carried_note,
    doubted,
    over_days,
    rounded_up,
    sentence,
)
from briefing.messages import _
from briefing.tables.unit import Unit


def unit_figures(unit: Unit) -> KeyFigures:
    """Where the unit stands, its place among the others, and what is still needed by when."""
    of_first = (of_indicator(unit.day, make(unit)) for make in (_change, _rank, _needed, _pace))
    figures = (_coverage(unit), *of_first, _report(unit))
    return KeyFigures(opening(figures, unit.code), beside=True)


def _coverage(unit: Unit) -> KeyFigure:
    row, campaign = unit.row, unit.day.campaign
    label = sentence(str(campaign.terms.rate))
    if pd.isna(row["coverage"]):
        return unknown_figure(label, _("no figure so far"))
    carried = carried_note(row["carried_from"])
    note = _(
        "{done} of {denominator} {people}",
        done=formats.integer(row["numerator_cumulative"]),
        denominator=formats.integer(row["denominator"]),
        people=campaign.terms.denominator,
    )
    doubt = doubted(unit.day, unit.code)
    beside = [note, _("figure {carried}", carried=carried) if carried else "", _over(row), doubt]
    return KeyFigure(
        label=label,
        value=formats.percent(row["coverage"], bounds=campaign.target_rates),
        note="; ".join(filter(None, beside)),
        tone="warn" if doubt else OUTLOOK[row["outlook"]].tone,
        progress=float(row["coverage"]),
        marks=tuple(
            (t.coverage, f"{formats.target(t.coverage)} – {formats.day_short(t.date)}")
            for t in campaign.targets
        ),
    )


def _over(row: pd.Series) -> str:
    return _("more than the {those}: to be checked") if row["coverage"] > 1 else ""


def _change(unit: Unit) -> KeyFigure:
    label, change = _("Since the last report"), unit.row["coverage_change"]
    if pd.isna(change):
        return unknown_figure(label, _("no new figure to compare"))
    whole = unit.day.whole.iloc[-1]["coverage_change"]
    people = _("{n} {persons}", n=formats.signed_integer(unit.row["numerator_new"]))
    days = over_days(unit.row["numerator_new_days"], unit.day.campaign.reporting.step)
    beside = [" ".join(filter(None, (people, days)))]
    if pd.notna(whole):
        beside.append(
            f"{unit.day.campaign.area.whole}: {formats.points_short(whole)}",
        )
    if doubt := with_doubtful(unit.day):
        beside.append(doubt)
    return KeyFigure(
        label=label,
        value=formats.points_short(change),
        unit=_("percentage points"),
        note="; ".join(beside),
        tone="bad"
        if change < 0
        else "warn"
        if doubted(unit.day, unit.code) or not change
        else "good",
    )


def _rank(unit: Unit) -> KeyFigure:
    rank, gained = unit.row["rank"], unit.row["places_gained"]
    everyone = len(unit.day.units)
    label = _("Rank among {n} {units}", n=everyone, units=unit.day.campaign.terms.units)
    if pd.isna(rank):
        return unknown_figure(label, _("no figure so far"))
    if doubt := doubted(unit.day, unit.code):
        value = f"({formats.integer(rank)})/{formats.integer(everyone)}"
        return KeyFigure(label, value, "", sentence(doubt), "muted")
    tone: Tone
    if pd.isna(gained):
        note, tone = _("no rank on {before} to compare"), ""
    elif gained > 0:
        note, tone = _("{n} places up since {before}", n=gained), "good"
    elif gained < 0:
        note, tone = _("{n} places down since {before}", n=-gained), "warn"
    else:
        note, tone = _("the same place as {before}"), ""
    return KeyFigure(label, f"{formats.integer(rank)}/{formats.integer(everyone)}", "", note, tone)


def _needed(unit: Unit) -> KeyFigure:
    """What is needed for the next target; how the one in force stands is said beside it."""
    ahead = unit.ahead
    label = _("Still needed for {target}", target=formats.target(ahead["target_coverage"]))
    if pd.isna(ahead["numerator_needed"]):
        return unknown_figure(label)
    before = unit.row["outlook"] if ahead["target_date"] > unit.row["target_date"] else ""
    target = formats.target(unit.row["target_coverage"])
    doubt = _if_right(unit)
    reached = _("{target} reached", target=target) if before == "reached" and not doubt else ""
    return KeyFigure(
        label=label,
        value=formats.integer(ahead["numerator_needed"]),
        unit=_("{persons}"),
        note="; ".join(filter(None, (reached, _until(ahead), doubt))),
        tone="" if doubt else "good" if reached or ahead["outlook"] == "reached" else "",
    )


def _until(ahead: pd.Series) -> str:
    date = formats.day_short(ahead["target_date"])
    if pd.isna(ahead["pace_required"]):
        return _("the target's date, {day}, is past", day=date)
    if not ahead["numerator_needed"]:
        return _("{n} days before the date, {day}", n=ahead["days_left"], day=date)
    return _(
        "{n} {persons} a day until the end of {day}: {left} days",
        n=rounded_up(ahead["pace_required"]),
        day=date,
        left=ahead["days_left"],
    )


def _pace(unit: Unit) -> KeyFigure:
    ahead = unit.ahead
    outlook = OUTLOOK[ahead["outlook"]]
    label = _("Pace of the last reported {periods}")
    if pd.isna(ahead["pace_observed"]):
        return unknown_figure(label, str(outlook))
    doubt = _if_right(unit)
    text = sentence(f"{outlook} {formats.target(ahead['target_coverage'])}")
    return KeyFigure(
        label, formats.integer(ahead["pace_observed"]), _("{persons} a day"),
        "; ".join(filter(None, (text, doubt))),
        "warn" if doubt and outlook.tone == "good" else outlook.tone,
    )  # fmt: skip


def _if_right(unit: Unit) -> str:
    """On what the unit's pace hangs while its own figure is in doubt; else nothing."""
    return if_right(unit.day) if doubted(unit.day, unit.code) else ""


def _report(unit: Unit) -> KeyFigure:
    label, status = _("Report of the {period}"), unit.row["status"]
    if pd.isna(status):
        return unknown_figure(label, _("no report due this {period}"))
    code = STATUS[status]
    came = unit.row["received_at"]
    later = pd.notna(came) and came.date() != unit.day.date
    deadline = formats.clock(unit.day.campaign.deadline_of(unit.day.date))
    remarks = (
        str(code),
        _("came on {day}", day=formats.day_short(came)) if later else "",
        _("deadline {deadline}", deadline=deadline),
    )
    return KeyFigure(
        label=label,
        value=formats.clock(came),
        note=sentence("; ".join(filter(None, remarks))),
        tone=code.tone,
    )
