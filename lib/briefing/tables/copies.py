"""Which reports only say again what an earlier day's said."""

from __future__ import annotations

import pandas as pd

SAID = ["person", "phone", "hamlet", "value", "used"]
FIGURES = ["installs_cumulative", "installs_new", "rows_read"]


def copy_of(usable: pd.DataFrame, rows: pd.DataFrame | None = None) -> pd.Series:
    """The earlier day whose report the same unit has sent again under a later day.

    A copy has the same rows, to the letter or in another order, and the same figures; the file's
    name and the date in it don't matter. One row alone, such as a total that has not moved, proves
    nothing.

    Args:
        usable: Reports with a figure: `unit_code`, `report_date`, `received_at`, `letter`,
            `rows_read`, and the figures.
        rows: The register's rows; without them only reports equal to the letter are found.

    Returns:
        The day per report, index as `usable`; missing where a report is no copy.
    """
    days = usable["report_date"]
    out = pd.Series(pd.NaT, index=usable.index, dtype="datetime64[us]")
    for said in (usable["letter"], _in_any_order(usable, rows)):
        known = said.notna() & (usable["rows_read"] > 1)
        in_order = usable[known].assign(said=said[known])
        in_order = in_order.sort_values(["received_at", "report_date"], kind="stable")
        first = in_order.groupby(["unit_code", "said"])["report_date"].cummin()
        first = first.reindex(usable.index)
        out = out.where(out.notna(), first.where(days > first).astype(out.dtype))
    return out


def _in_any_order(usable: pd.DataFrame, rows: pd.DataFrame | None) -> pd.Series:
    """What each report says, its rows taken together: equal whatever their order is; of those
    alone that have the figures of another."""
    if rows is None or rows.empty:
        return pd.Series(pd.NA, index=usable.index, dtype="string")
    alike = usable[usable.duplicated(["unit_code", *FIGURES], keep=False)]
    own = rows[rows["report"].isin(alike.index)]
    hashes = pd.util.hash_pandas_object(own[SAID].astype("string"), index=False)
    sums = hashes.groupby(own["report"].to_numpy()).sum().reindex(usable.index)
    said = sums.astype("string")
    for name in FIGURES:
        said = said + " " + usable[name].astype("string").fillna("")
    return said
