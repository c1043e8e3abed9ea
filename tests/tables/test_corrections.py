"""Corrections as data: applied where they still fit, said wherever the figure stands."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from briefing.language import language
from briefing.messages import Message
from briefing.register.view import View
from briefing.tables import Day
from briefing.tables.exports import contract_tables
from briefing.tables.trace import trace_of
from tests.tables.tiny import (
    AN,
    BINH,
    CAT,
    build_once,
    campaign,
    correction,
    day,
    found,
    moment,
    report,
    reports,
    rows,
    view,
)

SLIP = report(AN, 17, "17 10:00", 440)  # 44 was meant
REPORTS = (report(AN, 16, "16 10:00", 40), SLIP, report(AN, 18, "18 10:00", 50))
RIGHT = correction(unit_code=AN, report_date=day(17), found=440, value=44)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return campaign(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


def built(tiny, number: int, records, *entries, as_of: str | None = None, **more) -> Day:
    known = view(*records, as_of=as_of)
    return of_view(tiny, number, known, *entries, as_of=as_of, **more)


def of_view(tiny, number: int, known: View, *entries, as_of: str | None = None) -> Day:
    at = moment(as_of).to_pydatetime() if as_of else None
    return build_once(known, tiny.corrected(entries), day(number), as_of=at)


def figure(made: Day, unit: str = AN) -> int | None:
    value = made.units.set_index("unit_code").at[unit, "numerator_cumulative"]
    return None if pd.isna(value) else int(value)


def status(made: Day, unit: str = AN) -> str:
    return made.units.set_index("unit_code").at[unit, "status"]


def came_of(made: Day) -> list[tuple]:
    told = made.corrections[["status", "value_before", "note"]].astype(object)
    return list(told.where(told.notna(), None).itertuples(index=False, name=None))


def why(made: Day) -> str:
    ((status, _before, note),) = came_of(made)
    assert status == "unmatched"
    return note


def rules(made: Day) -> list[tuple]:
    return list(made.findings[["rule", "severity"]].itertuples(index=False, name=None))


# Figures


def test_a_corrected_figure_is_the_one_that_everything_rests_on(tiny):
    made = built(tiny, 18, REPORTS, RIGHT)
    history = made.history[made.history["unit_code"] == AN].set_index("report_date")

    assert history["numerator_cumulative"].to_list()[1:] == [40, 44, 50]
    assert history["numerator_new"].to_list()[2:] == [4, 6]
    assert (
        list(made.findings["rule"]) == []
    )  # neither over the denominator nor a fall the day after


def test_a_correction_is_listed_with_what_stood_there(tiny):
    (row,) = built(tiny, 17, REPORTS, RIGHT).corrections.to_dict("records")

    assert row["status"] == "applied"
    assert (row["file"], row["unit_code"], row["column"]) == (
        SLIP["file"],
        AN,
        "numerator_cumulative",
    )
    assert (row["found"], row["value_before"], row["value"]) == ("440", "440", "44")
    assert (row["reason"], row["by"], row["when"]) == ("Gõ nhầm", "CB", "2021-08-25")
    assert row["report_date"] == pd.Timestamp(2021, 8, 17)


def test_a_correction_that_was_applied_is_a_remark_on_the_day_of_its_report(tiny):
    made = built(tiny, 17, REPORTS, RIGHT)

    assert rules(made) == [("correction_applied", "info")]
    (one,) = made.findings.to_dict("records")
    assert (one["where"], one["unit_code"]) == ("corrections.yaml, entry 1", AN)
    assert one["message"] == "so far: 44 in place of 440: Gõ nhầm (CB, 25 Aug 2021)"


def test_the_report_says_that_it_was_corrected(tiny):
    shown = built(tiny, 17, REPORTS, RIGHT).reports["corrected"].to_list()

    assert shown == [pd.NA, "numerator_cumulative: 440 -> 44 (entry 1)", pd.NA]


def test_a_corrected_number_is_traced_to_its_report_and_to_its_correction(tiny):
    trace = trace_of(built(tiny, 17, REPORTS, RIGHT))
    mine = trace[(trace["key"] == AN) & (trace["column"] == "numerator_cumulative")]

    assert mine[["value", "source_file", "where", "rule"]].to_numpy().tolist() == [
        ["44", SLIP["file"], "Sheet1!E12:E16", "per_person"],
        ["44", "params/corrections.yaml", "entry 1", "correction: Gõ nhầm (CB, 2021-08-25)"],
    ]


def test_a_carried_figure_rests_on_the_correction_of_the_day_that_it_is_from(tiny):
    made = built(tiny, 18, REPORTS[:2], RIGHT)
    trace = trace_of(made)
    sources = trace.loc[trace["column"] == "numerator_cumulative", "source_file"]

    assert figure(made) == 44
    assert "params/corrections.yaml" in set(sources)


@pytest.mark.parametrize(
    ("as_of", "expected", "status"),
    [("17 16:19", 440, "not_yet"), ("17 16:20", 44, "applied"), (None, 44, "applied")],
)
def test_a_correction_is_not_known_before_it_was_made(tiny, as_of, expected, status):
    at = datetime(2021, 8, 17, 16, 20, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    entry = correction(unit_code=AN, report_date=day(17), value=44, when=at)
    made = built(tiny, 17, REPORTS, entry, as_of=as_of)

    assert figure(made) == expected
    assert list(made.corrections["status"]) == [status]


def test_a_correction_dated_by_its_day_counts_from_the_morning_of_that_day(tiny):
    entry = correction(unit_code=AN, report_date=day(17), value=44, when=day(17))

    assert figure(built(tiny, 17, REPORTS, entry, as_of="17 10:30")) == 44


@pytest.mark.slow
def test_a_correction_of_tomorrow_leaves_no_finding_today(tiny):
    entry = correction(unit_code=AN, report_date=day(17), value=44, when=day(18))
    made = built(tiny, 17, REPORTS, entry, as_of="17 20:00")
    without = built(tiny, 17, REPORTS, as_of="17 20:00")

    pd.testing.assert_frame_equal(made.findings, without.findings)
    pd.testing.assert_frame_equal(made.units, without.units)


def test_a_figure_that_nobody_could_read_is_given_by_a_correction(tiny):
    records = (report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00"))
    entry = correction(unit_code=AN, report_date=day(17), found=None, value=44)
    made = built(tiny, 17, records, entry)

    assert figure(made) == 44
    assert came_of(made) == [("applied", None, None)]
    assert status(made) == "unreadable"  # of what came, whenever it came, nothing could be used


def test_a_figure_given_for_a_copy_makes_it_the_report_of_its_day(tiny):
    records = (
        report(AN, 16, "16 10:00", 40, letter="same"),
        report(AN, 17, "17 10:00", 40, letter="same"),
    )
    made = built(tiny, 17, records, correction(unit_code=AN, report_date=day(17), value=44))

    assert figure(made) == 44
    assert status(made) == "empty"  # what was sent says nothing, whenever it came
    assert made.findings.set_index("rule").at["copy_of_yesterday", "status"] == "explained"


# Units, days, whole reports


@pytest.mark.slow
def test_a_report_about_another_day_is_moved_to_its_own(tiny):
    records = (report(AN, 16, "16 10:00", 40), report(AN, 16, "17 10:00", 44))
    entry = correction(file=records[1]["file"], column="report_date", found=day(16), value=day(17))
    before, after = built(tiny, 17, records), built(tiny, 17, records, entry)

    assert (figure(before), figure(after)) == (44, 44)
    history = after.history[after.history["unit_code"] == AN].set_index("report_date")
    assert history["numerator_cumulative"].to_list() == [pd.NA, 40, 44]
    assert history["status"].to_list()[1:] == ["on_time", "on_time"]


def test_a_report_of_nobody_known_is_given_to_its_unit(tiny):
    records = (report(None, 16, "16 10:00", 40),)
    entry = correction(file=records[0]["file"], column="unit_code", found=None, value=BINH)

    assert figure(built(tiny, 16, records, entry), BINH) == 40


def test_what_is_worked_out_of_a_report_given_to_its_unit_leads_to_the_report(tiny):
    records = (report(None, 16, "16 10:00", 40),)
    entry = correction(file=records[0]["file"], column="unit_code", found=None, value=BINH)
    trace = trace_of(built(tiny, 16, records, entry)).set_index(["key", "column"])

    both = trace.loc[[(BINH, "numerator_cumulative")], "source_file"].to_list()
    assert both == ["params/corrections.yaml", records[0]["file"]]
    assert trace.loc[[(BINH, "coverage")], "source_file"].to_list() == [records[0]["file"]]


def test_a_unit_that_was_taken_for_another_is_known_by_the_name_that_was_read(tiny):
    records = (report(AN, 16, "16 10:00", 40),)
    entry = correction(file=records[0]["file"], column="unit_code", found="an binh", value=BINH)
    made = built(tiny, 16, records, entry)

    assert (figure(made), figure(made, BINH)) == (None, 40)


def test_a_report_that_is_set_aside_counts_for_nothing_and_the_one_before_it_is_used(tiny):
    records = (report(AN, 16, "16 10:00", 40), report(AN, 16, "16 14:00", 99))
    made = built(tiny, 16, records, correction(unit_code=AN, report_date=day(16), column=None))

    assert figure(made) == 40
    assert list(made.reports["verdict"]) == ["used", "rejected"]
    assert made.reports["corrected"].to_list()[1] == "reject (entry 1)"
    assert came_of(made) == [("applied", "99", None)]


def test_corrections_of_the_day_and_of_the_figure_of_one_report_go_together(tiny):
    """The figure's entry names the unit and the day as they are once the day is right."""
    records = (report(AN, 15, "17 10:00", 440),)
    entries = (
        correction(1, unit_code=AN, report_date=day(17), found=440, value=44),
        correction(2, file=records[0]["file"], column="report_date", value=day(17)),
    )
    made = built(tiny, 17, records, *entries)

    assert figure(made) == 44
    assert list(made.corrections["status"]) == ["applied", "applied"]


