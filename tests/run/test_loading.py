"""What a run leaves unloaded, and that whoever asks for it has it all the same."""

import subprocess
import sys

import pytest

from briefing.documents import fragments

RUN = """
import sys
import briefing.run.daily
assert "urllib3" not in sys.modules
import requests.adapters
from requests import get
assert callable(get) and requests is sys.modules["requests"], requests
from matplotlib.lines import Line2D
from matplotlib.artist import kwdoc
assert "linewidth" not in Line2D.set.__doc__.partition("Supported")[2]
assert "linewidth" in kwdoc(Line2D)
"""
AT_WORK = """
import ipykernel
import briefing.run.daily
from matplotlib.lines import Line2D
assert "linewidth" in Line2D.set.__doc__.partition("Supported")[2]
"""


def run(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr


@pytest.mark.slow
def test_a_run_loads_no_library_of_the_web_and_no_help_unless_somebody_asks():
    run(RUN)


@pytest.mark.slow
def test_where_somebody_works_matplotlib_tells_all_of_its_help():
    run(AT_WORK)


def test_templates_are_kept_compiled_only_where_modules_are(monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    kept = fragments._compiled()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert kept is None or "__pycache__" in kept.directory  # none in a folder for reading alone
    assert fragments._compiled() is None
