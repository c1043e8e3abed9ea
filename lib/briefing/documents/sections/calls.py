"""Whom to call today and with which words, and what came of the calls of the day before."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from briefing import formats, labels
from briefing.catalog.codes import ASK, OUTCOME, OUTLOOK
from briefing.catalog.rules import label
from briefing.correspondence.wording import addressee, dated_otherwise, subject
from briefing.documents.blocks import Action, ActionList, Cell, Column, Heading, Paragraph, Table
from briefing.documents.sections.sources import explained, for_indicator, traced
from briefing.documents.wording import (
    carried_note,
    listed,
    over_days,
    report_state,
    rounded_up,
    sentence,
    worded,
)
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.actions import FIFTH
from briefing.tables.follow_up import answered, called, concerned

IN_PERSON = 3  # times that the same was asked, from which on a call is not enough


def calls_heading(day: Day) -> Heading:
    """Whom the page is for, who is asked to direct what follows."""
    return Heading(_("For {leader} to direct"))


def calls(day: Day, previous_day: Day | None = None) -> ActionList | Paragraph:
    """The units to call first, in a line or two each: why, and what to ask.

    Args:
        previous_day: As it was known at its own end: by it repeated calls are counted.
    """
    about, before = concerned(day, previous_day)
    wanted = called(about, before)
    if wanted.empty:
        return Paragraph(_nobody_called(about))
    came = answered(before, about)
    done = set(came.loc[came["outcome"].eq("done"), "unit_code"])
    name = about.name if day.others else ""
    return ActionList(tuple(_action(about, call, done, name) for _i, call in wanted.iterrows()))


def drafts(day: Day) -> Table | Paragraph:
    """What to read out or to send to each unit of `calls`."""
    day, _before = concerned(day, None)
    wanted = called(day)
    if wanted.empty:
        return Paragraph(_("No message is to be sent today."))
    return Table(
        id="drafts",
        caption=_("What each unit is told"),
        columns=(
            Column("unit_name", sentence(str(day.campaign.terms.units)), width=1.4),
            Column("draft", _("Message"), width=5),
        ),
        rows=tuple(
            (Cell(call["unit_name"], call["unit_code"]), Cell(_draft(day, call)))
            for _i, call in wanted.iterrows()
        ),
    )


def _nobody_called(day: Day) -> str:
    if day.units["numerator_cumulative"].isna().all():
        return _("Nothing is known yet, and no report was due: nobody is to be called.")
    if day.ahead["outlook"].eq("reached").all():
        return _("Every unit has reached the target and reported well: nobody is to be called.")
    return _("Every unit keeps pace with the target and reported well: nobody is to be called.")


def _action(day: Day, call: pd.Series, done: set[str], indicator: str) -> Action:
    """A call, why, and of who has done what was asked the day before, that it is another one.

    Args:
        indicator: Which one a call for people is about, where there are several.
    """
    figure, ask, _plea = WORDS[call["ask"]](day, call)
    figure = f"{indicator}: {figure}" if indicator and call["ask"] != "report" else figure
    why = "; ".join(filter(None, (figure, again(call["times"]))))
    if call["unit_code"] in done:
        why = _("did what was asked {before}; called again: {why}", why=labels.lowered(why))
    if pd.notna(call["times"]) and call["times"] >= IN_PERSON:
        ask = _("In person: {ask}", ask=labels.lowered(ask))
    return Action(call["unit_name"], sentence(why), ask)


def again(times: object) -> str:
    """That the same was asked on the days before too, and how often; else nothing."""
    return "" if pd.isna(times) or times == 1 else _("asked on {n} days", n=times)


def _draft(day: Day, call: pd.Series) -> str:
    _figure, _ask, plea = WORDS[call["ask"]](day, call)
    to = addressee(call["unit_code"], call["unit_name"], day.campaign)
    return _("To {addressee}: {plea} With respect.", addressee=to, plea=plea)


def _to_report(day: Day, call: pd.Series) -> tuple[str, str, str]:
    unit = day.units.set_index("unit_code").loc[call["unit_code"]]
    state = [sentence(report_state(unit).text), _still_needed(call)]
    return "; ".join(filter(None, state)), _send(day), _report_plea(day, unit)


def _send(day: Day) -> str:
    """What is asked of a unit without a usable figure: by the deadline, after it at once."""
    deadline, about = day.campaign.deadline_of(day.date), formats.day_short(day.date)
    if day.as_of is not None and day.as_of < deadline:
        return _("Send the figures of {day} before {deadline}.", day=about,
                 deadline=formats.clock(deadline))  # fmt: skip
    return _("Send the figures of {day} at once.", day=about)


def _report_plea(day: Day, unit: pd.Series) -> str:
    """What to say to a unit of which no figure of the day is known."""
    values = {
        "subject": subject(day.campaign),
        "day": formats.day_short(day.date),
        "file": unit["unused_file"],
    }
    if unit["status"] == "empty":
        return _(
            "the report on {subject} of {day} holds no new figures; please send the figures of "
            "this day at once.",
            **values,
        )
    if unit["status"] != "unreadable":
        return _("the report on {subject} of {day} has not come; please send it at once.", **values)
    if pd.notna(unit["unused_date"]):
        return dated_otherwise(unit, day.date)
    return _(
        "the report on {subject} of {day} (“{file}”) was received, but can't be used yet; please "
        "send it again at once, on the form.",
        **values,
    )


def _to_check(day: Day, call: pd.Series) -> tuple[str, str, str]:
    since = day.in_doubt.set_index("unit_code").at[call["unit_code"], "since"]
    values = {
        "figure": formats.integer(call["numerator_cumulative"]),
        "day": formats.day_short(since),
        "doubts": listed([str(label(rule)) for rule in str(call["doubts"]).split()]),
        "moved": formats.signed_integer(call["numerator_moved"]),
    }
    return (
        _("{figure} {persons} so far ({moved}) wait to be verified: {doubts}", **values),
        _("Check the figure of {day}: correct it, or confirm it.", **values),
        _(
            "the cumulative reported on {day} is in doubt: {doubts}; it moves the total by {moved} "
            "{persons}. Please check it and answer today whether it is right.",
            **values,
        ),
    )


def _to_gain(day: Day, call: pd.Series) -> tuple[str, str, str]:
    pace = day.units.set_index("unit_code").at[call["unit_code"], "pace_observed"]
    plea = _plea(call)
    if pd.notna(pace) and pd.notna(call["pace_required"]):
        plea = _("{now} {persons} a day lately, {plea}", now=formats.number(pace, 0), plea=plea)
    return (
        "; ".join(filter(None, (_why(call, pace), _still_needed(call), _outlook(call)))),
        asked_of_people(call),
        _("{plea}. Please send more teams, and say what stands in the way.", plea=plea),
    )


def _why(call: pd.Series, pace: float) -> str:
    """Why a unit that reports well stands among those called."""
    if call["why"] == "lowest":
        rate = formats.percent(call["coverage"], bounds=[call["target_coverage"]])
        of_day = carried_note(call["carried_from"])
        rate += f", {_('figure {carried}', carried=of_day)}" if of_day else ""
        return _("lowest of all: {rate}", rate=rate)
    if call["why"] == "stalled":
        return _("rising slowly: {now} {persons} a day", now=formats.number(pace, 0))
    return ""


def _outlook(call: pd.Series) -> str:
    known = call["why"] == "most" and pd.notna(call["outlook"]) and call["outlook"] != "unknown"
    aim = formats.target(call["target_coverage"])
    return f"{OUTLOOK[call['outlook']]} {aim}" if known else ""


def _plea(call: pd.Series) -> str:
    values = {
        "n": formats.integer(call["numerator_needed"]),
        "target": formats.target(call["target_coverage"]),
        "date": formats.day_short(call["target_date"]),
        "pace": rounded_up(call["pace_asked"]),
    }
    if pd.isna(call["pace_required"]):
        return _("{n} {persons} are still needed for {target}, whose day is past", **values)
    if pd.isna(call["pace_asked"]):
        return _("{n} {persons} are still needed for {target} by the end of {date}", **values)
    if call["pace_asked"] < call["pace_required"]:
        return _(
            "{n} {persons} are still needed for {target} by the end of {date}; for now at least "
            "{pace} a day, as the fastest unit does",
            **values,
        )
    return _(
        "{n} {persons} are still needed for {target} by the end of {date}: {pace} a day from now "
        "on",
        **values,
    )


def asked_of_people(call: pd.Series) -> str:
    """What a unit is asked that has to reach more people: never more a day than it can."""
    values = {
        "n": formats.integer(call["numerator_needed"]),
        "pace": rounded_up(call["pace_asked"]),
    }
    if pd.isna(call["pace_required"]):
        return _("Reach the {n} {persons} still needed; the date of the target is past.", **values)
    if pd.isna(call["pace_asked"]):
        return _("Send teams from house to house, and say what stands in the way.")
    if call["pace_asked"] < call["pace_required"]:
        return _("Send teams from house to house: at least {pace} {persons} a day.", **values)
    return _("Reach {pace} more {persons} a day.", **values)


WORDS = {"report": _to_report, "check": _to_check, "gain": _to_gain}


def _still_needed(call: pd.Series) -> str:
    if pd.isna(call["numerator_needed"]) or not call["numerator_needed"]:
        return ""
    return _("{n} {persons} still needed", n=formats.integer(call["numerator_needed"]))


def calls_came(previous_day: Day | None, day: Day) -> Paragraph | None:
    """What came of the calls of the day before, in a sentence that names the units.

    Args:
        previous_day: As it was known at its own end; `None` before the campaign begins.
    """
    if previous_day is None:
        return None
    came = answered(*concerned(previous_day, day))
    if came.empty:
        return None
    of_each = {code: came.loc[came["outcome"].eq(code), "unit_name"] for code in OUTCOME}
    outcomes = [
        f"{OUTCOME[code]} {len(names)} ({listed(list(names), most=7)})"
        for code, names in of_each.items()
        if len(names)
    ]
    return Paragraph(
        _("What came of the {n} calls of {day}: {said}.", n=len(came),
          day=formats.day_short(previous_day.date), said="; ".join(outcomes))
    )  # fmt: skip


def calls_answered(previous_day: Day | None, day: Day) -> Table | Paragraph | None:
    """What came of the calls of the day before, worked out again from what was known then.

    Nothing before the second day on which reports are due: nobody was to be called before; so
    nothing ever where they are made once.

    Args:
        previous_day: As it was known at its own end; `None` before the campaign begins.
    """
    first = day
    previous_day, day = concerned(previous_day, day) if previous_day else (previous_day, day)
    came = answered(previous_day, day)
    previous = formats.day_short(day.date - day.campaign.reporting.step)
    if not day.campaign.reporting.repeats or day.date <= day.campaign.reporting.first:
        return None
    if came.empty:
        return Paragraph(_("Nobody was to be called on {day}.", day=previous))
    done = int(came["outcome"].eq("done").sum())
    table = Table(
        id="calls-answered",
        caption=_("Asked on {day}: {n} of {all} done", day=previous, n=done, all=len(came)),
        columns=(
            Column("unit_name", sentence(str(day.campaign.terms.units)), width=2.2),
            Column("ask", _("Asked"), width=3.2),
            Column("numerator_cumulative", _("Then"), "right"),
            Column("numerator_now", _("Now"), "right"),
            Column("gained", _("Difference"), "right"),
            Column("outcome", _("What came of it"), width=1.6),
        ),
        rows=tuple(_answer(day, call) for _i, call in came.iterrows()),
        note=_(
            "A dash: no figure of that day. {Persons} are counted so far. Done is what has "
            "happened "
            "in full; below a fifth of what was asked there is no progress yet."
        ),
    )
    return for_indicator(table, day.indicator.code) if day is not first else table


def _answer(day: Day, call: pd.Series) -> tuple[Cell, ...]:
    asked = sentence(str(ASK[call["ask"]]))
    if call["ask"] == "gain" and pd.notna(call["pace_required"]):
        asked = asked_of_people(call).removesuffix(".")
    now = Cell(formats.integer(call["numerator_now"]), call["numerator_now"])
    return (
        Cell(call["unit_name"], call["unit_code"]),
        Cell(asked, call["ask"], note=again(call["times"])),
        Cell(formats.integer(call["numerator_cumulative"]), call["numerator_cumulative"]),
        traced([now], call["unit_code"])[0] if call["unit_code"] in explained(day) else now,
        Cell(
            formats.signed_integer(call["gained"]), call["gained"],
            note=over_days(call["gained_days"], day.campaign.reporting.step),
        ),
        outcome(call),
    )  # fmt: skip


def outcome(call: pd.Series) -> Cell:
    """What came of a call; where it is not done, the share of what was asked that has happened."""
    cell = worded(call["outcome"], OUTCOME)
    some = call["outcome"] in ("partly", "nothing") and call["share"] > 0
    return replace(cell, note=formats.percent(call["share"], 0, bounds=[FIFTH])) if some else cell
