"""A page with more units than it can list shows the level below the whole, or the notable ones.

Two districts, An Lão and Hoài Ân, of 31 communes each of 100 owners. On the 16th all of An Lão
report 50 but AL30, none of Hoài Ân; on the 17th AL00 reports 60.
"""

from __future__ import annotations

import io

import openpyxl
import pytest

from briefing.documents.annex import annex
from briefing.documents.annex.sheet import HEAD_ROW
from briefing.documents.sections import (
    sources,
    units_bars,
    units_strip,
    units_table,
    units_trends,
    waiting_for,
)
from briefing.language import language
from briefing.params import Campaign
from briefing.tables import build
from briefing.tables.day import Day
from briefing.tables.exports import published
from tests.params.provinces import many
from tests.tables.tiny import day, report, view

REPORTS = (
    *(report(f"AL{n:02}", 16, "16 14:00", 50) for n in range(30)),
    report("AL00", 17, "17 14:00", 60),
)


@pytest.fixture(autouse=True)
def english():
    with language("en"):
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return many(tmp_path_factory.mktemp("many"), 31)


@pytest.fixture(scope="module")
def whole(folder) -> Day:
    return build(view(*REPORTS), Campaign.load(folder), day(17))


@pytest.fixture(scope="module")
def flat(folder) -> Day:
    """The same units right below the whole, each with another rate: 1, 2, … % on the 16th."""
    campaign = Campaign.load(folder)
    two_levels = campaign.model_copy(update={"node_rows": campaign.node_rows[:1]})
    codes = [row.unit_code for row in campaign.unit_rows]
    sent = [report(code, 16, "16 14:00", n) for n, code in enumerate(codes, 1)]
    return build(view(*sent, report("AL30", 17, "17 14:00", 20)), two_levels, day(17))


def texts(block) -> list[list[str]]:
    return [[cell.text.replace("\xa0", " ") for cell in row] for row in block.rows]


def test_the_strip_has_a_line_for_each_district(whole):
    assert texts(units_strip(whole)) == [
        ["1", "Huyện An Lão", "50.33%", "+10", "1/31"],  # 29 × 50 + 60 of 30 × 100
        ["–", "Huyện Hoài Ân", "–", "–", "0/31"],
    ]


def test_the_table_has_a_row_for_each_district_and_says_where_the_units_are(whole):
    table = units_table(whole, ["unit_name", "numerator_cumulative", "coverage", "status"])

    assert texts(table) == [
        ["Huyện An Lão", "1,510", "50.33%", "1/31"],
        ["Huyện Hoài Ân", "–", "–", "0/31"],
        ["The province", "1,510", "50.33%", "1/62 on time"],
    ]
    assert table.columns[0].label == "Districts"
    assert "Each of the 62 units below them is in the annex." in table.note


def test_a_sum_says_how_much_of_it_is_carried_over(whole):
    table = units_table(whole, ["numerator_cumulative"])

    assert table.rows[0][0].note == "96% carried over"  # 29 × 50 of 1,510


def test_the_bars_are_those_of_districts_and_count_the_units_that_have_reached(whole):
    figure = units_bars(whole)

    assert "Huyện An Lão" in figure.alt and "AL00" not in figure.alt
    assert figure.title.replace("\xa0", " ").startswith("1 of the 30 communes with figures")


def test_the_figures_of_a_district_open_where_they_come_from(whole):
    entries = {entry.title: entry.lines for entry in sources(whole).entries}

    assert any("1,510 = sum over 30 units" in line for line in entries["Huyện An Lão"])


@pytest.mark.slow
@pytest.mark.parametrize("of", ["whole", "flat"])
def test_what_opens_where_it_comes_from_is_told_and_what_has_no_row_is_not(of, request):
    shown = request.getfixturevalue(of)
    blocks = [units_table(shown), units_strip(shown), waiting_for(shown)]
    opened = {cell.source for block in blocks for row in block.rows for cell in row if cell.source}
    told = {entry.id for entry in sources(shown).entries}

    assert opened
    assert opened <= told
    assert len(told) < len(shown.units)


def test_who_is_waited_for_is_counted_by_district(whole):
    waiting = waiting_for(whole)

    assert [[cell.text for cell in row] for row in waiting.rows] == [
        ["Huyện Hoài Ân", "0/31", "31", "0", "0", "0"],
        ["Huyện An Lão", "1/31", "30", "0", "0", "0"],
    ]
    assert waiting.note == "Each of the 62 units below them is in the annex."


def test_the_small_charts_are_those_of_districts(whole):
    alt = units_trends(whole).alt

    assert "Huyện An Lão: " in alt
    assert "AL00" not in alt


def test_without_a_level_between_the_strip_has_both_ends_of_the_ranking(flat):
    strip = units_strip(flat)

    assert [row[0].value for row in strip.rows] == [*range(1, 9), *range(55, 63)]
    assert "The 8 highest and the 8 lowest of 62." in strip.note


def test_without_a_level_between_the_table_has_both_ends_and_what_is_in_doubt(flat):
    table = units_table(flat, ["unit_name", "rank"])

    names = [row[0].text for row in table.rows[:-1]]
    assert len(names) == 25 and "Xã AL30" in names  # 12 and 12, and the one that fell
    assert "Of 62 those at both ends" in table.note


@pytest.mark.slow
def test_the_annex_has_a_sheet_for_each_level_and_one_for_the_units(whole):
    book = openpyxl.load_workbook(io.BytesIO(annex(whole, published(whole, None))))

    assert book.sheetnames[1:4] == ["Communes", "The province", "Districts"]
    names = [row[1].value for row in book["Districts"].iter_rows(min_row=HEAD_ROW + 1)]
    assert names == ["AL", "HA"]
    assert not [name for name in book.sheetnames if "once" in name.lower()]  # no agencies
