"""What was set aside, what looks wrong, and what arrived: always shown, even when it is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import pandas as pd

from briefing import formats
from briefing.catalog.codes import SEVERITY, VERDICT
from briefing.catalog.rules import label
from briefing.correspondence.returns import to_return
from briefing.documents.blocks import Cell, Column, Table
from briefing.documents.wording import sentence, worded
from briefing.messages import _
from briefing.places import FEW, places
from briefing.spoken import listed
from briefing.tables import Day
from briefing.tables.alike import Alike, across, alike
from briefing.tables.reporting import shown_verdicts

SHOWN = ("error", "warning")
ALL_CODES = " "  # between the codes of a cell about several units


def set_aside(day: Day) -> Table:
    """What the figures do not rest on, or with doubt: each thing once, counted, with a place."""
    doubtful = day.findings[day.findings["severity"].isin(SHOWN)]
    names = day.campaign.full_names
    rows = tuple(
        (
            Cell(_whose(found, names), ALL_CODES.join(found.units) or None),
            worded(found.severity, SEVERITY),
            Cell(sentence(_said(found)), found.rule),
            Cell(formats.integer(len(found)), len(found)),
            Cell(_in_file(*found.places[0]), found.places[0][1]),
        )
        for found in across(alike(doubtful))
    )
    return Table(
        id="set-aside",
        caption=_("Each thing found, with one place as an example"),
        columns=(
            Column("unit_code", _("Unit"), width=2.4),
            Column("severity", _("Weight"), width=1.3),
            Column("message", _("What was found"), width=4.5),
            Column("n", _("Times"), "right", 0.8),
            Column("where", _("For example, at"), width=3),
        ),
        rows=rows,
        note=" ".join(_set_aside_notes(day, some=bool(rows))),
    )


def _set_aside_notes(day: Day, *, some: bool) -> Iterator[str]:
    yield _("The full list is in the annex.") if some else _("Nothing was set aside.")
    if count := len(to_return(day)):
        yield _("{n} reports go back to their senders.", n=count)


def corrections_asked(day: Day) -> Table:
    """Errors and doubts of each unit, kind by kind, with their cells and what to ask: for the
    analyst."""
    asked = day.findings[day.findings["severity"].isin(SHOWN)]
    rest = len(day.findings) - len(asked)
    names = day.campaign.full_names
    rows = tuple(
        (
            Cell(_whose(found, names), ALL_CODES.join(found.units) or None),
            worded(found.severity, SEVERITY),
            Cell(formats.integer(len(found)), len(found)),
            Cell(_place(found), found.places[0][1]),
            Cell(found.found, found.found),
            Cell(sentence(_said(found)), found.rule),
            Cell(found.suggestion, found.suggestion),
        )
        for found in alike(asked)
    )
    return Table(
        id="findings",
        caption=_("Findings, kind by kind"),
        columns=(
            Column("unit_code", _("Unit"), width=2),
            Column("severity", _("Weight"), width=1.2),
            Column("n", _("Times"), "right", 0.8),
            Column("where", _("Where"), width=2.7),
            Column("found", _("Found"), width=1.3),
            Column("message", _("What is wrong"), width=3),
            Column("suggestion", _("What to do"), width=2.8),
        ),
        rows=rows,
        note=_(
            "{n} notes that ask for nothing, such as a zero put back before a phone number, and "
            "each cell by itself are in tables/findings.csv.",
            n=formats.integer(rest),
        ),
    )


def files_received(day: Day) -> Table:
    """Every report about the day, and those that belong to no day or unit."""
    reports = day.reports.assign(verdict=shown_verdicts(day.reports))
    reports = reports[~reports["silenced"]]
    mine = reports[
        reports[["report_date", "other_date"]].eq(pd.Timestamp(day.date)).any(axis=1)
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


def _whose(found: Alike, names: Mapping[str, str]) -> str:
    """Whom it concerns: the units by name; where none is known, the file, or how many files."""
    if found.units:
        several = len(found.units) > 1
        called = listed([names.get(code, code) for code in found.units])
        return f"{_('{n} units', n=len(found.units))}: {called}" if several else called
    if len(found.files) == 1:
        return found.files[0]
    return _("{n} files of an unknown sender", n=formats.integer(len(found.files)))


def _said(found: Alike) -> str:
    """What was found; of messages that differ, what they have in common and the first."""
    if found.exact:
        return found.message
    return _("{rule}, for example: {message}", rule=label(found.rule), message=found.message)


def _place(found: Alike) -> str:
    """The cells, with their file said once; of several files the first ones, the rest counted."""
    of_file: dict[str, list[str]] = {}
    for file, where in found.places:
        of_file.setdefault(file, []).append(where)
    named = [_in_file(file, *wheres) for file, wheres in [*of_file.items()][:FEW]]
    rest = len(of_file) - len(named)
    told = "; ".join(named)
    return _("{places} and {n} more files", places=told, n=rest) if rest else told


def _in_file(file: str, *wheres: str) -> str:
    name = PurePosixPath(file).name
    if set(wheres) == {name}:
        return file
    told = places(wheres)
    return told if wheres[0].startswith(f"{name}, ") else f"{file}, {told}"
