"""Each target on the page, in words: 60 % by 18 August, 90 % by 20 August."""

import pytest

from briefing.documents.sections.goals import units_goals, whole_goals
from briefing.messages import language
from briefing.tables import build
from tests.tables import tiny
from tests.tables.tiny import AN


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return tiny.campaign(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


def day(campaign, number: int, figures: list[int]):
    """An Bình (100 owners) reports these figures on the days up to `number`, the others nothing."""
    first = number - len(figures) + 1
    reports = [tiny.report(AN, first + n, f"{first + n} 10:00", v) for n, v in enumerate(figures)]
    return build(tiny.view(*reports), campaign, tiny.day(number))


def said(table, column: str) -> list[str]:
    place = [c.key for c in table.columns].index(column)
    return [row[place].text for row in table.rows]


def test_a_target_whose_day_is_over_is_overdue_and_not_out_of_reach(campaign):
    table = units_goals(day(campaign, 19, [40, 45, 50]))

    assert said(table, "target_coverage")[:2] == ["60% by 18 Aug", "90% by 20 Aug"]
    assert said(table, "outlook")[:2] == ["overdue", "out of reach"]
    assert said(table, "date_likely")[0].startswith("about 21 Aug")  # 5 a day from 50


def test_on_its_own_day_a_target_is_not_overdue_yet(campaign):
    assert said(units_goals(day(campaign, 18, [40, 45, 50])), "outlook")[0] == "out of reach"


def test_a_target_that_was_reached_is_reached_after_its_day_too(campaign):
    assert said(units_goals(day(campaign, 19, [55, 60, 65])), "outlook")[0] == "reached"


def test_of_a_unit_without_a_figure_nothing_is_said_to_be_overdue(campaign):
    assert said(units_goals(day(campaign, 19, [50])), "outlook")[2:4] == ["too few reports"] * 2


def test_while_units_have_given_no_figure_the_whole_is_not_judged(campaign):
    table = whole_goals(day(campaign, 17, [40, 45, 50]))

    assert said(table, "installs_needed") == ["–", "–"]
    assert said(table, "date_likely") == ["Figures of 1 of 4 communes only"] * 2
