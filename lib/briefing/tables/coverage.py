"""How many have installed, of how many: per unit and day, and for the whole."""

from __future__ import annotations

import pandas as pd

from briefing.errors import DenominatorError
from briefing.messages import _
from briefing.tables.reporting import STATUSES, USED


def daily_figures(judged: pd.DataFrame, status: pd.DataFrame) -> pd.DataFrame:
    """Each unit's newest known cumulative on each day.

    A day without a usable report carries the last known figure and names the day that it is
    from; before the first report the figure is missing, not zero.

    Args:
        judged: Reports with `verdict`; those used give the figures.
        status: Indexed by `unit_code`, `report_date`, every day from the first to the last.

    Returns:
        `status` plus `installs_cumulative` (persons), `carried_from` (the day of a carried
        figure, else missing), `installs_new` (persons since the last figure known before; missing
        on a day without a report and on a unit's first), `reading`, `report` (index in `judged`).
    """
    used = judged[judged["verdict"].eq(USED) & judged["form"].eq("mau02")]
    used = used.assign(report=used.index).set_index(["unit_code", "report_date"])
    frame = status.join(used[["installs_cumulative", "reading", "report"]])
    frame["report"] = frame["report"].astype("Int64")
    reported = frame["installs_cumulative"].notna()
    day = frame.index.get_level_values("report_date").to_series(index=frame.index)
    units = frame.index.get_level_values("unit_code")
    frame["installs_cumulative"] = frame["installs_cumulative"].groupby(units).ffill()
    frame["carried_from"] = day.where(reported).groupby(units).ffill().where(~reported)
    before = frame["installs_cumulative"].groupby(units).shift()
    frame["installs_new"] = (frame["installs_cumulative"] - before).where(reported)
    for name in ("reading", "report"):
        frame[name] = frame[name].groupby(units).ffill()
    return frame


def coverage(
    latest: pd.DataFrame, communes: pd.DataFrame, reported: pd.Series | None = None
) -> pd.DataFrame:
    """Share of smartphone owners who have installed, per unit and day.

    Coverage above 1 is kept, not capped: the denominator is then too low, and the briefing has to
    show it. A unit without a usable report stays missing.

    Args:
        latest: Indexed by `unit_code` and `report_date`: `installs_cumulative` (persons,
            nullable), `installs_new`.
        communes: One row per unit: `unit_code`, `smartphone_owners` (persons).
        reported: Indexed like `latest`: denominators (persons) that count instead, where there is
            one.

    Returns:
        `latest`, same order, plus `smartphone_owners` (persons), `coverage` and
        `coverage_change` (fractions, not percent; the change is missing where the day has no
        report).

    Raises:
        DenominatorError: A unit has no smartphone_owners, or zero.
    """
    owners = communes.set_index("unit_code")["smartphone_owners"]
    codes = latest.index.get_level_values("unit_code")
    denominators = owners.reindex(codes)
    lacking = sorted(set(codes[(denominators.isna() | (denominators <= 0)).to_numpy()]))
    if lacking:
        raise DenominatorError(
            _("communes.csv: no smartphone_owners for {codes}.", codes=", ".join(lacking))
        )
    denominators = denominators.set_axis(latest.index).astype("Int64")
    if reported is not None:
        denominators = reported.fillna(denominators)
    return latest.assign(
        smartphone_owners=denominators,
        coverage=latest["installs_cumulative"] / denominators,
        coverage_change=latest["installs_new"] / denominators,
    )


def ranked(units: pd.DataFrame) -> pd.Series:
    """Place by coverage on each day, 1 the highest; equal ones share it, unknown ones have none."""
    days = units["coverage"].groupby(level="report_date")
    return days.rank(ascending=False, method="min").astype("Int64")


def town(units: pd.DataFrame) -> pd.DataFrame:
    """The whole, day by day: sums of what is known of its units.

    Units that have never reported are in neither numerator nor denominator; `communes_counted`
    says how many are in. Changes compare a day with the day before over the units known on both,
    so that a unit's first report is no jump of the whole; on a day on which none of them reported
    the change is missing, not zero.

    Args:
        units: Result of `coverage`: one row per unit and day.

    Returns:
        One row per day, `report_date` as a column: `smartphone_owners`, `installs_cumulative`,
        `installs_carried`, `installs_new` (persons), `coverage`, `coverage_change` (fractions),
        `communes_counted`, `reports_expected`, and `reports_…` per status.
    """
    frame = units.reset_index()
    known = frame[frame["installs_cumulative"].notna()]
    by_day = known.groupby("report_date")
    days = pd.Index(frame["report_date"].unique(), name="report_date")
    out = pd.DataFrame(index=days)
    out["smartphone_owners"] = by_day["smartphone_owners"].sum()
    out["installs_cumulative"] = by_day["installs_cumulative"].sum()
    carried = known["installs_cumulative"].where(known["carried_from"].notna(), 0)
    out["installs_carried"] = carried.groupby(known["report_date"]).sum()
    out["communes_counted"] = by_day.size().reindex(days, fill_value=0)
    change = _change(known)
    out["installs_new"] = change["installs_new"]
    out["coverage"] = out["installs_cumulative"] / out["smartphone_owners"]
    out["coverage_change"] = change["installs_new"] / change["smartphone_owners"]
    counts = pd.crosstab(frame["report_date"], frame["status"]).reindex(
        index=days, columns=list(STATUSES), fill_value=0
    )
    due = frame.groupby("report_date")["due"].sum().reindex(days)
    out["reports_expected"] = due
    for status in STATUSES:
        out[f"reports_{status}"] = counts[status].where(due > 0, 0)
    whole = [name for name in out if not name.startswith("coverage")]
    return out.astype(dict.fromkeys(whole, "Int64")).reset_index()


def _change(known: pd.DataFrame) -> pd.DataFrame:
    """Per day, the change since the day before over the units known on both days."""
    before = known[["unit_code", "report_date", "installs_cumulative"]].assign(
        report_date=known["report_date"] + pd.Timedelta(days=1)
    )
    both = known.merge(before, on=["unit_code", "report_date"], suffixes=("", "_before"))
    change = both["installs_cumulative"] - both["installs_cumulative_before"]
    both["installs_new"] = change.where(both["carried_from"].isna())
    return both.groupby("report_date")[["installs_new", "smartphone_owners"]].sum(min_count=1)
