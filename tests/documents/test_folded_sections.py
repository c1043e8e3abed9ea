"""Sections of the exploring notebook and of the formal report, of more units than a page lists."""

from __future__ import annotations

import pytest

from briefing.documents.blocks import Bullets, Table
from briefing.documents.sections import denominators, reporting_rates, units_goals
from briefing.documents.sections.report import annex_of_units, evaluated, units_annex, units_picture
from briefing.language import language
from briefing.params import Campaign
from briefing.tables import build
from briefing.tables.period import period_of
from tests.params.provinces import many
from tests.tables.tiny import day, report, view

NUMBERS = range(31)
LATE = {4, 9}
SENT = [
    *(report(f"AL{n:02}", 16, "16 14:00", 20) for n in NUMBERS),
    *(report(f"AL{n:02}", 17, f"17 {15 if n in LATE else 14}:30", 50) for n in NUMBERS),
    *(report(f"HA{n:02}", 17, "17 14:00", 40) for n in NUMBERS if n != 7),
]
DISTRICTS = ["Huyện An Lão", "Huyện Hoài Ân"]


@pytest.fixture(autouse=True)
def english():
    with language("en"):
        yield


@pytest.fixture(scope="module")
def monday(tmp_path_factory):
    """Two districts of 31 communes of 100 each, on the 17th."""
    folder = many(tmp_path_factory.mktemp("province"), 31)
    return build(view(*SENT), Campaign.load(folder), day(17))


@pytest.fixture(scope="module")
def period(monday):
    return period_of(monday, day(16), day(17))


def column(table: Table, key: str) -> list[str]:
    [at] = [n for n, column in enumerate(table.columns) if column.key == key]
    return [row[at].text for row in table.rows]


def test_reports_are_counted_by_district(monday):
    table = reporting_rates(monday)

    assert [row[0].text for row in table.rows] == [DISTRICTS[1], DISTRICTS[0], "The province"]
    assert column(table, "expected") == ["62", "62", "124"]
    assert column(table, "on_time") == ["30", "60", "90"]
    assert column(table, "late") == ["0", "2", "2"]


def test_of_a_flat_campaign_the_least_timely_stand_alone_and_their_number_is_said(monday):
    rows = tuple(row.model_copy(update={"parent": "BD"}) for row in monday.campaign.unit_rows)
    flat = monday.campaign.model_copy(
        update={"node_rows": monday.campaign.node_rows[:1], "unit_rows": rows}
    )
    table = reporting_rates(build(view(*SENT), flat, day(17)))

    assert len(table.rows) == 60 + 1
    assert table.rows[0][0].text == "Xã HA07"  # it has sent nothing
    assert table.note.startswith("The 60 least timely of 62.")


def test_targets_are_set_against_the_districts(monday):
    table = units_goals(monday)

    assert [row[0].text for row in table.rows] == [DISTRICTS[0]] * 2 + [DISTRICTS[1]] * 2
    assert column(table, "numerator_needed")[:2] == [
        "310",
        "1,240",
    ]  # 0.6 and 0.9 of 3,100, less 1,550


def test_other_denominators_are_shown_of_the_notable_units_alone(monday):
    names = {row[0].text for row in denominators(monday).rows}

    assert "Xã AL00" in names and len(names) < 62


def test_the_annex_of_the_report_has_a_row_for_each_district_and_says_where_each_unit_is(period):
    table = units_annex(period)

    assert column(table, "unit_name") == [*DISTRICTS, "The province"]
    assert column(table, "on_time") == ["60/62", "30/62", "90/124"]
    assert column(table, "numerator_closing")[:2] == ["1,550", "1,200"]
    assert "Each of the 62 communes: tables/period_units.csv." in table.note
    assert "BY DISTRICTS" in annex_of_units(period).title


def test_the_picture_of_the_report_has_a_bar_for_each_district(period):
    figure = units_picture(period)

    assert DISTRICTS[0] in figure.svg and "AL00" not in figure.svg
    assert "0 of 62 communes" in figure.title


@pytest.mark.slow
def test_a_sentence_names_thirty_units_and_counts_the_rest(monday):
    tuesday = period_of(monday, day(17), day(17))
    campaign = monday.campaign
    more = [report(f"AL{n:02}", 16, "16 14:00", 20) for n in NUMBERS if n not in LATE]
    more += [report(f"AL{n:02}", 17, "17 14:00", 50) for n in NUMBERS]
    more += [report(f"HA{n:02}", d, f"{d} 14:00", 40) for n in NUMBERS if n < 4 for d in (16, 17)]
    longer = period_of(build(view(*more), campaign, day(17)), day(16), day(17))

    assert "every report" not in str(evaluated(tuesday, "strengths").items)
    assert "33 of 62" in always(longer) and "and 3 others" in always(longer)


def always(period) -> str:
    block = evaluated(period, "strengths")
    assert isinstance(block, Bullets)
    [said] = [str(item) for item in block.items if "every report on time" in str(item)]
    return said
