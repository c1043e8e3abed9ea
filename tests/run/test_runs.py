"""`briefing runs`: what was made, what came of it, and what is out of date."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import pytest

from briefing.run.journal import JOURNAL, MOST_KEPT, Entry, entries
from tests.run.conftest import DAY, Office

Runs = Callable[[], list[dict]]


@pytest.fixture
def runs(office: Office) -> Runs:
    def told() -> list[dict]:
        done = office.briefing("runs", "--json")
        assert done.code == 0, done.err
        return [json.loads(line) for line in done.out.splitlines()]

    return told


def test_a_day_stands_until_a_report_of_it_comes(office, runs):
    assert office.briefing("daily", "--date", DAY).code == 0
    (made,) = runs()
    assert (made["name"], made["error"], made["stale"]) == (DAY, "", False)
    assert made["count"] == office.table("town").iloc[-1]["installs_cumulative"]

    (office.inbox / "mới.txt").write_text("UBND phường Bồng Sơn báo cáo", encoding="utf-8")

    (old,) = runs()
    assert old["stale"]
    assert office.briefing("daily", "--date", DAY).code == 0
    again, before = runs()
    assert (again["newest"], again["stale"], again["new"]) == (True, False, 0)
    assert (before["newest"], before["stale"]) == (False, False)


def test_a_day_is_out_of_date_when_its_params_have_changed(office, runs):
    assert office.briefing("daily", "--date", DAY).code == 0
    settings = office.folder / "params" / "campaign.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("coverage: 0.90", "coverage: 0.80"), encoding="utf-8")

    assert runs()[0]["stale"]


def test_a_run_that_fails_says_why(office, runs):
    (office.folder / "notebooks" / "3_briefing.ipynb").write_text("{", encoding="utf-8")
    assert office.briefing("daily", "--date", DAY).code != 0

    (failed,) = runs()

    assert "3_briefing" in failed["error"]
    assert (failed["newest"], failed["stale"]) == (False, False)
    assert "3_briefing" in office.briefing("runs").out


def test_nothing_was_run_yet(office, runs):
    assert runs() == []


def test_a_damaged_line_is_left_out_and_old_ones_go(tmp_path):
    (register := tmp_path / "register").mkdir()
    lines = [json.dumps(vars(Entry(f"t{n}", DAY, "p"))) for n in range(MOST_KEPT)]
    (register / JOURNAL).write_text("\n".join([*lines, "{half"]), encoding="utf-8")

    assert len(entries(tmp_path)) == MOST_KEPT
    kept = entries(tmp_path)
    assert len(kept) == MOST_KEPT // 2 - 1  # and the damaged one
    assert kept[-1].at == f"t{MOST_KEPT - 1}"
    assert os.name == "nt" or (register / JOURNAL).stat().st_mode & 0o077 == 0
    assert not [path for path in register.iterdir() if path.suffix == ".new"]
