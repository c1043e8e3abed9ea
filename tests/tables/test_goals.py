"""Every target with its date, worked by hand: 60 % by 18 August, 90 % by 20 August."""

import pandas as pd
import pytest

from briefing.tables import build
from briefing.tables.goals import goals
from tests.tables import tiny
from tests.tables.tiny import AN


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("tiny"))


def of_an(campaign, figures: list[int], last: int) -> pd.DataFrame:
    """An Bình (100 owners) reports these figures on the days up to `last`."""
    first = last - len(figures) + 1
    reports = [tiny.report(AN, first + n, f"{first + n} 10:00", v) for n, v in enumerate(figures)]
    known = goals(build(tiny.view(*reports), campaign, tiny.day(last)))
    return known[known["area"] == AN].reset_index(drop=True)


def test_each_target_asks_for_its_own(campaign):
    """50 of 100 on the 17th: 10 more by the 18th (2 days), 40 more by the 20th (4 days)."""
    mine = of_an(campaign, [40, 45, 50], 17)

    assert mine["target_coverage"].tolist() == [0.6, 0.9]
    assert mine["installs_needed"].tolist() == [10, 40]
    assert mine["pace_required"].tolist() == [5, 10]
    assert mine["outlook"].tolist() == ["on_track", "out_of_reach"]


def test_the_likely_date_is_where_the_median_meets_the_target(campaign):
    """5 a day from 50 on the 17th: 60 after 2 days, 90 after 8."""
    mine = of_an(campaign, [40, 45, 50], 17)

    assert mine["date_likely"].dt.strftime("%d/%m").tolist() == ["19/08", "25/08"]
    assert (mine["date_early"] <= mine["date_likely"]).all()
    late = mine["date_late"].dropna()
    assert (late >= mine["date_likely"][late.index]).all()


@pytest.mark.parametrize("figures", [[50, 50, 50], [50, 45, 40], [70, 69, 68], [60, 60, 60]])
def test_a_flat_or_falling_figure_has_no_likely_date(campaign, figures):
    assert of_an(campaign, figures, 17)["date_likely"].isna().all()


def test_what_is_reached_has_no_date(campaign):
    mine = of_an(campaign, [55, 60, 65], 17)

    assert mine["outlook"].tolist()[0] == "reached"
    assert mine[["date_early", "date_likely", "date_late"]].iloc[0].isna().all()


def test_no_date_is_in_the_past(campaign):
    """Nothing since the 17th: on the 20th what would have been reached on the 19th is to come."""
    reports = [tiny.report(AN, n, f"{n} 10:00", v) for n, v in ((15, 40), (16, 45), (17, 50))]
    known = goals(build(tiny.view(*reports), campaign, tiny.day(20)))
    dates = known.loc[known["area"] == AN, ["date_early", "date_likely"]].stack()

    assert len(dates) and (dates > pd.Timestamp("2021-08-20")).all()


def test_where_nothing_can_be_projected_yet_there_are_no_dates(campaign):
    """One report of one unit, then none at all."""
    assert (
        of_an(campaign, [40], 16)[["date_early", "date_likely", "date_late"]].isna().all(axis=None)
    )

    empty = goals(build(tiny.view(), campaign, tiny.day(16)))
    assert len(empty) == 10  # the whole and four units, against two targets
    assert empty[["installs_needed", "date_likely"]].isna().all(axis=None)
