"""The sample of a campaign of counts: its own form, words and language, and the truth beside it."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from briefing.forms.counts import Figure, added_up
from briefing.params import Campaign
from briefing.sample import campaign_truth, counts_truth, first_due, write_sample
from briefing.starters import starters

NAMES = ("kilifi", "vaccination", "vneid")


def campaign(name: str) -> Campaign:
    return Campaign.load(starters()[name])


@pytest.fixture(scope="module")
def kilifi(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kilifi")
    write_sample(folder, campaign("kilifi"))
    return folder


def test_without_a_day_it_goes_up_to_the_first_one_that_is_due():
    assert first_due(campaign("vneid")) == date(2025, 10, 3)


@pytest.mark.parametrize("name", NAMES)
def test_groups_come_to_the_total_of_the_same_report(name):
    truth = counts_truth(campaign(name), units=5).set_index(
        ["date", "unit_code", "indicator", "group"]
    )["cumulative"]
    groups = truth[truth.index.get_level_values("group") != ""]
    added = groups.groupby(level=[0, 1, 2]).sum()

    assert bool(len(added)) == (name == "vaccination")
    for (day, unit, indicator), figure in added.items():
        assert figure == truth[day, unit, indicator, ""]


def test_a_further_indicator_never_exceeds_the_one_before_it():
    doses = counts_truth(campaign("vaccination"), units=5)
    wide = doses.pivot(index=["date", "unit_code", "group"], columns="indicator")["cumulative"]

    assert (wide["dose2"] <= wide["dose1"]).all()


def test_the_truth_of_each_figure_is_that_of_the_whole_campaign():
    first = counts_truth(campaign("kilifi")).query("group == ''")
    usable = campaign_truth(campaign("kilifi")).dropna(subset=["numerator_cumulative"])

    assert [*first["cumulative"]] == [*usable["numerator_cumulative"]]
    assert [*first["unit_code"]] == [*usable["unit_code"]]


@pytest.mark.parametrize("name", NAMES)
def test_a_cumulative_falls_only_where_the_sample_makes_it_fall(name):
    truth = campaign_truth(campaign(name), units=8)
    actual = truth.sort_values("date").groupby("unit_code")["numerator_actual"]

    assert (actual.diff().dropna() >= 0).all()


@pytest.mark.slow
def test_the_same_campaign_gives_the_same_bytes(kilifi, tmp_path):
    write_sample(tmp_path, campaign("kilifi"))

    files = sorted(path.relative_to(kilifi) for path in kilifi.rglob("*") if path.is_file())
    assert len(files) > 50
    for file in files:
        assert (tmp_path / file).read_bytes() == (kilifi / file).read_bytes()


def test_units_write_in_several_hands_and_formats(kilifi):
    endings = Counter(path.suffix for path in (kilifi / "2024-05-08").iterdir())

    assert {".xlsx", ".docx", ".txt"} == endings.keys()
    [message] = (kilifi / "2024-05-08").glob("*.txt")
    assert message.read_text("utf-8").startswith(
        "Kadzuhu Village, household registration, 8 May 2024:"
    )


def test_the_form_filled_in_holds_the_figures_zone_by_zone_and_their_total(kilifi):
    truth = counts_truth(campaign("kilifi")).query("unit_code == 'V01'")
    known = truth[truth["date"].eq("2024-05-08")]["cumulative"].item()
    sheet = load_workbook(kilifi / "2024-05-08/Bahati Village 8-5.xlsx").active
    table = [row[:3] for row in sheet.iter_rows(11, 15, values_only=True)]

    assert [row[0] for row in table] == [
        "Beach Zone", "Borehole Zone", "Farm Zone", "Market Zone", "Total",
    ]  # fmt: skip
    assert sum(row[2] for row in table[:-1]) == table[-1][2] == known


def test_the_marker_says_in_the_language_of_the_campaign_that_it_is_made_up(kilifi):
    assert "ILLUSTRATIVE FIGURES" in (kilifi / "SO_LIEU_MINH_HOA.txt").read_text("utf-8")


def test_in_word_numbers_bear_the_marks_of_the_country(tmp_path):
    write_sample(tmp_path, campaign("vaccination"), until=date(2022, 4, 14), units=9)
    path = next(tmp_path.rglob("*Xa My Ly*.docx"))
    lines = [paragraph.text for paragraph in Document(path).paragraphs]

    assert "- Mũi 1: 3.215" in lines


def test_a_figure_is_added_up_from_what_is_known_of_its_parts():
    told = {
        Figure("dose1", "a", "cumulative", "x"): 1,
        Figure("dose1", "b", "cumulative", "x"): 10,
        Figure("dose1", "a", "cumulative", "y"): 100,
        Figure("dose1", "a", "new", "x"): 1000,
    }

    assert added_up(told, Figure("dose1", "", "cumulative")) == 111
    assert added_up(told, Figure("dose1", "a", "cumulative")) == 101
    assert added_up(told, Figure("dose1", "", "cumulative", "x")) == 11
    assert added_up(told, Figure("dose2", "", "cumulative")) is None
