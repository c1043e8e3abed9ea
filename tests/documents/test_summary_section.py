"""What the head of the page and its summary say, in sentences."""

from __future__ import annotations

import pytest

from briefing.documents.sections import calls_came, headline, summary
from briefing.language import language
from tests.tables import six_days, tiny
from tests.tables.tiny import AN, BINH, DENOMINATOR, build_once, day, moment, report


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return six_days.campaign(tmp_path_factory.mktemp("six"))


def sentences(campaign, *totals: int) -> str:
    """The summary of the last day; all four communes report that share (in %) of their owners."""
    sent = [
        report(unit, on, f"{on} 14:00", denominator * total // 100)
        for on, total in enumerate(totals, start=16)
        for unit, denominator in DENOMINATOR.items()
    ]
    with language("en"):
        made = build_once(tiny.view(*sent), campaign, day(15 + len(totals)))
        return " ".join([headline(made).text, *summary(made).items])


@pytest.mark.slow
def test_after_a_fall_the_pace_is_not_said_to_be_enough_nor_to_be_too_little(campaign):
    # 40 → 74 → 73: (255 - 8) / 2 = 123.8 a day, where 15 in 3 days are needed
    said = sentences(campaign, 40, 74, 73)

    assert "The total has fallen" in said
    assert "below" not in said and "enough" not in said


@pytest.mark.slow
def test_the_chance_to_reach_the_target_in_time_is_said_from_three_days_on(campaign):
    # 75 % are wanted by the 20th, in two days; at the pace of 40, 57, 74 one is enough
    assert "(chance: about 2 in 10)." in sentences(campaign, 40, 54, 55)
    assert "(chance: under 1 in 20)." in sentences(campaign, 40, 42, 44)
    assert "(chance: over 19 in 20), if the figures in doubt are right." in sentences(
        campaign, 40, 57, 74
    )
    assert "chance" not in sentences(campaign, 40, 54)
    assert "chance" not in sentences(campaign, 40, 60, 76)  # reached already


@pytest.mark.slow
def test_the_rise_of_two_days_is_ranked_by_the_day_and_marked(campaign):
    """An 9 points in a day; Bình 16 in two, which are 8 a day."""
    sent = [report(AN, n, f"{n} 10:00", v) for n, v in ((16, 40), (17, 41), (18, 50))]
    sent += [report(BINH, n, f"{n} 10:00", v) for n, v in ((16, 100), (18, 132))]
    first = " ".join(lines(campaign, *sent, on=18))
    more = report(BINH, 18, "18 11:00", 140)  # 20 in two: 10 a day
    second = " ".join(lines(campaign, *sent, more, on=18))

    assert "largest rise: Xã An Bình (9.00 percentage points)" in first.replace("\u00a0", " ")
    assert "Xã Bình Minh (20.00 percentage points (2 days))" in second.replace("\u00a0", " ")


# What looks wrong, and what came of the calls

MONDAY = (report(AN, 16, "16 10:00", 40), report(BINH, 16, "16 10:00", 100))
TUESDAY = (report(AN, 17, "17 10:00", 38), report(BINH, 17, "17 10:00", 105))  # two fewer


def lines(campaign, *sent, on: int) -> list[str]:
    """The summary of a day."""
    with language("en"):
        return [*summary(build_once(tiny.view(*sent), campaign, day(on))).items]


def test_what_looks_wrong_is_said_with_the_unit_and_why(campaign):
    assert "To be checked: Xã An Bình (cumulative has fallen)." in lines(
        campaign, *MONDAY, *TUESDAY, on=17
    )


@pytest.mark.slow
def test_that_nothing_looks_wrong_is_said_too_once_there_is_a_figure(campaign):
    assert "No figure is waiting to be checked." in lines(campaign, *MONDAY, on=16)
    assert not any("checked" in line for line in lines(campaign, on=16))


def test_what_came_of_the_calls_of_the_day_before_is_counted(campaign):
    """Three were called on Monday: Bình Minh has moved, two are silent still."""
    end = moment("16 23:59").to_pydatetime()
    previous_day = build_once(tiny.view(*MONDAY), campaign, day(16), as_of=end)
    with language("en"):
        said = calls_came(
            previous_day, build_once(tiny.view(*MONDAY, *TUESDAY), campaign, day(17))
        ).text

    assert said == (
        "What came of the 3 calls of 16 Aug: partly 1 (Xã Bình Minh); "
        "no progress yet 1 (Xã Đông Hải); waiting for figures 1 (Xã An Bình)."
    )
