"""A period of four units, drawn up on paper, and periods of every other length.

Owners: An Bình 100, Bình Minh 200, Cát Tường 50, Đông Hải 400; reports due 16 to 19 August before
15:00; 60 % by 18 August, 90 % by 20 August.

    |           | 15/8 (before) | 16/8          | 17/8          |
    | An Bình   | 40            | 50 on time    | 60 on time    |
    | Bình Minh | 100           | 110 late      | 120 on time   |
    | Cát Tường | 20            | missing       | 30 on time    |
    | Đông Hải  | 200           | 240 on time   | 230 on time   |
    | together  | 360 of 750    | 420           | 440           |

Cát Tường's 10 more in two days are 5 on each: the rise of the 16th is 65, that of the 17th 15.
"""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest

from briefing.params.settings import Baseline
from briefing.tables.period import covered_until, period_of
from briefing.tables.period.targets import against_targets
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG, assert_table, report

BEFORE = [report(u, 15, "15 10:00", n) for u, n in ((AN, 40), (BINH, 100), (CAT, 20), (DONG, 200))]
WEEK = [
    report(AN, 16, "16 10:00", 50),
    report(BINH, 16, "16 16:30", 110),
    report(DONG, 16, "16 14:59", 240),
    report(AN, 17, "17 10:00", 60),
    report(BINH, 17, "17 10:00", 120),
    report(CAT, 17, "17 10:00", 30),
    report(DONG, 17, "17 10:00", 230),
]


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("campaign"))


def period(campaign, first: int, last: int, *records, covered: int | None = None):
    day = tiny.build_once(tiny.view(*records), campaign, tiny.day(covered or last))
    return period_of(day, tiny.day(first), tiny.day(last))


def whole(result) -> dict:
    return result.whole.iloc[0].to_dict()


# The period on paper


@pytest.mark.slow
def test_the_whole_is_compared_with_the_day_before_the_period(campaign):
    result = whole(period(campaign, 16, 17, *BEFORE, *WEEK))

    assert (result["opening_basis"], result["opening_date"]) == ("day", pd.Timestamp(2021, 8, 15))
    assert (result["numerator_opening"], result["coverage_opening"]) == (360, 0.48)
    assert (result["numerator_closing"], result["numerator_change"]) == (440, 80)
    assert result["coverage_closing"] == pytest.approx(440 / 750)
    assert result["coverage_change"] == pytest.approx(80 / 750)


def test_the_best_and_the_worst_day_are_those_of_the_largest_and_smallest_increase(campaign):
    result = whole(period(campaign, 16, 17, *BEFORE, *WEEK))

    assert (result["best_day"].day, result["best_day_numerator_new"]) == (16, 65)
    assert (result["worst_day"].day, result["worst_day_numerator_new"]) == (17, 15)


def test_reports_are_counted_over_the_days_of_the_period_alone(campaign):
    result = period(campaign, 16, 17, *BEFORE, *WEEK)

    assert_table(result.days, {
        "report_date": [16, 17],
        "numerator_new": [65, 15],
        "units_reported": [3, 4],
        "expected": [4, 4],
        "on_time": [2, 4],
        "late": [1, 0],
        "missing": [1, 0],
    })  # fmt: skip
    sums = whole(result)
    assert (sums["expected"], sums["on_time"], sums["late"], sums["missing"]) == (8, 6, 1, 1)
    assert (sums["completeness"], sums["timeliness"]) == (7 / 8, 6 / 8)


