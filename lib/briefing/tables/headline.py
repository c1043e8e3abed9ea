"""What the rate of the whole rests on: figures in doubt, and reports that are still to come."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.tables.anomalies import in_doubt
from briefing.tables.day import Day, worked_out_once
from briefing.tables.nowcast import nowcast
from briefing.tables.reporting import has_own_figure

FEW_POINTS = 0.03  # of the whole: more than it gains in a few days


@worked_out_once
def headline(day: Day) -> pd.DataFrame:
    """The whole, beside what it is without the figures in doubt, and once all reports are in.

    Returns:
        One row with the columns of headline.csv: `numerator_doubtful` (persons) are those that
        figures in doubt move, up or down; `coverage_sure` (fraction) is the rate without them. The
        estimates (fractions, without what is in doubt) are missing where nothing is to come, or too
        little is known.

    Source:
        The product's rule: a doubtful figure is used as it was sent, and the rate without it is
        told.
    """
    last, doubtful = day.whole.iloc[-1], day.in_doubt
    row = {
        "report_date": last["report_date"],
        "numerator_cumulative": last["numerator_cumulative"],
        "coverage": last["coverage"],
        "units_doubtful": len(doubtful),
        "numerator_doubtful": doubtful["numerator_moved"].abs().sum(),
        "coverage_sure": last["coverage_sure"],
        **_estimate(day),
    }
    types = {name: "Float64" for name in row if name.startswith(("coverage", "estimate_"))}
    types |= {name: "Int64" for name in row if name.startswith(("numerator", "units"))}
    return pd.DataFrame([row], columns=COLUMNS["headline"]).astype(types)


def rests_on_doubt(day: Day) -> bool:
    """Whether the rate of the whole must not be read as the answer; then that without doubts leads.

    So it is where figures in doubt stand in it, and it is above 100 %, lies more than 3 points
    from the rate without them, or on the other side of a target.
    """
    targets = day.campaign.target_rates
    return misleads(headline(day).iloc[0], targets)


def misleads(row: pd.Series, targets: Iterable[float]) -> bool:
    """See `rests_on_doubt`.

    Args:
        row: The row of headline.csv.
        targets: Fractions.
    """
    rate, without = row["coverage"], row["coverage_sure"]
    if not row["units_doubtful"] or pd.isna(rate) or pd.isna(without):
        return False
    low, high = sorted((rate, without))
    across = any(low < target <= high for target in targets)
    return bool(rate > 1 or high - low > FEW_POINTS or across)


def _estimate(day: Day) -> dict[str, float]:
    """The rate once all are in, without what is in doubt; nothing where nothing else is known."""
    if not day.whole.iloc[-1]["reports_expected"]:
        return {}
    figures = _reported(day)
    denominator = day.units.set_index("unit_code")["denominator"].reindex(figures.index)
    if (figures.max(axis=1) <= 0).any():
        return {}
    made = nowcast(figures.to_numpy(float), denominator.to_numpy(float))
    return (
        {f"estimate_{end}": value / denominator.sum() for end, value in vars(made).items()}
        if made
        else {}
    )


def _reported(day: Day) -> pd.DataFrame:
    """A row a unit, a column a day up to this one: what was reported, doubts taken off."""
    own = day.history["numerator_cumulative"].where(has_own_figure(day.history))
    figures = day.history.assign(figure=own)
    wide = figures.pivot(index="unit_code", columns="report_date", values="figure").astype(float)
    for moment in wide.columns:
        new = in_doubt(day.anomalies[day.anomalies["report_date"].eq(moment)], moment)
        moved = new.set_index("unit_code")["numerator_moved"].astype(float)
        moved = moved.reindex(wide.index).fillna(0)
        wide.loc[:, moment:] = wide.loc[:, moment:].sub(moved, axis=0)
    known = np.flatnonzero(wide.notna().any())
    return wide.iloc[:, known[0] :] if len(known) else wide.iloc[:, :0]
