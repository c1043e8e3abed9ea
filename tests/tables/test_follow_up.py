"""What came of the calls of the day before: done is only what was asked, and has happened.

Owners: An 100, Bình 200, Cát 50, Đông 400. Target 60 % by the 18th, 90 % by the 20th. Reports are
due from the 16th on; up to the 16th there is one from everybody, so that nobody is silent.
"""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.tables import Day
from briefing.tables.follow_up import answered, called
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG, correction, day, moment, report

MONDAY = (
    report(AN, 16, "16 10:00", 40),
    report(BINH, 16, "16 10:00", 100),
    report(CAT, 16, "16 10:00", 20),
    report(DONG, 16, "16 10:00", 200),
)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("tiny"))


def known(campaign, number: int, *sent, at: str = "30 09:00", corrections=()) -> Day:
    """A day by what has come by a moment; else by everything."""
    about, as_of = campaign.corrected(tuple(corrections)), moment(at).to_pydatetime()
    return tiny.build_once(tiny.view(*sent, as_of=at), about, day(number), as_of=as_of)


def came(campaign, number: int, *sent, at: str = "30 09:00", corrections=()) -> dict:
    """What came of each call of the day before `number`: unit → (ask, share, outcome)."""
    previous_day = known(campaign, number - 1, *sent, at=f"{number - 1} 23:59")
    found = answered(previous_day, known(campaign, number, *sent, at=at, corrections=corrections))
    return {
        row.unit_code: (row.ask, None if pd.isna(row.share) else row.share, row.outcome)
        for row in found.itertuples()
    }


@pytest.mark.parametrize(
    ("gained", "share", "outcome"),
    [
        (20, 1.0, "done"),  # 240 - 200 = 40 by the 18th: 20 a day
        (19, 0.95, "partly"),
        (4, 0.2, "partly"),
        (3, 0.15, "nothing"),
        (0, 0.0, "nothing"),
        (-5, None, "waiting"),  # a fall is in doubt: what it says is not known yet
    ],
)
def test_people_asked_for_are_done_once_so_many_have_been_gained_in_the_day(
    campaign, gained, share, outcome
):
    tuesday = report(DONG, 17, "17 10:00", 200 + gained)

    assert came(campaign, 17, *MONDAY, tuesday)[DONG] == ("gain", share, outcome)


@pytest.mark.slow
def test_what_was_gained_over_two_days_counts_half_a_day(campaign):
    """The 20th asked for nothing of a day: reports end with the 19th. By then Đông needs 160 more
    for the 90 % by the 20th, all of them a day; 80 in two days are a quarter of that a day."""
    known_on = [report(DONG, 18, "18 10:00", 200), report(DONG, 20, "20 10:00", 280)]
    previous_day = known(campaign, 19, known_on[0], at="18 23:59")
    wanted = called(previous_day)
    found = answered(previous_day, known(campaign, 20, *known_on))

    assert wanted.loc[wanted["unit_code"].eq(DONG), "pace_required"].tolist() == [160]
    row = found[found["unit_code"].eq(DONG)].iloc[0]
    assert (row["gained"], row["gained_days"], row["share"]) == (80, 2, 0.25)
    assert row["outcome"] == "partly"


@pytest.mark.slow
def test_until_the_figure_comes_nothing_is_said_of_the_people_asked_for(campaign):
    assert came(campaign, 17, *MONDAY)[DONG] == ("gain", None, "waiting")
    assert came(campaign, 17, *MONDAY, at="17 14:00")[DONG] == ("gain", None, "waiting")


SILENT = MONDAY[1:]  # An has sent nothing


@pytest.mark.slow
def test_a_report_asked_for_is_done_once_the_figure_of_that_day_has_come(campaign):
    later = report(AN, 16, "17 08:00", 40)

    assert came(campaign, 17, *SILENT, later)[AN] == ("report", 1.0, "done")


@pytest.mark.slow
def test_the_figure_of_the_next_day_is_not_the_one_that_was_asked_for(campaign):
    tuesday = report(AN, 17, "17 10:00", 44)

    assert came(campaign, 17, *SILENT, tuesday)[AN] == ("report", 0.0, "nothing")


FALLEN = (*MONDAY, report(BINH, 17, "17 10:00", 90))  # ten fewer than on Monday


@pytest.mark.slow
def test_a_doubt_is_not_answered_by_the_figure_of_the_next_day(campaign):
    wednesday = report(BINH, 18, "18 10:00", 95)  # below Monday's 100 still

    assert came(campaign, 18, *FALLEN, wednesday)[BINH] == ("check", 0.0, "nothing")


@pytest.mark.slow
def test_a_doubt_is_closed_by_the_report_sent_again(campaign):
    again = report(BINH, 17, "18 09:00", 110)

    assert came(campaign, 18, *FALLEN, again)[BINH] == ("check", 1.0, "done")


@pytest.mark.slow
def test_a_doubt_is_closed_by_an_entry_that_confirms_or_corrects_the_figure(campaign):
    for value in (90, 109):
        entry = correction(unit_code=BINH, report_date=day(17), found=90, value=value)

        assert came(campaign, 18, *FALLEN, corrections=[entry])[BINH] == ("check", 1.0, "done")


@pytest.mark.parametrize(("wednesday", "outcome"), [(100, "nothing"), (101, "done")])
def test_a_fall_is_overtaken_once_a_figure_stands_above_the_height_before_it(
    campaign, wednesday, outcome
):
    later = report(BINH, 18, "18 10:00", wednesday)

    assert came(campaign, 18, *FALLEN, later)[BINH][2] == outcome
    (state,) = known(campaign, 18, *FALLEN, later).anomalies["status"]
    assert state == ("overtaken" if outcome == "done" else "open")


def test_calls_repeated_on_days_in_a_row_are_counted_from_the_first_day_due(campaign):
    """Đông gains one a day and is asked for people on each day; Cát sends nothing from the 17th."""
    sent = [*MONDAY] + [
        report(unit, n, f"{n} 10:00", start + n)
        for n in (15, 17, 18, 19)
        for unit, start in ((AN, 23), (BINH, 85), (DONG, 184))
    ]
    told = []
    for number in (16, 17, 18, 19):
        previous_day = known(campaign, number - 1, *sent, at=f"{number - 1} 23:59")
        found = called(known(campaign, number, *sent, at=f"{number} 23:59"), previous_day)
        told.append(found.set_index(["unit_code", "ask"])["times"].to_dict())

    assert [of.get((DONG, "gain")) for of in told] == [1, 2, 3, 4]
    assert [of.get((CAT, "report")) for of in told] == [None, 1, 2, 3]
