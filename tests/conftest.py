"""For every test: the program compiled once, and a marker for the programs that a test needs."""

import compileall
import gc
import os
import shutil
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Playwright, sync_playwright

import briefing.run  # before nbformat: it leaves out what costs two seconds
from briefing.language import DEFAULT_LANGUAGE, language
from briefing.params import Campaign
from briefing.texts import hold_texts_of
from tests.corpus.totals import pytest_terminal_summary  # noqa: F401 - the corpus's last line

# How long an example takes to make or to try says something about the machine, not about the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
# What pytest makes of each module of tests is kept, whatever else may not be: it takes as long as
# all else that collecting does. What was collected stays to the end, so that the collector of
# garbage need not look through it: not while it is made, and not later.
sys.dont_write_bytecode = False
gc.disable()
LIB = Path(briefing.__file__).parents[1]

# Command → Debian package. `.ci/run` installs each of them; a test keeps the two in step.
DEBIAN_PACKAGES = {
    "chromium": "chromium",
    "git": "git",
    "localc": "libreoffice-calc",
    "make": "make",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
    "soffice": "libreoffice-writer",
}


def pytest_configure(config: pytest.Config) -> None:
    """Compile what has changed, where Python may not: else each process of a test would, anew. And
    have tables that modules of tests make when they are loaded hold texts as those of tests do.
    """
    hold_texts_of(_own())
    if sys.flags.dont_write_bytecode and not hasattr(config, "workerinput"):
        compileall.compile_dir(LIB, quiet=2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take minutes, so that no process does one alone at the end."""
    items.sort(key=lambda item: item.get_closest_marker("minutes") is None)


def pytest_collection_finish() -> None:
    """From here on what is left behind is garbage."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def debian_packages() -> dict[str, str]:
    """Debian package of each command that `@pytest.mark.needs(...)` may name."""
    return DEBIAN_PACKAGES


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of browsers, of which a process can have one."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(autouse=True)
def in_vietnamese() -> Iterator[None]:
    """Each test begins in the language of the office and in the words of the project's own
    campaign, and with tables that hold texts as its do, whatever one before it has set."""
    _speak_as_the_project()
    with language(DEFAULT_LANGUAGE):
        yield


@pytest.fixture(autouse=True, scope="module")
def in_the_words_of_the_project() -> None:
    """So do the fixtures that the tests of a module share."""
    _speak_as_the_project()


def _speak_as_the_project() -> None:
    _own().put_in_force()
    hold_texts_of(_own())


@cache
def _own() -> Campaign:
    """Read once: before each test it would take longer than most tests do."""
    return Campaign.load(LIB.parent / "params")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose programs are missing, saying so; in CI that is an error."""
    for marker in item.iter_markers("needs"):
        for command in marker.args:
            package = DEBIAN_PACKAGES[command]
            if shutil.which(command):
                continue
            reason = f"{command} is not on this machine (Debian: apt-get install {package})"
            if os.environ.get("CI"):
                pytest.fail(f"{reason}; .ci/run should have installed it", pytrace=False)
            pytest.skip(reason)