def test_an_agencys_staff_is_corrected_and_traced(tiny):
    records = (
        report("CQ1", 17, "17 09:00", form="mau01", staff_total=20, staff_denominator=16,
               staff_numerator=120),
    )  # fmt: skip
    entry = correction(unit_code="CQ1", column="staff_numerator", found=120, value=12)
    made = built(tiny, 17, records, entry)
    body = made.bodies.set_index("body_code").loc["CQ1"]

    assert (body["staff_numerator"], body["coverage"]) == (12, 0.75)  # 12 ÷ 16
    trace = trace_of(made)
    mine = trace[trace["column"] == "staff_numerator"]
    assert mine["source_file"].to_list() == [records[0]["file"], "params/corrections.yaml"]


# What no longer fits


def test_a_value_that_has_changed_since_is_not_corrected_again(tiny):
    """The unit has sent the right figure itself, and another one."""
    records = (*REPORTS, report(AN, 17, "17 15:00", 45))
    made = built(tiny, 17, records, RIGHT)

    assert figure(made) == 45
    assert why(made) == "the report in force says 45 there"
    assert ("correction_unmatched", "warning") in rules(made)


@pytest.mark.slow
def test_without_the_value_found_a_report_that_came_later_is_not_touched(tiny):
    records = (*REPORTS, report(AN, 17, "18 09:00", 45))
    entry = correction(unit_code=AN, report_date=day(17), value=44, when=day(17))

    assert why(built(tiny, 17, records, entry)) == (
        "the report in force came after the correction was made"
    )


