"""Pages of a campaign with two indicators and age groups: which is spoken of, and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pandas as pd
import pytest

from briefing.catalog.figures import FIGURES
from briefing.documents import sections
from briefing.documents.blocks import Figure, Heading, Table
from briefing.documents.sections import report as period_sections
from briefing.documents.sections import unit as unit_sections
from briefing.params import Campaign
from briefing.register.arrivals import Arrival
from briefing.tables.groups import groups
from briefing.tables.period import period_of
from briefing.tables.unit import unit_of
from tests.params.campaigns import VACCINATION, A, B, C, D, vaccination
from tests.tables.doses import REPORTS, known, report


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    return Campaign.load(vaccination(tmp_path_factory.mktemp("vaccination") / "params"))


@pytest.fixture(scope="module")
def days(campaign):
    """9 and 10 May; on the 10th Cát Lâm sends 310 and 50, so that every ward is known."""
    reports = [
        *REPORTS,
        report(C, 10, dose1=[310], dose2=[50]),
        report(D, 9, dose1=[1900], dose2=[700]),
    ]
    return known(campaign, 9, reports), known(campaign, 10, reports)


def texts(table: Table, row: int) -> list[str]:
    return [cell.text for cell in table.rows[row]]


def test_page_one_says_of_each_indicator_where_the_whole_stands(days):
    """640 + 1300 + 310 + 2000 of 7500; 180 + 300 + 50 + 800."""
    said = sections.headline(days[1]).text.splitlines()

    assert said[0] == "Mũi 1: toàn huyện đạt 56,67%."
    assert said[-1].startswith("Mũi 2: toàn huyện đạt 17,73%; chỉ tiêu 60% đến 20/5: ")


def test_each_indicator_has_a_figure_with_its_own_targets_and_source(days):
    figures = sections.key_figures(days[1]).figures
    first, second = figures[:2]

    assert (first.value, second.value) == ("56,67%", "17,73%")
    assert [label for _share, label in second.marks] == ["60% – 20/5"]
    assert "1.330 trên 7.500" in second.note
    assert (first.source, second.source) == ("src-HT", "src-HT-dose2")
    assert figures[2].label == "Mũi 1: tăng, giảm trong ngày"


def test_every_source_that_a_page_names_is_among_its_sources(days):
    told = {entry.id for entry in sections.sources(days[1]).entries}
    named = {
        cell.source
        for block in sections.indicators(days[1])
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        if cell.source
    }

    assert named
    assert named <= told


def test_each_further_indicator_has_a_chapter_of_its_own(days):
    heading, trend, goals, bars, units = sections.indicators(days[1])

    assert isinstance(heading, Heading)
    assert heading.text == "Mũi 2"
    assert isinstance(trend, Figure)
    assert "whole-trend-dose2-" in trend.svg
    assert texts(goals, 0)[0] == "60% đến 20/5"
    assert bars.id == "units-bars-dose2"
    assert texts(units, 0)[:4] == ["Xã Đông Hải", "1", "800", "20,00%"]


def test_groups_stand_beside_one_another_by_unit(days):
    """Bình Sơn: 180 of 400, 120 of 200, 1000 of 1400; nothing is known of the ages of Đông Hải."""
    _against_target, first, second = sections.groups(days[1])

    assert [column.label for column in first.columns][2:] == [
        "5–11 tuổi", "12–17 tuổi", "18 tuổi trở lên",
    ]  # fmt: skip
    rows = {row[0].value: [cell.text for cell in row[1:]] for row in first.rows}
    assert rows[B] == ["65,00%", "45,00%", "60,00%", "71,43%"]
    assert rows[D] == ["50,00%", "200", "200", "1.600"]
    assert rows[C] == ["62,00%", "–", "–", "–"]
    assert second.rows[0][0].value == D


@pytest.mark.slow
def test_calls_are_about_the_first_indicator_that_lags_and_say_which(campaign):
    """All of the first dose are given; the second stands still."""
    full = [
        report(unit, day, dose1=[people], dose2=[10])
        for day in (9, 10)
        for unit, people in ((A, 1000), (B, 2000), (C, 500), (D, 4000))
    ]
    previous_day, day = known(campaign, 9, full), known(campaign, 10, full)
    asked = sections.calls(day, previous_day)

    assert asked.items
    assert all(item.figure.startswith("Mũi 2: ") for item in asked.items)


@pytest.mark.slow
def test_a_doubt_of_a_further_indicator_waits_on_page_one(campaign):
    fallen = [*REPORTS[:4], report(B, 10, dose1=[1300], dose2=[5, 10, 100])]
    day = known(campaign, 10, fallen)

    assert "Cần xác minh: Mũi 2: Xã Bình Sơn (lũy kế giảm)." in sections.summary(day).items
    [row] = sections.open_doubts(day).rows
    assert any(cell.text.startswith("Mũi 2: ") for cell in row)


@pytest.mark.slow
def test_the_page_of_a_unit_has_each_indicator_and_group(days):
    """Bình Sơn: 1300 and 300 of 2000."""
    unit = unit_of(days[1], B, days[0])
    each, by_group = unit_sections.unit_indicators(unit)

    assert [texts(each, n)[:3] for n in (0, 1)] == [
        ["Mũi 1", "1.300", "65,00%"], ["Mũi 2", "300", "15,00%"],
    ]  # fmt: skip
    assert texts(by_group, 0) == ["5–11 tuổi", "45,00%", "+20,00", "5,00%", "0,00"]
    assert texts(by_group, 3)[:3] == ["Tất cả", "65,00%", "+15,00"]
    asked = [row[0].text for row in unit_sections.asked_today(unit).rows]
    assert any(text.startswith("Mũi 2: ") for text in asked)


def test_a_period_tells_each_indicator(days):
    period = period_of(days[1], days[0].date, days[1].date)
    heading, results = period_sections.whole_further(period)
    tasks = period_sections.evaluated(period, "tasks").items

    assert heading.text == "Mũi 2"
    assert any("1.330 người đã tiêm mũi 2" in text for text in results.items)
    assert any(text.startswith("Mũi 1: ") for text in tasks)
    assert any(text.startswith("Mũi 2: ") for text in tasks)


def test_with_one_indicator_without_groups_nothing_is_added(campaign):
    alone = campaign.of(campaign.indicators[0].model_copy(update={"groups": ()}))
    day = known(alone, 10)

    assert not sections.indicators(day)
    assert not sections.groups(day)
    assert not unit_sections.unit_indicators(unit_of(day, A))
    assert sections.headline(day).text.startswith("Toàn huyện")


@pytest.mark.slow
def test_what_is_known_otherwise_of_a_further_indicator_is_told_with_its_name(campaign):
    """Bình Sơn sends the 9th again on the 10th: 250 second doses, not 200."""
    again = replace(report(B, 9, dose1=[1000], dose2=[250])[0], file="10/B.xlsx", sha256="b")
    come = Arrival("10/B.xlsx", "b", pd.Timestamp(2022, 5, 10, 8, tz="Asia/Ho_Chi_Minh"))
    then = known(campaign, 9, REPORTS[:3], as_of=datetime(2022, 5, 9, 23, tzinfo=campaign.tz))
    now = known(campaign, 9, [*REPORTS[:3], (again, come, None)])

    rows = [[cell.text for cell in row] for row in sections.changed_since(then, now).rows]
    told = [row for row in rows if row[1] == "Xã Bình Sơn"]
    assert [row[2:5] for row in told] == [["Mũi 2: Lũy kế đã cài đặt", "200", "250"]]


@pytest.mark.slow
def test_a_further_indicator_is_told_in_the_words_of_its_own_denominator(tmp_path):
    own = "    done: {vi: người đã tiêm mũi 2, en: people with a second dose}\n"
    due = "    owners: {vi: người đủ hạn tiêm, en: people due}\n"
    settings = VACCINATION.replace(own, own + due)
    campaign = Campaign.load(vaccination(tmp_path / "params", settings))
    campaign.put_in_force()
    entries = {one.id: " ".join(one.lines) for one in sections.sources(known(campaign, 10)).entries}

    assert "Số người trong diện tiêm: " in entries["src-HT"]
    assert "Số người đủ hạn tiêm: " in entries["src-HT-dose2"]
    assert "Số người trong diện tiêm: " not in entries["src-HT-dose2"]
    assert str(FIGURES["denominator"].label) == "Số người trong diện tiêm"


@pytest.mark.slow
def test_each_group_of_the_whole_stands_against_the_target_and_the_lowest_is_named(days):
    """12–17: 70 of 100 and 120 of 200; Cát Lâm gives no ages, Đông Hải no numbers of people."""
    reports = [report(A, 9, dose1=[500, 50, 50, 400], dose2=[100]), REPORTS[1], *REPORTS[3:5]]
    day = known(days[1].campaign, 10, reports)
    told = sections.groups(day)[0]
    rows = {(row[0].value, row[1].value): [cell.text for cell in row[2:]] for row in told.rows}

    assert rows["dose1", "a12"][:4] == ["190", "63,33%", "+13,33", "50"]
    assert rows["dose1", "a12"][-1] == "kịp tiến độ"
    assert rows["dose2", "a5"][:2] == ["20", "5,00%"]
    assert told.note.startswith("Mũi 1: thấp nhất là nhóm 5–11 tuổi, 45,00%.")
    published = groups(day, day).set_index("group")
    assert published.at["a12", "numerator_needed"] == 50


def test_a_group_of_unknown_people_has_a_count_and_no_rate(days):
    """Đông Hải gives ages, but nobody knows of how many."""
    told = groups(days[1], days[1]).set_index("group")

    assert told.at["a5", "numerator_cumulative"] == 90 + 180 + 200
    assert pd.isna(told.at["a5", "coverage"]) and pd.isna(told.at["a5", "numerator_needed"])
    assert told.at["a5", "outlook"] == "unknown"
