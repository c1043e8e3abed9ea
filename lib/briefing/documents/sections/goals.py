"""Every target: what it still asks for, when it will be reached; then the verdict on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from briefing import formats, labels
from briefing.catalog.codes import OUTLOOK, Tone
from briefing.documents.blocks import Cell, Notice, Table
from briefing.documents.sections.head import if_right, verified, with_all
from briefing.documents.sections.listing import listing, named
from briefing.documents.sections.sources import GOALS
from briefing.documents.wording import partly_known, rate_of_whole, sentence, worded
from briefing.messages import _
from briefing.tables import Day
from briefing.tables import goals as targets
from briefing.tables.anomalies import in_doubt
from briefing.tables.goals import goals
from briefing.tables.headline import rests_on_doubt
from briefing.tables.levels import folded, notable
from briefing.tables.projection import FARTHEST
from briefing.tables.reporting import holds
from briefing.tables.unit import Unit


def headline(day: Day) -> Notice:
    """Where the whole stands, and each target: what has become of it, else how it looks.

    Of several indicators the first has a line for each, and every other one line for all.
    """
    lines, outlooks = _stands(day)
    if day.others:
        lines[0] = f"{day.name}: {lines[0]}"
    for other in day.others:
        own, more = _stands(other)
        lines.append(f"{other.name}: {'; '.join(map(labels.lowered, own))}")
        outlooks += more
    tones = [OUTLOOK[outlook].tone for outlook in outlooks]
    order: tuple[Tone, ...] = ("bad", "warn", "good")
    tone: Tone = next((tone for tone in order if tone in tones), "")
    doubted = any(len(one.in_doubt) for one in day.each)
    tone = "warn" if tone == "good" and doubted else tone
    return Notice("\n".join(f"{sentence(text)}." for text in lines), tone)


def _stands(day: Day) -> tuple[list[str], list[str]]:
    """Where the whole of one indicator stands, in sentences, and the outlooks on its targets."""
    judged = targets.verdicts(day)
    judged = judged[judged["area"].eq(day.campaign.area.code)]
    known = goals(day)
    open_ = known[
        known["area"].eq(day.campaign.area.code) & (known["target_date"] > pd.Timestamp(day.date))
    ]
    lines = [_standing(day), *(_verdict(day, row) for _i, row in judged.iterrows())]
    if not partly_known(day):
        lines += [_outlook(day, row) for _i, row in open_.iterrows()]
    return [line for line in lines if line], [*judged["outlook"], *open_["outlook"]]


def _standing(day: Day) -> str:
    last = day.whole.iloc[-1]
    if pd.isna(last["coverage"]):
        return _("no figure is known yet for {day}", day=formats.day(day.date))
    rate = formats.percent(last["coverage"], bounds=day.campaign.target_rates)
    if partly := partly_known(day):
        return _("{partly}: {coverage} of {people} there, not to be compared with the whole yet",
                 partly=partly, coverage=rate, people=day.campaign.terms.denominator)  # fmt: skip
    whole = str(day.campaign.area.whole)
    if rests_on_doubt(day):
        sure = formats.percent(last["coverage_sure"], bounds=day.campaign.target_rates)
        text = _("{whole}: {rate} without what waits to be verified", whole=whole, rate=sure)
        return f"{text} ({with_all(day)})"
    text = _("{whole}: {coverage}", whole=whole, coverage=rate)
    return f"{text} ({doubt})" if (doubt := verified(day)) else text


def _outlook(day: Day, row: pd.Series) -> str:
    """How a target that is still to come looks; the next one with its chance."""
    if open_ := _unsettled(row):
        return f"{aimed_at(row)}: {open_}"
    outlook, chance = str(OUTLOOK[row["outlook"]]), day.chance_ahead
    ahead = row["target_coverage"] == day.whole_ahead["target_coverage"]
    if ahead and chance is not None and row["outlook"] != "reached":
        outlook += _(" (chance: {chance})", chance=labels.odds(chance))
    if row["outlook"] == "on_track" and (doubt := if_right(day)):
        outlook += f", {doubt}"
    return f"{aimed_at(row)}: {outlook}"


def _verdict(day: Day, row: pd.Series) -> str:
    values = {
        "rate": formats.percent(row["coverage"], bounds=[row["target_coverage"]]),
        "n": int(row["units_reached"]),
        "all": len(day.units),
        "units": day.campaign.terms.units,
    }
    if why := partly_known(day, int(row["units_counted"])):
        return _("{aim}: can't be judged, {why}", aim=aimed_at(row), why=why)
    beside = _("{rate}; {n} of {all} {units} have reached it", **values)
    verdict = judged_as(row)
    if len(in_doubt(day.anomalies, row["judged_on"])):
        sure = formats.percent(row["coverage_sure"], bounds=[row["target_coverage"]])
        beside += _("; {rate} without the figures that wait to be verified", rate=sure)
        verdict = _unsettled(row) or verdict
    return _("{aim}: {verdict} ({beside})", aim=aimed_at(row), verdict=verdict, beside=beside)


def _unsettled(row: Mapping[str, Any]) -> str:
    """That a target above which a figure stands can't be called reached yet; else nothing."""
    return _falls_above(row) or (
        str(OUTLOOK[row["outlook"]]) if row["outlook"] == "in_doubt" else ""
    )


