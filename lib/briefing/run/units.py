"""A page for each unit of a day, published together."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import RunError
from briefing.params import RunParams, UnitParams
from briefing.run import kernel
from briefing.run.day import day_of, take_stock
from briefing.run.manifest import Stopwatch, manifest, write_manifest
from briefing.run.pages import Edition, Page, execute
from briefing.run.processes import one_by_one
from briefing.run.publish import UNITS, settle_paths, staging

NOTEBOOK, STEM = "5_unit", "page"
FORMS = ("html", "pdf")

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
    """One page to make; `folder` is where it is built, `lasting` where it will be published."""

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
    workers: int = 1,
    progress: Progress = lambda *_args: None,
) -> list[Made]:
    """Make and publish `outputs/<report_date>/units/<code>/` for each unit.

    A unit that fails is told and does not stop the others. Whatever was published of it before,
    or of a unit that is not in `codes`, stays.

    Args:
        codes: The units; none: all of the campaign.
        workers: Pages made at the same time, each in a process of its own.

    Returns:
        One entry a unit, in the order of `communes.csv`.

    Raises:
        ParamsError: Before anything is run.
        RunError: Nothing was published.
    """
    kernel.template()  # a fork of this process while it has one thread
    watch = Stopwatch()
    with watch.stage("intake"):
        stock = take_stock(run, lambda path, count: progress(path, 0, count))
    with watch.stage("tables"):
        day = day_of(run, stock)
    fixed = run.model_copy(update={"report_date": day.date})
    name = f"{day.date.isoformat()}/{UNITS}"
    published = run.outputs / name
    with staging(run.outputs, name) as folder:
        content = manifest(fixed, stock, day, watch.seconds)
        tasks = [
            _Task(
                UnitParams.of(fixed, row.unit_code, where=name),
                row.full_name,
                folder / row.unit_code,
                published / row.unit_code,
                content,
            )
            for row in run.campaign.commune_rows
            if not codes or row.unit_code in codes
        ]
        made = _all(tasks, workers, progress)
        if not any(one.folder for one in made):
            raise RunError("\n".join(f"{one.unit_name}: {one.error}" for one in made))
        _keep_others(run, published, folder)
    return made


def _all(tasks: list[_Task], workers: int, progress: Progress) -> list[Made]:
    made: list[Made] = []
    progress(NOTEBOOK, 0, len(tasks))
    for one in one_by_one(_one, tasks, workers):
        made.append(one)
        progress(one.unit_name, len(made), len(tasks))
    place = {task.run.unit_code: n for n, task in enumerate(tasks)}
    return sorted(made, key=lambda one: place[one.unit_code])


def _one(task: _Task) -> Made:
    code = task.run.unit_code
    name = f"{task.content['report_date']}/{UNITS}/{code}"
    edition = Edition(task.folder, task.run.outputs, name)
    try:
        with edition.keeping():
            _make(task, edition)
    except RunError as error:
        shutil.rmtree(task.folder, ignore_errors=True)
        return Made(code, task.unit_name, None, str(error))
    return Made(code, task.unit_name, task.lasting)


def _make(task: _Task, edition: Edition) -> None:
    """Fill the folder of one unit with everything that is published of it.

    The manifest names the files of all units, and so lies beside the notebook: what lies beside the
    page is attached to its PDF.
    """
    watch, code = Stopwatch(), task.run.unit_code
    notebooks = task.folder / "notebooks"
    notebooks.mkdir(parents=True)
    inputs = write_manifest(task.content, notebooks)
    fixed = task.run.model_copy(update={"manifest": inputs})
    with watch.stage(NOTEBOOK):
        execute(NOTEBOOK, edition, fixed.as_parameters())
    page = Page(NOTEBOOK, edition, STEM)
    for form in FORMS:
        with watch.stage(form):
            page.write(form)
    seconds = task.content["seconds"] | watch.seconds
    write_manifest(task.content | {"unit_code": code, "seconds": seconds}, notebooks)
    settle_paths(task.folder, task.folder, task.lasting)


def _keep_others(run: RunParams, published: Path, folder: Path) -> None:
    """Take over what was published before of units that this run has not made."""
    for row in run.campaign.commune_rows:
        before, now = published / row.unit_code, folder / row.unit_code
        if before.is_dir() and not now.exists():
            shutil.copytree(before, now)
