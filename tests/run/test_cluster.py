"""Days, pages and files handed out by Dask: the same bytes, and nothing is left behind."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from jupyter_core.utils import run_sync
from pypdf import PdfReader

from briefing.cli import making
from briefing.errors import ParamsError, RunError
from briefing.language import language
from briefing.messages import _
from briefing.params import Campaign
from briefing.register import Register, arriving
from briefing.register.store import KEY
from briefing.run.cluster import Cluster
from briefing.run.dask_cluster import DaskCluster
from briefing.run.ingest import Intake
from briefing.run.publish import recover
from briefing.tables.shared_phones import in_several_units
from briefing.temporary import clear
from tests.run.conftest import DAY, ROOT, Office, _furnish, once
from tests.run.test_kernel import LINUX, Bench, gone, of_mark

DAYS = ("--from", "2021-08-15", "--to", "2021-08-16")
UNITS = ("--date", DAY, "--unit", "21640", "--unit", "21649", "--unit", "21679")
SHARED = re.compile(r"/dev/shm/\S+")
TIMES = ("manifest.json", "*.ipynb")  # say when and where they were made


def bytes_of(folder: Path) -> dict[str, str]:
    """The digest of each published file that does not say when it was made."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(timeless(path)).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(map(path.match, TIMES))
    }


def timeless(path: Path) -> bytes:
    """A file's bytes; without the moment of writing where it holds one."""
    if path.name == "briefing.pdf":  # the manifest is attached to it
        return "".join(page.extract_text() for page in PdfReader(path).pages).encode()
    if path.suffix == ".xlsx":  # a report that goes back says when it was marked
        with zipfile.ZipFile(path) as book:
            parts = [name for name in book.namelist() if name != "docProps/core.xml"]
            return b"".join(name.encode() + book.read(name) for name in parts)
    return path.read_bytes()


def published_days(office: Office) -> dict[str, dict[str, str]]:
    return {day.name: bytes_of(day) for day in (office.folder / "outputs").glob("2021-*")}


@pytest.fixture(scope="module")
def before(tmp_path_factory, published) -> Office:
    """Five reports of a day, two days and three units made of them in one process."""

    def make(folder: Path) -> None:
        own = _furnish(folder, None)
        own.inbox.mkdir()
        reports = (published.inbox / "16.8").glob("*.xlsx")
        for report in sorted(reports, key=lambda path: path.stat().st_size)[:5]:
            shutil.copy2(report, own.inbox)
        for command in (("backfill", *DAYS), ("units", *UNITS)):
            done = own.briefing(*command)
            assert done.code == 0, done.err

    return Office(once(tmp_path_factory, "one_process", make))


