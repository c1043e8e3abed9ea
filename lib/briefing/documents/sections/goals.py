"""Every target: what it still asks for, and when it will be reached at the present pace."""

from __future__ import annotations

import pandas as pd

from briefing import formats
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.sections.sources import GOALS, traced
from briefing.documents.sections.wording import (
    OUTLOOK,
    partly_known,
    rate_of_whole,
    rounded_up,
    sentence,
    worded,
)
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.goals import FARTHEST, goals

SHORT_OF = ("on_track", "behind", "out_of_reach")


def whole_goals(day: Day) -> Table:
    """The whole against each target."""
    known = goals(day)
    mine = known[known["area"].eq(day.campaign.area.code)]
    return Table(
        id="goals",
        caption=sentence(_("{rate} against each target", rate=rate_of_whole(day))),
        columns=(Column("target_coverage", _("Target"), width=1.8), *_columns()),
        rows=tuple(
            (
                Cell(_target(row), row["target_coverage"]),
                *traced(_cells(row, day, partly_known(day)), GOALS),
            )
            for _i, row in mine.iterrows()
        ),
        note=_how(day),
    )


def units_goals(day: Day) -> Table:
    """Each unit against each target, in the order of its rank."""
    known = goals(day)
    units = known[known["area"].ne(day.campaign.area.code)]
    units = units.sort_values("coverage", ascending=False, na_position="last", kind="stable")
    return Table(
        id="units-goals",
        caption=sentence(_("{units} against each target", units=day.campaign.terms.units)),
        columns=(
            Column("area_name", sentence(str(day.campaign.terms.units)), width=2.6),
            Column("target_coverage", _("Target"), width=1.7),
            *_columns(),
        ),
        rows=tuple(
            (
                Cell(row["area_name"], row["area"]),
                Cell(_target(row), row["target_coverage"]),
                *_cells(row, day),
            )
            for _i, row in units.iterrows()
        ),
        note=_how(day),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("installs_needed", _("Still needed"), "right", 1.2),
        Column("pace_required", _("Needed a day"), "right", 1.1),
        Column("pace_observed", _("Pace a day"), "right", 1.1),
        Column("pace_best", _("Best day"), "right", 1.1),
        Column("outlook", _("Outlook"), width=1.5),
        Column("date_likely", _("Reached at the present pace"), width=3),
    )


def _target(row: pd.Series) -> str:
    return _(
        "{target} by {day}",
        target=formats.target(row["target_coverage"]),
        day=formats.day_short(row["target_date"]),
    )


def _cells(row: pd.Series, day: Day, why: str = "") -> tuple[Cell, ...]:
    if why:
        return (*(Cell(formats.MISSING, None, "muted"),) * 5, Cell(sentence(why), None, "muted"))
    return (
        Cell(formats.integer(row["installs_needed"]), row["installs_needed"]),
        Cell(rounded_up(row["pace_required"]), row["pace_required"]),
        Cell(formats.number(row["pace_observed"], 0), row["pace_observed"]),
        Cell(formats.number(row["pace_best"], 0), row["pace_best"]),
        worded(_standing(row, day), OUTLOOK),
        Cell(_when(row), row["date_likely"]),
    )


def _standing(row: pd.Series, day: Day) -> str:
    """The outlook; of a target whose day is over without it, that it is overdue."""
    over = row["target_date"].date() < day.date
    return "overdue" if over and row["outlook"] in SHORT_OF else row["outlook"]


def _when(row: pd.Series) -> str:
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
        "The dates carry the projected range (80%) on in a straight line. A dash: reached already, "
        "too little known, no rise, or later than {n} days from now.",
        n=FARTHEST,
    )
