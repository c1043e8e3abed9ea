"""The numbers of each chart, as they are published beside it."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import pytest

from briefing.tables import build
from briefing.tables.chart_data import chart_data, projection_of

from .tiny import AN, BINH, CAT, DONG, campaign, day, days, report, view


@pytest.fixture(scope="module")
def eighteenth(tmp_path_factory):
    """Three units of four have reported; one on the 16th alone."""
    reports = view(
        report(AN, 16, "16 14:00", 20),
        report(AN, 17, "17 14:00", 30),
        report(AN, 18, "18 14:00", 60),
        report(BINH, 16, "16 14:00", 50),
        report(CAT, 18, "18 16:00", 10),
    )
    return build(reports, campaign(tmp_path_factory.mktemp("campaign")), day(18))


def test_the_trend_leaves_out_days_on_which_other_units_were_counted(eighteenth):
    trend = chart_data(eighteenth)["whole-trend"]

    assert list(trend["report_date"]) == [*days(15, 16, 17, 18)]
    # 18 August: (60 + 50 + 10) of (100 + 200 + 50); before, An and Bình alone were counted
    assert trend["coverage"].isna().to_list() == [True, True, True, False]
    assert trend["coverage"].iloc[-1] == pytest.approx(120 / 350)


def test_the_bars_hold_each_unit_in_the_order_of_the_chart(eighteenth):
    bars = chart_data(eighteenth)["units-bars"]

    assert bars["unit_code"].to_list() == [AN, BINH, CAT, DONG]
    assert bars["coverage"].to_list()[:3] == [0.6, 0.25, 0.2]
    assert bars["coverage_change"].iloc[0] == pytest.approx(0.3)
    assert bars["carried_from"].iloc[1] == pd.Timestamp(2021, 8, 16)
    assert pd.isna(bars["coverage"].iloc[3])


def test_places_and_statuses_are_there_for_every_unit_and_day(eighteenth):
    tables = chart_data(eighteenth)

    for name in ("units-trends", "reporting-grid"):
        assert len(tables[name]) == 4 * 4


@pytest.mark.slow
def test_the_trend_goes_on_with_the_projection_of_the_whole(tmp_path):
    units = (AN, BINH, CAT, DONG)
    reports = [report(u, n, f"{n} 14:00", 2 * (n - 15)) for u in units for n in (16, 17, 18)]
    known = build(view(*reports), campaign(tmp_path), day(18))
    trend = chart_data(known)["whole-trend"]

    # 8 persons a day of 750: that is what is to come, were as many left all the time
    assert list(trend["report_date"]) == [*days(15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25)]
    assert trend["median"].isna().to_list() == [True] * 4 + [False] * 7
    assert trend["median"].iloc[-1] == pytest.approx(
        (24 + 726 * (1 - math.exp(-7 * 8 / 726))) / 750
    )
    assert trend["coverage"].isna().to_list() == [True] + [False] * 3 + [True] * 7


def test_a_projection_of_old_figures_is_not_drawn_behind_the_days_that_carry_them(tmp_path):
    units = (AN, BINH, CAT, DONG)
    reports = [report(u, n, f"{n} 14:00", 2 * (n - 15)) for u in units for n in (16, 17, 18)]
    known = build(view(*reports), campaign(tmp_path), day(20))

    assert len(known.projection)
    assert projection_of(known).empty


def test_a_trend_without_a_projection_ends_with_the_day(eighteenth):
    assert projection_of(eighteenth).empty
    assert chart_data(eighteenth)["whole-trend"]["median"].isna().all()


def test_a_hamlet_that_has_been_checked_and_is_not_in_the_report_is_there_without_a_figure(
    eighteenth,
):
    given = pd.DataFrame(
        {
            "report_date": days(18),
            "unit_code": [AN],
            "unit_name": ["Xã An Bình"],
            "place": pd.array(["2"], "string"),
            "numerator_cumulative": pd.array([7], "Int64"),
            "carried_from": pd.to_datetime([None]),
        }
    )
    table = chart_data(replace(eighteenth, places=given))["places-bars"]

    assert table["place"].to_list() == ["Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4"]
    assert table["numerator_cumulative"].isna().to_list() == [True, False, True, True]
    assert set(table["unit_code"]) == {AN}


def test_findings_are_counted_by_severity_and_rule(eighteenth):
    table = chart_data(eighteenth)["findings-kinds"]

    assert table["findings"].sum() == len(eighteenth.findings)
    assert set(zip(table["severity"], table["rule"], strict=True)) == set(
        zip(eighteenth.findings["severity"], eighteenth.findings["rule"], strict=True)
    )
