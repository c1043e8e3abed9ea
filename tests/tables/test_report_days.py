"""For which day a report counts when it still says yesterday's, and what both days say of it."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.tables import tiny
from tests.tables.tiny import AN, BINH, correction, day, moment, report, view


@pytest.fixture
def campaign(tmp_path):
    return tiny.campaign(tmp_path)


def dated(about: int, at: str, numerator: int | None, **said: int) -> dict[str, Any]:
    """A report whose content says one day; `said`: the days of its name, folder, sheet, message."""
    days = {"content": [f"2021-08-{about}"]}
    days |= {source: [f"2021-08-{number}"] for source, number in said.items()}
    return report(AN, about, at, numerator, days=days)


EARLIER = dated(17, "17 14:00", 40, name=17)


def told(campaign, number: int, *records, corrections=()) -> pd.Series:
    """The row of An Bình on a day."""
    made = tiny.build_once(view(*records), campaign.corrected(tuple(corrections)), day(number))
    return made.units.set_index("unit_code").loc[AN]


def state(campaign, number: int, *records, **more) -> tuple:
    """Its status, its figure, and the day from which that is carried."""
    row = told(campaign, number, *records, **more)
    carried = None if pd.isna(row["carried_from"]) else row["carried_from"].day
    return row["status"], row["numerator_cumulative"], carried


def found(campaign, number: int, *records) -> list[str]:
    made = tiny.build_once(view(*records), campaign, day(number))
    return made.findings.loc[made.findings["rule"].eq("date_conflict"), "message"].to_list()


@pytest.mark.slow
def test_a_report_that_still_says_yesterday_counts_for_the_day_that_all_else_says(campaign):
    again = dated(17, "18 14:00", 46, name=18, folder=18)

    assert state(campaign, 17, EARLIER, again) == ("on_time", 40, None)
    assert state(campaign, 18, EARLIER, again) == ("on_time", 46, None)


@pytest.mark.slow
def test_it_is_found_on_both_days_and_read_with_low_confidence(campaign):
    again = dated(17, "18 14:00", 46, name=18, folder=18)
    made = tiny.build_once(view(EARLIER, again), campaign, day(18))

    said = ["báo cáo ghi ngày 17/8, tên tệp và thời điểm nhận là ngày 18/8; tính cho ngày 18/8"]
    assert found(campaign, 17, EARLIER, again) == said
    assert found(campaign, 18, EARLIER, again) == said
    assert made.reports["reading_confidence"].to_list() == ["high", "low"]


@pytest.mark.slow
def test_the_form_that_is_never_changed_counts_day_after_day(campaign):
    sent = (
        EARLIER,
        dated(17, "18 14:00", 46, name=18),
        dated(17, "19 14:00", 50, name=19),
    )

    assert [state(campaign, n, *sent)[1:] for n in (17, 18, 19)] == [
        (40, None),
        (46, None),
        (50, None),
    ]


@pytest.mark.slow
def test_where_yesterday_has_no_report_the_content_stands_and_today_is_not_accused(campaign):
    late = dated(17, "18 14:00", 46, name=18, folder=18)

    assert state(campaign, 17, late) == ("late", 46, None)
    assert state(campaign, 18, late) == ("unreadable", 46, 17)
    row = told(campaign, 18, late)
    assert (row["unused_file"], row["unused_date"]) == (
        late["file"].split("/")[1],
        pd.Timestamp(day(17)),
    )
    assert row["received_at"] == moment("18 14:00")
    said = [
        "báo cáo ghi ngày 17/8, nhưng theo tên tệp hoặc thời điểm nhận thì có thể là ngày 18/8; "
        "tính cho ngày 17/8"
    ]
    assert found(campaign, 17, late) == found(campaign, 18, late) == said


@pytest.mark.slow
def test_where_its_arrival_alone_says_today_it_is_noted_on_both_days(campaign):
    again = dated(17, "18 14:00", 46)

    assert state(campaign, 17, EARLIER, again) == ("on_time", 46, None)
    assert state(campaign, 18, EARLIER, again) == ("unreadable", 46, 17)
    assert len(found(campaign, 17, EARLIER, again)) == len(found(campaign, 18, EARLIER, again)) == 1


@pytest.mark.slow
def test_where_its_names_disagree_the_content_stands_and_today_is_noted(campaign):
    again = dated(17, "18 14:00", 46, name=18, folder=17)

    assert state(campaign, 17, EARLIER, again) == ("on_time", 46, None)
    assert state(campaign, 18, EARLIER, again) == ("unreadable", 46, 17)


@pytest.mark.slow
def test_a_correction_of_yesterday_whose_name_says_so_is_a_correction(campaign):
    again = dated(17, "18 09:00", 42, name=17, folder=18)

    assert state(campaign, 17, EARLIER, again) == ("on_time", 42, None)
    assert state(campaign, 18, EARLIER, again) == ("missing", 42, 17)
    assert not found(campaign, 18, EARLIER, again)


@pytest.mark.slow
def test_a_late_report_that_comes_next_morning_is_not_the_next_days(campaign):
    late, next_one = dated(17, "18 09:00", 40), dated(18, "18 14:00", 46)

    assert state(campaign, 17, late) == ("late", 40, None)
    assert state(campaign, 18, late) == ("missing", 40, 17)
    assert state(campaign, 18, late, next_one) == ("on_time", 46, None)
    assert not found(campaign, 17, late, next_one)


def test_a_report_sent_twice_with_yesterdays_day_is_not_its_own_reason_to_be_moved(campaign):
    late = dated(17, "18 13:00", 46, name=18)
    corrected = dated(17, "18 14:00", 47, name=18)

    assert state(campaign, 17, late, corrected) == ("late", 47, None)


def test_yesterdays_file_under_todays_name_is_a_copy(campaign):
    again = EARLIER | {
        "file": "18/An 18-8.xlsx",
        "received_at": moment("18 14:00"),
        "days": {"content": ["2021-08-17"], "name": ["2021-08-18"]},
    }

    assert state(campaign, 18, EARLIER, again) == ("empty", 40, 17)


@pytest.mark.slow
def test_the_reports_of_several_days_in_one_file_are_about_the_days_that_they_say(campaign):
    book = {"file": "18/An.xlsx", "sha256": "book"}
    both = (
        dated(17, "18 14:00", 41, folder=18) | book,
        dated(18, "18 14:00", 46, folder=18) | book | {"part": 1},
    )

    assert state(campaign, 17, EARLIER, *both) == ("on_time", 41, None)
    assert state(campaign, 18, EARLIER, *both) == ("on_time", 46, None)
    assert not found(campaign, 18, EARLIER, *both)


def test_a_report_that_says_tomorrow_counts_for_today(campaign):
    early = dated(18, "17 14:00", 40, name=17)

    assert state(campaign, 17, early) == ("on_time", 40, None)
    assert told(campaign, 18, early)["status"] == "missing"


@pytest.mark.slow
def test_a_day_beside_the_message_is_the_senders_own_word(campaign):
    sent_then = dated(17, "18 20:00", 41, sent=17)

    assert state(campaign, 17, EARLIER, sent_then) == ("on_time", 41, None)
    assert state(campaign, 18, EARLIER, sent_then)[0] == "missing"


def test_another_signing_day_in_the_content_speaks_for_the_day_of_arrival(campaign):
    again = dated(17, "18 14:00", 46) | {"days": {"content": ["2021-08-17", "2021-08-18"]}}

    assert state(campaign, 18, EARLIER, again) == ("on_time", 46, None)


@pytest.mark.slow
def test_a_report_that_cannot_be_read_is_held_to_its_day_likewise(campaign):
    again = dated(17, "18 14:00", None, name=18)

    assert state(campaign, 17, EARLIER, again) == ("on_time", 40, None)
    assert state(campaign, 18, EARLIER, again) == ("unreadable", 40, 17)


@pytest.mark.slow
@pytest.mark.parametrize("values", [{"found": day(18)}, {}])
def test_the_analysts_word_on_the_day_is_the_last(campaign, values):
    again = dated(17, "18 14:00", 46, name=18)
    back = correction(
        column="report_date", value=day(17), unit_code=AN, report_date=day(18), **values
    )
    known = [back]

    assert state(campaign, 17, EARLIER, again, corrections=known)[1] == 46
    assert state(campaign, 18, EARLIER, again, corrections=known)[0] == "missing"


@pytest.mark.slow
def test_a_report_of_no_day_of_the_campaign_is_noted_on_the_day_it_came(
    campaign,
):
    outside = report(AN, 17, "17 14:00", 40) | {"report_date": pd.Timestamp(2021, 7, 17).date()}

    row = told(campaign, 17, outside)
    assert (row["status"], row["unused_date"]) == ("unreadable", pd.Timestamp(2021, 7, 17))
    assert told(campaign, 18, outside)["status"] == "missing"


def test_nobody_of_several_who_may_have_sent_a_report_is_accused(campaign):
    somebody = report(None, 17, "17 14:00", 40, may_be=(AN, BINH))
    own = report(BINH, 17, "17 13:00", 90)
    made = tiny.build_once(view(somebody, own), campaign, day(17))

    assert made.units["status"].to_list() == ["unreadable", "on_time", "missing", "missing"]
    assert made.units["unused_file"].isna().to_list() == [False, True, True, True]
