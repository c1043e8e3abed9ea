"""A damaged register costs one more reading of the inbox, and is said once; no figure changes."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import RunError
from briefing.register import store
from briefing.register.entries import SUM
from briefing.run.day import day_of
from tests.hostile.conftest import COUNTS, SUMS, Desk, report, said

FILES = ("entry 1", "entry 2", "entry 3", "arrivals.csv", "parsed", "entries", "folder of an entry",
         ".lock", "days", "a day")  # fmt: skip


def place(desk: Desk, name: str) -> Path:
    entries = sorted(desk.register.glob("parsed/*/*/*.entry"))
    if name.startswith("entry"):
        return entries[int(name[-1]) - 1]
    if name in ("entries", "folder of an entry"):
        return entries[0].parents[1 if name == "entries" else 0]
    if name == "a day":
        return next(p for p in (desk.register / "days").iterdir() if p.is_dir())
    return desk.register / name


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path: Path) -> None:
    """One bit in the middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def zeroed(path: Path) -> None:
    """As after the machine has lost its power."""
    path.write_bytes(b"\0" * path.stat().st_size)


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def no_file(path: Path) -> None:
    """A folder in its place, with something in it."""
    path.unlink()
    (path / "inside").mkdir(parents=True)


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("gone")


def closed(path: Path) -> None:
    path.chmod(0)