def test_a_unit_that_sends_the_right_figure_itself_needs_no_correction(tiny):
    records = (report(AN, 17, "17 10:00", 44),)
    entry = correction(unit_code=AN, report_date=day(17), value=44)

    assert why(built(tiny, 17, records, entry)) == "the report in force says so itself"


def test_a_correction_of_a_file_that_a_newer_one_has_superseded_has_no_effect(tiny):
    records = (*REPORTS, report(AN, 17, "17 15:00", 45))
    made = built(tiny, 17, records, correction(file=SLIP["file"], found=440, value=44))

    assert figure(made) == 45
    assert why(made) == "a newer report of the same unit and day is in force"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        (correction(file="gone.xlsx", value=44), "no such file has come"),
        (
            correction(unit_code=BINH, report_date=day(17), value=44),
            "no report of this unit and day has come",
        ),
        (
            correction(unit_code=AN, report_date=day(17), column="staff_total", value=4),
            "no report of this unit and day has come",
        ),
    ],
)
def test_a_correction_of_nothing_that_has_come_is_said_so_every_day(tiny, entry, reason):
    for number in (16, 17, 20):
        made = built(tiny, number, REPORTS, entry)

        assert why(made) == reason
        (one,) = made.findings[made.findings["rule"] == "correction_unmatched"].to_dict("records")
        assert one["where"] == "corrections.yaml, entry 1"
        assert reason in one["message"]


