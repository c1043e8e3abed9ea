"""What came of each correction, as a table and in the words of the register of reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.params.corrections import Correction
from briefing.params.entries import COUNTED, DAILY, NOT_A_REPORT, REJECT, Value
from briefing.tables.corrections import APPLIED, Outcome
from briefing.tables.reporting import in_turn, typed

TOLD_APART = "; "  # between the figures of one entry


def table(
    outcomes: Mapping[int, Outcome], corrections: Sequence[Correction], reports: pd.DataFrame
) -> pd.DataFrame:
    """What came of each correction.

    Args:
        outcomes: Entry → what came of it.
        corrections: The entries, in their order.
        reports: Those that the outcomes point to, resolved.

    Returns:
        One row per entry, texts in the current language: the columns of corrections.csv and
        `report` (index in `reports`; missing where no report is meant).
    """
    rows = [_row(one, outcomes[one.entry], reports) for one in corrections]
    frame = pd.DataFrame(rows, columns=[*COLUMNS["corrections"], "report"])
    days = pd.to_datetime(frame["report_date"])
    types = {"entry": "Int64", "report": "Int64", "report_date": str(days.dtype)}
    return typed(frame.assign(report_date=days), dict.fromkeys(frame, "string") | types)


def shown(came_of: pd.DataFrame, reports: pd.DataFrame) -> pd.Series:
    """What was corrected of each report, in one text; missing where nothing was.

    Args:
        came_of: Result of `table`.
        reports: Whose index is wanted.
    """
    texts: dict[int, list[str]] = defaultdict(list)
    done = came_of["status"].eq(APPLIED) & came_of["value"].notna()
    for one in in_turn(came_of[done]):
        texts[one.report].append(f"{_short(one)} (entry {one.entry})")
    joined = {report: "; ".join(parts) for report, parts in texts.items()}
    return pd.Series(reports.index.map(joined.get), index=reports.index, dtype="string")


def _short(one: Any) -> str:
    """What an entry has done, for the register of reports."""
    if one.value == NOT_A_REPORT:
        return f"{NOT_A_REPORT}: {one.reason}"
    if pd.notna(one.told_by):
        return f"told by {one.told_by}: {one.value}"
    before = "" if pd.isna(one.value_before) else one.value_before
    return REJECT if one.value == REJECT else f"{one.column}: {before} -> {one.value}"


def _row(one: Correction, outcome: Outcome, reports: pd.DataFrame) -> dict[str, object]:
    report = None if outcome.report is None else reports.loc[outcome.report]
    return {
        "entry": one.entry,
        "file": one.file or None if report is None else report["file"],
        "unit_code": one.unit_code if report is None else report["unit_code"],
        "unit_name": None if report is None else report["unit_name"],
        "report_date": one.report_date if report is None else report["report_date"],
        "column": one.column,
        "found": _text(one.found) if one.found_given else None,
        "value": _value(one),
        "value_before": _text(outcome.before),
        "reason": one.reason,
        "by": one.by,
        "when": _text(one.when),
        "status": outcome.status,
        "note": None if outcome.note is None else str(outcome.note),
        "report": outcome.report,
        "told_by": one.told_by or None,
    }


def _value(one: Correction) -> str | None:
    if one.silences:
        return NOT_A_REPORT
    if one.told:
        known = (f"{name}={n}" for name, n in one.told.items() if n is not None)
        return TOLD_APART.join(known) or None
    return REJECT if one.sets_aside else _text(one.value)


def parse_figures(value: str) -> Mapping[str, int]:
    """The figures of an entry that were told by telephone, from the text of its `value`."""
    pairs = (pair.split("=") for pair in value.split(TOLD_APART))
    return {name: int(figure) for name, figure in pairs}


def of_figures(corrections: pd.DataFrame) -> pd.Series:
    """Which entries of `table` are of an indicator's own figures; the others are of the report."""
    by_telephone = corrections["value"].str.startswith(f"{COUNTED}=", na=False)
    return corrections["column"].isin(DAILY) | by_telephone


def _text(value: Value) -> str | None:
    """A value as corrections.yaml has it."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return None if value is None else str(value)
