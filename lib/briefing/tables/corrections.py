"""Corrections as data: which report each entry means, and what is done to it.

An entry is applied as early as it has to be: units and days before it is decided which report
counts, reports set aside before that too, figures where the days before have settled what the
report says, so that what follows rests on the corrected figure. `selection` knows the order.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from briefing.catalog.rules import phrase
from briefing.messages import Message
from briefing.params.corrections import FILE, Correction
from briefing.params.entries import COUNTED, DAILY, IDENTITY, ONCE, Value
from briefing.params.forms import BODIES, UNITS
from briefing.params.roster import plain
from briefing.tables.reporting import ARRIVAL, SUPERSEDED, USED, holds

APPLIED, UNMATCHED, NOT_YET = "applied", "unmatched", "not_yet"
NO_EFFECT = Message("a newer report of the same unit and day is in force")
TOLD = "told"
"""The reading of a figure that was told by telephone."""


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


Outcomes = dict[int, Outcome]
"""Entry → what came of it so far."""


def apply_correction(frame: pd.DataFrame, report: int, one: Correction) -> Outcome:
    """Put one figure, day or unit of one report right, in place, where the entry still fits."""
    column = str(one.column)
    before = _standing(frame, report, column)
    if fault := _mismatch(one, before, frame.loc[report]):
        return Outcome(UNMATCHED, report, before, fault)
    frame.at[report, column] = pd.Timestamp(one.value) if isinstance(one.value, date) else one.value
    return Outcome(APPLIED, report, before)


def _standing(frame: pd.DataFrame, report: int, column: str) -> Value:
    """What stands at a report in a column, as corrections.yaml would write it."""
    value = frame.at[report, column]
    if pd.isna(value):
        return None
    if column == "report_date":
        return value.date()
    return str(value) if column == "unit_code" else int(value)


def _mismatch(one: Correction, before: Value, report: pd.Series) -> Message | None:
    """Why a correction no longer fits its report; `None` where it does.

    With the wrong value that was found, that is what has to stand there still. Without it, the
    report must be one that the author of the correction can have seen. An entry whose wrong value
    is the right one confirms what stands there.
    """
    if one.found_given:
        if not _same(one, before, report):
            value = Message("nothing") if before is None else before
            return Message("the report in force says {value} there", {"value": value})
    elif report["received_at"] > one.known_by:
        return Message("the report in force came after the correction was made")
    if before == one.value and not (one.sets_aside or one.confirms):
        return Message("the report in force says so itself")
    return None


def _same(one: Correction, before: Value, report: pd.Series) -> bool:
    """Whether the value found is the one that stands there; of a unit, its code or its name."""
    if before == one.found:
        return True
    if one.column != "unit_code" or one.found is None:
        return False
    name = report["unit_name"]
    return pd.notna(name) and plain(str(name)) == plain(str(one.found))


# Figures told by telephone: reports without a file, whose source is the entry that notes them


def with_phone_reports(
    reports: pd.DataFrame, known: Iterable[Correction], names: Mapping[str, str]
) -> tuple[pd.DataFrame, Outcomes]:
    """The register's reports, and below them those that were told.

    One counts as received when it was told, or, where that is not noted, from when its entry is
    known.

    Args:
        reports: The register's view, received_at local.
        known: Entries, of any kind.
        names: Code → name of a unit or body.

    Returns:
        `reports` with `told`, `vouched` (the figure is given by a correction) and `silenced` (the
        file is no report), indexed on; and what came of the entries that told one.
    """
    out = reports.assign(told=False, vouched=False, silenced=False)
    entries = [one for one in known if one.told]
    if not entries:
        return out, {}
    first = 0 if out.empty else int(out.index.max()) + 1
    numbers = range(first, first + len(entries))
    records = [_phone_report(one, names) for one in entries]
    frame = pd.DataFrame(records, columns=list(out.columns), index=numbers)
    received = pd.to_datetime(frame["received_at"], utc=True)
    frame["received_at"] = received.dt.tz_convert(out["received_at"].dt.tz)
    frame["report_date"] = pd.to_datetime(frame["report_date"])
    done = zip(entries, numbers, strict=True)
    outcomes = {one.entry: Outcome(APPLIED, report) for one, report in done}
    return pd.concat([out, frame.astype(out.dtypes)]), outcomes


def _phone_report(one: Correction, names: Mapping[str, str]) -> dict[str, Any]:
    daily = COUNTED in one.told
    known = {name: figure for name, figure in one.told.items() if figure is not None}
    read = {"reading": TOLD, "reading_confidence": "high"} if daily and known else {}
    return {
        "file": f"params/{FILE}",
        "part": one.entry,
        "form": None,
        "owed_by": UNITS if daily else BODIES,
        "unit_code": one.unit_code,
        "unit_name": names.get(one.unit_code or "", ""),
        "report_date": one.report_date,
        "received_at": one.received_at or one.known_from,
        "sources": dict.fromkeys(known, f"entry {one.entry}"),
        "days": {},
        "may_be": (),
        **dict.fromkeys(("member", "sha256", "letter", "joined_to"), ""),
        **dict.fromkeys(("rows_read", "rows_used", "rows_set_aside"), 0),
        "told": True,
        "usable": bool(known),
        **dict.fromkeys(("blank", "vouched", "silenced"), False),
        **read,
        **known,
    }


# Files that are no report


def silence(frame: pd.DataFrame, one: Correction) -> Outcome:
    """Take a file that is no report for one of nobody, about nothing: it stays as it came.

    One named by its path is taken so as its author can have seen it: what came there later may be
    a report.
    """
    own = frame[frame["sha256"].str.startswith(one.sha256)] if one.sha256 else frame
    own = _of_file(own, one.file) if one.file else own
    if own.empty:
        return Outcome(UNMATCHED, note=phrase("no_such_file"))
    if own["file"].nunique() > 1 and not one.sha256:
        return Outcome(UNMATCHED, note=Message("several files have this name; write the path"))
    seen = own if one.sha256 else own[own["received_at"].le(one.known_by)]
    if seen.empty:
        return Outcome(UNMATCHED, note=Message("the file came after the entry was made"))
    frame.loc[seen.index, ["silenced", "usable", "blank"]] = [True, False, False]
    for name in ("form", "owed_by", "unit_code", "unit_name", "may_be", *DAILY, *ONCE):
        frame.loc[seen.index, name] = pd.NA
    return Outcome(APPLIED, seen.index[0])


# Which report


def report_meant(selected: pd.DataFrame, one: Correction) -> tuple[int | None, Message | None]:
    """The report that a correction means, or why there is none.

    Args:
        selected: Result of `selection.select`, as far as corrections have been applied.
    """
    own = selected[~holds(selected["owed_by"].eq(_other_kind(one))) & ~selected["silenced"]]
    if one.file:
        own = _of_file(own, one.file)
        if own.empty:
            return None, phrase("no_such_file")
        if own["file"].nunique() > 1:
            return None, Message("several files have this name; write the path")
    if one.unit_code is not None:
        own = own[holds(own["unit_code"].eq(one.unit_code))]
    if one.report_date is not None:
        own = own[own["report_date"].eq(pd.Timestamp(one.report_date))]
    if own.empty:
        return None, Message("no report of this unit and day has come")
    if len(own[["unit_code", "report_date"]].drop_duplicates()) > 1 and one.file:
        return None, Message("the file holds several reports; write the unit and the date too")
    in_order = own.sort_values(ARRIVAL, kind="stable")
    used = in_order[in_order["verdict"].eq(USED)]
    if used.empty and in_order["verdict"].eq(SUPERSEDED).any() and not _of_identity(one):
        return None, NO_EFFECT
    return (in_order if used.empty else used).index[-1], None


def _other_kind(one: Correction) -> str:
    """Who owes reports without such a figure."""
    if one.column in DAILY:
        return BODIES
    return UNITS if one.column in ONCE else ""


def _of_file(reports: pd.DataFrame, wanted: str) -> pd.DataFrame:
    """Reports of a file by its path, by path and member, else by its name alone."""
    name = unicodedata.normalize("NFC", wanted)
    paths = reports["file"].str.normalize("NFC")
    members = reports["member"].fillna("").str.normalize("NFC")
    for same in (
        paths == name, paths + "/" + members == name, paths.str.rsplit("/", n=1).str[-1] == name,
        (members != "") & (members.str.rsplit("/", n=1).str[-1] == name),
    ):  # fmt: skip
        if same.any():
            return reports[holds(same)]
    return reports.iloc[:0]


# What is done to it


def _of_identity(one: Correction) -> bool:
    return one.column in IDENTITY and not one.sets_aside


def _correct_identity(
    frame: pd.DataFrame, selected: pd.DataFrame, report: int, one: Correction
) -> Outcome:
    of_day = one.column == "report_date"
    if of_day and one.found != _standing(frame, report, "report_date"):
        frame.at[report, "report_date"] = selected.at[report, "report_date"]  # as it counts
    done = apply_correction(frame, report, one)
    if of_day and done.status == APPLIED:
        frame.at[report, "days"] = {}  # nothing else is asked about its day
    return done


def _set_aside(
    frame: pd.DataFrame, selected: pd.DataFrame, report: int, one: Correction
) -> Outcome:
    of_body = holds(frame["owed_by"].eq(BODIES))[report]
    column = one.column or ("staff_numerator" if of_body else "numerator_cumulative")
    before = _standing(frame, report, column)
    if fault := _mismatch(one, before, frame.loc[report]):
        return Outcome(UNMATCHED, report, before, fault)
    frame.at[report, "usable"] = False
    frame.loc[report, [*DAILY, *ONCE]] = pd.NA
    return Outcome(APPLIED, report, before)


def _correct_staff(
    frame: pd.DataFrame, selected: pd.DataFrame, report: int, one: Correction
) -> Outcome:
    done = apply_correction(frame, report, one)
    if done.status == APPLIED:
        _owe(frame, report, BODIES)
        frame.at[report, "usable"] = bool(pd.notna(frame.at[report, "staff_numerator"]))
    return done


def _vouch(frame: pd.DataFrame, selected: pd.DataFrame, report: int, one: Correction) -> Outcome:
    """Make sure that the report counts; its figure is corrected when its day is resolved."""
    if selected.at[report, "verdict"] == USED:
        return Outcome(APPLIED, report)
    if one.column != "numerator_cumulative":
        return Outcome(UNMATCHED, report, note=Message("the report gives no cumulative"))
    before = _standing(frame, report, str(one.column))
    if fault := _mismatch(one, before, frame.loc[report]):
        return Outcome(UNMATCHED, report, before, fault)
    _owe(frame, report, UNITS)
    frame.at[report, "usable"] = frame.at[report, "vouched"] = True
    return Outcome(APPLIED, report)


def _owe(frame: pd.DataFrame, report: int, whose: str) -> None:
    """Take a report for one of the units, or of the bodies; its form is then theirs."""
    if not holds(frame["owed_by"].eq(whose))[report]:
        frame.loc[report, ["owed_by", "form"]] = [whose, pd.NA]


Act = Callable[[pd.DataFrame, pd.DataFrame, int, Correction], Outcome]
STAGES: tuple[tuple[Callable[[Correction], bool], Act], ...] = (
    (_of_identity, _correct_identity),
    (lambda one: one.sets_aside, _set_aside),
    (lambda one: one.column in ONCE, _correct_staff),
    (lambda one: one.column in DAILY, _vouch),
)
"""Kind of entry → what is done to its report, in the order in which one rests on the other."""
