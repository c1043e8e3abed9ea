"""Numbers and dates as the office reads them."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from briefing import formats
from briefing.language import language

EVERY = (
    formats.integer, formats.signed_integer, formats.number, formats.percent, formats.target,
    formats.points, formats.points_short, formats.day, formats.day_short, formats.long_day,
    formats.clock, formats.moment,
)  # fmt: skip


@pytest.fixture(autouse=True)
def vietnamese():
    with language("vi"):
        yield


@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT])
@pytest.mark.parametrize("show", EVERY)
def test_a_missing_value_is_a_dash_never_nan(show, missing):
    assert show(missing) == "–"


def test_counts_have_vietnamese_thousands():
    assert formats.integer(5432) == "5.432"
    assert formats.integer(np.int64(1_234_567)) == "1.234.567"
    assert formats.integer(0) == "0"


def test_a_change_has_its_sign_and_no_change_has_none():
    assert formats.signed_integer(37) == "+37"
    assert formats.signed_integer(-1200) == "−1.200"
    assert formats.signed_integer(0) == "0"
    assert formats.points_short(-0.00001) == "0,00"


def test_a_share_is_a_percentage_with_two_decimals():
    assert formats.percent(0.4285) == "42,85%"
    assert formats.percent(1.0312) == "103,12%"
    assert formats.percent(0.5, digits=0) == "50%"


def test_rounding_is_half_up():
    assert formats.percent(0.42845, digits=1) == "42,8%"
    assert formats.percent(0.4285, digits=1) == "42,9%"
    assert formats.number(12.25) == "12,3"
    assert formats.integer(2.5) == "3"


def test_a_share_below_a_target_is_never_shown_as_having_reached_it():
    assert formats.percent(0.59996) == "60,00%"
    assert formats.percent(0.59996, bounds=[0.6]) == "59,99%"
    assert formats.percent(0.6, bounds=[0.6]) == "60,00%"


def test_not_all_is_never_shown_as_all():
    assert formats.percent(0.999999) == "99,99%"
    assert formats.percent(0.999, digits=0) == "99%"
    assert formats.percent(1.0) == "100,00%"


def test_a_target_has_no_more_decimals_than_it_has():
    assert formats.target(0.6) == "60%"
    assert formats.target(0.625) == "62,5%"
    assert formats.target(1) == "100%"


def test_a_difference_of_shares_is_in_points_and_does_not_break_from_its_unit():
    assert formats.points(0.0123).replace("\u00a0", " ") == "+1,23 điểm phần trăm"
    assert " " not in formats.points(0.0123)
    assert formats.points_short(-0.0123) == "−1,23"


def test_dates_are_day_first():
    date = dt.date(2021, 8, 16)

    assert formats.day(date) == "16/8/2021"
    assert formats.day_short(date) == "16/8"
    assert formats.long_day(date).replace("\u00a0", " ") == "ngày 16 tháng 8 năm 2021"


def test_a_moment_is_told_in_its_own_time_zone():
    vietnam = dt.timezone(dt.timedelta(hours=7))
    moment = dt.datetime(2021, 8, 16, 15, 0, tzinfo=vietnam)

    assert formats.moment(moment).replace("\u00a0", " ") == "15h00 ngày 16/8/2021"
    assert formats.moment(pd.Timestamp(moment)) == formats.moment(moment)
    assert formats.clock(dt.time(17, 5)) == "17h05"


def test_english_has_english_marks():
    with language("en"):
        assert formats.integer(5432) == "5,432"
        assert formats.percent(0.4285) == "42.85%"
        assert formats.points(0.0123).endswith("percentage points")
        assert formats.day(dt.date(2021, 8, 16)) == "16 Aug 2021"