@pytest.mark.slow
def test_a_file_is_known_by_its_name_alone_as_long_as_no_other_has_it(tiny):
    one = report(AN, 16, "16 10:00", 400) | {"file": "16-8/bc.xlsx"}
    other = report(BINH, 16, "16 10:00", 90) | {"file": "17-8/bc.xlsx"}
    entry = correction(file="bc.xlsx", found=400, value=40)

    assert figure(built(tiny, 16, (one,), entry)) == 40
    assert why(built(tiny, 16, (one, other), entry)) == (
        "several files have this name; write the path"
    )
    exact = correction(file="16-8/bc.xlsx", found=400, value=40)
    assert figure(built(tiny, 16, (one, other), exact)) == 40


@pytest.mark.slow
def test_a_member_of_an_archive_is_known_by_its_own_name_too(tiny):
    one = report(AN, 16, "16 10:00", 400) | {"file": "tuan.zip", "member": "a/an.xlsx"}
    other = report(BINH, 16, "16 10:00", 90) | {"file": "tuan.zip", "member": "a/binh.xlsx"}

    for name in ("tuan.zip/a/an.xlsx", "an.xlsx"):
        assert figure(built(tiny, 16, (one, other), correction(file=name, value=40))) == 40
    assert "the file holds several reports" in why(
        built(tiny, 16, (one, other), correction(file="tuan.zip", value=40))
    )
    both = correction(file="tuan.zip", unit_code=AN, report_date=day(16), value=40)
    assert figure(built(tiny, 16, (one, other), both)) == 40


# What it explains


def test_a_fall_that_a_correction_makes_is_kept_and_says_why(tiny):
    """Tuesday's 45 should have been 38: two fewer than on Monday, and somebody has asked why."""
    records = (report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 45))
    entry = correction(unit_code=AN, report_date=day(17), found=45, value=38)
    made = built(tiny, 17, records, entry)
    (fall,) = made.findings[made.findings["rule"] == "cumulative_decrease"].to_dict("records")

    assert (fall["severity"], fall["status"]) == ("info", "explained")
    assert "explained by a correction: Gõ nhầm" in fall["message"]


@pytest.mark.slow
def test_a_rise_from_a_figure_that_was_corrected_downwards_says_why(tiny):
    """Of 100 owners, 2 on Monday (20 was a slip) and 41 on Tuesday: 39 in one day."""
    records = (report(AN, 16, "16 10:00", 20), report(AN, 17, "17 10:00", 41))
    entry = correction(unit_code=AN, report_date=day(16), found=20, value=2)
    made = built(tiny, 17, records, entry).findings.set_index("rule")

    assert made.at["jump", "status"] == "explained"


def test_a_figure_that_its_sender_confirms_closes_the_doubt_and_changes_nothing(tiny):
    records = (report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 38))
    asked = correction(unit_code=AN, report_date=day(17), found=38, value=38)
    made = built(tiny, 17, records, asked)
    said = made.findings.set_index("rule")

    assert figure(made) == 38
    assert said.at["cumulative_decrease", "status"] == "explained"
    assert "38 confirmed" in said.at["correction_applied", "message"]


@pytest.mark.slow
def test_a_doubt_that_an_entry_puts_right_is_kept_as_corrected_on_its_day(tiny):
    before, after = built(tiny, 18, REPORTS), built(tiny, 18, REPORTS, RIGHT)
    open_then, kept = (
        {(row.report_date.day, row.rule): row.status for row in made.anomalies.itertuples()}
        for made in (before, after)
    )

    assert open_then[17, "jump"] == open_then[17, "over_denominator"] == "open"
    assert kept == {(17, "jump"): "corrected", (17, "over_denominator"): "corrected"}
    assert after.in_doubt.empty and after.anomalies["numerator_moved"].isna().all()
    assert figure(after) == 50


