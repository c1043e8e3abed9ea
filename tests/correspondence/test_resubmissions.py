"""What a corrected report changed, and where the page shows it."""

from __future__ import annotations

import pandas as pd

from briefing.documents.sections import resubmitted, set_aside
from briefing.tables.resubmissions import resubmissions
from briefing.tables.selection import select
from tests.correspondence.desk import faulty, sound
from tests.correspondence.test_returns import BROKEN
from tests.tables.tiny import AN, BINH, BODIES, assert_table, campaign, day, report, reports


def judged(tmp_path, *records):
    own = campaign(tmp_path)
    codes = own.units["unit_code"]
    return select(reports(*records).assign(vouched=False), codes, pd.Series([*BODIES]), own.dates)


def test_each_correction_stands_beside_what_it_replaces(tmp_path):
    table = resubmissions(
        judged(
            tmp_path,
            report(AN, 16, "16 10:00", 50),
            report(AN, 16, "16 14:00", 47),
            report(AN, 16, "16 17:00", 48),
            report(BINH, 16, "16 14:00", 20),
            report(AN, 17, "17 14:00", 60),
        ),
        day(16),
    )

    assert_table(
        table,
        {
            "unit_code": [AN, AN],
            "received_before": ["16 10:00", "16 14:00"],
            "received_after": ["16 14:00", "16 17:00"],
            "numerator_before": [50, 47],
            "numerator_after": [47, 48],
            "change": [-3, 1],
        },
    )


def test_an_unreadable_report_had_no_figure_not_zero(tmp_path):
    table = resubmissions(
        judged(tmp_path, report(AN, 16, "16 14:00", form=None), report(AN, 16, "16 16:00", 48)),
        day(16),
    )

    assert table["numerator_before"].isna().all() and table["change"].isna().all()
    assert table["numerator_after"].tolist() == [48]


def test_a_correction_that_cannot_be_read_changes_nothing(tmp_path):
    table = resubmissions(
        judged(tmp_path, report(AN, 16, "16 14:00", 48), report(AN, 16, "16 16:00", form=None)),
        day(16),
    )

    assert table.empty


def test_the_same_file_sent_twice_is_no_correction(tmp_path):
    twice = [report(AN, 16, at, 48) | {"sha256": "one"} for at in ("16 14:00", "16 16:00")]

    assert resubmissions(judged(tmp_path, *twice), day(16)).empty


def test_an_agency_s_correction_shows_on_the_day_it_came(tmp_path):
    both = [
        report("CQ1", None, at, form="mau01", staff_numerator=n)
        for at, n in (("16 09:00", 19), ("17 09:00", 18))
    ]
    table = judged(tmp_path, *both)

    assert resubmissions(table, day(16)).empty
    change = resubmissions(table, day(17))
    assert change[["form", "numerator_before", "numerator_after"]].values.tolist() == [
        ["mau01", 19, 18]
    ]


def test_the_page_shows_the_figure_before_and_after(desk):
    desk.put("An Binh.xlsx", faulty("Xã An Bình"), "16 14:00")
    desk.put("An Binh sua.xlsx", sound("Xã An Bình"), "16 16:30")

    (row,) = resubmitted(desk.day()).rows

    assert [cell.text.replace("\xa0", " ") for cell in row] == [
        "Xã An Bình", "14h00 ngày 16/8/2021", "33", "16h30 ngày 16/8/2021", "40", "+7",
    ]  # fmt: skip


def test_the_page_shows_nothing_where_nothing_came_again(desk):
    desk.put("An Binh.xlsx", sound("Xã An Bình"), "16 14:00")

    assert resubmitted(desk.day()) is None


def test_the_page_says_how_many_reports_go_back(desk):
    desk.put("An Binh.xlsx", faulty("Xã An Bình"), "16 14:00")
    desk.put("Binh Minh.xlsx", BROKEN, "16 14:00")

    note = set_aside(desk.day()).note

    assert "2 báo cáo được gửi trả đơn vị để sửa." in note
