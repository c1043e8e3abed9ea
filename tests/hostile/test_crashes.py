"""A run that ends at any moment leaves the last published day whole, and the next run is right."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from briefing.errors import RunError
from briefing.run import exchange, publish
from briefing.run.publish import recover, staging
from briefing.temporary import HELD, PREFIX, own_folder, temporary_files
from tests.hostile.conftest import COUNTS, report
from tests.run.conftest import ROOT, Office

DAY = "2021-08-16"
CALLS = ("rename", "replace", "unlink", "rmdir", "mkdir", "open", "fsync", "close")
linux = pytest.mark.skipif(sys.platform != "linux", reason="folders change places in one step")
posix = pytest.mark.skipif(sys.platform == "win32", reason="there are no forks")


def published(outputs: Path, text: str, files: int = 3) -> None:
    with staging(outputs, DAY) as folder:
        for number in range(files):
            (folder / f"page {number}").write_text(text)


def whole(outputs: Path) -> str:
    """What the published day says, all of its pages alike."""
    (text,) = {path.read_text() for path in (outputs / DAY).glob("page *")}
    assert len([*(outputs / DAY).glob("page *")]) == 3
    return text


def leftovers(outputs: Path) -> list[str]:
    places = (outputs / ".staging", outputs / ".before")
    return [path.name for place in places for path in place.glob("*")]


def killed_at(number: int, work) -> bool:
    """Whether a child was killed at its nth call that changes the disk, before it was done."""
    child = os.fork()
    if not child:
        left = [number]
        for name in CALLS:
            setattr(os, name, counted(getattr(os, name), left))
        work()
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def counted(call, left: list[int]):
    def called(*arguments, **names):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **names)

    return called


@linux
@pytest.mark.slow
def test_a_run_killed_at_any_step_of_publishing_leaves_the_old_day_or_the_new_one(tmp_path):
    for number in range(1, 1000):
        outputs = tmp_path / str(number)
        published(outputs, "old")
        killed = killed_at(number, lambda outputs=outputs: published(outputs, "new"))
        said = whole(outputs)  # never absent, never half
        assert said in ("old", "new") if killed else said == "new"
        published(outputs, "next")
        assert whole(outputs) == "next" and leftovers(outputs) == []
        if not killed:
            break

    assert number > 30


@posix
@pytest.mark.slow
def test_where_folders_do_not_change_places_the_next_run_undoes_what_was_half_done(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(publish, "exchange", lambda _one, _other: False)
    for number in range(1, 1000):
        outputs = tmp_path / str(number)
        published(outputs, "old")
        killed = killed_at(number, lambda outputs=outputs: published(outputs, "new"))
        recover(outputs)
        assert whole(outputs) in ("old", "new") and leftovers(outputs) == []
        if not killed:
            break

    assert number > 30


@linux
def test_two_folders_change_places_in_one_step(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()

    assert exchange.exchange(tmp_path / "one", tmp_path / "other")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["other"]
    with pytest.raises(FileNotFoundError):
        exchange.exchange(tmp_path / "one", tmp_path / "nothing")


# Windows, played


def test_a_published_day_that_is_open_elsewhere_is_told_before_the_work(tmp_path, monkeypatch):
    published(tmp_path, "old")
    monkeypatch.setattr(publish, "OPEN_FILES_BLOCK", True)
    real = Path.open

    def held(path: Path, mode: str = "r", **names):
        if path.name == "page 1" and "+" in mode:
            raise PermissionError(13, "used by another process")
        return real(path, mode, **names)

    monkeypatch.setattr(Path, "open", held)
    begun = []

    with pytest.raises(RunError, match=r"page 1.*Acrobat"), staging(tmp_path, DAY):
        begun.append(True)
    assert begun == [] and whole(tmp_path) == "old"


def test_a_day_that_was_opened_meanwhile_stays_and_is_told(tmp_path, monkeypatch):
    published(tmp_path, "old")
    monkeypatch.setattr(publish, "exchange", lambda _one, _other: False)
    real = Path.rename

    def held(path: Path, target: Path) -> Path:
        if path == tmp_path / DAY:
            raise PermissionError(5, "Access is denied")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", held)

    with pytest.raises(RunError, match=DAY):
        published(tmp_path, "new")
    assert whole(tmp_path) == "old" and leftovers(tmp_path) == []


def test_a_new_day_that_cannot_take_its_place_leaves_the_old_one_there(tmp_path, monkeypatch):
    published(tmp_path, "old")
    monkeypatch.setattr(publish, "exchange", lambda _one, _other: False)
    real = Path.rename

    def full(path: Path, target: Path) -> Path:
        if path.parent.name == ".staging":
            raise OSError(28, "No space left on device")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", full)

    with pytest.raises(OSError, match="space"):
        published(tmp_path, "new")
    assert whole(tmp_path) == "old" and leftovers(tmp_path) == []


# Whose a folder is


def test_a_second_window_deletes_nothing_of_the_first(tmp_path):
    with staging(tmp_path, DAY) as first:
        (first / "page").touch()
        with staging(tmp_path, "2021-08-17"):
            recover(tmp_path)
            assert (first / "page").exists()

    assert leftovers(tmp_path) == []


def test_a_folder_of_a_run_that_ended_is_deleted_though_another_process_has_its_number(tmp_path):
    left = tmp_path / ".staging" / f"{DAY}.{os.getpid()}"
    left.mkdir(parents=True)
    Path(f"{left}{HELD}").touch()
    recover(tmp_path)

    assert leftovers(tmp_path) == []


@posix
def test_temporary_files_of_a_killed_run_are_deleted_by_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def work() -> None:
        with temporary_files():
            Path(tempfile.mkdtemp(), "names of people").touch()
            os.kill(os.getpid(), signal.SIGKILL)

    assert killed_at(10**6, work)
    assert [*tmp_path.rglob("names of people")]
    with temporary_files() as folder:
        assert [*tmp_path.rglob("names of people")] == []
        assert tempfile.gettempdir() == str(folder) == os.environ["TMPDIR"]
    assert [*tmp_path.iterdir()] == []
    assert tempfile.gettempdir() == str(tmp_path)  # as it was before


def test_a_folder_that_a_worker_made_again_after_its_run_was_killed_is_deleted_too(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with temporary_files():
        (tmp_path / f"{PREFIX}.0123abcd" / "kernels").mkdir(parents=True)  # its lock is gone

    assert [*tmp_path.iterdir()] == []


def test_folders_of_others_in_the_temporary_folder_are_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / f"{PREFIX}.theirs").mkdir()
    (tmp_path / f"{PREFIX}.pdf").touch()
    with own_folder(tmp_path, PREFIX) as living:
        with temporary_files():
            pass
        assert living.is_dir()

    assert {path.name for path in tmp_path.iterdir()} == {f"{PREFIX}.theirs", f"{PREFIX}.pdf"}


@posix
def test_a_link_in_the_place_of_a_temporary_folder_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").touch()
    (tmp_path / f"{PREFIX}.0123abcd").symlink_to(tmp_path / "elsewhere")
    (tmp_path / f"{PREFIX}.0123abcd{HELD}").touch()
    with temporary_files():
        pass

    assert (tmp_path / "elsewhere" / "file").exists()


# A whole run


@pytest.fixture(scope="module")
def torn(tmp_path_factory) -> Iterator[tuple[Office, dict[str, str], Path]]:
    """An office with a published day, its files' hashes, and a temporary folder of its own."""
    office = Office(tmp_path_factory.mktemp("torn"))
    for name in ("params", "notebooks"):
        shutil.copytree(ROOT / name, office.folder / name)
    office.inbox.mkdir()
    for unit, counts in COUNTS.items():
        report(office.inbox, unit, counts)
    temporary = Path(tempfile.mkdtemp(prefix="t", dir="/tmp"))  # short: sockets lie in it
    with setting("TMPDIR", str(temporary)):
        assert office.briefing("daily", "--date", DAY).code == 0
        yield office, digests(office), temporary
    shutil.rmtree(temporary)


