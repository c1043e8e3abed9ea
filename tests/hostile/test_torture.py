"""Files damaged at random (`make torture`): 500 of them here, and the judge of them itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

from briefing.intake.packing import packed
from briefing.intake.sandbox import Ended
from tests.corpus.makers.mail import archive
from tests.hostile.torture.mutants import mutant
from tests.hostile.torture.originals import MADE, MORE, Original
from tests.hostile.torture.seen import UNREADABLE, shown
from tests.hostile.torture.trial import FAULTS, End, Mutant, _judged, facts_of
from tests.intake.making import mau02, people, workbook
from tests.run.conftest import ROOT

linux = pytest.mark.skipif(sys.platform != "linux", reason="workers are forked")


@linux
@pytest.mark.slow
def test_of_500_damaged_files_none_ends_a_worker_hangs_breaks_or_changes_figures_in_silence():
    command = [sys.executable, "-m", "tests.hostile.torture", "--quick", "--count", "500"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert "500 mutants" in done.stdout, done.stderr[-2000:]
    assert done.returncode == 0, done.stdout


def test_a_seed_makes_the_same_damage_again_and_another_seed_another():
    content = MADE[".xlsx"]()
    first, second, other = (mutant(content, seed) for seed in ("1", "1", "2"))

    assert first == second != other
    assert first[0] != content


# The judge


def judged(reader, now: bytes | Ended, *, name: str = "BC Bong Son 16-8.xlsx") -> End:
    original = Original(name, workbook(mau02(people([45, 38]))))
    sound = reader.read(original.content, name)
    return _judged(Mutant(original, "1", b"", "by hand"), now, sound, reader).end


def said(reader, counts: list[object], name: str = "BC Bong Son 16-8.xlsx") -> bytes:
    return b"0.1\nR" + packed(reader.read(workbook(mau02(people(counts))), name), with_rows=False)


def test_a_file_that_says_the_same_is_no_fault(reader):
    assert judged(reader, said(reader, [45, 38])) == End.SAME


def test_other_figures_without_a_word_are_a_fault(reader):
    assert judged(reader, said(reader, [45])) == End.SILENT
    assert End.SILENT in FAULTS


def test_other_figures_with_a_finding_are_none(reader):
    assert judged(reader, said(reader, [45, "x"])) == End.SAID


@pytest.mark.parametrize(
    ("made", "end"),
    [
        (b"0.1\nTTraceback ...", End.TRACEBACK), (Ended.DAMAGED, End.ABORT),
        (Ended.LOST, End.ABORT), (Ended.WAITED, End.HANG), (Ended.SLOW, End.ENDED),
        (Ended.MEMORY, End.ENDED),
    ],
)  # fmt: skip
def test_a_worker_that_breaks_dies_or_overruns_is_told(reader, made, end):
    assert judged(reader, made) == end


@pytest.mark.parametrize("kind", [*MADE, *MORE])
def test_every_file_that_is_damaged_is_read_as_it_should_be_before(reader, kind):
    ending = kind if isinstance(kind, str) else kind[1]
    content = (MADE | MORE)[kind]()
    facts = facts_of(reader.read(content, f"BC Bong Son 16-8{ending}"))

    assert facts


# What another program shows


def test_a_changed_cell_is_another_report_and_a_repacked_one_is_not():
    first, second = (workbook(mau02(people([45, last]))) for last in (38, 39))
    one, same, other = shown([(".xlsx", first), (".xlsx", first + b"\0"), (".xlsx", second)])

    assert one == same != other


def test_what_cannot_be_shown_is_no_other_report():
    assert shown([(".xlsx", archive({"a": b""})), (".xml", b"<a><b></a>")]) == [UNREADABLE] * 2
