"""Figures in doubt of earlier days, until they are answered, and what has changed since."""

from __future__ import annotations

import pandas as pd

from briefing import formats, spoken
from briefing.documents.blocks import Cell, Column, Paragraph, Table
from briefing.documents.sections.head import known_at
from briefing.documents.sections.wording import DOUBT_STATUS, STATUS, sentence, worded
from briefing.messages import Message, _
from briefing.tables import Day
from briefing.tables.changes import changes
from briefing.tables.findings import OPEN

CHANGED = {
    "installs_cumulative": Message("people so far"),
    "status": Message("report"),
    "reading": Message("meaning of the count"),
}


def open_doubts(day: Day) -> Table | Paragraph:
    """The doubtful figures of every day so far that nobody has answered yet."""
    waiting = day.anomalies[day.anomalies["status"].eq(OPEN)]
    answered = len(day.anomalies) - len(waiting)
    said = _("{n} of {all} have been answered by a correction or a newer report; all are in "
             "tables/anomalies.csv.", n=answered, all=len(day.anomalies))  # fmt: skip
    if waiting.empty:
        return Paragraph(
            _("No figure in doubt is waiting for an answer.") + (f" {said}" if answered else "")
        )
    return _anomalies(waiting, id="doubts", caption=_("In doubt, not answered yet"), note=said)


def anomalies_listed(day: Day) -> Table:
    """Every figure that was ever in doubt, with what became of it: for the analyst."""
    return _anomalies(
        day.anomalies,
        id="anomalies",
        caption=_("Figures in doubt, and what became of them"),
        note="" if len(day.anomalies) else _("No figure has been in doubt."),
    )


def _anomalies(listed: pd.DataFrame, *, id: str, caption: str, note: str) -> Table:
    return Table(
        id=id,
        caption=caption,
        columns=(
            Column("report_date", _("Day"), width=0.8),
            Column("unit_name", _("Unit"), width=2),
            Column("rule", _("Doubt"), width=2),
            Column("found", _("Figure"), "right", 1),
            Column("message", _("What was found"), width=4.2),
            Column("status", _("State"), width=1.4),
        ),
        rows=tuple(
            (
                Cell(formats.day_short(row["report_date"]), row["report_date"]),
                Cell(row["unit_name"], row["unit_code"]),
                Cell(sentence(str(spoken.RULE[row["rule"]])), row["rule"]),
                Cell(_figure(row["found"]), row["found"]),
                Cell(sentence(row["message"]), row["where"]),
                worded(row["status"], DOUBT_STATUS),
            )
            for _i, row in listed.iterrows()
        ),
        note=note,
    )


def _figure(found: object) -> str:
    text = "" if pd.isna(found) else str(found)
    return formats.integer(int(text)) if text.isdigit() else formats.MISSING


def changed_since(then: Day | None, now: Day) -> Table | Paragraph:
    """Two clocks: what of the days up to `then` is known otherwise now, and by which report.

    Args:
        then: A day as it was known at an earlier moment; `None`: there is none.
    """
    if then is None or then.as_of is None:
        return Paragraph(_("There is no earlier moment to compare with."))
    moment = formats.moment(then.as_of)
    told = changes(then.history, now.history, now.reports)
    if told.empty:
        return Paragraph(_("Nothing that was known at {moment} has changed since.", moment=moment))
    return Table(
        id="changed",
        caption=_("Known at {then}, and known now ({now})", then=moment, now=known_at(now)),
        columns=(
            Column("report_date", _("Day"), width=0.8),
            Column("unit_name", _("Unit"), width=2),
            Column("column", _("Figure"), width=1.6),
            Column("known_then", _("Known then"), "right", 1.6),
            Column("known_now", _("Known now"), "right", 1.6),
            Column("file", _("Report that changed it"), width=3),
            Column("received_at", _("Received"), width=1.8),
        ),
        rows=tuple(_change(row) for _i, row in told.iterrows()),
        note=_("A dash: nothing was known. All of it is in tables/changes.csv."),
    )


def _change(row: pd.Series) -> tuple[Cell, ...]:
    return (
        Cell(formats.day_short(row["report_date"]), row["report_date"]),
        Cell(row["unit_name"], row["unit_code"]),
        Cell(sentence(str(CHANGED[row["column"]])), row["column"]),
        Cell(_value(row["column"], row["known_then"]), row["known_then"]),
        Cell(_value(row["column"], row["known_now"]), row["known_now"]),
        Cell(row["file"] if pd.notna(row["file"]) else formats.MISSING, row["file"]),
        Cell(formats.moment(row["received_at"]), row["received_at"]),
    )


def _value(column: str, value: object) -> str:
    if pd.isna(value):
        return formats.MISSING
    if column == "status":
        return str(STATUS[str(value)][0])
    return (
        formats.integer(int(str(value)))
        if column == "installs_cumulative"
        else str(spoken.READING[str(value)])
    )
