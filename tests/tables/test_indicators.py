"""A campaign of two doses and three age groups: every figure worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from briefing.documents.sections.corrections import corrections_listed
from briefing.errors import ParamsError
from briefing.intake.submission import Value
from briefing.params import Campaign
from briefing.params.corrections import parse_corrections
from briefing.register.names import Names
from briefing.register.view import assemble
from briefing.tables import Day, build, findings_over
from briefing.tables.exports import outside, published
from briefing.tables.lineage import Tracer
from tests.params.campaigns import A, B, C, D, vaccination
from tests.tables.doses import REPORTS, known, report


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return Campaign.load(vaccination(tmp_path_factory.mktemp("vaccination") / "params"))


@pytest.fixture(scope="module")
def day(campaign):
    return known(campaign, 10)


def column(table: pd.DataFrame, name: str) -> dict:
    return {
        code: None if pd.isna(value) else value
        for code, value in zip(table["unit_code"], table[name], strict=True)
    }


def test_the_first_indicator_is_the_day_itself(day):
    assert column(day.units, "numerator_cumulative") == {A: 640, B: 1300, C: 300, D: 2000}
    assert day.indicator.code == "dose1"
    assert day.whole_ahead["target_coverage"] == 0.80


def test_each_further_indicator_has_a_day_of_its_own(day):
    second = day.of("dose2")

    assert column(second.units, "numerator_cumulative") == {A: 180, B: 300, C: None, D: 800}
    assert column(second.units, "numerator_new") == {A: 80, B: 100, C: None, D: None}
    assert second.whole.iloc[-1]["coverage"] == 1280 / 7000  # of A, B and D: C has given none
    assert second.whole_ahead["target_coverage"] == 0.60
    assert str(second.campaign.terms.rate) == "tỷ lệ tiêm mũi 2"


def test_a_report_without_a_total_gives_the_sum_of_its_groups(day):
    assert day.of("dose2").units.set_index("unit_code").at[B, "numerator_cumulative"] == 300


def values(day, unit: str, indicator: str, group: str, about: int = 10) -> list:
    of = day.values
    [row] = of[
        of["unit_code"].eq(unit) & of["indicator"].eq(indicator) & of["group"].eq(group)
        & of["report_date"].eq(pd.Timestamp(2022, 5, about))
    ].to_dict("records")  # fmt: skip
    told = [row[name] for name in ("cumulative", "denominator", "coverage", "carried_from")]
    return [None if pd.isna(value) else value for value in told]


def test_a_group_is_a_share_of_its_own_people(day):
    assert values(day, A, "dose1", "a5") == [90, 200, 0.45, None]
    assert values(day, B, "dose2", "a18") == [250, 1400, 250 / 1400, None]


def test_a_group_that_a_report_does_not_give_is_missing_not_zero(day):
    assert values(day, A, "dose2", "a5") == [None, 200, None, None]
    assert values(day, C, "dose1", "a12") == [None, 50, None, None]


def test_a_group_of_which_no_number_of_people_is_known_has_no_rate(day):
    assert values(day, D, "dose1", "a5") == [200, None, None, None]


@pytest.mark.slow
def test_a_carried_group_names_its_day(campaign):
    later = known(campaign, 10, REPORTS[:4])

    assert values(later, B, "dose1", "a5") == [100, 400, 0.25, pd.Timestamp(2022, 5, 9)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("measures", "cell"),
    [({"new": "C9", "cumulative": "D9"}, "D9"), ({"new": "C9"}, "C9")],
    ids=["both", "the day's count alone"],
)
def test_the_cells_are_those_of_the_fact_that_the_figure_is_read_from(campaign, measures, cell):
    own, *come = report(A, 10, dose1=[640])
    told = [Value("dose2", "", name, 180, where) for name, where in measures.items()]
    sent = [*REPORTS[:1], (replace(own, values=(*own.values, *told)), *come)]
    of = known(campaign, 10, sent).values

    [row] = of[of["indicator"].eq("dose2") & of["group"].eq("") & of["unit_code"].eq(A)
               & of["report_date"].eq("2022-05-10")].to_dict("records")  # fmt: skip
    assert (row["source_file"], row["where"]) == (f"10/{A}.xlsx", cell)


def test_all_of_an_indicator_stand_in_the_long_table_too(day):
    assert values(day, D, "dose2", "") == [800, 4000, 0.2, None]


@pytest.mark.slow
def test_a_fall_of_a_further_indicator_is_a_finding_that_names_it(campaign):
    fallen = [*REPORTS[:4], report(B, 10, dose1=[1300], dose2=[5, 10, 100])]
    day = known(campaign, 10, fallen)

    [found] = day.findings[day.findings["rule"].eq("cumulative_decrease")].to_dict("records")
    assert found["unit_code"] == B
    assert found["message"].startswith("Mũi 2: ")
    assert [*day.of("dose2").in_doubt["unit_code"]] == [B]
    assert day.in_doubt.empty


def test_a_campaign_of_one_indicator_has_no_long_table(campaign):
    alone = campaign.of(campaign.indicators[0].model_copy(update={"groups": ()}))

    assert known(alone, 10).values.empty


def named(day: Day) -> dict[str, pd.DataFrame]:
    """What is published of a day, by the names that it has outside."""
    return {one.path: one.frame for one in outside(day, published(day, None))}


def test_tables_and_columns_are_called_by_the_codes_of_the_campaign(day):
    tables = named(day)

    assert {"wards", "district", "wards_dose2", "district_dose2", "values"} <= tables.keys()
    assert "units" not in tables
    assert [*tables["wards"]][:6] == [
        "report_date", "unit_code", "unit_name", "people", "dose1_cumulative", "dose1_new",
    ]  # fmt: skip
    assert "dose2_needed" in tables["wards_dose2"]
    assert "wards_counted" in tables["district"]


def test_the_trace_names_what_it_tells_by_those_codes_too(day):
    told = named(day)["trace"]
    [of_people] = told[told["column"].eq("people") & told["key"].eq(A)].to_dict("records")

    assert of_people["source_file"] == "params/denominators.csv"
    assert set(told["table"]) == {"wards", "district"}
    assert "ceil(target_coverage * people) - dose1_cumulative, at least 0" in set(told["rule"])
    assert "wards.csv" in set(told["source_file"])


def test_a_further_indicator_has_a_trace_of_its_own_which_names_its_tables(day):
    told = named(day)["trace_dose2"].set_index(["key", "column"])
    cumulative = told.loc[(A, "dose2_cumulative")]

    assert (cumulative["value"], cumulative["where"]) == ("180", "B0")
    assert set(told["table"]) == {"wards_dose2", "district_dose2"}
    assert "wards_dose2.csv" in set(told["source_file"])


def test_a_column_is_asked_for_by_the_name_that_it_has_outside(day):
    assert day.measured("dose1_new") == (day, "numerator_new")
    assert day.measured("dose2_cumulative") == (day.of("dose2"), "numerator_cumulative")
    assert day.measured("dose2_coverage") == (day.of("dose2"), "coverage")
    assert day.measured("coverage") == (day, "coverage")


def test_a_figure_of_a_further_indicator_leads_to_its_own_cell(day):
    second, column = day.measured("dose2_cumulative")
    step = Tracer(second, pd.DataFrame(columns=["report", "cell", "phone", "place", "value"]))

    assert step.step(A, column).source.where == "B0"


@pytest.mark.slow
def test_a_correction_of_one_indicator_leaves_the_others(campaign):
    entry = {
        "unit": A, "date": "2022-05-10", "column": "dose2_cumulative", "found": 180, "value": 160,
        "reason": "Gõ nhầm", "by": "CB", "when": "2022-05-10",
    }  # fmt: skip
    corrections = parse_corrections([entry], campaign, where="corrections.yaml")
    day = known(campaign.corrected(corrections), 10)

    assert column(day.of("dose2").units, "numerator_cumulative")[A] == 160
    assert column(day.units, "numerator_cumulative")[A] == 640
    assert parse_corrections(
        [one.to_record() for one in corrections], campaign, where="manifest"
    ) == corrections  # fmt: skip


@pytest.mark.slow
def test_a_report_of_one_indicator_alone_is_a_report_of_its_unit(campaign):
    """An Hòa sends its second doses alone on the 10th: the first ones are carried, and no more."""
    day = known(campaign, 10, [*REPORTS[:3], report(A, 10, dose2=[180])])

    assert column(day.units, "status")[A] == "on_time"
    assert column(day.units, "numerator_cumulative")[A] == 500
    assert column(day.units, "carried_from")[A] == pd.Timestamp(2022, 5, 9)
    assert column(day.of("dose2").units, "numerator_cumulative")[A] == 180
    assert set(day.reports["verdict"]) == {"used"}


@pytest.mark.slow
def test_a_late_report_of_one_indicator_alone_is_late(campaign):
    own, come, _rows = report(A, 10, dose2=[180])
    late = replace(come, received_at=pd.Timestamp(2022, 5, 10, 16, tz="Asia/Ho_Chi_Minh"))
    day = known(campaign, 10, [*REPORTS[:3], (own, late, None)])

    assert column(day.units, "status")[A] == "late"
    assert [*day.findings.loc[day.findings["rule"].eq("late"), "unit_code"]] == [A]


@pytest.mark.slow
def test_the_findings_of_a_period_have_the_doubts_of_each_indicator(campaign):
    fallen = [*REPORTS[:4], report(B, 10, dose1=[1300], dose2=[5, 10, 100])]
    view = assemble(fallen, Names())
    found = findings_over(view, build(view, campaign, date(2022, 5, 11)), date(2022, 5, 9))

    assert [text[:6] for text in found.loc[found["severity"].eq("warning"), "message"]] == [
        "Mũi 2:"
    ]


def told(campaign: Campaign, unit: str, **figures: int) -> Campaign:
    """The campaign with figures of 10/5 that a ward has told by telephone."""
    entry = {
        "unit": unit, "date": date(2022, 5, 10), "told": figures, "told_by": "Trạm trưởng",
        "reason": "mất mạng", "by": "Cán bộ", "when": "2022-05-10T14:00",
    }  # fmt: skip
    return campaign.corrected(parse_corrections([entry], campaign, where="corrections.yaml"))


@pytest.mark.slow
def test_figures_told_by_telephone_are_of_the_indicators_that_they_name(campaign):
    day = known(told(campaign, C, dose1_cumulative=310, dose2_cumulative=55), 10, REPORTS[:4])

    assert column(day.units, "numerator_cumulative")[C] == 310
    assert column(day.of("dose2").units, "numerator_cumulative")[C] == 55
    tables = named(day)
    assert [*tables["corrections"]["value"]] == ["dose1_cumulative=310"]
    assert [*tables["corrections_dose2"]["value"]] == ["dose2_cumulative=55"]


@pytest.mark.slow
def test_a_figure_told_of_the_second_indicator_alone_leaves_the_first_one_carried(campaign):
    day = known(told(campaign, C, dose2_cumulative=55), 10, REPORTS[:4])

    assert column(day.units, "numerator_cumulative")[C] == 300
    assert column(day.units, "carried_from")[C] == pd.Timestamp(2022, 5, 9)
    assert column(day.of("dose2").units, "numerator_cumulative")[C] == 55
    assert column(day.units, "status")[C] == "on_time"
    assert corrections_listed(day).rows[0][1].text == "Xã Cát Lâm"
    assert len(corrections_listed(day).rows) == 1
    [said] = day.findings.loc[day.findings["rule"].eq("correction_applied"), "message"]
    assert said.startswith("Mũi 2: ") and "55" in said


@pytest.mark.slow
def test_each_finding_of_several_indicators_is_listed_once(campaign):
    day = known(told(campaign, C, dose1_cumulative=310, dose2_cumulative=55), 10, REPORTS[:4])

    first, second = day.findings["message"]
    assert second == f"Mũi 2: {first.replace('310', '55')}"


def test_what_was_told_is_written_as_it_was_entered(campaign):
    [entry] = told(campaign, C, dose2_cumulative=55, dose1_cumulative=310).corrections

    written = entry.to_record()
    assert written["told"] == {"dose2_cumulative": 55, "dose1_cumulative": 310}
    assert parse_corrections([written], campaign, where="manifest.json") == (entry,)


def test_a_figure_of_no_indicator_is_told_with_what_is_known(campaign):
    with pytest.raises(ParamsError, match=": dose1_cumulative, dose2_cumulative"):
        told(campaign, C, dose3_cumulative=5)
