"""One illustrative inbox and one published day, made once for all tests of all workers."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from filelock import FileLock

from briefing.documents.block import MIME, Block
from tests.run.command import PROGRAM, Finished, briefing, program
from tests.said import Said, read

ROOT = Path(__file__).parents[2]
DAY = "2021-08-16"


@dataclass(frozen=True)
class Office:
    """A folder as an office has it: params, notebooks, an inbox, outputs; and one of its days."""

    folder: Path
    date: str = DAY

    @property
    def inbox(self) -> Path:
        return self.folder / "inbox"

    @property
    def day(self) -> Path:
        return self.folder / "outputs" / self.date

    def command(self, *arguments: str) -> list[str]:
        return [*PROGRAM, *arguments]

    def briefing(self, *arguments: str) -> Finished:
        """Run the command `briefing` in this office."""
        return briefing(self.folder, arguments)

    def papermill(self, *arguments: str) -> Finished:
        """Run papermill in this office, its kernel a process that starts with nothing loaded."""
        return program("papermill", self.folder, arguments)

    def alone(self, *arguments: str, **environment: str) -> Finished:
        """As `briefing`, in a process that starts with nothing loaded."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=os.environ | {"COLUMNS": "200"} | environment,
        )
        return Finished(done.returncode, done.stdout, done.stderr)

    def table(self, name: str) -> pd.DataFrame:
        """A published table, codes and dates as texts."""
        texts = {"unit_code": str, "agency_code": str, "report_date": str, "key": str}
        path = self.day / "tables" / f"{name}.csv"
        return pd.read_csv(path, encoding="utf-8-sig", dtype=texts)


def blocks(executed: Path) -> list[dict]:
    """The blocks that a notebook shows, as executed."""
    outputs = [o for cell in nbformat.read(executed, 4).cells for o in cell.get("outputs", [])]
    shown = [o["data"][MIME] for o in outputs if MIME in o.get("data", {})]
    return [Block.from_json(data).to_json() for data in shown]


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make) -> Path:
    """A folder that the first worker makes and the others find."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if worker else base) / name
    with FileLock(f"{folder}.lock"):
        if not (folder / ".made").exists():
            folder.mkdir()
            make(folder)
            (folder / ".made").touch()
    return folder


def _furnish(folder: Path, inbox: Path | None) -> Office:
    shutil.copytree(ROOT / "params", folder / "params")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    if inbox:
        shutil.copytree(inbox, folder / "inbox")
    return Office(folder)


@pytest.fixture(scope="session")
def illustrative_inbox(tmp_path_factory) -> Path:
    """The inbox that `briefing sample` writes, somewhere else in the world; not to be changed."""

    def make(folder: Path) -> None:
        elsewhere = {"PYTHONHASHSEED": "7", "TZ": "America/New_York"}
        done = _furnish(folder, None).alone("sample", "inbox", **elsewhere)
        assert done.code == 0, done.err

    return once(tmp_path_factory, "illustrative", make) / "inbox"


@pytest.fixture(scope="session")
def published(tmp_path_factory, illustrative_inbox) -> Office:
    """An office in which 16 August has been published; not to be changed."""

    def make(folder: Path) -> None:
        done = _furnish(folder, illustrative_inbox).alone("daily", "--date", DAY)
        assert done.code == 0, done.err
        (folder / "stdout.txt").write_text(done.out, encoding="utf-8")

    return Office(once(tmp_path_factory, "published", make))


@pytest.fixture(scope="session")
def said(published) -> dict[str, Said]:
    """What the page of 16 August says, by format."""
    return {form: read(published.day / f"briefing.{form}") for form in ("html", "pdf", "docx")}


@pytest.fixture
def office(tmp_path, illustrative_inbox) -> Office:
    """An office of one's own with the reports of 16 August alone, from five units."""
    own = _furnish(tmp_path, None)
    own.inbox.mkdir()
    reports = sorted(p for p in (illustrative_inbox / "16.8").iterdir() if p.suffix == ".xlsx")
    for report in sorted(reports, key=lambda p: p.stat().st_size)[:5]:
        shutil.copy2(report, own.inbox)
    return own


@pytest.fixture
def republished(tmp_path, published) -> Office:
    """A copy of the published office, to be changed at will."""
    shutil.copytree(published.folder, tmp_path, dirs_exist_ok=True)
    return Office(tmp_path)
