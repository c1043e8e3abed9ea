"""For the tests of intake: the campaign of this project, and readers of bytes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from making import PARAMS

from briefing import cli
from briefing.intake.reader import Reader
from briefing.intake.submission import Submission
from briefing.params import Campaign


@pytest.fixture(scope="session")
def campaign() -> Campaign:
    return Campaign.load(PARAMS)


@pytest.fixture(scope="session")
def reader(campaign: Campaign) -> Reader:
    return Reader(campaign, b"a key of the tests")


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Submission]:
    """Read bytes as a file of this name; the file's one submission."""

    def read_one(content: bytes, file: str = "bao cao.xlsx") -> Submission:
        (submission,) = reader.read(content, file)
        return submission

    return read_one


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Put bytes through `briefing check --json FILE`; the one object printed."""

    def check_one(content: bytes, file: str) -> dict[str, Any]:
        path = tmp_path / file
        path.write_bytes(content)
        run = CliRunner().invoke(
            cli.main,
            ["check", "--json", "--params", str(PARAMS), str(path)],
            catch_exceptions=False,
        )
        (line,) = run.stdout.splitlines()
        report = json.loads(line)
        faulty = any(finding["severity"] == "error" for finding in report["findings"])
        assert run.exit_code == (1 if faulty else 0), run.output
        return report

    return check_one
