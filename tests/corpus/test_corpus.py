"""Every file of the corpus, read: its facts, each of its mistakes at its place, nothing else."""

import json
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.intake.reader import Reader
from briefing.params import Campaign
from tests.corpus.case import Case
from tests.corpus.cases import CASES
from tests.corpus.paper import PARAMS
from tests.corpus.score import score
from tests.corpus.totals import PROPERTY


def _param(case: Case):
    marks = [pytest.mark.slow] if case.slow else []
    marks += [pytest.mark.needs(*case.needs)] if case.needs else []
    return pytest.param(case, id=case.name, marks=marks)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Campaign.load(PARAMS), b"a key of the tests")


@pytest.mark.parametrize("case", [*map(_param, CASES)])
def test_a_file_gives_its_facts_and_its_mistakes_and_nothing_else(case, reader, record_property):
    result = score(case, reader.read(case.make(), case.file))
    record_property(PROPERTY, result.to_json())

    assert not result.wrong, "\n".join(["", case.name, *result.wrong])


ON_THE_COMMAND_LINE = [
    *("xlsx-mistakes", "csv-windows-1258", "docx-mistakes", "pdf-ruled-mistakes"),
    *("zalo-many-messages", "zip-of-three-formats", "eml-name-in-an-encoded-word"),
    *("empty-xlsx", "locked-xlsx", "many-ods", "m01-sheet-mistakes", "tables-stacked-two-days"),
]


@pytest.mark.parametrize("name", ON_THE_COMMAND_LINE)
def test_the_command_prints_the_same_as_json_lines(name, tmp_path):
    (case,) = [case for case in CASES if case.name == name]
    path = tmp_path / case.file
    path.write_bytes(case.make())
    run = CliRunner().invoke(main, ["check", "--json", "--params", str(PARAMS), str(path)])
    found = [_submission(json.loads(line)) for line in run.stdout.splitlines()]

    assert not score(case, found).wrong
    faulty = any(finding.severity == "error" for report in found for finding in report.findings)
    assert run.exit_code == (1 if faulty else 0), run.output


def _submission(said: dict[str, Any]) -> SimpleNamespace:
    """A printed object with the names that a score looks for, those inside."""
    inside = Campaign.load(PARAMS).naming.inside
    facts = {inside(name): value for name, value in said["facts"].items()}
    day = date.fromisoformat(said["report_date"]) if said["report_date"] else None
    findings = [
        SimpleNamespace(**{**finding, "rule": inside(finding["rule"])})
        for finding in said["findings"]
    ]
    told = {"report_date": day, "findings": findings, "facts": facts}
    return SimpleNamespace(**{**said, **told})


def test_the_corpus_holds_enough_files_each_under_its_own_name():
    assert len({case.name for case in CASES}) == len(CASES) >= 150
