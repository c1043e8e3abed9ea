"""units.csv: every unit in one file, below its parent; what is wrong in it is told by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.errors import ParamsError
from briefing.language import language
from briefing.params import Campaign
from tests.params.provinces import (
    AN_HOA,
    AN_HOA_TOO,
    AN_LAO,
    AN_TRUNG,
    BOK_TOI,
    CAMPAIGN,
    DENOMINATOR,
    HOAI_AN,
    LEVELS,
    PROVINCE,
    UNITS,
    province_folder,
    write,
)


@pytest.fixture(autouse=True)
def in_english():
    with language("en"):
        yield


def fault(folder: Path) -> str:
    with pytest.raises(ParamsError) as error:
        Campaign.load(folder)
    return str(error.value)


def test_units_of_three_levels_are_read_from_one_file(tmp_path):
    campaign = Campaign.load(province_folder(tmp_path))

    assert campaign.units["unit_code"].to_list() == [AN_HOA, AN_TRUNG, AN_HOA_TOO, BOK_TOI]
    assert campaign.units["denominator"].to_list() == [100, 300, 200, 400]
    assert [node.code for node in campaign.node_rows] == [PROVINCE, AN_LAO, HOAI_AN]
    assert campaign.bodies.empty and campaign.places.empty


def test_units_of_one_name_are_told_apart_by_their_parent(tmp_path):
    names = Campaign.load(province_folder(tmp_path)).full_names

    assert names[AN_HOA] == "Xã An Hòa (Huyện An Lão)"
    assert names[AN_HOA_TOO] == "Xã An Hòa (Huyện Hoài Ân)"
    assert names[AN_TRUNG] == "Xã An Trung"


ONCE = (
    CAMPAIGN.replace("  units: {", "  agencies: {vi: cơ quan, en: agencies}\n  units: {")
    + LEVELS
    + "agency_reporting: {due: 2021-08-19, target: 1.0}\n"
)


def test_places_and_bodies_stand_in_the_same_file(tmp_path):
    more = [
        ("21702-1", "Thôn 1", "places", AN_TRUNG, "thôn", ""),
        ("CQ1", "Sở Y tế", "bodies", PROVINCE, "", "Sở"),
    ]
    folder = province_folder(
        tmp_path, denominator=DENOMINATOR | {"21702-1": 40}, campaign_yaml=ONCE
    )
    rows = [*((*unit, "") for unit in UNITS), *more]
    write(folder / "units.csv", "code,name,level,parent,type,sector", rows)

    campaign = Campaign.load(folder)

    assert campaign.places[["unit_code", "place", "denominator"]].to_numpy().tolist() == [
        [AN_TRUNG, "Thôn 1", 40]
    ]
    assert campaign.bodies[["body_code", "name"]].to_numpy().tolist() == [["CQ1", "Sở Y tế"]]


def test_who_reports_is_not_said_in_two_files(tmp_path):
    folder = province_folder(tmp_path)
    head = "unit_code,name,type,full_name,short_label,smartphone_owners,smartphone_owners_status,"
    row = ("1", "A", "Xã", "Xã A", "A", 5, "official", "BD")
    write(folder / "communes.csv", f"{head}parent", [row])

    assert "units.csv: communes.csv beside it says too who reports; keep one" in fault(folder)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("9", "X", "communes", PROVINCE, "Xã"),
         "its parent “BD” is no unit of the level above, “districts”"),
        (("9", "X", "communes", "", "Xã"), "its parent “” is no unit of the level above"),
        (("9", "X", "communes", "ZZ", "Xã"), "its parent “ZZ” is no unit of the level above"),
        (("9", "X", "hamlets", AN_LAO, "Xã"),
         "level “hamlets”; known: province, districts, communes, places, bodies"),
        ((AN_HOA, "X", "communes", AN_LAO, "Xã"), "this code stands twice"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_told_by_file_and_line_and_what_is_known(tmp_path, row, said):
    told = fault(province_folder(tmp_path, units=[*UNITS, row]))

    assert f"units.csv, line 9: {row[0]} (X): {said}" in told


def test_all_wrong_lines_are_told_at_once(tmp_path):
    wrong = [("8", "X", "ward", AN_LAO, "Xã"), ("9", "Y", "communes", "ZZ", "Xã")]

    told = fault(province_folder(tmp_path, units=[*UNITS, *wrong]))

    assert "line 9: 8 (X)" in told and "line 10: 9 (Y)" in told


def test_there_is_one_whole(tmp_path):
    two = fault(province_folder(tmp_path / "two", units=[*UNITS, ("GL", "B", "province", "", "")]))

    assert "one unit is of level “province”, the whole; found: BD, GL" in two


def test_a_unit_without_its_denominator_is_named(tmp_path):
    denominator = {code: value for code, value in DENOMINATOR.items() if code != BOK_TOI}

    told = fault(province_folder(tmp_path, denominator=denominator))

    assert f"denominators.csv: no line “smartphone_owners” for {BOK_TOI}" in told


def test_an_assumed_denominator_asks_for_the_note_that_pages_say(tmp_path):
    told = fault(province_folder(tmp_path, status="assumed"))

    assert "campaign.yaml: denominator_note is missing: denominators are assumed" in told


def test_agencies_ask_for_the_day_by_which_they_report_and_for_their_name(tmp_path):
    folder = province_folder(tmp_path)
    write(folder / "bodies.csv", "body_code,name,sector", [("CQ1", "Sở Y tế", "Sở")])

    told = fault(folder)

    assert "campaign.yaml: body_reporting is missing: bodies are listed" in told
    assert "campaign.yaml: terms.bodies is missing: bodies are listed" in told


def test_a_campaign_under_a_district_is_that_of_its_own_units(tmp_path):
    under = Campaign.load(province_folder(tmp_path)).under(HOAI_AN)

    assert under.units["unit_code"].to_list() == [AN_HOA_TOO, BOK_TOI]
    assert (under.area.code, str(under.area.whole)) == (HOAI_AN, "Huyện Hoài Ân")


@pytest.mark.parametrize("taken", ["findings", "communes"])
def test_a_level_has_a_code_of_its_own(tmp_path, taken):
    named = (CAMPAIGN + LEVELS).replace("code: districts", f"code: {taken}")

    told = fault(province_folder(tmp_path, campaign_yaml=named))

    assert "a level needs a code of its own, which no other table has" in told
