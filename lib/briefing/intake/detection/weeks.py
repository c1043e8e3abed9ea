"""The report dates of weeks that a text names by their number, where reports are weekly."""

from __future__ import annotations

from datetime import date

from briefing.intake.detection.vocabulary import Vocabulary
from briefing.intake.parsers.weeks import find_weeks


def dates_of_weeks(text: str, words: Vocabulary) -> list[date]:
    """The report date in each week of the campaign that a text names."""
    calendar, dates = words.campaign.reporting, words.campaign.dates
    weeks = find_weeks(text, first=dates.start, last=dates.end) if calendar.on else []
    days = (calendar.in_week(week.monday) for week in weeks)
    return [day for day in days if day]


def same_report(one: date, other: date, words: Vocabulary) -> bool:
    """Whether two days are of one report: of weekly ones, those about the same report date."""
    calendar = words.campaign.reporting
    if not calendar.on:
        return one == other
    return calendar.nearest(one) == calendar.nearest(other)
