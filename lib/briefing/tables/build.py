"""All tables of one day, from what the register knows. Pure: same view in, same tables out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing.catalog.tables import COLUMNS
from briefing.params import Campaign
from briefing.tables import anomalies, corrections, outcomes
from briefing.tables.agencies import agencies
from briefing.tables.between import Scene
from briefing.tables.coverage import coverage, daily_figures, ranked, town
from briefing.tables.denominators import REPORTED, reported_owners
from briefing.tables.findings import findings
from briefing.tables.hamlets import hamlets
from briefing.tables.history import settle
from briefing.tables.lineage.trace import trace
from briefing.tables.pace import PACES, ahead, observed_pace, outlook, target_columns
from briefing.tables.projected import chance, projections
from briefing.tables.reporting import NOT_DUE, holds, judge, shown_verdicts, statuses
from briefing.tables.told import named

if TYPE_CHECKING:
    from briefing.register import View
    from briefing.register.arrivals import InboxFinding

OF_DAY = (
    "communes", "town", "agencies", "hamlets", "reports", "corrections", "projection", "findings",
    "anomalies", "trace",
)  # fmt: skip
FORMULA_LIKE = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a text begins that a program of tables may work out."""
NUMBER = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d+)?")


@dataclass(frozen=True)
class Day:
    """What is known about one day.

    Attributes:
        campaign: Whose day it is.
        date: The day that the tables are about.
        as_of: The moment of knowledge; `None`: everything known when the tables were built.
        illustrative: The figures are made up, and every page has to say so.
        communes, town, agencies, hamlets, reports, findings, trace: The contract's tables.
        corrections: What came of each entry of corrections.yaml.
        anomalies: Every figure that was in doubt on any day so far, and what became of it.
        history: `communes` of every day of the campaign up to this one; `places_gained` are those
            of the rank since the day before.
    """

    campaign: Campaign
    date: date
    as_of: datetime | None
    illustrative: bool
    communes: pd.DataFrame
    town: pd.DataFrame
    agencies: pd.DataFrame
    hamlets: pd.DataFrame
    reports: pd.DataFrame
    corrections: pd.DataFrame
    findings: pd.DataFrame
    anomalies: pd.DataFrame
    trace: pd.DataFrame
    history: pd.DataFrame

    @cached_property
    def ahead(self) -> pd.DataFrame:
        """`communes` against the target that is still to be reached: see `pace.ahead`."""
        return ahead(self.communes, self.campaign.targets)

    @cached_property
    def whole_ahead(self) -> pd.Series:
        """The last row of `town` against that target."""
        return ahead(self.town.tail(1), self.campaign.targets).iloc[0]

    @cached_property
    def chance_ahead(self) -> float | None:
        """How likely the whole reaches that target in time: see `projected.chance`."""
        return chance(self.history, self.town, self.whole_ahead)

    @cached_property
    def projection(self) -> pd.DataFrame:
        """Where the whole and the units go from here: see `projected.projections`."""
        return projections(self.history, self.town, self.campaign.area.code)

    def published(self) -> dict[str, pd.DataFrame]:
        """The contract's tables by name, with exactly the contract's columns."""
        tables = {name: getattr(self, name)[COLUMNS[name]] for name in OF_DAY}
        shown = shown_verdicts(self.reports)
        return tables | {"reports": tables["reports"].assign(verdict=shown)}


def worked_out_once(table: Callable[..., pd.DataFrame]) -> Callable[..., pd.DataFrame]:
    """A table that is made of days alone: several pages ask for it, its first day keeps it."""

    @wraps(table)
    def kept(*days: Day | None) -> pd.DataFrame:
        keeper = next((day for day in days if day is not None), None)
        if keeper is None:
            return table(*days)
        known: dict[tuple[int, ...], Any] = keeper.__dict__.setdefault(f"_{table.__name__}", {})
        key = tuple(map(id, days))
        if key not in known:
            known[key] = days, table(*days)  # the days, so that no other gets their identity
        return known[key][1].copy(deep=False)

    return kept


