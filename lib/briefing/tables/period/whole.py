"""The whole area over a period: where it began, where it ended, its best and its worst day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from briefing.params.forms import UNITS
from briefing.params.settings import Baseline
from briefing.tables import reporting_rates
from briefing.tables.pace import falling
from briefing.tables.period.units import IN_DOUBT, REACHED, due
from briefing.tables.reporting import has_own_figure, holds

DAY, BASELINE, NONE = "day", "baseline", "none"
FULL = 1.0


def days_over(whole: pd.DataFrame, history: pd.DataFrame, first: date) -> pd.DataFrame:
    """The whole day by day over a period, with its reports.

    Returns:
        One row per day: `report_date`, `units_reported` (units with a figure of the day),
        figures of `Day.whole`, and the counts and rates of `reporting_rates.rates`.
    """
    within = whole[whole["report_date"] >= pd.Timestamp(first)].set_index("report_date")
    own = has_own_figure(history)
    out = within[["denominator", "numerator_cumulative", "numerator_new", "coverage",
                  "coverage_change", "numerator_carried", "units_counted"]]  # fmt: skip
    reported = own.groupby(history["report_date"]).sum().astype("Int64")
    counted = reporting_rates.rates(due(history, first), "report_date").set_index("report_date")
    return out.assign(units_reported=reported).join(counted).reset_index()


def opening_state(whole: pd.DataFrame, first: date, units: int, baseline: Baseline | None) -> dict:
    """Where the whole stood before a period: figures and basis of the opening.

    That is the report date before, if every unit has a figure on it; else the campaign's baseline,
    if it is of before the period; else what is known of that date; else nothing (`NONE`).
    """
    before = whole.loc[whole["report_date"] < pd.Timestamp(first), "report_date"].max()
    rows = whole[whole["report_date"].eq(before) & (whole["units_counted"] > 0)]
    complete = len(rows) > 0 and rows["units_counted"].iloc[0] == units
    if baseline and baseline.at.date() < first and not complete:
        return {
            "opening_basis": BASELINE,
            "opening_date": pd.Timestamp(baseline.at.date()),
            "numerator_opening": pd.NA,
            "coverage_opening": baseline.coverage,
            "units_opening": units,
        }
    if rows.empty:
        unknown = ("numerator_opening", "coverage_opening", "units_opening")
        return dict.fromkeys(unknown, pd.NA) | {"opening_basis": NONE, "opening_date": pd.NaT}
    return {
        "opening_basis": DAY,
        "opening_date": before,
        "numerator_opening": rows["numerator_cumulative"].iloc[0],
        "coverage_opening": rows["coverage"].iloc[0],
        "units_opening": rows["units_counted"].iloc[0],
    }


def closing_state(whole: pd.DataFrame, history: pd.DataFrame, units: int) -> dict[str, Any]:
    """Where the whole stands on the last day, and against the target ahead.

    Args:
        whole: `Day.whole`, with the columns of `pace.ahead`.
    """
    last = whole.iloc[-1]
    rows = history[history["report_date"].eq(last["report_date"])]
    nothing = not last["units_counted"]
    total = last["numerator_cumulative"]
    carried = last["numerator_carried"]
    own = {
        name: last[name]
        for name in ("denominator", "units_counted", "target_coverage", "target_date",
                     "numerator_needed", "pace_required", "pace_observed", "outlook")
    }  # fmt: skip
    return own | {
        "numerator_closing": pd.NA if nothing else total,
        "coverage_closing": last["coverage"],
        "units": units,
        "units_carried": int(rows["carried_from"].notna().sum()),
        "units_unknown": units - int(last["units_counted"]),
        "numerator_carried": pd.NA if nothing else carried,
        "share_carried": pd.NA if nothing or not total else carried / total,
        "falls": bool(falling(whole.tail(1)).iloc[0]),
    }


def change(
    opening: dict[str, Any], closing: dict[str, Any], history: pd.DataFrame, units: pd.DataFrame
) -> dict[str, Any]:
    """What has changed between the two.

    Like is compared with like: with the day before, the units known on both days; with the
    baseline, which is of the whole, only the whole. `numerator_gained` adds up what each unit has
    gained since its own `opening_date`, of the `units_gained` units where that is known.
    Without any new figure in the period there is no change, not one of zero.
    """
    moved = units["numerator_change"].notna()
    gained = {
        "numerator_gained": units["numerator_change"].sum(min_count=1),
        "units_gained": int(moved.sum()),
    }
    if opening["opening_basis"] == DAY and moved.any():
        both = history[history["report_date"].isin([opening["opening_date"], _last(history)])]
        figures = both.pivot(
            index="unit_code", columns="report_date", values="numerator_cumulative"
        )
        known = figures.dropna()
        denominator = units.set_index("unit_code")["denominator"].reindex(known.index).sum()
        people = known[_last(history)].sum() - known[opening["opening_date"]].sum()
        return gained | {
            "units_compared": len(known),
            "numerator_change": people,
            "coverage_change": people / denominator,
        }
    on_baseline = opening["opening_basis"] == BASELINE and not closing["units_unknown"]
    if on_baseline and _news(units, opening):
        return gained | {
            "units_compared": len(units),
            "numerator_change": pd.NA,
            "coverage_change": closing["coverage_closing"] - opening["coverage_opening"],
        }
    return gained | dict.fromkeys(["numerator_change", "coverage_change"], pd.NA) | {
        "units_compared": 0
    }  # fmt: skip


def _last(history: pd.DataFrame) -> pd.Timestamp:
    return history["report_date"].max()


def _news(units: pd.DataFrame, opening: dict[str, Any]) -> bool:
    """Whether any figure is newer than the baseline."""
    return bool(holds(units["closing_date"] > opening["opening_date"]).any())


def extremes(days: pd.DataFrame) -> dict[str, Any]:
    """The days of the largest and of the smallest increase; none without two."""
    known = days[days["numerator_new"].notna()]
    if known["numerator_new"].nunique() < 2:
        return {}
    increases = known["numerator_new"].astype("float64")
    best, worst = known.loc[increases.idxmax()], known.loc[increases.idxmin()]
    return {
        "best_day": best["report_date"],
        "best_day_numerator_new": best["numerator_new"],
        "worst_day": worst["report_date"],
        "worst_day_numerator_new": worst["numerator_new"],
    }


def of_units(units: pd.DataFrame, suspect: int, assumed: int) -> dict[str, Any]:
    """How many units stand how; of `suspect` the figure is in doubt, of `assumed` the
    denominator."""
    standing = units["period_target_standing"]
    owed = units["expected"] > 0
    return {
        "period_target": units["period_target"].iloc[0],
        "units_reached": int(standing.eq(REACHED).sum()),
        "units_below": int(standing.eq("below").sum()),
        "units_in_doubt": int(standing.eq(IN_DOUBT).sum()),
        "units_suspect": suspect,
        "units_always_on_time": int((owed & units["on_time"].eq(units["expected"])).sum()),
        "units_over_denominator": int(holds(units["coverage_closing"] > 1).sum()),
        "denominator_assumed": assumed,
    }


def of_reports(units: pd.DataFrame, days: pd.DataFrame, reports: pd.DataFrame) -> dict[str, Any]:
    """The units' reports over a period.

    Args:
        units, days: Results of `units_over` and `days_over`.
        reports: `Day.reports`; those used whose reading is in doubt are counted.
    """
    used = reports["verdict"].eq("used") & reports["owed_by"].eq(UNITS)
    within = reports["report_date"].isin(days["report_date"])
    doubtful = used & within & holds(reports["reading_confidence"].eq("low"))
    return {
        "days_due": int((days["expected"] > 0).sum()),
        "reports_doubtful": int(
            holds(doubtful & reports["report_date"].isin(days["report_date"])).sum()
        ),
        **reporting_rates.whole(units).to_dict(),
    }


def of_bodies(bodies: pd.DataFrame, target: float) -> dict[str, Any]:
    """How the bodies that report once stand."""
    status, coverage = bodies["status"], bodies["coverage"]
    denominator, done = bodies["staff_denominator"], bodies["staff_numerator"]
    usable = denominator.notna() & done.notna()
    people = denominator[usable].sum()
    counts = {
        f"bodies_{word}": int(status.eq(word).sum())
        for word in ("on_time", "late", "unreadable", "missing", "not_due")
    }
    return {
        "bodies": len(bodies),
        **counts,
        "bodies_reported": counts["bodies_on_time"] + counts["bodies_late"],
        "bodies_target": target,
        "bodies_reached": int(holds((coverage >= target) & (coverage <= FULL)).sum()),
        "bodies_below": int(holds(coverage < target).sum()),
        "bodies_in_doubt": int(holds(coverage > FULL).sum()),
        "staff_denominator": people if usable.any() else pd.NA,
        "staff_numerator": done[usable].sum() if usable.any() else pd.NA,
        "bodies_coverage": done[usable].sum() / people if people else pd.NA,
        "bodies_numerator_needed": bodies["numerator_needed"].sum(min_count=1),
    }
