"""The bars of speed: what the table says, that its parts run, that the page has all of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.intake.reader import Reader
from briefing.params import Campaign

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "tests" / "benchmarks"
sys.path.insert(0, str(SCRIPTS))

import bars as table  # noqa: E402
import bench_bars  # noqa: E402
import inboxes  # noqa: E402
import measures  # noqa: E402
from bars import Bar  # noqa: E402
from timing import Cost  # noqa: E402


@pytest.fixture(scope="module")
def inbox(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "inbox"
    inboxes.make_inbox(folder, rows=20)
    return folder


def read(path: Path):
    (report,) = Reader(Campaign.load(ROOT / "params")).read(path.read_bytes(), path.name)
    return report


def test_the_median_of_the_rounds_is_held_against_the_must_and_the_aim():
    bar = Bar("day", "floor", 2.0, 1.3)

    assert bar.row()[2:] == ("not measured", "≤ 2.00 ×", "≤ 1.30 ×", "–")
    assert measured(bar, 1.0, 9.0, 2.0) == ("2.00 × (1.00–9.00)", "yes")
    assert measured(bar, 2.01) == ("2.01 × (2.01–2.01)", "no")
    assert measured(bar, 1.3)[1] == "yes, the aim too"


def test_what_is_faster_has_to_be_so_many_times_and_more_is_better():
    bar = Bar("day", "usual", 4.0, 8.0, faster=True)

    assert bar.row()[3:5] == ("≥ 4.00 × faster", "≥ 8.00 × faster")
    assert [measured(bar, value)[1] for value in (3.99, 4.0, 8.0)] == [
        "no",
        "yes",
        "yes, the aim too",
    ]


def measured(bar: Bar, *values: float) -> tuple[str, str]:
    row = Bar(bar.what, bar.against, bar.must, bar.aim, bar.faster, bar.unit, values).row()
    return row[2], row[5]


def test_ratios_are_taken_round_by_round_and_a_page_counts_by_the_clock():
    costs = {
        measures.FLOOR: [Cost(1, 2), Cost(1, 4)],
        measures.COLD: [Cost(5, 6), Cost(2, 4)],
        measures.USUAL: [Cost(10, 1), Cost(8, 1)],
    }

    cold, same, again, *_others = measures.bars(costs, [2.4], {"pdf": [(0.07, 0.01)]})

    assert list(cold.values) == [3.0, 1.0]
    assert list(same.values) == [2.0, 4.0]
    assert again.values == []


@pytest.mark.slow
def test_a_list_that_is_sent_again_is_one_row_shorter_and_wrong_phones_are_as_many(inbox, tmp_path):
    first = inboxes.lists(inbox)[0]
    made, arrives = inboxes.sent_again(inbox, tmp_path)
    inboxes.with_wrong_phones(inbox, tmp_path / "wrong", 5)

    assert len(inboxes.lists(inbox)) == 17
    assert (read(first).rows_read, read(made).rows_read) == (20, 19)
    assert not arrives.exists() and arrives.parent == first.parent
    for path in inboxes.lists(tmp_path / "wrong"):
        rules = [finding.rule for finding in read(path).findings]
        assert rules.count("phone_invalid") == min(5, read(path).rows_read), path.name


@pytest.mark.slow
def test_the_floor_prints_its_page_and_uses_nothing_of_this_project(inbox, tmp_path):
    code = (
        f"import sys; sys.argv = ['', {str(inbox)!r}, {str(tmp_path / 'day.pdf')!r}]\n"
        f"import runpy; runpy.run_path({str(SCRIPTS / 'plain_day.py')!r}, run_name='__main__')\n"
        "assert not [name for name in sys.modules if name.split('.')[0] == 'briefing']"
    )

    subprocess.run([sys.executable, "-c", code], check=True)

    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.minutes
@pytest.mark.slow
@pytest.mark.needs("chromium")
def test_every_bar_is_measured_in_one_sitting(capsys):
    code = bench_bars.main(
        ["--units", "3", "--rows", "20", "--wrong", "5", "--rounds", "1", "--json"]
    )

    said = json.loads(capsys.readouterr().out)
    assert all(bar["values"] for bar in said["bars"])
    assert code == (1 if any(bar["missed"] for bar in said["bars"]) else 0)


def test_the_page_on_speed_has_every_bar_with_its_bounds_machine_and_date():
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    block = page.partition("<!-- bars -->")[2].partition("<!-- /bars -->")[0]
    rows = [line.strip("| ").split(" | ") for line in block.splitlines() if line.startswith("| ")]
    found = {row[0]: row for row in rows if len(row) == len(table.HEADS)}

    for bar in measures.bars({}, [], {}):
        _what, _against, _measured, must, aim, _met = bar.row()
        assert found[bar.what][3:5] == [must, aim]
        assert found[bar.what][2] != table.NOT_MEASURED
    assert " rounds, lists of 5,000 rows; " in block
    assert page.partition("<!-- costs -->")[2].partition("<!-- /costs -->")[0].count("|") > 30


def test_a_block_of_a_page_is_put_in_the_place_of_the_old_one():
    page = "a\n<!-- bars -->\n\nold\n\n<!-- /bars -->\nb"

    assert table.replaced(page, "bars", "new") == "a\n<!-- bars -->\n\nnew\n\n<!-- /bars -->\nb"
    with pytest.raises(ValueError, match="no block costs"):
        table.replaced(page, "costs", "new")
