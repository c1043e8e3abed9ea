"""The campaigns of the starters, from `init` to the published pages: other indicators, levels,
calendars and languages without a changed line of code. Figures are the truth of the sample."""

from __future__ import annotations

import re

import openpyxl
import pandas as pd
import pytest

from briefing import formats
from briefing.language import language
from briefing.sample import campaign_truth, counts_truth
from tests.campaigns.conftest import DAYS, LEVELS, UNITS, WHOLES, Workplace
from tests.run.described import at_fault, described

pytestmark = pytest.mark.slow


def of_the_day(place: Workplace) -> pd.DataFrame:
    truth = counts_truth(place.campaign, units=UNITS[place.name])
    return truth[truth["date"].eq(DAYS[place.name])]


def test_the_page_is_published_in_every_format_with_annex_and_letters(place):
    names = {path.name for path in place.published.iterdir()}

    assert {
        "briefing.html", "briefing.pdf", "briefing.docx", "annex.xlsx", "reminders.txt",
        "receipts.txt", "manifest.json",
    } <= names  # fmt: skip


def test_each_unit_s_figure_of_the_day_is_the_truth_of_the_sample(place):
    for number, indicator in enumerate(place.campaign.indicators):
        level = LEVELS[place.name] + (f"_{indicator.code}" if number else "")
        published = place.table(level).set_index("unit_code")
        truth = of_the_day(place).query("indicator == @indicator.code and group == ''")

        assert len(truth) >= UNITS[place.name] // 2
        for row in truth.itertuples():
            assert published.at[row.unit_code, f"{indicator.code}_cumulative"] == row.cumulative


def test_each_unit_is_judged_as_it_sent(place):
    truth = campaign_truth(place.campaign, units=UNITS[place.name])
    sent = truth[truth["date"].eq(DAYS[place.name])].set_index("unit_code")["status"]
    published = place.table(LEVELS[place.name]).set_index("unit_code")["status"]

    assert published.loc[sent.index].to_dict() == sent.to_dict()


def test_the_whole_is_the_sum_of_its_units(place):
    units, whole = place.table(LEVELS[place.name]), place.table(WHOLES[place.name])
    code = place.campaign.indicators[0].code

    assert whole[f"{code}_cumulative"].iloc[-1] == units[f"{code}_cumulative"].sum()


def test_a_page_is_in_the_language_of_the_offices(place):
    told = (place.published / "briefing.html").read_text("utf-8")
    reminders = (place.published / "reminders.txt").read_text("utf-8-sig")

    if place.campaign.language == "en":
        assert 'lang="en"' in told
        for text in (told, reminders):
            assert not {letter for letter in text if "\u1ea0" <= letter <= "\u1ef9"}
            assert "phường" not in text and "người" not in text
    else:
        assert 'lang="vi"' in told


def test_a_campaign_without_bodies_says_nothing_of_them(place):
    assert not place.campaign.body_rows
    assert not (place.published / "tables" / "bodies.csv").exists()


def test_the_tables_are_as_they_say_of_themselves(place):
    tables = place.published / "tables"
    fields = described(tables)[f"{LEVELS[place.name]}.csv"]["schema"]["fields"]
    told = {field["name"]: field["type"] for field in fields}

    assert told[f"{place.campaign.indicators[0].code}_cumulative"] == "integer"
    assert not at_fault(tables)


def test_forms_begin_with_what_was_last_reported(further):
    assert len([*further.forms.rglob("*.xlsx")]) == len(further.campaign.unit_rows)


def test_units_have_pages_of_their_own(further):
    assert {path.parent.name for path in further.units.glob("*/page.pdf")} == {*further.asked}


def test_a_period_has_its_report(further):
    told = (further.period / "report.html").read_text("utf-8")

    assert ("CỘNG HÒA" in told) == (further.campaign.language == "vi")


def rows_of(page: str, table: str) -> dict[str, list[str]]:
    """Of a table of a page the values behind each row's cells, by the code of its first one."""
    [found] = re.findall(rf'<table id="{table}" .*?</table>', page, flags=re.S)
    values = [re.findall(r'data-v="([^"]*)"', row) for row in found.split("<tr>")[1:]]
    return {code: rest for code, *rest in filter(None, values)}


def sheet_of(place: Workplace, number: int) -> dict[str, tuple]:
    """The rows of the annex's sheet of units of an indicator, by code."""
    book = openpyxl.load_workbook(place.published / "annex.xlsx", read_only=True)
    sheet = book.worksheets[1 + number]
    return {str(row[1]): row for row in sheet.iter_rows(min_row=5, values_only=True)}


def test_page_annex_and_receipts_tell_each_unit_s_figure_of_each_indicator(place):
    page = (place.published / "briefing.html").read_text("utf-8")
    receipts = (place.published / "receipts.txt").read_text("utf-8-sig")
    letters = {letter.split("\n")[0]: letter for letter in receipts.split("────── ")[1:]}
    for number, indicator in enumerate(place.campaign.indicators):
        shown = rows_of(page, "units" + (f"-{indicator.code}" if number else ""))
        sheet = sheet_of(place, number)
        truth = of_the_day(place).query("indicator == @indicator.code and group == ''")

        assert len(truth) >= UNITS[place.name] // 2
        for row in truth.itertuples():
            name = place.campaign.full_names[row.unit_code]
            [letter] = [own for head, own in letters.items() if f" {name} – " in f" {head}"]
            assert str(row.cumulative) in shown[row.unit_code]
            assert row.cumulative in sheet[row.unit_code]
            with language(place.campaign.language):
                assert formats.integer(row.cumulative) in letter


def test_each_group_s_rate_is_its_part_of_its_people_on_the_page_and_in_the_tables(place):
    page = (place.published / "briefing.html").read_text("utf-8")
    people = {(r.unit_code, r.group): r.value for r in place.campaign.denominator_rows}
    grouped = [one for one in place.campaign.indicators if one.groups]
    for number, indicator in enumerate(grouped):
        truth = of_the_day(place).query("indicator == @indicator.code and group != ''")
        shown = rows_of(page, f"groups-{indicator.code}")
        at = {group.code: column for column, group in enumerate(indicator.groups, 1)}
        values = place.table("values").query("indicator == @indicator.code")
        values = values[values["report_date"].eq(DAYS[place.name])]
        known = values.set_index(["unit_code", "group"])

        assert len(truth) > UNITS[place.name]
        for row in truth.itertuples():
            key = (row.unit_code, row.group)
            rate = row.cumulative / people[key]
            assert known.at[key, "cumulative"] == row.cumulative
            assert float(shown[row.unit_code][at[row.group]]) == pytest.approx(rate)

        whole = place.table("groups" + (f"_{indicator.code}" if number else ""))
        summed = values.groupby("group")["cumulative"].sum()
        counts = whole.set_index("group")[f"{indicator.code}_cumulative"]
        assert len(whole) == len(indicator.groups)
        assert counts.to_dict() == summed.loc[counts.index].to_dict()
