"""A small file that would become huge, or take for ever, costs one finding and little else.

Each kind goes through `briefing check` in a child, whose processor time and resident memory are
measured together with those of its workers and of the programs that they run. Kinds that cost
little share one child, and the bounds of one file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from briefing.intake.readers import unpack
from briefing.intake.readers.budget import one_budget
from tests.hostile.bombs import BOMBS, archive, inflating, lying, parts_of, report, write
from tests.hostile.children import checked, in_a_child

pytest.importorskip("resource", reason="what a process used is told by Unix")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="children are forked")
SECONDS, RESIDENT = 20, 1200  # of processor time, MB: the bounds of the issue
TOGETHER = 25  # kinds in one child
# Kinds of which many alike are made: every fifth is among the quick tests.
ALIKE = (
    "a cell at",
    "a row “",
    "a first row",
    "a dimension",
    "a merged range",
    "a link",
    "a filter",
)
DEAR = (
    "1,900 members that are the same 40 MB (.zip)",
    "100 lines of digits and blanks (.txt)",
    "100 members of 45 MB (.zip)",
    "100,000 sheets (.xlsx)",
    "20,000 lines drawn (.txt)",
    "20,000 lines lined up (.txt)",
    "20,000 open quotation marks (.csv)",
    "20,000 tables in one cell (.docx)",
    "3,000 members (.zip)",
    "300,000 paragraphs (.odt)",
    "40 MB of short lines (.txt)",
    "5,000 merged cells in each of 10 columns (.docx)",
    "500,000 errors in rows of 10 (.xlsx)",
    "RTF 100,000 deep (.rtf)",
    "RTF, a table (.rtf)",
    "a JPEG of 2,000 scans (.jpg)",
    "a JPEG of 2,000 scans in a document, 20 times (.docx)",
    "a JPEG of 2,000 scans in an archive, 40 times (.zip)",
    "a PNG with texts of 1 GB (.png)",
    "a PNG with texts of 1 GB in a document, 20 times (.docx)",
    "a PNG with texts of 1 GB in an archive, 40 times (.zip)",
    "a document of 3 GB (.docx)",
    "a file in a text, a bomb (.txt)",
    "a font of 1 GB (.pdf)",
    "a letter with a bomb (.eml)",
    "a mailbox of 50,000 letters (.mbox)",
    "a member of 2 GB (.zip)",
    "a million breaks (.html)",
    "a million cells (.html)",
    "a million empty paragraphs (.docx)",
    "a name table of 1 GB (.pdf)",
    "a page a million times (.pdf)",
    "a page in base 85 of a packed one (.pdf)",
    "a page in hexadecimal of a packed one (.pdf)",
    "a page of 2 GB (.pdf)",
    "a page of 2 GB, packed three times (.pdf)",
    "a page of 2 GB, packed twice (.pdf)",
    "a picture in a page of 100,000 × 100,000 (.pdf)",
    "a row of 100,000 cells (.docx)",
    "a row of a million cells (.html)",
    "a sheet of 5 GB (.xlsx)",
    "a sheet of 60 MB of blanks (.xlsx)",
    "a sheet of 60 MB of filters (.xlsx)",
    "a stream for a table, of 1 GB (.pdf)",
    "a table of 100,000 rows (.docx)",
    "a white PNG of 7,700 × 7,700 (.png)",
    "a white PNG of 7,700 × 7,700 in a document, 20 times (.docx)",
    "a white PNG of 7,700 × 7,700 in an archive, 40 times (.zip)",
    "a wide row, then 150,000 (.csv)",
    "an object stream of 2 GB (.pdf)",
    "an unknown part of 2 GB (.docx)",
    "blanks repeated (.odt)",
    "brackets (.pdf)",
    "comments (.html)",
    "content types of 1 GB (.docx)",
    "digits of a page (.pdf)",
    "forms that draw the next ten times (.pdf)",
    "formulas in one row (.xlsx)",
    "lines before a head (.txt)",
    "lines of a letter (.txt)",
    "lines that begin files (.txt)",
    "one line of 40 MB of blanks (.txt)",
    "open texts (.pdf)",
    "pictures of 2 GB (.docx)",
    "properties of 2 GB (.docx)",
    "relationships of 3 GB (.docx)",
    "shared texts of 1 GB (.xlsx)",
    "signs that begin objects (.pdf)",
    "styles of 3 GB (.docx)",
    "sums over everything (.xlsx)",
    "widths of a billion (.pdf)",
)
"""Kinds of which reading or making one takes time, or memory: `make test-slow`."""
DEAREST = (
    "1,900 members",
    "100 members of 45 MB",
    "20,000 lines lined up",
    "20,000 open quotation marks",
    "20,000 tables in one cell",
    "300,000 paragraphs",
    "5,000 merged cells in each",
    "500,000 errors",
    "a JPEG of 2,000 scans",
    "a mailbox of 50,000 letters",
    "a million breaks",
    "a million cells",
    "a million empty paragraphs",
    "a page a million times",
    "a row of 100,000 cells",
    "a row of a million cells",
    "a table of 100,000 rows",
    "a white PNG of 7,700 × 7,700 in",
    "a wide row, then 150,000",
    "blanks repeated",
    "brackets",
    "comments",
    "digits of a page",
    "forms that draw the next ten times",
    "lines before a head",
    "lines that begin files",
    "open texts",
    "signs that begin objects",
)
"""Those of them that take more than three seconds, up to fifteen: each has a child of its own."""
FEW = 5  # of the others in one child


def made(kinds: Sequence[str], folder: Path) -> list[Path]:
    """A file of each kind, made in a child: what it takes to make them is nobody's here."""
    paths = [folder / f"{n} BC Hoai Son 16-8{BOMBS[kind][0]}" for n, kind in enumerate(kinds)]

    assert in_a_child(write, kinds, paths)[0] == 0
    return paths


