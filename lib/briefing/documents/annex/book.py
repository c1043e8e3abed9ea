"""annex.xlsx of a day or a period: an explaining sheet, the published tables, the sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, time

import pandas as pd
from openpyxl import Workbook

from briefing import formats
from briefing.catalog.figures import FIGURES
from briefing.catalog.tables import LEVEL, TABLES
from briefing.documents.annex.cover import add_cover
from briefing.documents.annex.rows import Rows
from briefing.documents.annex.sheet import Tabled, add_sheet, colour
from briefing.documents.annex.trend import add_trend
from briefing.documents.blocks import Letterhead
from briefing.documents.sections.head import known_at, masthead
from briefing.documents.sections.report import report_head
from briefing.documents.wording import in_sectors, made_up
from briefing.labels import sentence
from briefing.language import current_language
from briefing.messages import _
from briefing.office.package import fixed, saved
from briefing.tables import Day
from briefing.tables.exports import of_indicator
from briefing.tables.period import Period

NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
LONGEST_TITLE = 31  # letters, by Excel
JUDGED = {  # table → columns of rates, of changes, of codes
    "units": (["coverage"], ["coverage_change"], ["status", "outlook"]),
    LEVEL: (["coverage"], ["coverage_change"], ["outlook"]),
    "whole": (["coverage"], ["coverage_change"], ["outlook"]),
    "bodies": (["coverage"], [], ["status"]),
    "goals": (["coverage"], [], ["outlook"]),
    "period_units": (["coverage_closing"], ["coverage_change"], ["outlook"]),
    "period_lacking": ([], [], ["status"]),
    "actions": ([], [], ["status", "outlook"]),
}
Rule = tuple[str, str, str]  # column, tone, and a formula with `{column}` for a cell of the row


def annex(day: Day, tables: Mapping[str, pd.DataFrame]) -> bytes:
    """The workbook of a day; the same bytes for the same day.

    Args:
        tables: `published.published`: one sheet for each, in the order of the catalogue.
    """
    return _book(day, tables, masthead(day))


def annex_of_period(period: Period) -> bytes:
    """The workbook of a period: its own tables, then those of the day that it ends with."""
    tables = period.published()
    sentences = tables["evaluation"].drop(columns="rule")
    of_whole = sentences["key"].eq(period.key)
    unknown = sentences["value"].eq("")  # as a published table writes what is missing
    own = {
        "period": _upright(tables["period"].drop(columns="period")),
        "evaluation": sentences.assign(
            key=sentences["key"].mask(of_whole), value=sentences["value"].mask(unknown)
        ),
    }
    about = report_head(period)
    head = replace(masthead(period.day), title=sentence(about.title), subtitle=about.subject)
    return _book(period.day, tables | own, head)


def _book(day: Day, tables: Mapping[str, pd.DataFrame], head: Letterhead) -> bytes:
    book = Workbook()
    cover = book.worksheets[0]
    cover.title = _("About")
    rows = _add_sheets(book, day, tables)
    shown = {column for table in tables.values() for column in table}
    add_cover(cover, day, head, {title: own.count for title, own in rows.items()}, shown)
    about = book.properties
    about.title, about.subject, about.creator = head.title, head.subject, head.author
    about.lastModifiedBy, about.language = head.author, current_language()
    made = saved(book)  # which gives each sheet its path
    finish = {book[title].path.lstrip("/"): own.put_into for title, own in rows.items()}
    return fixed(made, _moment(head.date), finish)


def _add_sheets(book: Workbook, day: Day, tables: Mapping[str, pd.DataFrame]) -> dict[str, Rows]:
    """Add a sheet for each table; returns their rows, by title."""
    kinds = dict(_kinds(day))
    titles = {name: _title(name, day) for name in kinds if name in tables}
    named = [(name, titles[name], day, tables[name]) for name in titles]
    named += [
        (name, _title(name, other, other.name), other, frame)
        for other in day.others
        for name, frame in of_indicator(day, other).items()
        if name in ("units", "whole", "goals", "groups") or kinds.get(name) == LEVEL
    ]
    rows = {}
    for name, title, own, frame in sorted(named, key=lambda one: [*kinds].index(one[0])):
        frame = in_sectors(frame, day.campaign) if "sector" in frame else frame
        if "table" in frame:
            frame = frame.assign(table=frame["table"].map(titles))
        if "source_file" in frame:
            files = own.campaign.naming.files
            frame = frame.assign(source_file=frame["source_file"].replace(files))
        sheet = book.create_sheet(title)
        bounds = tuple(own.campaign.target_rates)
        table = Tabled(kinds[name], sheet.title, _note(own), frame, bounds, current_language())
        with nullcontext() if own is day else own.campaign.own_terms():
            rows[sheet.title] = add_sheet(sheet, table)
            colour(sheet, table, _rules(kinds[name], own))
            if name == "whole":
                add_trend(sheet, table, _trend_title(own))
    return rows


def _kinds(day: Day) -> Iterator[tuple[str, str]]:
    """Every published table by its name, and by that which the catalogue has it under."""
    for kind in TABLES:
        names = [level.code for level in day.campaign.between] if kind == LEVEL else [kind]
        yield from ((name, kind) for name in names)


def _rules(name: str, day: Day) -> list[Rule]:
    """What is coloured in a table, the first that holds wins; see `colour`."""
    rates, changes, codes = JUDGED.get(name, ([], [], []))
    target = day.campaign.once.target
    goal = f"{target}" if name == "bodies" else "{target_coverage}"
    made: list[Rule] = []
    for column in rates:
        known = f'{{{column}}}<>""'
        made += [
            (column, "warn", f"AND({known},{{{column}}}>1)"),
            (column, "good", f"AND({known},{{{column}}}>={goal})"),
            (column, "warn", f"AND({known},{{{column}}}<{goal})"),
        ]
    made += [(column, "bad", f'AND({{{column}}}<>"",{{{column}}}<0)') for column in changes]
    for column in codes:
        made += [
            (column, code.tone, f'{{{column}}}="{code}"')
            for code in (FIGURES[column].codes or {}).values()
            if code.tone in ("good", "warn", "bad")
        ]
    return made


def _upright(table: pd.DataFrame) -> pd.DataFrame:
    """A table of one row as one line per column."""
    row = table.iloc[0]
    return pd.DataFrame({"column": list(row.index), "value": row.astype(object).to_list()})


def _title(name: str, day: Day, indicator: str = "") -> str:
    """What a sheet is called; the trace names it so.

    Args:
        indicator: Of which further one it is; else of the first, or of all.
    """
    terms = day.campaign.terms
    own = {"units": terms.units, "bodies": terms.bodies, "whole": day.campaign.area.whole}
    own |= {level.code: level for level in day.campaign.between}
    label = own.get(name) or TABLES[name].title
    title = sentence(": ".join(filter(None, (indicator, str(label)))))
    return NOT_IN_A_TITLE.sub(" ", title)[:LONGEST_TITLE]


def _note(day: Day) -> str:
    note = _("Figures of {day}, as of {moment}.", day=formats.day(day.date), moment=known_at(day))
    return made_up(day, note)


def _trend_title(day: Day) -> str:
    return sentence(
        _("{rate} of {whole}", rate=day.campaign.terms.rate, whole=day.campaign.area.whole)
    )


def _moment(date: str) -> datetime:
    moment = datetime.fromisoformat(date)
    if "T" not in date:
        moment = datetime.combine(moment.date(), time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
