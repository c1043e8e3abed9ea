"""The campaign of `six_days`, worked out by hand, at two moments of knowledge."""

from __future__ import annotations

import pytest

from briefing.catalog.tables import COLUMNS
from briefing.tables import Day, build
from briefing.tables.changes import changes
from briefing.tables.exports import contract_tables
from briefing.tables.reporting_rates import sectors
from tests.tables import six_days
from tests.tables.six_days import (
    BODIES_NOW,
    BODIES_THEN,
    NA,
    NOW,
    OFFICES,
    SENT,
    THEN,
    UNIONS,
    UNITS_NOW,
    UNITS_THEN,
    WHOLE_NOW,
    WHOLE_THEN,
    paper,
)
from tests.tables.tiny import BINH, DONG, assert_table, day, moment


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return six_days.campaign(tmp_path_factory.mktemp("six"))


@pytest.fixture(scope="module")
def known(campaign):
    """Day of August and moment → its tables, made once."""
    made = {}

    def of_day(number: int, as_of: str) -> Day:
        if (number, as_of) not in made:
            view = paper(*SENT, as_of=as_of)
            made[number, as_of] = build(view, campaign, day(number), as_of=moment(as_of))
        return made[number, as_of]

    return of_day


CASES = {
    "communes, at 15:00 of the 19th": (19, THEN, "units", UNITS_THEN),
    "the town, at 15:00 of the 19th": (19, THEN, "whole", WHOLE_THEN),
    "agencies, at 15:00 of the 19th": (19, THEN, "bodies", BODIES_THEN),
    "communes, on the 22nd": (21, NOW, "units", UNITS_NOW),
    "the town, on the 22nd": (21, NOW, "whole", WHOLE_NOW),
    "agencies, on the 22nd": (21, NOW, "bodies", BODIES_NOW),
}


@pytest.mark.parametrize("case", CASES)
def test_every_cell_is_as_worked_out_by_hand(known, case):
    number, as_of, name, expected = CASES[case]
    table = contract_tables(known(number, as_of))[name]

    assert [*expected] == COLUMNS[name]  # no column is left out of the hand-worked table
    assert_table(table, expected)


def test_each_day_of_each_commune_as_known_in_the_end(known):
    history = known(21, NOW).history
    figures = history.pivot(index="report_date", columns="unit_code", values="numerator_cumulative")
    status = history.pivot(index="report_date", columns="unit_code", values="status")

    assert figures.iloc[1:].to_numpy().tolist() == [
        [40, 100, 21, 200],
        [46, 100, 27, 200],
        [46, 120, 34, 240],
        [60, 124, 34, 240],
        [72, 124, 42, 262],
        [72, 190, 50, 250],
    ]
    assert status.iloc[1:].to_numpy().tolist() == [
        ["on_time", "on_time", "late", "late"],
        ["on_time", "missing", "on_time", "unreadable"],
        ["empty", "on_time", "on_time", "on_time"],
        ["late", "on_time", "missing", "on_time"],
        ["on_time", "empty", "on_time", "late"],
        ["missing", "on_time", "on_time", "on_time"],
    ]


@pytest.mark.slow
def test_what_has_changed_of_the_19th_since_its_meeting_and_by_which_report(known):
    then, now = known(19, THEN), known(19, NOW)

    assert_table(
        changes(then, now),
        {
            "unit_code": [DONG, DONG, DONG, BINH, "CQ1", *["CQ2"] * 4],
            "report_date": [16, 16, 16, 18, *[None] * 5],
            "column": [
                "numerator_cumulative",
                "status",
                "reading",
                "numerator_cumulative",
                "staff_numerator",
                "staff_total",
                "staff_denominator",
                "staff_numerator",
                "status",
            ],
            "known_then": [NA, "missing", NA, "130", "20", NA, NA, NA, NA],
            "known_now": ["200", "late", "per_person", "120", "22", "12", "10", "10", "late"],
            "cause": ["report"] * 9,
            "received_at": [
                "20 08:00",
                "20 08:00",
                "20 08:00",
                "20 10:00",
                "20 09:00",
                *["20 09:30"] * 4,
            ],
        },
    )


@pytest.mark.slow
def test_what_has_changed_of_the_18th_since_its_meeting_and_what_the_whole_has_lost_by_it(known):
    told = changes(known(18, "18 15:00"), known(18, NOW))

    of_units = told[told["report_date"].notna()]
    assert_table(  # 46 + 130 + 34 + 240 = 450, then 46 + 120 + 34 + 240 = 440; of 750
        of_units[of_units["report_date"].eq("2021-08-18")],
        {
            "unit_code": [BINH, "T", "T"],
            "unit_name": ["Xã Bình Minh", "toàn thị xã", "toàn thị xã"],
            "column": ["numerator_cumulative", "numerator_cumulative", "coverage"],
            "known_then": ["130", "450", "0.6"],
            "known_now": ["120", "440", "0.586667"],
            "cause": ["report", "units", "units"],
            "received_at": ["20 10:00", None, None],
        },
    )


def test_a_fall_is_said_at_its_meeting_and_no_more_once_the_figure_before_it_is_corrected(known):
    def falls(number: int, as_of: str) -> list[str]:
        found = known(number, as_of).findings
        return found.loc[found["rule"].eq("cumulative_decrease"), "unit_code"].to_list()

    assert falls(19, THEN) == [BINH]  # 130 → 124
    assert falls(19, NOW) == []  # 120 → 124
    assert falls(21, NOW) == [DONG]  # 262 → 250


def test_the_sectors_before_and_after_the_agencies_own_day(known):
    before, after = (sectors(known(*when).bodies) for when in ((19, THEN), (21, NOW)))

    assert_table(
        before,
        {
            "sector": [OFFICES, UNIONS],
            "bodies": [2, 2],
            "reported": [1, 1],
            "on_time": [1, 1],
            "late": [0, 0],
            "missing": [0, 0],
            "not_due": [1, 1],
            "coverage": [0.8, 0.75],
        },
    )
    assert_table(
        after,
        {
            "sector": [OFFICES, UNIONS],
            "reported": [2, 1],
            "on_time": [1, 1],
            "late": [1, 0],
            "missing": [0, 1],
            "not_due": [0, 0],
            "completeness": [1.0, 0.5],
            "timeliness": [0.5, 0.5],
            "coverage": [32 / 35, 0.75],  # (22 + 10) / (25 + 10)
        },
    )
