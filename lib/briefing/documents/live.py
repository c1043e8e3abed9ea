"""What a watch of the inbox shows: who has reported what, what is wrong, how long is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from briefing import formats
from briefing.catalog.rules import label
from briefing.documents.terminal import COLOURS
from briefing.documents.wording import listed, report_state, sentence
from briefing.intake.submission import Submission
from briefing.messages import _
from briefing.tables import Day
from briefing.tables.reporting import COME, NOT_DUE

GRAVE = {"error": "bad", "warning": "warn"}  # what is shown of findings, and in which tone
MOST_NAMED = 2  # kinds of mistakes of a unit
LATEST = 5  # files below the table
AROUND = 12  # lines of a terminal that are not of the table's rows
SETTLED = {*COME, NOT_DUE}


def board(
    day: Day | None,
    deadline: datetime | None,
    now: datetime,
    below: Iterable[tuple[str, str]],
    height: int,
) -> RenderableType:
    """All of it, as much as a terminal of so many lines has room for.

    Args:
        below: What is said under the table, line by line, with its tone.
    """
    lines = [Text(text, style=COLOURS[tone]) for text, tone in below]
    if day is None:
        return Group(Text(_("Nobody has reported yet.")), *lines)
    return Group(_table(day, deadline, now, max(height - AROUND, 3)), *lines)


def _table(day: Day, deadline: datetime | None, now: datetime, room: int) -> Table:
    units = day.units.to_dict("records")
    wrong = {unit["unit_code"]: wrong_with(day, unit["unit_code"]) for unit in units}
    shown = units
    if len(units) > room:
        shown = [u for u in units if u["status"] not in SETTLED or wrong[u["unit_code"]][0]][:room]
    table = Table(
        title=_("Reports about {day}", day=formats.day(day.date)) + f" – {left(deadline, now)}",
        caption=summary(day) + _beyond(len(units) - len(shown)),
        expand=True,
        box=None,
        padding=(0, 1, 0, 0),
    )
    for heading in (_("Unit"), _("Report"), _("Received"), _("{Counted}"), _("Rate")):
        table.add_column(heading, no_wrap=True)
    table.add_column(_("What is wrong"), ratio=1, no_wrap=True, overflow="ellipsis")
    for unit in shown:
        table.add_row(*_row(day, unit, *wrong[unit["unit_code"]]))
    return table


def _row(day: Day, unit: Mapping[str, Any], wrong: str, tone: str) -> list[RenderableType]:
    """A line of a unit; the day on which its report came where that is another."""
    status, at = report_state(unit), unit["received_at"]
    other = not formats.is_missing(at) and at.date() != day.date
    return [
        unit["unit_name"],
        Text(status.text, style=COLOURS[status.tone] or "default"),
        formats.clock(at) + (f" {formats.day_short(at)}" if other else ""),
        formats.integer(unit["numerator_cumulative"]),
        formats.percent(unit["coverage"]),
        Text(wrong, style=COLOURS[tone]),
    ]


def _beyond(hidden: int) -> str:
    if not hidden:
        return ""
    return " " + _("Not shown, as there is no room: {n} units.", n=formats.integer(hidden))


def wrong_with(day: Day, unit: str) -> tuple[str, str]:
    """What is wrong with a unit's report of the day, the gravest first, and its tone."""
    found = day.findings[day.findings["unit_code"] == unit]
    for severity, tone in GRAVE.items():
        if rules := [*found.loc[found["severity"] == severity, "rule"]]:
            return _named(rules), tone
    return "", ""


def _named(rules: Sequence[str]) -> str:
    """The first few kinds of mistakes, each once, and how many more there are."""
    named = [sentence(str(label(rule))) for rule in dict.fromkeys(rules)]
    more = len(named) - MOST_NAMED
    return "; ".join(named[:MOST_NAMED]) + (f" (+{more})" if more > 0 else "")


def summary(day: Day) -> str:
    """How many reports have come, and the whole's figure; how many of bodies."""
    whole = day.whole.iloc[-1]
    came = int(whole["reports_on_time"]) + int(whole["reports_late"])
    of_units = _(
        "{came} of {due} reports have come. {Whole}: {count} ({rate}).",
        came=formats.integer(came),
        due=formats.integer(whole["reports_expected"]),
        Whole=sentence(str(day.campaign.area.whole)),
        count=formats.integer(whole["numerator_cumulative"]),
        rate=formats.percent(whole["coverage"]),
    )
    if day.bodies.empty:
        return of_units
    of_bodies = _(
        "{bodies}: {came} of {due} have reported.",
        bodies=sentence(str(day.campaign.terms.bodies)),
        came=formats.integer(int(day.bodies["status"].isin(COME).sum())),
        due=formats.integer(len(day.bodies)),
    )
    return f"{of_units} {of_bodies}"


def left(deadline: datetime | None, now: datetime) -> str:
    """How long it is to the deadline, or since."""
    if deadline is None:
        return ""
    minutes = int((deadline - now).total_seconds() // 60)
    values = {"moment": formats.moment(deadline), "n": formats.integer(abs(minutes))}
    if minutes < 0:
        return _("the deadline, {moment}, is over", **values)
    return _("{n} minutes to the deadline, {moment}", **values)


def arrival_text(came: Any) -> str:
    """One line on a file that has come: when, what it is, whose, about which day, which figure.

    Args:
        came: `run.watching.Came`.
    """
    what = "; ".join(_report(report) for report in came.reports)
    return f"{came.at:%H:%M:%S} {came.file}: {what or came.why or _('no report in it')}"


def _report(report: Submission) -> str:
    unit = report.unit_name or _("unit not recognised")
    day = formats.day(report.report_date) if report.report_date else _("day not stated")
    count = report.facts.get("numerator_cumulative", report.facts.get("staff_numerator"))
    parts = [f"{unit}, {day}"]
    if count is not None:
        parts.append(_("{n} {persons}", n=count))
    wrong = [one for one in report.findings if one.severity in GRAVE]
    if wrong:
        parts.append(_named([one.rule for one in wrong]))
    return " – ".join(parts)


def overdue(day: Day) -> str:
    """Who has not reported, once the deadline has passed."""
    missing = day.units.loc[day.units["status"] == "missing", "unit_name"]
    if missing.empty:
        return _("The deadline is over; everybody has reported.")
    return _("The deadline is over. Missing: {units}.", units=listed([*missing]))
