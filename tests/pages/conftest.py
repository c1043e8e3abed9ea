"""One campaign, one browser, and each page made once, for all tests of all workers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from tests.pages import states
from tests.run.conftest import _once


@pytest.fixture(scope="session")
def notebook(tmp_path_factory) -> Callable[[str], nbformat.NotebookNode]:
    """The notebook of a state as executed."""
    known: dict = {}

    def of(state: str) -> nbformat.NotebookNode:
        def make(folder: Path) -> None:
            if not known:
                office = _once(tmp_path_factory, "office", states.fill)
                known.update(states.notebooks(states.Office.illustrative(office)))
            nbformat.write(known[state](), folder / "page.ipynb")

        folder = _once(tmp_path_factory, f"page-{state}", make)
        return nbformat.read(folder / "page.ipynb", as_version=4)

    return of


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Debian's Chromium, driven by playwright."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def album(tmp_path_factory) -> Path:
    """Where the pictures are kept that people look at: the folder that BRIEFING_PICTURES names."""
    named = os.environ.get("BRIEFING_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
