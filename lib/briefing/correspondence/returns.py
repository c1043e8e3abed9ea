"""Which reports of a day go back to their senders, and what is said about each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from operator import attrgetter
from typing import Any

import pandas as pd

from briefing.catalog import rules
from briefing.catalog.rules import with_trait
from briefing.params.forms import BODIES
from briefing.register.names import replacing
from briefing.tables import Day
from briefing.tables.alike import together
from briefing.tables.day import worked_out_once
from briefing.tables.reporting import arrival_day
from briefing.tables.resubmissions import answered

UNKNOWN = "_chua-ro-don-vi"
"""Folder of the reports whose sender the analyst has to find."""
SENT_BACK = ("error", "warning")  # what makes a report go back
NOT_READ = "sheet_hidden"  # as a note: of a hidden sheet whose report may be anybody's
SAID = ("where", "found", "message", "request")  # of a remark, what may name something
CONTENT = ["path", "sha256", "inside", "unit_code"]


@dataclass(frozen=True)
class Remark:
    """One thing that the sender is asked to correct.

    Attributes:
        where: Address of the contract; "" when it is about the whole report.
        found: What stood there, masked.
        message, request: What is wrong and what to do, in the language of the run.
        kind: The same for remarks that differ in nothing but places and figures.
    """

    where: str
    severity: str
    rule: str
    found: str
    message: str
    request: str
    kind: str = ""


@dataclass(frozen=True)
class Point:
    """Remarks of one report that say the same and ask for the same: one line of a list."""

    remarks: tuple[Remark, ...]

    @property
    def first(self) -> Remark:
        return self.remarks[0]

    @property
    def exact(self) -> bool:
        """Whether every message is the first one's; else they differ in places or figures."""
        return all(remark.message == self.first.message for remark in self.remarks)

    @property
    def found(self) -> str:
        """What stood at the first place where anything did."""
        return next((remark.found for remark in self.remarks if remark.found), "")

    @property
    def wheres(self) -> list[str]:
        return [remark.where for remark in self.remarks]


@dataclass(frozen=True)
class Return:
    """A report that goes back, or several in one file of one sender.

    Attributes:
        folder: Below `returns/`: the unit's code, or `UNKNOWN`.
        name: The sender as the pages call it; "" when not known.
        once: Whether it is of a body that reports once.
        file, member, sha256: Where its bytes are: the arrival, the path inside it, its hash.
        alone: Whether the file holds no report of anybody else.
        shown: The path as others may know it.
        names: Pseudonyms in the remarks → the names in their place, which the sender knows.
    """

    folder: str
    unit_code: str | None
    name: str
    once: bool
    report_date: date
    received_at: datetime
    file: str
    member: str
    sha256: str
    alone: bool
    remarks: tuple[Remark, ...]
    shown: str = ""
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        """The name, without folders, under which the sender knows it."""
        return re.split(r"[/\\]", self.member or self.file)[-1]

    @property
    def shown_name(self) -> str:
        """The same, as others may know it."""
        return self.shown.rsplit("/", 1)[-1]

    def to_sender(self) -> Return:
        """The same, with the names that the sender gave."""
        return self._renamed(self.names)

    def to_others(self) -> Return:
        """The same, with pseudonyms in their place."""
        return self._renamed({name: shown for shown, name in self.names.items()})

    def _renamed(self, names: Mapping[str, str]) -> Return:
        if not names:
            return self
        change = replacing(names)
        remarks = (
            replace(one, **{name: change(getattr(one, name)) for name in SAID})
            for one in self.remarks
        )
        return replace(self, remarks=tuple(remarks))

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """The remarks, those that say the same together, in the order of their first places."""
        points = together(self.remarks, lambda one: (one.severity, one.rule, one.request))
        return tuple(Point(tuple(remarks)) for remarks in points)


@worked_out_once
def to_return(day: Day) -> tuple[Return, ...]:
    """Reports with errors or warnings that nothing newer has answered, in order of their senders.

    A unit's report goes back with the day that it is about. A report of no known sender, or
    about a day outside the campaign, goes back with the day on which it came. A body reports
    once: its faulty report stays due from its arrival until a better one comes.
    """
    found = _with_reports(day)
    of_bodies = found["report"].map(day.reports["owed_by"]).eq(BODIES).fillna(False)
    found = found[~(of_bodies & found["rule"].isin(with_trait("of_day")))]
    faulty = found.loc[found["severity"].isin(SENT_BACK), "report"].dropna().unique()
    settled = answered(day.reports)
    reports = day.reports.fillna({"member": "", "inside": ""})
    open_ones = reports.loc[[n for n in faulty if not settled[n]]]
    wanted = open_ones[~open_ones["told"].astype(bool) & _are_due(day, open_ones)]
    found = found[found["report"].isin(wanted.index)].reset_index(drop=True)
    senders = reports.groupby(CONTENT[:3])["unit_code"].nunique(dropna=False)
    together = wanted.groupby(CONTENT, dropna=False, sort=False)
    asked = found["severity"].isin(SENT_BACK) | found["rule"].isin(with_trait("asks"))
    remarks: dict[int, list[Any]] = defaultdict(list)
    for row in found[asked].fillna("").itertuples():
        remarks[row.report].append(row)
    unread = found["rule"].eq(NOT_READ) & found["severity"].eq("info")
    hidden = {*found.loc[unread, "report"]}
    items = []
    for _key, own in together:
        rows = sorted((row for one in own.index for row in remarks[one]), key=attrgetter("Index"))
        alone = senders[tuple(own.iloc[0][CONTENT[:3]])] == 1 and hidden.isdisjoint(own.index)
        items.append(_return(day, own.iloc[0], rows, alone=alone))
    return tuple(
        sorted(items, key=lambda item: (item.folder == UNKNOWN, item.folder, item.received_at))
    )


