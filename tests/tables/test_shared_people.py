"""People whom two units count: a doubt with a life, of the figures that they are in."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.register.view import View
from briefing.tables import Day, build
from briefing.tables.lineage import Tracer
from briefing.tables.shared_people import shared_people
from tests.tables.tiny import (
    AN,
    BINH,
    CAT,
    campaign,
    correction,
    day,
    found,
    report,
    reports,
    rows,
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


def known(tiny, number: int, *sent: tuple, reading: str = "roster_all", figure: int = 40) -> Day:
    """Units with the day that their list is about and its phones, one letter each."""
    records = [
        report(unit, about, f"{about} {10 + at % 9}:00", figure, reading=reading)
        for at, (unit, about, _phones) in enumerate(sent)
    ]
    data = [
        {"report": at, "cell": f"Sheet1!E{8 + n}", "phone": phone, "value": 4}
        for at, (_unit, _about, phones) in enumerate(sent)
        for n, phone in enumerate(phones)
    ]
    return build(View(reports(*records), rows(*data), found()), tiny, day(number))


def doubts(made: Day) -> list[tuple]:
    told = made.anomalies[made.anomalies["rule"].eq("people_in_two_units")]
    return [
        (unit, on.day, status, None if pd.isna(moved) else moved)
        for unit, on, status, moved in told[
            ["unit_code", "report_date", "status", "numerator_moved"]
        ].itertuples(index=False)
    ]


def test_the_figures_of_both_units_are_in_doubt_by_the_people_that_both_count(tiny):
    made = known(tiny, 16, (AN, 16, "abc"), (BINH, 16, "xbc"), (CAT, 16, "mn"))

    assert doubts(made) == [(AN, 16, "open", 2), (BINH, 16, "open", 2)]
    assert set(made.in_doubt["unit_code"]) == {AN, BINH}
    assert made.whole["coverage_sure"].iloc[-1] == pytest.approx((120 - 4) / 350)
    asked = made.findings[made.findings["rule"].eq("people_in_two_units")]
    assert asked["message"].to_list() == ["2 người tính ở đây cũng được tính ở đơn vị khác"] * 2


@pytest.mark.slow
def test_a_list_that_counts_on_opens_no_second_doubt_of_the_same_people(tiny):
    made = known(tiny, 17, (AN, 16, "abc"), (BINH, 16, "xbc"), (AN, 17, "abcd"), (BINH, 17, "xbcy"))

    assert doubts(made) == [(AN, 16, "open", 2), (BINH, 16, "open", 2)]
    assert dict(made.in_doubt[["unit_code", "numerator_moved"]].to_numpy()) == {AN: 2, BINH: 2}


def test_people_who_come_to_it_later_are_a_doubt_of_their_own(tiny):
    made = known(tiny, 17, (AN, 16, "ab"), (BINH, 16, "xb"), (AN, 17, "abx"), (BINH, 17, "xbq"))

    assert doubts(made) == [
        (AN, 16, "open", 1), (BINH, 16, "open", 1), (AN, 17, "open", 1), (BINH, 17, "open", 1),
    ]  # fmt: skip


def test_a_doubt_ends_with_the_list_of_either_unit_that_no_longer_has_them(tiny):
    made = known(tiny, 17, (AN, 16, "abc"), (BINH, 16, "xbc"), (BINH, 17, "xyz"))

    assert doubts(made) == [(AN, 16, "resubmitted", None), (BINH, 16, "resubmitted", None)]
    assert made.in_doubt.empty


@pytest.mark.slow
def test_a_list_of_one_day_need_not_name_again_whom_it_is_added_to(tiny):
    lists = ((AN, 16, "abc"), (BINH, 16, "xbc"), (BINH, 17, "z"))
    made = known(tiny, 17, *lists, reading="roster_today")

    assert [one[:3] for one in doubts(made) if one[0] == BINH] == [(BINH, 16, "open")]


@pytest.mark.slow
def test_a_list_that_is_sent_again_without_them_answers_the_doubt(tiny):
    made = known(tiny, 16, (AN, 16, "abc"), (BINH, 16, "xbc"), (BINH, 16, "xyz"))

    assert doubts(made) == [(BINH, 16, "resubmitted", None)]


@pytest.mark.parametrize(("value", "status"), [(40, "confirmed"), (38, "corrected")])
def test_an_entry_confirms_or_corrects_the_figure_and_closes_the_doubt(tiny, value, status):
    entry = correction(unit_code=AN, report_date=day(16), found=40, value=value, when=day(16))
    made = known(tiny.corrected((entry,)), 16, (AN, 16, "abc"), (BINH, 16, "xbc"))

    assert doubts(made) == [(AN, 16, status, None), (BINH, 16, "open", 2)]


def test_campaigners_move_the_total_by_what_they_have_counted(tiny):
    made = known(tiny, 16, (AN, 16, "abc"), (BINH, 16, "xbc"), reading="per_person")

    assert [one[3] for one in doubts(made)] == [8, 8]


@pytest.mark.parametrize("reading", ["per_place", "running", "total", "ratio", "percent"])
def test_a_report_that_counts_no_persons_is_not_in_doubt_by_its_phones(tiny, reading):
    assert not doubts(known(tiny, 16, (AN, 16, "abc"), (BINH, 16, "xbc"), reading=reading))


@pytest.mark.parametrize(("figure", "opened"), [(50, 2), (51, 0)])
def test_fewer_people_than_a_fiftieth_of_the_figure_leave_it_as_it_is(tiny, figure, opened):
    made = known(tiny, 16, (AN, 16, "ab"), (BINH, 16, "xb"), figure=figure)

    assert len(doubts(made)) == opened


def written_by(count: int) -> pd.DataFrame:
    """What is found where so many units list one number."""
    units = pd.DataFrame(
        {
            "unit_code": [f"{n}" for n in range(count)],
            "report_date": pd.Timestamp("2021-08-16"),
            "report": pd.array(range(count), dtype="Int64"),
            "carried_from": pd.NaT,
            "numerator_cumulative": pd.array([40] * count, dtype="Int64"),
        }
    )
    data = rows(*({"report": n, "cell": "A!E8", "phone": "hotline"} for n in range(count)))
    return shared_people(units, data, pd.Series(["roster_all"] * count))


@pytest.mark.parametrize(("units", "told"), [(6, 6), (7, 0)])
def test_a_number_that_more_than_six_units_list_is_an_offices_and_counts_nobody(units, told):
    assert len(written_by(units)) == told


@pytest.mark.slow
def test_the_people_in_doubt_are_traced_to_the_report_that_counts_them(tiny):
    made = known(tiny, 16, (AN, 16, "abc"), (BINH, 16, "xbc"), (CAT, 16, "mn"))
    tracer = Tracer(made, rows())
    waiting = tracer.step("T", "numerator_doubtful")

    assert (waiting.value, [part.value for part in waiting.parts]) == (4, [2, 2])
    assert [part.parts[0].rule for part in waiting.parts] == ["phones", "phones"]
    assert tracer.step("T", "coverage_sure").adds_up
