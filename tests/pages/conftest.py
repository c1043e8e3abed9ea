"""One browser and one campaign for all pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pages.states import Office, notebooks


@pytest.fixture(scope="session")
def states(tmp_path_factory):
    return notebooks(Office.illustrative(tmp_path_factory.mktemp("office")))


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Debian's Chromium, driven by playwright."""
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def album(tmp_path_factory) -> Path:
    """Where the pictures are kept that people look at."""
    import os

    named = os.environ.get("BRIEFING_PICTURES")
    folder = Path(named) if named else tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
