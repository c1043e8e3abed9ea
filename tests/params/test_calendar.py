"""The report dates of a campaign: every day, every week on one weekday, or once."""

from __future__ import annotations

from datetime import date, time

import pytest
from pydantic import ValidationError

from briefing.params.calendar import Calendar


def calendar(**values) -> Calendar:
    known = {"from": "2021-08-16", "to": "2021-10-08", "deadline": "10:00"}
    return Calendar.model_validate(known | values)


WEEKLY = calendar(every="week", on="friday")
DAILY = calendar(to="2021-08-22", deadline="15:00")
ONCE = calendar(every="once", to="2021-08-19")


def test_a_weekly_report_is_due_on_its_weekday_alone():
    friday, thursday = date(2021, 8, 27), date(2021, 8, 26)

    assert WEEKLY.is_due(friday)
    assert not WEEKLY.is_due(thursday)
    assert WEEKLY.falls_on(date(2021, 8, 13)) and not WEEKLY.is_due(date(2021, 8, 13))


def test_weeks_go_on_across_the_end_of_a_month():
    assert WEEKLY.before(date(2021, 9, 3)) == date(2021, 8, 27)
    assert WEEKLY.after(date(2021, 8, 27)) == date(2021, 9, 3)
    assert WEEKLY.before(date(2021, 9, 1)) == date(2021, 8, 27)
    assert WEEKLY.after(date(2021, 9, 1)) == date(2021, 9, 3)
    assert WEEKLY.dates(date(2021, 8, 27), date(2021, 9, 10)) == [
        date(2021, 8, 27), date(2021, 9, 3), date(2021, 9, 10),
    ]  # fmt: skip


def test_the_reports_left_of_a_daily_calendar_are_its_days():
    assert DAILY.reports_between(date(2021, 8, 16), date(2021, 8, 20)) == 4
    assert DAILY.reports_between(date(2021, 8, 20), date(2021, 8, 16)) == -4
    assert DAILY.reports_between(date(2021, 8, 20), date(2021, 8, 20)) == 0


def test_the_reports_left_of_a_weekly_one_are_its_fridays():
    assert WEEKLY.reports_between(date(2021, 8, 27), date(2021, 9, 20)) == 3  # 3, 10 and 17/9
    assert WEEKLY.reports_between(date(2021, 8, 27), date(2021, 9, 2)) == 0


def test_after_the_last_report_nothing_more_is_due():
    assert DAILY.due_after(date(2021, 8, 21)) == date(2021, 8, 22)
    assert DAILY.due_after(date(2021, 8, 22)) is None
    assert DAILY.due_after(date(2021, 8, 14)) is None  # the day after is before the first
    assert WEEKLY.due_after(date(2021, 10, 1)) == date(2021, 10, 8)
    assert WEEKLY.due_after(date(2021, 10, 8)) is None


def test_a_report_that_is_made_once_has_one_date():
    assert ONCE.is_due(date(2021, 8, 19)) and not ONCE.is_due(date(2021, 8, 18))
    assert ONCE.after(date(2021, 8, 16)) == ONCE.before(date(2021, 8, 20)) == date(2021, 8, 19)
    assert ONCE.before(date(2021, 8, 19)) is None
    assert ONCE.after(date(2021, 8, 19)) is None
    assert ONCE.nearest(date(2021, 8, 17)) == date(2021, 8, 19)


@pytest.mark.parametrize(
    ("written", "meant"),
    [(27, 27), (26, 27), (24, 27), (28, 27), (30, 27), (23, 20)],
)
def test_a_report_belongs_to_the_report_date_nearest_to_its_day(written, meant):
    assert WEEKLY.nearest(date(2021, 8, written)) == date(2021, 8, meant)


def test_a_step_is_a_day_or_a_week():
    assert (DAILY.step.days, WEEKLY.step.days) == (1, 7)


def test_yaml_reads_the_key_of_the_weekday_as_true():
    values = {"from": "2021-08-16", "to": "2021-10-08", "deadline": time(10), "every": "week"}

    assert Calendar.model_validate(values | {True: "friday"}) == WEEKLY


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"every": "week"}, "must name the weekday"),
        ({"on": "friday"}, "must name the weekday"),
        ({"every": "week", "on": "thứ sáu"}, "friday"),
        ({"every": "week", "on": "friday", "to": "2021-08-19"}, "no day of reporting.on"),
        ({"every": "month"}, "day"),
    ],
)
def test_a_calendar_that_can_not_be_is_told(values, told):
    with pytest.raises(ValidationError, match=told):
        calendar(**values)