@contextmanager
def setting(name: str, value: str) -> Iterator[None]:
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name) if before is None else os.environ.update({name: before})


def digests(office: Office) -> dict[str, str]:
    """The published tables, whose bytes are the same in each run."""
    files = sorted((office.day / "tables").rglob("*.csv"))
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def torn_folders(office: Office) -> list[str]:
    """Published days and pages that lack a document; the newest files of each are there or none."""
    outputs = office.folder / "outputs"
    wanted = {"briefing": outputs.glob("2021-*"), "page": outputs.glob("2021-*/units/*")}
    return [
        path.relative_to(outputs).as_posix()
        for stem, folders in wanted.items()
        for path in folders
        if not all((path / f"{stem}.{form}").stat().st_size for form in ("html", "pdf"))
    ]


def tried(torn, moments: list[float], *arguments: str) -> None:
    office, before, temporary = torn
    for moment in moments:
        running = subprocess.Popen(
            office.command(*arguments), cwd=office.folder,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with suppress(subprocess.TimeoutExpired):
            running.wait(moment)
        running.kill()
        running.wait()
        assert digests(office) == before, moment
        assert torn_folders(office) == [], moment
    done = office.briefing(*arguments)
    assert (done.code, "Traceback" in done.err) == (0, False), done.err
    outputs = office.folder / "outputs"
    assert digests(office) == before
    assert leftovers(outputs) == [] and [*(outputs / "register").glob(".aside/*")] == []
    assert [path.name for path in temporary.iterdir()] == []


@posix
@pytest.mark.slow
def test_a_day_killed_at_random_moments_is_whole_and_the_next_run_leaves_nothing(torn):
    draw = random.Random(16)
    tried(torn, [draw.uniform(0.2, 6) for _ in range(KILLS)], "daily", "--date", DAY)


@pytest.mark.minutes
@posix
@pytest.mark.slow
def test_pages_of_units_made_side_by_side_and_killed_leave_what_was_published(torn):
    office, _before, _temporary = torn
    pages = ("units", "--date", DAY, "--workers", "2", "--unit", "21640", "--unit", "21670")
    assert office.briefing(*pages).code == 0
    draw = random.Random(17)
    tried(torn, [draw.uniform(0.2, LONGEST) for _ in range(KILLS)], *pages)


@posix
@pytest.mark.slow
@pytest.mark.parametrize("workers", [(), ("--workers", "2")], ids=["in turn", "side by side"])
def test_days_made_and_killed_leave_what_was_published(torn, workers):
    days = ("backfill", "--from", "2021-08-15", "--to", DAY, *workers)
    draw = random.Random(18)
    tried(torn, [draw.uniform(0.2, LONGEST) for _ in range(KILLS)], *days)


KILLS = int(os.environ.get("KILLS", "3"))
LONGEST = 12  # seconds; what is not killed by then is done


@posix
@pytest.mark.slow
def test_two_runs_at_once_both_publish_and_leave_nothing(torn):
    office, before, temporary = torn
    running = [
        subprocess.Popen(office.command("daily", "--date", DAY), cwd=office.folder,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        for _ in range(2)
    ]  # fmt: skip
    said = [one.communicate()[1] for one in running]

    assert [one.returncode for one in running] == [0, 0], said
    assert digests(office) == before and leftovers(office.folder / "outputs") == []
    assert [*temporary.iterdir()] == []


@linux
@pytest.mark.slow
@pytest.mark.parametrize("kilobytes", [64, 400, 1500, 4000, 8000])
def test_a_full_disk_leaves_what_was_published_and_the_next_run_is_right(torn, kilobytes):
    """The outputs lie on a disk of this size, made by `mount`; else the test says that it can't."""
    office, before, _temporary = torn
    outputs = office.folder / "outputs"
    kept = office.folder / "kept"
    outputs.rename(kept)
    outputs.mkdir()
    used = sum(path.stat().st_blocks for path in kept.rglob("*")) // 2
    size = used + kilobytes
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(outputs)]
    if subprocess.run(mount, capture_output=True).returncode:
        outputs.rmdir()
        kept.rename(outputs)  # other tests go on with them
        pytest.skip("this user may not mount a disk")
    try:
        shutil.copytree(kept, outputs, dirs_exist_ok=True)
        (office.inbox / "one more.txt").write_text("Xã Hoài Sơn\n" * 10, encoding="utf-8")
        done = office.briefing("daily", "--date", DAY)
        code = done.code
        assert "Traceback" not in done.err and (code == 0 or "đĩa đã đầy" in done.err), done.err
        now = digests(office)
        assert len(now) == len(before) and (code == 0 or now == before)
        assert leftovers(outputs) == []
        subprocess.run([*mount[:4], "remount,size=100m", *mount[5:]], check=True)
        assert office.briefing("daily", "--date", DAY).code == 0
        assert leftovers(outputs) == []
    finally:
        subprocess.run(["umount", str(outputs)], check=True)
        (office.inbox / "one more.txt").unlink(missing_ok=True)
        outputs.rmdir()
        kept.rename(outputs)
