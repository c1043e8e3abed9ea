"""The main job: one day, from the inbox to the published pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.correspondence import to_return, write_reminders, write_returns
from briefing.errors import DocumentError, RunError
from briefing.messages import _
from briefing.params import RunParams
from briefing.params.run import find_root
from briefing.run.day import Stock, day_of, take_stock
from briefing.run.manifest import Stopwatch, manifest, write_manifest
from briefing.run.publish import keep_failed, settle_paths, staging
from briefing.tables import Day, write_csv

NOTEBOOKS = ("1_intake", "2_coverage", "3_briefing")
PAGE = "3_briefing"
FORMS = ("html", "pdf", "docx")

Progress = Callable[[str, int, int], None]  # what is being done, how far, of how many


@dataclass(frozen=True)
class Published:
    """The pages of one day."""

    folder: Path
    html: Path
    pdf: Path
    day: Day


def run_daily(run: RunParams, progress: Progress = lambda *_args: None) -> Published:
    """Make and publish `outputs/<report_date>/`.

    Raises:
        ParamsError: Before anything is run.
        RunError: Nothing was published; the message names the notebook and the cause.
    """
    watch = Stopwatch()
    with watch.stage("intake"):
        stock = take_stock(run, lambda path, count: progress(path, 0, count))
    with watch.stage("tables"):
        day = day_of(run, stock)
    name = day.date.isoformat()
    with staging(run.outputs, name) as folder:
        _make(run, stock, day, folder, watch, progress)
    published = run.outputs / name
    return Published(published, published / "briefing.html", published / "briefing.pdf", day)


def _make(
    run: RunParams, stock: Stock, day: Day, folder: Path, watch: Stopwatch, progress: Progress
) -> None:
    """Fill a staging folder with everything that a day publishes."""
    with watch.stage("write_tables"):
        write_csv(day.published(), folder / "tables")
    with watch.stage("returns"):
        letters = _correspond(run, day, folder)
    inputs = write_manifest(manifest(run, stock, day, watch.seconds, letters), folder)
    fixed = run.model_copy(update={"report_date": day.date, "manifest": inputs})
    steps = len(NOTEBOOKS) + len(FORMS)
    for step, notebook in enumerate(NOTEBOOKS):
        progress(notebook, step, steps)
        with watch.stage(notebook):
            _execute(notebook, folder, fixed)
    for step, form in enumerate(FORMS, start=len(NOTEBOOKS)):
        progress(f"briefing.{form}", step, steps)
        with watch.stage(form):
            _render(folder, form, run.outputs, day)
    write_manifest(manifest(run, stock, day, watch.seconds, letters), folder)
    settle_paths(folder, folder, run.outputs / day.date.isoformat())


def _correspond(run: RunParams, day: Day, folder: Path) -> dict[str, int]:
    """Write what goes back to those who report; how many reports and messages there are."""
    sent = write_returns(to_return(day), run.inbox, run.campaign, folder / "returns")
    moment = run.as_of or datetime.now(run.campaign.tz)
    reminders = write_reminders(day, sent, moment, folder / "reminders.txt")
    return {
        "returned": len(sent),
        "marked": sum(one.marked for one in sent),
        "reminders": len(reminders),
    }


def _execute(notebook: str, folder: Path, run: RunParams) -> None:
    """Execute one notebook with papermill; keep it aside when a cell fails."""
    from papermill.exceptions import PapermillExecutionError

    from briefing.run.kernel import execute

    executed = folder / "notebooks" / f"{notebook}.ipynb"
    executed.parent.mkdir(exist_ok=True)
    try:
        execute(
            find_root(Path.cwd()) / "notebooks" / f"{notebook}.ipynb",
            executed,
            run.as_parameters(),
        )
    except PapermillExecutionError as error:
        kept = keep_failed(folder, run.outputs, str(run.report_date))
        raise RunError(
            _(
                "{notebook}: cell {cell} failed: {error}: {cause} Nothing was published; "
                "the notebook as executed is kept in {kept}.",
                notebook=f"notebooks/{notebook}.ipynb",
                cell=error.exec_count,
                error=error.ename,
                cause=error.evalue,
                kept=kept / "notebooks" / f"{notebook}.ipynb",
            )
        ) from error


def _render(folder: Path, form: str, outputs: Path, day: Day) -> None:
    """Render the executed page with the nbconvert exporter of a format."""
    from nbconvert.exporters import get_exporter

    source = folder / "notebooks" / f"{PAGE}.ipynb"
    exporter: Any = get_exporter(f"briefing_{form}")()
    try:
        content, _resources = exporter.from_filename(str(source))
    except DocumentError as error:
        kept = keep_failed(folder, outputs, day.date.isoformat())
        raise RunError(
            _(
                "briefing.{form}: {cause} Nothing was published; the notebooks as executed are "
                "kept in {kept}.",
                form=form,
                cause=error,
                kept=kept,
            )
        ) from error
    content = content.encode("utf-8") if isinstance(content, str) else content
    (folder / f"briefing.{form}").write_bytes(content)
