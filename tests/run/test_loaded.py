"""What a command does not need it does not load: a second of a command that answers at once."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli.group import LAZY
from briefing.params import RunParams
from briefing.run.day import open_day
from tests.intake.making import mau02, people, workbook

DAY, REPORT = "2021-08-16", "Bong-Son-16-8.xlsx"
NOTEBOOKS = ["papermill", "nbformat", "nbclient", "nbconvert", "ipykernel", "jupyter_client"]
WRITERS = ["openpyxl", "docx", "typst"]
TABLES = ["pandas", "matplotlib"]
MODULES = {module for module, _help in LAZY.values()}
PARSERS = ["python_calamine", "pdfplumber", "lxml", "PIL", "zxingcpp"]
LOADED = """
import json, sys
from briefing.cli import main
try:
    main(json.loads(sys.argv[1]))
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Path:
    """An inbox of one report, whose day is kept."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "inbox").mkdir()
    report = workbook(mau02(people([45, 38, 52])))
    (folder / "inbox" / REPORT).write_bytes(report)
    where = {name: str(folder / name) for name in ("inbox", "outputs")}
    open_day(RunParams.checked({"report_date": DAY, **where}))
    return folder


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "without", "says"),
    [
        ("--help", [*NOTEBOOKS, *WRITERS, *TABLES, *PARSERS, "pydantic", "rich"], "status"),
        ("check {report}", [*NOTEBOOKS, *WRITERS, *TABLES, "pdfplumber"], "Bồng Sơn"),
        ("status {folders}", [*NOTEBOOKS, *WRITERS, *TABLES, *PARSERS], "135"),
        ("status --date {day} {folders}", [*NOTEBOOKS, *WRITERS, *TABLES, *PARSERS], "135"),
        ("trace --date {day} {folders} installs_cumulative", [*NOTEBOOKS, *WRITERS], "135"),
        ("changes --date {day} --then {day}T23:00 {folders}", [*NOTEBOOKS, *WRITERS], ""),
    ],
)
def test_a_command_loads_nothing_of_these(office, command, without, says):
    folders = f"--inbox {office}/inbox --outputs {office}/outputs"
    filled = command.format(report=office / "inbox" / REPORT, day=DAY, folders=folders)

    done = subprocess.run(
        [sys.executable, "-c", LOADED, json.dumps(filled.split())],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )

    assert says in done.stdout, done.stderr
    loaded = json.loads(done.stderr.splitlines()[-1])
    of_commands = {name.removeprefix("briefing.cli.") for name in loaded} & MODULES
    assert of_commands == {LAZY[name][0] for name in filled.split()[:1] if name in LAZY}
    assert {*without} & {*loaded} == set()
