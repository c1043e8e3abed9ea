"""Sheets that the sender's program does not show: what is done with them, and said.

A hidden sheet is yesterday's more often than today's: it is read only where no visible one holds
a report.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from briefing.intake.opening.grids import Part
from briefing.intake.submission import Finding, Submission
from briefing.messages import Message


def with_hidden_sheets(
    read: Callable[[Sequence[Part]], list[Submission]], parts: Sequence[Part]
) -> list[Submission]:
    """The reports in the visible parts; in the hidden ones where those hold none."""
    hidden = [part for part in parts if not part.visible]
    found = read([part for part in parts if part.visible])
    if not hidden:
        return found
    unseen = [report for report in read(hidden) if _is_sure(report)]
    if not any(report.form for report in found):
        return found + [report.with_findings(_only_hidden(hidden)) for report in unseen]
    if unseen:
        found[0] = found[0].with_findings(_left_out(hidden))
    return found


def _is_sure(report: Submission) -> bool:
    """Whether a report stands in a sheet, and not only a list that might be one."""
    return report.usable and report.reading_confidence != "low"


def _only_hidden(parts: Sequence[Part]) -> Finding:
    return Finding(
        "warning", "sheet_hidden", parts[0].grids[0].where(0, 0), "",
        Message("no visible sheet holds a report; this one is hidden"),
        Message("Check whether this is the report that was meant, and show its sheet."),
    )  # fmt: skip


def _left_out(parts: Sequence[Part]) -> Finding:
    return Finding(
        "info", "sheet_hidden", parts[0].grids[0].where(0, 0), str(len(parts)),
        Message("a hidden sheet holds a report too; it is not read"),
        Message("Show the sheet if it belongs to the report, else delete it."),
    )  # fmt: skip
