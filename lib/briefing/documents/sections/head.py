"""The head of the page: who speaks, and the figures to remember."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from briefing import formats
from briefing.catalog.codes import OUTLOOK, STATUS
from briefing.documents.blocks import KeyFigure, KeyFigures, Letterhead, Paragraph
from briefing.documents.sections.sources import for_indicator, opening
from briefing.documents.wording import (
    in_periods,
    listed,
    made_up,
    partly_known,
    rate_of_whole,
    rounded_up,
    sentence,
)
from briefing.labels import lowered
from briefing.messages import Message, _
from briefing.tables import Day
from briefing.tables.headline import headline, rests_on_doubt
from briefing.tables.reporting import has_own_figure

BEST = {
    "day": Message("{n} {persons} on the best day"),
    "week": Message("{n} {persons} a day in the best week"),
}


def masthead(day: Day) -> Letterhead:
    """Title and moment of knowledge."""
    campaign = day.campaign
    return Letterhead(
        issuer_parent=campaign.letterhead.parent,
        issuer=campaign.letterhead.issuer,
        place_and_date=f"{campaign.letterhead.place}, {formats.long_day(day.date)}",
        title=_(
            "Situation report: {matter}, {day}",
            matter=campaign.terms.matter or (campaign.name if day.others else campaign.terms.rate),
            day=formats.day(day.date),
        ),
        subtitle=_("{name}. Figures as of {moment}.", name=campaign.name, moment=known_at(day)),
        subject=str(campaign.name),
        author=campaign.letterhead.issuer,
        date=(day.as_of or newest_arrival(day) or day.date).isoformat(),
        illustrative=day.illustrative,
    )


def known_at(day: Day) -> str:
    """As of when: the moment asked for, else the newest arrival that the figures rest on."""
    known = day.as_of or newest_arrival(day)
    return formats.moment(known) if known else formats.day(day.date)


def newest_arrival(day: Day) -> datetime | None:
    """When the newest of the reports came that the figures of this day rest on."""
    resting = pd.concat([day.units["report"], day.bodies["report"]]).dropna()
    times = day.reports.loc[resting.astype(int), "received_at"]
    return times.max().to_pydatetime() if len(times) else None


def key_figures(day: Day) -> KeyFigures:
    """Where the whole stands against its targets, how fast, and what the figure rests on.

    Of reports that are made once nothing says how fast, and nothing comes from earlier days.
    """
    last, area = day.whole.iloc[-1], day.campaign.area.code
    repeats = day.campaign.reporting.repeats
    paced = (_change(day, last), _needed(day), _pace(day)) if repeats else (_needed(day),)
    of_first = [_against_targets(day, last), *(of_indicator(day, figure) for figure in paced)]
    of_reports = [_reports(last), *([_carried(day, last)] if repeats else [])]
    first, *rest = opening((*of_first, *of_reports), area)
    further = (_further(one, opening([_against_targets(one, one.whole.iloc[-1])], area)[0])
               for one in day.others)  # fmt: skip
    return KeyFigures((first, *further, *rest), beside=True)


def of_indicator(day: Day, figure: KeyFigure) -> KeyFigure:
    """A figure of the first indicator, which says so where there are several."""
    if not day.others:
        return figure
    return replace(figure, label=f"{sentence(day.name)}: {lowered(figure.label)}")


def _further(day: Day, figure: KeyFigure) -> KeyFigure:
    """A further indicator in one figure: beside its rate what the day added, and the pace asked."""
    change, needed = _change(day, day.whole.iloc[-1]), _needed(day)
    more = [
        f"{lowered(change.label)}: {change.value} {change.unit} ({change.note})"
        if change.value != formats.MISSING
        else "",
        f"{lowered(needed.label)}: {needed.value} {needed.unit} ({needed.note})"
        if needed.value != formats.MISSING
        else "",
    ]
    note = "; ".join(filter(None, (figure.unit, figure.note, *more)))
    return for_indicator(replace(figure, unit="", note=note), day.indicator.code)


def _against_targets(day: Day, last: pd.Series) -> KeyFigure:
    terms, targets = day.campaign.terms, day.campaign.targets
    bounds = [target.coverage for target in targets]
    if pd.isna(last["coverage"]):
        return unknown_figure(sentence(rate_of_whole(day)))
    note = _(
        "{done} of {denominator} {people}",
        done=formats.integer(last["numerator_cumulative"]),
        denominator=formats.integer(last["denominator"]),
        people=_("{people} (assumed)", people=terms.denominator)
        if day.campaign.denominator_assumed
        else terms.denominator,
    )
    partly, led = partly_known(day), rests_on_doubt(day)
    tone = OUTLOOK[last["outlook"]].tone
    leading = headline(day).iloc[0]["coverage_sure"] if led else last["coverage"]
    doubts = (with_all(day), note) if led else (note, partly, verified(day))
    return KeyFigure(
        label=sentence(rate_of_whole(day)),
        value=formats.percent(leading, bounds=bounds),
        unit=_("without what waits to be verified") if led else "",
        note="; ".join(filter(None, (*doubts, estimated(day)))),
        tone="muted" if partly else "warn" if tone == "good" and len(day.in_doubt) else tone,
        progress=float(leading),
        marks=tuple(
            (t.coverage, f"{formats.target(t.coverage)} – {formats.day_short(t.date)}")
            for t in targets
        ),
    )


def verified(day: Day) -> str:
    """How many people wait to be verified, and the rate without them; else nothing."""
    if not len(day.in_doubt):
        return ""
    return _("{n} {persons} wait to be verified, without them {rate}", **_both(day))


def with_all(day: Day) -> str:
    """The rate with what waits to be verified, beside that without it."""
    return _("with the {n} {persons} who wait to be verified: {coverage}", **_both(day))


def _both(day: Day) -> dict[str, str]:
    figures = headline(day).iloc[0]
    bounds = day.campaign.target_rates
    return {
        "n": formats.integer(figures["numerator_doubtful"]),
        "rate": formats.percent(figures["coverage_sure"], bounds=bounds),
        "coverage": formats.percent(figures["coverage"], bounds=bounds),
    }


def estimated(day: Day) -> str:
    """What the rate will be once all reports are in; nothing where they are."""
    figures = headline(day).iloc[0]
    if pd.isna(figures["estimate_low"]):
        return ""
    low, high = (formats.percent(figures[f"estimate_{end}"], 1) for end in ("low", "high"))
    if low == high:
        return _("once all reports are in, about {rate}", rate=low)
    return _("once all reports are in, about {low}–{high}", low=low.rstrip("%"), high=high)


def _change(day: Day, last: pd.Series) -> KeyFigure:
    """What the day has added, and whether that is more than the day before did, like for like."""
    change, faster = last["coverage_change"], last["rise_change"]
    label = _("Change in the {period}")
    if pd.isna(change):
        return unknown_figure(label, _("no new figure to compare"))
    doubt = with_doubtful(day)
    if doubt and rests_on_doubt(day):
        people = _("{n} {persons}", n=formats.signed_integer(last["numerator_new"]))
        return unknown_figure(label, f"{unsettled()}; {doubt}: {people}")
    beside = [
        _("{n} {persons}", n=formats.signed_integer(last["numerator_new"])),
        "" if pd.isna(faster) else _faster(day, int(faster)),
        _in_a_row(day),
        _since_baseline(day, last),
        doubt,
    ]
    slower = doubt or (pd.notna(faster) and faster < 0)
    return KeyFigure(
        label=label,
        value=formats.points_short(change),
        unit=_("percentage points"),
        note="; ".join(filter(None, beside)),
        tone="bad" if change < 0 else "warn" if slower or not change else "good",
    )


def _since_baseline(day: Day, last: pd.Series) -> str:
    """How far the rate has come since the state before the campaign."""
    baseline = day.campaign.baseline
    if not baseline or day.date <= baseline.at.date() or partly_known(day):
        return ""
    return _(
        "since {day}: {change}",
        day=formats.day_short(baseline.at),
        change=formats.points(last["coverage"] - baseline.coverage),
    )


def _in_a_row(day: Day) -> str:
    """For how many report dates up to the last the rise has grown, or shrunk; one is no row."""
    signs = np.sign(day.whole["rise_change"].astype("Float64").fillna(0)).to_numpy(float)
    times = int((signs[::-1] == signs[-1]).cumprod().sum())
    if times < 2 or not signs[-1]:
        return ""
    if signs[-1] > 0:
        return _("faster {span} in a row", span=in_periods(times))
    return _("slower {span} in a row", span=in_periods(times))


def _faster(day: Day, people: int) -> str:
    """The rise of the report date beside that of the one before."""
    if not people:
        return _("as many as {before}")
    if people > 0:
        return _("{n} {persons} more than {before}", n=people)
    return _("{n} {persons} fewer than {before}", n=-people)


def _needed(day: Day) -> KeyFigure:
    last = day.whole_ahead
    label = _("Still needed for {target}", target=formats.target(last["target_coverage"]))
    if pd.isna(last["numerator_needed"]) or partly_known(day):
        return unknown_figure(label, partly_known(day))
    if rests_on_doubt(day):
        return unknown_figure(label, unsettled())
    doubt = if_right(day)
    return KeyFigure(
        label=label,
        value=formats.integer(last["numerator_needed"]),
        unit=_("{persons}"),
        note=_until(last) if last["numerator_needed"] else sentence(doubt),
        tone="" if doubt or last["outlook"] != "reached" else "good",
    )


def _until(last: pd.Series) -> str:
    day = formats.day_short(last["target_date"])
    if pd.isna(last["pace_required"]):
        return _("the target's date, {day}, is past", day=day)
    required = rounded_up(last["pace_required"])
    return _("{n} {persons} a day until the end of {day}", n=required, day=day)


def _pace(day: Day) -> KeyFigure:
    last = day.whole_ahead
    outlook = OUTLOOK[last["outlook"]]
    label = _("Pace of the last reported {periods}")
    if pd.isna(last["pace_observed"]) or partly_known(day):
        return unknown_figure(label, partly_known(day) or str(outlook))
    if rests_on_doubt(day):
        return unknown_figure(label, unsettled())
    doubt = if_right(day)
    return KeyFigure(
        label=label,
        value=formats.integer(last["pace_observed"]),
        unit=_("{persons} a day"),
        note="; ".join(filter(None, (_best(day, last["pace_best"]), doubt))),
        tone="warn" if doubt and outlook.tone == "good" else outlook.tone,
    )


def _best(day: Day, pace: float) -> str:
    """The best of the last reported days, or weeks, by the day."""
    message = BEST.get(day.campaign.reporting.every, BEST["day"])
    return str(replace(message, values={"n": formats.integer(pace)}))


def unsettled() -> str:
    """What is said in place of a figure that only rests on doubts."""
    return str(OUTLOOK["in_doubt"])


def with_doubtful(day: Day) -> str:
    """That what the day adds holds figures in doubt; else nothing."""
    today = day.in_doubt["since"].eq(pd.Timestamp(day.date)).any()
    return _("with what waits to be verified") if today else ""


def if_right(day: Day) -> str:
    """On what a pace hangs while figures are in doubt; else nothing."""
    return _("if the figures in doubt are right") if len(day.in_doubt) else ""


def _reports(last: pd.Series) -> KeyFigure:
    parts = [
        f"{last[f'reports_{status}']} {STATUS[status]}"
        for status in ("late", "missing", "unreadable", "empty")
        if last[f"reports_{status}"]
    ]
    awaited = last["reports_not_due"]
    notes = [*parts, f"{awaited} {STATUS['not_due']}"] if awaited else parts
    if not last["reports_expected"]:
        return unknown_figure(_("Reports"), _("no report due this {period}"))
    return KeyFigure(
        label=_("Reports on time"),
        value=f"{formats.integer(last['reports_on_time'])}/{formats.integer(last['reports_expected'])}",
        note="; ".join(notes) or _("all complete"),
        tone="warn" if parts else "" if awaited else "good",
    )


def _carried(day: Day, last: pd.Series) -> KeyFigure:
    label = _("Of the total, carried over from earlier {periods}")
    total = last["numerator_cumulative"]
    if pd.isna(total) or total == 0:
        return unknown_figure(label)
    carried = int(day.units["carried_from"].notna().sum())
    unknown = int(day.units["numerator_cumulative"].isna().sum())
    terms = day.campaign.terms
    notes = [
        _("{units} without a figure of the {period}: {n}", n=carried, units=terms.units)
        if carried
        else "",
        _("{units} without any figure so far: {n}", n=unknown, units=terms.units)
        if unknown
        else "",
    ]
    return KeyFigure(
        label=label,
        value=formats.percent(last["numerator_carried"] / total, digits=1),
        note="; ".join(filter(None, notes)) or _("every figure is of the {period}"),
        tone="warn" if any(notes) else "good",
    )


def unknown_figure(label: str, why: str = "") -> KeyFigure:
    """A figure that is not known: said as such, without a unit that would suggest a number."""
    return KeyFigure(label=label, value=formats.MISSING, note=sentence(why), tone="muted")


def arrived(day: Day) -> Paragraph:
    """What came, in one line: for the analyst, first thing."""
    last = day.whole.iloc[-1]
    due = int(last["reports_expected"])
    usable = day.units[has_own_figure(day.units)]
    units = day.units[["unit_name", "status"]]
    missing, awaited = (units[units["status"].eq(s)]["unit_name"] for s in ("missing", "not_due"))
    received = day.units[day.units["unused_file"].notna()].to_dict("records")
    text = _(
        "{n} of {all} {units} have a usable figure for {day}",
        n=len(usable),
        all=len(day.units),
        units=day.campaign.terms.units,
        day=formats.day(day.date),
    )
    if due and len(missing):
        text += _("; not reported: {names}", names=listed(list(missing), most=20))
    if due and len(awaited):
        text += _("; not due yet: {names}", names=listed(list(awaited), most=20))
    if received:
        named = [f"{unit['unit_name']} (“{unit['unused_file']}”)" for unit in received]
        text += f"; {STATUS['unreadable']}: {listed(named, most=20)}"
    files = day.reports.drop_duplicates(["file", "sha256"])
    rests = _(
        "This rests on {n} files, the newest of {moment}.",
        n=len(files),
        moment=formats.moment(files["received_at"].max().tz_convert(day.campaign.timezone)),
    )
    return Paragraph(made_up(day, f"{text}. {rests}" if len(files) else f"{text}."))
