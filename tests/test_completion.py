"""What shells offer while a command is typed: commands, options, folders, days and units."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from briefing.cli import main
from briefing.starters import lay_out

ROOT = Path(__file__).parents[1]
SHELLS = ("bash", "zsh", "fish")


def shell(name: str = "bash") -> ShellComplete:
    return get_completion_class(name)(main, {}, "briefing", "_BRIEFING_COMPLETE")


def offered(*typed: str) -> list[CompletionItem]:
    """What is offered for the last word."""
    return shell().get_completions([*typed[:-1]], typed[-1])


def words(*typed: str) -> list[str]:
    return [item.value for item in offered(*typed)]


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch):
    monkeypatch.chdir(ROOT)


def test_commands_and_options_are_offered():
    first, second = offered("ba")

    assert (first.value, second.value) == ("backfill", "backtest")
    assert first.help == "Lập lại từng ngày trong khoảng, mỗi ngày..."
    assert "--version" in words("--")
    assert {"--date", "--unit", "--json"} <= {*words("trace", "--")}


def test_the_days_on_which_reports_are_due_are_offered():
    assert words("daily", "--date", "2021-08-2") == ["2021-08-20", "2021-08-21", "2021-08-22"]
    assert len(words("backfill", "--from", "")) == 7


def test_units_and_bodies_are_offered_by_code_with_their_names():
    (one,) = offered("trace", "--unit", "21640")

    assert one.help == "Phường Bồng Sơn"
    assert "CQ001" in words("forget", "--unit", "CQ")


def test_the_campaign_that_was_named_before_is_the_one_that_is_asked(tmp_path):
    lay_out(tmp_path / "kilifi", "kilifi")

    assert words("units", "--params", str(tmp_path / "kilifi"), "--unit", "21640") == []
    assert words("units", "--params", str(tmp_path / "kilifi"), "--unit", "")


def test_a_campaign_that_cannot_be_read_offers_nothing_and_says_nothing(tmp_path, capsys):
    (tmp_path / "campaign.yaml").write_text("name: [", encoding="utf-8")

    assert words("units", "--params", str(tmp_path), "--unit", "") == []
    assert words("units", "--params", str(tmp_path / "nowhere"), "--date", "") == []
    assert capsys.readouterr() == ("", "")


def test_a_folder_is_completed_by_the_shell_itself():
    assert [item.type for item in offered("daily", "--inbox", "in")] == ["dir"]
    assert [item.type for item in offered("check", "BC")] == ["file"]


@pytest.mark.parametrize("name", SHELLS)
def test_each_shell_is_told_how_to_ask_and_understands_the_answer(name):
    (item,) = offered("trace", "--unit", "21640")

    assert "_BRIEFING_COMPLETE" in shell(name).source_vars()["complete_var"]
    assert f"{name}_complete" in shell(name).source() or name == "bash"
    assert "21640" in shell(name).format_completion(item)


@pytest.mark.skipif(os.name == "nt", reason="bash is not on every Windows")
def test_bash_completes_a_day_by_the_lines_of_the_readme():
    lines = (
        'eval "$(_BRIEFING_COMPLETE=bash_source briefing)"',
        "COMP_WORDS=(briefing daily --date 2021-08-21) COMP_CWORD=3",
        "_briefing_completion briefing",
        'echo "${COMPREPLY[@]}"',
    )
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    done = subprocess.run(
        ["bash", "-c", "\n".join(lines)],
        env=os.environ | {"PATH": beside}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout.strip() == "2021-08-21", done.stderr
    assert lines[0] in (ROOT / "README.md").read_text(encoding="utf-8")