class Traces:
    """What a command and all that it starts leave: processes, temporary files, shared memory."""

    def __init__(self, folder: Path):
        self.mark = f"BRIEFING_TEST={folder.name}"
        self.folder = folder
        self.shared: set[str] = set()

    @property
    def env(self) -> dict[str, str]:
        name, value = self.mark.split("=")
        return os.environ | {name: value, "TMPDIR": str(self.folder), "COLUMNS": "200"}

    def begun(self, command: list[str], cwd: Path) -> subprocess.Popen:
        return subprocess.Popen(
            command, cwd=cwd, env=self.env, text=True, encoding="utf-8", start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def look(self) -> None:
        """See which memory the processes share now."""
        for pid in of_mark(self.mark):
            self.shared |= set(SHARED.findall(read(f"/proc/{pid}/maps")))

    def assert_none(self) -> None:
        assert gone(self.mark)
        assert [path.name for path in self.folder.rglob("*")] == []
        assert [path for path in self.shared if Path(path).exists()] == []


def read(path: str) -> str:
    """A file of a process; nothing, where that has ended."""
    try:
        return Path(path).read_text("utf-8", "replace")
    except OSError:
        return ""


@pytest.fixture
def traces() -> Iterator[Traces]:
    with tempfile.TemporaryDirectory(prefix="t") as folder:  # the path of a socket must be short
        yield Traces(Path(folder))


@pytest.fixture
def again(tmp_path, before) -> Office:
    """The same office before anything was made; the same phones have the same hashes."""
    shutil.copytree(before.folder, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(tmp_path / "outputs")
    (tmp_path / "outputs/register").mkdir(parents=True)
    shutil.copy2(before.folder / "outputs/register" / KEY, tmp_path / "outputs/register")
    return Office(tmp_path)


def ended(process: subprocess.Popen, code: int = 0) -> tuple[str, str]:
    out, err = process.communicate(timeout=300)
    assert process.returncode == code, err
    return out, err


def a_worker(traces: Traces, office: Office) -> int:
    """One of the workers that are building something of the office now."""
    until = time.monotonic() + 120
    while not list((office.folder / "outputs").glob(".staging/*")):
        assert time.monotonic() < until, "nobody builds anything"
        time.sleep(0.02)
    traces.look()
    assert traces.shared  # the queues between a worker and the process that watches it
    return next(p for p in of_mark(traces.mark) if "spawn_main" in read(f"/proc/{p}/cmdline"))


@contextmanager
def a_scheduler(traces: Traces, workers: int = 2, cwd: Path = ROOT) -> Iterator[str]:
    """A Dask cluster of other programs on this machine, as an office would start it.

    Args:
        cwd: The folder from which Python loads modules that are not installed.
    """
    dask = [sys.executable, "-m", "dask"]
    told = traces.folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address"]
    started = [
        traces.begun([*dask, "scheduler", *options, "127.0.0.1:0", "--scheduler-file", str(told)],
                     cwd)
    ]  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.1)
        address = json.loads(told.read_text())["address"]
        if workers:
            one = ["--nworkers", str(workers), "--nthreads", "1", "--no-dashboard"]
            local = ["--host", "127.0.0.1", "--local-directory", str(traces.folder)]
            started.append(traces.begun([*dask, "worker", address, *one, *local], cwd))
            wait_for_workers(address, workers)
        yield address
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
        told.unlink(missing_ok=True)
        shutil.rmtree(traces.folder / "dask-scratch-space", ignore_errors=True)


def wait_for_workers(address: str, count: int) -> None:
    from distributed import Client

    with Client(address) as client:
        client.wait_for_workers(count, timeout=60)


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, 3])
def test_pages_are_the_same_by_any_number_of_workers_and_nothing_is_left(
    again, before, traces, workers
):
    command = again.command("units", *UNITS, "--workers", str(workers))

    out, err = ended(traces.begun(command, again.folder))

    assert err == ""
    assert [Path(line).name for line in out.split()] == ["21640", "21679", "21649"]
    assert bytes_of(again.day / "units") == bytes_of(before.day / "units")
    assert list((again.folder / "outputs/.staging").iterdir()) == []
    traces.assert_none()


@LINUX
@pytest.mark.slow
def test_pages_are_the_same_by_a_cluster_of_other_programs(again, before, traces):
    with a_scheduler(traces) as address:
        command = again.command("units", *UNITS, "--scheduler", address)
        _out, err = ended(traces.begun(command, again.folder))

    assert err == ""
    assert bytes_of(again.day / "units") == bytes_of(before.day / "units")
    manifest = (again.day / "units/21640/notebooks/manifest.json").read_text("utf-8")
    assert '"kernels": "forked"' in manifest  # though such workers have threads, and are daemons
    traces.assert_none()


@LINUX
@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_is_survived(again, before, traces):
    process = traces.begun(again.command("backfill", *DAYS, "--workers", "2"), again.folder)

    os.kill(a_worker(traces, again), signal.SIGKILL)

    out, _err = ended(process)
    assert [Path(line).name for line in out.split()] == ["2021-08-15", "2021-08-16"]
    expected = published_days(before)
    units = [name for name in expected[DAY] if name.startswith("units/")]
    expected[DAY] = {n: h for n, h in expected[DAY].items() if n not in units}
    assert published_days(again) == expected
    assert list((again.folder / "outputs/.staging").iterdir()) == []
    traces.assert_none()


@LINUX
@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_when_a_run_is_stopped_or_killed(again, traces, end):
    process = traces.begun(again.command("backfill", *DAYS, "--workers", "2"), again.folder)
    a_worker(traces, again)

    os.killpg(process.pid, end) if end == signal.SIGINT else process.send_signal(end)
    process.communicate(timeout=120)

    if end == signal.SIGKILL:  # what is left is no process's, and goes as the next run begins
        assert gone(traces.mark)
        clear(traces.folder, "briefing.*")
        recover(again.folder / "outputs")
    traces.assert_none()
    assert list((again.folder / "outputs").glob(".staging/*")) == []


