"""The four documents of a day, once its notebook is executed, beside what the libraries cost.

Processor seconds of HTML, PDF (with everything attached), DOCX and annex.xlsx in one process that
has them all made once before; beside them what the libraries alone take for the same content
(`bare_pages.py`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path

from bare_pages import Calls, calculated, templated, typeset, written
from inboxes import DAY
from timing import call

from briefing.documents.annex import annex
from briefing.params import RunParams
from briefing.run.day import day_of, previous_day_of
from briefing.run.pages import Edition, Page
from briefing.run.snapshot import take_snapshot
from briefing.tables.exports import published


def makers(inbox: Path, outputs: Path) -> dict[str, Callable[[], object]]:
    """Each document of the day that is published in `outputs`."""
    run = RunParams.checked(
        {"report_date": DAY.isoformat(), "inbox": str(inbox), "outputs": str(outputs)}
    )
    snapshot = take_snapshot(run)
    day = day_of(run, snapshot)
    tables = published(day, previous_day_of(run, snapshot, day))
    edition = Edition(run.outputs / DAY.isoformat(), run.outputs, DAY.isoformat())
    pages = {
        form: functools.partial(written_page, edition, form) for form in ("html", "pdf", "docx")
    }
    return {**pages, "xlsx": lambda: annex(day, tables)}


def written_page(edition: Edition, form: str) -> None:
    """A format of the page, its notebook read as well."""
    Page("3_briefing", edition, "briefing").write(form)


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
    return sum(call(each).spent for each in calls)


def measured(
    inbox: Path, outputs: Path, aside: Path, rounds: int
) -> dict[str, list[tuple[float, float]]]:
    """Seconds of each document and of the libraries alone, round by round."""
    each = makers(inbox, outputs)
    for make in each.values():
        make()
    alone = bare(each, aside, outputs / DAY.isoformat() / "briefing")
    figures: dict[str, list[tuple[float, float]]] = {form: [] for form in each}
    for _round in range(rounds):
        for form, make in each.items():
            figures[form].append((seconds([make]), seconds(alone[form])))
    return figures
