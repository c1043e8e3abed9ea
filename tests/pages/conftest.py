"""One campaign, one browser, and each page made once, for all tests of all workers."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters.exporter import Exporter

from briefing.documents.exporters import BriefingDOCXExporter, BriefingPDFExporter
from briefing.tables import Day
from tests.pages import states
from tests.run.conftest import once


@pytest.fixture(scope="session")
def days(tmp_path_factory) -> Callable[[str], tuple[Day, Day]]:
    """The day of a state of the daily page, and the day before."""

    def of(state: str) -> tuple[Day, Day]:
        def make(folder: Path) -> None:
            office = once(tmp_path_factory, "office", states.fill)
            made = states.days(states.Office.illustrative(office))[state]()
            (folder / "days.pickle").write_bytes(pickle.dumps(made))

        folder = once(tmp_path_factory, f"days-{state}", make)
        return pickle.loads((folder / "days.pickle").read_bytes())

    return of


@pytest.fixture(scope="session")
def notebook(tmp_path_factory, days) -> Callable[[str], nbformat.NotebookNode]:
    """The notebook of a state as executed."""

    def of(state: str) -> nbformat.NotebookNode:
        folder = once(
            tmp_path_factory,
            f"page-{state}",
            lambda folder: nbformat.write(states.notebook(state, days), folder / "page.ipynb"),
        )
        return nbformat.read(folder / "page.ipynb", as_version=4)

    return of


@pytest.fixture(scope="session")
def pdf(tmp_path_factory, notebook) -> Callable[[str], bytes]:
    """The PDF of a state."""
    return _exported(tmp_path_factory, notebook, BriefingPDFExporter())


@pytest.fixture(scope="session")
def docx(tmp_path_factory, notebook) -> Callable[[str], bytes]:
    """The Word file of a state."""
    return _exported(tmp_path_factory, notebook, BriefingDOCXExporter())


def _exported(tmp_path_factory, notebook, exporter: Exporter) -> Callable[[str], bytes]:
    def of(state: str) -> bytes:
        name = f"{state}{exporter.file_extension}"
        folder = once(
            tmp_path_factory,
            name,
            lambda folder: (folder / name).write_bytes(
                exporter.from_notebook_node(notebook(state))[0]
            ),
        )
        return (folder / name).read_bytes()

    return of


@pytest.fixture(scope="session")
def browser(playwright) -> Iterator:
    """Debian's Chromium, driven by playwright."""
    chromium = playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
    )
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def tab(browser):
    """One page of it, which others are shown in: a new one is a process, and takes a second."""
    return browser.new_page()


@pytest.fixture(scope="session")
def album(tmp_path_factory) -> Path:
    """Where the pictures are kept that people look at: the folder that BRIEFING_PICTURES names."""
    named = os.environ.get("BRIEFING_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def xlsx(tmp_path_factory, days) -> Callable[[str], bytes]:
    """The annex of a state of a day, or of the period."""

    def of(state: str) -> bytes:
        folder = once(
            tmp_path_factory,
            f"annex-{state}",
            lambda folder: (folder / "annex.xlsx").write_bytes(states.book(state, days)),
        )
        return (folder / "annex.xlsx").read_bytes()

    return of
