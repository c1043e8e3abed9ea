"""Who reported, when, and which of several reports counts."""

from __future__ import annotations

from datetime import time

import pandas as pd
import pytest

from briefing.params.calendar import Calendar, ChangedDeadline
from briefing.params.settings import Dates
from briefing.tables import build
from briefing.tables.exports import contract_tables
from briefing.tables.reporting import deadlines, shown_verdicts, statuses
from briefing.tables.selection import select
from tests.tables.tiny import (
    AN,
    BINH,
    CAT,
    assert_table,
    campaign,
    day,
    days,
    moment,
    report,
    reports,
    view,
)

CODES = pd.Series([AN, BINH, CAT])
DATES = Dates(start=day(15), end=day(25))
REPORTING = Calendar(first=day(16), last=day(19), deadline=time(15))
TZ = "Asia/Ho_Chi_Minh"


def judged(*records) -> pd.DataFrame:
    return select(reports(*records).assign(vouched=False), CODES, pd.Series(["CQ1"]), DATES)


def verdicts(*records) -> list[str]:
    return judged(*records)["verdict"].to_list()


def status_of(unit: str, about: int, *records) -> str | None:
    status = statuses(judged(*records), CODES, days(15, 16, 17, 18, 20), REPORTING, TZ)["status"]
    value = status[(unit, pd.Timestamp(day(about)))]
    return None if pd.isna(value) else value


def test_the_newest_usable_report_gives_the_figures_and_the_earlier_ones_are_superseded():
    assert verdicts(
        report(AN, 16, "16 10:00", 40),
        report(AN, 16, "16 14:00", 42),
        report(AN, 16, "16 16:00"),  # newer still, but not usable
    ) == ["superseded", "used", "rejected"]


def test_a_report_about_another_day_supersedes_nothing():
    assert verdicts(report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 45)) == ["used"] * 2


@pytest.mark.parametrize(
    ("at", "status"), [("16 14:59", "on_time"), ("16 15:00", "late"), ("17 09:00", "late")]
)
def test_a_report_is_on_time_before_the_deadline_and_late_from_it_on(at, status):
    assert status_of(AN, 16, report(AN, 16, at, 40)) == status


def test_the_deadline_is_that_of_the_campaigns_own_time_zone():
    owed = Calendar(first=day(16), last=day(19), deadline=time(15, 30))

    assert deadlines(days(16), owed, TZ)[0] == pd.Timestamp("2021-08-16T08:30", tz="UTC")


def test_a_deadline_that_changes_leaves_the_days_before_as_they_were_judged():
    changed = ChangedDeadline(first=day(18), deadline=time(16))
    owed = REPORTING.model_copy(update={"deadline_changes": (changed,)})

    assert [f"{moment:%d %H}" for moment in deadlines(days(16, 17, 18, 19), owed, TZ)] == [
        "16 15", "17 15", "18 16", "19 16",
    ]  # fmt: skip


def test_the_first_usable_report_decides_the_status_and_the_moment_of_receipt():
    frame = statuses(
        judged(
            report(AN, 16, "16 13:00"),  # not readable
            report(AN, 16, "16 14:00", 40),
            report(AN, 16, "16 17:00", 44),
        ),
        CODES, days(16), REPORTING, TZ,
    )  # fmt: skip

    assert frame["status"].iloc[0] == "on_time"
    assert frame["received_at"].iloc[0] == moment("16 14:00")


def test_an_unreadable_report_before_the_deadline_does_not_make_a_later_one_on_time():
    assert status_of(AN, 16, report(AN, 16, "16 14:00"), report(AN, 16, "16 17:00", 40)) == "late"


def test_a_commune_that_sent_nothing_is_missing_where_a_report_was_due_and_not_elsewhere():
    assert status_of(AN, 16) == "missing"
    assert status_of(AN, 15) is None  # before the first day of reporting
    assert status_of(AN, 20) is None  # after the last


@pytest.mark.parametrize(
    ("at", "status"),
    [
        ("15 09:00", "not_due"),
        ("16 14:59", "not_due"),
        ("16 15:00", "missing"),
        ("20 09:00", "missing"),
    ],
)
def test_before_the_deadline_nobody_is_missing(at, status):
    frame = statuses(judged(), CODES, days(15, 16), REPORTING, TZ, moment(at))["status"]

    assert frame[AN].isna().to_list() == [True, False]  # on the 15th none was due
    assert frame[AN].iloc[1] == status


def test_before_the_deadline_what_has_come_stands_as_it_stands():
    come = judged(report(AN, 16, "16 14:00", 40), report(BINH, 16, "16 14:00", form=None, rows=0))
    frame = statuses(come, CODES, days(16), REPORTING, TZ, moment("16 14:30"))["status"]

    assert (frame[AN].iloc[0], frame[BINH].iloc[0]) == ("on_time", "unreadable")


def test_a_report_outside_the_days_of_reporting_is_never_late():
    assert status_of(AN, 15, report(AN, 15, "15 20:00", 40)) == "on_time"


def test_a_form_without_rows_is_empty_and_a_file_that_gives_no_figure_is_unreadable():
    assert status_of(AN, 16, report(AN, 16, "16 10:00", rows=0)) == "empty"
    assert status_of(AN, 16, report(AN, 16, "16 10:00", rows=9)) == "unreadable"
    assert status_of(AN, 16, report(AN, 16, "16 10:00", rows=0, form=None)) == "unreadable"


