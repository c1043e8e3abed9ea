"""How many have installed, of how many."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.errors import DenominatorError
from briefing.tables.coverage import coverage, placed, whole_of
from tests.tables.tiny import AN, BINH, CAT, assert_table, days

NA = pd.NA


def latest(**series: list[int | None]) -> pd.DataFrame:
    """Cumulatives of units on consecutive days from the 16th, none of them carried."""
    length = len(next(iter(series.values())))
    index = pd.MultiIndex.from_product(
        [[*series], days(*range(16, 16 + length))], names=["unit_code", "report_date"]
    )
    numerator = pd.Series([v for values in series.values() for v in values], index, dtype="Int64")
    return pd.DataFrame(
        {
            "numerator_cumulative": numerator,
            "numerator_new": numerator - numerator.groupby(level=0).shift(),
            "numerator_new_days": pd.Series(1, index, dtype="Int64"),
            "carried_from": pd.Series(pd.NaT, index, dtype="datetime64[us]"),
            "status": pd.Series("on_time", index, dtype="string"),
            "due": True,
        }
    )


def denominator(**persons: int | None) -> pd.DataFrame:
    return pd.DataFrame({"unit_code": [*persons], "denominator": [*persons.values()]})


def test_coverage_is_installs_over_smartphone_owners_as_a_fraction():
    result = coverage(latest(a=[30, 45]), denominator(a=60))

    assert result["coverage"].to_list() == [0.5, 0.75]  # 30/60, 45/60
    assert result["coverage_change"].to_list()[1] == 0.25  # 15/60


def test_a_commune_that_did_not_report_is_missing_not_zero():
    result = coverage(latest(a=[None]), denominator(a=60))

    assert result[["numerator_cumulative", "coverage", "coverage_change"]].isna().all(axis=None)


def test_coverage_above_one_is_kept_not_capped():
    assert coverage(latest(a=[75]), denominator(a=60))["coverage"].to_list() == [1.25]  # 75/60


@pytest.mark.parametrize("persons", [None, 0, -5])
def test_a_commune_without_a_denominator_stops_the_run_and_is_named(persons):
    with pytest.raises(DenominatorError, match=r"communes\.csv.*mẫu số.*b\."):
        coverage(latest(a=[1], b=[1]), denominator(a=60, b=persons))


def test_a_commune_that_is_not_in_the_table_of_denominators_is_named():
    with pytest.raises(DenominatorError, match="b, c"):
        coverage(latest(a=[1], b=[1], c=[None]), denominator(a=60))


def test_equal_coverages_share_a_place_and_a_missing_one_has_none():
    units = coverage(latest(a=[30], b=[20], c=[None], d=[6]), denominator(a=60, b=40, c=10, d=10))

    assert placed(units)["rank"].to_list() == [2, 2, NA, 1]  # 0.5, 0.5, missing, 0.6


def test_places_are_given_on_each_day_apart():
    units = coverage(latest(a=[30, 30], b=[10, 50]), denominator(a=60, b=60))

    assert placed(units)["rank"].to_list() == [1, 2, 2, 1]


def whole(carried: dict[tuple[str, int], int] | None = None, **series) -> pd.DataFrame:
    """The town of units with 60, 40 and 100 owners."""
    frame = latest(**series)
    for (unit, about), since in (carried or {}).items():
        key = (unit, days(about)[0])
        frame.loc[key, "carried_from"] = days(since)[0]
        frame.loc[key, "numerator_new"] = NA
        frame.loc[key, "status"] = "missing"
    return whole_of(coverage(frame, denominator(a=60, b=40, c=100)))


def test_the_town_adds_up_only_the_communes_that_are_known():
    assert_table(
        whole(a=[30], b=[10], c=[None]),
        {
            "numerator_cumulative": [40],
            "denominator": [100],  # 60 + 40; c's 100 would make its silence a zero
            "coverage": [0.4],
            "units_counted": [2],
            "numerator_carried": [0],
        },
    )


def test_the_town_is_missing_before_anybody_has_reported():
    assert_table(
        whole(a=[None], b=[None], c=[None]),
        {
            "numerator_cumulative": [NA],
            "denominator": [NA],
            "coverage": [NA],
            "coverage_change": [NA],
            "numerator_new": [NA],
            "numerator_carried": [NA],
            "units_counted": [0],
        },
    )


def test_a_first_report_is_no_increase_of_the_town():
    assert_table(
        whole(a=[30, 33], b=[None, 10], c=[None, None]),
        {
            "numerator_cumulative": [30, 43],
            "numerator_new": [NA, 3],  # a alone: b is not known on the day before
            "coverage_change": [NA, 3 / 60],
        },
    )


def test_a_carried_value_is_in_the_total_and_named_as_carried():
    assert_table(
        whole({("b", 17): 16}, a=[30, 36], b=[10, 10], c=[None, None]),
        {
            "numerator_cumulative": [40, 46],
            "numerator_carried": [0, 10],
            "numerator_new": [NA, 6],
            "coverage_change": [NA, 6 / 100],  # a and b are known on both days
            "reports_missing": [0, 1],
        },
    )


def test_a_day_of_carried_values_alone_has_no_change():
    assert_table(
        whole({("a", 17): 16, ("b", 17): 16}, a=[30, 30], b=[10, 10], c=[None, None]),
        {
            "numerator_cumulative": [40, 40],
            "numerator_carried": [0, 40],
            "numerator_new": [NA, NA],
            "coverage_change": [NA, NA],
        },
    )


def test_a_decrease_is_in_the_total_as_it_was_sent():
    assert_table(
        whole(a=[30, 20], b=[10, 12], c=[50, 50]),
        {"numerator_cumulative": [90, 82], "numerator_new": [NA, -8]},  # -10 + 2 + 0
    )


def test_reports_are_counted_by_status_only_on_days_on_which_they_were_due():
    frame = coverage(
        latest(**{AN: [1, 2], BINH: [1, 2], CAT: [1, 2]}),
        denominator(**dict.fromkeys([AN, BINH, CAT], 9)),
    )
    frame["status"] = ["on_time", "on_time", "on_time", "late", pd.NA, "unreadable"]
    frame["due"] = [False, True] * 3

    assert_table(
        whole_of(frame),
        {
            "reports_expected": [0, 3],
            "reports_on_time": [0, 1],
            "reports_late": [0, 1],
            "reports_empty": [0, 0],
            "reports_unreadable": [0, 1],
            "reports_missing": [0, 0],
            "reports_not_due": [0, 0],
        },
    )


def after_a_gap(*, a: list[int], b: list[int], until: int) -> pd.DataFrame:
    """The town from the 16th up to a day; b has reported on the 16th and on the 19th only."""
    carried = {("b", about): 16 for about in (17, 18)}
    frame = latest(a=a, b=b, c=[None] * len(a))
    for (unit, about), since in carried.items():
        key = (unit, days(about)[0])
        frame.loc[key, ["numerator_new", "carried_from"]] = [NA, days(since)[0]]
    if len(a) > 3:
        key = ("b", days(19)[0])
        frame.loc[key, "numerator_new"] = b[3] - b[0]
        frame.loc[key, "numerator_new_days"] = 3
    frame["numerator_new_days"] = frame["numerator_new_days"].where(frame["numerator_new"].notna())
    known = frame[frame.index.get_level_values("report_date") <= days(until)[0]]
    return whole_of(coverage(known, denominator(a=60, b=40, c=100)))


def test_a_rise_over_days_without_a_report_is_spread_over_them_in_the_rise_of_the_town():
    # b: 10 more in three days, whole persons: 3, 3, 4; a: 4, 2, 3. 10 on the 17th and the 18th,
    # as those days were published: the cumulative of a past day does not change
    assert_table(
        after_a_gap(a=[20, 24, 26, 29], b=[10, 10, 10, 20], until=19),
        {
            "numerator_cumulative": [30, 34, 36, 49],
            "numerator_new": [NA, 7, 5, 7],  # 4 + 3, 2 + 3, 3 + 4
            "numerator_new_days": [NA, 1, 1, 1],
            "coverage_change": [NA, 7 / 100, 5 / 100, 7 / 100],
            "rise_change": [NA, NA, -2, 2],  # 5 - 7, 7 - 5
        },
    )


def test_before_the_report_that_tells_it_a_rise_is_that_of_the_others_and_compared_with_theirs():
    assert_table(
        after_a_gap(a=[20, 24, 26, 29], b=[10, 10, 10, 20], until=18),
        {
            "numerator_cumulative": [30, 34, 36],
            "numerator_new": [NA, 4, 2],  # a alone
            "rise_change": [NA, NA, -2],
        },
    )
