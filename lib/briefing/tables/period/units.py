"""Each unit at the beginning and at the end of a period, and how it has reported in between."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.params.indicators import Target
from briefing.tables.pace import falling
from briefing.tables.reporting import holds
from briefing.tables.reporting_rates import rates

REACHED, BELOW, IN_DOUBT, UNKNOWN = "reached", "below", "in_doubt", "unknown"


def units_over(
    history: pd.DataFrame, first: date, target: Target, doubtful: Collection[str]
) -> pd.DataFrame:
    """Every unit over a period that ends with the history's last day.

    A unit's opening figure is the one known on the report date before the period, else the first
    in it; `opening_date` and `closing_date` say which days the figures are from. A unit whose
    figure is of one and the same day at both ends has no change: nothing has been compared.

    Args:
        history: `Day.history`, with the columns of `pace.ahead`.
        first: The period's first day.
        target: What the period is judged against; see `targets.target_of`.
        doubtful: Codes of the units whose last figure is in doubt.

    Returns:
        One row per unit, in the order of the last day: the columns of period_units.csv. Figures in
        persons, rates and their changes in fractions; `rank_change` is places gained; `fell`
        whether the cumulative fell on a day of the period; `period_target_standing`: reached,
        below, unknown, or in_doubt where the figure is above the target but falls or is in doubt.
    """
    days = history["report_date"]
    opening = days[days < pd.Timestamp(first)].max()
    known = history[~(days < opening)]
    last = history[days.eq(days.max())].set_index("unit_code")
    out = last[["unit_name", "denominator"]].join(_opening(known))
    out = out.assign(
        closing_date=_day_of(last).where(last["numerator_cumulative"].notna()),
        numerator_closing=last["numerator_cumulative"],
        coverage_closing=last["coverage"],
    )
    moved = holds(out["closing_date"] > out["opening_date"])
    out["numerator_change"] = (out["numerator_closing"] - out["numerator_opening"]).where(moved)
    out["coverage_change"] = (out["numerator_change"] / out["denominator"]).astype("Float64")
    out = out.assign(
        rank_opening=_opening_ranks(known, days.max()),
        rank_closing=last["rank"],
        period_target=target.coverage,
    )
    out["rank_change"] = out["rank_opening"] - out["rank_closing"]
    within = known[known["report_date"] >= pd.Timestamp(first)]
    out["fell"] = holds(within["numerator_new"] < 0).groupby(within["unit_code"]).any()
    out["period_target_standing"] = _standing(last, target.coverage, doubtful)
    out = out.join(last[["target_coverage", "target_date", "numerator_needed", "pace_required",
                         "pace_observed", "outlook"]])  # fmt: skip
    out = out.join(rates(due(history, first), "unit_code").set_index("unit_code"))
    return out.reset_index()[COLUMNS["period_units"]]


def due(history: pd.DataFrame, first: date) -> pd.DataFrame:
    """The days of a period, with a status only where a report was owed."""
    within = history[history["report_date"] >= pd.Timestamp(first)]
    return within.assign(status=within["status"].where(within["due"]))


def _day_of(rows: pd.DataFrame) -> pd.Series:
    """The day that each figure is from: the row's own, unless it is carried."""
    return rows["carried_from"].fillna(rows["report_date"])


def _opening(known: pd.DataFrame) -> pd.DataFrame:
    """Each unit's first figure from the day before the period on."""
    figures = known[known["numerator_cumulative"].notna()]
    first = figures.sort_values("report_date", kind="stable").groupby("unit_code").head(1)
    return pd.DataFrame(
        {
            "unit_code": first["unit_code"],
            "opening_date": _day_of(first),
            "numerator_opening": first["numerator_cumulative"],
            "coverage_opening": first["coverage"],
        }
    ).set_index("unit_code")


def _opening_ranks(known: pd.DataFrame, last: pd.Timestamp) -> pd.Series:
    """Ranks on the first day with any figure, unless it is the last: then nothing has moved."""
    figures = known[known["rank"].notna() & (known["report_date"] < last)]
    first = figures[figures["report_date"].eq(figures["report_date"].min())]
    return first.set_index("unit_code")["rank"]


def _standing(last: pd.DataFrame, target: float, doubtful: Collection[str]) -> pd.Series:
    words = pd.Series(UNKNOWN, index=last.index, dtype="string")
    enough = holds(last["coverage"] >= target)
    words = words.mask(last["coverage"].notna(), BELOW).mask(enough, REACHED)
    return words.mask(enough & (falling(last) | last.index.isin(doubtful)), IN_DOUBT)