def in_groups(kinds: Sequence[str], size: int) -> list[Sequence[str]]:
    return [kinds[first : first + size] for first in range(0, len(kinds), size)]


QUICK = [kind for kind in BOMBS if kind not in DEAR]
OF_MANY = [kind for kind in QUICK if kind.startswith(ALIKE)]
LEFT = [kind for n, kind in enumerate(OF_MANY) if n % 5]
AT_FIRST, *LATER = in_groups([kind for kind in QUICK if kind not in LEFT], TOGETHER)
ALONE = [kind for kind in DEAR if kind.startswith(DEAREST)]
SLOW = [
    *in_groups(ALONE, 1),
    *in_groups([kind for kind in DEAR if kind not in ALONE], FEW),
    *in_groups(LEFT, TOGETHER),
    *LATER,
]


@pytest.mark.parametrize("kinds", [AT_FIRST])
def test_bombs_cost_little_and_each_ends_with_a_finding_or_a_report(kinds, tmp_path):
    demand_cheap(made(kinds, tmp_path))


@pytest.mark.slow
@pytest.mark.parametrize("kinds", SLOW, ids=lambda kinds: kinds[0])
def test_dear_bombs_keep_within_the_bounds_too(kinds, tmp_path):
    demand_cheap(made(kinds, tmp_path))


def demand_cheap(paths: Sequence[Path]) -> None:
    outcome = checked(paths)
    said = [json.loads(line) for line in outcome.said.splitlines() if line.startswith("{")]

    assert outcome.code in (0, 1), outcome.said[-2000:]
    assert "Traceback" not in outcome.said
    assert len(said) == len(outcome.said.splitlines())
    assert {one["file"] for one in said} == {path.as_posix() for path in paths}
    assert outcome.seconds <= SECONDS
    assert outcome.megabytes <= RESIDENT


@pytest.mark.slow
def test_what_workers_use_is_measured(tmp_path):
    """Reading 200,000 rows of a page takes longer than starting the command, and more memory."""
    small, large = tmp_path / "a" / "1.html", tmp_path / "b" / "1.html"
    for path, rows in ((small, 1), (large, 200_000)):
        path.parent.mkdir()
        path.write_bytes(b"<table>" + b"<tr><td>1<td>2<td>3" * rows)
    cheap, dear = checked([small]), checked([large])

    assert dear.seconds > cheap.seconds + 0.5
    assert dear.megabytes > cheap.megabytes + 20


Made = Callable[[], bytes]


def test_more_than_sixty_kinds_are_tried():
    assert len({kind.partition("(")[0] for kind in BOMBS}) > 150


def test_one_account_pays_for_all_that_is_inside_an_arrival(monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_UNPACKED", 3_000_000)
    part = inflating("x.csv", b"1;2;3\n", (1 << 20) + 100)
    with one_budget() as left:
        found = list(unpack(archive({f"{i}.zip": part for i in range(9)}), "a.zip"))

    assert left.is_spent
    assert [(m.path, m.error and m.error.rule) for m in found] == [
        ("0.zip/x.csv", None), ("1.zip/x.csv", None), ("2.zip/x.csv", "file_too_large"),
    ]  # fmt: skip


def test_the_reports_before_the_one_that_is_too_large_stay(reader, monkeypatch):
    monkeypatch.setattr("briefing.intake.readers.limits.MAX_UNPACKED", 1_000_000)
    large = archive({**parts_of(report()), "xl/media/image1.png": bytes(2_000_000)})
    content = archive({"BC Bong Son 16-8.xlsx": report(), "lon.xlsx": large, "sau.xlsx": report()})
    first, second = reader.read(content, "a.zip")

    assert first.facts["numerator_cumulative"] == 7
    assert [(f.rule, f.where) for f in second.findings] == [("file_too_large", "lon.xlsx")]
    assert "phần còn lại chưa được đọc" in str(second.findings[0].message)


def test_what_an_archive_says_of_sizes_is_not_believed(reader):
    (small,) = reader.read(lying(report(), 100), "a.xlsx")
    (large,) = reader.read(lying(report(), 1 << 31), "a.xlsx")

    assert [f.rule for f in small.findings if f.severity == "error"] == ["file_unreadable"]
    assert large.facts["numerator_cumulative"] == 7
