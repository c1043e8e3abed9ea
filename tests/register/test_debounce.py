"""A file that is still being written is not read; when it came is known all the same."""

from __future__ import annotations

import os
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.intake.files import is_junk
from briefing.register.debounce import DAMAGED, QUIET, UNKNOWN, Debouncer

TZ = ZoneInfo("Asia/Ho_Chi_Minh")


class Looking:
    """A folder that is looked at by a clock of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.debouncer = Debouncer()
        self.begun = datetime.now(TZ)
        self.clock = 1000.0

    def after(self, seconds: float) -> list[str]:
        self.clock += seconds
        now = self.begun + timedelta(seconds=self.clock - 1000)
        files = {path.name: path for path in sorted(self.folder.iterdir())}
        return self.debouncer.look(files, now, self.clock)

    @property
    def unfinished(self) -> frozenset[str]:
        return self.debouncer.coming.unfinished


@pytest.fixture
def looking(tmp_path) -> Looking:
    looked = Looking(tmp_path)
    assert looked.after(0) == []
    return looked


def package(path: Path) -> bytes:
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("xl/workbook.xml", "w" * 500)
    content = path.read_bytes()
    path.unlink()
    return content


def test_a_workbook_is_whole_once_it_ends_as_workbooks_do_and_rests(looking, tmp_path):
    content = package(tmp_path / "a.xlsx")
    (tmp_path / "a.xlsx").write_bytes(content[:-40])
    assert looking.after(1) == []
    assert looking.after(DAMAGED - 1) == []
    assert looking.unfinished == {"a.xlsx"}

    (tmp_path / "a.xlsx").write_bytes(content)

    assert looking.after(0.1) == []
    assert looking.after(QUIET + 0.1) == ["a.xlsx"]
    assert looking.after(60) == []  # told once
    assert looking.unfinished == frozenset()


def test_a_workbook_that_never_gets_its_end_is_read_in_the_end_and_told(looking, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(package(tmp_path / "a.xlsx")[:-40])

    assert looking.after(0) == []
    assert looking.after(DAMAGED) == ["a.xlsx"]


def test_room_that_is_taken_and_not_written_yet_is_no_file(looking, tmp_path):
    (tmp_path / "a.xls").write_bytes(bytes(5000))

    assert looking.after(0) == []
    assert looking.after(UNKNOWN) == []
    assert looking.unfinished == {"a.xls"}


def test_a_text_grows_as_long_as_it_pleases(looking, tmp_path):
    for line in range(5):
        with (tmp_path / "a.csv").open("a") as stream:
            stream.write(f"line {line}\n")
        assert looking.after(UNKNOWN - 0.5) == []

    assert looking.after(UNKNOWN) == ["a.csv"]


def test_an_empty_file_waits_for_what_a_browser_loads_beside_it(looking, tmp_path):
    (tmp_path / "a.xlsx").touch()
    (tmp_path / "x1Y2.xlsx.part").write_bytes(b"half")
    looking.after(0)
    assert looking.after(10 * DAMAGED) == ["x1Y2.xlsx.part"]  # which the inbox does not list

    (tmp_path / "a.xlsx").write_bytes(package(tmp_path / "b.xlsx"))
    (tmp_path / "x1Y2.xlsx.part").unlink()

    looking.after(0)
    assert looking.after(QUIET + 0.1) == ["a.xlsx"]


def test_a_file_came_when_it_was_first_seen_and_not_when_it_was_whole(looking, tmp_path):
    (tmp_path / "a.csv").write_text("a")
    looking.after(1)
    first = looking.debouncer.coming.seen["a.csv"]
    (tmp_path / "a.csv").write_text("ab")
    looking.after(1)
    assert looking.after(5) == ["a.csv"]

    assert looking.debouncer.coming.seen["a.csv"] == first
    assert looking.begun <= first <= looking.begun + timedelta(seconds=1)


def test_the_time_that_a_copy_keeps_is_not_that_of_its_arrival(looking, tmp_path):
    (tmp_path / "a.csv").write_text("a")
    os.utime(tmp_path / "a.csv", (0, 0))

    looking.after(1)

    assert looking.debouncer.coming.seen["a.csv"] >= looking.begun


def test_what_lay_there_is_whole_at_once_and_was_not_seen_to_come(tmp_path):
    (tmp_path / "a.csv").write_text("a")
    os.utime(tmp_path / "a.csv", (10**9, 10**9))
    looked = Looking(tmp_path)

    assert looked.after(0) == ["a.csv"]
    assert looked.debouncer.coming.seen == {}


def test_what_is_being_written_when_the_watch_begins_is_waited_for(tmp_path):
    (tmp_path / "a.csv").write_text("a")
    looked = Looking(tmp_path)

    assert looked.after(0) == []
    assert looked.after(UNKNOWN + 1) == ["a.csv"]


def test_a_file_that_is_saved_over_comes_again_and_one_that_is_gone_is_told(looking, tmp_path):
    (tmp_path / "a.csv").write_text("a")
    looking.after(1)
    assert looking.after(UNKNOWN) == ["a.csv"]
    before = looking.debouncer.coming.seen["a.csv"]

    (tmp_path / "a.csv").write_text("another")
    assert looking.after(60) == []
    assert looking.unfinished == {"a.csv"}
    assert looking.after(UNKNOWN) == ["a.csv"]
    assert looking.debouncer.coming.seen["a.csv"] > before

    (tmp_path / "a.csv").unlink()
    assert looking.after(1) == ["a.csv"]
    assert looking.after(1) == []


@pytest.mark.parametrize(
    "name",
    [
        "BC.xlsx.crdownload",
        "BC.xlsx.part",
        "BC.xlsx.partial",
        "BC.xlsx.opdownload",
        "BC.xlsx.download",
        "BC.xlsx.download/BC.xlsx",
        "~$BC.xlsx",
        "A1B2C3D4.tmp",
        ".~lock.BC.xlsx#",
    ],
)
def test_what_programs_write_meanwhile_is_no_report(name):
    assert is_junk(name)
    assert not is_junk("BC.xlsx")
