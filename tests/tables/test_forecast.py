"""The projection of a day's figures: for whom there is one, from what, and how it has held."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from briefing.tables import build
from briefing.tables.forecast import tried

from .tiny import AN, BINH, CAT, DONG, campaign, day, days, report, view

UNITS = (AN, BINH, CAT, DONG)


def steady(*numbers, units=UNITS, pace=2):
    """Reports of a unit that gains `pace` persons a day, in time."""
    return [report(u, n, f"{n} 14:00", pace * (n - 15)) for u in units for n in numbers]


def projection(reports, tmp_path, about=18):
    return build(view(*reports), campaign(tmp_path), day(about)).projection.set_index("area")


def week_on(known: float, at_this_pace: float, denominator: float) -> float:
    """A figure a week later: of those who are left, each day the same share."""
    left = denominator - known
    return known + left * (1 - math.exp(-at_this_pace / left))


def test_the_whole_is_projected_for_each_of_seven_days_and_a_unit_for_the_seventh(tmp_path):
    table = projection(steady(16, 17, 18), tmp_path)

    assert [*table.loc["T", "report_date"]] == [*days(19, 20, 21, 22, 23, 24, 25)]
    assert table.loc[AN, "report_date"] == pd.Timestamp(2021, 8, 25)
    assert table["made_from"].eq(pd.Timestamp(2021, 8, 18)).all()
    # 6 persons on 18 August, 2 a day: 20 of 100 a week later, were as many left all the time
    assert table.loc[AN, "median"] == pytest.approx(week_on(6, 14, 100) / 100)
    assert (table["low"] < table["median"]).all() and (table["median"] < table["high"]).all()


def test_two_days_are_too_few_for_a_projection(tmp_path):
    table = projection(steady(16, 17, 18, units=(AN,)) + steady(17, 18, units=(BINH,)), tmp_path)

    assert [*table.index] == [AN]


def test_there_is_none_of_the_whole_while_a_unit_has_never_given_a_figure(tmp_path):
    table = projection(steady(16, 17, 18, units=(AN, BINH, CAT)), tmp_path)

    assert [*table.index] == [AN, BINH, CAT]


def test_a_carried_figure_tells_no_pace_and_the_days_ahead_count_from_the_last_report(tmp_path):
    table = projection(steady(16, 17, 18) + steady(19, units=(AN,)), tmp_path, about=19)

    assert table.loc[BINH, "made_from"] == pd.Timestamp(2021, 8, 18)
    assert table.loc[BINH, "median"] == pytest.approx(week_on(6, 14, 200) / 200)
    assert table.loc[AN, "made_from"] == pd.Timestamp(2021, 8, 19)


def test_a_day_on_which_nobody_reported_is_not_one_without_progress(tmp_path):
    table = projection(steady(16, 17, 18), tmp_path, about=19)

    assert table.loc["T", "made_from"].eq(pd.Timestamp(2021, 8, 18)).all()
    assert table.loc["T", "median"].iloc[-1] == pytest.approx(week_on(24, 7 * 8, 750) / 750)


@pytest.mark.slow
def test_a_range_ends_at_all_owners_unless_more_have_been_reported(tmp_path):
    # Cát has 50 owners: 18 a day from 18 to 54 on the third day
    table = projection(steady(16, 17, 18, units=(AN,), pace=30), tmp_path)
    over = projection(steady(16, 17, 18, units=(CAT,), pace=18), tmp_path / "over")

    assert table.loc[AN, "high"] == 1.0
    assert over.loc[CAT, "high"] == pytest.approx(54 / 50)


@pytest.mark.slow
def test_a_falling_series_is_never_projected_upward(tmp_path):
    falling = [report(AN, n, f"{n} 14:00", 40 - 5 * (n - 15)) for n in (16, 17, 18)]

    assert projection(falling, tmp_path).loc[AN, "median"] == pytest.approx(0.25)


def test_past_ranges_are_held_against_what_came_seven_days_later(tmp_path):
    known = build(view(*steady(*range(15, 26), units=(AN,))), campaign(tmp_path), day(25))
    past = tried(known.history)

    # ranges can be made from the third day, 17 August, and are known to be right up to 18 August
    assert [*past["date"]] == [*days(17, 18)]
    assert past["hit"].all()
    assert tried(known.history.head(4)).empty
