"""How many are counted, of how many: per unit and day, and for the whole."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.errors import DenominatorError
from briefing.messages import _
from briefing.params.forms import UNITS
from briefing.tables.reporting import KEY, STATUSES, USED, typed

REPORTED = "reported"  # status of a denominator that a report states
FIGURES = ["numerator_cumulative", "reading"]  # of a report, for the days until the next


def daily_figures(judged: pd.DataFrame, status: pd.DataFrame) -> pd.DataFrame:
    """Each unit's newest known cumulative on each day.

    A day without a usable report carries the last known figure and names the day that it is
    from; before the first report the figure is missing, not zero.

    Args:
        judged: Reports with `verdict`; those used give the figures.
        status: Indexed by `unit_code`, `report_date`, every day from the first to the last.

    Returns:
        `status` plus `numerator_cumulative` (persons), `carried_from` (the day of a carried
        figure, else missing), `numerator_new` (persons since the newest earlier figure; missing
        on a day without a report and on a unit's first) and `numerator_new_days` (the days between
        the two: 1, unless reports are missing), `reading`, `report` (index in `judged`).

    Source:
        The product's rule: what is not reported is carried forward with its day, never zero.
    """
    counting = judged["verdict"].eq(USED) & judged["owed_by"].eq(UNITS)
    used = judged.loc[counting & judged["numerator_cumulative"].notna(), [*KEY, *FIGURES]]
    frame = status.join(used.assign(report=used.index).set_index(KEY))
    frame["report"] = frame["report"].astype("Int64")
    reported = frame["numerator_cumulative"].notna()
    day = frame.index.get_level_values("report_date").to_series(index=frame.index)
    units = pd.factorize(frame.index.get_level_values("unit_code"))[0]
    frame["numerator_cumulative"] = frame["numerator_cumulative"].groupby(units).ffill()
    newest = day.where(reported).groupby(units).ffill()
    frame["carried_from"] = newest.where(~reported)
    before = frame["numerator_cumulative"].groupby(units).shift()
    frame["numerator_new"] = (frame["numerator_cumulative"] - before).where(reported)
    apart = (day - newest.groupby(units).shift()).dt.days
    frame["numerator_new_days"] = apart.astype("Int64").where(frame["numerator_new"].notna())
    for name in ("reading", "report"):
        frame[name] = frame[name].groupby(units).ffill()
    return frame


def reported_denominator(judged: pd.DataFrame, index: pd.MultiIndex) -> pd.DataFrame:
    """The denominator that each unit's reports state, the newest known on each day.

    Args:
        judged: Reports with `verdict`; of those used, `denominator_reported` (persons) is looked
        at:
            the sum of the denominators of a report that writes 35/120.
        index: `unit_code` and `report_date`, every day.

    Returns:
        Indexed by `index`: `denominator_reported` (persons), `denominator_report` (which
        report), both
        missing where none has stated any.
    """
    stated = judged["verdict"].eq(USED) & judged["denominator_reported"].gt(0).fillna(False)
    reports = judged.loc[stated, [*KEY, "denominator_reported"]]
    frame = (
        reports.assign(denominator_report=reports.index)
        .set_index(KEY)
        .reindex(index)
        .astype("Int64")
    )
    return frame.groupby(level="unit_code").ffill()


def coverage(
    latest: pd.DataFrame, units: pd.DataFrame, reported: pd.Series | None = None
) -> pd.DataFrame:
    """Share of the denominator that is counted, per unit and day.

    Coverage above 1 is kept, not capped: the denominator is then too low, and the briefing has to
    show it. A unit without a usable report stays missing.

    Args:
        latest: Indexed by `unit_code` and `report_date`: `numerator_cumulative` (persons,
            nullable), `numerator_new`.
        units: One row per unit: `unit_code`, `denominator` (persons).
        reported: Indexed like `latest`: denominators (persons) that count instead, where there is
            one.

    Returns:
        `latest`, same order, plus `denominator` (persons), `coverage` and
        `coverage_change` (fractions, not percent; the change is missing where the day has no
        report).

    Raises:
        DenominatorError: A unit has no denominator, or zero.

    Source:
        The letter of the first campaign, of August 2021, second paragraph: “tính trên
        số người có điện thoại thông minh”. That a rate above 1 is kept is the product's rule.
    """
    denominator = units.set_index("unit_code")["denominator"]
    codes = latest.index.get_level_values("unit_code")
    denominators = denominator.reindex(codes)
    lacking = sorted(set(codes[(denominators.isna() | (denominators <= 0)).to_numpy()]))
    if lacking:
        raise DenominatorError(
            _("params/{units_file}: no denominator for {codes}.", codes=", ".join(lacking))
        )
    denominators = denominators.set_axis(latest.index).astype("Int64")
    if reported is not None:
        denominators = reported.fillna(denominators)
    return latest.assign(
        denominator=denominators,
        coverage=latest["numerator_cumulative"] / denominators,
        coverage_change=latest["numerator_new"] / denominators,
    )


def placed(units: pd.DataFrame) -> pd.DataFrame:
    """Units with their place by coverage on each day, and the places gained since the day before.

    Args:
        units: Indexed by `unit_code` and `report_date`, each unit's days in order: `coverage`.

    Returns:
        `units` with `rank`: 1 the highest; equal ones share it, unknown ones have none; and
        `places_gained`.
    """
    days = units["coverage"].groupby(level="report_date")
    rank = days.rank(ascending=False, method="min").astype("Int64")
    return units.assign(rank=rank, places_gained=-rank.groupby(level="unit_code").diff())


WHOLE = ["area", "report_date"]  # what a row of sums is of
PERSONS = [
    "denominator", "numerator_cumulative", "numerator_carried", "units_counted", "numerator_new",
    "numerator_new_days", "rise_change",
]  # fmt: skip
OF_THE_WHOLE = (
    dict.fromkeys(PERSONS, "Int64")
    | dict.fromkeys(["coverage", "coverage_change"], "Float64")
    | dict.fromkeys(["reports_expected", *map("reports_{}".format, STATUSES)], "Int64")
)


def whole_of(units: pd.DataFrame, step_days: int = 1) -> pd.DataFrame:
    """The whole, report date by report date: sums of what is known of its units.

    Units that have never reported are in neither numerator nor denominator; `units_counted`
    says how many are in. The rise of a day adds up those of the units known on it and on the one
    before, so that a unit's first report is no jump of the whole; a unit's rise over several days
    is spread over them (`risen`). Where none of them is known yet, the rise is missing, not zero.

    Args:
        units: Result of `coverage`: one row per unit and report date; with `area`, where there
            are several wholes: which each is a part of.
        step_days: Days from one report date to the next.

    Returns:
        One row per report date (and `area`), `report_date` as a column: `denominator`,
        `numerator_cumulative`, `numerator_carried`, `numerator_new` (persons), `numerator_new_days`
        (`step_days`: a rise is of its date alone), `rise_change` (persons: the rise less that of
        the date before, over the units of which both are known), `coverage`, `coverage_change`
        (fractions), `units_counted`, `reports_expected`, and `reports_…` per status.
    """
    frame = units.reset_index()
    keys = [name for name in WHOLE if name in frame]
    day, figure = [frame[name] for name in keys], frame["numerator_cumulative"]
    known = figure.notna()
    status = frame["status"].where(frame["due"].groupby(day).transform("any")).fillna("")
    addends = {
        "denominator": frame["denominator"].where(known),
        "numerator_cumulative": figure,
        "numerator_carried": figure.mask(known & frame["carried_from"].isna(), 0),
        "units_counted": known,
        **_rises(frame[known], step_days).reindex(frame.index),
        "reports_expected": frame["due"],
        **{f"reports_{one}": status.eq(one) for one in STATUSES},
    }
    numbers = {name: one.to_numpy("float64", na_value=np.nan) for name, one in addends.items()}
    out = pd.DataFrame(numbers).groupby(day, sort=False).sum(min_count=1)
    rise = out["numerator_new"]
    out["numerator_new_days"] = rise.where(rise.isna(), step_days)
    out["coverage"] = out["numerator_cumulative"] / out["denominator"]
    out["coverage_change"] = rise / out["denominator_risen"]
    return typed(out, OF_THE_WHOLE).reset_index()


def _rises(known: pd.DataFrame, step_days: int) -> pd.DataFrame:
    """The rise of the units known on a day and on the one before it, and their denominator."""
    frame = known.sort_values(["unit_code", "report_date"], kind="stable")
    units = pd.factorize(frame["unit_code"])[0]
    both = frame["unit_code"].duplicated()  # from a unit's first figure on it has one every day
    rise, of = (one.where(both) for one in (risen(frame, step_days), frame["denominator"]))
    change = rise - rise.groupby(units).shift()
    return pd.DataFrame({"numerator_new": rise, "rise_change": change, "denominator_risen": of})


def risen(known: pd.DataFrame, step_days: int = 1) -> pd.Series:
    """What each unit rose by on each day: a rise over several days, spread evenly over them.

    Persons stay whole: of 5 in two days the second has the one more.

    Args:
        known: The days on which each unit has a figure, in their order: `unit_code`,
            `report_date`, `numerator_new`, `numerator_new_days`.
        step_days: Days from one report date to the next.

    Returns:
        Persons, index as `known`; missing on a unit's first day, and after its newest report.

    Source:
        The product's rule: a rise over several days is one rise of so many days.
    """
    units = pd.factorize(known["unit_code"])[0]
    until = known["report_date"].where(known["numerator_new"].notna())
    columns = (known["numerator_new"], known["numerator_new_days"], until)
    rise, days, until = (one.groupby(units).bfill() for one in columns)
    nth = days - (until - known["report_date"]).dt.days.astype("Int64")
    return (rise * nth // days - rise * (nth - step_days) // days).where(nth > 0)
