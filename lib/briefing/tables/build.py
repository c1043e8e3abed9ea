"""All tables of one day, from what the register knows. Pure: same view in, same tables out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pandas as pd

from briefing.params import Campaign
from briefing.tables import anomalies
from briefing.tables.bodies import bodies
from briefing.tables.cells import ByReport
from briefing.tables.coverage import (
    REPORTED,
    WHOLE,
    coverage,
    daily_figures,
    placed,
    reported_denominator,
    whole_of,
)
from briefing.tables.cross_report import CheckContext
from briefing.tables.day import Day
from briefing.tables.findings import findings, findings_of_all
from briefing.tables.pace import PACES, observed_pace, outlook, target_columns
from briefing.tables.places import places
from briefing.tables.reporting import (
    NOT_DUE,
    has_own_figure,
    holds,
    of_any,
    statuses,
    used_by_any,
)
from briefing.tables.selection import selected
from briefing.tables.shared_phones import Each, in_several_units
from briefing.tables.values import values
from briefing.texts import hold_texts_of

if TYPE_CHECKING:
    from briefing.register.arrivals import InboxFinding
    from briefing.register.view import View


def build(
    view: View,
    campaign: Campaign,
    day: date,
    *,
    as_of: datetime | None = None,
    at: datetime | None = None,
    illustrative: bool = False,
    inbox_findings: Iterable[InboxFinding] = (),
    each: Each | None = None,
) -> Day:
    """The tables of `day`, from what the register knows as of `as_of`.

    Corrections are those of the campaign, as far as they were known by `as_of`.

    Args:
        at: When the register was looked at, where there is no `as_of`: nobody is missing before
            the deadline. Without either, every deadline is past.
        each: Where phones are compared; see `in_several_units`.
    """
    hold_texts_of(campaign)
    asked = [(view, campaign)]
    asked += [(view.of(one), campaign.of(one)) for one in campaign.indicators[1:]]
    read, corrected = zip(*(selected(*one, as_of) for one in asked), strict=True)
    judged = used_by_any(read)
    status = of_any([_statuses(reports, campaign, day, as_of or at) for reports in read])
    first, *others = (
        _of_one(seen, of, reports, came_of, status, day, as_of, illustrative, inbox_findings, each)
        for (seen, of), reports, came_of in zip(asked, judged, corrected, strict=True)
    )
    return replace(
        first,
        others=tuple(others),
        values=values(view, (first, *others)),
        findings=findings_of_all(first.findings, {one.name: one.findings for one in others}),
    )


def _of_one(
    view: View,
    campaign: Campaign,
    judged: pd.DataFrame,
    corrected: pd.DataFrame,
    status: pd.DataFrame,
    day: date,
    as_of: datetime | None,
    illustrative: bool,
    inbox_findings: Iterable[InboxFinding],
    each: Each | None,
) -> Day:
    """The tables of the campaign's first indicator alone; `status` is of the reports on any."""
    figures = _figures(judged, campaign, status)
    across = in_several_units(view.rows, judged["unit_code"], each)
    context = CheckContext(day, judged, figures, ByReport(view.rows), across, campaign.readings)
    doubted = anomalies.anomalies(context, corrected)
    history = _against_targets(
        figures.assign(coverage_sure=anomalies.sure(figures, doubted)), campaign
    )
    units = history[history["report_date"].eq(pd.Timestamp(day))].reset_index(drop=True)
    whole = summed_up(history, doubted, campaign)
    listed = bodies(judged, campaign.bodies, campaign.once, day, campaign.timezone)
    below = places(units, view.rows, campaign.places)
    return Day(
        campaign=campaign,
        date=day,
        as_of=as_of,
        illustrative=illustrative,
        units=units,
        whole=whole,
        bodies=listed,
        places=below,
        reports=judged,
        corrections=corrected,
        findings=findings(
            context, _open_findings(view.findings, judged), corrected, inbox_findings
        ),
        anomalies=doubted,
        history=history,
    )


def findings_over(
    view: View, day: Day, first: date, inbox_findings: Iterable[InboxFinding] = ()
) -> pd.DataFrame:
    """`Day.findings` of every day from `first` to `day`, each finding once.

    Args:
        view: What `day` was built from.
        inbox_findings: As for `build`.
    """
    inside, dates = _open_findings(view.findings, day.reports), day.history["report_date"]
    rows, across = ByReport(view.rows), in_several_units(view.rows, day.reports["unit_code"])
    found = pd.concat(
        [
            findings(
                CheckContext(
                    moment.date(),
                    day.reports,
                    day.history[dates <= moment],
                    rows,
                    across,
                    day.campaign.readings,
                ),
                inside,
                day.corrections,
                inbox_findings,
            )
            for moment in map(pd.Timestamp, day.campaign.reporting.dates(first, day.date))
        ]
    ).drop_duplicates(ignore_index=True)
    further = {o.name: findings_over(view.of(o.indicator), o, first) for o in day.others}
    return findings_of_all(found, further)


