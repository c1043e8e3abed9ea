"""A page for each unit of a day, published together."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import RunError
from briefing.params import RunParams, UnitParams
from briefing.run.cluster import Cluster
from briefing.run.day import day_of, eve_of, take_stock
from briefing.run.manifest import Stopwatch, manifest, write_manifest
from briefing.run.pages import Edition, Page, demand_ready, execute
from briefing.run.publish import UNITS, building, settle_paths, staging
from briefing.run.template import kernels_are, template

NOTEBOOK, STEM = "5_unit", "page"
FORMS = ("html", "pdf")
AT_ONCE = 2  # pages in this process: their kernels are processes of their own

Progress = Callable[[str, int, int], None]  # what is being done, how far, of how many


@dataclass(frozen=True)
class Made:
    """What became of the page of one unit: its published folder, or why there is none."""

    unit_code: str
    unit_name: str
    folder: Path | None
    error: str = ""


@dataclass(frozen=True)
class _Task:
    """One page to make; `folder` is where it is put, `lasting` where it will be published."""

    run: UnitParams
    unit_name: str
    folder: Path
    lasting: Path
    content: dict[str, Any]


def known_codes(run: RunParams, names: Sequence[str]) -> list[str]:
    """The codes of units that are named by code or name.

    Raises:
        ParamsError: Nobody is called so.
    """
    return [UnitParams.of(run, name, where="--unit").unit_code for name in names]


def run_units(
    run: RunParams,
    codes: Sequence[str] = (),
    *,
    cluster: Cluster | None = None,
    progress: Progress = lambda *_args: None,
) -> list[Made]:
    """Make and publish `outputs/<report_date>/units/<code>/` for each unit.

    A unit that fails is told and does not stop the others. Whatever was published of it before,
    or of a unit that is not in `codes`, stays.

    Args:
        codes: The units; none: all of the campaign.
        cluster: Where the pages are made, and many new files are read; `None`: in this process.

    Returns:
        One entry a unit, in the order of `communes.csv`.

    Raises:
        ParamsError: Before anything is run.
        RunError: Nothing was published.
    """
    known = run.report_date
    demand_ready([NOTEBOOK], run, f"{known.isoformat()}/{UNITS}" if known else None)
    cluster = cluster or Cluster()
    watch = Stopwatch()
    with cluster:
        with watch.stage("intake"):
            stock = take_stock(run, lambda path, count: progress(path, 0, count), cluster)
        with watch.stage("tables"):
            day = day_of(run, stock)
            eve_of(run, stock, day)
        if not cluster.elsewhere:
            template()  # a fork of this process while it has one thread, with both days in memory
        fixed = run.model_copy(update={"report_date": day.date})
        name = f"{day.date.isoformat()}/{UNITS}"
        with staging(run.outputs, name) as folder, cluster:  # it ends before the folder is moved
            content = manifest(fixed, stock, day, watch.seconds)
            made = _all(_tasks(fixed, codes, folder, name, content), cluster, progress)
            if not any(one.folder for one in made):
                raise RunError("\n".join(f"{one.unit_name}: {one.error}" for one in made))
            _keep_others(run, run.outputs / name, folder)
    return made


def _tasks(
    run: RunParams, codes: Sequence[str], folder: Path, name: str, content: dict[str, Any]
) -> list[_Task]:
    return [
        _Task(
            UnitParams.of(run, row.unit_code, where=name),
            row.full_name,
            folder / row.unit_code,
            run.outputs / name / row.unit_code,
            content,
        )
        for row in run.campaign.commune_rows
        if not codes or row.unit_code in codes
    ]


def _all(tasks: list[_Task], cluster: Cluster, progress: Progress) -> list[Made]:
    made: list[Made] = []
    progress(NOTEBOOK, 0, len(tasks))
    for one in cluster.each(_one, tasks, len(tasks)) if cluster.elsewhere else _in_turn(tasks):
        made.append(one)
        progress(one.unit_name, len(made), len(tasks))
    return made


def _in_turn(tasks: list[_Task]) -> Iterator[Made]:
    """Each page of a unit, the notebook of the next being executed while one is rendered."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        yield from threads.map(_one, tasks)


def _one(task: _Task) -> Made:
    """Make one page aside, and put it in place whole: a task may be done twice."""
    code = task.run.unit_code
    name = f"{task.content['report_date']}/{UNITS}/{code}"
    with building(task.run.outputs, name) as folder:
        edition = Edition(folder, task.run.outputs, name)
        try:
            with edition.keeping():
                _make(task, edition)
        except RunError as error:
            return Made(code, task.unit_name, None, str(error))
        try:
            folder.rename(task.folder)
        except OSError:
            if not task.folder.is_dir():
                raise
    return Made(code, task.unit_name, task.lasting)


def _make(task: _Task, edition: Edition) -> None:
    """Fill the folder of one unit with everything that is published of it.

    The manifest names the files of all units, and so lies beside the notebook: what lies beside the
    page is attached to its PDF.
    """
    watch = Stopwatch()
    notebooks = edition.folder / "notebooks"
    notebooks.mkdir()
    inputs = write_manifest(task.content, notebooks)
    fixed = task.run.model_copy(update={"manifest": inputs})
    with watch.stage(NOTEBOOK):
        execute(NOTEBOOK, edition, fixed.as_parameters())
    page = Page(NOTEBOOK, edition, STEM)
    for form in FORMS:
        with watch.stage(form):
            page.write(form)
    seconds = task.content["seconds"] | watch.seconds
    own = {"unit_code": task.run.unit_code, "kernels": kernels_are(), "seconds": seconds}
    write_manifest(task.content | own, notebooks)
    settle_paths(edition.folder, edition.folder, task.lasting)


def _keep_others(run: RunParams, published: Path, folder: Path) -> None:
    """Take over what was published before of units that this run has not made."""
    for row in run.campaign.commune_rows:
        before, now = published / row.unit_code, folder / row.unit_code
        if before.is_dir() and not now.exists():
            shutil.copytree(before, now)