def test_no_correction_excuses_more_people_than_there_can_be(tiny):
    """An Bình has 100 smartphone owners: 440 for 44 was a slip, and so is 140."""
    records = (report(AN, 16, "16 10:00", 40), SLIP)
    slip = correction(unit_code=AN, report_date=day(17), found=440, value=140)
    said = built(tiny, 17, records, slip).findings.set_index("rule")

    for rule in ("over_denominator", "jump"):
        assert tuple(said.loc[rule, ["severity", "status"]]) == ("warning", "open")


def test_what_was_wrong_in_a_report_that_a_newer_one_replaces_asks_for_nothing_more(tiny):
    newer = report(AN, 17, "17 14:00", 44)
    old = {"rule": "person_duplicate", "severity": "warning"}
    known = view(SLIP, newer)
    known = View(known.reports, known.rows, found({**old, "report": 0}, {**old, "report": 1}))
    made = of_view(tiny, 17, known).findings
    mine = made[made["rule"].eq("person_duplicate")].set_index("report")

    assert tuple(mine.loc[0, ["severity", "status"]]) == ("info", "resubmitted")
    assert mine.at[0, "message"].endswith("; a newer report has come in its place")
    assert mine.at[1, "severity"] == "warning"


def test_a_fall_that_no_correction_explains_stays_open(tiny):
    records = (report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 38))
    other = correction(file="gone.xlsx", value=3)

    made = built(tiny, 17, records, other).findings.set_index("rule")
    assert made.at["cumulative_decrease", "status"] == "open"
    assert made.at["cumulative_decrease", "severity"] == "warning"


def test_a_conflict_of_days_is_answered_by_the_correction_of_the_day(tiny):
    records = (report(AN, 16, "17 10:00", 44),)
    conflict = {
        "report": 0, "severity": "error", "rule": "date_conflict", "where": "Sheet1!A4",
        "found": "16/8", "message": Message("on time"), "suggestion": Message("on time"),
    }  # fmt: skip
    known = View(reports(*records), rows(), found(conflict))
    entry = correction(file=records[0]["file"], column="report_date", value=day(17))
    severity = of_view(tiny, 17, known, entry).findings.set_index("rule")["severity"]

    assert severity["date_conflict"] == "info"


@pytest.mark.slow
def test_every_table_keeps_its_types_whatever_is_corrected(tiny):
    plain = contract_tables(built(tiny, 17, REPORTS))
    corrected = contract_tables(
        built(
            tiny,
            17,
            REPORTS,
            RIGHT,
            correction(2, file="gone.xlsx", value=3),
            correction(3, unit_code=CAT),
        )
    )

    for name in ("units", "whole", "corrections", "findings", "trace"):
        assert plain[name].dtypes.to_dict() == corrected[name].dtypes.to_dict(), name


# Files that are no report

JUNK = report(None, None, "17 09:00", form=None, rows=0, file="17/ho ngheo.xlsx")
NO_REPORT = {"unit_code": None, "report_date": None, "column": None}


def silenced(**values):
    return correction(**NO_REPORT, silences=True, **values)


@pytest.mark.slow
def test_a_report_of_an_unknown_form_can_be_set_aside(tiny):
    made = built(tiny, 17, [*REPORTS, JUNK], correction(**NO_REPORT, file=JUNK["file"]))

    assert came_of(made) == [("applied", None, None)]


@pytest.mark.slow
def test_a_file_that_is_no_report_is_spoken_of_no_more_but_stays_in_the_register(tiny):
    """It came as An's report of the 18th, and nothing could be read in it."""
    junk = report(AN, 18, "18 09:00", None, file="18/ho ngheo.xlsx")
    known = view(*REPORTS[:2], junk)
    fault = {"report": 2, "severity": "error", "rule": "form_unknown", "where": "ho ngheo.xlsx"}
    known = View(known.reports, known.rows, found(fault))

    before = of_view(tiny, 18, known)
    after = of_view(tiny, 18, known, silenced(file="18/ho ngheo.xlsx", reason="Danh sách khác"))

    assert (status(before), status(after)) == ("unreadable", "missing")
    assert ("form_unknown", "error") in rules(before)
    assert rules(after) == [("correction_applied", "info")]
    assert "the file is no report: Danh sách khác" in after.findings["message"].iloc[0]
    kept = contract_tables(after)["reports"].iloc[2]
    assert (kept["file"], kept["verdict"]) == ("18/ho ngheo.xlsx", "rejected")
    assert kept["corrected"] == "not_a_report: Danh sách khác (entry 1)"


