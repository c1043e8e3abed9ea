"""Below the unit: what its rows say of each hamlet, where its reading allows."""

from __future__ import annotations

import pandas as pd

BY_VALUE = ("per_person", "per_hamlet", "ratio")
BY_COUNT = ("roster_all", "flag")


def hamlets(day: pd.DataFrame, rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Cumulative installs and coverage per hamlet, from the rows of each unit's report in force.

    A unit whose report gives only a total has no hamlets here; rows of a hamlet that is not
    recognised are kept under a missing name.

    Args:
        day: One row per unit: `report_date`, `unit_code`, `unit_name`, `reading`,
            `report`, `carried_from`.
        rows: The register's rows: `report`, `hamlet`, `value` (persons), `used`.
        known: The campaign's hamlets: `unit_code`, `hamlet`, `smartphone_owners` (persons,
            nullable).

    Returns:
        `report_date`, `unit_code`, `unit_name`, `hamlet`, `smartphone_owners`,
        `installs_cumulative` (persons), `coverage` (fraction, missing where the denominator is
        not known), `carried_from`, ordered by unit and hamlet.
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
    owners = known[["unit_code", "hamlet", "smartphone_owners"]]
    out = out.merge(owners, on=["unit_code", "hamlet"], how="left")
    out = out.astype({"installs_cumulative": "Int64", "smartphone_owners": "Int64"})
    out = out.assign(coverage=out["installs_cumulative"] / out["smartphone_owners"])
    figures = ["smartphone_owners", "installs_cumulative", "coverage"]
    return out[[*columns[:-1], *figures, "carried_from"]]
