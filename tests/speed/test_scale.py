"""The table of docs/scale.md: what a row says, and that sizes can be measured one at a time."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

import scale  # noqa: E402
from scale import DAY, Seen  # noqa: E402


@pytest.fixture(autouse=True)
def few_additions(monkeypatch):
    monkeypatch.setattr(scale, "ADDITIONS", 10)


@pytest.fixture
def outputs(tmp_path) -> Path:
    (tmp_path / DAY / "notebooks").mkdir(parents=True)
    (tmp_path / "register/parsed").mkdir(parents=True)
    (tmp_path / "register/parsed/a.entry").write_bytes(b"x" * 2_000_000)
    (tmp_path / DAY / "notebooks/1_intake.ipynb").write_bytes(b"x" * 200_000)
    (tmp_path / DAY / "notebooks/2_coverage.ipynb").write_bytes(b"x" * 1_400_000)
    seconds = {"intake": 4, "tables": 2, "write_tables": 1, "annex": 0.5, "returns": 3}
    seconds |= {"3_briefing": 5, "2_coverage": 7, "pdf": 1}
    told = {"intake": {"files": 120, "parsed": 100}, "seconds": seconds}
    (tmp_path / DAY / "manifest.json").write_text(json.dumps(told), "utf-8")
    return tmp_path


def test_a_row_says_time_by_stage_memory_size_and_how_fast_the_machine_was(outputs, monkeypatch):
    monkeypatch.setattr(scale, "additions", lambda: 0.94)
    row = scale._row(1000, 2, "cold", Seen(20.4, 31.6, 456e6, 1.2e9), outputs)

    assert row == (
        "| 1,000 | 2 | cold | 120 | 20 | 32 | 25 | 4.0 | 2.0 | 1.5 | 3.0 | 7.0 "
        "| 456 | 1200 | 1.4 | 2 | 0.9 |"
    )
    assert row.count("|") == scale.HEAD.count("|")


def test_a_size_that_is_measured_again_takes_the_place_of_its_own_rows(outputs):
    def rows(units, cores, spent):
        return [scale._row(units, cores, "cold", Seen(1, spent, 1, 1), outputs)]

    page = scale.together("", [*rows(1000, 1, 5), *rows(1000, 2, 6), *rows(17, 2, 7)])
    again = scale.together(page, rows(1000, 1, 8)).splitlines()

    assert [line.split(" | ")[:2] + line.split(" | ")[5:6] for line in again[2:]] == [
        ["| 17", "2", "7"], ["| 1,000", "1", "8"], ["| 1,000", "2", "6"],
    ]  # fmt: skip


@pytest.mark.slow
def test_a_run_is_seen_with_its_time_and_the_memory_of_its_largest_process(tmp_path):
    program = "import time; held = bytearray(150_000_000); time.sleep(0.7)"

    seen = scale.watched([sys.executable, "-c", program], 1)

    assert 150e6 < seen.largest <= seen.together < 400e6
    assert seen.wall > 0.7
    with pytest.raises(RuntimeError, match="ValueError: no"):
        scale.watched([sys.executable, "-c", "raise ValueError('no')"], 1)
