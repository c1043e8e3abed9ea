"""A small file that would become huge, or take for ever, costs one finding and little else.

Each kind goes through `briefing check` in a child of its own, whose processor time and resident
memory are measured.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefing.intake.opening import unpack
from briefing.intake.opening.budget import one_budget
from tests.hostile.bombs import BOMBS, archive, inflating, lying, parts_of, report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")
SECONDS, RESIDENT = 20, 1200  # of processor time, MB: the bounds of the issue
ADDRESSES, KILLED = 4 << 30, 40  # bytes and seconds, past which the child is ended
# Kinds of which many alike are made: every fifth is tried here, all of them by `KINDS=all`.
ALIKE = (
    "a cell at",
    "a row “",
    "a first row",
    "a dimension",
    "a merged range",
    "a link",
    "a filter",
)


@dataclass(frozen=True)
class Outcome:
    code: int
    seconds: float
    megabytes: float
    said: str


def checked(path: Path) -> Outcome:
    """`briefing check --json` of a file, in a child."""
    import resource

    out = path.with_name(f"{path.name}.out")
    child = os.fork()
    if not child:
        try:
            resource.setrlimit(resource.RLIMIT_AS, (ADDRESSES, ADDRESSES))
            resource.setrlimit(resource.RLIMIT_CPU, (KILLED, KILLED))
            _check(path, out)
        finally:
            os._exit(70)
    _pid, status, used = os.wait4(child, 0)
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Outcome(
        os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, kilobytes / 1024,
        out.read_text(errors="replace"),
    )  # fmt: skip


def _check(path: Path, out: Path) -> None:
    from briefing.cli import main

    written = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(written, 1)
    os.dup2(written, 2)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    try:
        sys.argv = ["briefing", "check", "--json", str(path)]
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def kinds() -> list[str]:
    few = [kind for kind in BOMBS if kind.startswith(ALIKE)]
    left_out = set() if os.environ.get("KINDS") == "all" else set(few) - set(few[::5])
    return [kind for kind in BOMBS if kind not in left_out]


@pytest.mark.parametrize("kind", kinds())
def test_a_bomb_costs_little_and_ends_with_a_finding_or_a_report(kind, tmp_path):
    ending, make = BOMBS[kind]
    path = tmp_path / f"BC Hoai Son 16-8{ending}"
    path.write_bytes(make())
    outcome = checked(path)

    assert outcome.code in (0, 1), outcome.said[-2000:]
    assert "Traceback" not in outcome.said
    assert outcome.seconds <= SECONDS
    assert outcome.megabytes <= RESIDENT
    assert all(json.loads(line) for line in outcome.said.splitlines())


Made = Callable[[], bytes]


def test_more_than_sixty_kinds_are_tried():
    assert len({kind.partition("(")[0] for kind in BOMBS}) > 150


def test_one_account_pays_for_all_that_is_inside_an_arrival(monkeypatch):
    monkeypatch.setattr("briefing.intake.opening.limits.MAX_UNPACKED", 3_000_000)
    part = inflating("x.csv", b"1;2;3\n", (1 << 20) + 100)
    with one_budget() as left:
        found = list(unpack(archive({f"{i}.zip": part for i in range(9)}), "a.zip"))

    assert left.is_spent
    assert [(m.path, m.error and m.error.rule) for m in found] == [
        ("0.zip/x.csv", None), ("1.zip/x.csv", None), ("2.zip/x.csv", "file_too_large"),
    ]  # fmt: skip


def test_the_reports_before_the_one_that_is_too_large_stay(reader, monkeypatch):
    monkeypatch.setattr("briefing.intake.opening.limits.MAX_UNPACKED", 1_000_000)
    large = archive({**parts_of(report()), "xl/media/image1.png": bytes(2_000_000)})
    content = archive({"BC Bong Son 16-8.xlsx": report(), "lon.xlsx": large, "sau.xlsx": report()})
    first, second = reader.read(content, "a.zip")

    assert first.facts["installs_cumulative"] == 7
    assert [(f.rule, f.where) for f in second.findings] == [("file_too_large", "lon.xlsx")]
    assert "phần còn lại chưa được đọc" in str(second.findings[0].message)


def test_what_an_archive_says_of_sizes_is_not_believed(reader):
    (small,) = reader.read(lying(report(), 100), "a.xlsx")
    (large,) = reader.read(lying(report(), 1 << 31), "a.xlsx")

    assert [f.rule for f in small.findings if f.severity == "error"] == ["file_unreadable"]
    assert large.facts["installs_cumulative"] == 7
