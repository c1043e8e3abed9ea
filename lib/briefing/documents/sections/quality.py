"""What was set aside, what looks wrong, and what arrived: always shown, even when it is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import pandas as pd

from briefing import formats, spoken
from briefing.correspondence.returns import to_return
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.sections.wording import SEVERITY, sentence, worded
from briefing.messages import Message, _
from briefing.tables import Day
from briefing.tables.reporting import shown_verdicts

SHOWN = ("error", "warning")
VERDICT = {
    "used": (Message("used"), "good"),
    "superseded": (Message("replaced by a newer one"), "muted"),
    "rejected": (Message("set aside"), "bad"),
    "joined": (Message("joined to its report"), "muted"),
}


def set_aside(day: Day) -> Table:
    """What the figures do not rest on, or with doubt: by unit and rule, with one example."""
    doubtful = day.findings[day.findings["severity"].isin(SHOWN)]
    whose = doubtful["unit_code"].fillna(doubtful["file"])
    groups = doubtful.groupby(["severity", whose, "rule"], dropna=False, sort=False)
    rows = []
    for (severity, _whose, _rule), found in groups:
        first = found.iloc[0]
        code = first["unit_code"]
        rows.append(
            (
                Cell(_name(day, code, first["file"]), None if pd.isna(code) else code),
                worded(severity, SEVERITY),
                Cell(sentence(first["message"]), first["rule"]),
                Cell(formats.integer(len(found)), len(found)),
                Cell(_place(first), first["where"]),
            )
        )
    return Table(
        id="set-aside",
        caption=_("Set aside, or to be checked"),
        columns=(
            Column("unit_code", _("Unit"), width=2.4),
            Column("severity", _("Weight"), width=1.3),
            Column("message", _("What was found"), width=4.5),
            Column("n", _("Times"), "right", 0.8),
            Column("where", _("For example, at"), width=3),
        ),
        rows=tuple(rows),
        note=" ".join(_set_aside_notes(day, some=bool(rows))),
    )


def _set_aside_notes(day: Day, *, some: bool) -> Iterator[str]:
    yield _("All findings are in tables/findings.csv.") if some else _("Nothing was set aside.")
    if count := len(to_return(day)):
        yield _("{n} reports go back to their senders: see the folder returns/.", n=count)


def corrections_asked(day: Day) -> Table:
    """Errors and doubts, cell by cell, with what to ask of the sender: for the analyst."""
    asked = day.findings[day.findings["severity"].isin(SHOWN)]
    rest = len(day.findings) - len(asked)
    rows = tuple(
        (
            Cell(_name(day, row["unit_code"], row["file"]), row["unit_code"]),
            worded(row["severity"], SEVERITY),
            Cell(_place(row), row["where"]),
            Cell(row["found"] if pd.notna(row["found"]) else "", row["found"]),
            Cell(sentence(row["message"]), row["rule"]),
            Cell(row["suggestion"], row["suggestion"]),
        )
        for _i, row in asked.iterrows()
    )
    return Table(
        id="findings",
        caption=_("Findings, cell by cell"),
        columns=(
            Column("unit_code", _("Unit"), width=2),
            Column("severity", _("Weight"), width=1.2),
            Column("where", _("Where"), width=2.5),
            Column("found", _("Found"), width=1.3),
            Column("message", _("What is wrong"), width=3),
            Column("suggestion", _("What to do"), width=3),
        ),
        rows=rows,
        note=_(
            "{n} notes that ask for nothing, such as a zero put back before a phone number, are in "
            "tables/findings.csv.",
            n=formats.integer(rest),
        ),
    )


def files_received(day: Day) -> Table:
    """Every report about the day, and those that belong to no day or unit."""
    reports = day.reports.assign(verdict=shown_verdicts(day.reports))
    mine = reports[
        reports["report_date"].eq(pd.Timestamp(day.date))
        | reports["unit_code"].isna()
        | reports["form"].isna()
    ].sort_values(["received_at", "file"])
    rows = tuple(
        (
            Cell(row["file"], row["file"]),
            Cell(
                row["unit_name"] if pd.notna(row["unit_name"]) else formats.MISSING,
                row["unit_code"],
            ),
            Cell(formats.moment(row["received_at"]), row["received_at"]),
            worded(row["verdict"], VERDICT),
            Cell(formats.integer(row["rows_used"]), row["rows_used"]),
            Cell(formats.integer(row["rows_set_aside"]), row["rows_set_aside"]),
        )
        for _i, row in mine.iterrows()
    )
    return Table(
        id="files",
        caption=_("Files of the day"),
        columns=(
            Column("file", _("File"), width=4),
            Column("unit_name", _("Unit"), width=2.5),
            Column("received_at", _("Received"), width=2),
            Column("verdict", _("Verdict"), width=1.8),
            Column("rows_used", _("Rows used"), "right", 1),
            Column("rows_set_aside", _("Rows set aside"), "right", 1),
        ),
        rows=rows,
        note="" if rows else _("No file."),
    )


def _name(day: Day, code: object, file: object) -> str:
    """Whom a finding concerns: the unit, or the file where the unit is not known."""
    if pd.isna(code):
        return str(file)
    units = dict(zip(day.communes["unit_code"], day.communes["unit_name"], strict=True))
    names = units | dict(zip(day.agencies["agency_code"], day.agencies["agency_name"], strict=True))
    return names.get(str(code), str(code))


def _place(row: pd.Series) -> str:
    """The cell with its file, said once."""
    name = PurePosixPath(row["file"]).name
    if row["where"] == name:
        return row["file"]
    if row["where"].startswith(f"{name}, "):
        return str(spoken.address(row["where"]))
    return f"{row['file']}, {spoken.address(row['where'])}"