@LINUX
@pytest.mark.slow
def test_a_page_that_fails_is_told_and_nothing_is_left(again, traces):
    notebook = again.folder / "notebooks/5_unit.ipynb"
    text = notebook.read_text("utf-8")
    broken = text.replace(
        "UnitParams.checked(globals())",
        "UnitParams.checked(globals()); assert unit_code != '21649', 'no such luck'",
    )
    notebook.write_text(broken, encoding="utf-8")
    assert broken != text

    command = again.command("units", *UNITS, "--workers", "2")
    out, err = ended(traces.begun(command, again.folder), 1)

    assert "no such luck" in err and "21649" in err
    assert [Path(line).name for line in out.split()] == ["21640", "21679"]
    traces.assert_none()


def saying(n: int) -> str:
    """A task that says which process it is done in, and in which language."""
    return f"{n} {os.getpid()} {_('on time')}"


def prints(task: tuple[Path, str]) -> str:
    """A task that executes a cell."""
    folder, source = task
    folder.mkdir()
    return Bench(folder).prints(source)


def refuses(n: int) -> int:
    raise RunError(f"not {n}")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    with DaskCluster(workers=2, outputs=tmp_path_factory.mktemp("cluster")) as two:
        yield two


@pytest.mark.slow
def test_what_comes_of_tasks_is_in_their_order_from_as_many_processes(cluster):
    with language("en"):
        said = [text.split(maxsplit=2) for text in cluster.each(saying, range(50), 50)]

    assert [int(n) for n, _pid, _text in said] == [*range(50)]
    assert len({pid for _n, pid, _text in said} - {str(os.getpid())}) == 2
    assert {text for _n, _pid, text in said} == {"on time"}


@pytest.mark.slow
def test_an_error_of_a_task_is_raised_where_it_was_given(cluster):
    with pytest.raises(RunError, match="not 0"):
        list(cluster.each(refuses, range(20), 20))

    assert len(list(cluster.each(saying, range(2), 2))) == 2


@pytest.mark.slow
def test_notebooks_in_a_worker_leave_nothing_to_one_another(cluster, tmp_path):
    leaves = "import pandas, os; pandas.left = 1; os.environ['LEFT'] = '1'; print('')"
    looks = (
        "import os, sys; loaded = 'pandas' in sys.modules; import pandas;"
        "print(loaded, hasattr(pandas, 'left'), 'LEFT' in os.environ)"
    )
    tasks = [(tmp_path / str(n), (leaves, looks)[n % 2]) for n in range(6)]

    said = list(cluster.each(prints, tasks, len(tasks)))

    assert said[1::2] == ["True False False" if sys.platform == "linux" else said[1]] * 3


