"""How fast, against how fast it has to be."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.params.settings import Target
from briefing.tables.pace import ahead, days_left, observed_pace, outlook, target_columns
from tests.tables.tiny import day, days

TARGETS = (Target(coverage=0.6, date=day(20)), Target(coverage=0.9, date=day(24)))


def reported(**series: dict[int, int]) -> pd.DataFrame:
    """Unit → {day of August: cumulative}."""
    records = [(u, days(d)[0], n) for u, known in series.items() for d, n in known.items()]
    frame = pd.DataFrame(records, columns=["unit_code", "report_date", "numerator_cumulative"])
    types = {"unit_code": "str", "report_date": "datetime64[us]", "numerator_cumulative": "Int64"}
    return frame.astype(types)


def pace(known: dict[int, int]) -> dict[int, tuple[float, float]]:
    """Day → (mean, best) of one unit."""
    frame = observed_pace(reported(a=known), by="unit_code").reset_index()
    return {row.report_date.day: (row.pace_observed, row.pace_best) for row in frame.itertuples()}


def test_the_first_reported_day_has_no_pace():
    assert pace({16: 100}) == {}
    assert pace({16: 100, 17: 104}) == {17: (4.0, 4.0)}


def test_the_pace_is_the_mean_of_the_last_three_reported_days_increases_and_the_best_of_them():
    # increases: 40, 6, 9, 3
    assert pace({16: 100, 17: 140, 18: 146, 19: 155, 20: 158}) == {
        17: (40.0, 40.0),
        18: (23.0, 40.0),  # (40 + 6) / 2
        19: (55 / 3, 40.0),  # (40 + 6 + 9) / 3
        20: (6.0, 9.0),  # (6 + 9 + 3) / 3: the 40 is out of sight
    }


def test_an_increase_over_days_without_a_report_is_spread_over_them():
    # 30 in one day, then 12 in three
    assert pace({16: 100, 17: 130, 20: 142}) == {17: (30.0, 30.0), 20: (42 / 4, 30.0)}


def test_a_fall_lowers_the_pace_and_is_never_the_best_day_of_a_rise():
    assert pace({16: 100, 17: 110, 18: 95}) == {17: (10.0, 10.0), 18: (-2.5, 10.0)}  # (10-15)/2


def test_units_are_paced_apart_whatever_the_order_of_their_rows():
    frame = reported(a={16: 1, 17: 3}, b={16: 50, 17: 40})
    mixed = frame.sample(frac=1, random_state=3)

    assert observed_pace(mixed, by="unit_code")["pace_observed"].to_list() == [2.0, -10.0]


def test_nothing_reported_gives_an_empty_pace():
    assert observed_pace(reported(), by="unit_code").empty


@pytest.mark.parametrize(("today", "left"), [(16, 4), (19, 1), (20, 0), (21, 0), (30, 0)])
def test_the_days_left_are_those_to_the_target_the_days_own_being_in_its_figures(today, left):
    ends = pd.Series(days(20))

    assert days_left(pd.Series(days(today)), ends).to_list() == [left]


def test_a_target_is_in_force_up_to_and_on_its_own_day_and_the_last_one_for_good():
    frame = target_columns(pd.Series(days(16, 20, 21, 24, 25)), TARGETS)

    assert frame["target_coverage"].to_list() == [0.6, 0.6, 0.9, 0.9, 0.9]
    assert frame["target_date"].dt.day.to_list() == [20, 20, 24, 24, 24]


def test_ahead_is_the_first_target_whose_day_is_to_come_and_the_last_one_for_good():
    figures = pd.DataFrame(
        {
            "report_date": days(16, 19, 20, 21, 24, 25),
            "denominator": pd.array([100] * 6, "Int64"),
            "numerator_cumulative": pd.array([50] * 6, "Int64"),
            "coverage_sure": pd.array([0.5] * 6, "Float64"),
            "awaited": False,
            **dict.fromkeys(["pace_observed", "pace_best", "pace_last"], pd.array([5.0] * 6)),
        }
    )

    frame = ahead(figures, TARGETS)

    assert frame["target_date"].dt.day.to_list() == [20, 20, 24, 24, 24, 24]
    assert frame["numerator_needed"].to_list() == [10, 10, 40, 40, 40, 40]
    assert frame["days_left"].to_list() == [4, 1, 4, 3, 0, 0]
    assert frame["pace_required"].iloc[:4].to_list() == [2.5, 10.0, 10.0, 40 / 3]
    assert frame["pace_required"].iloc[4:].isna().all()


def judged(
    today: int,
    numerator: int | None,
    observed=None,
    best=None,
    last=None,
    denominator=100,
    target=0.6,
    awaited=False,
):
    """The outlook of one unit against a target by the 20th."""
    floats = {"pace_observed": observed, "pace_best": best, "pace_last": last}
    frame = pd.DataFrame(
        {
            "report_date": days(today),
            "target_coverage": [target],
            "target_date": days(20),
            "denominator": pd.array([denominator], "Int64"),
            "numerator_cumulative": pd.array([numerator], "Int64"),
            "coverage_sure": pd.array(
                [None if numerator is None else numerator / denominator], "Float64"
            ),
            "awaited": awaited,
            **{name: pd.array([value], "Float64") for name, value in floats.items()},
        }
    )
    return outlook(frame).iloc[0]


def test_what_is_needed_is_spread_over_the_days_left():
    row = judged(18, 50, 5, 5, 5)

    assert row["numerator_needed"] == 10  # 60 - 50
    assert (row["days_left"], row["pace_required"]) == (2, 5.0)  # on the 19th and the 20th
    assert row["outlook"] == "on_track"


def test_on_the_eve_of_the_target_all_that_is_needed_is_needed_in_one_day():
    row = judged(19, 50, 5, 10, 5)

    assert (row["days_left"], row["pace_required"], row["outlook"]) == (1, 10.0, "behind")


@pytest.mark.parametrize("today", [20, 21])
@pytest.mark.parametrize("paces", [(50, 90, 50), (0, 0, 0), (None, None, None), (-3, 2, -3)])
def test_from_the_targets_day_on_no_pace_is_required_and_what_was_not_reached_is_missed(
    today, paces
):
    row = judged(today, 50, *paces)

    assert (row["numerator_needed"], row["days_left"]) == (10, 0)
    assert pd.isna(row["pace_required"])
    assert row["outlook"] == "missed"


def test_while_reports_of_the_targets_day_are_still_to_come_in_time_it_is_not_missed_yet():
    assert judged(20, 50, 5, 10, 5, awaited=True)["outlook"] == "behind"
    assert judged(20, 60, 5, 10, 5, awaited=True)["outlook"] == "reached"


@pytest.mark.parametrize("paces", [(5, 5, 5), (0, 0, 0), (None, None, None)])
@pytest.mark.parametrize("today", [20, 21])
def test_what_stands_at_the_target_on_its_day_is_reached_whatever_the_pace(today, paces):
    assert judged(today, 60, *paces)["outlook"] == "reached"


@pytest.mark.parametrize(
    ("denominator", "target", "goal"),
    [(5, 0.6, 3), (7, 0.6, 5), (10_130, 0.9, 9_117), (3, 1 / 3, 1), (101, 0.9, 91)],
)
def test_the_goal_is_rounded_up_to_whole_persons_and_not_by_a_rounding_error(
    denominator, target, goal
):
    # 0.6 × 5 = 3, 0.6 × 7 = 4.2, 0.9 × 10130 = 9117, 3 ÷ 3 = 1, 0.9 × 101 = 90.9
    assert judged(19, 0, denominator=denominator, target=target)["numerator_needed"] == goal


def test_nothing_more_is_needed_above_the_target():
    row = judged(19, 75, 5, 5, 5)

    assert (row["numerator_needed"], row["pace_required"], row["outlook"]) == (0, 0.0, "reached")


@pytest.mark.parametrize(
    ("observed", "best", "word"),
    [
        (10, 10, "on_track"),
        (9.9, 10, "behind"),
        (0, 10, "behind"),
        (-3, 12, "behind"),
        (9, 9.9, "out_of_reach"),
        (0, 0, "out_of_reach"),
        (-5, -2, "out_of_reach"),
        (None, None, "unknown"),
    ],
)
def test_the_outlook_below_the_target_where_10_a_day_are_required(observed, best, word):
    assert judged(18, 40, observed, best, observed)["outlook"] == word  # 20 in two days


@pytest.mark.parametrize("today", [16, 20, 21])
@pytest.mark.parametrize("numerator", [10, 59, 60, 95, 130])
@pytest.mark.parametrize(("observed", "last"), [(-5, -5), (3, -1), (-1, 2)])
def test_a_figure_that_falls_is_never_called_reached_nor_on_track(today, numerator, observed, last):
    """Whether it fell on the last day or over the last three. From the day of the target on, below
    it, the verdict stands."""
    word = judged(today, numerator, observed, 4, last)["outlook"]

    assert word in (("missed",) if today >= 20 and numerator < 60 else ("behind", "out_of_reach"))


def test_a_unit_without_a_figure_needs_an_unknown_number_and_has_no_outlook():
    row = judged(19, None)

    assert row[["numerator_needed", "pace_required"]].isna().all()
    assert row["outlook"] == "unknown"
