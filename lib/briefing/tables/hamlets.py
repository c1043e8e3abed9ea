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
    units = day[["report", "report_date", "unit_code", "unit_name", "reading", "carried_from"]]
    mine = rows[rows["used"] & rows["report"].isin(units["report"])]
    counts = mine.assign(rows=1).groupby(["report", "hamlet"], dropna=False)[["value", "rows"]]
    out = units.merge(counts.sum().reset_index(), on="report")
    out = out[out["reading"].isin([*BY_VALUE, *BY_COUNT])]
    out["installs_cumulative"] = out["value"].where(out["reading"].isin(BY_VALUE), out["rows"])
    out = out.sort_values(["unit_code", "hamlet"], kind="stable")
    owners = known[["unit_code", "hamlet", "smartphone_owners"]]
    out = out.merge(owners, on=["unit_code", "hamlet"], how="left")
    out = out.astype({"installs_cumulative": "Int64", "smartphone_owners": "Int64"})
    out = out.assign(coverage=out["installs_cumulative"] / out["smartphone_owners"])
    figures = ["smartphone_owners", "installs_cumulative", "coverage"]
    return out[["report_date", "unit_code", "unit_name", "hamlet", *figures, "carried_from"]]
