"""A mirror and what it stands for: the same after each step, and whole whatever ends it."""

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefing.errors import RunError
from briefing.remote.store import Store
from briefing.remote.sync import Mirror, bring, mend, take_back
from tests.remote.conftest import OUTPUTS, here, lay, lies

INBOX = "memory://hộp thư"
ODD = {"16.8/BC Xã Hoài Sơn #2 (50%).xlsx": "a", "thư mục/[1]*?.txt": "b", "a+b & c='d'.csv": "c"}


@pytest.fixture
def folder(tmp_path) -> Path:
    return tmp_path / "mirror" / "outputs"


def brought(url: str, folder: Path, **how) -> Mirror:
    bring(Store(url), mirror := Mirror.at(folder), **how)
    return mirror


def test_files_come_under_their_own_names_with_their_own_times(memory, folder):
    lay(memory, INBOX, ODD)
    memory.store["/hộp thư/a+b & c='d'.csv"].created = datetime(2021, 8, 16, 9, tzinfo=UTC)

    brought(INBOX, folder)

    assert here(folder) == ODD
    came = datetime.fromtimestamp((folder / "a+b & c='d'.csv").stat().st_mtime, UTC)
    assert came == datetime(2021, 8, 16, 9, tzinfo=UTC)


def test_only_what_is_new_or_another_is_brought_and_what_is_gone_goes(memory, folder, monkeypatch):
    lay(memory, INBOX, {"same": "1", "other": "2", "gone/far/below": "3"})
    brought(INBOX, folder)
    lay(memory, INBOX, {"other": "9", "new": "4"})
    memory.rm_file(f"{INBOX}/gone/far/below")
    fetched = []
    whole = type(memory).get_file

    def counted(self, path, *given, **how):
        fetched.append(path.rpartition("/")[2])
        return whole(self, path, *given, **how)

    monkeypatch.setattr(type(memory), "get_file", counted)
    brought(INBOX, folder)

    assert sorted(fetched) == ["new", "other"]
    assert here(folder) == {"same": "1", "other": "9", "new": "4"}
    assert not (folder / "gone").exists()


def test_what_was_changed_here_and_not_taken_back_is_as_it_is_there_again(memory, folder):
    lay(memory, OUTPUTS, {"day/page": "old", "day/table": "old"})
    brought(OUTPUTS, folder)
    (folder / "day/page").write_text("never taken back")
    (folder / "day/table").unlink()
    (folder / "day/more").write_text("never taken back")

    brought(OUTPUTS, folder)

    assert here(folder) == {"day/page": "old", "day/table": "old"}


def test_a_file_that_goes_while_files_are_brought_is_gone(memory, folder, monkeypatch, caplog):
    lay(memory, INBOX, ODD)
    whole = type(memory).find

    def find(self, *given, **how):
        found = whole(self, *given, **how)
        memory.rm_file(f"{INBOX}/a+b & c='d'.csv")
        return found

    monkeypatch.setattr(type(memory), "find", find)
    brought(INBOX, folder)

    assert here(folder).keys() == ODD.keys() - {"a+b & c='d'.csv"}
    assert not caplog.text


def test_no_name_leads_out_of_the_mirror_and_who_gave_it_is_told(memory, folder, caplog):
    lay(memory, INBOX, {"sound": "1", "file": "2", "x" * 300: "3"})
    for name in ("../../outside", "file/below"):
        memory.store[f"/hộp thư/{name}"] = memory.store["/hộp thư/sound"]

    brought(INBOX, folder)

    assert here(folder) == {"sound": "1"}
    assert not list(folder.parent.parent.glob("outside"))
    assert "4 tệp có tên" in caplog.text and "'../../outside'" in caplog.text


def test_of_a_file_that_is_too_large_no_more_is_brought_than_tells_so(memory, folder):
    lay(memory, INBOX, {"large": "0123456789", "fits": "0123"})

    brought(INBOX, folder, most=4)
    brought(INBOX, folder, most=4)

    assert here(folder) == {"large": "01234", "fits": "0123"}


def test_where_nothing_is_there_is_no_folder_either(folder):
    brought(INBOX, folder)

    assert not folder.exists()


OLD = {"day/page": "old", "day/gone": "old", "day/manifest.json": "old", "register/log": "1"}
NEW = {"day/page": "new", "day/manifest.json": "new", "day/bảng #1 50%": "new", "register/log": "2"}


def work(folder: Path) -> None:
    """Make the new in the place of the old, as a run does: a folder swapped in, a log replaced."""
    shutil.rmtree(folder / "day", ignore_errors=True)
    for path, text in NEW.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    (folder / ".staging").mkdir(exist_ok=True)
    (folder / ".staging/half").write_text("of this machine alone")


