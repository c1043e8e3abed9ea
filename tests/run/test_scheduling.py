"""What docs/scheduling/ hands out does what it says: its commands run, its files are understood."""

from __future__ import annotations

import ast
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import click
import pytest

from briefing.cli import main
from tests.run.conftest import DAY, ROOT, Office

HANDED_OUT = ROOT / "docs" / "scheduling"
PLACE = "/srv/briefing"
TASK = {"task": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
FIELDS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))  # of a line of crontab(5)


def cron_lines() -> list[tuple[list[str], str]]:
    """The five fields of each line of the crontab, and its command."""
    text = (HANDED_OUT / "crontab").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if re.match(r"[\d*]", line)]
    return [(line.split(None, 5)[:5], line.split(None, 5)[5]) for line in lines]


def given_to_shell(command: str) -> str:
    """What cron gives to the shell: up to a percent sign that no backslash stands before."""
    return re.split(r"(?<!\\)%", command)[0].replace("\\%", "%")


def unit_command(folder: Path) -> str:
    """What the service starts, as systemd has it: with its specifiers replaced."""
    text = (HANDED_OUT / "briefing.service").read_text(encoding="utf-8")
    (command,) = re.findall(r"^ExecStart=(.*)$", text, re.MULTILINE)
    return command.replace("%%", "%").replace(PLACE, str(folder))


def demand_understood(arguments: list[str]) -> None:
    """The command knows each argument; the options of a command are not run by this."""
    command = main.get_command(click.Context(main), arguments[0])
    assert command is not None
    command.make_context(arguments[0], arguments[1:])


def furnished(folder: Path, script: str) -> dict[str, str]:
    """A folder with a command of its own, in which it is always the same day."""
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / "bin").mkdir()
    (folder / "outputs").mkdir(exist_ok=True)
    scripts = {".venv/bin/briefing": script, "bin/date": f'[ "$1" = +%F ] && echo {DAY}'}
    for name, body in scripts.items():
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    return os.environ | {"PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}


def test_each_line_for_cron_has_five_fields_within_their_bounds():
    lines = cron_lines()

    assert [fields[:2] for fields, _command in lines] == [["10", "15"], ["0", "18"]]
    for fields, _command in lines:
        for field, (least, most) in zip(fields, FIELDS, strict=True):
            assert field == "*" or least <= int(field) <= most


@pytest.mark.skipif(os.name == "nt", reason="cron's shell")
def test_cron_and_systemd_call_the_command_in_the_project_for_today(tmp_path):
    environment = furnished(tmp_path, 'echo "$PWD $*" >>called')
    cron = [given_to_shell(c).replace(PLACE, str(tmp_path)) for _f, c in cron_lines()]

    for command in cron:
        subprocess.run(["/bin/sh", "-c", command], env=environment, check=True)
    unit = shlex.split(unit_command(tmp_path))
    subprocess.run(unit, cwd=tmp_path, env=environment, check=True)

    called = (tmp_path / "called").read_text().splitlines()
    assert called == [f"{tmp_path} daily --date {DAY}"] * 3
    demand_understood(["daily", "--date", DAY])


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="cron's shell")
def test_the_line_for_cron_publishes_the_day_of_an_office(office: Office):
    environment = furnished(office.folder, f'exec {sys.executable} -m briefing.cli "$@"')
    command = given_to_shell(cron_lines()[0][1]).replace(PLACE, str(office.folder))

    subprocess.run(["/bin/sh", "-c", command], env=environment, check=True)

    assert (office.day / "briefing.pdf").is_file()
    assert "briefing.html" in (office.folder / "outputs" / "cron.log").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_service_and_the_timer(tmp_path):
    furnished(tmp_path, "true")
    for name in ("briefing.service", "briefing.timer"):
        text = (HANDED_OUT / name).read_text(encoding="utf-8").replace(PLACE, str(tmp_path))
        (tmp_path / name).write_text(text.replace("User=briefing\n", ""), encoding="utf-8")

    for name in ("briefing.service", "briefing.timer"):
        checked = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)],
            capture_output=True, text=True,
        )  # fmt: skip
        ours = [line for line in checked.stderr.splitlines() if "briefing." in line]
        assert not ours

    calendar = re.findall(r"^OnCalendar=(.*)$", (tmp_path / "briefing.timer").read_text(), re.M)
    for moment in calendar:
        subprocess.run(["systemd-analyze", "calendar", moment], check=True, capture_output=True)


def test_the_task_for_windows_is_xml_whose_command_is_understood():
    task = ElementTree.parse(HANDED_OUT / "windows-task.xml").getroot()
    (action,) = task.findall("task:Actions/task:Exec", TASK)
    said = {child.tag.partition("}")[2]: str(child.text) for child in action}

    assert said["Command"] == said["WorkingDirectory"] + r"\.venv\Scripts\briefing.exe"
    demand_understood(said["Arguments"].split())
    assert (HANDED_OUT / "windows-task.xml").read_bytes().isascii()  # whatever the code page


@pytest.mark.parametrize("name", ["dagster_day.py", "airflow_day.py"])
def test_what_other_schedulers_run_is_python_that_calls_the_command(name):
    text = (HANDED_OUT / name).read_text(encoding="utf-8")
    compile(ast.parse(text), name, "exec")

    assert "daily" in text
    assert "--date" in text


def test_a_day_that_fails_fails_in_dagster_and_one_that_is_published_is_materialised(
    tmp_path, monkeypatch
):
    dagster = pytest.importorskip("dagster")
    monkeypatch.setenv("BRIEFING_FOLDER", str(tmp_path))
    monkeypatch.setenv("BRIEFING_COMMAND", str(tmp_path / ".venv/bin/briefing"))
    furnished(tmp_path, 'echo "$PWD $*"; [ "$3" = 2021-08-16 ]')
    names = runpy.run_path(str(HANDED_OUT / "dagster_day.py"))

    made = [
        dagster.materialize(
            [names["briefing_of_the_day"]], partition_key=day, raise_on_error=False
        ).success
        for day in ("2021-08-16", "2021-08-17")
    ]

    assert made == [True, False]