def test_a_unit_is_judged_by_its_other_file(tiny):
    junk = report(AN, 18, "18 11:00", None, file="18/ho ngheo.xlsx")
    made = built(tiny, 18, [*REPORTS, junk], silenced(file="ho ngheo.xlsx"))

    assert (status(made), figure(made)) == ("on_time", 50)


def test_a_hash_silences_a_file_wherever_it_lies_and_whenever_it_comes(tiny):
    junk = report(AN, 18, "18 09:00", 9, file="18/x.xlsx", sha256="ab" * 32)
    made = built(tiny, 18, [junk], silenced(sha256="ab" * 8, when=day(17)))

    assert (status(made), figure(made)) == ("missing", None)


def test_what_came_later_under_the_same_path_is_a_report_again(tiny):
    later = report(AN, 18, "18 09:00", 50, file="bc.xlsx")
    made = built(tiny, 18, [later], silenced(file="bc.xlsx", when=day(17)))

    assert (status(made), figure(made)) == ("on_time", 50)
    assert why(made) == "the file came after the entry was made"


def test_an_entry_for_a_file_that_never_came_says_so(tiny):
    assert why(built(tiny, 17, REPORTS, silenced(file="nowhere.xlsx"))) == "no such file has come"


# Figures told by telephone


def by_telephone(**values):
    known = {"unit_code": BINH, "report_date": day(17), "column": None, "told_by": "Văn phòng xã"}
    return correction(**{**known, **values})


@pytest.mark.parametrize(("at", "stands"), [("17 14:20", "on_time"), ("17 15:00", "late")])
def test_a_figure_told_by_telephone_is_a_report_without_a_file(tiny, at, stands):
    told = by_telephone(
        told={"numerator_cumulative": 120}, received_at=moment(at).to_pydatetime(), when=day(17)
    )
    made = built(tiny, 17, REPORTS, told)

    assert (status(made, BINH), figure(made, BINH)) == (stands, 120)
    row = made.units.set_index("unit_code").loc[BINH]
    assert (row["reading"], row["received_at"]) == ("told", moment(at))
    trace = trace_of(made)
    traced = trace[trace["key"].eq(BINH) & trace["column"].eq("numerator_cumulative")]
    assert traced[["value", "source_file", "where", "rule"]].to_numpy().tolist() == [
        ["120", "params/corrections.yaml", "entry 1", "told"]
    ]
    assert made.corrections[["status", "value", "told_by"]].to_numpy().tolist() == [
        ["applied", "numerator_cumulative=120", "Văn phòng xã"]
    ]


@pytest.mark.slow
def test_a_call_whose_time_is_not_noted_counts_from_its_entry_on(tiny):
    told = by_telephone(told={"numerator_cumulative": 120}, when=day(17))

    assert status(built(tiny, 17, REPORTS, told), BINH) == "on_time"
    before = built(tiny, 17, REPORTS, told, as_of="16 23:00")
    assert (status(before, BINH), figure(before, BINH)) == ("not_due", None)


def test_a_file_that_comes_after_the_call_gives_the_figure(tiny):
    told = by_telephone(
        told={"numerator_cumulative": 120}, received_at=moment("17 14:00").to_pydatetime()
    )
    made = built(tiny, 17, [*REPORTS, report(BINH, 17, "17 16:00", 125)], told)

    assert (status(made, BINH), figure(made, BINH)) == ("on_time", 125)


def test_a_told_figure_that_falls_is_in_doubt_as_any_other(tiny):
    told = by_telephone(
        unit_code=AN, report_date=day(18), told={"numerator_cumulative": 30}, when=day(18)
    )
    made = built(tiny, 18, REPORTS[:2], told)

    assert ("cumulative_decrease", "warning") in rules(made)


def test_an_agency_tells_its_staff_by_telephone(tiny):
    staff = {"staff_total": 12, "staff_denominator": 10, "staff_numerator": 9}
    told = by_telephone(unit_code="CQ1", report_date=None, told=staff, when=day(17))
    made = built(tiny, 17, REPORTS, told)

    row = made.bodies.set_index("body_code").loc["CQ1"]
    assert (row["staff_numerator"], row["coverage"], row["status"]) == (9, 0.9, "on_time")
