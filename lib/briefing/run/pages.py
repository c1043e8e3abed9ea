"""The notebooks of an edition, executed, and the page that one of them becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from briefing.errors import DocumentError, RunError
from briefing.messages import DEFAULT_LANGUAGE, _, prose
from briefing.params.run import find_root
from briefing.run.publish import keep_failed


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

    def keep_failed(self) -> Path:
        """Keep what has been made for the analyst; returns the folder."""
        return keep_failed(self.folder, self.outputs, self.name)

    def executed(self, notebook: str) -> Path:
        """Where a notebook lies as executed."""
        return self.folder / "notebooks" / f"{notebook}.ipynb"


def execute(notebook: str, edition: Edition, parameters: Mapping[str, Any]) -> None:
    """Execute one notebook with papermill; its Markdown is left in the language of the run.

    Each has a kernel of its own; the libraries are loaded once.

    Raises:
        RunError: A cell failed, or the kernel died; the notebook is kept aside.
    """
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from briefing.run import kernel

    executed = edition.executed(notebook)
    executed.parent.mkdir(exist_ok=True)
    source = find_root(Path.cwd()) / "notebooks" / f"{notebook}.ipynb"
    try:
        kernel.execute(source, executed, parameters)
    except DeadKernelError as error:
        kept = edition.keep_failed()
        raise RunError(
            _(
                "{notebook}: the kernel ended before the notebook did: the machine may be out of "
                "memory. Nothing was published; what there is of the notebook is kept in {kept}.",
                notebook=f"notebooks/{notebook}.ipynb",
                kept=kept / "notebooks" / f"{notebook}.ipynb",
            )
        ) from error
    except PapermillExecutionError as error:
        kept = edition.keep_failed()
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

    _translate(executed, str(parameters.get("lang", "")))


def _translate(executed: Path, lang: str) -> None:
    """Put the Markdown of a notebook into the language that its blocks are in."""
    if lang in ("", DEFAULT_LANGUAGE):
        return
    book = nbformat.read(executed, as_version=4)
    for cell in book.cells:
        if cell.cell_type == "markdown":
            cell.source = prose(cell.source, lang)
    nbformat.write(book, executed)


def render(notebook: str, edition: Edition, stem: str, form: str) -> None:
    """Render an executed notebook with the nbconvert exporter of a format.

    Raises:
        RunError: It can't be rendered; the notebooks are kept aside.
    """
    from nbconvert.exporters import get_exporter

    exporter: Any = get_exporter(f"briefing_{form}")()
    try:
        content, _resources = exporter.from_filename(str(edition.executed(notebook)))
    except DocumentError as error:
        kept = edition.keep_failed()
        raise RunError(
            _(
                "{page}: {cause} Nothing was published; the notebooks as executed are "
                "kept in {kept}.",
                page=f"{stem}.{form}",
                cause=error,
                kept=kept,
            )
        ) from error
    content = content.encode("utf-8") if isinstance(content, str) else content
    (edition.folder / f"{stem}.{form}").write_bytes(content)
