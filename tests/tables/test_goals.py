"""Every target with its date, worked by hand: 60 % by 18 August, 90 % by 20 August."""

import pandas as pd
import pytest

from briefing.tables import build
from briefing.tables.goals import goals, verdicts
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("tiny"))


def of_an(campaign, figures: list[int], last: int) -> pd.DataFrame:
    """An Bình (100 owners) reports these figures on the days up to `last`."""
    first = last - len(figures) + 1
    reports = [tiny.report(AN, first + n, f"{first + n} 10:00", v) for n, v in enumerate(figures)]
    known = goals(tiny.build_once(tiny.view(*reports), campaign, tiny.day(last)))
    return known[known["area"] == AN].reset_index(drop=True)


def test_each_target_asks_for_its_own(campaign):
    """50 of 100 on the 16th: 10 more by the 18th (2 days), 40 more by the 20th (4 days)."""
    mine = of_an(campaign, [45, 50], 16)

    assert mine["target_coverage"].tolist() == [0.6, 0.9]
    assert mine["numerator_needed"].tolist() == [10, 40]
    assert mine["days_left"].tolist() == [2, 4]
    assert mine["pace_required"].tolist() == [5, 10]
    assert mine["outlook"].tolist() == ["on_track", "out_of_reach"]
    assert mine["judged_on"].isna().all()


@pytest.mark.parametrize("last", [18, 19, 20])
def test_a_target_is_judged_by_the_figures_of_its_day_on_every_day_after_it(campaign, last):
    """An Bình: 52, 57 by the 18th; 63 the day after, which is too late for the 60 %."""
    reports = [tiny.report(AN, n, f"{n} 10:00", v) for n, v in ((17, 52), (18, 57), (19, 63))]
    known = goals(tiny.build_once(tiny.view(*reports), campaign, tiny.day(last)))
    first = known[known["area"] == AN].iloc[0]

    assert (first["outlook"], first["coverage"]) == ("missed", 0.57)
    assert (first["numerator_needed"], first["judged_on"]) == (3, pd.Timestamp("2021-08-18"))
    assert first[["pace_required", "pace_observed", "pace_best", "date_likely"]].isna().all()


def test_a_report_of_the_targets_day_that_comes_later_changes_its_verdict(campaign):
    """As it is known: 57 at the close, then 61 on the morning after."""
    reports = [tiny.report(AN, n, f"{n} 10:00", v) for n, v in ((17, 52), (18, 57))]
    later = tiny.report(AN, 18, "19 08:00", 61)
    known = verdicts(tiny.build_once(tiny.view(*reports, later), campaign, tiny.day(19)))

    assert known.loc[known["area"] == AN, "outlook"].tolist() == ["reached"]


@pytest.mark.slow
def test_a_verdict_counts_the_units_that_have_reached_the_target_on_its_day(campaign):
    """60 % of 100, 200, 50 and 400: An 60 and Cát 30 have, Bình's 119 and Đông's 240 of the day
    after come too late; the whole has 60 + 119 + 30 + 239 = 448 of 450."""
    sent = [(AN, 60), (BINH, 119), (CAT, 30), (DONG, 239)]
    reports = [tiny.report(unit, 18, "18 10:00", n) for unit, n in sent]
    reports += [tiny.report(DONG, 19, "19 10:00", 240)]
    known = verdicts(tiny.build_once(tiny.view(*reports), campaign, tiny.day(19)))
    whole = known[known["area"] == "T"].iloc[0]

    assert (whole["outlook"], whole["coverage"]) == ("missed", 448 / 750)
    assert (whole["units_reached"], whole["units_counted"]) == (2, 4)
    assert verdicts(tiny.build_once(tiny.view(*reports), campaign, tiny.day(17))).empty


def test_the_likely_date_is_where_the_median_meets_the_target(campaign):
    """5 a day from 50 of 100 on the 17th, a tenth of those left: 60 after 2.2 days, 90 after 16."""
    mine = of_an(campaign, [40, 45, 50], 17)

    assert mine["date_likely"].dt.strftime("%d/%m").tolist() == ["20/08", "03/09"]
    assert (mine["date_early"] <= mine["date_likely"]).all()
    late = mine["date_late"].dropna()
    assert (late >= mine["date_likely"][late.index]).all()


@pytest.mark.parametrize(("median", "date"), [(0.52713, "14/09"), (0.52712, "")])
def test_a_date_is_at_most_28_days_after_the_last_figure(campaign, median, date):
    """From 50 of 100 on the 17th to 60 %: a fifth of those left, who go down by 5.426 % a week."""
    reports = [tiny.report(AN, n, f"{n} 10:00", v) for n, v in ((15, 40), (16, 45), (17, 50))]
    day = build(tiny.view(*reports), campaign, tiny.day(17))
    vars(day)["projection"] = day.projection.assign(median=median)
    known = goals(day)
    likely = known.loc[known["area"] == AN, "date_likely"].dt.strftime("%d/%m").fillna("")

    assert likely.iloc[0] == date


@pytest.mark.parametrize("figures", [[50, 50, 50], [50, 45, 40], [70, 69, 68], [60, 60, 60]])
def test_a_flat_or_falling_figure_has_no_likely_date(campaign, figures):
    assert of_an(campaign, figures, 17)["date_likely"].isna().all()


def test_what_is_reached_has_no_date(campaign):
    mine = of_an(campaign, [55, 60, 65], 17)

    assert mine["outlook"].tolist()[0] == "reached"
    assert mine[["date_early", "date_likely", "date_late"]].iloc[0].isna().all()


def test_no_date_is_in_the_past(campaign):
    """Nothing since the 17th: on the 19th what would have been reached on the 18th is to come."""
    reports = [tiny.report(AN, n, f"{n} 10:00", v) for n, v in ((15, 60), (16, 70), (17, 80))]
    known = goals(tiny.build_once(tiny.view(*reports), campaign, tiny.day(19)))
    dates = known.loc[known["area"] == AN, ["date_early", "date_likely"]].stack().dropna()

    assert len(dates) and (dates > pd.Timestamp("2021-08-19")).all()


@pytest.mark.slow
def test_where_nothing_can_be_projected_yet_there_are_no_dates(campaign):
    """One report of one unit, then none at all."""
    assert (
        of_an(campaign, [40], 16)[["date_early", "date_likely", "date_late"]].isna().all(axis=None)
    )

    empty = goals(tiny.build_once(tiny.view(), campaign, tiny.day(16)))
    assert len(empty) == 10  # the whole and four units, against two targets
    assert empty[["numerator_needed", "date_likely"]].isna().all(axis=None)
