"""What a day's total will be once all reports are in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from briefing.tables.backtest import of_late_reports
from briefing.tables.nowcast import nowcast

DENOMINATOR = np.array([1_000.0, 1_000.0, 1_000.0])
NA = np.nan


def steady(days: int = 6, *, late: int | None = 2) -> np.ndarray:
    """Three units that gain 10, 20 and 30 a day from 100 on; one may not have reported yet."""
    figures = 100 + np.outer([10, 20, 30], np.arange(days, dtype=float))
    if late is not None:
        figures[late, -1] = NA
    return figures


def test_a_unit_that_is_missing_is_taken_to_go_on_at_its_own_pace():
    told = nowcast(steady(), DENOMINATOR)

    assert told.median == pytest.approx(150 + 200 + 250)
    assert told.low < 600 < told.high
    assert told.low >= 150 + 200 + 220  # nobody has ever gone back


def test_an_increase_weighs_four_fifths_of_the_one_after_it():
    figures = steady(4)
    figures[2] = [100, 110, 130, NA]  # 10, then 20: a pace of (0.8 × 10 + 20) ÷ 1.8

    assert nowcast(figures, DENOMINATOR).median == pytest.approx(130 + 160 + 130 + 28 / 1.8)


@pytest.mark.parametrize("oldest", [0, 500])
def test_of_a_unit_its_newest_7_increases_tell_the_pace(oldest):
    figures = steady(10)
    increases = [oldest, 80, 10, 10, 10, 10, 10, 10]
    figures[2] = [100, *(100 + np.cumsum(increases)), NA]
    pace = 10 + 70 * 0.8**6 / sum(0.8**n for n in range(7))  # 14.64: the 80 weighs least

    assert nowcast(figures, DENOMINATOR).median == pytest.approx(190 + 280 + 240 + oldest + pace)


def test_a_unit_missing_on_several_days_counts_for_each_of_them():
    figures = steady()
    figures[2, -3:] = NA

    assert nowcast(figures, DENOMINATOR).median == pytest.approx(600)


def test_a_day_on_which_the_others_gain_half_as_much_is_taken_for_such_a_day_in_part():
    figures = steady()
    figures[:2, -1] -= [5, 10]  # 15 in place of 30: two units in, so that a third is believed

    assert nowcast(figures, DENOMINATOR).median == pytest.approx(
        145 + 190 + 220 + 30 * (1 - 0.5 / 3)
    )


def test_the_more_is_missing_the_wider_the_range():
    one, two = steady(), steady()
    two[1, -1] = NA

    assert _width(one) < _width(two)


def _width(figures: np.ndarray) -> float:
    told = nowcast(figures, DENOMINATOR)
    return told.high - told.low


@pytest.mark.parametrize(
    "figures",
    [
        steady(late=None),  # nothing is to come
        np.array([[100.0, 110], [NA, NA], [100, 120]]),  # a unit has never given a figure
        np.array([[100.0, NA], [100, NA], [100, NA]]),  # no pace is known
        np.empty((3, 0)),
    ],
    ids=["all in", "never reported", "no pace", "nothing known"],
)
def test_nothing_is_told_where_nothing_is_to_come_or_too_little_is_known(figures):
    assert nowcast(figures, DENOMINATOR) is None


def test_a_unit_without_a_pace_of_its_own_is_taken_to_be_as_fast_as_the_others():
    figures = steady()
    figures[2, :-2] = NA  # one figure alone, of the day before: 220
    told = nowcast(figures, DENOMINATOR)

    assert told.median == pytest.approx(150 + 200 + 220 + 15)  # half way between 10 and 20


def unsteady(areas: int = 8, days: int = 90) -> pd.DataFrame:
    draw = np.random.default_rng(3)
    paces = draw.uniform(50, 400, (areas, 1)) * np.exp(draw.normal(0, 0.3, (areas, days)))
    known = paces.cumsum(axis=1).round()
    rows = [
        (day, f"A{n}", value, 60_000)
        for n, series in enumerate(known)
        for day, value in zip(pd.date_range("2021-01-01", periods=days), series, strict=True)
    ]
    return pd.DataFrame(rows, columns=["date", "area", "cumulative", "population"])


@pytest.mark.slow
def test_replayed_with_late_reports_the_range_holds_and_the_error_is_half_of_carrying_forward():
    scores = of_late_reports(unsteady())

    assert 0.75 <= scores["hit_rate_80"] <= 0.85
    assert scores["mae_median"] <= scores["mae_carried"] / 2
    assert scores["n"] == 3 * (90 - 3)


@pytest.mark.slow
def test_one_area_alone_has_no_late_reports():
    assert of_late_reports(unsteady(areas=1)) is None
