"""A page for each unit of a day, of any level below the whole, published together."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.errors import RunError
from briefing.params import RunParams, UnitParams
from briefing.run.cluster import Cluster
from briefing.run.day import day_of, previous_day_of
from briefing.run.job import UNIT, Job, Made, Progress, all_made, snapshot_of, unseen
from briefing.run.journal import Note, noted
from briefing.run.manifest import Stopwatch, manifest
from briefing.run.pages import demand_ready
from briefing.run.publish import UNITS, staging
from briefing.run.template import template

AT_ONCE = 2  # pages in this process: their kernels are processes of their own


@dataclass(frozen=True)
class _Task:
    """One page to make; `place` is where it lies until all are published."""

    title: str
    job: Job
    place: Path


def known_codes(run: RunParams, names: Sequence[str]) -> list[str]:
    """The codes of units that are named by code or name.

    Raises:
        ParamsError: Nobody is called so.
    """
    return [UnitParams.of(run, name, where="--unit").unit_code for name in names]


def run_units(
    run: RunParams,
    codes: Sequence[str] = (),
    progress: Progress = unseen,
    cluster: Cluster | None = None,
) -> list[Made]:
    """Make and publish `outputs/<report_date>/units/<code>/` for each unit.

    A unit that fails is told and does not stop the others. Whatever was published of it before,
    or of a unit that is not in `codes`, stays.

    Args:
        codes: The units; none: all of the campaign.
        cluster: Where the pages are made, and many new files are read; `None`: in this process.

    Returns:
        One entry a unit: those above, then those that report, each in the order of params.

    Raises:
        ParamsError: Before anything is run.
        RunError: Nothing was published.
    """
    name = f"{run.report_date}/{UNITS}" if run.report_date else None
    with noted(run, name) as note:
        demand_ready(UNIT.notebooks, run, name)
        return _made(run, codes, progress, cluster or Cluster(), note)


def _made(
    run: RunParams, codes: Sequence[str], progress: Progress, cluster: Cluster, note: Note
) -> list[Made]:
    watch = Stopwatch()
    with cluster as workers:
        snapshot = snapshot_of(run, watch, workers, progress)
        with watch.stage("tables"):
            day = day_of(run, snapshot)
            previous_day_of(run, snapshot, day)
        if not workers.elsewhere:
            template()  # a fork of this process while it has one thread, with both days in memory
        fixed = run.model_copy(update={"report_date": day.date})
        name, content = f"{day.date}/{UNITS}", manifest(fixed, snapshot, day)
        note.of_manifest(run, snapshot, name, content)
        with staging(run.outputs, name) as folder, workers:  # they end before the folder is moved
            tasks = [*_tasks(fixed, codes, folder, name, content, watch)]
            progress(UNIT.notebooks[0], 0, len(tasks))
            made = all_made(_pages(tasks, workers), len(tasks), progress)
            if not any(one.folder for one in made):
                raise RunError("\n".join(f"{one.title}: {one.error}" for one in made))
            _keep_others(run, run.outputs / name, folder)
    return made


def _tasks(
    run: RunParams,
    codes: Sequence[str],
    folder: Path,
    name: str,
    content: dict[str, Any],
    watch: Stopwatch,
) -> Iterator[_Task]:
    for code, called in run.campaign.paged.items():
        if not codes or code in codes:
            of_unit = UnitParams.of(run, code, where=name)
            own, seconds = content | {"unit_code": code}, Stopwatch({**watch.seconds})
            job = Job(UNIT, of_unit, f"{name}/{code}", own, seconds)
            yield _Task(f"{called} ({code})", job, folder / code)


def _pages(tasks: list[_Task], workers: Cluster) -> Iterator[Made]:
    """Each page; in this process the notebook of the next is executed while one is rendered."""
    if workers.elsewhere:
        yield from workers.each(_one, tasks, len(tasks))
        return
    with ThreadPoolExecutor(AT_ONCE) as threads:
        yield from threads.map(_one, tasks)


def _one(task: _Task) -> Made:
    return Made.of(task.title, lambda: task.job.put(task.place))


def _keep_others(run: RunParams, published: Path, folder: Path) -> None:
    """Take over what was published before of units that this run has not made."""
    for code in run.campaign.paged:
        before, now = published / code, folder / code
        if before.is_dir() and not now.exists():
            shutil.copytree(before, now)
