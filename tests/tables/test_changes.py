"""What was known then against what is known now, on a campaign small enough to add up by hand."""

import pandas as pd
import pytest

from briefing.tables import build
from briefing.tables.changes import changes
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, moment


def known(tmp_path, reports, upto: str):
    """The day 17 August as it was known at a moment."""
    come = [report for report in reports if report["received_at"] <= moment(upto)]
    return build(tiny.view(*come), tiny.campaign(tmp_path), tiny.day(17), as_of=moment(upto))


REPORTS = [
    tiny.report(AN, 16, "16 14:00", 40),
    tiny.report(AN, 17, "17 14:00", 50),
    tiny.report(BINH, 16, "16 14:00", 100),
    tiny.report(AN, 17, "17 19:00", 45),  # a correction
    tiny.report(BINH, 17, "18 08:00", 110),  # late
]


@pytest.mark.slow
def test_where_nothing_has_come_nothing_has_changed(tmp_path):
    then, now = known(tmp_path, REPORTS, "15 09:00"), known(tmp_path, REPORTS, "15 10:00")

    assert changes(then, now).empty


@pytest.mark.slow
def test_a_table_of_two_days_is_kept_for_those_two_and_cannot_be_spoilt(tmp_path):
    then, later = known(tmp_path, REPORTS, "17 15:00"), known(tmp_path, REPORTS, "17 20:00")
    now = known(tmp_path, REPORTS, "18 09:00")

    first = changes(then, now)
    first["known_now"] = "spoilt"

    assert changes(then, now)["known_now"].tolist() == ["45", "110", "late", "per_person", "155",
                                                        "0.516667"]  # fmt: skip
    assert AN not in changes(later, now)["unit_code"].tolist()  # its correction was known by then


@pytest.mark.slow
def test_each_number_that_changed_names_the_report_that_changed_it(tmp_path):
    then, now = known(tmp_path, REPORTS, "17 15:00"), known(tmp_path, REPORTS, "18 09:00")

    told = changes(then, now)

    rows = told[["unit_code", "column", "known_then", "known_now", "cause"]].astype(object)
    assert rows.where(rows.notna(), None).to_numpy().tolist() == [
        [AN, "numerator_cumulative", "50", "45", "report"],
        [BINH, "numerator_cumulative", None, "110", "report"],
        [BINH, "status", "missing", "late", "report"],
        [BINH, "reading", None, "per_person", "report"],
        ["T", "numerator_cumulative", "150", "155", "units"],  # 50 + 100 carried; 45 + 110
        ["T", "coverage", "0.5", "0.516667", "units"],  # of 300: the two that have a figure
    ]
    assert set(told["report_date"]) == {pd.Timestamp("2021-08-17")}
    assert told["received_at"].tolist()[:2] == [moment("17 19:00"), moment("18 08:00")]
    assert told["file"].iloc[0] == REPORTS[3]["file"]


@pytest.mark.slow
def test_a_carried_figure_changes_with_the_day_that_it_is_from_and_is_told_once(tmp_path):
    reports = [tiny.report(AN, 16, "16 14:00", 40), tiny.report(AN, 16, "17 18:00", 44)]
    then, now = known(tmp_path, reports, "17 15:00"), known(tmp_path, reports, "17 19:00")

    told = changes(then, now)

    of_units = told[told["unit_code"].ne("T")]
    assert of_units[["report_date", "known_then", "known_now"]].to_numpy().tolist() == [
        [pd.Timestamp("2021-08-16"), "40", "44"]
    ]


@pytest.mark.slow
def test_a_figure_that_a_correction_has_changed_since_says_so(tmp_path):
    reports = [tiny.report(AN, 17, "17 14:00", 500)]
    entry = tiny.correction(unit_code=AN, report_date=tiny.day(17), value=50, when=tiny.day(18))
    campaign = tiny.campaign(tmp_path).corrected((entry,))
    then, now = (
        build(tiny.view(*reports), campaign, tiny.day(17), as_of=moment(at))
        for at in ("17 15:00", "18 09:00")
    )

    told = changes(then, now)

    assert told.loc[0, ["known_then", "known_now", "cause"]].to_list() == [
        "500",
        "50",
        "correction",
    ]
    assert told.loc[0, "file"] == reports[0]["file"]


@pytest.mark.slow
def test_a_figure_that_counts_on_from_a_day_that_has_changed_says_so(tmp_path):
    reports = [
        tiny.report(AN, 16, "16 14:00", 40),
        tiny.report(AN, 17, "17 14:00", 5, reading="increment"),  # 40 + 5
        tiny.report(AN, 16, "17 19:00", 43),  # then 43 + 5
    ]
    then, now = known(tmp_path, reports, "17 15:00"), known(tmp_path, reports, "17 20:00")

    told = changes(then, now)

    of_unit = told[told["unit_code"].eq(AN)]
    assert of_unit[["report_date", "known_then", "known_now", "cause"]].to_numpy().tolist() == [
        [pd.Timestamp("2021-08-16"), "40", "43", "report"],
        [pd.Timestamp("2021-08-17"), "45", "48", "earlier_report"],
    ]


@pytest.mark.slow
def test_a_body_that_is_overdue_by_the_day_alone_has_not_changed(tmp_path):
    campaign = tiny.campaign(tmp_path)
    then, now = (build(tiny.view(), campaign, tiny.day(number)) for number in (19, 20))

    assert set(now.bodies["status"]) == {"missing"} != set(then.bodies["status"])
    assert changes(then, now).empty


def test_nothing_new_changes_nothing(tmp_path):
    day = known(tmp_path, REPORTS, "17 15:00")

    assert changes(day, day).empty