def unit_verdicts(unit: Unit) -> Notice | None:
    """The same of one unit alone."""
    judged = [(one, _judged(one)) for one in (unit, *unit.others)]
    own_rows = pd.concat([rows for _one, rows in judged])
    if own_rows.empty:
        return None
    sentences = [
        ": ".join(filter(None, (one.day.name if unit.others else "", _of_unit(row))))
        for one, rows in judged
        for _i, row in rows.iterrows()
    ]
    missed = (~own_rows["outlook"].isin(["reached", "in_doubt"])).any()
    open_ = any(_unsettled(row) for _i, row in own_rows.iterrows())
    tone: Tone = "bad" if missed else "warn" if open_ else "good"
    return Notice(" ".join(f"{text}." for text in sentences), tone)


def _judged(unit: Unit) -> pd.DataFrame:
    judged = targets.verdicts(unit.day)
    return judged[judged["area"].eq(unit.code) & judged["coverage"].notna()]


def _of_unit(row: pd.Series) -> str:
    return _(
        "{aim}: {verdict} ({beside})",
        aim=aimed_at(row),
        verdict=_unsettled(row) or judged_as(row),
        beside=formats.percent(row["coverage"], bounds=[row["target_coverage"]]),
    )


def aimed_at(row: pd.Series) -> str:
    """A target by its share and its day, as a verdict begins."""
    target, date = formats.target(row["target_coverage"]), formats.day_short(row["target_date"])
    return _("Target of {target} by {date}", target=target, date=date)


def judged_as(row: pd.Series) -> str:
    """The verdict in a word or two; none while reports are to come, or the figure falls."""
    if row["awaited"] and row["outlook"] != "reached":
        return _("reports are still to come")
    return _falls_above(row) or str(OUTLOOK[row["outlook"]])


def _falls_above(row: Mapping[str, Any]) -> str:
    """That a figure above the target falls; else nothing."""
    above = pd.notna(row["numerator_needed"]) and row["numerator_needed"] == 0
    return _("in doubt, the figure falls") if above and row["outlook"] == "behind" else ""


AGAINST = (
    "target_coverage", "numerator_needed", "pace_required", "pace_observed", "pace_best", "outlook",
    "date_likely",
)  # fmt: skip


def whole_goals(day: Day, columns: Sequence[str] = AGAINST) -> Table:
    """The whole against each target, in columns of goals.csv."""
    known = goals(day)
    own_rows = known[known["area"].eq(day.campaign.area.code)]
    rows = [_against(day, row, _unknown(day, row)) for row in own_rows.to_dict("records")]
    caption = sentence(_("{rate} against each target", rate=rate_of_whole(day)))
    return listing("goals", caption, rows, columns, source="entry", note=_how(day))


def units_goals(day: Day, columns: Sequence[str] = ("area_name", *AGAINST)) -> Table:
    """Each unit against each target, in the order of its rank, in columns of goals.csv. Of more
    than a page lists, the level below the whole, or the notable ones."""
    day = folded(day)
    known = goals(day)
    units = known[holds(known["area"].isin(notable(day)["unit_code"]))]
    rates = day.units.set_index("unit_code")["coverage"]
    units = units.assign(rate=units["area"].map(rates.to_dict()))
    units = units.sort_values("rate", ascending=False, na_position="last", kind="stable")
    return listing(
        "units-goals",
        sentence(_("{units} against each target", units=day.campaign.terms.units)),
        [_against(day, row) for row in units.to_dict("records")],
        columns,
        heads=named(day.campaign),
        note=_how(day),
    )


def _target(row: Mapping[str, Any]) -> str:
    return _(
        "{target} by {day}",
        target=formats.target(row["target_coverage"]),
        day=formats.day_short(row["target_date"]),
    )


def _unknown(day: Day, row: Mapping[str, Any]) -> str:
    """Why the whole can't be held against a target, on the day that it is judged by."""
    on = day.date if pd.isna(row["judged_on"]) else row["judged_on"]
    counted = day.whole.loc[day.whole["report_date"].eq(pd.Timestamp(on)), "units_counted"]
    return partly_known(day, int(counted.sum()))


def _against(day: Day, row: dict[str, Any], why: str = "") -> dict[str, Any]:
    """A row of `goals` with what needs words; nothing but `why`, where it can't be judged."""
    cells: dict[str, Any] = {
        "target_coverage": Cell(_target(row), row["target_coverage"]),
        "entry": GOALS,
    }
    if not why:
        return (
            row
            | cells
            | {"outlook": _became(day, row), "date_likely": Cell(_when(row), row["date_likely"])}
        )
    unknown = dict.fromkeys(AGAINST[1:-1], Cell(formats.MISSING, None, "muted"))
    return row | cells | unknown | {"date_likely": Cell(sentence(why), None, "muted")}


def _became(day: Day, row: Mapping[str, Any]) -> Cell:
    """What has become of a target, or how it looks."""
    cell, open_ = worded(row["outlook"], OUTLOOK), _unsettled(row)
    return replace(cell, text=open_, tone="warn") if open_ else cell


def _when(row: Mapping[str, Any]) -> str:
    early, likely, late = (
        "" if pd.isna(row[name]) else formats.day_short(row[name])
        for name in ("date_early", "date_likely", "date_late")
    )
    if late and early == late:
        return _("about {likely}", likely=likely)
    if late:
        return _("about {likely} ({early} to {late})", likely=likely, early=early, late=late)
    if likely:
        return _("about {likely}, {early} at the earliest", likely=likely, early=early)
    if early:
        return _("{early} at the earliest", early=early)
    return formats.MISSING


def _how(day: Day) -> str:
    return _(
        "The dates carry the projected range (80%) on, slower the fewer are left. A dash: reached "
        "already, too little known, no rise, or later than {n} days from now. A target whose day "
        "has come is judged by the figures of that day, and has no pace any more.",
        n=FARTHEST,
    )
