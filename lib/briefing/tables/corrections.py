"""Corrections as data: which report each one means, and what came of it.

A correction is applied as early as it has to be: units and days before it is decided which report
counts, reports set aside before that too, figures where the days before have settled what the
report says, so that what follows rests on the corrected figure.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from briefing.messages import Message
from briefing.params.corrections import Correction
from briefing.params.entries import DAILY, IDENTITY, ONCE, Value
from briefing.tables.amending import Amended, amend, misfit, standing
from briefing.tables.reporting import SUPERSEDED, USED, holds
from briefing.tables.told import with_told

APPLIED, UNMATCHED, NOT_YET = "applied", "unmatched", "not_yet"
NO_EFFECT = Message("a newer report of the same unit and day is in force")
Judge = Callable[[pd.DataFrame], pd.DataFrame]


@dataclass(frozen=True)
class Outcome:
    """What came of one correction.

    Attributes:
        report: Index of the report that it means; `None` where there is none.
        before: What stood there.
        note: Why it was not applied.
    """

    status: str
    report: int | None = None
    before: Value = None
    note: Message | None = None


@dataclass(frozen=True)
class Applied:
    """Reports with what had to be corrected first, and what remains to be done.

    Attributes:
        figures: Report → corrections of its daily figures, for `history.settle`.
        outcomes: Entry → what came of it so far.
    """

    reports: pd.DataFrame
    figures: Mapping[int, tuple[Correction, ...]] = field(default_factory=dict)
    outcomes: Mapping[int, Outcome] = field(default_factory=dict)


def apply(
    reports: pd.DataFrame,
    corrections: Iterable[Correction],
    as_of: datetime | None,
    judge: Judge,
) -> Applied:
    """Apply what is known by `as_of`, as far as the register's reports alone allow.

    Args:
        reports: The register's view, received_at local.
        as_of: The moment of knowledge; `None`: every correction is known.
        judge: `reporting.judge` of this campaign; asked anew before each kind of correction.

    Returns:
        `reports` (a copy) with `unit_code`, `unit_name`, `report_date`, `staff_…` and `usable`
        corrected, those that were told by telephone below, and `vouched` (the figure is given by a
        correction), `told` and `silenced` (the file is no report) for each.
    """
    outcomes: dict[int, Outcome] = {}
    figures: dict[int, tuple[Correction, ...]] = defaultdict(tuple)
    known = []
    for one in corrections:
        if as_of is not None and one.known_from > as_of:
            outcomes[one.entry] = Outcome(NOT_YET)
        else:
            known.append(one)
    frame, told = with_told(reports.assign(vouched=False, silenced=False), known)
    outcomes |= {entry: Outcome(APPLIED, report) for entry, report in told.items()}
    for one in known:
        if one.silences:
            outcomes[one.entry] = _silence(frame, one)
    for is_due, act in (
        (_of_identity, _correct_identity),
        (lambda one: one.sets_aside, _set_aside),
        (lambda one: one.column in ONCE, _correct_staff),
        (lambda one: one.column in DAILY, _prepare_figure),
    ):
        mine = [one for one in known if is_due(one) and one.entry not in outcomes]
        judged = judge(frame) if mine else frame
        for one in mine:
            report, note = _find(judged, one)
            outcomes[one.entry] = (
                Outcome(UNMATCHED, note=note) if report is None else act(frame, judged, report, one)
            )
            if act is _prepare_figure and outcomes[one.entry].status == APPLIED:
                figures[outcomes[one.entry].report] += (one,)  # type: ignore[index]
    return Applied(frame, dict(figures), outcomes)


def _of_identity(one: Correction) -> bool:
    return one.column in IDENTITY and not one.sets_aside


# Which report


def _find(judged: pd.DataFrame, one: Correction) -> tuple[int | None, Message | None]:
    """The report that a correction means, or why there is none."""
    mine = judged[~holds(judged["form"].eq(_other_form(one))) & ~judged["silenced"]]
    if one.file:
        mine = _of_file(mine, one.file)
        if mine.empty:
            return None, Message("no such file has come")
        if mine["file"].nunique() > 1:
            return None, Message("several files have this name; write the path")
    if one.unit_code is not None:
        mine = mine[holds(mine["unit_code"].eq(one.unit_code))]
    if one.report_date is not None:
        mine = mine[mine["report_date"].eq(pd.Timestamp(one.report_date))]
    if mine.empty:
        return None, Message("no report of this unit and day has come")
    if len(mine[["unit_code", "report_date"]].drop_duplicates()) > 1 and one.file:
        return None, Message("the file holds several reports; write the unit and the date too")
    in_order = mine.sort_values(["received_at", "file", "part"], kind="stable")
    used = in_order[in_order["verdict"].eq(USED)]
    if used.empty and in_order["verdict"].eq(SUPERSEDED).any() and not _of_identity(one):
        return None, NO_EFFECT
    return (in_order if used.empty else used).index[-1], None


def _other_form(one: Correction) -> str:
    """The form that has no such figure."""
    if one.column in DAILY:
        return "mau01"
    return "mau02" if one.column in ONCE else ""


def _of_file(reports: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """Reports of a file by its path, by path and member, else by its name alone."""
    name = unicodedata.normalize("NFC", wanted)
    paths = reports["file"].str.normalize("NFC")
    members = reports["member"].fillna("").str.normalize("NFC")
    inside = paths + "/" + members
    for same in (
        paths == name, inside == name, paths.str.rsplit("/", n=1).str[-1] == name,
        (members != "") & (members.str.rsplit("/", n=1).str[-1] == name),
    ):  # fmt: skip
        if same.any():
            return reports[holds(same)]
    return reports.iloc[:0]


# What is done to it


def _silence(frame: pd.DataFrame, one: Correction) -> Outcome:
    """Take a file that is no report for one of nobody, about nothing: it stays as it came.

    One named by its path is taken so as its author can have seen it: what came there later may be
    a report.
    """
    mine = frame[frame["sha256"].str.startswith(one.sha256)] if one.sha256 else frame
    mine = _of_file(mine, one.file) if one.file else mine
    if mine.empty:
        return Outcome(UNMATCHED, note=Message("no such file has come"))
    if mine["file"].nunique() > 1 and not one.sha256:
        return Outcome(UNMATCHED, note=Message("several files have this name; write the path"))
    seen = mine if one.sha256 else mine[mine["received_at"].le(one.known_by)]
    if seen.empty:
        return Outcome(UNMATCHED, note=Message("the file came after the entry was made"))
    frame.loc[seen.index, ["silenced", "usable", "blank"]] = [True, False, False]
    for name in ("form", "unit_code", "unit_name", "may_be", *DAILY, *ONCE):
        frame.loc[seen.index, name] = pd.NA
    return Outcome(APPLIED, seen.index[0])


def _correct_identity(
    frame: pd.DataFrame, judged: pd.DataFrame, report: int, one: Correction
) -> Outcome:
    column = str(one.column)
    if column == "report_date" and _as_counted(one, standing(frame, report, column)):
        frame.at[report, column] = judged.at[report, column]  # the day for which it counts
    (done,) = amend(frame, report, (one,), column)
    if column == "report_date" and done.fault is None:
        frame.at[report, "days"] = {}  # nothing else is asked about its day
    return outcome_of(report, done)


def _as_counted(one: Correction, written: Value) -> bool:
    """Whether a correction of a day means the one that a report counts for, not the one in it."""
    if written is None:
        return one.found is not None
    return one.found != written


def _set_aside(frame: pd.DataFrame, judged: pd.DataFrame, report: int, one: Correction) -> Outcome:
    form = frame.at[report, "form"]  # of a file that nothing could be read in there is none
    once = pd.notna(form) and form == "mau01"
    column = one.column or ("staff_installed" if once else "installs_cumulative")
    before = standing(frame, report, column)
    if fault := misfit(one, before, frame.loc[report]):
        return Outcome(UNMATCHED, report, before, fault)
    frame.at[report, "usable"] = False
    for name in (*DAILY, *ONCE):
        frame.at[report, name] = pd.NA
    return Outcome(APPLIED, report, before)


def _correct_staff(
    frame: pd.DataFrame, judged: pd.DataFrame, report: int, one: Correction
) -> Outcome:
    (done,) = amend(frame, report, (one,), str(one.column))
    if done.fault is None:
        frame.at[report, "form"] = "mau01"
        frame.at[report, "usable"] = bool(pd.notna(frame.at[report, "staff_installed"]))
    return outcome_of(report, done)


def _prepare_figure(
    frame: pd.DataFrame, judged: pd.DataFrame, report: int, one: Correction
) -> Outcome:
    """Make sure that the report counts; its figure is corrected when its day is settled."""
    given = one.column == "installs_cumulative"
    counts = judged.at[report, "verdict"] == USED
    if not counts and not given:
        return Outcome(UNMATCHED, report, note=Message("the report gives no cumulative"))
    if not counts:
        before = standing(frame, report, str(one.column))
        if fault := misfit(one, before, frame.loc[report]):
            return Outcome(UNMATCHED, report, before, fault)
        frame.at[report, "form"] = "mau02"
        frame.at[report, "usable"] = frame.at[report, "vouched"] = True
    return Outcome(APPLIED, report)


def outcome_of(report: int, done: Amended) -> Outcome:
    """Whether one amendment of a report was made, or why not."""
    status = APPLIED if done.fault is None else UNMATCHED
    return Outcome(status, report, done.before, done.fault)
