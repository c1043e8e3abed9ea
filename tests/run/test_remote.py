"""A whole day from and to places that lie elsewhere: in memory, and on an S3 server of our own."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from click.testing import CliRunner

from briefing import mirrors
from briefing.cli import main
from tests import published_bytes
from tests.run.conftest import DAY, Office

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("KILLS", "2"))  # as in tests/hostile/test_crashes.py
KNOWN_AT = ("--date", DAY, "--as-of", f"{DAY}T23:30")
BUCKET = "van-phong"
ODD = "BC Xã số 2 #1 (50% + a&b).xlsx"


class Elsewhere:
    """A copy of an office that lies elsewhere.

    Args:
        url: Where its folders lie.
        fs: What reads and writes there, for the test.
    """

    def __init__(self, url: str, fs: Any, office: Office):
        self.url, self.fs, self.office = url, fs, office
        self.root = fs._strip_protocol(url)
        for name in ("inbox", "params"):
            self.lay(name)

    @property
    def where(self) -> list[str]:
        return [f"--{name}={self.url}/{name}" for name in ("inbox", "params", "outputs")]

    def lay(self, name: str) -> None:
        """Copy a folder of the office there, in the place of what is there."""
        for path in self.fs.find(f"{self.root}/{name}"):
            self.fs.rm_file(path)
        folder = self.office.folder / name
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                there = f"{self.root}/{name}/{path.relative_to(folder).as_posix()}"
                self.fs.pipe_file(there, path.read_bytes())

    def lies(self, below: str = f"outputs/{DAY}") -> dict[str, bytes]:
        """Path → what is there."""
        self.fs.invalidate_cache()
        start = f"{self.root}/{below}/"
        return {
            path.removeprefix(start): self.fs.cat_file(path)
            for path in self.fs.find(start.rstrip("/"))
        }

    def saved(self, folder: Path) -> Path:
        """What is published there in a folder, as if it had been made in it."""
        for name, content in self.lies("outputs").items():
            if not name.startswith("register/"):
                path = folder / "outputs" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.replace(self.url.encode(), str(folder).encode()))
        return folder


@pytest.fixture
def own(office, tmp_path, monkeypatch) -> Office:
    """An office with reports whose times are told, as the clock of a store is not that of files."""
    some = sorted(office.inbox.iterdir())
    some[0].rename(office.inbox / ODD)
    lines = [f"{path.name},{DAY}T15:0{n}" for n, path in enumerate(sorted(office.inbox.iterdir()))]
    received = "\n".join(["path,received_at", *lines])
    (office.inbox / "received.csv").write_text(received, encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return office


@pytest.fixture
def in_memory(own, monkeypatch) -> Iterator[Elsewhere]:
    monkeypatch.setattr(mirrors, "_known", {})
    monkeypatch.chdir(own.folder)
    monkeypatch.setenv("COLUMNS", "200")  # as commands have it that run apart
    fs = fsspec.filesystem("memory")
    yield Elsewhere("memory://thị xã/năm 2021", fs, own)
    fs.store.clear()
    fs.pseudo_dirs[:] = [""]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer  # loads for a second: not where tests are collected

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    yield "http://{}:{}".format(*running.get_host_and_port())
    running.stop()


@pytest.fixture
def on_s3(own, server, monkeypatch) -> Iterator[Elsewhere]:
    keys = {"AWS_ACCESS_KEY_ID": "AKIATHUNGHIEM", "AWS_SECRET_ACCESS_KEY": "bi-mat-khong-ai-thay"}
    others = {"AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}
    for name, value in {**keys, **others, "AWS_ENDPOINT_URL": server}.items():
        monkeypatch.setenv(name, value)
    fs = fsspec.filesystem("s3", skip_instance_cache=True, use_listings_cache=False)
    fs.mkdir(BUCKET)
    yield Elsewhere(f"s3://{BUCKET}/thị xã #1 50%", fs, own)
    fs.rm(BUCKET, recursive=True)


def same_as_here(there: Elsewhere, aside: Path) -> None:
    """What is published there is what the office's own folders give; the manifest names the URL."""
    done = there.office.briefing("daily", *KNOWN_AT)
    assert done.code == 0, done.err
    copy = there.saved(aside / "copy")
    manifest = copy / "outputs" / DAY / "manifest.json"
    told = json.loads(manifest.read_text("utf-8"))
    assert told["params"]["inbox"] == f"{copy}/inbox"
    told["params"] |= {"inbox": "inbox", "params": "params"}
    manifest.write_text(json.dumps(told), "utf-8")
    shutil.copytree(there.office.day.parent, aside / "original" / "outputs")
    for path in (aside / "original").rglob("*.ipynb"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(str(there.office.folder), str(aside / "original")), "utf-8")

    assert published_bytes.compare(aside / "original", copy) == 0


