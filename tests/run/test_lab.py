"""JupyterLab as `make lab` opens it: the desk, run whole, with another day, with a mistake."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, Playwright

from tests.pages.test_notebooks import FAINT, MET
from tests.run.conftest import DAY, ROOT, Office

pytestmark = [pytest.mark.slow, pytest.mark.needs("chromium")]

EARLIER = "2021-08-15"
PATIENCE = 240  # seconds for a run of all cells on a busy machine
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # cells out of sight are there too
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@contextmanager
def lab(office: Office) -> Iterator[str]:
    """JupyterLab in an office, as the Makefile starts it; where it opens."""
    home = office.folder / ".home"
    for name, told in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(told), encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [opens] = re.findall(r"--LabApp\.default_url=(\S+)", makefile)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {"HOME": str(home), "JUPYTER_PREFER_ENV_PATH": "1", "PYTHONPATH": str(ROOT / "lib")}
    for name in ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"):
        own[f"JUPYTER_{name}"] = str(home / name)
    for name in ("SETTINGS", "WORKSPACES"):
        own[f"JUPYTERLAB_{name}_DIR"] = str(home / name.lower())
    with (office.folder / "lab.log").open("w") as log:
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
                *(f"--port={port}", "--IdentityProvider.token=", "--ServerApp.root_dir=."),
                *(f"--LabApp.default_url={opens}", "--LabApp.expose_app_in_browser=True"),
            ],
            cwd=office.folder,
            env=os.environ | own,
            stdout=log,
            stderr=log,
        )
    try:
        address = f"http://127.0.0.1:{port}/"
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{address}api", timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        yield address
    finally:
        server.terminate()
        server.wait(30)


def run_all(page: Page) -> list[str]:
    """Run every cell; the lines that said how far it was, in the order in which they came."""
    run = "() => { window.jupyterapp.commands.execute('notebook:run-all-cells'); }"
    page.evaluate(run)  # it does not wait for their end
    page.wait_for_selector(".jp-InputPrompt:has-text('[*]')")
    far: list[str] = []
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        page.wait_for_timeout(200)
        said = page.locator(".jp-Notebook").inner_text()
        far += [line for line in re.findall(r"(?m)^\d+/\d+ .+$", said) if line not in far]
        if not page.locator(".jp-InputPrompt", has_text="[*]").count():
            return far
    raise AssertionError("the cells have not ended")


def change(page: Page, old: str, new: str) -> None:
    """Type something else into the cell of parameters."""
    cell = page.locator(".jp-CodeCell .cm-content").first
    text = "\n".join(cell.locator(".cm-line").all_inner_texts())
    assert old in text
    cell.click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text.replace(old, new))


def errors(page: Page) -> list[str]:
    shown = page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]')
    return [text.strip() for text in shown.all_inner_texts()]


def test_the_desk_is_opened_run_changed_and_says_a_mistake_in_one_line(
    office: Office, illustrative_inbox: Path, playwright: Playwright
) -> None:
    shutil.copytree(illustrative_inbox / EARLIER, office.inbox / EARLIER)
    with lab(office) as address:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = chromium.new_page(viewport={"width": 1280, "height": 900})
        page.goto(address)
        page.wait_for_selector(".jp-NotebookPanel-toolbar", timeout=90_000)
        page.wait_for_selector('.jp-Notebook h1:has-text("Bàn làm việc")', timeout=60_000)
        page.wait_for_timeout(2000)  # until the kernel is there

        far = run_all(page)
        assert errors(page) == []
        assert (office.day / "briefing.html").is_file() and (office.day / "briefing.pdf").is_file()
        assert any(re.match(r"\d/6 \S", line) for line in far), (
            far
        )  # of three notebooks, three forms
        links = [a.get_attribute("href") for a in page.locator(".jp-RenderedMarkdown a").all()]
        assert any("3_briefing.ipynb" in (link or "") for link in links), links
        assert any(f"outputs/{DAY}/briefing.html" in (link or "") for link in links), links
        for theme in ("JupyterLab Light", "JupyterLab Dark"):
            ask = "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})"
            page.evaluate(ask, theme)
            page.wait_for_timeout(1500)
            assert page.evaluate(MET) == [] and page.evaluate(FAINT) == []
            _keep(page, theme)

        change(page, 'report_date: str = ""', f'report_date: str = "{EARLIER}"')
        run_all(page)
        assert errors(page) == []
        assert (office.folder / "outputs" / EARLIER / "briefing.html").is_file()

        change(page, f'report_date: str = "{EARLIER}"', 'report_date: str = "16/8/2021"')
        run_all(page)
        [said] = errors(page)
        assert said.startswith("sổ tay này: “report_date” là '16/8/2021': phải viết năm trước")
        assert len(said.splitlines()) == 1
        _keep(page, "error")
        chromium.close()


def _keep(page: Page, name: str) -> None:
    """A picture for people to look at, in the folder that BRIEFING_PICTURES names."""
    if named := os.environ.get("BRIEFING_PICTURES"):
        Path(named).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(named) / f"desk {name}.png")