def build(
    view: View,
    campaign: Campaign,
    day: date,
    *,
    as_of: datetime | None = None,
    at: datetime | None = None,
    illustrative: bool = False,
    inbox_findings: Iterable[InboxFinding] = (),
) -> Day:
    """The tables of `day`, from what the register knows as of `as_of`.

    Corrections are those of the campaign, as far as they were known by `as_of`.

    Args:
        at: When the register was looked at, where there is no `as_of`: nobody is missing before
            the deadline. Without either, every deadline is past.
    """
    judged, corrected = _settled(view, campaign, as_of)
    history = _history(judged, campaign, day, as_of or at)
    communes = history[history["report_date"].eq(pd.Timestamp(day))].reset_index(drop=True)
    whole = _town(history, campaign)
    bodies = agencies(judged, campaign.agencies, campaign.agency_reporting, day, campaign.timezone)
    below = hamlets(communes, view.rows, campaign.hamlets)
    scene = Scene(day, judged, history, view.rows, campaign.readings)
    return Day(
        campaign=campaign,
        date=day,
        as_of=as_of,
        illustrative=illustrative,
        communes=communes,
        town=whole,
        agencies=bodies,
        hamlets=below,
        reports=judged,
        corrections=corrected,
        findings=findings(scene, _open_findings(view.findings, judged), corrected, inbox_findings),
        anomalies=anomalies.anomalies(scene, corrected),
        trace=trace(history, whole, bodies, below, judged, corrected),
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
    return pd.concat(
        [
            findings(
                Scene(
                    moment.date(),
                    day.reports,
                    day.history[dates <= moment],
                    view.rows,
                    day.campaign.readings,
                ),
                inside,
                day.corrections,
                inbox_findings,
            )
            for moment in pd.date_range(first, day.date)
        ]
    ).drop_duplicates(ignore_index=True)


def _settled(
    view: View, campaign: Campaign, as_of: datetime | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Which reports count, with what figures, and what came of each correction."""
    codes, agency_codes = campaign.communes["unit_code"], campaign.agencies["agency_code"]

    def judged(reports: pd.DataFrame) -> pd.DataFrame:
        return judge(reports, codes, agency_codes, campaign.dates, view.rows)

    owners = {row.unit_code: row.smartphone_owners for row in campaign.commune_rows}
    applied = corrections.apply(_local(view.reports, campaign), campaign.corrections, as_of, judged)
    reports = named(judged(applied.reports), campaign)
    settled = settle(reports, view.rows, campaign.readings, owners, applied.figures)
    unsure = settled["other_date"].notna() & settled["reading"].notna()
    sure = settled["reading_confidence"].mask(unsure, "low")
    settled = settled.assign(reading_confidence=sure)
    came_of = outcomes.outcomes(applied, campaign.corrections, settled)
    shown = settled.assign(corrected=outcomes.shown(came_of, settled))
    return shown.drop(columns="amended"), came_of


def _history(
    judged: pd.DataFrame, campaign: Campaign, day: date, at: datetime | None
) -> pd.DataFrame:
    """One row per unit and day of the campaign up to `day`, in the order of communes.csv."""
    codes = campaign.communes["unit_code"]
    days = pd.date_range(campaign.dates.start, day, name="report_date")
    status = statuses(judged, codes, days, campaign.reporting, campaign.timezone, at)
    told = reported_owners(judged, status.index)
    by_reports = campaign.owners_from == "reports"
    figures = daily_figures(judged, status)
    stated = told["owners_reported"] if by_reports else None
    frame = coverage(figures, campaign.communes, stated).join(told)
    reported = frame[frame["installs_cumulative"].notna() & frame["carried_from"].isna()]
    pace = observed_pace(reported.reset_index(), by="unit_code")
    frame = frame.join(pace)
    frame[PACES] = frame[PACES].groupby(level="unit_code").ffill()
    frame["rank"] = ranked(frame)
    frame["places_gained"] = -frame.groupby(level="unit_code")["rank"].diff()
    frame = frame.reset_index()
    names = campaign.communes.set_index("unit_code")
    frame["unit_name"] = frame["unit_code"].map(names["full_name"])
    assumed = frame["unit_code"].map(names["smartphone_owners_status"]).astype("string")
    frame["smartphone_owners_status"] = (
        assumed.mask(frame["owners_reported"].notna(), REPORTED) if by_reports else assumed
    )
    frame["awaited"] = holds(frame["status"].eq(NOT_DUE))
    frame = outlook(frame.join(target_columns(frame["report_date"], campaign.targets)))
    return _local(frame.sort_values(["report_date"], kind="stable"), campaign)


def _town(history: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """The whole, day by day.

    Its pace adds up like with like: a first report is not in it, nor a day of which reports are
    still to come in time.
    """
    whole = town(history.set_index(["unit_code", "report_date"]))
    received = history[history["carried_from"].isna() & history["installs_cumulative"].notna()]
    growth = whole.assign(
        installs_cumulative=whole["installs_new"].fillna(0).cumsum(), area=campaign.area.code
    )
    days = whole["report_date"].isin(received["report_date"]) & whole["reports_not_due"].eq(0)
    pace = observed_pace(growth[days], by="area").droplevel(0)
    whole = whole.join(pace, on="report_date")
    whole[PACES] = whole[PACES].ffill()
    whole["awaited"] = whole["reports_not_due"].gt(0)
    return outlook(whole.join(target_columns(whole["report_date"], campaign.targets)))


def _open_findings(found: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Findings without those that the history has settled since or says better, or that an entry
    of the params asks for, and of files that are no report."""
    report = found["report"]
    sure = report.map(judged["reading_confidence"]).eq("high")
    asked = report.map(judged["refused"]).notna()  # the entry is spoken of, not the report
    settled = found["rule"].eq("reading_low_confidence") & (sure | asked)
    weighed = found["rule"].eq("date_conflict") & report.map(judged["other_date"].notna())
    return found[~(settled | holds(weighed)) & ~report.map(judged["silenced"]).astype(bool)]


def _local(frame: pd.DataFrame, campaign: Campaign) -> pd.DataFrame:
    """Moments in the campaign's own time zone, as the office reads them."""
    return frame.assign(received_at=frame["received_at"].dt.tz_convert(campaign.timezone))


def write_csv(tables: dict[str, pd.DataFrame], folder: Path) -> None:
    """Write each table as the contract has it: UTF-8 with BOM, unformatted, missing empty."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in tables.items():
        plain(frame).to_csv(
            folder / f"{name}.csv", index=False, encoding="utf-8-sig", lineterminator="\n"
        )


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Moments as ISO texts to the second, dates as ISO dates, fractions to 6 places, texts that a
    program would take for a formula behind an apostrophe."""
    out = frame.copy()
    for name, column in frame.items():
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            out[name] = [m.isoformat(timespec="seconds") if pd.notna(m) else pd.NA for m in column]
        elif pd.api.types.is_datetime64_any_dtype(column):
            out[name] = column.dt.strftime("%Y-%m-%d")
        elif pd.api.types.is_float_dtype(column):
            out[name] = column.round(6)
        elif not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)):
            out[name] = column.map(_no_formula)
    return out


def _no_formula(value: Any) -> Any:
    """A text as no program works it out; numbers, negative ones too, stay as they are."""
    if not isinstance(value, str) or not value.startswith(FORMULA_LIKE) or NUMBER.fullmatch(value):
        return value
    return f"'{value}"
