"""What a corrected report answers, and what it changed: the figure before and after."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pandas as pd

from briefing.tables.reporting import SUPERSEDED, USED, holds

COLUMNS = [
    "unit_code", "unit_name", "form", "received_before", "received_after", "installs_before",
    "installs_after", "change",
]  # fmt: skip
FIGURE = {"mau01": "staff_installed", "mau02": "installs_cumulative"}


def answered(reports: pd.DataFrame) -> pd.Series:
    """Which reports a newer one of the same sender has come in place of.

    Args:
        reports: Judged reports: `unit_code`, `report_date`, `received_at`, `placed`, `verdict`.

    Returns:
        Boolean, indexed like `reports`: superseded, or followed by a usable report, about the same
        day where both are a known unit's.
    """
    used = reports[reports["verdict"].eq(USED)]
    both = ["unit_code", "report_date"]
    same_day = (
        used.groupby(both)["received_at"].max().reindex(pd.MultiIndex.from_frame(reports[both]))
    )
    any_day = used.groupby("unit_code")["received_at"].max().reindex(reports["unit_code"])
    newest = same_day.set_axis(reports.index)
    newest = newest.where(holds(reports["placed"]), any_day.set_axis(reports.index))
    return reports["verdict"].eq(SUPERSEDED) | holds(newest > reports["received_at"])


def resubmissions(reports: pd.DataFrame, day: date) -> pd.DataFrame:
    """Each report that came in place of an earlier one, beside that.

    The earlier one may have been unreadable, or a copy of another day's: then it has no figure.
    The same file sent twice is no correction.

    Args:
        reports: Judged reports, one row each: `form`, `unit_code`, `report_date`, `received_at`,
            `sha256`, `verdict`, and the figures of both forms (persons).
        day: Of reports that come daily, those about this day; of those that come once, a
            correction that came on it.

    Returns:
        One row per correction, by unit and time: `unit_code`, `unit_name`, `form`,
        `received_before`, `received_after`, `installs_before`, `installs_after` (persons;
        missing where the report gave none), `change`.
    """
    in_order = reports.sort_values(["received_at", "file", "part"], kind="stable")
    about = in_order["report_date"].eq(pd.Timestamp(day)) & holds(in_order["placed"])
    once = holds(in_order["form"].eq("mau01"))
    records = [*_steps(in_order[about])]
    records += [s for s in _steps(in_order[once]) if s["received_after"].date() == day]
    frame = pd.DataFrame(records, columns=COLUMNS)
    counts = ["installs_before", "installs_after"]
    frame = frame.astype(dict.fromkeys(counts, "Int64"))
    frame["change"] = frame["installs_after"] - frame["installs_before"]
    return frame.sort_values(["unit_code", "received_after"], kind="stable", ignore_index=True)


def _steps(in_order: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Each report that gives a figure, with the one of its unit before it."""
    before: dict[str, Any] = {}
    for report in in_order[in_order["unit_code"].notna()].itertuples():
        earlier = before.get(report.unit_code)
        usable = report.verdict != "rejected"
        if earlier is not None and usable and report.sha256 != earlier.sha256:
            yield {
                "unit_code": report.unit_code,
                "unit_name": report.unit_name,
                "form": report.form,
                "received_before": earlier.received_at,
                "received_after": report.received_at,
                "installs_before": _figure(earlier),
                "installs_after": _figure(report),
            }
        before[report.unit_code] = report


def _figure(report: Any) -> Any:
    """The figure that a report gave; none where it was rejected."""
    if report.verdict == "rejected" or pd.isna(report.form):
        return pd.NA
    return getattr(report, FIGURE[report.form])
