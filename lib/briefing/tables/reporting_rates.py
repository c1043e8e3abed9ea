"""Who reports, and who reports in time: counts and rates that can't exceed 100 %.

Of each unit and day one report is expected, however many arrive; it counts by the day's status
(`reporting.statuses`). An empty report, or a copy of an earlier day's, is neither complete nor in
time: it says nothing.
"""

from __future__ import annotations

import pandas as pd

from briefing.tables.reporting import NOT_DUE, STATUSES

PAST = [status for status in STATUSES if status != NOT_DUE]
COUNTS = ["expected", *PAST]
RATES = ["completeness", "timeliness"]


def rates(statuses: pd.DataFrame, by: str) -> pd.DataFrame:
    """Expected and received reports per unit, per day, or per any other column.

    Args:
        statuses: One row per unit and day on which a report was due, with `status` and `by`;
            rows without a status (nothing was due), or whose deadline is to come, do not count.
        by: The column to count by.

    Returns:
        One row per value of `by`, in order of appearance: `expected` and one column per status
        (reports), `completeness` (fraction: on time or late ÷ expected) and `timeliness`
        (fraction: on time ÷ expected), both missing where nothing was due.
    """
    values = pd.Index(statuses[by].unique(), name=by)
    due = statuses[statuses["status"].isin(PAST)]
    counts = pd.crosstab(due[by], due["status"]).reindex(index=values, columns=PAST, fill_value=0)
    counts.insert(0, "expected", counts.sum(axis=1))
    return _rated(counts).reset_index()


def whole(counted: pd.DataFrame) -> pd.Series:
    """The sum of the rows of `rates`, with the rates of the sum."""
    return _rated(counted[COUNTS].sum().to_frame().T).iloc[0]


def sectors(bodies: pd.DataFrame) -> pd.DataFrame:
    """How the bodies that report once stand, by sector.

    Before their own day is past nobody is missing: who has not reported is `not_due`, and the
    rates are over all bodies, so that they grow to 100 % and never beyond.

    Args:
        bodies: The contract's columns of bodies.csv.

    Returns:
        One row per sector, in order of appearance: `bodies`, `reported`, `on_time`, `late`,
        `unreadable`, `missing`, `not_due` (bodies), `completeness`, `timeliness` (fractions),
        `staff_denominator`, `staff_numerator` (persons, of those that reported), `coverage`
        (fraction, missing where the denominator is zero).
    """
    order = pd.Index(bodies["sector"].unique(), name="sector")
    columns = ["on_time", "late", "unreadable", "missing", "not_due"]
    counts = pd.crosstab(bodies["sector"], bodies["status"]).reindex(
        index=order, columns=columns, fill_value=0
    )
    everyone = bodies.groupby("sector").size().reindex(order)
    usable = bodies[bodies["staff_numerator"].notna() & bodies["staff_denominator"].notna()]
    staff = usable.groupby("sector")[["staff_denominator", "staff_numerator"]].sum().reindex(order)
    denominator = staff["staff_denominator"].where(staff["staff_denominator"] > 0)
    out = counts.assign(bodies=everyone, reported=counts["on_time"] + counts["late"])
    out = out[["bodies", "reported", *columns]].join(staff)
    out["completeness"] = out["reported"] / out["bodies"]
    out["timeliness"] = out["on_time"] / out["bodies"]
    return out.assign(coverage=staff["staff_numerator"] / denominator).reset_index()


def _rated(counts: pd.DataFrame) -> pd.DataFrame:
    expected = counts["expected"].astype("Float64")
    expected = expected.where(expected > 0)
    return counts.assign(
        completeness=(counts["on_time"] + counts["late"]) / expected,
        timeliness=counts["on_time"] / expected,
    )