def run(folder: Path) -> None:
    """A run without its lease: bring, work, take back."""
    store = Store(OUTPUTS)
    mend(store)
    bring(store, mirror := Mirror.at(folder))
    work(folder)
    take_back(store, mirror, demand=lambda: None)


def test_what_was_made_is_there_and_nothing_of_how_it_came_there(memory, folder):
    lay(memory, OUTPUTS, OLD)

    run(folder)

    assert lies(memory, OUTPUTS) == NEW
    assert memory.find(f"{OUTPUTS}/.briefing") == []


def test_what_holds_the_same_is_not_put_again(memory, folder, monkeypatch):
    lay(memory, OUTPUTS, OLD)
    run(folder)
    monkeypatch.setattr(type(memory), "put_file", None)
    monkeypatch.setattr(type(memory), "get_file", None)

    run(folder)
    run(folder)

    assert lies(memory, OUTPUTS) == NEW


def test_who_may_not_change_anything_any_more_changes_nothing(memory, folder):
    lay(memory, OUTPUTS, OLD)
    mirror = brought(OUTPUTS, folder)
    work(folder)

    def demand() -> None:
        raise RunError("another run works there")

    with pytest.raises(RunError):
        take_back(Store(OUTPUTS), mirror, demand)
    assert lies(memory, OUTPUTS) == OLD
    mend(Store(OUTPUTS))
    assert lies(memory, OUTPUTS) == OLD and memory.find(f"{OUTPUTS}/.briefing") == []


class Killed(BaseException):
    """What no part of the program catches."""


CHANGING = ("put_file", "pipe_file", "cp_file", "rm_file", "rmdir", "makedirs")


def killed_after(memory, monkeypatch, most: int, folder: Path) -> bool:
    """Whether a run is killed that may change what is there so many times, and not once more."""
    done = 0

    def counted(whole):
        def call(self, *given, **how):
            nonlocal done
            if (done := done + 1) > most:
                raise Killed
            return whole(self, *given, **how)

        return call

    with monkeypatch.context() as patch:
        for name in CHANGING:
            patch.setattr(type(memory), name, counted(getattr(type(memory), name)))
        try:
            run(folder)
        except Killed:
            return True
    return False


@pytest.mark.parametrize("elsewhere", [False, True], ids=["same machine", "another machine"])
def test_a_run_killed_at_any_moment_leaves_the_old_or_is_finished_by_the_next(
    memory, monkeypatch, tmp_path, elsewhere
):
    seen, moment = [], 0
    while True:
        lay(memory, OUTPUTS, OLD)
        memory.rm_file(f"{OUTPUTS}/day/bảng #1 50%") if moment else None
        folder = tmp_path / str(moment) / "outputs"
        if not killed_after(memory, monkeypatch, moment, folder):
            break
        listed = bool(memory.glob(f"{OUTPUTS}/.briefing/*/list.json"))
        before = lies(memory, OUTPUTS)
        next_one = tmp_path / f"{moment} again" / "outputs" if elsewhere else folder
        mend(Store(OUTPUTS))
        brought(OUTPUTS, next_one)

        seen.append(whole := lies(memory, OUTPUTS))
        assert whole == here_but_aside(next_one)
        assert whole == (NEW if listed else before) and whole in (OLD, NEW)
        assert memory.find(f"{OUTPUTS}/.briefing") == []
        run(next_one)
        assert lies(memory, OUTPUTS) == NEW
        moment += 1

    assert len(seen) > 12 and OLD in seen and NEW in seen
    assert lies(memory, OUTPUTS) == NEW


def here_but_aside(folder: Path) -> dict[str, str]:
    return {name: text for name, text in here(folder).items() if not name.startswith(".")}


def test_what_was_put_aside_and_is_damaged_is_not_put_in_place(memory, monkeypatch, folder):
    lay(memory, OUTPUTS, OLD)
    lay(memory, f"{OUTPUTS}/.briefing/0a", {
        "files/0": "hal", "list.json":
        '{"copy": {"day/page": "files/0"}, "sizes": {"day/page": 4}, "delete": []}',
    })  # fmt: skip

    mend(Store(OUTPUTS))

    assert lies(memory, OUTPUTS) == OLD
    assert memory.find(f"{OUTPUTS}/.briefing") == []


def test_a_mirror_is_for_its_owner_alone(memory, folder):
    lay(memory, INBOX, ODD)

    brought(INBOX, folder)

    assert os.name == "nt" or folder.parent.stat().st_mode & 0o077 == 0
