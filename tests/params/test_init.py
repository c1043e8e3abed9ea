"""`briefing init`: a folder to begin a campaign with, that passes its own checks."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from briefing.cli import main
from briefing.locale.pack import load
from briefing.params import Campaign
from briefing.params.run import language_of
from briefing.starters import starters

MADE_UP = ("kilifi", "vaccination", "vneid")
NAMES = ("bluezone", *MADE_UP)


def said(*arguments: object) -> tuple[int, str, str]:
    run = CliRunner().invoke(main, ["init", *map(str, arguments)], prog_name="briefing")
    return run.exit_code, run.stdout, run.stderr


@pytest.mark.parametrize("name", NAMES)
def test_a_starter_passes_the_checks_of_params(tmp_path, name):
    code, out, err = said(tmp_path / "new", "--like", name)

    assert (code, str(tmp_path / "new") in err) == (0, True)
    campaign = Campaign.load(tmp_path / "new")
    assert campaign.code in "".join(out.split("\n"))
    assert CliRunner().invoke(main, ["params", str(tmp_path / "new")]).exit_code == 0


def test_the_starters_are_these():
    assert sorted(starters()) == [*NAMES]


def test_without_a_name_it_begins_as_the_project_s_own_campaign(tmp_path):
    assert said(tmp_path / "new")[0] == 0

    own = Path(__file__).parents[2] / "params"
    for file in own.iterdir():
        assert (tmp_path / "new" / file.name).read_bytes() == file.read_bytes()


@pytest.mark.parametrize("name", MADE_UP)
def test_a_starter_explains_every_key_of_its_campaign(name):
    text = (starters()[name] / "campaign.yaml").read_text("utf-8-sig")
    first_of_block = [block.splitlines()[0] for block in text.split("\n\n")]
    explained = {line.partition(":")[0] for line in text.splitlines() if " # " in line}

    for key in yaml.safe_load(text):
        block = next((line for line in first_of_block if line.startswith(f"{key}:")), "")
        assert key in explained or not block, key  # within a block the first key speaks for it


@pytest.mark.parametrize("name", MADE_UP)
def test_a_made_up_starter_says_so_in_its_name_and_first_lines(name):
    text = (starters()[name] / "campaign.yaml").read_text("utf-8-sig")
    campaign = Campaign.load(starters()[name])
    made_up, shown = {
        "vi": ("do chương trình đặt ra", "minh họa"), "en": ("made up", "illustrative"),
    }[load(campaign.locale).language]  # fmt: skip

    assert made_up in text.partition("\n\n")[0]
    assert shown in campaign.name.vi


def test_a_folder_in_which_something_lies_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    code, out, err = said(tmp_path, "--like", "vneid")

    assert (code, out) == (2, "")
    assert "“mine.txt”" in err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder_to_begin_in(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    code, _out, err = said(tmp_path / "mine.txt")

    assert (code, "mine.txt" in err) == (2, True)
    assert (tmp_path / "mine.txt").read_text() == "mine"


def test_an_unknown_starter_is_told_those_that_there_are(tmp_path):
    code, _out, err = said(tmp_path / "new", "--like", "census")

    assert code == 2
    assert "bluezone, kilifi, vaccination, vneid" in err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("name", "language"), [("kilifi", "en"), ("vneid", "vi")])
def test_the_language_of_a_folder_is_that_of_its_locale_pack(name, language):
    assert language_of(starters()[name]) == language


def test_what_is_said_of_an_english_campaign_is_said_in_english(tmp_path):
    _code, out, err = said(tmp_path / "new", "--like", "kilifi")

    assert "Daily reports" in out
    assert "Change them, then look through them again" in err
