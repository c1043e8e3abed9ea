"""The published tables, as they are and as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from python_calamine import CalamineSheet, CalamineWorkbook

from briefing import formats
from briefing.catalog.codes import ASK, DOUBT, OUTCOME, OUTLOOK, STATUS
from briefing.catalog.tables import COLUMNS
from briefing.documents.annex import annex
from briefing.formats import rounded_up
from briefing.tables.exports import published
from tests.week.reading.heard import NO, WHOLE, YES, Moment, Told

HEAD = 4  # row of a sheet of the annex that holds the headings


def tables(seen: Moment) -> Told:
    frames = published(seen.day, seen.previous_day)
    yield from _tabled(seen, {name: frame.to_dict("records") for name, frame in frames.items()})


def book(seen: Moment) -> Told:
    frames = published(seen.day, seen.previous_day)
    made = CalamineWorkbook.from_filelike(io.BytesIO(annex(seen.day, frames)))
    sheets = [name for name in COLUMNS if name in frames]  # the first one tells of the others
    own = {name: made.get_sheet_by_index(1 + sheets.index(name)) for name in TABLED}
    yield from _tabled(seen, {name: [*_rows(own[name], name)] for name in TABLED})


TABLED = ("units", "whole", "goals", "bodies", "actions", "actions_followed_up", "anomalies")


def _rows(sheet: CalamineSheet, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table's sheet, by the table's columns."""
    columns = COLUMNS[table]
    for row in sheet.to_python(skip_empty_area=False)[HEAD:]:
        cells = [*map(_cell, row[: len(columns)])]
        if cells[1] is not None:
            yield dict(zip(columns, cells, strict=True))


def _cell(value: Any) -> Any:
    """A cell's value; a file of Excel knows no whole numbers, and no cell is empty text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return None if value == "" else value


def _tabled(seen: Moment, of: Mapping[str, list[dict[str, Any]]]) -> Told:
    campaign = seen.day.campaign
    bounds = [target.coverage for target in campaign.targets]
    waiting = {
        row["unit_name"] for row in of["anomalies"]
        if _code(DOUBT, row["status"]) == "open" and not _none(row["numerator_moved"])
    }  # fmt: skip
    for row in of["units"]:
        name = row["unit_name"]
        yield name, "installs", formats.integer(row["numerator_cumulative"])
        yield name, "rate", formats.percent(row["coverage"], bounds=bounds)
        yield name, "rank", formats.integer(row["rank"]) if not _none(row["rank"]) else ""
        yield name, "status", _code(STATUS, row["status"])
        yield name, "doubt", name in waiting
        carried = row["carried_from"]
        yield name, "carried from", "" if _none(carried) else formats.day_short(carried)
    last = of["whole"][-1]
    yield WHOLE, "rate", formats.percent(last["coverage"], bounds=bounds)
    yield WHOLE, "installs", formats.integer(last["numerator_cumulative"])
    if last["reports_expected"]:
        yield WHOLE, "on time", f"{last['reports_on_time']}/{last['reports_expected']}"
    for row in of["goals"]:
        yield from _of_goal(seen, row, waiting)
    yield WHOLE, "called", tuple(sorted(row["unit_name"] for row in of["actions"]))
    for row in of["actions"]:
        if _code(ASK, row["ask"]) == "gain" and not _none(row["pace_asked"]):
            yield row["unit_name"], "asked a day", rounded_up(row["pace_asked"])
    for row in of["actions_followed_up"]:
        yield row["unit_name"], "outcome", _code(OUTCOME, row["outcome"])
    statuses = [_code(STATUS, row["status"]) for row in of["bodies"]]
    yield WHOLE, "agencies overdue", str(statuses.count("missing"))


def _of_goal(seen: Moment, row: Mapping[str, Any], waiting: set[str]) -> Told:
    whole = row["area"] == seen.day.campaign.area.code
    name = WHOLE if whole else row["area_name"]
    aim = f" of {formats.target(row['target_coverage'])}"
    if not _none(row["judged_on"]):
        verdict = {"missed": NO, "reached": YES}.get(_code(OUTLOOK, row["outlook"]) or "", "")
        doubtful = bool(waiting) if whole else name in waiting
        if verdict and not (doubtful and verdict == YES):
            yield name, "verdict" + aim, verdict
    elif not _none(row["numerator_needed"]):
        yield name, "needed" + aim, formats.integer(row["numerator_needed"])
        if not _none(row["pace_required"]) and row["numerator_needed"]:
            yield name, "a day" + aim, rounded_up(row["pace_required"])
            yield WHOLE, "days left" + aim, str(int(row["days_left"]))


def _code(codes: Mapping[str, Any], label: Any) -> str | None:
    if label in codes:
        return str(label)
    return next((code for code, said in codes.items() if str(said) == label), None)


def _none(value: Any) -> bool:
    return value is None or bool(pd.isna(value))