def test_a_day_from_and_to_memory_is_that_of_folders(in_memory, tmp_path):
    done = CliRunner().invoke(main, ["daily", *KNOWN_AT, *in_memory.where])

    assert done.exit_code == 0, done.output
    pages = [f"{in_memory.url}/outputs/{DAY}/briefing.{form}" for form in ("html", "pdf")]
    assert done.output.splitlines()[-2:] == pages
    same_as_here(in_memory, tmp_path)


@pytest.mark.minutes
def test_a_day_from_and_to_s3_is_that_of_folders_also_when_reports_change_and_go(on_s3, tmp_path):
    done = on_s3.office.briefing("daily", *KNOWN_AT, *on_s3.where)

    assert done.code == 0, done.err
    pages = [f"{on_s3.url}/outputs/{DAY}/briefing.{form}" for form in ("html", "pdf")]
    assert done.out.splitlines() == pages
    assert json.loads(on_s3.lies()["manifest.json"])["kernels"] == "forked"
    assert not any(name.startswith(".") for name in on_s3.lies("outputs"))
    secrets = (b"AKIATHUNGHIEM", b"bi-mat-khong-ai-thay", str(tmp_path / "cache").encode())
    assert not [
        name for name, content in on_s3.lies("outputs").items()
        if any(secret in content for secret in secrets)
    ]  # fmt: skip
    same_as_here(on_s3, tmp_path / "first")
    change(on_s3)
    done = on_s3.office.briefing("daily", *KNOWN_AT, *on_s3.where)
    assert done.code == 0, done.err
    same_as_here(on_s3, tmp_path / "second")


def change(there: Elsewhere) -> None:
    """One report is saved over, another deleted, here and there."""
    reports = sorted(path for path in there.office.inbox.iterdir() if path.suffix == ".xlsx")
    reports[1].write_bytes(reports[2].read_bytes())
    reports[3].unlink()
    there.lay("inbox")


FIXED = (".csv", ".txt", ".html")  # of these the bytes depend on the reports alone


def content(there: Elsewhere) -> dict[str, bytes]:
    return {name: data for name, data in there.lies().items() if name.endswith(FIXED)}


@pytest.mark.minutes
def test_a_run_that_is_killed_leaves_the_old_or_the_new_and_the_next_one_mends(on_s3, tmp_path):
    office, moments = on_s3.office, random.Random(18)
    reports = sorted(path for path in office.inbox.iterdir() if path.suffix == ".xlsx")
    aside = tmp_path / "one report"
    states = []
    for _state in range(2):
        on_s3.lay("inbox")
        assert office.briefing("daily", *KNOWN_AT, *on_s3.where).code == 0
        states.append(content(on_s3))
        shutil.move(*(reports[0], aside) if reports[0].exists() else (aside, reports[0]))
    assert states[0] != states[1]

    for number in range(KILLS):
        on_s3.lay("inbox")
        killed(on_s3, moments, is_taking_back=number % 2 == 0)
        assert office.briefing("status", *KNOWN_AT, *on_s3.where).code == 0
        assert content(on_s3) in states
        assert not any(name.startswith(".") for name in on_s3.lies("outputs"))
        shutil.move(*(reports[0], aside) if reports[0].exists() else (aside, reports[0]))
    on_s3.lay("inbox")
    assert office.briefing("daily", *KNOWN_AT, *on_s3.where).code == 0
    assert content(on_s3) == states[0]


def killed(there: Elsewhere, moments: random.Random, is_taking_back: bool) -> None:
    """Begin a day, and kill it with all its processes, once it has begun to take back or before."""
    command = there.office.command("daily", *KNOWN_AT, *there.where)
    run = subprocess.Popen(command, cwd=there.office.folder, env=dict(os.environ),
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                           start_new_session=True)  # fmt: skip
    begun = f"{there.root}/outputs/.briefing"
    while run.poll() is None and len(there.fs.find(begun)) <= is_taking_back:
        time.sleep(0.01)
    until = time.monotonic() + moments.uniform(0, 0.4 if is_taking_back else 3)
    while time.monotonic() < until and run.poll() is None:
        time.sleep(0.01)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
