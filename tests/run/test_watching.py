"""An inbox that is watched while files fall into it: each is seen once, whole, at its own time."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import nbformat
import pandas as pd
import pytest

from briefing.cli.watching import Attendant, Lines
from briefing.errors import ParamsError
from briefing.params import RunParams
from briefing.register.received import read_received
from briefing.run.day import open_day
from briefing.run.watching import Came, Watch, is_over_the_network, wakes
from tests.run.conftest import DAY, ROOT, Office
from tests.said import read

SECOND = timedelta(seconds=1)
TZ = ZoneInfo("Asia/Ho_Chi_Minh")
END = "Đã dừng theo dõi"


@pytest.fixture
def watch(office) -> Watch:
    """The watch of an office with reports of five units, which were there before."""
    begun = watch_of(office)
    begun.look()
    assert begun.take() == []
    return begun


def watch_of(office: Office, **other: object) -> Watch:
    folders = {"inbox": office.inbox, "outputs": office.folder / "outputs"}
    params = {"params": office.folder / "params", "report_date": DAY, **folders, **other}
    return Watch(lambda: RunParams.checked(params))


def until_whole(watch: Watch, count: int, seconds: float = 60) -> list[Came]:
    """What has come until so many contents have."""
    came: list[Came] = []
    end = time.monotonic() + seconds
    while len(came) < count and time.monotonic() < end:
        if names := watch.look():
            came += watch.take(names)
        time.sleep(0.05)
    return came


class Falling(threading.Thread):
    """Files that fall into an inbox at random moments, piece by piece, some under another name.

    Attributes:
        fell: Name → when it began to be there, and when it was whole.
    """

    def __init__(self, reports: list[Path], inbox: Path, seconds: float, seed: int):
        super().__init__()
        self.reports, self.inbox, self.seconds = reports, inbox, seconds
        self.chance = random.Random(seed)
        self.fell: dict[str, tuple[datetime, datetime]] = {}

    def run(self) -> None:
        for report in self.chance.sample(self.reports, len(self.reports)):
            time.sleep(self.chance.uniform(0, 2 * self.seconds / len(self.reports)))
            begun = datetime.now().astimezone()
            if self.chance.random() < 0.3:
                self._loaded_by_a_browser(report)
            else:
                self._piece_by_piece(self.inbox / report.name, report.read_bytes())
            self.fell[report.name] = (begun, datetime.now().astimezone())

    def _piece_by_piece(self, place: Path, content: bytes) -> None:
        size = len(content) // self.chance.randint(1, 4) + 1
        with place.open("wb", buffering=0) as stream:
            for start in range(0, len(content), size):
                stream.write(content[start : start + size])
                time.sleep(self.chance.uniform(0, 0.6))

    def _loaded_by_a_browser(self, report: Path) -> None:
        loading = self.inbox / f"Unconfirmed {self.chance.randint(1, 99999)}.crdownload"
        self._piece_by_piece(loading, report.read_bytes())
        loading.rename(self.inbox / report.name)


def recorded(office: Office) -> dict[str, datetime]:
    """What received.csv says; each file has one line."""
    lines = (office.inbox / "received.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    times = read_received(office.inbox / "received.csv", TZ).times
    assert len(lines) == len(times)
    return times


def demand_right_times(office: Office, falling: Falling) -> None:
    """Each file has the time at which it fell, to the second."""
    times = recorded(office)
    assert times.keys() == falling.fell.keys()
    wrong = {
        name: (begun, times[name], whole)
        for name, (begun, whole) in falling.fell.items()
        if not begun - SECOND <= times[name] <= whole + SECOND
    }
    assert not wrong


def reports_of(inbox: Path, office: Office, count: int) -> list[Path]:
    """Reports of 16 August that do not lie in the office yet."""
    there = {path.name for path in office.inbox.iterdir()}
    found = sorted(p for p in (inbox / "16.8").iterdir() if p.suffix in (".xlsx", ".docx"))
    return [path for path in found if path.name not in there][:count]


@pytest.mark.slow
def test_files_that_fall_at_random_are_each_seen_once_whole_and_at_their_time(
    office, watch, illustrative_inbox
):
    falling = Falling(reports_of(illustrative_inbox, office, 4), office.inbox, 3, seed=19)
    falling.start()
    came = until_whole(watch, 4)
    falling.join()
    came += until_whole(watch, 1, seconds=1)

    assert sorted(one.file for one in came) == sorted(falling.fell)
    assert all(report.unit_code for one in came for report in one.reports)
    assert not [f for one in came for r in one.reports for f in r.findings if "unread" in f.code]
    demand_right_times(office, falling)
    anew = open_day(watch_of(office, outputs=office.folder / "again").run)
    pd.testing.assert_frame_equal(watch.day.units, anew.units)


def test_a_report_that_is_being_saved_over_still_counts_as_it_was(office, watch):
    (report, *_others) = sorted(office.inbox.glob("*.xlsx"))
    before = watch.day.units.copy()
    content = report.read_bytes()
    report.write_bytes(content[:2000])

    watch.look()
    assert watch.is_waiting
    assert watch.take() == []

    counts = ["unit_code", "numerator_cumulative", "status"]
    pd.testing.assert_frame_equal(watch.day.units[counts], before[counts])


@pytest.mark.slow
def test_what_a_person_wrote_for_a_file_holds(office, watch, illustrative_inbox):
    (report,) = reports_of(illustrative_inbox, office, 1)
    text = f"path,received_at\n{report.name},2021-08-16T14:30\n"
    (office.inbox / "received.csv").write_text(text, encoding="utf-8")
    shutil.copy(report, office.inbox)

    (came,) = until_whole(watch, 1)

    assert f"{came.at:%Y-%m-%d %H:%M}" == "2021-08-16 14:30"
    assert (office.inbox / "received.csv").read_text(encoding="utf-8") == text


@pytest.mark.slow
def test_a_correction_under_the_same_name_has_a_line_of_its_own(office, watch, illustrative_inbox):
    (report, other) = reports_of(illustrative_inbox, office, 2)
    shutil.copy(report, office.inbox)
    (first,) = until_whole(watch, 1)
    time.sleep(1.1)
    shutil.copy(other, office.inbox / report.name)

    (second,) = until_whole(watch, 1)

    lines = (office.inbox / "received.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [line.split(",")[0] for line in lines] == [report.name, report.name]
    assert second.at > first.at
    known = {path: when for path, _sha256, when in arrivals(watch)}
    assert known[report.name] == first.at  # the earlier content keeps its time


def arrivals(watch: Watch) -> list[tuple[str, str, datetime]]:
    log = watch._snapshot.register.arrivals()
    return [(one.path, one.sha256, one.received_at) for one in reversed(log)]


@pytest.mark.slow
def test_a_renamed_file_came_when_it_came_first(office, watch, illustrative_inbox):
    (report,) = reports_of(illustrative_inbox, office, 1)
    shutil.copy(report, office.inbox)
    (first,) = until_whole(watch, 1)
    time.sleep(1.1)
    (office.inbox / report.name).rename(office.inbox / "đổi tên.xlsx")

    (again,) = until_whole(watch, 1)

    assert again.at == first.at
    assert recorded(office)["đổi tên.xlsx"] == first.at


@pytest.mark.slow
def test_a_list_that_cannot_be_written_is_told_and_written_later(
    office, watch, illustrative_inbox, monkeypatch
):
    def refuse(*_given: object) -> None:
        raise PermissionError(13, "Permission denied")

    (report,) = reports_of(illustrative_inbox, office, 1)
    with monkeypatch.context() as held_open:
        held_open.setattr("briefing.run.watching.record_received", refuse)
        shutil.copy(report, office.inbox)
        (came,) = until_whole(watch, 1)
        assert "received.csv" in watch.trouble["received"]
    assert not (office.inbox / "received.csv").exists()

    watch.look()

    assert recorded(office) == {report.name: came.at.replace(microsecond=0)}
    assert watch.trouble == {}


def test_params_that_are_put_right_meanwhile_count_and_wrong_ones_are_told(office, watch):
    corrections = office.folder / "params" / "corrections.yaml"
    before = corrections.read_text(encoding="utf-8")
    corrections.write_text("- {}", encoding="utf-8")

    watch.take()
    assert "corrections.yaml" in watch.trouble["params"]

    corrections.write_text(before, encoding="utf-8")
    watch.take()
    assert watch.trouble == {}


def test_the_watch_of_an_earlier_moment_is_refused(office):
    with pytest.raises(ParamsError, match="--watch"):
        watch_of(office, as_of="2021-08-16T15:00")


def test_the_folder_is_listened_to_and_no_thread_is_left(tmp_path):
    threads = Path("/proc/self/task")
    before = len([*threads.iterdir()]) if threads.is_dir() else 0
    waking = wakes(tmp_path)
    assert next(waking) is False
    (tmp_path / "a").touch()
    assert any(next(waking) for _tick in range(20))
    waking.close()

    end = time.monotonic() + 5
    while threads.is_dir() and len([*threads.iterdir()]) > before and time.monotonic() < end:
        time.sleep(0.01)
    assert not threads.is_dir() or len([*threads.iterdir()]) <= before


@pytest.mark.parametrize(
    ("kind", "over"),
    [("ext4", False), ("cifs", True), ("nfs4", True), ("fuse.sshfs", True), ("tmpfs", False)],
)
def test_a_folder_of_another_machine_is_looked_at_again_and_again(tmp_path, kind, over):
    mounts = {tmp_path.anchor: "ext4", str(tmp_path.parent): kind, str(tmp_path / "inner"): "nfs"}

    assert is_over_the_network(tmp_path, mounts) is over


def watched(office: Office, falling: Falling, *, patience: float) -> tuple[str, str]:
    """What `status --watch` prints while files fall, until it has made the page of the last."""
    out, err = office.folder / "out.txt", office.folder / "err.txt"
    with out.open("w") as printed, err.open("w") as said:
        process = subprocess.Popen(
            office.command("status", "--watch", "--date", DAY),
            cwd=office.folder, stdin=subprocess.DEVNULL, stdout=printed, stderr=said,
            preexec_fn=listens_to_ctrl_c,
        )  # fmt: skip
    try:
        wait_for(out, [], patience)
        falling.start()
        falling.join()
        wait_for(out, falling.fell, patience)
        process.send_signal(signal.SIGINT)
        assert process.wait(patience) == 0
    finally:
        process.kill()
        process.wait()
    return out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


def listens_to_ctrl_c() -> None:
    """Also where the tests run in the background of a shell, which has them ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(out: Path, names: Iterable[str], patience: float) -> None:
    """Until these files were told, and the page was made since."""
    end = time.monotonic() + patience
    while True:
        said = out.read_text(encoding="utf-8")
        told = [said.rfind(f" {name}: ") for name in names]
        if all(place >= 0 for place in told) and said.rfind("Đã lập") > max(told, default=-1):
            time.sleep(0.5)  # it goes back to waiting
            return
        assert time.monotonic() < end, said
        time.sleep(0.1)


