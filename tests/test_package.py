"""The program as a package, installed where there is no project: it works from any folder."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import sysconfig
import tomllib
import venv
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parent.parent
VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="terminals of another kind"),
]


@pytest.fixture(scope="module")
def command(tmp_path_factory) -> Path:
    """`briefing` as a built wheel gives it, in an environment that has its libraries alone."""
    folder = tmp_path_factory.mktemp("package")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    site = next((folder / "venv").glob("lib/python3*/site-packages"))
    install = [sys.executable, "-m", "pip", "--python", str(folder / "venv/bin/python"), "install"]
    subprocess.run([*install, "-q", "--no-deps", "--no-index", wheel], check=True)
    # After the wheel's own folder: the project itself, installed for its tests, is not found.
    (site / "libraries.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    return folder / "venv/bin/briefing"


@pytest.fixture(scope="module")
def workplace(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("workplace")


def run(command: Path, workplace: Path, *arguments: str, answer: str = "") -> tuple[int, str]:
    """Run it in a folder, at a terminal where there is something to answer."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if answer:
        ours, theirs = pty.openpty()
        os.write(ours, answer.encode())
    else:
        theirs = os.open(os.devnull, os.O_RDONLY)
    done = subprocess.run(
        [command, *arguments], cwd=workplace, env=own, stdin=theirs, capture_output=True, text=True
    )
    os.close(theirs)
    return done.returncode, done.stdout + done.stderr


def test_in_an_empty_folder_it_says_how_to_begin(command, workplace):
    code, said = run(command, workplace, "daily")

    assert code == 2 and "briefing init params" in said


def test_a_workplace_is_laid_out_with_notebooks_and_an_inbox(command, workplace):
    code, said = run(command, workplace, "init", "params")

    assert code == 0, said
    assert (workplace / "params/campaign.yaml").is_file()
    assert (workplace / "notebooks/3_briefing.ipynb").is_file()
    assert [*(workplace / "inbox").iterdir()] == []


def test_the_first_run_offers_the_illustrative_campaign_and_names_its_pages(command, workplace):
    code, said = run(command, workplace, "daily", answer="\n")

    assert code == 0, said
    assert "Tạo chiến dịch minh họa" in said
    page = workplace / "outputs/2021-08-16/briefing.html"
    assert str(page) in said and "minh họa" in page.read_text("utf-8").lower()
    assert [*(workplace / "inbox").iterdir()] == []


def test_nobody_is_asked_where_nobody_can_answer(command, workplace):
    code, said = run(command, workplace, "daily", "--outputs", "elsewhere")

    assert code == 1 and "minh họa" not in said
    assert not (workplace / "elsewhere" / "illustrative").exists()


def test_the_installed_command_says_the_version_that_stands_in_one_place(command, workplace):
    code, said = run(command, workplace, "--version")

    assert code == 0 and said.split() == ["briefing", VERSION]
