"""What was set aside, what looks wrong, and what arrived: always shown, even when it is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import pandas as pd

from briefing import formats
from briefing.catalog.rules import cited, label
from briefing.correspondence.returns import to_return
from briefing.documents.blocks import Cell, Table
from briefing.documents.sections.listing import listing
from briefing.documents.wording import sentence
from briefing.labels import listed
from briefing.messages import _
from briefing.params import Campaign
from briefing.places import FEW, places
from briefing.tables import Day
from briefing.tables.alike import Alike, across, alike
from briefing.tables.reporting import shown_verdicts

SHOWN = ("error", "warning")
ALL_CODES = " "  # between the codes of a cell about several units


def set_aside(day: Day) -> Table:
    """What the figures do not rest on, or with doubt: each thing once, counted, with a place."""
    doubtful = day.findings[day.findings["severity"].isin(SHOWN)]
    rows = [
        _found(found, day.campaign)
        | {"where": Cell(_in_file(*found.places[0]), found.places[0][1])}
        for found in across(alike(doubtful))
    ]
    return listing(
        "set-aside",
        _("Each thing found, with one place as an example"),
        rows,
        ("unit_name", "severity", "message", "n", "where"),
        note=" ".join(_set_aside_notes(day, some=bool(rows))),
    )


def _found(found: Alike, campaign: Campaign) -> dict[str, Any]:
    whose = _whose(found, campaign.full_names)
    return {
        "unit_name": Cell(whose, ALL_CODES.join(found.units) or None),
        "severity": found.severity,
        "n": len(found),
        "where": Cell(_place(found), found.places[0][1]),
        "found": found.found,
        "message": Cell(
            cited(found.rule, sentence(_message(found))), campaign.naming.outside(found.rule)
        ),
        "suggestion": found.suggestion,
    }


def _set_aside_notes(day: Day, *, some: bool) -> Iterator[str]:
    yield _("The full list is in the annex.") if some else _("Nothing was set aside.")
    if count := len(to_return(day)):
        yield _("{n} reports go back to their senders.", n=count)


def corrections_asked(day: Day) -> Table:
    """Errors and doubts of each unit, kind by kind, with their cells and what to ask: for the
    analyst."""
    asked = day.findings[day.findings["severity"].isin(SHOWN)]
    rest = len(day.findings) - len(asked)
    return listing(
        "findings",
        _("Findings, kind by kind"),
        [_found(found, day.campaign) for found in alike(asked)],
        ("unit_name", "severity", "n", "where", "found", "message", "suggestion"),
        note=_(
            "{n} notes that ask for nothing, such as a zero put back before a phone number, and "
            "each cell by itself are in tables/findings.csv.",
            n=formats.integer(rest),
        ),
    )


FILES = ("file", "unit_name", "received_at", "verdict", "rows_used", "rows_set_aside")


def files_received(day: Day, columns: Sequence[str] = FILES) -> Table:
    """Every report about the day, and those that belong to no day or unit.

    Args:
        columns: Those shown, of reports.csv.
    """
    reports = day.reports.assign(verdict=shown_verdicts(day.reports))
    reports = reports[~reports["silenced"]]
    own_rows = reports[
        reports[["report_date", "other_date"]].eq(pd.Timestamp(day.date)).any(axis=1)
        | reports["unit_code"].isna()
        | reports["form"].isna()
    ].sort_values(["received_at", "file"])
    return listing(
        "files",
        _("Files of the day"),
        own_rows.assign(unit_name=own_rows["unit_name"].fillna(formats.MISSING)),
        columns,
        of="reports",
        note="" if len(own_rows) else _("No file."),
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


def _message(found: Alike) -> str:
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
    text = "; ".join(named)
    return _("{places} and {n} more files", places=text, n=rest) if rest else text


def _in_file(file: str, *wheres: str) -> str:
    name = PurePosixPath(file).name
    if set(wheres) == {name}:
        return file
    addresses = places(wheres)
    return addresses if wheres[0].startswith(f"{name}, ") else f"{file}, {addresses}"
