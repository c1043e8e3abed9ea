"""All tables of a period, from the `Day` that it ends with. Pure: same day in, same tables out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

import pandas as pd

from briefing.catalog.figures import dtypes
from briefing.catalog.tables import COLUMNS
from briefing.params import Campaign
from briefing.params.report import ReportTexts
from briefing.tables.day import Day
from briefing.tables.exports import contract_tables
from briefing.tables.levels import Folded, folded, shown_as
from briefing.tables.pace import ahead
from briefing.tables.period import lacking, targets, units, whole
from briefing.tables.period.evaluation import draft
from briefing.tables.period.figures import Figures
from briefing.tables.period.trace import traced
from briefing.tables.reporting import arrival_day
from briefing.tables.reporting_rates import rates, sectors

HEAD = ["period", "period_from", "period_to", "covered_to"]


class Period(Figures):
    """The figures of a period, what they say, and the tables that both are published as."""

    @cached_property
    def evaluation(self) -> pd.DataFrame:
        """What the figures say, in sentences, each with the figures that it rests on."""
        return draft(self)

    @cached_property
    def others(self) -> tuple[Period, ...]:
        """The same of each further indicator."""
        return tuple(period_of(other, self.first, self.last) for other in self.day.others)

    @cached_property
    def shown(self) -> Period:
        """The same by the units that a page lists: of more than it can, the level below the whole.

        Where there is no such level, the period itself.
        """
        day = folded(self.day)
        if not isinstance(day, Folded):
            return self
        target = targets.target_of(day.campaign.targets, day.date)
        history = ahead(day.history, day.campaign.targets).assign(due=False)
        each = units.units_over(history, self.first, target, [*day.in_doubt["unit_code"]])
        code = self.day.history["unit_code"].map(shown_as(self.day).to_dict())
        owed = units.due(self.day.history.assign(unit_code=code), self.first)
        counted = rates(owed, "unit_code").set_index("unit_code")
        each = each.drop(columns=[*counted]).join(counted, on="unit_code")
        return replace(self, day=day, units=each[COLUMNS["period_units"]])

    def tables(self) -> dict[str, pd.DataFrame]:
        """The period's own tables by the name that they are published under."""
        own = {
            "period": self.whole,
            "period_days": self.days,
            "period_units": self.units,
            "period_targets": self.targets,
            "period_sectors": self.sectors,
            "period_lacking": self.lacking,
            "evaluation": self.evaluation,
        }
        if self.day.bodies.empty:  # nobody reports once: nothing is published of it
            del own["period_sectors"]
            own["period"] = self.whole.drop(columns=[*whole.of_bodies(self.day.bodies, 1)])
        return own

    def published(self) -> dict[str, pd.DataFrame]:
        """The contract's tables of the last day, findings of every day, and the period's own.

        `trace` tells the figures of the last day, then those of the period.
        """
        last = contract_tables(replace(self.day, findings=self.findings))
        own = traced(self.day, self.units, self.whole, self.first)
        return last | {"trace": pd.concat([last["trace"], own], ignore_index=True)} | self.tables()


def period_of(
    day: Day,
    first: date,
    last: date,
    *,
    findings: pd.DataFrame | None = None,
    texts: ReportTexts | None = None,
) -> Period:
    """The period from `first` to `last`, of which `day` is the last day known.

    Args:
        findings: Those of every day of the period; without them, those of `day`.
        texts: The analyst's own words.
    """
    campaign = day.campaign
    count = len(day.units)
    total, history = (ahead(of, campaign.targets) for of in (day.whole, day.history))
    target, doubtful = targets.target_of(campaign.targets, day.date), day.in_doubt["unit_code"]
    each = units.units_over(history, first, target, [*doubtful])
    days = whole.days_over(day.whole, day.history, first)
    opening = whole.opening_state(day.whole, first, count, campaign.baseline)
    closing = whole.closing_state(total, day.history, count)
    assumed = sum(row.denominator_status == "assumed" for row in campaign.unit_rows)
    values = {
        **dict(zip(HEAD, [f"{first}_{last}", first, last, day.date], strict=True)),
        **opening,
        **closing,
        **whole.change(opening, closing, day.history, each),
        **whole.extremes(days),
        **whole.of_units(each, len(doubtful), assumed),
        **whole.of_reports(each, days, day.reports),
        **whole.of_bodies(day.bodies, campaign.once.target),
    }
    return Period(
        day=day,
        first=first,
        last=last,
        whole=_one_row(values),
        days=days[COLUMNS["period_days"]],
        units=each,
        targets=targets.against_targets(day.whole, campaign.targets, count),
        sectors=sectors(day.bodies),
        lacking=lacking.lacking(day.history, day.bodies, first),
        findings=day.findings if findings is None else findings,
        texts=texts or ReportTexts(),
    )


def _one_row(values: dict[str, object]) -> pd.DataFrame:
    frame = pd.DataFrame([values], columns=COLUMNS["period"], dtype=object)
    return frame.astype(dtypes(frame))


def covered_until(
    reports: pd.DataFrame,
    last: date,
    as_of: datetime | None,
    campaign: Campaign,
) -> date | None:
    """The last day up to `last` that anything is known about.

    That is the newest day that a unit has reported on, no report being believed about days after
    its own arrival; with a moment of knowledge, any report date whose deadline was past by then.

    Args:
        reports: Daily reports of known units about days of the campaign: `report_date`,
            `received_at` (local).
        as_of: The moment of knowledge; `None`: everything known now.

    Returns:
        `None` where nothing is known of any day.
    """
    newest = reports.loc[reports["report_date"] <= arrival_day(reports), "report_date"].max()
    known = [] if pd.isna(newest) else [newest.date()]
    if as_of is not None:
        days = campaign.reporting.dates(campaign.dates.start, last)
        known += [day for day in days if campaign.deadline_of(day) <= as_of][-1:]
    return min(max(known), last) if known else None
