"""The bodies that report once."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.params.settings import BodyReporting, Dates
from briefing.tables.bodies import bodies
from briefing.tables.selection import select
from tests.tables.tiny import BODIES, assert_table, day, moment, report, reports

NA = pd.NA
EXPECTED = pd.DataFrame(
    {"body_code": [*BODIES], "name": [*BODIES.values()], "sector": "Phòng, ban"}
)
DUE = BodyReporting(due=day(19), target=1.0)


def once(code: str, at: str, total=None, smartphone=None, installed=None, photo=False):
    facts = {"staff_total": total, "staff_denominator": smartphone, "qr_photo": photo}
    if installed is not None:
        facts["staff_numerator"] = installed
    return report(code, None, at, form="mau01", **facts)


def table(number: int, *records, due: BodyReporting = DUE) -> pd.DataFrame:
    dates = Dates(start=day(15), end=day(25))
    judged = select(
        reports(*records).assign(vouched=False),
        pd.Series(["00001"]),
        EXPECTED["body_code"],
        dates,
    )
    return bodies(judged, EXPECTED, due, day(number), "Asia/Ho_Chi_Minh")


def status(number: int, *records) -> str:
    return table(number, *records)["status"].iloc[0]


def test_coverage_is_installed_over_with_a_smartphone_and_every_one_of_them_is_the_target():
    assert_table(
        table(20, once("CQ1", "18 09:00", 20, 16, 12, photo=True)),
        {
            "body_code": ["CQ1", "CQ2"],
            "body_name": ["Phòng Nội vụ", "Phòng Tư pháp"],
            "staff_total": [20, NA],
            "staff_denominator": [16, NA],
            "staff_numerator": [12, NA],
            "coverage": [0.75, NA],  # 12/16
            "numerator_needed": [4, NA],  # 16 - 12
            "qr_posted": [True, NA],
            "status": ["on_time", "missing"],
            "received_at": ["18 09:00", None],
        },
    )


def test_coverage_above_one_is_kept_and_nothing_more_is_needed():
    row = table(20, once("CQ1", "18 09:00", 20, 16, 20)).iloc[0]

    assert (row["coverage"], row["numerator_needed"]) == (1.25, 0)  # 20/16


@pytest.mark.parametrize("smartphone", [0, None])
def test_without_anybody_with_a_smartphone_there_is_no_coverage(smartphone):
    row = table(20, once("CQ1", "18 09:00", 20, smartphone, 0)).iloc[0]

    assert row[["coverage", "numerator_needed"]].isna().all()


@pytest.mark.parametrize(
    ("at", "word"), [("18 09:00", "on_time"), ("19 23:59", "on_time"), ("20 00:00", "late")]
)
def test_an_agency_is_on_time_until_the_end_of_the_due_day(at, word):
    assert status(21, once("CQ1", at, 20, 16, 12)) == word


@pytest.mark.parametrize(("number", "word"), [(18, "not_due"), (19, "not_due"), (20, "missing")])
def test_an_agency_that_has_not_reported_is_missing_only_once_the_due_day_is_past(number, word):
    assert status(number) == word


def test_the_first_usable_report_decides_the_status_and_the_newest_the_figures():
    row = table(
        22,
        once("CQ1", "18 08:00"),
        once("CQ1", "18 09:00", 20, 16, 12),
        once("CQ1", "21 09:00", 20, 16, 14),
    ).iloc[0]

    assert (row["status"], row["received_at"]) == ("on_time", moment("18 09:00"))
    assert row["staff_numerator"] == 14


def test_a_report_without_its_figure_is_unreadable_and_its_arrival_is_kept():
    row = table(22, once("CQ1", "18 08:00", 20, 16)).iloc[0]

    assert (row["status"], row["received_at"]) == ("unreadable", moment("18 08:00"))
    assert row[["staff_numerator", "coverage"]].isna().all()


def test_a_file_that_can_not_be_opened_is_unreadable_and_not_missing():
    """Its form is not known; its name says whose it is."""
    assert status(22, report("CQ1", None, "18 08:00", form=None, rows=0)) == "unreadable"


def test_a_table_of_agencies_is_built_when_none_has_reported_and_when_there_are_none():
    assert table(22)["status"].to_list() == ["missing", "missing"]
    nobody = select(
        reports().assign(vouched=False),
        pd.Series(["00001"]),
        pd.Series([], dtype=str),
        Dates(start=day(15), end=day(25)),
    )

    assert bodies(nobody, EXPECTED.iloc[:0], DUE, day(22), "Asia/Ho_Chi_Minh").empty
