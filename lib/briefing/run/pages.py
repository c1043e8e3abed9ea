"""The notebooks of an edition, executed, and the page that one of them becomes."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from briefing.documents import docx, html, pdf
from briefing.documents.assemble import Document, document, on_paper
from briefing.errors import DocumentError, RunError, Unfinished
from briefing.failures import kernel_message
from briefing.language import DEFAULT_LANGUAGE, language, prose
from briefing.messages import _
from briefing.params.run import OWN, PACKAGE, AnyRun, find_root
from briefing.run import kernel
from briefing.run.publish import (
    FAILED,
    demand_closed,
    keep_failed,
    settle_paths,
    staging,
)
from briefing.run.template import prepare, template_if

LARGE = 20_000_000  # bytes that a PDF carries; a country's, for which this process has no room


@dataclass(frozen=True)
class Edition:
    """A folder that is being built, and what becomes of it.

    Attributes:
        folder: Where it is built.
        outputs: Where it will be published.
        name: Under which name: a day, or the days of a period.
    """

    folder: Path
    outputs: Path
    name: str

    @property
    def kept(self) -> Path:
        """Where the analyst finds what was made when it failed."""
        return self.outputs / FAILED / self.name

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Keep what the block has made, if it fails."""
        try:
            yield
        except RunError:
            keep_failed(self.folder, self.kept)
            raise

    def executed(self, notebook: str) -> Path:
        """Where a notebook lies as executed."""
        return self.folder / "notebooks" / f"{notebook}.ipynb"

    def publish_without(self, notebooks: Sequence[str]) -> None:
        """Publish what there is but for notebooks that are still executed; the building goes on.

        Raises:
            RunError: What is published under this name is open in another program.
        """
        left_out = shutil.ignore_patterns(*(f"{name}.ipynb" for name in notebooks))
        with staging(self.outputs, self.name) as folder:
            shutil.copytree(self.folder, folder, ignore=left_out, dirs_exist_ok=True)
            settle_paths(folder, self.folder, self.outputs / self.name)


@dataclass(frozen=True)
class Execution:
    """Notebooks being executed side by side, each by papermill in a kernel of its own.

    Attributes:
        begin: Has a notebook executed.
    """

    edition: Edition
    begin: Callable[[str], Future[float]]
    _running: dict[str, Future[float]] = field(default_factory=dict)

    def start(self, *notebooks: str) -> None:
        """Execute these notebooks, beside those that are executed already."""
        self._running.update({name: self.begin(name) for name in notebooks})

    def wait(self, notebook: str, *, page_is_out: bool = False) -> float:
        """Return when a notebook has been executed: the seconds that it took.

        Args:
            page_is_out: The page has been published already.

        Raises:
            RunError: A cell failed, or the kernel died; `Unfinished` where the page is out.
        """
        try:
            return self._running[notebook].result()
        except (DeadKernelError, PapermillExecutionError) as error:
            source = f"notebooks/{notebook}.ipynb"
            text = _why(error, source, self.edition.kept / source, page_is_out)
            raise (Unfinished if page_is_out else RunError)(text) from error


def _why(error: Exception, source: str, kept: Path, page_is_out: bool) -> str:
    """Why a notebook was not executed, and what happened meanwhile."""
    about = {"notebook": source, "kept": kept}
    if not isinstance(error, PapermillExecutionError):
        if page_is_out:
            return _(
                "{notebook}: the kernel ended before the notebook did: the machine may be out of "
                "memory. The page is published without it; what there is of it is kept in {kept}.",
                **about,
            )
        return _(
            "{notebook}: the kernel ended before the notebook did: the machine may be out of "
            "memory. Nothing was published; what there is of the notebook is kept in {kept}.",
            **about,
        )
    cause = kernel_message(error.ename, error.evalue, source)
    about |= {"cell": error.exec_count, "cause": cause}
    if page_is_out:
        return _(
            "{notebook}: cell {cell} failed: {cause} The page is published without this notebook, "
            "which is kept as executed in {kept}.",
            **about,
        )
    return _(
        "{notebook}: cell {cell} failed: {cause} Nothing was published; "
        "the notebook as executed is kept in {kept}.",
        **about,
    )


