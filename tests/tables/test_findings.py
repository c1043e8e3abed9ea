"""What is wrong, on which day it is said, and of whom."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.language import language
from briefing.messages import Message
from briefing.register.arrivals import InboxFinding
from briefing.register.view import View
from briefing.tables import build
from tests.tables.tiny import (
    AN,
    BINH,
    CAT,
    campaign,
    day,
    found,
    report,
    reports,
    rows,
    view,
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


def fault(number: int, severity: str = "error", rule: str = "phone_invalid") -> dict:
    """A finding inside the report of this position."""
    return {
        "report": number, "severity": severity, "rule": rule, "where": "Sheet1!D14",
        "found": "09123", "message": Message("on time"), "suggestion": Message("on time"),
    }  # fmt: skip


def findings(tiny, number: int, records: list, *faults: dict, inbox=()) -> pd.DataFrame:
    known = View(reports(*records), rows(), found(*faults))
    return build(known, tiny, day(number), inbox_findings=inbox).findings


def rules(frame: pd.DataFrame) -> list[tuple]:
    return list(frame[["rule", "unit_code"]].itertuples(index=False, name=None))


def test_a_finding_inside_a_report_is_said_on_the_day_that_the_report_is_about(tiny):
    records = [report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 44)]
    frame = findings(tiny, 17, records, fault(0), fault(1))

    assert frame[["file", "unit_code", "where", "found"]].to_numpy().tolist() == [
        [records[1]["file"], AN, "Sheet1!D14", "09123"]
    ]


@pytest.mark.parametrize("number", [16, 18, 25])
def test_a_report_that_is_on_no_day_is_found_on_every_day(tiny, number):
    records = [
        report(None, 16, "16 10:00", 40),  # of nobody known
        report(AN, 14, "16 10:00", 40),  # about a day before the campaign
        report("CQ1", 17, "17 10:00", form="mau01", staff_numerator=5),
    ]
    inside = [fault(0, rule="unit_unknown"), fault(1, rule="date_outside_campaign"), fault(2)]
    said = set(findings(tiny, number, records, *inside)["rule"])

    assert said == {"unit_unknown", "date_outside_campaign", "phone_invalid"}


def test_errors_come_first_then_warnings_then_remarks(tiny):
    records = [report(AN, 16, "16 16:00", 40), report(BINH, 16, "16 10:00", 9)]
    frame = findings(tiny, 16, records, fault(0, "info"), fault(0), fault(1, "warning"))

    assert frame["severity"].to_list() == ["error", "warning", "info", "info"]


def test_a_fall_is_found_with_how_much_and_the_figure_as_it_was_sent(tiny):
    records = [report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 33)]
    with language("en"):
        frame = findings(tiny, 17, records)

    assert rules(frame) == [("cumulative_decrease", AN)]
    assert frame["found"].to_list() == ["33"]
    assert "7 people fewer than the day before" in frame["message"].iloc[0]  # 40 - 33


@pytest.mark.parametrize(("now", "halved"), [(20, False), (19, True)])
def test_a_fall_below_half_is_more_than_a_slip(tiny, now, halved):
    records = [report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", now)]
    said = findings(tiny, 17, records)["code"].to_list()

    assert ("cumulative_decrease.halved" in said) == halved


@pytest.mark.slow
def test_a_carried_figure_is_not_found_to_fall_or_to_be_too_high_again(tiny):
    records = [report(CAT, 16, "16 10:00", 60), report(CAT, 17, "17 10:00", 55)]  # of 50

    assert rules(findings(tiny, 17, records)) == [
        ("cumulative_decrease", CAT), ("over_denominator", CAT),
    ]  # fmt: skip
    assert rules(findings(tiny, 18, records)) == []


def test_a_figure_equal_to_its_denominator_is_not_too_high(tiny):
    assert rules(findings(tiny, 16, [report(CAT, 16, "16 10:00", 50)])) == []


def test_a_copy_a_superseded_and_a_late_report_are_found_with_their_files(tiny):
    records = [
        report(AN, 16, "16 10:00", 40, letter="same"),
        report(AN, 17, "17 10:00", 40, letter="same"),
        report(BINH, 17, "17 16:00", 90),
        report(BINH, 17, "17 17:00", 91),
    ]
    frame = findings(tiny, 17, records).set_index("rule")

    assert frame.at["copy_of_yesterday", "file"] == records[1]["file"]
    assert frame.at["superseded", "file"] == records[2]["file"]
    assert frame.at["late", "found"] == "16:00 17/08/2021"


def test_a_fault_of_the_inbox_itself_is_found_on_every_day_under_its_own_file(tiny):
    line = InboxFinding("received_unreadable.time", "line 3", "hôm qua")
    frame = findings(tiny, 20, [], inbox=[line])

    assert frame[["file", "where", "rule"]].to_numpy().tolist() == [
        ["received.csv", "line 3", "received_unreadable"]
    ]


def test_a_low_confidence_that_the_history_has_settled_is_not_said(tiny):
    """A list that still holds the phones of the day before is a list so far."""
    sure = {"reading": "roster_all"}
    records = [
        report(AN, 16, "16 10:00", 3, **sure),
        report(AN, 17, "17 10:00", 4, **sure) | {"reading_confidence": "low"},
        report(BINH, 17, "17 10:00", 4, **sure) | {"reading_confidence": "low"},
    ]
    listed = rows(
        *({"report": 0, "person": p, "phone": p} for p in "abc"),
        *({"report": 1, "person": p, "phone": p} for p in "abcd"),
    )
    unsure = [
        fault(1, "warning", "reading_low_confidence"),
        fault(2, "warning", "reading_low_confidence"),
    ]
    known = View(reports(*records), listed, found(*unsure))

    assert rules(build(known, tiny, day(17)).findings) == [("reading_low_confidence", BINH)]


@pytest.mark.slow
def test_the_texts_come_in_the_language_of_the_run(tiny):
    with language("vi"):
        vietnamese = build(view(report(AN, 16, "16 16:00", 40)), tiny, day(16)).findings
    with language("en"):
        english = build(view(report(AN, 16, "16 16:00", 40)), tiny, day(16)).findings

    assert english["message"].to_list() == ["the report came after the deadline"]
    assert vietnamese["message"].to_list() != english["message"].to_list()


def test_a_figure_that_its_own_report_finds_too_high_is_not_found_so_again(tiny):
    records = [report(CAT, 16, "16 10:00", 60)]  # of 50
    frame = findings(tiny, 16, records, fault(0, "warning", "over_denominator"))

    assert rules(frame) == [("over_denominator", CAT)]
    assert frame["where"].to_list() == ["Sheet1!D14"]