@pytest.mark.slow
def test_phones_that_workers_compare_are_those_of_one_process_also_when_one_dies(cluster, tmp_path):
    draw, count = np.random.default_rng(16), 40_000
    phones = pd.array(draw.integers(0, 2**64, count, "uint64"), "UInt64")
    phones[20_000:20_100] = phones[:100]  # of another unit
    phones[7] = pd.NA
    rows = pd.DataFrame({"report": np.arange(count) // 1000, "phone": phones})
    whose = pd.Series([f"{n // 2}" for n in range(39)], dtype="string")  # one is nobody's
    killed = tmp_path / "killed"

    def each(work, tasks, many):
        return cluster.each(partial(once_killed, work, killed), tasks, many)

    there = in_several_units(rows, whose, each)

    assert killed.exists()
    assert there.index.tolist() == [
        n for n in [*range(100), *range(20_000, 20_100)] if n % 20_000 != 7
    ]
    assert there.equals(in_several_units(rows, whose))


def once_killed(work, mark: Path, task):
    """A task whose process dies the first time."""
    with suppress(FileExistsError):
        mark.touch(exist_ok=False)
        os.kill(os.getpid(), signal.SIGKILL)
    return work(task)


@pytest.mark.slow
def test_files_that_workers_parse_are_kept_with_the_same_bytes(cluster, before, tmp_path):
    campaign = Campaign.load(ROOT / "params")
    plain, other = (Register(tmp_path / name, campaign) for name in ("plain", "other"))
    shutil.copy2(before.folder / "outputs/register" / KEY, plain.folder)
    shutil.copy2(before.folder / "outputs/register" / KEY, other.folder)
    list(cluster.each(saying, range(2), 2))  # its workers have begun
    as_scheduler = replace(cluster, scheduler="that of this machine")
    here, there = Intake(plain, Cluster()), Intake(other, as_scheduler, many=2)

    for intake in (here, there):
        intake.read(arriving(before.inbox, [], ZoneInfo("Asia/Ho_Chi_Minh")))

    assert len(here.new) == len(there.new) == 5
    assert len(bytes_of(plain.folder)) > 5
    assert bytes_of(plain.folder) == bytes_of(other.folder)


@pytest.mark.slow
def test_one_process_loads_no_dask():
    source = """
import sys
import briefing.cli
from briefing.run import backfill, units
from briefing.run.cluster import Cluster
with Cluster() as one:
    assert list(one.each(str, [1, 2, 3], 3)) == ["1", "2", "3"]
print({"dask", "distributed"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)

    assert done.stdout.strip() == "set()", done.stderr


def test_few_tasks_start_no_worker(tmp_path):
    with DaskCluster(workers=2, outputs=tmp_path) as two:
        assert list(two.each(str, [1], 1)) == ["1"]

        assert two._local is None


@pytest.mark.slow
def test_there_are_never_more_workers_than_tasks(tmp_path):
    with DaskCluster(workers=3, outputs=tmp_path) as three:
        said = list(three.each(saying, range(2), 2))

        assert len(three._client.nthreads()) == 2
    assert len(said) == 2


@pytest.fixture
def run(tmp_path):
    return SimpleNamespace(outputs=tmp_path / "out", inbox=tmp_path, params=ROOT / "params")


def test_workers_and_a_scheduler_together_are_refused(run):
    with pytest.raises(ParamsError, match="chỉ chọn một trong hai"):
        making.cluster_of(run, 2, "tcp://127.0.0.1:8786")


def test_without_dask_one_process_is_used_and_it_is_said_what_to_install(run, monkeypatch, capsys):
    monkeypatch.setattr(making, "find_spec", lambda _name: None)

    assert not making.cluster_of(run, 3, None).elsewhere
    assert "pip install distributed" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1", "what://is.this"])
def test_a_scheduler_that_does_not_answer_is_told_in_seconds(run, address):
    begun = time.monotonic()

    with (
        pytest.raises(ParamsError, match=f"--scheduler {address}: không có bộ điều phối Dask"),
        DaskCluster(scheduler=address, outputs=run.outputs),
    ):
        pass

    assert time.monotonic() - begun < 15


@pytest.mark.slow
def test_a_scheduler_is_asked_also_where_an_event_loop_runs(run):
    async def inside_jupyter() -> None:
        with (
            pytest.raises(ParamsError, match="không có bộ điều phối Dask"),
            DaskCluster(scheduler="tcp://127.0.0.1:1", outputs=run.outputs),
        ):
            pass

    run_sync(inside_jupyter)()


@LINUX
@pytest.mark.slow
def test_a_cluster_without_workers_is_told(run, traces):
    with (
        a_scheduler(traces, workers=0) as address,
        pytest.raises(ParamsError, match="chưa có tiến trình làm việc nào"),
        DaskCluster(scheduler=address, outputs=run.outputs),
    ):
        pass


@pytest.fixture(scope="module")
def one_elsewhere() -> Iterator[str]:
    """A cluster of one worker, in a folder that holds no module of the tests."""
    with tempfile.TemporaryDirectory(prefix="t") as folder:
        traces = Traces(Path(folder))
        with a_scheduler(traces, workers=1, cwd=traces.folder) as address:
            yield address


@LINUX
@pytest.mark.slow
def test_workers_that_do_not_see_a_folder_are_told(run, one_elsewhere):
    with (
        DaskCluster(
            scheduler=one_elsewhere, outputs=run.outputs, folders=(Path("/not/here"),)
        ) as it,
        pytest.raises(RunError, match="không thấy thư mục /not/here"),
    ):
        list(it.each(str, range(2), 2))
    assert list((run.outputs / ".staging").iterdir()) == []


@LINUX
@pytest.mark.slow
def test_a_cluster_that_lacks_the_program_is_told(run, one_elsewhere):
    with (
        DaskCluster(scheduler=one_elsewhere, outputs=run.outputs) as it,
        pytest.raises(RunError, match="chưa cài"),
    ):
        list(it.each(saying, range(2), 2))
