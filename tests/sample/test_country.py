"""A sample of more units than the campaign has: a made-up country, and its params."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from briefing.errors import ParamsError, RunError
from briefing.intake.reader import Reader
from briefing.language import language
from briefing.params import Campaign
from briefing.register.arrivals import ILLUSTRATIVE
from briefing.sample import campaign_truth, made_up, write_sample
from briefing.sample.lists import SampleContext
from briefing.sample.people import phones
from briefing.starters import starters

ROOT = Path(__file__).parents[2]
DAY = date(2021, 8, 16)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("country") / "inbox"


@pytest.fixture(scope="module")
def country(folder) -> Campaign:
    return made_up(folder, Campaign.load(ROOT / "params"), ROOT / "params", 340)


def test_its_units_lie_in_districts_of_provinces_that_say_what_they_are(country):
    levels = [level.code for level in country.levels]
    names = {row.code: row.called for row in country.node_rows}
    above = {row.code: row.parent for row in country.node_rows}
    parents = [row.parent for row in country.unit_rows]

    assert levels == ["town", "tinh", "huyen", "communes"]
    assert len(country.unit_rows) == len({row.name for row in country.unit_rows}) == 340
    assert [names[code] for code in ("C", "P1", "P2", "D01", "D23")] == [
        "Nước Ví Dụ", "Tỉnh Ví Dụ 1", "Tỉnh Ví Dụ 2", "Huyện Ví Dụ 1", "Huyện Ví Dụ 23",
    ]  # fmt: skip
    assert country.letterhead.issuer == "CƠ QUAN VÍ DỤ"
    assert {above[code] for code in parents} == {"P1", "P2"}
    assert {parents.count(code) for code in set(parents)} <= {14, 15}


def test_a_level_of_one_unit_is_left_out(tmp_path):
    own = Campaign.load(ROOT / "params")

    made = made_up(tmp_path / "inbox", own, ROOT / "params", 20)

    assert [level.code for level in made.levels] == ["town", "communes"]
    assert made_up(tmp_path / "inbox", own, ROOT / "params", 17) is own


@pytest.mark.slow
def test_its_reports_are_read_as_those_of_their_units(country, folder):
    write_sample(folder, country, since=DAY, until=DAY, units=6)
    told = campaign_truth(country, units=6).query("date == @DAY and file.notna()")
    reader = Reader(country, b"k" * 32)

    for sent in told.to_dict("records"):
        [read] = reader.read((folder / sent["file"]).read_bytes(), sent["file"])
        figures = (read.unit_code, read.report_date, read.facts["numerator_cumulative"])
        assert figures == (sent["unit_code"], DAY, sent["numerator_cumulative"])
    assert {path.name for path in folder.iterdir()} == {"16.8", "received.csv", ILLUSTRATIVE}


@pytest.mark.slow
def test_no_phone_comes_twice_however_many_units_there_are(country):
    assert SampleContext(country).block * (len(country.unit_rows) + 1) <= phones()
    many = country.model_copy(update={"unit_rows": country.unit_rows * 32})
    assert SampleContext(many).block * (len(many.unit_rows) + 1) <= phones()


def test_params_that_somebody_changed_are_left_alone(tmp_path):
    own = Campaign.load(ROOT / "params")
    made_up(tmp_path / "inbox", own, ROOT / "params", 20)
    made_up(tmp_path / "inbox", own, ROOT / "params", 30)
    (tmp_path / "inbox-params/units.csv").write_text("code,name,level", "utf-8")

    with language("en"), pytest.raises(RunError, match=re.escape("params that the sample did not")):
        made_up(tmp_path / "inbox", own, ROOT / "params", 20)

    assert (tmp_path / "inbox-params/units.csv").read_text("utf-8") == "code,name,level"


def test_more_units_than_there_are_names_for_and_a_first_day_after_the_last_are_refused(tmp_path):
    own = Campaign.load(ROOT / "params")

    assert made_up(tmp_path / "inbox", own, ROOT / "params", 10_649) is own  # 22³ names
    with language("en"), pytest.raises(ParamsError, match="units=10,649: the params hold 17"):
        write_sample(tmp_path / "inbox", own, units=10_649)
    with language("en"), pytest.raises(ParamsError, match="since=2021-08-17: not between"):
        write_sample(tmp_path / "inbox", own, since=date(2021, 8, 17), until=DAY)
    assert not [*tmp_path.iterdir()]


def test_a_campaign_of_another_language_has_names_of_its_own(tmp_path):
    folder = starters()["kilifi"]
    campaign = Campaign.load(folder)

    made = made_up(tmp_path / "inbox", campaign, folder, 400)

    assert [row.called for row in made.node_rows][:2] == ["Example country", "Province Example 1"]
    assert made.unit_rows[0].full_name.startswith("Ward ")
    assert made.letterhead.issuer == "EXAMPLE OFFICE"