def test_each_unit_has_its_change_and_the_places_it_has_gained(campaign):
    """Ranks before: Bình Minh and Đông Hải 50 %, the others 40 %; after: Đông Hải last."""
    result = period(campaign, 16, 17, *BEFORE, *WEEK)

    assert_table(result.units, {
        "unit_code": [AN, BINH, CAT, DONG],
        "opening_date": [15, 15, 15, 15],
        "numerator_opening": [40, 100, 20, 200],
        "numerator_closing": [60, 120, 30, 230],
        "numerator_change": [20, 20, 10, 30],
        "coverage_change": [0.2, 0.1, 0.2, 0.075],
        "rank_opening": [3, 1, 3, 1],
        "rank_closing": [1, 1, 1, 4],
        "rank_change": [2, 0, 2, -3],
        "fell": [False, False, False, True],
        "period_target_standing": ["reached", "reached", "reached", "below"],
        "on_time": [2, 1, 1, 2],
        "expected": [2, 2, 2, 2],
    })  # fmt: skip


def test_what_is_missing_or_late_is_listed_report_by_report(campaign):
    result = period(campaign, 16, 17, *BEFORE, *WEEK)
    units = result.lacking[result.lacking["kind"].eq("unit")]

    assert_table(units, {
        "code": [BINH, CAT],
        "report_date": [16, 16],
        "status": ["late", "missing"],
        "received_at": ["16 16:30", None],
    })  # fmt: skip


# Opening states


@pytest.mark.slow
def test_a_campaign_that_begins_with_the_period_has_no_opening_state_and_says_so(campaign):
    result = period(campaign, 16, 17, *WEEK)
    sums = whole(result)

    assert sums["opening_basis"] == "none"
    assert pd.isna(sums["numerator_change"]) and pd.isna(sums["coverage_change"])
    # since the first reports: An Bình 10, Bình Minh 10, Đông Hải -10; Cát Tường has but one
    assert (sums["numerator_gained"], sums["units_gained"]) == (10, 3)
    assert_table(result.units, {
        "opening_date": [16, 16, 17, 16],
        "numerator_change": [10, 10, None, -10],
        "rank_opening": [3, 2, None, 1],
    })  # fmt: skip


def with_baseline(campaign, day: int):
    at = datetime(2021, 8, day, 17, tzinfo=campaign.tz)
    source = {"vi": "công văn", "en": "the letter"}
    return campaign.model_copy(
        update={"baseline": Baseline.model_validate({"coverage": 0.4, "at": at, "source": source})}
    )


@pytest.mark.slow
def test_the_baseline_opens_a_period_whose_day_before_is_not_known(campaign):
    sums = whole(period(with_baseline(campaign, 14), 16, 17, *WEEK))

    assert (sums["opening_basis"], sums["opening_date"].day) == ("baseline", 14)
    assert sums["coverage_opening"] == 0.4
    assert sums["coverage_change"] == pytest.approx(440 / 750 - 0.4)
    assert pd.isna(sums["numerator_change"])


def test_a_baseline_of_the_whole_is_not_compared_with_a_part_of_it(campaign):
    sums = whole(period(with_baseline(campaign, 14), 16, 16, *WEEK))

    assert sums["units_unknown"] == 1
    assert pd.isna(sums["coverage_change"])


@pytest.mark.slow
def test_a_baseline_inside_the_period_does_not_open_it(campaign):
    assert whole(period(with_baseline(campaign, 16), 16, 17, *WEEK))["opening_basis"] == "none"


@pytest.mark.slow
def test_like_is_compared_with_like_when_a_unit_was_not_known_before(campaign):
    """Without An Bình: 320 of 650 before, 380 after."""
    sums = whole(period(campaign, 16, 17, *BEFORE[1:], *WEEK))

    assert (sums["units_compared"], sums["numerator_change"]) == (3, 60)
    assert sums["coverage_change"] == pytest.approx(60 / 650)


# Any period


def test_a_period_of_one_day_has_no_best_and_no_worst_day(campaign):
    sums = whole(period(campaign, 17, 17, *BEFORE, *WEEK))

    assert sums["numerator_change"] == 20
    assert pd.isna(sums["best_day"]) and pd.isna(sums["worst_day_numerator_new"])


@pytest.mark.slow
def test_all_days_of_the_campaign_count_only_the_days_on_which_reports_were_due(campaign):
    result = period(campaign, 15, 25, *BEFORE, *WEEK)

    assert len(result.days) == 11
    assert whole(result)["expected"] == 4 * 4
    assert result.days["expected"].tolist() == [0, 4, 4, 4, 4, 0, 0, 0, 0, 0, 0]


