"""The formal report of a period, from the inbox to the published pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.documents.annex import annex_of_period
from briefing.params import PeriodParams
from briefing.run.cluster import Cluster
from briefing.run.day import Stock, take_stock
from briefing.run.days import period_in
from briefing.run.manifest import Stopwatch, manifest, write_manifest
from briefing.run.pages import Edition, Page, demand_ready, execute
from briefing.run.publish import settle_paths, staging
from briefing.run.template import template
from briefing.tables import write_csv
from briefing.tables.period import Period, demand_known_rules

NOTEBOOK, STEM = "4_report", "report"
FORMS = ("html", "pdf", "docx")
ANNEX = "annex.xlsx"

Progress = Callable[[str, int, int], None]  # what is being done, how far, of how many


@dataclass(frozen=True)
class Published:
    """The report of one period."""

    folder: Path
    pages: tuple[Path, ...]
    period: Period


def run_period(
    run: PeriodParams,
    progress: Progress = lambda *_args: None,
    cluster: Cluster | None = None,
) -> Published:
    """Make and publish `outputs/<from>_<to>/`.

    Args:
        cluster: Where new files are read, if they are many; `None`: in this process.

    Raises:
        ParamsError: Before anything is run.
        RunError: Nothing was published; the message names the cause.
    """
    if run.texts:
        demand_known_rules(run.texts)
    demand_ready([NOTEBOOK], run, f"{run.first}_{run.last}")
    if cluster and cluster.elsewhere:
        template()  # a fork of this process before it has the threads of Dask
    watch = Stopwatch()
    with watch.stage("intake"), cluster or Cluster() as workers:
        stock = take_stock(run.of_day(), lambda path, count: progress(path, 0, count), workers)
    with watch.stage("tables"):
        period = period_in(run, stock)
    with staging(run.outputs, period.key) as folder:
        edition = Edition(folder, run.outputs, period.key)
        with edition.keeping():
            _make(run, stock, period, edition, watch, progress)
    published = run.outputs / period.key
    return Published(published, tuple(published / f"{STEM}.{form}" for form in FORMS), period)


def _make(
    run: PeriodParams,
    stock: Stock,
    period: Period,
    edition: Edition,
    watch: Stopwatch,
    progress: Progress,
) -> None:
    """Fill a staging folder with everything that a period publishes."""
    folder = edition.folder
    with watch.stage("write_tables"):
        write_csv(period.published(), folder / "tables")
    with watch.stage("annex"):
        (folder / ANNEX).write_bytes(annex_of_period(period))
    inputs = write_manifest(_manifest(run, stock, period, watch), folder)
    fixed = run.model_copy(update={"manifest": inputs})
    steps = 1 + len(FORMS)
    progress(NOTEBOOK, 0, steps)
    with watch.stage(NOTEBOOK):
        execute(NOTEBOOK, edition, fixed.as_parameters())
    page = Page(NOTEBOOK, edition, STEM)
    for step, form in enumerate(FORMS, start=1):
        progress(f"{STEM}.{form}", step, steps)
        with watch.stage(form):
            page.write(form)
    write_manifest(_manifest(run, stock, period, watch), folder)
    settle_paths(folder, folder, run.outputs / period.key)


def _manifest(run: PeriodParams, stock: Stock, period: Period, watch: Stopwatch) -> dict[str, Any]:
    """The manifest of a period: that of the day it ends with, its days, the analyst's words."""
    days = {
        "period_from": period.first.isoformat(),
        "period_to": period.last.isoformat(),
        "covered_to": period.covered_to.isoformat(),
    }
    words = {"texts": run.as_parameters()["texts"]}
    return days | manifest(run.of_day(), stock, period.day, watch.seconds) | words
