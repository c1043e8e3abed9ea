"""Which report counts for each unit and day, with what figures.

Read from top to bottom: `selected` takes the register's reports through the steps, `select` says
which of several counts. For which day a report counts where what is written in it can't be all
there is to know, and which reports only say again what an earlier day's said, stand below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing.params import Campaign
from briefing.params.calendar import Calendar
from briefing.params.corrections import Correction
from briefing.params.forms import BODIES, UNITS
from briefing.params.settings import Dates
from briefing.tables import outcomes
from briefing.tables.corrections import (
    APPLIED,
    NO_EFFECT,
    NOT_YET,
    STAGES,
    UNMATCHED,
    Outcome,
    Outcomes,
    report_meant,
    silence,
    with_phone_reports,
)
from briefing.tables.reporting import (
    ARRIVAL,
    NIL,
    REJECTED,
    SUPERSEDED,
    USED,
    arrival_day,
    day_only,
    holds,
    silent,
)
from briefing.tables.resolution import resolve

if TYPE_CHECKING:
    from briefing.register.view import View

SENDERS = ("name", "sent")  # sources that the sender wrote himself, as he did the content
SAID = ["person", "phone", "place", "value", "used"]
FIGURES = ["numerator_cumulative", "numerator_new", "rows_read"]


def selected(
    view: View, campaign: Campaign, as_of: datetime | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The register's reports with what counts of them, and what came of each correction.

    Args:
        as_of: The moment of knowledge; `None`: every correction is known.

    Returns:
        The result of `resolve`, those that were told by telephone below, with `corrected` (what
        was corrected, in one text); and that of `outcomes.table`.
    """
    codes, body_codes = campaign.units["unit_code"], campaign.bodies["body_code"]
    of_it = (one.of(campaign.indicators[0].code) for one in campaign.corrections)
    entries = [one for one in of_it if one is not None]
    known = [one for one in entries if as_of is None or one.known_from <= as_of]
    reports = view.reports.assign(
        received_at=view.reports["received_at"].dt.tz_convert(campaign.timezone)
    )
    reports = on_report_dates(reports, campaign.reporting)
    reports, done = with_phone_reports(reports, known, campaign.full_names)
    done |= {one.entry: silence(reports, one) for one in known if one.silences}
    for is_due, act in STAGES:
        due = [one for one in known if is_due(one) and one.entry not in done]
        if due:
            judged = select(
                reports, codes, body_codes, campaign.dates, view.rows, campaign.reporting
            )
        for one in due:
            report, why_not = report_meant(judged, one)
            done[one.entry] = (
                Outcome(UNMATCHED, note=why_not)
                if report is None
                else act(reports, judged, report, one)
            )
    judged = select(reports, codes, body_codes, campaign.dates, view.rows, campaign.reporting)
    denominator = {row.unit_code: row.denominator for row in campaign.unit_rows}
    figures = _of_figures(known, done)
    resolved, of_figures = resolve(judged, view.rows, campaign.readings, denominator, figures)
    unsure = resolved["other_date"].notna() & resolved["reading"].notna()
    sure = resolved["reading_confidence"].mask(unsure, "low")
    forms = {UNITS: campaign.form_of("persons", "counts"), BODIES: campaign.form_of("staff")}
    form = resolved["form"].fillna(resolved["owed_by"].map(forms))
    resolved = resolved.assign(reading_confidence=sure, form=form.astype("string"))
    done |= _finally(figures, done, of_figures, resolved)
    done |= {one.entry: Outcome(NOT_YET) for one in entries if one.entry not in done}
    came_of = outcomes.table(done, entries, resolved)
    return resolved.assign(corrected=outcomes.shown(came_of, resolved)), came_of


def _of_figures(known: Sequence[Correction], done: Outcomes) -> dict[int, list[Correction]]:
    """Report → the corrections of its figures, which wait until its day is resolved."""
    figures: dict[int, list[Correction]] = defaultdict(list)
    for one in known:
        report = done[one.entry].report
        if one.corrects_daily and done[one.entry].status == APPLIED and report is not None:
            figures[report].append(one)
    return figures


def _finally(
    figures: Mapping[int, Sequence[Correction]],
    done: Outcomes,
    of_figures: Outcomes,
    resolved: pd.DataFrame,
) -> Outcomes:
    """What came of the corrections of figures: those of a report that does not count have none."""
    return {
        one.entry: of_figures[one.entry]
        if one.entry in of_figures and resolved.at[report, "verdict"] == USED
        else replace(done[one.entry], status=UNMATCHED, note=NO_EFFECT)
        for report, wanted in figures.items()
        for one in wanted
    }


