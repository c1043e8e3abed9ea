"""Every report that is missing, late or of no use, unit by unit and day by day."""

from __future__ import annotations

from datetime import date

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.tables.period.units import due

ORDER = {"missing": 0, "unreadable": 1, "empty": 2, "late": 3}
UNIT, BODY = "unit", "body"


def lacking(history: pd.DataFrame, bodies: pd.DataFrame, first: date) -> pd.DataFrame:
    """What was owed in a period and did not come, not in time, or not usable.

    Args:
        history: `Day.history`, up to the period's last day.
        bodies: `Day.bodies`.
        first: The period's first day.

    Returns:
        One row per report, units first: `kind` (unit or body), `code`, `name`, `sector` (of
        bodies), `report_date` (of units), `status` (missing, unreadable, empty, late),
        `received_at` (missing where nothing came), `unused_file` and `unused_date` (see
        `reporting.statuses`).
    """
    days = due(history, first)
    units = days[days["status"].isin(ORDER)].rename(
        columns={"unit_code": "code", "unit_name": "name"}
    )
    order = dict(zip(history["unit_code"].unique(), range(len(history)), strict=False))
    units = units.assign(kind=UNIT, place=units["code"].map(order))
    units = units.sort_values(["place", "report_date"], kind="stable")
    bodies = bodies[bodies["status"].isin(ORDER)].rename(
        columns={"body_code": "code", "body_name": "name"}
    )
    bodies = bodies.assign(kind=BODY, place=bodies["status"].map(ORDER))
    bodies = bodies.sort_values("place", kind="stable")
    none = pd.Series(pd.NaT, bodies.index, units["report_date"].dtype)
    bodies = bodies.assign(report_date=none, unused_date=none)
    columns = COLUMNS["period_lacking"]
    frame = pd.concat([units.reindex(columns=columns), bodies[columns]], ignore_index=True)
    return frame.astype(
        dict.fromkeys(["kind", "code", "name", "sector", "status", "unused_file"], "string")
    )
