"""The four documents of a day, once its notebook is executed, beside what the libraries cost.

    python tests/benchmarks/bench_render.py [ROUNDS]

Processor seconds of HTML, PDF (with everything attached), DOCX and annex.xlsx in one process that
has them all made once before; beside them what the libraries alone take for the same content
(`bare_pages.py`). Exit 1 above the limit.
"""

from __future__ import annotations

import functools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from bare_pages import Calls, calculated, templated, typeset, written

from briefing.documents.annex import annex
from briefing.params import RunParams
from briefing.run.day import day_of, eve_of, take_stock
from briefing.run.pages import Edition, render
from briefing.tables.published import published

ROOT = Path(__file__).parents[2]
BRIEFING = [sys.executable, "-m", "briefing.cli"]
DAY, LIMIT = "2021-08-16", 1.5  # processor seconds of all four


def makers(folder: Path) -> dict[str, Callable[[], object]]:
    """Each document of a day that is published in `folder`."""
    run = RunParams.checked(
        {"report_date": DAY, "inbox": str(folder / "inbox"), "outputs": str(folder / "outputs")}
    )
    stock = take_stock(run)
    day = day_of(run, stock)
    tables = published(day, eve_of(run, stock, day))
    edition = Edition(run.outputs / DAY, run.outputs, DAY)
    pages = {
        form: functools.partial(render, "3_briefing", edition, "briefing", form)
        for form in ("html", "pdf", "docx")
    }
    return {**pages, "xlsx": lambda: annex(day, tables)}


def bare(each: dict[str, Callable[[], object]], kept: Path, page: Path) -> dict[str, Calls]:
    """What the libraries are called for, of each document; `page` without its extension."""
    calls: dict[str, Calls] = {}
    with templated() as calls["html"]:
        each["html"]()
    for form in ("pdf", "docx"):  # the pictures of the Word file are Typst's too
        with typeset(kept / form) as calls[form]:
            each[form]()
    calls["docx"].append(written(page.with_suffix(".docx").read_bytes()))
    calls["xlsx"] = [calculated(each["xlsx"]())]
    return calls


def seconds(calls: Iterable[Callable[[], object]]) -> float:
    """Of the processor, for all of them."""
    start = time.process_time()
    for call in calls:
        call()
    return time.process_time() - start


def measured(folder: Path, rounds: int) -> dict[str, tuple[float, float]]:
    """Seconds of each document and of the libraries alone: the median of the rounds."""
    each = makers(folder)
    for make in each.values():
        make()
    alone = bare(each, folder / "bare", folder / "outputs" / DAY / "briefing")
    figures: dict[str, list[tuple[float, float]]] = {form: [] for form in each}
    for _round in range(rounds):
        for form, make in each.items():
            figures[form].append((seconds([make]), seconds(alone[form])))
    return {
        form: tuple(statistics.median(column) for column in zip(*values, strict=True))
        for form, values in figures.items()
    }


def publish(folder: Path) -> None:
    """The illustrative reports in `inbox`, their day in `outputs`."""
    where = ["--inbox", f"{folder}/inbox", "--outputs", f"{folder}/outputs"]
    for command in (["sample", where[1]], ["daily", "--date", DAY, *where]):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*BRIEFING, *command], check=True, **quiet)


def main(rounds: int) -> int:
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as name:
        publish(Path(name))
        figures = measured(Path(name), rounds)
    for form, (spent, alone) in figures.items():
        print(f"{form:5} {spent:5.2f} s, the library alone {alone:5.2f} s: {spent / alone:4.1f} x")
    spent, alone = (sum(column) for column in zip(*figures.values(), strict=True))
    print(
        f"all   {spent:5.2f} s (limit {LIMIT} s), the libraries alone {alone:5.2f} s: "
        f"{spent / alone:4.1f} x (processor, median of {rounds})"
    )
    return 1 if spent > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