def on_report_dates(reports: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """The reports, each about the report date that the day written in it belongs to.

    Returns:
        `reports` with `report_date` and `days` so changed, and `off_date`: the day as it is
        written, where that is no report date, nor one on which its report may be made.
    """
    written = reports["report_date"]
    taken = _each(written, calendar.nearest)
    days = [
        {source: [calendar.nearest(date.fromisoformat(day)).isoformat() for day in named]
         for source, named in of_report.items()}
        for of_report in reports["days"]
    ]  # fmt: skip
    return reports.assign(
        report_date=taken,
        days=pd.Series(days, reports.index, dtype=object),
        off_date=written.where(~written.between(_each(taken, calendar.opens), taken)),
    )


def _each(days: pd.Series, belongs_to: Callable[[date], date]) -> pd.Series:
    known = {day: pd.Timestamp(belongs_to(day.date())) for day in days.dropna().unique()}
    return days.map(known).astype(days.dtype)


def _arrived(reports: pd.DataFrame, calendar: Calendar | None) -> pd.Series:
    """The report date on which, or nearest to which, each report came."""
    came = arrival_day(reports)
    return _each(came, calendar.nearest) if calendar else came


def select(
    reports: pd.DataFrame,
    codes: pd.Series,
    body_codes: pd.Series,
    dates: Dates,
    rows: pd.DataFrame | None = None,
    calendar: Calendar | None = None,
) -> pd.DataFrame:
    """Which report counts, of each unit and day, and of each body.

    The newest usable report gives the figures; earlier usable ones are superseded; a report that
    is not usable, of nobody known, about a day outside the campaign, or a copy of an earlier day's
    is rejected. Nothing is dropped.

    Args:
        reports: The register's view, one row per submission: `form`, `unit_code`, `report_date`
            (a report that does not say its day is taken to be about that of its arrival),
            `received_at` (local), `usable`, `letter`, `rows_read`. A day's counts alone are
            usable too, until `resolve` finds nothing to add them to. `vouched`: the figure is
            given by a correction, whatever the report itself says.
        codes: The units that report daily.
        body_codes: The bodies that report once.
        dates: The campaign's first and last day.
        rows: The register's rows, by which copies in another order are known.
        calendar: The report dates; without it every day is one.

    Returns:
        `reports`, same rows and index, `report_date` filled and settled by `with_days`, its
        `other_date` and `moved`, plus `placed` (of a known unit and a day of the campaign), `copy`
        (boolean), `copy_of` (the earlier day) and `verdict` (used, superseded or rejected).

    Source:
        The product's rule: the newest usable report gives the figures, the first one the status.
    """
    arrived_on = _arrived(reports, calendar)
    reports = reports.assign(report_date=reports["report_date"].fillna(arrived_on))
    inside = reports["report_date"].between(pd.Timestamp(dates.start), pd.Timestamp(dates.end))
    placed = holds(reports["unit_code"].isin(codes)) & inside
    usable = holds(reports["usable"]) | day_only(reports)
    reports = with_days(reports, placed & holds(reports["owed_by"].eq(UNITS)), usable, calendar)
    daily = holds(reports["owed_by"] == UNITS) & placed
    of_bodies = holds(reports["owed_by"] == BODIES) & holds(reports["unit_code"].isin(body_codes))
    own = ~holds(reports["reading"] == NIL)  # that nothing is new may be said every day
    earlier = copy_of(reports[daily & usable & own], rows).reindex(reports.index)
    copy = earlier.notna()
    countable = usable & (~copy | reports["vouched"]) & (of_bodies | daily)
    slot = reports["report_date"].where(daily, pd.NaT).astype("string").fillna("once")
    verdict = pd.Series(REJECTED, index=reports.index, dtype="string")
    verdict[countable] = SUPERSEDED
    verdict[_newest(reports[countable], ["unit_code", slot[countable]])] = USED
    copies = {"copy": copy.astype("boolean"), "copy_of": earlier}
    return reports.assign(placed=placed, **copies, verdict=verdict)


def _newest(reports: pd.DataFrame, by: list) -> pd.Index:
    """Index of the report of each group that came last; one without a word of its own on the
    figure, that nothing is new, only where there is no other."""
    order = ["speaks", *ARRIVAL]
    in_order = reports.assign(speaks=~silent(reports)).sort_values(order, kind="stable")
    return in_order.groupby(by).tail(1).index


def with_days(
    reports: pd.DataFrame,
    known: pd.Series,
    usable: pd.Series,
    calendar: Calendar | None = None,
) -> pd.DataFrame:
    """The reports on the days for which they count, with the other day that may be meant.

    A form that is filled in every day is easily sent with yesterday's day still on it. What else
    names a day (the file's name, its folder, its arrival) is held against that, and against what
    the unit has reported on already.

    A report whose content names a day that the unit has reported on already, or one that was still
    to come, counts for the day of its arrival where all else that names a day names that one. Where
    it is not so clear its content stands, and the other day is noted: the one that its names say,
    else that of its arrival. A report whose file's own name says what its content says, or whose
    file holds reports of several days, is as it should be.

    Args:
        reports: The register's view, `report_date` filled: `days` (source → days, ISO; see
            `Submission`), `received_at` (local).
        known: Boolean, indexed like `reports`: of a known unit, about a day of the campaign.
        usable: Boolean, likewise: gives a figure.

    Returns:
        `reports` with `report_date` settled, `other_date` (the day that a report may be about too;
        missing where there is no doubt) and `moved` (it counts for another day than is written in
        it, which is then the other one).
    """
    arrived = _arrived(reports, calendar)
    written, moved = reports["report_date"], pd.Series(False, reports.index)
    taken, other = written.copy(), pd.Series(pd.NaT, reports.index, written.dtype)
    doubtful = known & (written != arrived) & _open(reports)
    of_units = reports[known & reports["unit_code"].isin(reports.loc[doubtful, "unit_code"])]
    in_turn = of_units.sort_values(ARRIVAL, kind="stable").groupby("unit_code")
    for _unit, own in in_turn if doubtful.any() else ():
        of_file = written[own.index].groupby([own["file"], own["sha256"]]).transform("nunique")
        reported: set[pd.Timestamp] = set()
        for number in own.index:
            if doubtful[number] and of_file[number] == 1:
                day, came = written[number], arrived[number]
                odd = day in reported or day > came
                others = _others(own.at[number, "days"], day)
                moved[number] = odd and bool(others) and all(days == {came} for days in others)
                if moved[number]:
                    taken[number], other[number] = came, day
                else:
                    other[number] = _noted(others, day, came, odd)
            if usable[number] and (moved[number] or pd.isna(other[number])):
                reported.add(taken[number])
    return reports.assign(report_date=taken, other_date=other, moved=moved)


def _open(reports: pd.DataFrame) -> pd.Series:
    """Of which reports the day is written in the content and not confirmed by the sender."""
    found = [
        bool(days.get("content"))
        and not any(day in _moments(days.get(source, ())) for source in SENDERS)
        for days, day in zip(reports["days"], reports["report_date"], strict=True)
    ]
    return pd.Series(found, index=reports.index, dtype=bool)


def _others(days: Mapping[str, Sequence[str]], day: pd.Timestamp) -> list[set[pd.Timestamp]]:
    """What each source says beside the day that is written: of the content what else it says."""
    named = [_moments(of_source) for source, of_source in days.items() if source != "content"]
    return [*named, *filter(None, [_moments(days["content"]) - {day}])]


def _moments(days: Sequence[str]) -> set[pd.Timestamp]:
    return set(map(pd.Timestamp, days))


def _noted(
    others: Sequence[set[pd.Timestamp]], day: pd.Timestamp, came: pd.Timestamp, odd: bool
) -> Any:
    """The other day of a report whose content stands; missing where nothing speaks for one."""
    named = set().union(*others) - {day}
    if not named:
        return came if odd and not others else pd.NaT
    return came if came in named else min(named)


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
    for content in (usable["letter"], _in_any_order(usable, rows)):
        known = content.fillna("").ne("") & (usable["rows_read"] > 1)
        known &= content.duplicated(keep=False)
        if not known.any():
            continue
        in_order = usable[known].assign(content=content[known])
        in_order = in_order.sort_values(["received_at", "report_date"], kind="stable")
        first = in_order.groupby(["unit_code", "content"])["report_date"].cummin()
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
    content = sums.astype("string")
    for name in FIGURES:
        content = content + " " + usable[name].astype("string").fillna("")
    return content
