"""What a corrected report answers, and what it changed: the figure before and after."""

from __future__ import annotations

from datetime import date

import pandas as pd

from briefing.params.forms import BODIES
from briefing.tables.reporting import ARRIVAL, REJECTED, SUPERSEDED, USED, holds

COLUMNS = [
    "unit_code", "unit_name", "form", "received_before", "received_after", "numerator_before",
    "numerator_after", "change",
]  # fmt: skip


def answered(reports: pd.DataFrame) -> pd.Series:
    """Which reports a newer one of the same sender has come in place of.

    Args:
        reports: Judged reports: `unit_code`, `report_date`, `received_at`, `placed`, `verdict`.

    Returns:
        Boolean, indexed like `reports`: superseded, or followed by a usable report, about the same
        day where both are a known unit's.
    """
    used = reports["received_at"].where(reports["verdict"].eq(USED))
    unit, day = reports["unit_code"], reports["report_date"]
    same_day, any_day = (used.groupby(key).transform("max") for key in ([unit, day], unit))
    newest = same_day.where(holds(reports["placed"]), any_day)
    return reports["verdict"].eq(SUPERSEDED) | holds(newest > reports["received_at"])


def resubmissions(reports: pd.DataFrame, day: date) -> pd.DataFrame:
    """Each report that came in place of an earlier one, beside that.

    The earlier one may have been unreadable, or a copy of another day's: then it has no figure.
    The same file sent twice is no correction.

    Args:
        reports: Judged reports, one row each: `owed_by`, `unit_code`, `report_date`,
            `received_at`, `sha256`, `verdict`, and the figures of both forms (persons).
        day: Of reports that come daily, those about this day; of those that come once, a
            correction that came on it.

    Returns:
        One row per correction, by unit and time: `unit_code`, `unit_name`, `form`,
        `received_before`, `received_after`, `numerator_before`, `numerator_after` (persons;
        missing where the report gave none), `change`.
    """
    in_order = reports.sort_values(ARRIVAL, kind="stable")
    about = in_order["report_date"].eq(pd.Timestamp(day)) & holds(in_order["placed"])
    of_bodies = _replacing(in_order[holds(in_order["owed_by"].eq(BODIES))])
    of_bodies = of_bodies[of_bodies["received_after"].dt.date == day]
    frame = pd.concat([_replacing(in_order[about]), of_bodies])
    frame["change"] = frame["numerator_after"] - frame["numerator_before"]
    order = ["unit_code", "received_after"]
    return frame[COLUMNS].sort_values(order, kind="stable", ignore_index=True)


def _replacing(in_order: pd.DataFrame) -> pd.DataFrame:
    """Each report that gives a figure, with the one of its unit before it."""
    own = in_order[in_order["unit_code"].notna()]
    usable, of_bodies = own["verdict"].ne(REJECTED), holds(own["owed_by"].eq(BODIES))
    figure = own["numerator_cumulative"].mask(of_bodies, own["staff_numerator"]).where(usable)
    own = own.assign(received_after=own["received_at"], numerator_after=figure)
    names = {"received_after": "received_before", "numerator_after": "numerator_before"}
    before = own.groupby("unit_code")[[*names, "sha256"]].shift()
    other = usable & before["received_after"].notna() & own["sha256"].ne(before["sha256"])
    return own.join(before[[*names]].rename(columns=names))[other]