def gone(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() else path.unlink()


def no_folder(path: Path) -> None:
    """A file in the place of a folder."""
    shutil.rmtree(path)
    path.write_bytes(b"x")


HARMS: dict[str, tuple[Callable[[Path], None], ...]] = {
    **dict.fromkeys(FILES[:4], (emptied, cut, flipped, zeroed, longer, no_file, dangling, closed,
                                gone)),
    **dict.fromkeys(FILES[4:7], (gone, no_folder, closed)),
    ".lock": (emptied, no_file, longer, gone),
    "days": (gone, no_folder, closed),
    "a day": (gone, no_folder, closed),
}  # fmt: skip
CASES = [(name, harm) for name, harms in HARMS.items() for harm in harms]


@pytest.fixture(scope="module")
def kept(opened, tmp_path_factory) -> Desk:
    """The same office, whose day is kept too."""
    made = Desk(tmp_path_factory.mktemp("kept"))
    shutil.copytree(opened.folder, made.folder, dirs_exist_ok=True)
    day_of(made.run, made.snapshot())
    return made


@pytest.mark.slow
@pytest.mark.parametrize(("name", "harm"), CASES)
def test_whatever_is_damaged_no_figure_changes_and_the_second_run_has_nothing_to_mend(
    kept, tmp_path, name, harm, caplog
):
    shutil.copytree(kept.folder, tmp_path, dirs_exist_ok=True)
    desk = Desk(tmp_path)
    harm(place(desk, name))
    snapshot = desk.snapshot()
    warned = [one for one in caplog.records if one.levelno == logging.WARNING]

    reports = snapshot.view.reports
    assert sorted(reports["numerator_cumulative"]) == sorted(SUMS.values())
    assert len(snapshot.view.rows) == sum(map(len, COUNTS.values()))
    assert snapshot.scan.arrivals == kept.arrivals
    day_of(desk.run, snapshot)
    caplog.clear()
    again = desk.snapshot()
    assert (again.parsed, caplog.records) == (0, [])
    if name.startswith("entry") and harm is not closed:
        assert snapshot.parsed == 1 and len(warned) == 1
        assert str(desk.register) in warned[0].getMessage()


@pytest.mark.slow
def test_the_day_is_the_same_after_all_entries_were_swapped_in_a_circle(desk):
    entries = sorted(desk.register.glob("parsed/*/*/*.entry"))
    contents = [entry.read_bytes() for entry in entries]
    for entry, content in zip(entries, contents[1:] + contents[:1], strict=True):
        entry.write_bytes(content)
    snapshot = desk.snapshot()

    assert snapshot.parsed == 3
    assert desk.figures(snapshot) == SUMS


@pytest.mark.slow
def test_a_sound_entry_of_another_register_is_made_again(desk, tmp_path_factory):
    other = Desk(tmp_path_factory.mktemp("other"))
    shutil.copytree(desk.inbox, other.inbox)
    other.snapshot()
    theirs = {path.name: path for path in other.register.glob("parsed/*/*/*.entry")}
    for entry in desk.register.glob("parsed/*/*/*.entry"):
        shutil.copy(theirs[entry.name], entry)

    assert desk.snapshot().parsed == 3


@pytest.mark.slow
def test_facts_and_rows_are_under_one_checksum(desk):
    """Rows of one reading with the facts of another: every bit that is changed is noticed."""
    (entry, *_others) = sorted(desk.register.glob("parsed/*/*/*.entry"))
    whole = entry.read_bytes()
    facts = whole.index(b"\n", SUM)
    for position in (0, SUM - 1, SUM, facts - 1, facts, facts + 1, len(whole) - 1):
        changed = bytearray(whole)
        changed[position] ^= 0x10
        entry.write_bytes(changed)

        assert desk.snapshot().parsed == 1
        assert entry.read_bytes() == whole


@pytest.mark.slow
@pytest.mark.parametrize("harm", [gone, emptied, cut, longer, no_file])
def test_a_lost_key_is_refused_with_what_to_do_and_made_anew_once_that_is_done(desk, harm):
    harm(desk.register / "phone.key")
    with pytest.raises(RunError, match=r"phone\.key.*parsed"):
        desk.snapshot()
    shutil.rmtree(desk.register / "parsed")

    assert desk.figures() == SUMS


@pytest.mark.parametrize("harm", [emptied, flipped, gone])
def test_a_content_that_was_saved_over_and_is_lost_is_said(desk, harm):
    """Its time of arrival made the unit be in time; only the register still knew of it."""
    path = report(desk.inbox, "XÃ HOÀI SƠN", [1, 5, 2])
    first = hashlib.sha256(path.read_bytes()).hexdigest()
    desk.snapshot()
    path.write_bytes(path.read_bytes() + b" ")
    snapshot = desk.snapshot()
    assert said(snapshot) == [] and first in {one.sha256 for one in snapshot.scan.arrivals}
    (entry,) = desk.register.glob(f"parsed/*/*/{first}-*.entry")
    harm(entry)

    assert said(desk.snapshot()) == [("register_incomplete", path.name)]


def test_a_log_from_before_there_were_checksums_is_read_and_gets_them(desk):
    log = desk.register / "arrivals.csv"
    lines = log.read_text("utf-8").splitlines()
    before = desk.arrivals
    log.write_text("\r\n".join(line.rpartition(",")[0] for line in lines), encoding="utf-8")

    assert desk.arrivals == before
    report(desk.inbox, "XÃ HOÀI SƠN", [4, 5])
    desk.snapshot()
    assert log.read_text("utf-8").splitlines()[:4] == lines


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such mode")
def test_the_register_is_its_owners_alone_also_one_that_was_open_before(desk):
    day_of(desk.run, desk.snapshot())
    for path in [desk.register, *desk.register.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)
    report(desk.inbox, "XÃ HOÀI SƠN", [4, 5])
    day_of(desk.run, desk.snapshot())

    for path in [desk.register, *desk.register.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


@pytest.mark.slow
def test_what_a_killed_run_left_half_written_is_deleted(desk):
    for folder in (".aside", "days/.key.12", "days/.key.ab"):
        (desk.register / folder).mkdir(parents=True, exist_ok=True)
        (desk.register / folder / "half").write_bytes(b"x")
    day_of(desk.run, desk.snapshot())

    assert [path for path in desk.register.rglob("half")] == []


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows keeps no such mode")
def test_a_register_of_another_user_is_said_in_words(desk, monkeypatch):
    def refuse(*_arguments, **_names):
        raise PermissionError(1, "Operation not permitted")

    desk.register.chmod(0o755)
    monkeypatch.setattr(Path, "chmod", refuse)

    with pytest.raises(RunError, match="--outputs"):
        desk.snapshot()


@pytest.fixture
def packed(desk, monkeypatch) -> Desk:
    """The same office, the entries of each day in one file."""
    monkeypatch.setattr(store, "MOST_LOOSE", 1)
    desk.snapshot()
    return desk


def packs(desk: Desk) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in desk.register.glob("parsed/*/packs/*.parquet")}


@pytest.mark.slow
def test_what_is_packed_is_read_without_the_entries_it_was_made_of(packed):
    for entry in packed.register.glob("parsed/*/*/*.entry"):
        entry.unlink()
    snapshot = packed.snapshot()

    assert snapshot.parsed == 0
    assert packed.figures(snapshot) == SUMS


def test_a_pack_is_not_changed_by_what_comes_later_and_is_made_again_as_it_was(packed):
    before = packs(packed)
    packed.snapshot()
    assert packs(packed) == before
    for path in packed.register.glob("parsed/*/packs/*.parquet"):
        path.unlink()
    packed.snapshot()

    assert packs(packed) == before != {}


@pytest.mark.slow
@pytest.mark.parametrize("harm", [emptied, cut, flipped, zeroed, no_file, gone])
def test_a_damaged_pack_costs_reading_its_entries_and_is_said_once(packed, harm, caplog):
    before = packs(packed)
    path = next(packed.register.glob("parsed/*/packs/*.parquet"))
    harm(path)
    snapshot = packed.snapshot()
    figures = packed.figures(snapshot)
    warned = [one.getMessage() for one in caplog.records if one.levelno == logging.WARNING]
    caplog.clear()
    again = packed.figures()

    assert snapshot.parsed == 0
    assert figures == again == SUMS
    assert caplog.records == []
    assert [str(path) in one for one in warned] == [True] * (harm is not gone)
    assert packs(packed) == before
