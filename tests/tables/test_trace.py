"""Where each number comes from, down to the file and its cells."""

from __future__ import annotations

import pandas as pd
import pytest

from briefing.catalog.tables import COLUMNS
from briefing.tables import build
from briefing.tables.exports import contract_tables
from briefing.tables.trace import trace_of
from tests.tables.tiny import AN, BINH, CAT, DONG, campaign, day, report, view

BODY = report(
    "CQ1", 17, "17 09:00", form="mau01", staff_total=20, staff_denominator=16, staff_numerator=12
)
MONDAY, TUESDAY = report(AN, 16, "16 10:00", 40), report(AN, 17, "17 10:00", 50)
CARRIED = report(BINH, 16, "16 11:00", 100)


@pytest.fixture(scope="module")
def tuesday(tmp_path_factory):
    tiny = campaign(tmp_path_factory.mktemp("tiny"))
    return build(view(MONDAY, CARRIED, TUESDAY, BODY), tiny, day(17))


def lines(tuesday, table: str, key: str, column: str) -> list[list]:
    trace = trace_of(tuesday)
    mine = trace[(trace["table"] == table) & (trace["key"] == key) & (trace["column"] == column)]
    return mine[["value", "source_file", "where", "rule"]].to_numpy().tolist()


def test_a_figure_leads_to_its_file_its_cells_and_its_reading(tuesday):
    assert lines(tuesday, "units", AN, "numerator_cumulative") == [
        ["50", TUESDAY["file"], "Sheet1!E12:E16", "per_person"]
    ]


def test_a_carried_figure_leads_to_the_file_of_the_day_that_it_is_from(tuesday):
    assert lines(tuesday, "units", BINH, "numerator_cumulative") == [
        ["100", CARRIED["file"], "Sheet1!E12:E16", "per_person"]
    ]


def test_a_denominator_leads_to_params_and_says_whether_it_is_assumed(tuesday):
    assert lines(tuesday, "units", AN, "denominator") == [
        ["100", "params/communes.csv", "line 2", "assumed"]
    ]


def test_a_derived_number_names_its_formula(tuesday):
    (line,) = lines(tuesday, "units", AN, "coverage")

    assert line == [
        "0.5",
        TUESDAY["file"],
        "Sheet1!E12:E16",
        "numerator_cumulative / denominator",
    ]


def test_the_towns_sum_names_every_commune_in_it_and_adds_up(tuesday):
    parts = lines(tuesday, "whole", "2021-08-17", "numerator_cumulative")

    assert [(value, where) for value, _file, where, _rule in parts] == [("50", AN), ("100", BINH)]
    assert sum(int(p[0]) for p in parts) == tuesday.whole["numerator_cumulative"].iloc[-1]  # 150


def test_an_agencys_figures_lead_to_its_report(tuesday):
    assert lines(tuesday, "bodies", "CQ1", "staff_numerator") == [
        ["12", BODY["file"], "paragraph 7", "as_written"]
    ]


def test_a_number_that_is_not_known_has_no_trace(tuesday):
    assert lines(tuesday, "units", BINH, "numerator_new") == []
    trace = trace_of(tuesday)
    assert set(trace.loc[trace["key"] == DONG, "column"]) == {
        "denominator", "target_coverage",
    }  # fmt: skip
    assert not (trace_of(tuesday)["key"] == "CQ2").any()


def test_every_number_of_the_town_and_the_agencies_has_a_trace(tuesday):
    for table, row in (("whole", tuesday.whole.iloc[-1]), ("bodies", tuesday.bodies.iloc[0])):
        frame = contract_tables(tuesday)[table]
        numbers = {c for c in frame if pd.api.types.is_numeric_dtype(frame[c].dtype)}
        numbers = {c for c in numbers if pd.notna(row[c])} - {"qr_posted"}

        trace = trace_of(tuesday)
        assert set(trace.loc[trace["table"] == table, "column"]) == numbers


def test_a_days_list_leads_to_the_reports_that_it_adds_to_back_to_the_last_whole_one(
    tmp_path,
):
    counted = report(CAT, 15, "15 10:00", 30)
    listed = [
        report(CAT, about, f"{about} 10:00", 2, reading="roster_today", numerator_new=2)
        for about in (16, 17)
    ]
    made = build(view(counted, *listed), campaign(tmp_path), day(17))

    assert lines(made, "units", CAT, "numerator_cumulative") == [
        ["34", listed[1]["file"], "Sheet1!E12:E16", "roster_today"],
        ["34", listed[0]["file"], "Sheet1!E12:E16", "roster_today"],
        ["34", counted["file"], "Sheet1!E12:E16", "per_person"],
    ]  # 30 + 2 + 2


@pytest.mark.slow
def test_every_traced_value_is_that_of_its_table(tuesday):
    for line in trace_of(tuesday).itertuples():
        if line.table == "whole" and line.rule == "sum over units":
            continue  # a sum: its parts are traced
        table = contract_tables(tuesday)[line.table]
        key = {"units": "unit_code", "bodies": "body_code", "whole": "report_date"}[line.table]
        (value,) = table.loc[table[key].astype("string") == line.key, line.column]
        assert float(line.value) == round(float(value), 6), line


def test_every_number_of_the_communes_and_the_towns_main_ones_have_a_trace(tuesday):
    numbers = [
        "denominator", "numerator_cumulative", "numerator_new", "numerator_new_days", "coverage",
        "coverage_change", "numerator_needed", "pace_required", "pace_observed", "rank",
        "target_coverage",
    ]  # fmt: skip
    trace = trace_of(tuesday)
    mine = trace[(trace["table"] == "units") & (trace["key"] == AN)]

    assert set(mine["column"]) == set(numbers)
    assert trace.columns.to_list() == COLUMNS["trace"]
    assert set(trace.dtypes) == {pd.StringDtype()}
