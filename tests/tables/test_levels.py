"""A province of two districts of two communes each, worked by hand.

Owners: An Hòa 100, An Trung 300 (An Lão); An Hòa 200, Bok Tới 400 (Hoài Ân).

| day | An Hòa (AL) | An Trung   | An Hòa (HA) | Bok Tới    |
|-----|-------------|------------|-------------|------------|
| 16  | 40 in time  | 90 in time | 100 in time | nothing    |
| 17  | 50 in time  | nothing    | 130 late    | 80 in time |
"""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.params import Campaign
from briefing.register.view import View
from briefing.tables import build, levels
from briefing.tables.day import Day
from briefing.tables.levels import folded, nodes, under
from tests.params.provinces import (
    AN_HOA,
    AN_HOA_TOO,
    AN_LAO,
    AN_TRUNG,
    BOK_TOI,
    HOAI_AN,
    many,
    province_folder,
)
from tests.tables.tiny import assert_table, day, report, rows, view

REPORTS = (
    report(AN_HOA, 16, "16 14:00", 40),
    report(AN_TRUNG, 16, "16 14:10", 90),
    report(AN_HOA_TOO, 16, "16 14:20", 100),
    report(AN_HOA, 17, "17 14:00", 50),
    report(AN_HOA_TOO, 17, "17 15:30", 130),
    report(BOK_TOI, 17, "17 14:30", 80),
)
SUMS = (
    "denominator", "numerator_cumulative", "numerator_carried", "numerator_new",
    "units_counted", "reports_expected", "reports_on_time", "reports_late", "reports_missing",
)  # fmt: skip


@pytest.fixture(scope="module")
def province(tmp_path_factory) -> Campaign:
    return Campaign.load(province_folder(tmp_path_factory.mktemp("province")))


@pytest.fixture(scope="module")
def whole(province) -> Day:
    return build(view(*REPORTS), province, day(17))


def test_a_districts_figures_are_the_sums_of_its_own_units(whole):
    an_lao = under(whole, AN_LAO).whole

    assert_table(
        an_lao[["report_date", *SUMS]],
        {
            "report_date": [15, 16, 17],
            "denominator": [None, 400, 400],
            "numerator_cumulative": [None, 130, 140],
            "numerator_carried": [None, 0, 90],
            "numerator_new": [None, None, 10],
            "units_counted": [0, 2, 2],
            "reports_expected": [0, 2, 2],
            "reports_on_time": [0, 2, 1],
            "reports_late": [0, 0, 0],
            "reports_missing": [0, 0, 1],
        },
    )
    assert an_lao["coverage"].iloc[-1] == pytest.approx(0.35)


@pytest.mark.parametrize("column", SUMS)
def test_the_children_of_a_unit_add_up_to_it_on_every_day(whole, column):
    each = pd.concat([node.whole for node in nodes(whole).values()])

    sums = each.groupby("report_date")[column].sum(min_count=1)

    assert sums.to_list() == whole.whole[column].to_list()


def test_a_district_ranks_its_own_units_and_holds_nothing_of_the_others(whole):
    hoai_an = under(whole, HOAI_AN)

    assert_table(
        hoai_an.units,
        {"unit_code": [AN_HOA_TOO, BOK_TOI], "rank": [1, 2], "numerator_cumulative": [130, 80]},
    )
    assert set(hoai_an.reports["unit_code"]) == {AN_HOA_TOO, BOK_TOI}
    assert set(hoai_an.history["unit_code"]) == {AN_HOA_TOO, BOK_TOI}


@pytest.mark.slow
def test_a_doubt_about_a_unit_stands_on_the_page_of_its_district_alone(province):
    fallen = report(AN_HOA, 17, "17 16:00", 30)

    then = build(view(*REPORTS, fallen), province, day(17))

    assert under(then, AN_LAO).in_doubt["unit_code"].to_list() == [AN_HOA]
    assert under(then, HOAI_AN).in_doubt.empty


@pytest.mark.slow
def test_a_phone_in_two_districts_names_no_unit_of_the_other(province):
    seen = view(*REPORTS)
    both = rows(
        *({"report": n, "cell": "Sheet1!D12", "phone": "a hash", "value": 5} for n in (3, 4))
    )
    then = build(View(seen.reports, both, seen.findings), province, day(17))

    [message] = under(then, AN_LAO).findings.loc[
        lambda found: found["rule"].eq("phone_in_two_units"), "message"
    ]
    assert "Hoài Ân" not in message and "An Hòa" not in message


def test_a_table_for_each_level_between_holds_its_units_with_their_places(whole):
    [table] = levels.levels(whole).items()

    assert table[0] == "districts"
    assert_table(
        table[1],
        {
            "unit_code": [AN_LAO, HOAI_AN],
            "unit_name": ["Huyện An Lão", "Huyện Hoài Ân"],
            "numerator_cumulative": [140, 210],
            "denominator": [400, 600],
            "rank": [1, 1],
            "reports_late": [0, 1],
        },
    )


def test_of_few_units_each_has_a_row_of_its_own(whole):
    assert folded(whole) is whole


@pytest.mark.slow
def test_more_than_60_units_are_shown_by_the_level_above_them(tmp_path):
    at_most, more = (
        Campaign.load(many(tmp_path / name, n)) for name, n in (("60", 30), ("62", 31))
    )
    sent = [report(f"AL{n:02}", 16, "16 14:00", 50) for n in range(30)]

    short, long = (folded(build(view(*sent), one, day(16))) for one in (at_most, more))

    assert len(short.units) == 60
    assert_table(
        long.units,
        {
            "unit_code": [AN_LAO, HOAI_AN],
            "numerator_cumulative": [1500, None],
            "denominator": [3000, None],
            "reports_missing": [1, 31],
        },
    )
    assert str(long.campaign.terms.units) == "huyện"


@pytest.mark.slow
def test_a_district_is_in_doubt_where_one_of_its_units_is(tmp_path):
    sent = [
        report("AL00", 16, "16 14:00", 50),
        report("AL00", 17, "17 14:00", 20),
        report("HA00", 17, "17 14:00", 20),
    ]

    doubts = folded(build(view(*sent), Campaign.load(many(tmp_path, 31)), day(17))).in_doubt

    assert_table(
        doubts,
        {"unit_code": [AN_LAO], "doubts": ["cumulative_decrease"], "since": [17],
         "numerator_moved": [-30]},
    )  # fmt: skip
