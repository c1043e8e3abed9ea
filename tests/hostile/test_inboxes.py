"""What lies in an inbox and is no plain file costs one finding, and the day goes on."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import ParamsError
from briefing.intake import files
from briefing.intake.readers import limits
from briefing.register import arrivals
from tests.hostile.conftest import COUNTS, SUMS, report, said

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
SECRET = "Bí mật"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        here = os.getcwd()
        os.chdir(path.parent)  # the address of a socket is short
        try:
            made.bind(path.name)
        finally:
            os.chdir(here)


def device(path: Path) -> None:
    try:
        os.mknod(path, 0o020666, os.makedev(1, 5))  # /dev/zero: it never ends
    except PermissionError:
        pytest.skip("only root makes devices")


def link_out(path: Path) -> None:
    """To a report outside of the inbox."""
    outside = path.parents[1] / "elsewhere"
    outside.mkdir()
    path.symlink_to(report(outside, "XÃ HOÀI SƠN", [1000]))


def link_to_zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


def dangling(path: Path) -> None:
    path.symlink_to("gone")


def folder(path: Path) -> None:
    path.mkdir()


KINDS: list[Callable[[Path], None]] = [
    pipe, unix_socket, device, link_out, link_to_zero, loop, dangling, folder,
]  # fmt: skip


@posix
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_one_finding_in_a_day_and_the_other_files_stay(desk, kind):
    kind(desk.inbox / "BC Hoai Son 16-8.xlsx")
    snapshot = desk.snapshot()

    assert said(snapshot) == [("file_unreadable", "BC Hoai Son 16-8.xlsx")]
    assert snapshot.scan.arrivals == desk.arrivals


@pytest.mark.slow
@posix
def test_what_is_no_file_is_one_finding_of_check(desk):
    paths = [desk.folder / kind.__name__ / "BC Hoai Son 16-8.xlsx" for kind in KINDS]
    for kind, path in zip(KINDS, paths, strict=True):
        path.parent.mkdir()
        kind(path)
    found = checked(*paths)

    assert [[f["rule"] for f in one["findings"]] for one in found] == [["file_unreadable"]] * 8
    assert {(one["unit_name"], len(one["facts"])) for one in found} == {("Xã Hoài Sơn", 0)}


def checked(*paths: Path) -> list[dict]:
    """What `briefing check --json` prints of files, within the limits of the issue."""
    command = [sys.executable, "-m", "briefing.cli", "check", "--json", *map(os.fspath, paths)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode in (0, 1) and "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@posix
def test_a_link_to_a_folder_is_not_walked_into_nor_round_in_a_circle(desk):
    (desk.folder / "elsewhere").mkdir()
    report(desk.folder / "elsewhere", "XÃ HOÀI SƠN", [1000])
    (desk.inbox / "17-8").symlink_to(desk.folder / "elsewhere")
    (desk.inbox / "round").symlink_to(desk.inbox)
    snapshot = desk.snapshot()

    assert said(snapshot) == [("file_unreadable", "17-8"), ("file_unreadable", "round")]
    assert desk.figures(snapshot) == SUMS


@pytest.mark.slow
def test_reports_in_a_folder_with_the_name_of_a_report_are_read(desk):
    inside = desk.inbox / "Hoai Son.xlsx"
    inside.mkdir()
    report(inside, "XÃ HOÀI SƠN", [4, 5])
    snapshot = desk.snapshot()

    assert said(snapshot) == [("file_unreadable", "Hoai Son.xlsx")]
    assert desk.figures(snapshot) == SUMS | {"Xã Hoài Sơn": 9}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="macOS and Windows keep names in Unicode")
def test_a_name_that_is_no_utf_8_is_read_and_found_and_goes_through_check(desk):
    made = report(desk.inbox, "XÃ HOÀI SƠN", [4, 5])
    odd = os.fsencode(desk.inbox) + b"/BC Ho\xe0i S\xf3n\n16-8.xlsx"
    os.rename(made, odd)
    snapshot = desk.snapshot()

    assert said(snapshot) == [("file_name_unreadable", r"BC Ho\xe0i S\xf3n\x0a16-8.xlsx")]
    assert desk.figures(snapshot) == SUMS | {"Xã Hoài Sơn": 9}
    assert files.place_of(desk.inbox, said(snapshot)[0][1]) == Path(os.fsdecode(odd))
    (one,) = checked(Path(os.fsdecode(odd)))
    assert one["facts"]["installs_cumulative"] == 9
    assert one["file"].endswith(r"BC Ho\xe0i S\xf3n\x0a16-8.xlsx")


# What changes while it is read


def while_read(monkeypatch, name: str, change: Callable[[Path], None], after: bool) -> None:
    """Something happens to a file just before it is read, or just after."""
    real = arrivals.content_of

    def content_of(path: Path) -> files.Content:
        if path.name == name and not after:
            change(path)
        content = real(path)
        if path.name == name and after:
            change(path)
        return content

    monkeypatch.setattr(arrivals, "content_of", content_of)


NAME = "BC PHƯỜNG BỒNG SƠN 16-8.xlsx"
OTHERS = {name: count for name, count in SUMS.items() if name != "Phường Bồng Sơn"}


def swap_for_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("change", [Path.unlink, pytest.param(swap_for_link, marks=posix)])
def test_a_file_that_is_gone_or_a_link_when_it_is_read_is_one_finding(desk, monkeypatch, change):
    while_read(monkeypatch, NAME, change, after=False)
    found = desk.snapshot()

    assert [(f.rule, f.file) for f in found.scan.findings] == [("file_unreadable", NAME)]
    monkeypatch.undo()
    assert desk.figures() == OTHERS


@pytest.mark.parametrize("grown", [b"", b"something else"])
def test_what_is_hashed_is_what_is_read_though_the_file_changes_at_once(desk, monkeypatch, grown):
    before = (desk.inbox / NAME).read_bytes()
    while_read(monkeypatch, NAME, lambda path: path.write_bytes(grown and before + grown), True)
    snapshot = desk.snapshot()

    reports = snapshot.view.reports.set_index("file")
    assert reports.loc[NAME, "numerator_cumulative"] == 135
    (arrival,) = (one for one in snapshot.scan.arrivals if one.path == NAME)
    assert arrival.sha256 == reports.loc[NAME, "sha256"]


def test_of_a_file_that_is_too_large_only_the_beginning_is_read(desk, monkeypatch):
    with (desk.inbox / "BC Hoai Son 16-8.xlsx").open("wb") as stream:
        stream.truncate(10**12)  # without a byte on the disk
    monkeypatch.setattr(limits, "MAX_BYTES", 10**6)
    monkeypatch.setattr(files, "MAX_BYTES", 10**6)
    start = time.process_time()
    snapshot = desk.snapshot()

    assert snapshot.view.findings["rule"].to_list()[-1] in ("file_too_large", "empty_report")
    assert desk.figures(snapshot) == SUMS
    assert time.process_time() - start < 20


@pytest.mark.slow
def test_a_file_that_may_not_be_read_is_one_finding(desk, monkeypatch):
    real = os.open

    def closed(path, *arguments, **names):
        if os.fspath(path).endswith(NAME):
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **names)

    monkeypatch.setattr(files.os, "open", closed)
    snapshot = desk.snapshot()

    assert said(snapshot) == [("file_unreadable", NAME)]
    assert desk.figures(snapshot) == OTHERS


@pytest.mark.slow
def test_a_folder_of_the_inbox_that_may_not_be_listed_is_one_finding(desk, monkeypatch):
    (desk.inbox / "17-8").mkdir()
    close(monkeypatch, desk.inbox / "17-8")
    snapshot = desk.snapshot()

    assert said(snapshot) == [("file_unreadable", "17-8")]
    assert desk.figures(snapshot) == SUMS


def test_an_inbox_that_may_not_be_listed_is_no_empty_one(desk, monkeypatch):
    close(monkeypatch, desk.inbox)

    with pytest.raises(ParamsError, match="inbox"):
        desk.snapshot()


def close(monkeypatch, closed: Path) -> None:
    real = Path.iterdir

    def iterdir(path: Path):
        if path == closed:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)


@pytest.mark.parametrize("written", [-(10**11), 2**40, 2.0**62])
def test_a_file_with_a_time_that_no_calendar_has_came_now(written):
    at = arrivals._own_time(files.Content(b"", written))

    assert abs(at.timestamp() - time.time()) < 60


def test_the_office_has_three_reports(desk):
    assert desk.figures() == SUMS == {n: sum(c) for n, c in zip(SUMS, COUNTS.values(), strict=True)}
