"""What each document of a moment says of each unit; a contradiction is a fault of the documents."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
from openpyxl import load_workbook

from briefing.catalog.codes import DOUBT, OUTCOME, STATUS
from briefing.catalog.tables import COLUMNS
from briefing.correspondence import Sent, to_return
from briefing.correspondence.receipts import receipts
from briefing.correspondence.reminders import reminders
from briefing.documents import sections
from briefing.documents.annex import annex
from briefing.documents.sections import report as of_period
from briefing.documents.sections import unit as of_unit
from briefing.tables import Day
from briefing.tables.exports import published
from briefing.tables.period import period_of
from briefing.tables.unit import unit_of

SHEETS = {
    "communes": "Xã, phường", "anomalies": "Số liệu nghi vấn",
    "actions_followed_up": "Kết quả việc giao hôm trước",
}  # fmt: skip
HEAD = 4  # row of a sheet of the annex that holds the headings
PAGE, REPORT, LETTERS, RETURNS, ANNEX = "page", "report", "reminders", "returns", "annex"
UNIT_PAGE, RECEIPTS = "the unit's page", "receipts"


@dataclass(frozen=True)
class Said:
    """A document says something of a unit.

    Attributes:
        unit: Its name.
        what: `installs`, `status`, `doubt` (it waits for one: yes or no), `ask`, or `outcome` of
            the call of the day before.
    """

    document: str
    unit: str
    what: str
    value: Any


@dataclass(frozen=True)
class Moment:
    """A day and the day before, as one document or the other may see them."""

    day: Day
    eve: Day
    at: datetime


def said(seen: Mapping[str, Moment]) -> Iterator[Said]:
    """Everything that is said of units.

    Args:
        seen: Document → the moment that it is made of; the same for all, but where a test plants
            a contradiction.
    """
    makers = {
        PAGE: _page, UNIT_PAGE: _unit_pages, REPORT: _report, LETTERS: _reminders,
        RETURNS: _returns, RECEIPTS: _receipts, ANNEX: _annex,
    }  # fmt: skip
    for document, make in makers.items():
        for unit, what, value in make(seen[document]):
            yield Said(document, unit, what, value)


def contradictions(all_said: Iterable[Said]) -> list[str]:
    """Units of which two documents say different things, and calls done whose doubt is open."""
    values: dict[tuple[str, str], dict[Any, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in all_said:
        values[one.unit, one.what][one.value].add(one.document)
    found = [
        f"{unit}, {what}: " + "; ".join(f"{v} ({', '.join(sorted(d))})" for v, d in of.items())
        for (unit, what), of in values.items()
        if len(of) > 1
    ]
    for (unit, what), of in values.items():
        if what == "checked" and "done" in of and True in values[unit, "doubt of before"]:
            found.append(f"{unit}, done, and its doubt is open")
    return found


Told = Iterator[tuple[str, str, Any]]


def _page(seen: Moment) -> Told:
    day, eve = seen.day, seen.eve
    names = set(day.communes["unit_name"])
    table = sections.units_table(day)
    keys = [column.key for column in table.columns]
    for row in table.rows[:-1]:
        cells = dict(zip(keys, row, strict=True))
        name = cells["unit_name"].text
        yield name, "installs", _number(cells["installs_cumulative"].value)
        yield name, "status", cells["status"].value
        yield name, "doubt", "chờ xác minh" in cells["installs_cumulative"].note
    listed = [line for line in sections.summary(day).items if line.startswith("Cần xác minh")]
    for name in names if len(day.in_doubt) <= 4 else ():
        yield name, "doubt", any(f"{name} (" in line for line in listed)
    bars = dict(zip(*_columns(sections.units_bars(day).alt), strict=True))
    for name in names:
        yield name, "doubt", "?" in bars[name]
    for call in getattr(sections.calls(day, eve), "items", ()):
        yield call.unit, "asked to check", "chờ xác minh" in call.figure
    yield from _answered(day, eve, sections.calls_answered(eve, day), names)


def _columns(alt: str) -> tuple[list[str], list[str]]:
    """Names and values of the bars, from what is told to those who do not see them."""
    parts = [part.rsplit(": ", 1) for part in alt.rstrip(".").split(". ", 1)[1].split("; ")]
    return [name for name, _value in parts], [value for _name, value in parts]


def _answered(day: Day, eve: Day, table: Any, names: set[str]) -> Told:
    open_ = {
        row["unit_name"]
        for row in day.anomalies.to_dict("records")
        if row["status"] == "open" and row["report_date"] <= pd.Timestamp(eve.date)
        and pd.notna(row["installs_moved"])
    }  # fmt: skip
    for row in getattr(table, "rows", ()):
        yield row[0].text, "outcome", row[5].value
        if row[1].value == "check":
            yield row[0].text, "checked", row[5].value
            yield row[0].text, "doubt of before", row[0].text in open_


def _unit_pages(seen: Moment) -> Told:
    for code, name in _units(seen.day):
        unit = unit_of(seen.day, code, seen.eve)
        yield name, "installs", _number(unit.row["installs_cumulative"])
        tile = of_unit.unit_figures(unit).figures
        yield name, "status", next(
            (status for status, label in STATUS.items()
             if tile[-1].note.lower().startswith(str(label).lower())), None,
        )  # fmt: skip
        if tile[0].progress is not None:
            yield name, "doubt", "chờ xác minh" in tile[0].note
        asks = [row[0].value for row in of_unit.asked_today(unit).rows]
        yield name, "doubt", "check" in asks
        followed = of_unit.asked_before(unit)
        if len(unit.followed_up) and unit.followed_up["among"].all():
            for row in getattr(followed, "rows", ()):
                yield name, "outcome", row[2].value


def _report(seen: Moment) -> Told:
    period = period_of(seen.day, seen.day.campaign.reporting.first, seen.day.date)
    table = of_period.units_annex(period)
    keys = [column.key for column in table.columns]
    for row in table.rows[:-1]:
        cells = dict(zip(keys, row, strict=True))
        yield cells["unit_name"].text, "installs", _number(cells["installs_closing"].value)
        notes = " ".join(cell.note for cell in row)
        yield cells["unit_name"].text, "doubt", "chờ xác minh" in notes


def _reminders(seen: Moment) -> Told:
    sent = [Sent(item, Path(item.file_name), False) for item in to_return(seen.day)]
    letters = {
        letter.heading.split(" – ")[0]: letter for letter in reminders(seen.day, sent, seen.at)
    }
    labels = {str(STATUS[status]).lower(): status for status in ("missing", "not_due")}
    for _code, name in _units(seen.day):
        heading = letters[name].heading.lower() if name in letters else ""
        for label, status in labels.items():
            if label in heading:
                yield name, "status", status
        if name in letters and "vẫn chờ xác minh" in letters[name].text:
            yield name, "doubt", True


def _returns(seen: Moment) -> Told:
    """A report that goes back for a doubt is one of a unit in doubt."""
    names = dict(_units(seen.day))
    rules = ("cumulative_decrease", "jump", "over_denominator")
    for item in to_return(seen.day):
        if item.folder in names and any(remark.rule in rules for remark in item.remarks):
            yield names[item.folder], "doubt", True


def _receipts(seen: Moment) -> Told:
    for letter in receipts(seen.day, seen.at):
        name = letter.heading.split(" – ")[0]
        if name in dict(_units(seen.day)).values():
            yield name, "doubt", "chờ xác minh" in letter.text


def _annex(seen: Moment) -> Told:
    book = load_workbook(io.BytesIO(annex(seen.day, published(seen.day, seen.eve))))
    for row in _rows(book, "communes"):
        yield row["unit_name"], "installs", _number(row["installs_cumulative"])
        yield row["unit_name"], "status", _code(STATUS, row["status"])
    waiting = {
        row["unit_name"]
        for row in _rows(book, "anomalies")
        if row["status"] == str(DOUBT["open"]) and row["installs_moved"] is not None
    }
    for _unit, name in _units(seen.day):
        yield name, "doubt", name in waiting
    for row in _rows(book, "actions_followed_up"):
        yield row["unit_name"], "outcome", _code(OUTCOME, row["outcome"])


def _rows(book: Any, table: str) -> Iterator[dict[str, Any]]:
    """The rows of a table's sheet, by the table's columns."""
    sheet = book[SHEETS[table]]
    for row in sheet.iter_rows(min_row=HEAD + 1, max_col=len(COLUMNS[table]), values_only=True):
        if row[1] is not None:
            yield dict(zip(COLUMNS[table], row, strict=True))


def _code(codes: Mapping[str, Any], label: Any) -> str | None:
    return next((code for code, said in codes.items() if str(said) == label), None)


def _units(day: Day) -> Iterator[tuple[str, str]]:
    yield from zip(day.communes["unit_code"], day.communes["unit_name"], strict=True)


def _number(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)
