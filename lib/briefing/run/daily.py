"""The main job: one day, from the inbox to the published pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from briefing.correspondence import (
    Earlier,
    to_return,
    write_receipts,
    write_reminders,
    write_returns,
)
from briefing.documents.annex import annex
from briefing.language import DEFAULT_LANGUAGE, language
from briefing.params import RunParams
from briefing.register import Kept, key_of, read_files, write_files
from briefing.register.files import close_to_others, make_private
from briefing.run.cluster import Cluster
from briefing.run.day import Stock, day_of, eve_of, key_of_day, take_stock
from briefing.run.manifest import Stopwatch, manifest, write_manifest
from briefing.run.pages import Edition, Page, demand_ready, executing
from briefing.run.publish import settle_paths, staging
from briefing.run.template import template
from briefing.tables import Day, write_csv
from briefing.tables.charted import charted
from briefing.tables.exports import published

NOTEBOOKS = ("3_briefing", "1_intake", "2_coverage")  # the page first: it is rendered meanwhile
PAGE, STEM = "3_briefing", "briefing"
FORMS = ("html", "pdf", "docx")
ANNEX = "annex.xlsx"
MADE = "made"  # inside the register: tables and annexes by what their day is made of
RETURNS = "returns"

Progress = Callable[[str, int, int], None]  # what is being done, how far, of how many


@dataclass(frozen=True)
class Published:
    """The pages of one day."""

    folder: Path
    html: Path
    pdf: Path
    annex: Path
    day: Day


def run_daily(
    run: RunParams,
    progress: Progress = lambda *_args: None,
    cluster: Cluster | None = None,
) -> Published:
    """Make and publish `outputs/<report_date>/`.

    Args:
        cluster: Where new files are read, if they are many; `None`: in this process.

    Raises:
        ParamsError: Before anything is run.
        RunError: Nothing was published; the message names the notebook and the cause.
    """
    demand_ready(NOTEBOOKS, run, run.report_date.isoformat() if run.report_date else None)
    if cluster and cluster.elsewhere:
        template()  # a fork of this process before it has the threads of Dask
    watch = Stopwatch()
    with watch.stage("intake"), cluster or Cluster() as workers:
        stock = take_stock(run, lambda path, count: progress(path, 0, count), workers)
    with watch.stage("tables"):
        day = day_of(run, stock)
        eve_of(run, stock, day)  # kept before notebooks and tables ask for it side by side
    name = day.date.isoformat()
    with staging(run.outputs, name) as folder:
        edition = Edition(folder, run.outputs, name)
        with edition.keeping():
            _make(run, stock, day, edition, watch, progress)
    made = run.outputs / name
    html, pdf, _docx = (made / f"{STEM}.{form}" for form in FORMS)
    return Published(made, html, pdf, made / ANNEX, day)


def _make(
    run: RunParams, stock: Stock, day: Day, edition: Edition, watch: Stopwatch, progress: Progress
) -> None:
    """Fill a staging folder with everything that a day publishes.

    What is not a page is made while the notebooks are executed.
    """
    folder = edition.folder
    inputs = write_manifest(manifest(run, stock, day, watch.seconds), folder)
    fixed = run.model_copy(update={"report_date": day.date, "manifest": inputs})
    steps = len(NOTEBOOKS) + len(FORMS)
    with executing(NOTEBOOKS, edition, fixed.as_parameters()) as notebooks:
        letters = _make_files(run, stock, day, folder, watch)
        write_manifest(manifest(run, stock, day, watch.seconds, letters), folder)
        for step, notebook in enumerate(NOTEBOOKS):
            progress(notebook, step, steps)
            watch.seconds[notebook] = notebooks.wait(notebook)
            if notebook == PAGE:
                page = Page(PAGE, edition, STEM)
                for form in FORMS:
                    with watch.stage(form):
                        page.write(form)
    write_manifest(manifest(run, stock, day, watch.seconds, letters), folder)
    settle_paths(folder, folder, run.outputs / edition.name)


def _make_files(
    run: RunParams, stock: Stock, day: Day, folder: Path, watch: Stopwatch
) -> dict[str, int]:
    """Write the tables, the annex, and what goes back; how many letters there are."""
    words = day.campaign.model_dump_json()  # names in the annex that no table of the day rests on
    kept, key = Kept(stock.register.folder / MADE), key_of(key_of_day(run, stock, day.date), words)
    if files := kept.get(key):
        with watch.stage("write_tables"):
            write_files(files, folder)
    else:
        _make_tables(run, stock, day, folder, watch)
        kept.put(key, read_files(folder, "tables/**/*.csv", ANNEX))
    with watch.stage("returns"):
        return _correspond(run, stock, day, folder)


def _make_tables(run: RunParams, stock: Stock, day: Day, folder: Path, watch: Stopwatch) -> None:
    """Write what is made of the day's tables and the eve's, and so of what the day is made of."""
    with watch.stage("write_tables"):
        tables = published(day, eve_of(run, stock, day))
        write_csv(tables, folder / "tables")
        write_csv(charted(day), folder / "tables" / "charts")
    with watch.stage("annex"):
        (folder / ANNEX).write_bytes(annex(day, tables))


def _correspond(run: RunParams, stock: Stock, day: Day, folder: Path) -> dict[str, int]:
    """Write what goes back to those who report; how many reports and messages there are.

    It is in the language of the offices, whatever that of the pages.
    """
    moment = run.as_of or stock.at
    with language(DEFAULT_LANGUAGE):
        told = day if run.lang == DEFAULT_LANGUAGE else day_of(run, stock)
        earlier = Earlier(stock.register.folder, run.outputs, Path(day.date.isoformat(), RETURNS))
        back = to_return(told)
        make_private(returns := folder / RETURNS)  # people's names, as their sender wrote them
        sent = write_returns(back, run.inbox, run.campaign, returns, earlier)
        close_to_others(returns)
        reminders = write_reminders(told, sent, moment, folder / "reminders.txt")
        receipts = write_receipts(told, moment, folder / "receipts.txt")
    return {
        "returned": len(sent),
        "marked": sum(one.marked for one in sent),
        "reminders": len(reminders),
        "receipts": len(receipts),
    }