def test_a_period_before_the_first_report_knows_nothing_and_divides_by_nothing(campaign):
    result = period(campaign, 15, 15)
    sums = whole(result)

    assert pd.isna(sums["numerator_closing"]) and pd.isna(sums["coverage_closing"])
    assert (sums["expected"], sums["units_unknown"]) == (0, 4)
    assert pd.isna(sums["timeliness"]) and pd.isna(sums["numerator_gained"])
    assert set(result.units["period_target_standing"]) == {"unknown"}
    assert set(result.targets["standing"]) == {"unknown"}


def test_a_period_without_a_report_in_it_has_no_change_not_one_of_zero(campaign):
    result = period(campaign, 16, 16, *BEFORE)
    sums = whole(result)

    assert (sums["numerator_closing"], sums["units_carried"]) == (360, 4)
    assert pd.isna(sums["numerator_change"]) and result.units["numerator_change"].isna().all()


def test_days_of_which_nothing_is_known_are_not_in_the_period(campaign):
    result = period(campaign, 16, 19, *BEFORE, *WEEK, covered=17)

    assert result.unfinished and result.key == "2021-08-16_2021-08-19"
    assert whole(result)["expected"] == 8


# Targets


def standings(campaign, last: int, *numerator: tuple[int, int]) -> list[str]:
    """Of both targets when all units stand at these shares (day, hundredths)."""
    records = [
        report(unit, about, f"{about} 10:00", tiny.DENOMINATOR[unit] * share // 100)
        for about, share in numerator
        for unit in (AN, BINH, CAT, DONG)
    ]
    return period(campaign, 16, last, *records).targets["standing"].tolist()


@pytest.mark.parametrize(
    ("last", "numerator", "expected"),
    [
        (17, [(16, 40), (17, 50)], ["open", "open"]),
        (18, [(17, 50), (18, 60)], ["reached", "open"]),
        (18, [(17, 50), (18, 58)], ["missed", "open"]),
        (19, [(18, 58), (19, 62)], ["reached_later", "open"]),
        (19, [(18, 64), (19, 62)], ["in_doubt", "open"]),
        (19, [(18, 62), (19, 58)], ["in_doubt", "open"]),
        (20, [(18, 60), (20, 90)], ["reached", "reached"]),
        (20, [(18, 60), (20, 88)], ["reached", "missed"]),
    ],
)
def test_each_target_is_judged_on_its_own_day_and_at_the_end(campaign, last, numerator, expected):
    assert standings(campaign, last, *numerator) == expected


def test_people_still_needed_are_rounded_up(campaign):
    """400 of 751 have it: 60 % are 450.6, 90 % are 675.9 people."""
    last = {"report_date": pd.Timestamp("2021-08-16"), "pace_observed": 1.0, "pace_last": 1.0}
    counts = {"units_counted": 4, "denominator": 751, "numerator_cumulative": 400}
    whole = pd.DataFrame([{**last, **counts, "coverage": 400 / 751}])
    known = against_targets(
        whole.assign(coverage_sure=whole["coverage"]), campaign.targets, units=4
    )

    assert known["numerator_needed"].tolist() == [51, 276]


# Until when anything is known


def covered(campaign, *records, last: int = 19, as_of: str | None = None):
    moment = tiny.moment(as_of).to_pydatetime() if as_of else None
    reports = tiny.reports(*records).assign(
        report_date=lambda frame: pd.to_datetime(frame["report_date"])
    )
    return covered_until(reports, tiny.day(last), moment, campaign)


def test_a_period_is_known_up_to_the_newest_day_reported_on(campaign):
    assert covered(campaign, report(AN, 17, "17 10:00", 5)) == tiny.day(17)
    assert covered(campaign, report(AN, 17, "17 10:00", 5), last=16) == tiny.day(16)
    assert covered(campaign) is None


def test_a_report_about_a_day_after_its_arrival_makes_no_day_known(campaign):
    mistaken = report(AN, 19, "17 10:00", 5)

    assert covered(campaign, report(AN, 17, "17 10:00", 5), mistaken) == tiny.day(17)


def test_at_a_moment_of_knowledge_every_day_whose_deadline_is_past_is_known(campaign):
    one = report(AN, 16, "16 10:00", 5)

    assert covered(campaign, one, as_of="18 14:59") == tiny.day(17)
    assert covered(campaign, one, as_of="18 15:00") == tiny.day(18)
    assert covered(campaign, as_of="25 08:00") == tiny.day(19)


# Where the figures come from


def test_the_figures_at_both_ends_are_traced_to_the_reports_they_are_from(campaign):
    """Cát Tường is silent on the 16th; the others' opening figures are of the 15th."""
    made = period(campaign, 16, 17, *BEFORE, *WEEK)
    told = made.published()["trace"].set_index(["table", "column", "key"]).sort_index()

    def files(column: str) -> list[str]:
        return told.loc[("period_units", column), "source_file"].to_list()

    assert files("numerator_opening") == [r["file"] for r in BEFORE]
    closing = {r["unit_code"]: r["file"] for r in WEEK}  # the newest of each
    assert files("numerator_closing") == [closing[u] for u in (AN, BINH, CAT, DONG)]
    assert told.loc[("period_units", "numerator_change"), "value"].to_list() == [
        "20", "20", "10", "30",
    ]  # fmt: skip


def test_the_whole_at_both_ends_is_the_sum_of_the_units_that_it_names(campaign):
    made = period(campaign, 16, 17, *BEFORE, *WEEK)
    told = made.published()["trace"]
    told = told[told["table"].eq("period")]

    for column in ("numerator_opening", "numerator_closing", "numerator_change"):
        parts = told.loc[told["column"].eq(column), "value"].astype(int)
        assert parts.sum() == whole(made)[column]


def test_the_rates_of_the_whole_at_both_ends_name_their_days(campaign):
    made = period(campaign, 16, 17, *BEFORE, *WEEK)
    told = made.published()["trace"].set_index(["table", "column"]).loc["period"]

    places = [told.loc[f"coverage_{end}", "where"] for end in ("opening", "closing")]
    assert places == ["2021-08-15", "2021-08-17"]
    assert float(told.loc["coverage_closing", "value"]) == pytest.approx(
        whole(made)["coverage_closing"], abs=1e-6
    )


@pytest.mark.slow
def test_a_whole_without_an_opening_has_the_origin_of_its_close_alone(campaign):
    told = period(campaign, 16, 17, *WEEK).published()["trace"]
    of_whole = set(told.loc[told["table"].eq("period"), "column"])

    assert of_whole == {"numerator_closing", "coverage_closing"}


def test_a_units_places_at_both_ends_are_traced(campaign):
    made = period(campaign, 16, 17, *BEFORE, *WEEK)
    told = made.published()["trace"].set_index(["table", "column", "key"]).sort_index()

    for column in ("rank_opening", "rank_closing"):
        ranks = made.units.set_index("unit_code")[column].dropna()
        assert told.loc[("period_units", column), "value"].astype(int).to_dict() == ranks.to_dict()


@pytest.mark.slow
def test_an_opening_that_is_the_campaigns_baseline_names_campaign_yaml(campaign):
    baseline = Baseline(
        coverage=0.4, at=datetime(2021, 8, 14, 17), source={"vi": "công văn", "en": "a letter"}
    )
    made = period(campaign.model_copy(update={"baseline": baseline}), 16, 17, *WEEK)
    told = made.published()["trace"].set_index(["table", "column"]).loc["period"]

    assert told.loc["coverage_opening", "source_file"] == "params/campaign.yaml"
    assert "numerator_opening" not in told.index
    assert told.loc["coverage_change", "rule"] == "coverage_closing - coverage_opening"