def test_of_several_useless_reports_the_newest_gives_the_status():
    empty, garbled = report(AN, 16, "16 10:00", rows=0), report(AN, 16, "16 11:00", form=None)

    assert status_of(AN, 16, empty, garbled) == "unreadable"
    assert status_of(AN, 16, garbled, empty | {"received_at": moment("16 12:00")}) == "empty"


MONDAY = report(AN, 16, "16 14:00", 40, letter="same")


def test_a_copy_of_an_earlier_days_rows_counts_as_no_report():
    copy = report(AN, 17, "17 14:00", 40, letter="same")

    assert verdicts(MONDAY, copy) == ["used", "rejected"]
    assert status_of(AN, 17, MONDAY, copy) == "empty"
    assert status_of(AN, 16, MONDAY, copy) == "on_time"


def test_a_commune_that_sends_a_copy_and_then_its_own_figures_is_judged_by_the_latter():
    copy = report(AN, 17, "17 10:00", 40, letter="same")

    assert status_of(AN, 17, MONDAY, copy, report(AN, 17, "17 15:30", 44)) == "late"


def test_the_same_rows_of_another_commune_or_of_the_same_day_are_no_copy():
    twin = report(BINH, 17, "17 14:00", 40, letter="same")
    again = report(AN, 16, "16 14:30", 40, letter="same")

    assert judged(MONDAY, twin, again)["copy"].sum() == 0


def test_one_total_that_has_not_moved_is_no_copy():
    still = report(AN, 17, "17 14:00", 40, letter="same", rows=1)

    assert verdicts(MONDAY | {"rows_read": 1}, still) == ["used", "used"]


def test_a_report_about_an_earlier_day_that_comes_later_makes_no_copy_of_what_was_there():
    """What was on time stays on time when the gap before it is filled in afterwards."""
    tuesday = report(AN, 17, "17 14:00", 40, letter="same")
    filled_in = report(AN, 16, "18 08:00", 40, letter="same")

    assert status_of(AN, 17, tuesday) == "on_time"
    assert status_of(AN, 17, tuesday, filled_in) == "on_time"
    assert status_of(AN, 16, tuesday, filled_in) == "late"


def test_a_report_that_does_not_say_its_day_is_about_the_day_on_which_it_came():
    late_evening = report(AN, None, "16 23:30", 40)  # in UTC still the 16th, 16:30

    assert judged(late_evening)["report_date"].to_list() == [pd.Timestamp(day(16))]
    assert judged(report(AN, None, "17 00:30", 40))["report_date"].iloc[0] == pd.Timestamp(day(17))


@pytest.mark.parametrize("about", [14, 26])
def test_a_report_about_a_day_outside_the_campaign_is_rejected_and_placed_nowhere(about):
    frame = judged(report(AN, about, "16 10:00", 40))

    assert frame["verdict"].to_list() == ["rejected"]
    assert frame["placed"].to_list() == [False]


def test_a_report_of_nobody_known_is_rejected():
    assert verdicts(report(None, 16, "16 10:00", 40), report("99999", 16, "16 10:00", 40)) == [
        "rejected", "rejected",
    ]  # fmt: skip


def test_of_an_agencys_reports_the_newest_usable_one_counts_whatever_their_day():
    def once(at, **facts):
        return report("CQ1", int(at[:2]), at, form="mau01", **facts)

    assert verdicts(
        once("16 10:00", staff_numerator=5), once("18 10:00", staff_numerator=7), once("18 11:00")
    ) == ["superseded", "used", "rejected"]


def test_the_order_of_the_reports_changes_no_verdict_and_no_status():
    records = [
        MONDAY,
        report(AN, 17, "17 10:00", 40, letter="same"),
        report(AN, 17, "17 15:30", 44),
        report(BINH, 16, "16 14:00", 90),
        report(BINH, 16, "16 14:00", 91) | {"part": 1},  # the second report of one file
    ]
    forth, back = judged(*records), judged(*reversed(records))

    assert forth["verdict"].to_list() == back["verdict"].to_list()[::-1]
    assert forth["verdict"].to_list() == ["used", "rejected", "used", "superseded", "used"]
    pd.testing.assert_frame_equal(
        *(statuses(f, CODES, days(16, 17), REPORTING, TZ) for f in (forth, back))
    )


def test_every_commune_has_a_row_for_every_day_with_whether_a_report_was_due():
    frame = statuses(judged(), CODES, days(15, 16), REPORTING, TZ).reset_index()

    assert_table(
        frame,
        {
            "unit_code": [AN, AN, BINH, BINH, CAT, CAT],
            "report_date": [15, 16] * 3,
            "status": [pd.NA, "missing"] * 3,
            "due": [False, True] * 3,
            "received_at": [None] * 6,
        },
    )


def test_the_published_reports_name_the_file_inside_an_archive(tmp_path):
    inside = report(AN, 16, "16 14:00", 40) | {"member": "16-8/An Binh.xlsx"}

    published = contract_tables(build(view(inside), campaign(tmp_path), day(16)))["reports"]

    assert published[["file", "member"]].to_numpy().tolist() == [
        [inside["file"], "16-8/An Binh.xlsx"]
    ]


def test_a_picture_that_was_joined_to_its_report_is_not_shown_as_set_aside():
    form = report("CQ1", 16, "16 10:00", form="mau01", staff_numerator=40)
    picture = report("CQ1", 16, "16 10:01", form=None)
    frame = judged(form, picture)

    assert shown_verdicts(frame.assign(joined_to=["", "a.docx"])).to_list() == ["used", "joined"]
    assert frame["verdict"].to_list() == ["used", "rejected"]  # it is no report that counts
