"""Below the unit: what its rows say of each place, where its reading allows."""

from __future__ import annotations

import pandas as pd

from briefing.tables.reporting import in_blocks

BY_VALUE = ("per_person", "per_place", "ratio")
BY_COUNT = ("roster_all", "flag")
AT_ONCE = 1000  # units whose rows are added up


def places(day: pd.DataFrame, rows: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Cumulative counts and coverage per place, from the rows of each unit's report in force.

    A unit whose report gives only a total has no places here; rows of a place that is not
    recognised are kept under a missing name.

    Args:
        day: One row per unit: `report_date`, `unit_code`, `unit_name`, `reading`,
            `report`, `carried_from`.
        rows: The register's rows: `report`, `place`, `value` (persons), `used`.
        known: The campaign's places: `unit_code`, `place`, `denominator` (persons,
            nullable).

    Returns:
        `report_date`, `unit_code`, `unit_name`, `place`, `denominator`,
        `numerator_cumulative` (persons), `coverage` (fraction, missing where the denominator is
        not known), `carried_from`, ordered by unit and place.
    """
    units = day[["report", "report_date", "unit_code", "unit_name", "reading", "carried_from"]]
    units = units[units["reading"].isin([*BY_VALUE, *BY_COUNT])]
    blocks = in_blocks(units, AT_ONCE)
    out = pd.concat([block.merge(_counted(rows, block), on="report") for block in blocks])
    out["numerator_cumulative"] = out["value"].where(out["reading"].isin(BY_VALUE), out["rows"])
    out = out.sort_values(["unit_code", "place"], kind="stable")
    denominator = known[["unit_code", "place", "denominator"]]
    out = out.merge(denominator, on=["unit_code", "place"], how="left")
    out = out.astype({"numerator_cumulative": "Int64", "denominator": "Int64"})
    out = out.assign(coverage=out["numerator_cumulative"] / out["denominator"])
    figures = ["denominator", "numerator_cumulative", "coverage"]
    return out[["report_date", "unit_code", "unit_name", "place", *figures, "carried_from"]]


def _counted(rows: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """By report and place, the sum of `value` and how many `rows` there are."""
    used = rows["used"] & rows["report"].isin(units["report"])
    counted = rows.loc[used, ["report", "place", "value"]]
    counts = counted.groupby(["report", "place"], dropna=False)["value"]
    return counts.agg(value="sum", rows="size").reset_index()
