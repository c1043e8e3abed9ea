"""Below the unit: what its rows say of each hamlet, where its reading allows."""

from __future__ import annotations

import pandas as pd

BY_VALUE = ("per_person", "per_hamlet", "ratio")
BY_COUNT = ("roster_all", "flag")


def hamlets(day: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Cumulative installs per hamlet, from the rows that each unit's figure rests on.

    A unit whose report gives only a total has no hamlets here; rows of a hamlet that is not
    recognised are kept under a missing name.

    Args:
        day: One row per unit: `report_date`, `unit_code`, `unit_name`, `reading`,
            `report`, `carried_from`.
        rows: The register's rows: `report`, `hamlet`, `value` (persons), `used`.

    Returns:
        `report_date`, `unit_code`, `unit_name`, `hamlet`, `installs_cumulative` (persons),
        `carried_from`, ordered by unit and hamlet.
    """
    columns = ["report_date", "unit_code", "unit_name", "hamlet", "carried_from"]
    mine = rows[rows["used"]].merge(
        day[["report_date", "unit_code", "unit_name", "reading", "report", "carried_from"]],
        on="report",
    )
    valued = mine[mine["reading"].isin(BY_VALUE)].assign(installs_cumulative=lambda f: f["value"])
    counted = mine[mine["reading"].isin(BY_COUNT)].assign(installs_cumulative=1)
    both = pd.concat([valued, counted])
    out = both.groupby(columns, dropna=False, sort=True)["installs_cumulative"].sum().reset_index()
    return out[[*columns[:-1], "installs_cumulative", "carried_from"]].astype(
        {"installs_cumulative": "Int64"}
    )
