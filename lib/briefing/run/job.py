"""One kind of job: notebooks executed on one snapshot, one of them rendered, all published as one.

A day, a period and the page of a unit are such jobs; a backfill and the pages of all units are many
of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from briefing.errors import RunError
from briefing.params.run import AnyRun
from briefing.run.cluster import Cluster
from briefing.run.journal import noted
from briefing.run.manifest import Stopwatch, write_manifest
from briefing.run.pages import Edition, Execution, Page, demand_ready, executing
from briefing.run.publish import building, settle_paths, staging
from briefing.run.snapshot import Snapshot, take_snapshot
from briefing.run.template import kernels_are, template

Progress = Callable[[str, int, int], None]  # what is being done, how far, of how many


@dataclass(frozen=True)
class Kind:
    """What jobs of one kind have in common.

    Attributes:
        notebooks: Those that are executed; the first becomes the page, and is rendered meanwhile.
        stem: Name of the page.
        forms: Its formats.
        inside: Folder of the manifest: what lies beside the page is attached to its PDF.
    """

    notebooks: tuple[str, ...]
    stem: str
    forms: tuple[str, ...]
    inside: str = ""


DAY = Kind(("3_briefing", "1_intake", "2_coverage"), "briefing", ("html", "pdf", "docx"))
PERIOD = Kind(("4_report",), "report", ("html", "pdf", "docx"))
UNIT = Kind(("5_unit",), "page", ("html", "pdf"), inside="notebooks")
KINDS = (DAY, PERIOD, UNIT)


@dataclass(frozen=True)
class Published:
    """What a job has published: a folder, and the page in each format."""

    folder: Path
    pages: tuple[Path, ...]


@dataclass(frozen=True)
class Made:
    """What became of one job of many: its published folder, or why there is none."""

    title: str
    folder: Path | None
    error: str = ""

    @classmethod
    def of(cls, title: str, make: Callable[[], Path]) -> Self:
        """What comes of `make`; a job that fails is told and does not stop the others."""
        try:
            return cls(title, make())
        except RunError as error:
            return cls(title, None, str(error))


def unseen(*_done: object) -> None:
    """Progress that nobody looks at."""


def no_files(_folder: Path, _watch: Stopwatch) -> dict[str, Any]:
    """A job that publishes its page alone."""
    return {}


@dataclass(frozen=True)
class Job:
    """What is made of one snapshot and published as one folder, whole or not at all.

    Attributes:
        run: What the notebooks are told, with the manifest that they rest on.
        name: The folder below `outputs`.
        content: Of the manifest, but for what shows while the job is done.
        watch: Seconds of its stages, with those that came before it.
        files: Writes what is no page, while notebooks are executed; what to add to the manifest.
        page_first: Publish all but the other notebooks as soon as the page is there, and again
            with them: for somebody who waits for it.
    """

    kind: Kind
    run: AnyRun
    name: str
    content: Mapping[str, Any]
    watch: Stopwatch
    files: Callable[[Path, Stopwatch], dict[str, Any]] = no_files
    page_first: bool = False

    @property
    def lasting(self) -> Path:
        """Where it is published."""
        return self.run.outputs / self.name

    def publish(self, progress: Progress = unseen) -> Published:
        """Make it, and put it in the place of what was published before.

        Raises:
            RunError: Nothing was published; the message names the cause.
        """
        with staging(self.run.outputs, self.name) as folder:
            self._make(folder, progress)
        pages = (self.lasting / f"{self.kind.stem}.{form}" for form in self.kind.forms)
        return Published(self.lasting, tuple(pages))

    def put(self, place: Path) -> Path:
        """Make it aside, and put it whole into a folder that is published later.

        It may be done twice, where the process that did it has ended.

        Raises:
            RunError: It can't be made; the message names the cause.
        """
        with building(self.run.outputs, self.name) as folder:
            self._make(folder, unseen)
            try:
                folder.rename(place)
            except OSError:
                if not place.is_dir():
                    raise
        return self.lasting

    def _make(self, folder: Path, progress: Progress) -> None:
        """Fill a folder with everything that is published; what there is of it is kept if it fails.

        The manifest is written before the notebooks, which read it, and before the PDF, which
        carries it.
        """
        edition = Edition(folder, self.run.outputs, self.name)
        with edition.keeping():
            inputs = self._describe(folder, {})
            fixed = self.run.model_copy(update={"manifest": inputs})
            first, *others = self.kind.notebooks
            with executing(self.kind.notebooks, edition, fixed.as_parameters()) as notebooks:
                notebooks.start(first, *(() if self.page_first else others))
                added = self.files(folder, self.watch)
                self._describe(folder, added)
                self._finish(notebooks, progress, added)
            self._describe(folder, added)
            settle_paths(folder, folder, self.lasting)

    def _finish(self, notebooks: Execution, progress: Progress, added: Mapping[str, Any]) -> None:
        """Wait for each notebook, and render the page when its own has ended."""
        first, *others = self.kind.notebooks
        self._wait(notebooks, first, 0, progress)
        page = Page(first, notebooks.edition, self.kind.stem)
        for done, form in enumerate(self.kind.forms, 1):
            progress(f"{self.kind.stem}.{form}", done, self._count)
            with self.watch.stage(form):
                page.write(form)
        if self.page_first:
            self._describe(notebooks.edition.folder, added)
            notebooks.edition.publish_without(others)
            notebooks.start(*others)
        for done, notebook in enumerate(others, 1 + len(self.kind.forms)):
            self._wait(notebooks, notebook, done, progress)

    @property
    def _count(self) -> int:
        return len(self.kind.notebooks) + len(self.kind.forms)

    def _wait(self, notebooks: Execution, name: str, done: int, progress: Progress) -> None:
        progress(name, done, self._count)
        page_is_out = self.page_first and name != self.kind.notebooks[0]
        self.watch.seconds[name] = notebooks.wait(name, page_is_out=page_is_out)

    def _describe(self, folder: Path, added: Mapping[str, Any]) -> Path:
        now = {"kernels": kernels_are(), "seconds": self.watch.seconds}
        (place := folder / self.kind.inside).mkdir(exist_ok=True)
        return write_manifest({**self.content, **now, **added}, place)


def run_job(
    kind: Kind,
    run: AnyRun,
    name: str | None,
    plan: Callable[[Snapshot, Stopwatch], Job],
    progress: Progress = unseen,
    cluster: Cluster | None = None,
    snapshot: Snapshot | None = None,
) -> Published:
    """Take snapshot, work out what the job is about, and publish it.

    Args:
        name: Where it will be published; `None` where only the snapshot tells.
        cluster: Where new files are read and phones compared, if they are many; `None`: in this
            process.
        snapshot: What was taken already; `None`: it is taken now.

    Raises:
        ParamsError: Before anything is run.
        RunError: Nothing was published; the message names the notebook and the cause.
    """
    with noted(run, name) as note:
        demand_ready(kind.notebooks, run, name)
        watch = Stopwatch()
        if cluster and cluster.elsewhere:
            template()  # a fork of this process before it has the threads of Dask
        with cluster or Cluster() as workers:
            snapshot = snapshot or snapshot_of(run, watch, workers, progress)
            with watch.stage("tables"):
                job = plan(snapshot, watch)
        note.of_manifest(run, snapshot, job.name, job.content)
        return job.publish(progress)


def snapshot_of(run: AnyRun, watch: Stopwatch, workers: Cluster, progress: Progress) -> Snapshot:
    """What a job works on, with each file told as it is looked at."""
    with watch.stage("intake"):
        return take_snapshot(run, lambda path, count: progress(path, 0, count), workers)


def all_made(done: Iterable[Made], count: int, progress: Progress) -> list[Made]:
    """What became of many jobs, each told as it is done."""
    made: list[Made] = []
    for one in done:
        made.append(one)
        progress(one.title, len(made), count)
    return made