def said_of(office: Office) -> dict[str, str]:
    """What the page says, but for the minute at which it was made."""
    said = read(office.day / "briefing.html").items()
    return {place: re.sub(r"tínhđến\d\dh\d\d", "tínhđến", text) for place, text in said}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "seconds"), [(2, 3), pytest.param(10, 120, marks=pytest.mark.minutes)]
)
def test_the_page_is_right_at_the_end_of_a_watch(office, illustrative_inbox, count, seconds):
    reports = reports_of(illustrative_inbox, office, count)
    falling = Falling(reports, office.inbox, seconds, seed=count)

    out, err = watched(office, falling, patience=90)

    assert END in err
    assert all(out.count(f" {report.name}: ") == 1 for report in reports)
    demand_right_times(office, falling)
    published = office.table("communes")
    page = said_of(office)
    again = Office(office.folder / "again")
    shutil.copytree(ROOT / "notebooks", again.folder / "notebooks")
    folders = ("--inbox", str(office.inbox), "--params", str(office.folder / "params"))
    folders += ("--outputs", str(again.folder / "outputs"))
    assert again.briefing("daily", "--date", DAY, *folders).code == 0
    pd.testing.assert_frame_equal(published, again.table("communes"))
    assert page == said_of(again)


@pytest.mark.slow
def test_a_notebook_that_fails_after_the_page_is_out_leaves_a_note_that_goes_with_the_next(
    office, monkeypatch
):
    monkeypatch.chdir(office.folder)
    coverage = office.folder / "notebooks" / "2_coverage.ipynb"
    sound, book = coverage.read_bytes(), nbformat.read(coverage, as_version=4)
    book.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(book, coverage)
    watch = watch_of(office)
    watch.look()
    watch.take()
    attendant = Attendant(watch, Lines(watch), str)
    note, notebooks = office.folder / "outputs" / "CHUA-XONG.txt", office.day / "notebooks"

    attendant.publish()

    said = note.read_text(encoding="utf-8-sig")
    assert "2_coverage" in said and "Trang báo cáo đã công bố và đúng." in said
    assert (office.day / "briefing.html").is_file() and (office.day / "receipts.txt").is_file()
    assert (notebooks / "3_briefing.ipynb").is_file()
    assert not (notebooks / "2_coverage.ipynb").exists()

    coverage.write_bytes(sound)
    attendant.publish()

    assert not note.exists()
    assert (notebooks / "2_coverage.ipynb").is_file() and (notebooks / "1_intake.ipynb").is_file()
