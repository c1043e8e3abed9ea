"""Corrections as data: which report each one means, and what came of it.

A correction is applied as early as it has to be: units and days before it is decided which report
counts, reports set aside before that too, figures where the days before have settled what the
report says, so that what follows rests on the corrected figure.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

import pandas as pd

from briefing.messages import Message
from briefing.params.corrections import DAILY, IDENTITY, ONCE, REJECT, Correction, Value
from briefing.tables.amending import Amended, amend, misfit, standing
from briefing.tables.reporting import SUPERSEDED, USED, holds

APPLIED, UNMATCHED, NOT_YET = "applied", "unmatched", "not_yet"
COLUMNS = [
    "entry", "file", "unit_code", "unit_name", "report_date", "column", "found", "value",
    "value_before", "reason", "by", "when", "status", "note",
]  # fmt: skip
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
        corrected and `vouched` (the figure is given by a correction).
    """
    frame = reports.assign(vouched=False)
    outcomes: dict[int, Outcome] = {}
    figures: dict[int, tuple[Correction, ...]] = defaultdict(tuple)
    known = []
    for one in corrections:
        if as_of is not None and one.known_from > as_of:
            outcomes[one.entry] = Outcome(NOT_YET)
        else:
            known.append(one)
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
    mine = judged[~holds(judged["form"].eq(_other_form(one)))]
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


def _correct_identity(
    frame: pd.DataFrame, judged: pd.DataFrame, report: int, one: Correction
) -> Outcome:
    column = str(one.column)
    if column == "report_date" and pd.isna(frame.at[report, column]) and one.found is not None:
        frame.at[report, column] = judged.at[report, column]  # the day of its arrival stood for it
    (done,) = amend(frame, report, (one,), column)
    return _outcome(report, done)


def _set_aside(frame: pd.DataFrame, judged: pd.DataFrame, report: int, one: Correction) -> Outcome:
    once = frame.at[report, "form"] == "mau01"
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
    return _outcome(report, done)


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


def _outcome(report: int, done: Amended) -> Outcome:
    status = APPLIED if done.fault is None else UNMATCHED
    return Outcome(status, report, done.before, done.fault)


# What came of it


def outcomes(
    applied: Applied, corrections: Sequence[Correction], settled: pd.DataFrame
) -> pd.DataFrame:
    """What came of each correction, once the days are settled.

    Args:
        applied: Result of `apply`.
        corrections: The same corrections, in their order.
        settled: Result of `history.settle`.

    Returns:
        One row per entry, texts in the current language: `COLUMNS` and `report` (index in
        `settled`; missing where no report is meant).
    """
    final = dict(applied.outcomes)
    for report, wanted in applied.figures.items():
        done = {one.entry: one for one in settled.at[report, "amended"]}
        for one in wanted:
            if one.entry in done and settled.at[report, "verdict"] == USED:
                final[one.entry] = _outcome(report, done[one.entry])
            else:
                final[one.entry] = replace(final[one.entry], status=UNMATCHED, note=NO_EFFECT)
    rows = [_row(one, final[one.entry], settled) for one in corrections]
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "report"])
    texts = [name for name in COLUMNS if name not in ("entry", "report_date")]
    types = dict.fromkeys(texts, "string") | {"entry": "Int64", "report": "Int64"}
    return frame.astype(types).assign(report_date=pd.to_datetime(frame["report_date"]))


def shown(outcomes: pd.DataFrame, reports: pd.DataFrame) -> pd.Series:
    """What was corrected of each report, in one text; missing where nothing was.

    Args:
        outcomes: Result of `outcomes`.
        reports: Whose index is wanted.
    """
    texts: dict[int, list[str]] = defaultdict(list)
    for one in outcomes[outcomes["status"].eq(APPLIED)].itertuples():
        before = "" if pd.isna(one.value_before) else one.value_before
        text = REJECT if one.value == REJECT else f"{one.column}: {before} -> {one.value}"
        texts[one.report].append(f"{text} (entry {one.entry})")
    joined = {report: "; ".join(parts) for report, parts in texts.items()}
    return pd.Series(reports.index.map(joined.get), index=reports.index, dtype="string")


def _row(one: Correction, outcome: Outcome, settled: pd.DataFrame) -> dict[str, object]:
    report = None if outcome.report is None else settled.loc[outcome.report]
    return {
        "entry": one.entry,
        "file": one.file or None if report is None else report["file"],
        "unit_code": one.unit_code if report is None else report["unit_code"],
        "unit_name": None if report is None else report["unit_name"],
        "report_date": one.report_date if report is None else report["report_date"],
        "column": one.column,
        "found": _text(one.found) if one.found_given else None,
        "value": REJECT if one.sets_aside else _text(one.value),
        "value_before": _text(outcome.before),
        "reason": one.reason,
        "by": one.by,
        "when": _text(one.when),
        "status": outcome.status,
        "note": None if outcome.note is None else str(outcome.note),
        "report": outcome.report,
    }


def _text(value: Value) -> str | None:
    """A value as corrections.yaml has it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)
