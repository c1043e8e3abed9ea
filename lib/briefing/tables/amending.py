"""One correction at one report: whether it still fits what stands there, and then the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from briefing.messages import Message
from briefing.params.corrections import Correction
from briefing.params.entries import Value
from briefing.params.roster import plain


@dataclass(frozen=True)
class Amended:
    """What a correction found at its report.

    Attributes:
        entry: Its place in corrections.yaml.
        before: What stood there.
        fault: Why it was not applied; `None` where it was.
    """

    entry: int
    before: Value
    fault: Message | None


def amend(
    frame: pd.DataFrame, report: int, wanted: Sequence[Correction], column: str
) -> tuple[Amended, ...]:
    """Apply the corrections of one column to one report, in their order, where they still fit.

    Args:
        frame: Reports; changed in place.
        report: Index in `frame`.
        wanted: Corrections of this report, of any column.
    """
    done = []
    for correction in wanted:
        if correction.column != column:
            continue
        before = standing(frame, report, column)
        fault = misfit(correction, before, frame.loc[report])
        if fault is None:
            right = correction.value
            frame.at[report, column] = pd.Timestamp(right) if isinstance(right, date) else right
        done.append(Amended(correction.entry, before, fault))
    return tuple(done)


def standing(frame: pd.DataFrame, report: int, column: str) -> Value:
    """What stands at a report in a column, as corrections.yaml would write it."""
    value = frame.at[report, column]
    if pd.isna(value):
        return None
    if column == "report_date":
        return value.date()
    return str(value) if column == "unit_code" else int(value)


def misfit(correction: Correction, before: Value, report: pd.Series) -> Message | None:
    """Why a correction no longer fits its report; `None` where it does.

    With the wrong value that was found, that is what has to stand there still. Without it, the
    report must be one that the author of the correction can have seen. An entry whose wrong value
    is the right one confirms what stands there.
    """
    if correction.found_given:
        if not _same(correction, before, report):
            said = Message("nothing") if before is None else before
            return Message("the report in force says {value} there", {"value": said})
    elif report["received_at"] > correction.known_by:
        return Message("the report in force came after the correction was made")
    if before == correction.value and not (correction.sets_aside or correction.confirms):
        return Message("the report in force says so itself")
    return None


def _same(correction: Correction, before: Value, report: pd.Series) -> bool:
    """Whether the value found is the one that stands there; of a unit, its code or its name."""
    if before == correction.found:
        return True
    if correction.column != "unit_code" or correction.found is None:
        return False
    name = report["unit_name"]
    return pd.notna(name) and plain(str(name)) == plain(str(correction.found))
