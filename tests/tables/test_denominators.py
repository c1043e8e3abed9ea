"""The denominator of params beside that of the reports, by hand: 100, 200, 50 and 400 owners."""

import pandas as pd
import pytest

from briefing.params import Campaign
from briefing.tables import Day, build
from briefing.tables.denominators import flips, of_adults, stress_test
from briefing.tables.trace import trace_of
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG

TOLD = (
    tiny.report(AN, 16, "16 10:00", 55, reading="ratio", denominator_reported=90),
    tiny.report(BINH, 16, "16 10:00", 115),
    tiny.report(CAT, 16, "16 10:00", 26),
)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("tiny"))


def built(campaign, *records, number: int = 16) -> Day:
    return build(tiny.view(*records), campaign, tiny.day(number))


def unit(day: Day, code: str = AN) -> pd.Series:
    return day.units.set_index("unit_code").loc[code]


def test_what_a_report_states_is_kept_beside_the_denominator_that_counts(campaign):
    """55 of 100 by params, of 90 by the report: 55 %, or 61.1 % and so above 60 %."""
    day = built(campaign, *TOLD)
    tested = stress_test(day).set_index("unit_code")

    assert unit(day)["denominator"] == 100
    assert tested.at[AN, "coverage_params"] == pytest.approx(0.55)
    assert tested.at[AN, "coverage_reported"] == pytest.approx(55 / 90)
    assert (tested.at[AN, "reached_params"], tested.at[AN, "reached_reported"]) == (False, True)
    assert pd.isna(tested.at[BINH, "coverage_reported"])


def test_rates_of_adults_and_of_all_people_stand_beside_that_of_the_owners(tmp_path):
    """55 of 100 owners, of 500 adults, of 900 people."""
    folder = tiny.params_folder(tmp_path, adults={AN: 500})
    rates = stress_test(built(Campaign.load(folder), *TOLD)).set_index("unit_code").loc[AN]

    assert rates["coverage_adults"] == pytest.approx(55 / 500)
    assert rates["coverage_population"] == pytest.approx(55 / 900)


def test_where_the_other_denominator_would_change_something_it_is_said(campaign):
    """57.5 %, 55 % and 52 % are places 1 to 3; with 61.1 % An Bình passes Bình Minh."""
    changed = flips(stress_test(built(campaign, *TOLD))).set_index("unit_code")

    assert changed.index.tolist() == [AN, BINH]
    assert changed["reached_flips"].tolist() == [True, False]
    assert changed.loc[AN, ["rank_params", "rank_reported"]].tolist() == [2, 1]


def test_before_any_report_nothing_is_stated(campaign):
    tested = stress_test(built(campaign))

    unknown = tested[["denominator_reported", "denominator_reported_on", "coverage_params"]]
    assert unknown.isna().all(axis=None)


def test_where_it_changes_nothing_nothing_is_said(campaign):
    same = (tiny.report(AN, 16, "16 10:00", 55, denominator_reported=100), *TOLD[1:])

    assert flips(stress_test(built(campaign, *same))).empty


def test_a_switch_makes_the_reports_count_and_the_trace_names_the_report(campaign):
    day = built(campaign.model_copy(update={"denominator_from": "reports"}), *TOLD)
    trace = trace_of(day)
    source = trace[trace["key"].eq(AN) & trace["column"].eq("denominator")]

    assert unit(day)["denominator"] == 90
    assert unit(day)["coverage"] == pytest.approx(55 / 90)
    assert unit(day, BINH)["denominator"] == 200
    assert source["source_file"].tolist() == [TOLD[0]["file"]]
    assert source["rule"].tolist() == ["reported"]


def test_the_newest_stated_one_goes_on_counting_on_the_days_after(campaign):
    later = tiny.report(AN, 17, "17 10:00", 60)
    day = built(
        campaign.model_copy(update={"denominator_from": "reports"}), *TOLD, later, number=17
    )

    assert unit(day)["coverage"] == pytest.approx(60 / 90)


ADULTS = {AN: 150, BINH: 250, CAT: 70, DONG: 600}


def test_of_adults_only_the_units_that_count_are_in_numerator_and_denominator(tmp_path):
    """55 + 115 + 26 of 150 + 250 + 70; Đông Hải has reported nothing."""
    campaign = Campaign.load(tiny.params_folder(tmp_path, adults=ADULTS))

    whole = of_adults(built(campaign, *TOLD))

    assert (whole.numerator_cumulative, whole.adults) == (196, 470)
    assert whole.coverage == pytest.approx(196 / 470)
    assert whole.needed(0.6) == 86  # 282 − 196
    assert whole.needed(0.1) == 0
    assert whole.at_targets == pytest.approx((0.6 * 350 / 470, 0.9 * 350 / 470))


def test_of_adults_each_unit_is_told_beside_its_other_rates(tmp_path):
    campaign = Campaign.load(tiny.params_folder(tmp_path, adults=ADULTS))

    tested = stress_test(built(campaign, *TOLD)).set_index("unit_code")

    assert tested.at[AN, "coverage_adults"] == pytest.approx(55 / 150)
    assert pd.isna(tested.at[DONG, "coverage_adults"])


@pytest.mark.slow
def test_where_the_adults_of_a_unit_that_counts_are_not_known_the_whole_is_not_known(tmp_path):
    campaign = Campaign.load(tiny.params_folder(tmp_path, adults=ADULTS | {AN: ""}))

    assert of_adults(built(campaign, *TOLD)) is None
    assert of_adults(built(campaign)) is None
