"""Figures in doubt of earlier days, until they are answered, and what has changed since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.codes import READING, STATUS
from briefing.catalog.figures import FIGURES
from briefing.catalog.rules import cited, label
from briefing.documents.blocks import Cell, Paragraph, Table
from briefing.documents.sections.head import known_at
from briefing.documents.sections.listing import listing
from briefing.documents.wording import listed, sentence
from briefing.messages import Message, _
from briefing.tables import Day
from briefing.tables.changes import changes, own_changes
from briefing.tables.findings import OPEN

CAUSE = {
    "correction": Message("Correction in params of: {file}"),
    "earlier_report": Message("Counts on from an earlier day that has changed: {file}"),
    "units": Message("The sum of the units"),
}


DOUBTS = ("report_date", "unit_name", "rule", "found", "message", "status")
CHANGED = (
    "report_date", "unit_name", "column", "known_then", "known_now", "file", "received_at",
)  # fmt: skip


def open_doubts(day: Day, columns: Sequence[str] = DOUBTS) -> Table | Paragraph:
    """The doubtful figures of every day so far that nobody has answered yet.

    Args:
        columns: Those shown, of anomalies.csv.
    """
    every = _of_each(day)
    waiting = every[every["status"].eq(OPEN)]
    answered = len(every) - len(waiting)
    note = _(
        "{n} of {all} are settled: by a correction, a newer report, or a later figure above the "
        "height before; all are in the annex.",
        n=answered,
        all=len(every),
    )
    if waiting.empty:
        return Paragraph(
            _("No figure in doubt is waiting for an answer.") + (f" {note}" if answered else "")
        )
    return _anomalies(waiting, columns, "doubts", _("In doubt, not answered yet"), note)


def anomalies_listed(day: Day, columns: Sequence[str] = DOUBTS) -> Table:
    """Every figure that was ever in doubt, with what became of it: for the analyst."""
    caption = _("Figures in doubt, and what became of them")
    every = _of_each(day)
    nothing = "" if len(every) else _("No figure has been in doubt.")
    return _anomalies(every, columns, "anomalies", caption, nothing)


def _of_each(day: Day) -> pd.DataFrame:
    """The doubts of every indicator; where there are several, each says whose it is."""
    if not day.others:
        return day.anomalies
    named = (
        one.anomalies.assign(message=[f"{one.name}: {text}" for text in one.anomalies["message"]])
        for one in day.each
    )
    return pd.concat(named, ignore_index=True)


def _anomalies(
    doubts: pd.DataFrame, columns: Sequence[str], id: str, caption: str, note: str
) -> Table:
    rows = [
        row
        | {
            "rule": Cell(cited(row["rule"], sentence(str(label(row["rule"])))), row["rule"]),
            "found": Cell(_figure(row["found"]), row["found"]),
            "message": Cell(sentence(row["message"]), row["where"]),
        }
        for row in doubts.to_dict("records")
    ]
    return listing(id, caption, rows, columns, of="anomalies", note=note)


def _figure(found: object) -> str:
    text = "" if pd.isna(found) else str(found)
    return formats.integer(int(text)) if text.isdigit() else formats.MISSING


def changed_since(
    then: Day | None, now: Day, columns: Sequence[str] = CHANGED
) -> Table | Paragraph:
    """Two clocks: what of the days up to `then` is known otherwise now, and by which report.

    Args:
        then: A day as it was known at an earlier moment; `None`: there is none.
        now: The same day or a later one, as it is known at a later moment.
        columns: Those shown, of changes.csv.
    """
    if then is None or then.as_of is None:
        return Paragraph(_("There is no earlier moment to compare with."))
    moment = formats.moment(then.as_of)
    changed, come = _parted(changes(then, now))
    first = [] if come.empty else [_first_reports(now, come)]
    rows = [row | _change(row) for row in changed.to_dict("records")]
    for other in now.others:
        rows += [
            row | _change(row, other.name) for row in own_changes(then, other).to_dict("records")
        ]
    if not rows:
        nothing = _("Nothing that was known at {moment} has changed since.", moment=moment)
        return Paragraph(" ".join([nothing, *first]))
    return listing(
        "changed",
        _moments(moment, now),
        rows,
        columns,
        of="changes",
        note=" ".join([_("A dash: nothing was known."), *first]),
    )


def _moments(then: str, now: Day) -> str:
    """What is compared: without a moment of knowledge, with all that has come since, of any day."""
    if now.as_of:
        return _("Known at {then}, and known at {now}", then=then, now=formats.moment(now.as_of))
    newest = now.reports["received_at"].max()
    moment = formats.moment(newest) if pd.notna(newest) else known_at(now)
    return _("Known at {then}, and known now ({now})", then=then, now=moment)


def _parted(changed: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What has changed, and the first reports of those who owe one only: they are news."""
    news = changed["report_date"].isna() & changed["known_then"].isna()
    return changed[~news], changed[news]


def _first_reports(day: Day, come: pd.DataFrame) -> str:
    names = list(dict.fromkeys(come["unit_name"]))
    return _(
        "First reports since then of {n} {bodies}: {names}.",
        n=len(names),
        bodies=day.campaign.terms.bodies,
        names=listed(names),
    )


def _change(row: Mapping[str, Any], indicator: str = "") -> dict[str, Cell]:
    label = str(FIGURES[row["column"]].label)
    return {
        "unit_name": Cell(sentence(row["unit_name"]), row["unit_code"]),
        "column": Cell(": ".join(filter(None, (indicator, label))), row["column"]),
        "known_then": Cell(_value(row["column"], row["known_then"]), row["known_then"]),
        "known_now": Cell(_value(row["column"], row["known_now"]), row["known_now"]),
        "file": Cell(_cause(row), row["file"]),
    }


def _cause(row: Mapping[str, Any]) -> str:
    file = formats.MISSING if pd.isna(row["file"]) else row["file"]
    cause = CAUSE.get(row["cause"])
    return file if cause is None else _(cause.msgid, file=file)


def _value(column: str, value: object) -> str:
    if pd.isna(value):
        return formats.MISSING
    if column == "status":
        return str(STATUS[str(value)])
    if column == "reading":
        return str(READING[str(value)])
    return FIGURES[column].shown(float(str(value)))
