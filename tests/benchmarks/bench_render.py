"""The four documents of a day, once its notebook is executed, beside what the libraries cost.

    python tests/benchmarks/bench_render.py [ROUNDS]

Processor seconds of HTML, PDF (with everything attached), DOCX and annex.xlsx in one process that
has them all made once before; beside them the time inside the libraries' own calls: Jinja's
rendering, typst.compile, python-docx's and openpyxl's save.
"""

from __future__ import annotations

import functools
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import docx.document
import jinja2
import openpyxl
import typst

from briefing.documents.annex import annex
from briefing.params import RunParams
from briefing.run.day import day_of, eve_of, take_stock
from briefing.run.pages import Edition, render
from briefing.tables.published import published

ROOT = Path(__file__).parents[2]
BRIEFING = [sys.executable, "-m", "briefing.cli"]
DAY, LIMIT = "2021-08-16", 1.5  # processor seconds of all four
CALLS = (
    (jinja2.Template, "render"),
    (typst, "compile"),
    (docx.document.Document, "save"),
    (openpyxl.Workbook, "save"),
)


@contextmanager
def accounted(spent: list[float]) -> Iterator[None]:
    """Within the block, the processor seconds of each library's call are added to `spent`."""

    def wrapped(call: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(call)
        def timed(*args: Any, **kwargs: Any) -> Any:
            start = time.process_time()
            try:
                return call(*args, **kwargs)
            finally:
                spent.append(time.process_time() - start)

        return timed

    with ExitStack() as undo:
        for owner, name in CALLS:
            original = getattr(owner, name)
            setattr(owner, name, wrapped(original))
            undo.callback(setattr, owner, name, original)
        yield


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


def main(rounds: int) -> None:
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = ["--inbox", f"{folder}/inbox", "--outputs", f"{folder}/outputs"]
        for command in (["sample", where[1]], ["daily", "--date", DAY, *where]):
            subprocess.run(
                [*BRIEFING, *command], check=True, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
        each = makers(folder)
        for make in each.values():
            make()
        figures: dict[str, list[tuple[float, float]]] = {form: [] for form in each}
        for _round in range(rounds):
            for form, make in each.items():
                bare: list[float] = []
                start = time.process_time()
                with accounted(bare):
                    make()
                figures[form].append((time.process_time() - start, sum(bare)))
    middle = {
        form: [statistics.median(column) for column in zip(*values, strict=True)]
        for form, values in figures.items()
    }
    for form, (spent, bare) in middle.items():
        print(f"{form:5} {spent:5.2f} s processor, {bare:5.2f} s of it in the library's call")
    total, libraries = (sum(column) for column in zip(*middle.values(), strict=True))
    print(
        f"all   {total:5.2f} s (limit {LIMIT} s), {total / libraries:.2f} x the libraries' "
        f"{libraries:.2f} s (median of {rounds})"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
