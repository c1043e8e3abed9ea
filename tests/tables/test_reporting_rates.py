"""Rates of reporting, worked by hand."""

import pandas as pd
import pytest

from briefing.documents.sections import reporting_rates, sector_rates
from briefing.tables import build
from briefing.tables.reporting_rates import rates, sectors, whole
from tests.tables import tiny


def statuses(*rows: tuple[str, int, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit_code", "day", "status"])
    return frame.assign(report_date=pd.to_datetime([f"2021-08-{day}" for day in frame["day"]]))


WEEK = statuses(
    ("A", 16, "on_time"), ("A", 17, "late"), ("A", 18, "on_time"), ("A", 19, "empty"),
    ("B", 16, "missing"), ("B", 17, "on_time"), ("B", 18, "unreadable"), ("B", 19, "missing"),
)  # fmt: skip


def test_each_unit_owes_one_report_a_day_and_an_empty_one_is_none():
    a, b = rates(WEEK, "unit_code").to_dict("records")

    assert (a["expected"], a["on_time"], a["late"], a["empty"]) == (4, 2, 1, 1)
    assert (a["completeness"], a["timeliness"]) == (0.75, 0.5)
    assert (b["missing"], b["unreadable"]) == (2, 1)
    assert (b["completeness"], b["timeliness"]) == (0.25, 0.25)


def test_the_same_counts_by_day():
    by_day = rates(WEEK, "report_date")

    assert by_day["completeness"].tolist() == [0.5, 1.0, 0.5, 0.0]
    assert by_day["timeliness"].tolist() == [0.5, 0.5, 0.5, 0.0]


def test_the_whole_has_the_rates_of_the_sums():
    both = whole(rates(WEEK, "unit_code"))

    assert both["expected"] == 8
    assert (both["completeness"], both["timeliness"]) == (0.5, 0.375)


def test_days_on_which_nothing_was_due_do_not_count_and_make_no_rate():
    counted = rates(statuses(("A", 15, None), ("A", 16, "on_time"), ("B", 15, None)), "unit_code")

    assert counted["expected"].tolist() == [1, 0]
    assert counted["timeliness"].iloc[0] == 1
    assert pd.isna(counted["timeliness"].iloc[1]) and pd.isna(counted["completeness"].iloc[1])


@pytest.mark.parametrize("by", ["unit_code", "report_date"])
def test_no_rate_exceeds_one(by):
    for rate in ("completeness", "timeliness"):
        assert rates(WEEK, by)[rate].between(0, 1).all()


def test_sectors_before_their_day_and_those_without_a_report_or_a_smartphone():
    bodies = pd.DataFrame(
        [
            ("X", "on_time", 40, 30),
            ("X", "not_due", None, None),
            ("X", "late", 10, 10),
            ("Y", "unreadable", None, None),
            ("Z", "on_time", 0, 0),
        ],
        columns=["sector", "status", "staff_denominator", "staff_numerator"],
    ).astype({"staff_denominator": "Int64", "staff_numerator": "Int64"})

    x, y, z = sectors(bodies).to_dict("records")

    assert (x["bodies"], x["reported"], x["not_due"]) == (3, 2, 1)
    assert x["completeness"] == pytest.approx(2 / 3) and x["timeliness"] == pytest.approx(1 / 3)
    assert (x["staff_denominator"], x["staff_numerator"], x["coverage"]) == (50, 40, 0.8)
    assert y["reported"] == 0 and pd.isna(y["coverage"])
    assert z["completeness"] == 1 and pd.isna(z["coverage"])


def test_the_tables_that_the_analyst_sees(tmp_path):
    reports = [
        tiny.report(tiny.AN, 16, "16 14:00", 40),
        tiny.report(tiny.AN, 17, "17 16:00", 50),
        tiny.report(tiny.BINH, 16, "16 14:00", 100),
    ]
    day = build(tiny.view(*reports), tiny.campaign(tmp_path), tiny.day(17))

    units, by_sector = reporting_rates(day), sector_rates(day)

    shown = {row[0].value or "whole": [cell.value for cell in row[1:]] for row in units.rows}
    assert shown[tiny.AN] == [2, 1, 1, 0, 0, 0, 1.0, 0.5]
    assert shown[tiny.BINH] == [2, 1, 0, 0, 0, 1, 0.5, 0.5]
    assert shown["whole"] == [8, 2, 1, 0, 0, 5, 0.375, 0.25]
    assert units.rows[0][0].value in (tiny.CAT, tiny.DONG)  # nothing in time comes first
    assert [cell.value for cell in by_sector.rows[0][1:]] == [2, 0, 0, 0, 0, 0, 2, 0.0, 0.0, None]
