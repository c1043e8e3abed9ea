"""Nil reports beside the days before: the last cumulative holds, and none is never zero."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.params import Campaign
from briefing.tables import Day, build
from briefing.tables.lineage import Tracer
from briefing.tables.trace import trace_of
from tests.tables.tiny import (
    AN,
    BINH,
    assert_table,
    campaign,
    day,
    params_folder,
    report,
    rows,
    view,
)


def nil(unit: str, about: int, at: str, own: int | None = None) -> dict:
    """A report that nothing is new; `own`: the cumulative that it says all the same."""
    record = report(unit, about, at, own, rows=1, letter="", numerator_new=0)
    told = ["numerator_new"] if own is None else ["numerator_new", "numerator_cumulative"]
    sources = dict.fromkeys(told, "line 1")
    said = {"reading": "nil", "reading_confidence": "high", "sources": sources}
    return record | said


def built(tmp_path, number: int, *records: dict) -> Day:
    return build(view(*records), campaign(tmp_path), day(number))


def of_unit(built_day: Day, unit: str) -> pd.DataFrame:
    return built_day.units[built_day.units["unit_code"].eq(unit)]


def rules(built_day: Day) -> list[tuple[str, str]]:
    found = built_day.findings
    return [*found[["severity", "rule"]].itertuples(index=False, name=None)]


def test_the_cumulative_of_the_last_report_holds_and_the_report_is_in_time(tmp_path):
    today = built(tmp_path, 17, report(AN, 16, "16 14:00", 40), nil(AN, 17, "17 14:00"))

    assert_table(of_unit(today, AN), {
        "numerator_cumulative": [40], "numerator_new": [0], "status": ["on_time"],
        "carried_from": [None], "reading": ["nil"],
    })  # fmt: skip
    assert today.reports["verdict"].to_list() == ["used", "used"]
    assert (today.whole["reports_on_time"].iloc[-1], rules(today)) == (1, [])


def test_days_without_a_report_between_do_not_matter(tmp_path):
    today = built(tmp_path, 19, report(AN, 16, "16 14:00", 40), nil(AN, 19, "19 15:30"))

    assert_table(of_unit(today, AN), {"numerator_cumulative": [40], "status": ["late"]})


def test_nothing_new_may_be_said_day_after_day_and_is_no_copy(tmp_path):
    today = built(
        tmp_path,
        18,
        report(AN, 16, "16 14:00", 40),
        nil(AN, 17, "17 14:00"),
        nil(AN, 18, "18 14:00"),
    )

    assert_table(of_unit(today, AN), {"numerator_cumulative": [40], "status": ["on_time"]})


def test_without_an_earlier_figure_it_is_in_time_and_has_none(tmp_path):
    today = built(tmp_path, 16, nil(AN, 16, "16 14:00"))

    assert_table(of_unit(today, AN), {
        "numerator_cumulative": [None], "status": ["on_time"], "reading": [None],
    })  # fmt: skip
    assert today.whole["numerator_cumulative"].isna().all()
    assert rules(today) == [("warning", "cumulative_unknown")]
    assert "0" in today.findings["message"].iloc[0]  # which it is not
    trace = trace_of(today)
    assert trace[trace["column"].eq("numerator_cumulative")].empty


def test_the_first_figure_after_it_is_no_jump(tmp_path):
    today = built(tmp_path, 17, nil(AN, 16, "16 14:00"), report(AN, 17, "17 14:00", 40))

    assert_table(of_unit(today, AN), {"numerator_cumulative": [40], "numerator_new": [None]})
    assert rules(today) == []


@pytest.mark.parametrize(("own", "expected"), [(40, []), (45, [("warning", "nil_contradicted")])])
def test_its_own_number_is_used_and_held_against_the_day_before(tmp_path, own, expected):
    today = built(tmp_path, 17, report(AN, 16, "16 14:00", 40), nil(AN, 17, "17 14:00", own))

    assert_table(of_unit(today, AN), {
        "numerator_cumulative": [own], "numerator_new": [own - 40], "reading": ["nil"],
    })  # fmt: skip
    assert rules(today) == expected


@pytest.mark.parametrize(("at", "held"), [("17 10:00", 40), ("17 14:30", 44)])
def test_a_figure_of_the_same_day_goes_before_it(tmp_path, at, held):
    today = built(
        tmp_path,
        17,
        report(AN, 16, "16 14:00", 40),
        report(AN, 17, "17 12:00", 44),
        nil(AN, 17, at),
    )

    assert_table(of_unit(today, AN), {"numerator_cumulative": [44], "reading": ["per_person"]})
    assert today.reports["verdict"].to_list() == ["used", "used", "superseded"]
    assert today.reports["numerator_cumulative"].iloc[-1] == held  # of the report before it
    assert rules(today) == [("info", "superseded")]


def test_a_reading_set_for_the_unit_does_not_change_it(tmp_path):
    folder = params_folder(tmp_path / "params")
    (folder / "readings.yaml").write_text(f'"{AN}": per_person\n')
    known = Campaign.load(folder)
    today = build(view(report(AN, 16, "16 14:00", 40), nil(AN, 17, "17 14:00")), known, day(17))

    assert_table(of_unit(today, AN), {"numerator_cumulative": [40], "reading": ["nil"]})


def test_its_figure_is_traced_to_the_report_that_it_rests_on(tmp_path):
    today = built(tmp_path, 17, report(AN, 16, "16 14:00", 40), nil(AN, 17, "17 14:00"),
                  report(BINH, 17, "17 14:00", 50))  # fmt: skip
    trace = trace_of(today)
    own = trace[trace["key"].eq(AN) & trace["column"].eq("numerator_cumulative")]

    assert own[["value", "rule", "where"]].to_numpy().tolist() == [
        ["40", "nil", "line 1"], ["40", "per_person", "Sheet1!E12:E16"],
    ]  # fmt: skip
    step = Tracer(today, rows()).step(AN, "numerator_cumulative")
    assert (step.rule, [part.value for part in step.parts], step.adds_up) == ("sum", [40, 0], True)


def test_a_number_of_its_own_is_traced_to_it_alone(tmp_path):
    today = built(tmp_path, 17, report(AN, 16, "16 14:00", 40), nil(AN, 17, "17 14:00", 45))
    trace = trace_of(today)
    own = trace[trace["key"].eq(AN) & trace["column"].eq("numerator_cumulative")]

    assert own[["value", "rule", "where"]].to_numpy().tolist() == [["45", "nil", "line 1"]]
    step = Tracer(today, rows()).step(AN, "numerator_cumulative")
    assert (step.value, step.parts, step.adds_up) == (45, (), True)