def _with_reports(day: Day) -> pd.DataFrame:
    """The day's findings with the number of their report; those between reports find theirs."""
    found = day.findings
    if "report" not in found:
        found = found.assign(report=pd.NA)
    loose = found.loc[found["report"].isna(), ["file", "unit_code"]]
    by_file = day.reports.groupby("file").indices
    known = {
        of: _report_of(day, day.reports.iloc[by_file.get(of[0], [])], of[1])
        for of in {*loose.itertuples(index=False, name=None)}
    }
    numbers = found["report"].astype(object)
    numbers[loose.index] = [known[of] for of in loose.itertuples(index=False, name=None)]
    return found.assign(report=numbers)


def _report_of(day: Day, of_file: pd.DataFrame, unit_code: Any) -> int | None:
    """The report of findings between reports: of their file and unit, the one that speaks last."""
    if pd.notna(unit_code):
        of_file = of_file[of_file["unit_code"].eq(unit_code).fillna(False)]
    about = of_file[of_file["report_date"].eq(pd.Timestamp(day.date))]
    candidates = about if len(about) else of_file
    return candidates["received_at"].index[-1] if len(candidates) else None


def _are_due(day: Day, reports: pd.DataFrame) -> pd.Series:
    """Which reports are to be sent back with this day."""
    today = pd.Timestamp(day.date)
    came, about = arrival_day(reports), reports["report_date"].eq(today)
    body = reports["unit_code"].isin(day.campaign.bodies["body_code"])
    due = came.le(today).where(body, came.eq(today) | about)
    return about.where(reports["placed"].astype(bool), due)


def _return(day: Day, first: pd.Series, rows: Iterable[Any], *, alone: bool) -> Return:
    """What goes back of one content.

    Args:
        first: The first report in it that is at fault.
        rows: What the sender is asked, as rows of findings, of all reports in it.
        alone: Whether it holds no report of anybody else.
    """
    code = None if pd.isna(first["unit_code"]) else str(first["unit_code"])
    base = Return(
        folder=code or UNKNOWN,
        unit_code=code,
        name=day.campaign.full_names.get(code or "", ""),
        once=first["owed_by"] is not pd.NA and first["owed_by"] == BODIES,
        report_date=first["report_date"].date(),
        received_at=first["received_at"].to_pydatetime(),
        file=str(first["path"]),
        member=str(first["inside"]),
        sha256=str(first["sha256"]),
        shown=str(first["member"] or first["file"]),
        names=dict(first["names"]),
        alone=alone,
        remarks=(),
    )
    remarks = dict.fromkeys(_remarks(rows, base.shown_name))  # of two others' phones once a cell
    return replace(base, remarks=tuple(sorted(remarks, key=lambda one: _in_order(one.where))))


def _remarks(found: Iterable[Any], file_name: str) -> Iterator[Remark]:
    for row in found:
        of_file = row.where in ("", file_name) or row.where == row.file.rsplit("/", 1)[-1]
        message = str(rules.sender_message(row.code) or row.message)
        yield Remark(
            where="" if of_file else row.where,
            severity=row.severity,
            rule=row.rule,
            found=row.found,
            message=message,
            request=str(rules.asked(row.code) or row.suggestion),
            kind=row.kind if message == row.message else message,
        )


def _in_order(where: str) -> list[str | int]:
    """Sorts addresses as a person reads them: the whole first, row 9 before row 10, then columns.

    `Sheet1!D14` is turned to sheet, row, column; other addresses name their numbers in order.
    """
    cell = re.fullmatch(r"(.*)!([A-Z]+)(\d+)", where)
    text = f"{cell[1]}!{cell[3]}!{len(cell[2])}{cell[2]}" if cell else where
    pieces = re.split(r"(\d+)", text)  # words and numbers in turn
    return [int(piece) if n % 2 else piece for n, piece in enumerate(pieces)]
