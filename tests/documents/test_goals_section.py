"""Each target on the page, in words: 60 % by 18 August, 90 % by 20 August."""

import pytest

from briefing.documents.sections.goals import headline, units_goals, whole_goals
from briefing.language import language
from tests.tables import tiny
from tests.tables.tiny import AN, BINH, CAT, DONG


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
    return tiny.build_once(tiny.view(*reports), campaign, tiny.day(number))


def said(table, column: str) -> list[str]:
    place = [c.key for c in table.columns].index(column)
    return [row[place].text for row in table.rows]


def test_a_target_whose_day_is_over_is_not_reached_and_no_more_out_of_reach(campaign):
    """45 of An's 100 on the 18th itself."""
    table = units_goals(day(campaign, 19, [40, 45, 50]))

    assert said(table, "target_coverage")[:2] == ["60% by 18 Aug", "90% by 20 Aug"]
    assert said(table, "outlook")[:2] == ["not reached", "out of reach"]
    assert said(table, "numerator_needed")[:2] == ["15", "40"]
    for column in ("pace_required", "pace_observed", "pace_best", "date_likely"):
        assert said(table, column)[0] == "–"


def test_on_its_own_day_a_target_is_judged(campaign):
    assert said(units_goals(day(campaign, 18, [40, 45, 50])), "outlook")[0] == "not reached"


SHARES = {AN: 60, BINH: 119, CAT: 30, DONG: 239}  # of 100, 200, 50, 400: 448 of 750, 2 have 60 %


def whole(campaign, number: int, shares: dict, at: str = "30 09:00"):
    sent = [tiny.report(unit, 18, "18 10:00", count) for unit, count in shares.items()]
    as_of = tiny.moment(at).to_pydatetime()
    return tiny.build_once(tiny.view(*sent, as_of=at), campaign, tiny.day(number), as_of=as_of)


@pytest.mark.slow
@pytest.mark.parametrize("number", [18, 19])
def test_the_verdict_is_said_with_the_rate_of_the_day_and_who_has_reached_it(campaign, number):
    with language("vi"):
        notice = headline(whole(campaign, number, SHARES))

    assert notice.text.splitlines() == [
        "Toàn thị xã đạt 59,73%.",
        "Chỉ tiêu 60% đến 18/8: không đạt (59,73%; 2/4 xã, phường đạt).",
        "Chỉ tiêu 90% đến 20/8: chưa đủ số liệu.",
    ]
    assert notice.tone == "bad"


@pytest.mark.slow
def test_each_target_whose_day_has_come_has_its_verdict(campaign):
    enough = SHARES | {DONG: 300}  # 509 of 750
    assert headline(whole(campaign, 17, enough)).text == "No figure is known yet for 17 Aug 2021."
    assert headline(whole(campaign, 20, enough)).text.splitlines() == [
        "The whole town: 67.87%.",
        "Target of 60% by 18 Aug: reached (67.87%; 3 of 4 communes have reached it).",
        "Target of 90% by 20 Aug: not reached (67.87%; 0 of 4 communes have reached it).",
    ]


def test_while_reports_of_the_targets_day_are_still_to_come_nothing_is_concluded(campaign):
    lacking = {unit: n for unit, n in SHARES.items() if unit != DONG}
    before = tiny.report(DONG, 17, "17 10:00", 200)
    view = tiny.view(before, *(tiny.report(u, 18, "18 10:00", n) for u, n in lacking.items()))
    at = tiny.moment("18 14:00").to_pydatetime()
    early = tiny.build_once(view, campaign, tiny.day(18), as_of=at)

    assert headline(early).text.splitlines()[1] == (
        "Target of 60% by 18 Aug: reports are still to come "  # 60 + 119 + 30 + 200 of 750
        "(54.53%; 2 of 4 communes have reached it)."
    )


def test_a_whole_of_which_units_have_given_no_figure_is_not_judged(campaign):
    lines = headline(whole(campaign, 18, {AN: 60})).text.splitlines()

    assert lines == [
        "Figures of 1 of 4 communes only: 60.00% of smartphone owners there, not to be compared "
        "with the whole yet.",
        "Target of 60% by 18 Aug: can't be judged, figures of 1 of 4 communes only.",
    ]


def test_a_target_that_was_reached_is_reached_after_its_day_too(campaign):
    assert said(units_goals(day(campaign, 19, [55, 60, 65])), "outlook")[0] == "reached"


def test_of_a_unit_without_a_figure_nothing_is_said_to_be_overdue(campaign):
    assert said(units_goals(day(campaign, 19, [50])), "outlook")[2:4] == ["too few reports"] * 2


def test_while_units_have_given_no_figure_the_whole_is_not_judged(campaign):
    table = whole_goals(day(campaign, 17, [40, 45, 50]))

    assert said(table, "numerator_needed") == ["–", "–"]
    assert said(table, "date_likely") == ["Figures of 1 of 4 communes only"] * 2