@contextmanager
def executing(
    notebooks: Sequence[str], edition: Edition, parameters: Mapping[str, Any]
) -> Iterator[Execution]:
    """Execute notebooks, those that the block starts, while it does other work.

    At its end all of them have ended.
    """
    params = Path(str(parameters["params"]))
    sources = {name: _source(name, params) for name in notebooks}  # all are there, or none is run
    prepare(parameters)
    edition.executed("").parent.mkdir(exist_ok=True)
    with ThreadPoolExecutor(len(notebooks)) as threads:

        def begin(name: str) -> Future[float]:
            return threads.submit(_execute, sources[name], edition.executed(name), parameters)

        yield Execution(edition, begin)


def _execute(source: Path, executed: Path, parameters: Mapping[str, Any]) -> float:
    start = time.perf_counter()
    kernel.execute(source, executed, parameters)
    _translate(executed, str(parameters.get("lang", "")))
    return round(time.perf_counter() - start, 3)


def demand_ready(notebooks: Sequence[str], run: AnyRun, name: str | None) -> None:
    """Before the work: what a run needs is there, and what it will replace can be replaced.

    Args:
        name: Under which name it publishes; `None` where only the work tells.

    Raises:
        RunError: A notebook is missing or damaged, or a document is open in another program.
    """
    for notebook in notebooks:
        _source(notebook, run.params)
    if name:
        demand_closed(run.outputs / name)


def _source(notebook: str, params: Path) -> Path:
    """A notebook of the project around the current folder or around params, or of this program.

    In an installed package the notebooks lie beside its modules.

    Raises:
        RunError: There is none, or it is none.
    """
    roots = [find_root(Path.cwd()), find_root(params), OWN, PACKAGE]
    places = [root / "notebooks" / f"{notebook}.ipynb" for root in roots]
    source = next((place for place in places if place.is_file()), None)
    if not source:
        raise RunError(
            _(
                "{notebook}: no such notebook. Go to the folder of the project, where params and "
                "notebooks lie, or put the notebook back. Nothing was published.",
                notebook=places[0],
            )
        )
    try:
        nbformat.validate(nbformat.read(source, as_version=4))
    except Exception as error:  # whatever odd bytes make of the library
        raise RunError(
            _(
                "{notebook}: this file is no notebook, or is damaged. Put it back as it came, or "
                "save it again in JupyterLab. Nothing was published.",
                notebook=source,
            )
        ) from error
    return source


PARAMETERS = "parameters"  # the tag of their cell, which papermill looks for
COMMENT = re.compile(r"(  # )(.+)$", re.MULTILINE)


def _translate(executed: Path, lang: str) -> None:
    """Put what a notebook says, and its parameters' comments, into the language of its blocks."""
    if lang in ("", DEFAULT_LANGUAGE):
        return
    book = nbformat.read(executed, as_version=4)
    for cell in book.cells:
        if cell.cell_type == "markdown":
            cell.source = prose(cell.source, lang)
        elif PARAMETERS in cell.metadata.get("tags", ()):
            cell.source = COMMENT.sub(
                lambda comment: comment[1] + prose(comment[2], lang), cell.source
            )
    nbformat.write(book, executed)


@dataclass(frozen=True)
class Page:
    """An executed notebook of an edition, read once for every format that it becomes."""

    notebook: str
    edition: Edition
    stem: str

    @cached_property
    def document(self) -> Document:
        executed = nbformat.read(self.edition.executed(self.notebook), as_version=4)
        return document(executed, self.notebook)

    def write(self, form: str) -> None:
        """Render a format (`html`, `pdf`, `docx`), as the exporters of nbconvert do.

        Raises:
            RunError: It can't be rendered.
        """
        name = f"{self.stem}.{form}"
        try:
            content = self._rendered(form)
        except DocumentError as error:
            raise RunError(
                _(
                    "{page}: {cause} Nothing was published; the notebooks as executed are "
                    "kept in {kept}.",
                    page=name,
                    cause=error,
                    kept=self.edition.kept,
                )
            ) from error
        (self.edition.folder / name).write_bytes(content)

    def _rendered(self, form: str) -> bytes:
        source = self.document
        if form == "html":
            return html.render(source).encode()
        if form == "docx":
            return docx.render(on_paper(source))
        with language(source.lang):
            attached = pdf.attachments(self.edition.folder)
        page, size = on_paper(source), sum(item.path.stat().st_size for item in attached)
        with template_if(size >= LARGE).beside(pdf.render, page, attached) as made:
            return made() or pdf.render(page, attached)