def _statuses(
    judged: pd.DataFrame, campaign: Campaign, day: date, at: datetime | None
) -> pd.DataFrame:
    """How each unit stands about each report date up to `day`, in the order of units.csv."""
    codes = campaign.units["unit_code"]
    dates = campaign.reporting.dates(campaign.dates.start, day)
    days = pd.DatetimeIndex(dates, name="report_date")
    return statuses(judged, codes, days, campaign.reporting, campaign.timezone, at)


def _figures(judged: pd.DataFrame, campaign: Campaign, status: pd.DataFrame) -> pd.DataFrame:
    """One row per unit and report date, in the order of `status`."""
    denominators = reported_denominator(judged, status.index)
    by_reports = campaign.denominator_from == "reports"
    figures = daily_figures(judged, status)
    stated = denominators["denominator_reported"] if by_reports else None
    frame = coverage(figures, campaign.units, stated).join(denominators)
    reported = frame[has_own_figure(frame)]
    pace = observed_pace(reported.reset_index(), by="unit_code")
    frame = frame.join(pace)
    frame = frame.assign(**frame.groupby(level="unit_code")[PACES].ffill())
    frame = placed(frame).reset_index()
    frame["unit_name"] = frame["unit_code"].map(campaign.full_names)
    standing = campaign.units.set_index("unit_code")["denominator_status"]
    assumed = frame["unit_code"].map(standing).astype("string")
    frame["denominator_status"] = (
        assumed.mask(frame["denominator_reported"].notna(), REPORTED) if by_reports else assumed
    )
    frame["awaited"] = holds(frame["status"].eq(NOT_DUE))
    return _local(frame.sort_values(["report_date"], kind="stable"), campaign)


def _against_targets(frame: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """Figures against the target in force on their day."""
    return outlook(frame.assign(**target_columns(frame["report_date"], campaign.targets)))


def summed_up(history: pd.DataFrame, doubted: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """The whole, day by day: see `summed_by`."""
    area = pd.Series(campaign.area.code, index=history["unit_code"].unique())
    return summed_by(area, history, doubted, campaign).drop(columns="area")


def summed_by(
    areas: pd.Series, history: pd.DataFrame, doubted: pd.DataFrame, campaign: Campaign
) -> pd.DataFrame:
    """Several wholes, day by day, each as if it were the only one.

    The pace adds up like with like: a first report is not in it, nor a day of which reports are
    still to come in time.

    Args:
        areas: Unit → the code of the whole that it is a part of; of units without one nothing is
            added up.

    Returns:
        One row per area and day: `area`, and the columns of `Day.whole`.
    """
    own = history["unit_code"].map(areas.to_dict())
    history = history.assign(area=own.astype("string")).dropna(subset="area")
    whole = whole_of(history, campaign.reporting.step.days)
    by_day = has_own_figure(history).groupby([history[name] for name in WHOLE], sort=False)
    risen = whole["numerator_new"].fillna(0).groupby(whole["area"]).cumsum()
    days = by_day.any().to_numpy() & whole["reports_not_due"].eq(0)
    pace = observed_pace(whole.assign(numerator_cumulative=risen)[days], by="area")
    whole = whole.join(pace, on=WHOLE)
    whole = whole.assign(**whole.groupby("area")[PACES].ffill())
    whole["awaited"] = whole["reports_not_due"].gt(0)
    whole["coverage_sure"] = _sure(whole, history, doubted, areas)
    return _against_targets(whole, campaign)


def _sure(
    whole: pd.DataFrame, history: pd.DataFrame, doubted: pd.DataFrame, areas: pd.Series
) -> pd.Series:
    """The rate of each area on each day without what is in doubt; a figure in doubt counts on."""
    if anomalies.waiting(doubted).empty:
        return whole["coverage"]
    last = whole["report_date"].max()
    waiting = anomalies.in_doubt(doubted, last)
    since = waiting.groupby(waiting["unit_code"].map(areas.to_dict()))["since"].min()
    doubtful = whole["report_date"] >= pd.to_datetime(whole["area"].map(since.to_dict()))
    without = {
        moment: anomalies.sure_on(history, doubted, moment)
        for moment in whole.loc[doubtful, "report_date"].unique()
    }
    if not without:
        return whole["coverage"]
    known = pd.concat(without, names=["report_date"]).rename("sure").astype("float64")
    sure = whole[["report_date", "area"]].join(known, on=["report_date", "area"])["sure"]
    return whole["coverage"].mask(doubtful, sure)


def _open_findings(found: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Findings without those that the history has settled since or says better, or that an entry
    of the params asks for, and of files that are no report."""
    report = found["report"]
    sure = report.map(judged["reading_confidence"]).eq("high")
    asked = report.map(judged["refused"]).notna()  # the entry is spoken of, not the report
    settled = found["rule"].eq("reading_low_confidence") & (sure | asked)
    other = report.map(judged["other_date"].notna()).astype(bool)
    weighed = found["rule"].eq("date_conflict") & other
    return found[~(settled | holds(weighed)) & ~report.map(judged["silenced"]).astype(bool)]


def _local(frame: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """Moments in the campaign's own time zone, as the office reads them."""
    return frame.assign(received_at=frame["received_at"].dt.tz_convert(campaign.timezone))
